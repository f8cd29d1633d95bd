"""The next period's call, asked after this one's in its last two weeks (method, section 7)."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from review.accuracy import frozen_forecast
from review.aside import offered
from review.calls import awaits_next, open_calls, standing_calls
from review.deals import Cause, Ending, EndReason
from review.events import Batch
from review.fold import fold
from review.hanging import Loose, hanging
from review.intents import Amend, Change, EndDeal, Lock, StateCall, TakeCall, Undo
from review.periods import Period, asked_next
from review.recap import recap_of
from review.results import Refusal
from review.rollup import last_calls
from tests.builders import a_deal, a_ledger, a_session, some_settings

Q4, Q1 = date(2026, 10, 1), date(2027, 1, 1)
THE_21ST = date(2026, 12, 21)
DEALS = (
    a_deal("d1", category="commit", amount=184_000, close=date(2026, 12, 29)),
    a_deal("d2", category="commit", amount=60_000, close=date(2027, 2, 3)),
    a_deal("d3", category="commit", amount=40_000, close=date(2027, 3, 1)),
    a_deal("w1", owner="Wei Lin", category="commit", amount=90_000, close=date(2027, 1, 20)),
)
TOM, WEI = "tom-reed", "wei-lin"


def running(day=THE_21ST, ledger=None, **more):
    return a_session(ledger or a_ledger(*DEALS, day=day - timedelta(days=1)), day=day, **more)


def stated(person=TOM, commit="184k", following="100k"):
    return (
        StateCall(person=person, commit=commit, confirmed=True),
        StateCall(person=person, commit=following, confirmed=True, following=True),
    )


@pytest.mark.parametrize(
    ("day", "period", "label"),
    [
        (date(2026, 12, 17), "quarter", None),  # 14 days are left after this one: the fifteenth last
        (date(2026, 12, 18), "quarter", "Q1"),
        (date(2026, 12, 31), "quarter", "Q1"),
        (date(2027, 1, 1), "quarter", None),
        (date(2026, 11, 16), "month", None),
        (date(2026, 11, 17), "month", "Dec"),
    ],
)
def test_the_next_periods_call_is_asked_in_the_last_fourteen_days(day, period, label):
    asked = asked_next(day, some_settings(period=period))
    assert (asked.label if asked else None) == label


def test_it_is_asked_after_this_periods_and_refused_before_its_time():
    session = running()
    assert not awaits_next(session.meeting, TOM)
    session.must(StateCall(person=TOM, commit="184k", confirmed=True))
    assert awaits_next(session.meeting, TOM)
    session.must(StateCall(person=TOM, commit="100k", confirmed=True, following=True))
    assert not awaits_next(session.meeting, TOM)
    early = running(date(2026, 12, 14)).do(StateCall(person=TOM, commit="100k", confirmed=True, following=True))
    assert isinstance(early, Refusal)
    assert "Q1" in early.sentence


def test_both_calls_stand_side_by_side_and_undo_takes_only_the_last():
    session = running()
    session.must(*stated())
    meeting = session.meeting
    assert (meeting.calls[TOM].commit, meeting.calls[TOM].period) == (Decimal(184_000), Q4)
    assert (meeting.next_calls[TOM].commit, meeting.next_calls[TOM].period) == (Decimal(100_000), Q1)
    session.must(Undo())
    assert session.meeting.next_calls == {}
    assert session.meeting.calls[TOM].commit == 184_000


def test_an_odd_number_is_set_against_what_the_export_implies_of_the_next_period():
    session = running()
    session.must(StateCall(person=TOM, commit="184k", confirmed=True))
    answer = session.do(StateCall(person=TOM, commit="2m", following=True))  # d2 and d3 imply 100k: twenty times
    assert isinstance(answer, Refusal)
    assert answer.confirm
    assert session.do(StateCall(person=TOM, commit="900k", following=True)) is None


def test_the_lock_keeps_both_and_its_row_adds_the_next_one_up_apart():
    session = running()
    session.must(*stated(), *stated(WEI, "0", "90k"))
    ledger = session.lock()
    assert {(c.person, c.period): c.stands for c in ledger.calls} == {
        (TOM, Q4): 184_000, (TOM, Q1): 100_000, (WEI, Q4): 0, (WEI, Q1): 90_000,
    }  # fmt: skip
    row = session.locked.row
    assert (row.commit_stated, row.commit_after, row.next_stated, row.next_after) == (
        184_000,
        184_000,
        190_000,
        190_000,
    )
    recap = recap_of(session.meeting, row, draft=False)
    assert [(line.name, line.period, int(line.stands)) for line in recap.calls if line.period] == [
        ("Tom", "Q1", 100_000), ("Wei", "Q1", 90_000),
    ]  # fmt: skip


def test_enter_keeps_last_weeks_and_another_number_wants_its_reason():
    session = running()
    session.must(*stated())
    later = running(THE_21ST + timedelta(days=7), session.lock())
    later.must(StateCall(person=TOM, commit=""))
    answer = later.do(StateCall(person=TOM, commit="80k", following=True))
    assert isinstance(answer, Refusal)
    assert answer.field == "reason"
    later.must(StateCall(person=TOM, commit="", following=True))
    assert later.meeting.next_calls[TOM].commit == 100_000


def test_who_is_absent_keeps_both_calls_inside_their_periods():
    session = running()
    session.must(*stated())
    ledger = session.lock()
    away = running(THE_21ST + timedelta(days=7), ledger, present=("ada-hall", WEI)).meeting
    following = standing_calls(away, following=True)
    assert following[TOM].carried
    assert following[TOM].stands == 100_000
    january = running(date(2027, 1, 4), ledger, present=("ada-hall", WEI)).meeting
    assert standing_calls(january)[TOM].stands == 100_000
    assert standing_calls(january, following=True) == {}


def test_what_the_room_moves_changes_the_call_that_it_belongs_to():
    session = running()
    session.must(
        *stated(),
        Change(deal="d1", field="close_date", text="2027-01-15", cause=Cause.LEGAL),
        EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE),
    )
    found = {entry.period: entry for entry in open_calls(session.meeting)}
    assert [found[Q4].after, found[Q1].after] == [0, 224_000]  # 184 − 184; 100 + 184 − 60
    assert [line.became.value for line in found[Q1].lines] == ["moved in", "lost"]
    answer = session.do(Lock())
    assert isinstance(answer, Refusal)
    session.must(TakeCall(person=TOM))
    assert isinstance(session.do(Lock()), Refusal)
    assert [one.kind for one in hanging(session.meeting) if one.blocks] == [Loose.CALL]
    session.must(TakeCall(person=TOM, following=True), Lock())
    row = session.locked.row
    assert (row.next_stated, row.next_after, row.commit_after) == (100_000, 224_000, 0)


def test_a_call_of_december_is_never_the_forecast_that_q1_is_scored_by():
    session = running()
    session.must(*stated())
    ledger = session.lock()
    person = next(p for p in session.meeting.settings.people if p.id == TOM)
    period = Period("Q1", Q1, date(2027, 3, 31))
    assert last_calls(ledger.calls, period)[TOM].stands == 100_000
    assert frozen_forecast(ledger, period, person) is None
    january = running(date(2027, 1, 4), ledger)
    january.must(StateCall(person=TOM, commit="120k", reason="one more"))
    frozen = frozen_forecast(january.lock(), period, person)
    assert frozen is not None
    assert frozen.commit == 120_000
    assert frozen.day == date(2027, 1, 4)


def test_the_lock_names_whose_next_number_is_still_missing():
    session = running(present=("ada-hall", TOM))
    session.must(StateCall(person=TOM, commit="184k", confirmed=True))
    missing = next(one for one in hanging(session.meeting) if one.kind is Loose.NO_CALL)
    assert [(case.name, case.evidence) for case in missing.cases] == [("Tom", "Q1")]


def test_after_the_lock_it_is_amended_like_any_call():
    session = running()
    session.must(*stated())
    session.lock()
    fixed = StateCall(person=TOM, commit="120k", reason="read wrong", confirmed=True, following=True)
    session.must(Amend(intent=fixed, day=date(2026, 12, 22)))
    ledger = session.meeting.ledger
    assert {c.period: c.stands for c in ledger.calls if c.person == TOM} == {Q4: 184_000, Q1: 120_000}
    assert session.meeting.amendments == ("amended 22 Dec: Tom Reed’s commit for Q1 120k",)


def test_a_review_set_aside_offers_both_numbers_as_drafts():
    session = running()
    session.must(*stated())
    found = offered(session.minutes, THE_21ST)
    assert (found.calls[TOM][0], found.next_calls[TOM][0]) == ("184k", "100k")


def test_minutes_without_any_such_call_fold_as_before():
    session = running(date(2026, 11, 23))
    session.must(StateCall(person=TOM, commit="184k", confirmed=True))
    raw = msgspec.json.encode(session.log.batches)
    batches = tuple(msgspec.json.decode(raw, type=list[Batch]))
    meeting = fold(session.minutes.opening, batches).meeting
    assert meeting.calls == session.meeting.calls
    assert meeting.next_calls == {}
