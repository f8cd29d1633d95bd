from datetime import date
from decimal import Decimal

from review.after_room import Became, RoomLine
from review.calls import say_line
from review.card import card_of
from review.clock import read_clock
from review.commitments import Verdict
from review.deals import Cause, Ending, EndReason
from review.intents import (
    Amend,
    Change,
    CloseOut,
    EndDeal,
    GiveEvidence,
    GiveVerdict,
    OpenDeal,
    Park,
    Promise,
    StateCall,
    TakeCall,
    TakeOffline,
    WriteNote,
)
from review.lock_row import row_of
from review.questions import choose_questions
from review.recap import owner_lists, recap_of
from review.words import in_a_line
from tests.builders import GOOD, MONDAY, a_deal, a_ledger, a_promise, a_session, next_week, with_promises

DEALS = (
    a_deal("d1", name="Renewal", account="Northwind", category="commit", amount=184_000),
    a_deal("d2", account="Initech", category="commit", amount=60_000),
    a_deal("d3", account="Umbrella"),
    a_deal("w1", account="Stark", owner="Wei Lin"),
)


def an_hour():
    """An hour in which everything happens once."""
    ledger = with_promises(a_ledger(*DEALS), a_promise("p1"), a_promise("p2", owner="ada-hall"))
    session = a_session(ledger)
    session.must(
        GiveVerdict(commitment="p1", verdict=Verdict.DONE),
        GiveVerdict(commitment="p2", verdict=Verdict.NOT_DONE),
        StateCall(person="tom-reed", commit="244k", reason="as before"),
        StateCall(person="wei-lin", commit="0", confirmed=True),
        OpenDeal(deal="d1"),
        WriteNote(deal="d1", question="risk", text="their counsel is slow"),
        CloseOut(deal="d1", line=GOOD),
        OpenDeal(deal="d2"),
        EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE, lesson="ask for the budget first"),
        OpenDeal(deal="d3"),
        TakeOffline(deal="d3", who="Ada Hall", when="thu"),
        OpenDeal(deal="w1"),
        Park(deal="w1"),
        TakeCall(person="tom-reed"),
        Promise(line="Ask finance about the discount @Kim fri", owner="ada-hall"),
    )
    return session


def recap(session, draft=False):
    row = session.meeting.ledger.locks[-1] if not draft else None
    row = row or row_of(session.meeting, read_clock(session.meeting.clock, session.clock.now()), ())
    return recap_of(session.meeting, row, draft=draft)


def test_the_first_line_is_made_to_be_pasted():
    session = an_hour()
    session.lock()
    assert recap(session).paste == (
        "2:40 · 4 deals, 1 with a step, 1 lost, 1 offline, 1 parked · commit 244k → 184k (Initech) · kept 1 of 2"
        " · 5 commitments · 2 still without: Tom 1, Wei 1"
    )


def test_a_draft_says_the_same_before_the_lock():
    session = an_hour()
    draft = recap(session, draft=True)
    session.lock()
    final = recap(session)
    assert draft.draft
    assert not final.draft
    assert [line.title for line in draft.deals] == [line.title for line in final.deals]
    assert draft.closing == final.closing
    assert draft.paste.split(" · ")[1:] == final.paste.split(" · ")[1:]


def test_every_deal_that_left_stands_there_with_its_words():
    session = an_hour()
    session.lock()
    lines = {line.title: line for line in recap(session).deals}
    assert (lines["Northwind"].exit, lines["Northwind"].owner, lines["Northwind"].due) == (
        "closed out",
        "Tom",
        date(2026, 11, 26),
    )
    assert lines["Northwind"].step == "Walk Dana through the redlines"
    assert lines["Northwind"].notes == (("risk", "their counsel is slow"),)
    assert lines["Initech"].exit == "lost"
    loss = recap(session).losses[0]
    assert (loss.title, loss.reason, loss.lesson) == ("Initech", "price", "ask for the budget first")


def test_no_rate_of_a_person_reaches_the_recap_but_the_managers_own():
    session = an_hour()
    session.lock()
    assert session.meeting.ledger.locks[-1].kept_by == {"tom-reed": (1, 1), "ada-hall": (0, 1)}
    assert recap(session).row.kept_by == {"ada-hall": (0, 1)}


def test_the_managers_own_promises_are_read_first_and_the_quiet_ones_by_nobody():
    session = an_hour()
    lists = owner_lists(session.meeting)
    assert [owner.person for owner in lists] == ["ada-hall", "tom-reed", "wei-lin"]
    assert all("Set in the CRM" not in c.text for owner in lists for c in owner.commitments)


