import itertools
from datetime import timedelta

import pytest

from review.commitments import Origin, Verdict
from review.deals import Ending, EndReason
from review.events import ClosedOut, CommitmentDropped, PersonAdded, VerdictGiven
from review.intents import Amend, CloseOut, EndDeal, GiveVerdict, Lock, OpenDeal, Park, SetReviewAside, StateCall
from review.people import Person
from review.results import Refusal
from review.session import Session
from store.errors import Damaged, Refused
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import Workspace
from tests.builders import GOOD, MONDAY, FakeClock, a_deal, a_promise, an_export, monday, some_settings, started
from tests.store_faults import fail_once, refusal

SETTINGS = some_settings()
DEALS = (a_deal("d1", category="commit"), a_deal("d2"), a_deal("w1", owner="Wei Lin"))


@pytest.fixture
def reviews(tmp_path):
    workspace = Workspace(tmp_path / "ws")
    workspace.make()
    write_settings(workspace.settings, SETTINGS, None)
    return Reviews(workspace, mend=True)


def again(reviews):
    """The same workspace, opened by another program."""
    return Reviews(reviews.workspace)


def session_of(reviews, minutes):
    numbers = itertools.count(len(minutes.batches))
    review = minutes.meeting.review
    clock = FakeClock(minutes.batches[0].at)
    return Session(minutes, reviews.minutes_log(review), clock, reviews, lambda: f"{next(numbers):06d}-{review}")


def begin(reviews, day=MONDAY):
    now = reviews.now()
    event = started(
        now.ledger, settings=now.settings, day=day, review=reviews.workspace.next_review_id(day), desk=now.desk
    )
    return session_of(reviews, reviews.begin(event, FakeClock().now()))


def must(session, *intents):
    for intent in intents:
        assert session.do(intent) is None


def an_hour(reviews, *intents, day=MONDAY):
    session = begin(reviews, day)
    must(session, *intents)
    return session


def a_locked(reviews, *intents, day=MONDAY):
    session = an_hour(reviews, *intents, Lock(), day=day)
    return session.meeting


SOME = (
    OpenDeal(deal="d1"),
    CloseOut(deal="d1", line=GOOD),
    Park(deal="d2"),
    StateCall(person="tom-reed", commit="100k"),
)


def test_what_stands_is_the_last_import(reviews):
    reviews.take_import(an_export(*DEALS))
    now = again(reviews).now()
    assert list(now.ledger.deals) == ["d1", "d2", "w1"]
    assert (now.ledger.export, now.desk, now.notes) == ("e1122", 1, ())
    assert [person.id for person in now.settings.people] == ["ada-hall", "tom-reed", "wei-lin"]


def test_resuming_from_disk_equals_the_running_state(reviews):
    reviews.take_import(an_export(*DEALS))
    session = an_hour(reviews, *SOME)
    reviews.keep_export(an_export(*DEALS[:2], day=MONDAY))
    assert session.take_import(an_export(*DEALS[:2], day=MONDAY)) is None
    other = again(reviews)
    assert other.running() == session.meeting.review
    minutes, notes = other.minutes(session.meeting.review)
    assert minutes.meeting == session.meeting
    assert minutes.batches == session.minutes.batches
    assert notes == ()


def test_after_the_lock_the_snapshot_is_what_stands_and_folding_the_minutes_gives_the_same(reviews):
    reviews.take_import(an_export(*DEALS))
    meeting = a_locked(reviews, *SOME)
    other = again(reviews)
    assert other.running() is None
    assert other.last_held() == meeting.review
    assert other.now().ledger == meeting.ledger
    assert other.minutes(meeting.review)[0].meeting == meeting


def test_a_snapshot_that_is_gone_or_another_one_is_worked_out_again_and_said(reviews):
    reviews.take_import(an_export(*DEALS))
    meeting = a_locked(reviews, *SOME)
    snapshot = reviews.workspace.snapshot(meeting.review)
    snapshot.unlink()
    now = again(reviews).now()
    assert now.ledger == meeting.ledger
    assert [note.lost for note in now.notes] == ["nothing"]
    reviews.freeze(meeting.review, now.ledger.__class__())
    now = again(reviews).now()
    assert now.ledger == meeting.ledger
    assert now.notes


def test_a_snapshot_of_a_lock_that_was_never_written_is_a_leftover(reviews):
    reviews.take_import(an_export(*DEALS))
    session = an_hour(reviews, *SOME)
    reviews.freeze(session.meeting.review, session.meeting.ledger)
    assert again(reviews).running() == session.meeting.review
    must(session, Lock())
    assert again(reviews).now().ledger == session.meeting.ledger
    assert again(reviews).now().notes == ()


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("turn", range(6))
def test_a_lock_that_the_disk_refuses_changes_nothing_and_a_retry_locks_once(reviews, monkeypatch, call, turn):
    reviews.take_import(an_export(*DEALS))
    session = an_hour(reviews, *SOME)
    before = session.minutes
    with fail_once(monkeypatch, call, turn) as failed:
        said = refusal(lambda: session.do(Lock()))
    if said is not None:
        assert failed
        assert session.minutes is before
        assert again(reviews).running() == session.meeting.review
        session.retry()
        session.retry()
    assert session.meeting.locked is not None
    assert again(reviews).now().ledger == session.meeting.ledger
    assert again(reviews).now().notes == ()
    assert again(reviews).now().ledger.held == 1


