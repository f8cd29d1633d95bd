"""Any intent whatever, sensible and nonsense, for the properties of decide and fold."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from review import intents as i
from review.commitments import Origin, Verdict
from review.deals import Cause, Ending, EndReason, Mark
from review.intents_deal import SettleMarks
from review.settings import SECTIONS
from tests.builders import GOOD, MONDAY, NINE, a_deal, a_ledger, a_promise, some_settings, with_promises

DEALS = ("d1", "d2", "d3", "w1", "w2", "gone")
TEXTS = (
    "",
    " ",
    "!",
    "thu",
    "follow up",
    "call",
    "tbd fri",
    GOOD,
    "Call @Dana on the two open clauses ! thu wl",
    "Send the annex to @Kim 30 feb",
    "Send the annex to @Kim 2 nov",
    "Redlines back",
    "Security review with @Kim +2w",
    "team lunch with everybody fri",
    "[/x] \x1b[31m @ @! ! ! 31/11",
    "2026-11-01",
    "2027-02-29",
    "yesterday",
)
DATES = ("", "fri", "+3d", "+2w", "18 dec", "15 jan", "1 nov", "2026-11-20", "nonsense", "31 feb")
AMOUNTS = ("", "0", "420k", "1.2m", "+80", "-5", "nonsense", "999999999999999999", "300")
EVIDENCE = (
    "",
    "Dana confirmed 18 dec on fri, legal tue",
    "legal tue",
    "Dana signed 18 dec",
    "Kim confirmed 8 jan",
    "?",
)
deals = st.sampled_from(DEALS)
people = st.sampled_from(("tom-reed", "wei-lin", "ada-hall", "team", ""))
lines = st.sampled_from(TEXTS) | st.text(max_size=12)
dates = st.sampled_from(DATES)
sections = st.sampled_from((*SECTIONS, "lunch"))
promises = st.sampled_from(("p1", "p2", "s-d1", "000001", "000002", "000005", "nobody"))
causes = st.none() | st.sampled_from(Cause)
reasons = st.none() | st.sampled_from(EndReason)

one = st.one_of(
    st.builds(i.EnterSection, section=sections),
    st.builds(i.TakeTurn, section=sections, person=people),
    st.builds(i.OpenDeal, deal=deals),
    st.just(i.Pause()),
    st.just(i.Resume()),
    st.just(i.SetLengths(lengths={"forecast": 60, "inspection": -1, "creation": 0, "actions": 600})),
    st.just(i.SetLengths(lengths=dict.fromkeys(SECTIONS, 900), end_moves=60)),
    st.just(i.ReportGap(first=NINE + timedelta(minutes=1), last=NINE + timedelta(minutes=9))),
    st.builds(i.AnswerGap, first=st.just(NINE + timedelta(minutes=1)), counts=st.booleans()),
    st.builds(i.SetPresence, person=people, present=st.booleans()),
    st.builds(i.AddToQueue, deal=deals),
    st.builds(i.RemoveFromQueue, deal=deals),
    st.builds(i.MoveInQueue, deal=deals, by=st.integers(-9, 9)),
    st.builds(i.AddPerson, name=st.sampled_from(("Kim Park", "team", "", "Tom Reed", "!?"))),
    st.builds(i.GiveVerdict, commitment=promises, verdict=st.sampled_from(Verdict), when=dates),
    st.builds(i.Promise, line=lines, owner=people, deal=st.just("") | deals, origin=st.sampled_from(Origin)),
    st.builds(i.Mend, commitment=promises, line=lines),
    st.builds(i.DropCommitment, commitment=promises, why=st.sampled_from(("", "not needed"))),
    st.builds(
        i.StateCall,
        person=people,
        commit=st.sampled_from(AMOUNTS),
        best_case=st.sampled_from(AMOUNTS),
        reason=st.sampled_from(("", "Northwind moved")),
        confirmed=st.booleans(),
    ),
    st.builds(i.TakeCall, person=people, amount=st.sampled_from(AMOUNTS)),
    st.builds(i.WriteNote, deal=deals, question=st.sampled_from(("buyer", "risk", "?")), text=lines),
    st.builds(i.GiveMark, deal=deals, mark=st.sampled_from(Mark), yes=st.none() | st.booleans()),
    st.builds(i.GiveEvidence, deal=deals, line=st.sampled_from(EVIDENCE), move=st.booleans()),
    st.builds(i.Change, deal=deals, field=st.just("close_date"), text=dates, cause=causes),
    st.builds(i.Change, deal=deals, field=st.just("amount"), text=st.sampled_from(AMOUNTS)),
    st.builds(i.Change, deal=deals, field=st.just("stage"), text=st.sampled_from(("sign", "", "p", "disc"))),
    st.builds(
        i.Change,
        deal=deals,
        field=st.just("category"),
        text=st.sampled_from(("commit", "best case", "Pipeline", "omitted", "sure")),
    ),
    st.builds(i.GrantException, deal=deals, reason=st.sampled_from(("", "signed on paper"))),
    st.builds(i.EndDeal, deal=deals, kind=st.sampled_from(Ending), reason=reasons, lesson=st.sampled_from(("", "x"))),
    st.builds(i.TakeOffline, deal=deals, who=st.sampled_from(("", "Wei Lin", "the CFO")), when=dates),
    st.builds(i.Park, deal=deals),
    st.builds(i.Drop, deal=deals),
    st.builds(i.ExplainLoss, deal=deals, reason=reasons, lesson=st.sampled_from(("", "too late"))),
    st.builds(i.AnswerVanished, deal=deals, answer=st.sampled_from(("won", "later", "?"))),
    st.builds(SettleMarks, deal=deals),
    st.builds(i.GiveNumber, person=people, text=st.sampled_from(("", "110k", "2 meetings, 110k", "many"))),
    st.builds(i.Hear, owner=people),
    st.builds(i.NameWorthCopying, text=lines),
    st.builds(i.CloseOut, deal=deals, line=lines),
    st.builds(i.CloseOut, deal=deals, line=st.just(GOOD)),
    st.builds(i.NextStep, deal=deals, line=lines | st.just(GOOD)),
    st.builds(i.TakeCause, cause=st.sampled_from(("legal", "price", ""))),
    st.just(i.Undo()),
    st.just(i.Redo()),
)
ends = st.sampled_from((i.Lock(), i.SetReviewAside()))
amended = st.builds(i.Amend, intent=one, day=st.just(MONDAY + timedelta(days=1)))
anything = st.lists(one, max_size=14)
everything = st.lists(st.one_of(*([one] * 12), ends, amended), max_size=20)


def a_team_ledger():
    """Two reps' deals in every state that matters, with promises that fell due."""
    ledger = a_ledger(
        a_deal("d1", category="commit", next_step="Redlines back from legal", next_step_date=MONDAY),
        a_deal("d2", category="commit", amount=60_000, close=MONDAY - timedelta(days=3)),
        a_deal("d3", amount=None, close=None, stage="Qualify"),
        a_deal("w1", owner="Wei Lin", category="best case", next_step="call", next_step_date=MONDAY),
        a_deal("w2", owner="Wei Lin", status="won", close=MONDAY - timedelta(days=4)),
        settings=some_settings(),
    )
    step = a_promise("s-d1", deal="d1", origin=Origin.STEP, due=MONDAY - timedelta(days=2))
    number = a_promise("p2", owner="wei-lin", due=MONDAY + timedelta(days=4), amount=str(Decimal(5)))
    return with_promises(ledger, a_promise("p1"), number, step)