def test_the_recap_says_what_was_amended_and_when():
    session = an_hour()
    session.lock()
    session.must(Amend(intent=CloseOut(deal="w1", line=GOOD), day=MONDAY.replace(day=24)))
    assert recap(session).amendments == ("amended 24 Nov: closed out Stark",)
    assert recap(session).without == (("Tom", ("Umbrella",)),)


def test_leaving_commit_by_the_reps_own_word_is_marked_with_credit():
    session = next_week(an_hour().lock())
    session.must(Change(deal="d1", field="category", text="best case"))
    session.lock()
    assert recap(session).early == ("Northwind left commit for best case",)
    assert recap(session).moved == ()


def test_ending_a_commit_deal_before_the_lock_is_credited_too_be_it_in_the_room_or_in_the_crm():
    in_the_room = next_week(an_hour().lock())
    in_the_room.must(EndDeal(deal="d1", kind=Ending.LOST, reason=EndReason.PRICE))
    in_the_room.lock()
    assert recap(in_the_room).early == ("Northwind ended as lost",)
    lost = a_deal("d1", account="Northwind", category="commit", amount=184_000, status="lost")
    in_the_crm = next_week(an_hour().lock(), lost, *DEALS[1:])
    in_the_crm.lock()
    assert recap(in_the_crm).early == ("Northwind lost in the CRM",)


def test_a_counted_slip_that_moves_nothing_stands_apart_from_what_the_rules_moved():
    session = next_week(an_hour().lock())
    session.must(
        Change(deal="d1", field="close_date", text="8 jan", cause=Cause.LEGAL),
        GiveEvidence(deal="d1", line="Dana signed 8 jan, none needed click-through"),
    )
    session.lock()
    said = recap(session)
    assert said.slips == ("Northwind: 18 Dec → 8 Jan today: one more in a row moves it to best case",)
    assert said.moved == said.early == ()


def test_absent_people_stand_under_not_discussed_with_their_call_carried_over():
    session = next_week(an_hour().lock(), present=("ada-hall", "wei-lin"))
    session.must(StateCall(person="wei-lin", commit=""))
    session.lock()
    found = recap(session)
    assert found.not_discussed == ("Tom Reed",)
    assert [(call.name, call.carried) for call in found.calls] == [("Tom", True), ("Wei", False)]
    assert found.row.commit_after == 184_000


# The card


def test_the_card_shows_last_weeks_step_with_its_verdict_after_a_new_one_was_given():
    later = next_week(an_hour().lock())
    promised = later.meeting.record("d1").step
    later.must(GiveVerdict(commitment=promised, verdict=Verdict.BUYER))
    later.must(CloseOut(deal="d1", line="Sign with @Dana and their counsel fri"))
    card = card_of(later.meeting, "d1")
    assert card.promised is not None
    assert (card.promised.id, card.verdict) == (promised, "the buyer did it")
    assert card.standing is not None
    assert card.standing.text == "Sign with @Dana and their counsel"


def test_a_step_made_today_is_no_promise_of_last_week():
    session = an_hour()
    assert card_of(session.meeting, "d1").promised is None


def test_a_date_that_moved_without_a_cause_asks_for_it():
    ledger = an_hour().lock()
    moved = a_deal("d3", account="Umbrella", close=date(2027, 1, 8))
    asks = next_week(ledger, *DEALS[:1], moved, DEALS[3])
    assert [question.id for question in card_of(asks.meeting, "d3").questions] == ["cause"]
    said = next_week(ledger)
    said.must(Change(deal="d3", field="close_date", text="8 jan", cause=Cause.LEGAL))
    assert "cause" not in [question.id for question in card_of(said.meeting, "d3").questions]


def test_at_most_two_questions_are_chosen_by_what_is_wrong():
    flags = [dict(zip(("slipped", "stuck", "new", "again"), bits, strict=True)) for bits in _bits()]
    for deal in DEALS:
        assert all(1 <= len(choose_questions(deal, **flag)) <= 2 for flag in flags)
    assert choose_questions(DEALS[0], slipped=False, stuck=True, new=False, again=False) == ("risk", "economic buyer")
    assert choose_questions(DEALS[2], slipped=False, stuck=True, new=False, again=False) == ("approach",)
    assert choose_questions(DEALS[2], slipped=False, stuck=False, new=True, again=False) == ("event", "economic buyer")


def _bits():
    return [tuple(bool(number >> bit & 1) for bit in range(4)) for number in range(16)]


def test_a_name_of_ten_thousand_characters_leaves_room_for_the_rest_of_the_line():
    long = "X" * 10_000
    assert in_a_line(long) == "X" * 79 + "…"
    assert in_a_line("Fürstenberg & Söhne Holding") == "Fürstenberg & Söhne Holding"
    line = RoomLine(deal="d1", title=long, amount=Decimal(-184_000), became=Became.BEST_CASE)
    assert say_line(line) == "X" * 79 + "… −184k to best case"