def test_the_next_review_stands_on_the_lock_and_the_imports_and_verdicts_since(reviews):
    reviews.take_import(an_export(*DEALS))
    first = a_locked(reviews, *SOME)
    step = first.ledger.deals["d1"].step
    reviews.take_import(an_export(a_deal("d1", amount=7), *DEALS[1:], day=monday(1) - timedelta(days=1)))
    reviews.desk_write(
        VerdictGiven(commitment=step, verdict=Verdict.DONE, on=monday(1) - timedelta(days=3)), what="done"
    )
    session = begin(reviews, monday(1))
    assert session.meeting.ledger == reviews.now().ledger
    assert session.meeting.effective("d1").amount == 7
    must(session, Lock())
    row = session.meeting.ledger.locks[-1]
    assert (row.held, row.kept, row.judged) == (2, 1, 1)
    assert again(reviews).minutes(session.meeting.review)[0].meeting == session.meeting


def test_what_was_amended_stands_in_the_next_review(reviews):
    reviews.take_import(an_export(*DEALS))
    session = an_hour(reviews, *SOME, Lock())
    must(session, Amend(intent=CloseOut(deal="w1", line=GOOD), day=MONDAY))
    must(session, Amend(intent=StateCall(person="tom-reed", commit="90k", reason="slower"), day=MONDAY))
    now = again(reviews).now()
    assert now.ledger == session.meeting.ledger
    assert now.ledger.calls[-1].commit == 90_000
    later = begin(reviews, monday(1))
    assert later.meeting.step("w1") is not None
    assert again(reviews).minutes(later.meeting.review)[0].meeting == later.meeting


def test_a_review_set_aside_is_kept_and_not_held(reviews):
    reviews.take_import(an_export(*DEALS))
    an_hour(reviews, *SOME, SetReviewAside())
    other = again(reviews)
    assert (other.running(), other.last_held()) == (None, None)
    assert other.now().ledger.commitments == {}
    second = begin(reviews)
    assert second.meeting.review == f"{MONDAY.isoformat()}-2"


def test_no_second_review_begins_beside_a_running_one(reviews):
    reviews.take_import(an_export(*DEALS))
    an_hour(reviews)
    with pytest.raises(Refused, match="is running"):
        begin(reviews, monday(1))


def test_people_added_on_the_spot_are_known_afterwards(reviews):
    reviews.take_import(an_export(*DEALS))
    reviews.desk_write(PersonAdded(person=Person(id="kim-park", name="Kim Park", carries=False)), what="added Kim")
    assert "kim-park" in {person.id for person in again(reviews).now().settings.people}


# Taking an import back


def test_the_last_import_can_be_taken_back_until_the_lock(reviews):
    reviews.take_import(an_export(*DEALS))
    before = reviews.now().ledger
    reviews.take_import(an_export(a_deal("d9"), day=MONDAY))
    assert reviews.undo_import().export == "e1123"
    assert again(reviews).now().ledger == before
    a_locked(reviews)
    with pytest.raises(Refused, match="no import to take back"):
        reviews.undo_import()


def test_no_import_is_taken_back_under_a_running_review(reviews):
    reviews.take_import(an_export(*DEALS))
    an_hour(reviews)
    with pytest.raises(Refused, match="A review is running"):
        reviews.undo_import()


def test_an_import_is_not_taken_back_where_something_was_decided_on_deals_that_only_it_has(reviews):
    reviews.take_import(an_export(*DEALS))
    reviews.take_import(an_export(*DEALS, a_deal("d9", account="Northwind"), day=MONDAY))
    step = a_promise("s9", deal="d9", origin=Origin.STEP, due=monday(1))
    reviews.desk_write(ClosedOut(deal="d9", step=step, new=True, in_writing=True), what="in writing")
    with pytest.raises(Refused, match="Northwind"):
        reviews.undo_import()
    assert "d9" in again(reviews).now().ledger.deals


def test_rows_that_are_gone_are_named(reviews):
    reviews.take_import(an_export(*DEALS))
    reviews.workspace.import_file("e1122").unlink()
    with pytest.raises(Damaged, match="e1122"):
        again(reviews).now()


def test_the_collecting_commitment_is_closed_by_the_export_and_stays_closed_on_disk(reviews):
    reviews.take_import(an_export(*DEALS))
    meeting = a_locked(reviews, EndDeal(deal="d2", kind=Ending.LOST, reason=EndReason.PRICE))
    (task,) = [c for c in meeting.ledger.commitments.values() if c.origin is Origin.CRM]
    reviews.take_import(an_export(DEALS[0], a_deal("d2", status="lost"), DEALS[2], day=MONDAY))
    assert not again(reviews).now().ledger.commitments[task.id].is_open


def test_dropped_at_the_desk_is_in_no_rate(reviews):
    reviews.take_import(an_export(*DEALS))
    meeting = a_locked(reviews, *SOME)
    step = meeting.ledger.deals["d1"].step
    reviews.desk_write(CommitmentDropped(commitment=step, why="the project stopped", on=MONDAY), what="dropped")
    session = begin(reviews, monday(1))
    assert isinstance(session.do(GiveVerdict(commitment=step, verdict=Verdict.DONE)), Refusal)
    must(session, Lock())
    assert session.meeting.ledger.locks[-1].judged == 0
