from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review.calls import after_room, asked_again, closing, last_call, open_calls
from review.deals import Ending, EndReason
from review.intents import Amend, Change, EndDeal, Lock, SetPresence, StateCall, TakeCall, Undo
from review.periods import period_of
from review.records import Call
from review.results import Refusal
from tests.builders import MONDAY, a_deal, a_ledger, a_session, next_week, some_settings

DEALS = (
    a_deal("d1", category="commit", amount=184_000),
    a_deal("d2", category="commit", amount=60_000),
    a_deal("d3", category="best case", amount=40_000),
    a_deal("w0", owner="Wei Lin", status="won", amount=80_000, close=date(2026, 10, 9)),
)
LOSE = EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE)
TO_BEST = Change(deal="d1", field="category", text="best case")


def running(settings=None):
    return a_session(a_ledger(*DEALS, settings=settings), settings=settings)


def the_call(session, person="tom-reed"):
    return session.meeting.calls[person]


@pytest.mark.parametrize(
    ("typed", "person", "amount"),
    [
        ("420k", "tom-reed", 420_000),
        ("0.4m", "tom-reed", 400_000),
        ("300", "tom-reed", 300_000),
        ("+80", "wei-lin", 160_000),
    ],
)
def test_a_commit_is_typed_in_the_unit_and_plus_is_on_top_of_won(typed, person, amount):
    session = running()
    session.must(StateCall(person=person, commit=typed, confirmed=True))
    assert the_call(session, person).commit == amount


def test_a_number_that_looks_like_a_slip_of_the_hand_is_echoed_in_full():
    session = running()
    answer = session.do(StateCall(person="tom-reed", commit="24m"))
    assert isinstance(answer, Refusal)
    assert answer.confirm
    assert "$24,000,000" in answer.sentence
    session.must(StateCall(person="tom-reed", commit="24m", confirmed=True))


def test_a_changed_commit_wants_its_reason_and_enter_keeps_last_weeks():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"))
    later = next_week(session.lock())
    answer = later.do(StateCall(person="tom-reed", commit="200k"))
    assert isinstance(answer, Refusal)
    assert answer.field == "reason"
    later.must(StateCall(person="tom-reed", commit="200k", reason="Initech slips"))
    later.must(StateCall(person="tom-reed", commit="244k"))
    assert the_call(later).reason == ""
    later.must(Undo(), Undo(), StateCall(person="tom-reed", commit=""))
    assert the_call(later).commit == 244_000


def test_without_an_earlier_call_enter_alone_is_no_number():
    answer = running().do(StateCall(person="tom-reed", commit=""))
    assert isinstance(answer, Refusal)


def test_the_managers_call_for_the_team_is_nobodys_own_last_call():
    own = Call(person="ada-hall", period=date(2026, 10, 1), commit=Decimal(9), day=MONDAY, team=True)
    ledger = replace(a_ledger(*DEALS), calls=(own,))
    assert last_call(ledger, "ada-hall", period_of(MONDAY, some_settings())) is None


# After the room


def test_the_room_says_what_inspection_did_to_a_call_and_enter_takes_it():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"), TO_BEST, LOSE)
    entry = after_room(session.meeting)["tom-reed"]
    assert entry.stated == 244_000
    assert entry.after == 0
    assert isinstance(session.do(Lock()), Refusal)
    session.must(TakeCall(person="tom-reed"))
    assert (the_call(session).stands, the_call(session).titles) == (0, ("d1", "d2"))
    session.must(Lock())
    row = session.meeting.ledger.locks[-1]
    assert (row.commit_stated, row.commit_after) == (244_000, 0)


def test_another_number_by_the_reps_own_word_is_not_asked_again_until_something_changes():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"), TO_BEST, TakeCall(person="tom-reed", amount="100k"))
    assert asked_again(session.meeting) == ()
    session.must(LOSE)
    assert asked_again(session.meeting) == ("tom-reed",)
    session.must(TakeCall(person="tom-reed"))
    assert the_call(session).stands == 0


def test_a_change_that_is_taken_back_brings_the_stated_call_back():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"), TO_BEST, TakeCall(person="tom-reed"))
    session.must(Change(deal="d1", field="category", text="commit"))
    assert asked_again(session.meeting) == ("tom-reed",)
    session.must(TakeCall(person="tom-reed"))
    assert (the_call(session).stands, the_call(session).lines) == (244_000, ())


def test_a_rep_who_left_never_keeps_the_room_from_locking():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"), TO_BEST)
    session.must(SetPresence(person="tom-reed", present=False), Lock())
    assert session.meeting.ledger.locks[-1].commit_after == 244_000


def test_the_call_after_the_room_of_a_rep_who_is_away_is_asked_and_can_be_taken():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"), TO_BEST, SetPresence(person="tom-reed", present=False))
    assert [entry.person for entry in open_calls(session.meeting)] == ["tom-reed"]
    session.must(TakeCall(person="tom-reed"), Lock())
    assert session.meeting.ledger.locks[-1].commit_after == 60_000


def test_moves_that_the_lock_will_make_count_as_made():
    settings = some_settings(thresholds={"enforce_from": 1})
    first = running(settings)
    ledger = first.lock()
    later = next_week(ledger, settings=settings)
    later.must(StateCall(person="tom-reed", commit="244k"))
    assert ledger.deals["d1"].evidence_told is not None
    entry = after_room(later.meeting)["tom-reed"]
    assert [(line.title, int(line.amount), line.pending) for line in entry.lines] == [("d1", -184_000, True)]
    after = later.lock()
    assert [change.to for change in after.deals["d1"].history] == ["best case"]


# The closing line


def test_the_closing_line_counts_only_what_was_said_today_by_those_who_are_here():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"), StateCall(person="wei-lin", commit="100k"))
    later = next_week(session.lock())
    assert closing(later.meeting).missing == ("tom-reed", "wei-lin")
    later.must(StateCall(person="tom-reed", commit=""), SetPresence(person="wei-lin", present=False))
    line = closing(later.meeting)
    assert [int(amount or 0) for amount in (line.commit, line.won, line.target, line.gap)] == [
        344_000,
        80_000,
        900_000,
        556_000,
    ]
    assert line.missing == ()


@pytest.mark.parametrize(("shown", "target"), [("team", 900_000), ("none", None)])
def test_the_quota_stays_off_the_screen_where_the_settings_say_so(shown, target):
    session = running(some_settings(quota_on_screen=shown))
    session.must(StateCall(person="tom-reed", commit="244k"))
    line = closing(session.meeting)
    assert (line.target, line.gap) == (target, None if target is None else target - 244_000)


# After the lock


def test_an_amended_call_takes_the_place_of_the_one_that_was_locked():
    session = running()
    session.must(StateCall(person="tom-reed", commit="244k"))
    session.lock()
    session.must(Amend(intent=StateCall(person="tom-reed", commit="200k"), day=MONDAY))
    assert [(call.person, call.commit) for call in session.meeting.ledger.calls] == [("tom-reed", 200_000)]
    later = next_week(session.meeting.ledger)
    later.must(StateCall(person="tom-reed", commit=""))
    assert the_call(later).commit == 200_000
