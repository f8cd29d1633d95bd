"""What stands between reviews is worked out once, kept, and never older than what it rests on."""

import itertools
import os
from datetime import timedelta

import pytest
from msgspec.structs import replace

import review
from review import start
from review.events import PersonAdded
from review.intents import Amend, CloseOut, Lock, OpenDeal, Park, StateCall
from review.outlook import outlook
from review.people import Person
from review.session import Session
from review.start import expected, plan
from store import documents, kinds
from store.check import check
from store.errors import NotSaved
from store.office import DiskOffice
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import Workspace
from tests.builders import GOOD, MONDAY, FakeClock, a_deal, an_export, monday, some_settings, started

WEEK = timedelta(weeks=1)
DEALS = (a_deal("d1", category="commit"), a_deal("d2"), a_deal("w1", owner="Wei Lin"))
PARTS = (
    OpenDeal(deal="d1"),
    CloseOut(deal="d1", line=GOOD),
    Park(deal="d2"),
    StateCall(person="tom-reed", commit="100k"),
)


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "w")
    made.make()
    write_settings(made.settings, some_settings(), None)
    Reviews(made).take_import(an_export(*DEALS))
    return made


@pytest.fixture
def folds(monkeypatch):
    """How often what stands was worked out."""
    counted = []
    folded = Reviews._folded

    def count(self, *given):
        counted.append(1)
        return folded(self, *given)

    monkeypatch.setattr(Reviews, "_folded", count)
    return counted


def stands(workspace, **given):
    now = Reviews(workspace, **given).now()
    return now.ledger, now.settings


def anew(workspace):
    (workspace.kept / "now.json").unlink()
    return stands(workspace, writes=False)


def hour(reviews, *intents, day=MONDAY):
    now = reviews.now()
    event = started(
        now.ledger, settings=now.settings, day=day, review=reviews.workspace.next_review_id(day), desk=now.desk
    )
    minutes = reviews.begin(event, FakeClock().now())
    ids = (f"{number:06d}-{minutes.meeting.review}" for number in itertools.count(1))
    log = reviews.minutes_log(minutes.meeting.review)
    session = Session(minutes, log, FakeClock(minutes.batches[0].at), reviews, lambda: next(ids))
    for intent in intents:
        assert session.do(intent) is None
    return session


def test_every_step_of_two_weeks_is_seen_and_what_is_kept_equals_what_is_folded_anew(workspace, folds):
    reviews = Reviews(workspace)
    session = hour(Reviews(workspace), *PARTS)
    steps = (
        lambda: session.do(Lock()),
        lambda: session.do(Amend(intent=CloseOut(deal="w1", line=GOOD), day=MONDAY)),
        lambda: reviews.take_import(an_export(*DEALS[:2], a_deal("d9", amount=5), day=monday(1), ident="next")),
        reviews.undo_import,
        lambda: reviews.take_import(an_export(*DEALS, day=monday(1), ident="again")),
    )
    seen = []
    for step in steps:
        step()
        first = stands(workspace)
        before = len(folds)
        assert stands(workspace) == first
        assert len(folds) == before
        assert anew(workspace) == first
        seen.append(first)
        stands(workspace)
    locked, amended, imported, undone, again = seen
    assert locked != amended != imported != again
    assert undone == amended


@pytest.mark.parametrize("added", [False, True])
def test_a_review_begins_on_the_same_as_its_minutes_are_folded_on(workspace, added):
    reviews = Reviews(workspace)
    if added:
        reviews.desk_write(PersonAdded(person=Person(id="kim-oh", name="Kim Oh")), what="added Kim Oh")
        reviews.take_import(an_export(a_deal("d1", owner="Kim Oh"), *DEALS[1:], day=MONDAY, ident="later"))
    session = hour(reviews, *PARTS[:3])
    again = Reviews(workspace).minutes(session.meeting.review)[0].meeting
    assert again == session.meeting
    assert again.opening == session.meeting.opening


def test_other_settings_are_taken_up(workspace, folds):
    stands(workspace)
    more = Person(id="kim-oh", name="Kim Oh")
    workspace.settings.unlink()
    write_settings(workspace.settings, some_settings(people=(*some_settings().people, more)), None)
    assert "kim-oh" in [person.id for person in stands(workspace)[1].people]
    assert len(folds) == 2


def test_a_rule_that_changed_folds_anew(workspace, folds, monkeypatch, tmp_path):
    stands(workspace)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "slips.py").write_text("TOLERANCE = 1\n")
    monkeypatch.setattr(review, "__path__", [str(rules)])
    stands(workspace)
    stands(workspace)
    assert len(folds) == 2
    (rules / "slips.py").write_text("TOLERANCE = 2\n")
    os.utime(rules / "slips.py", ns=(1, 1))
    stands(workspace)
    assert len(folds) == 3


def test_an_export_that_was_damaged_meanwhile_is_not_hidden_by_it(workspace):
    stands(workspace)
    file = workspace.import_file("e1122")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(Exception, match="e1122"):
        stands(workspace)


def test_a_lock_that_went_missing_meanwhile_is_worked_out_again_and_said_each_time(workspace):
    meeting = hour(Reviews(workspace), *PARTS, Lock()).meeting
    stands(workspace)
    snapshot = workspace.snapshot(meeting.review)
    snapshot.unlink()
    for _ in range(2):
        now = Reviews(workspace).now()
        assert now.ledger == meeting.ledger
        assert [note.file for note in now.notes] == [snapshot.name]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-40], lambda _: b"", lambda data: data.replace(b"commit", b"pommit")]
)
def test_where_it_is_damaged_itself_it_is_made_again_and_nothing_is_lost(workspace, damage):
    first = stands(workspace)
    (workspace.kept / "now.json").write_bytes(damage((workspace.kept / "now.json").read_bytes()))
    reviews = Reviews(workspace)
    assert (reviews.now().ledger, reviews.now().settings) == first
    assert reviews.met == ()
    assert check(workspace) == []


def test_one_of_a_later_version_is_left_as_it_is(workspace):
    first = stands(workspace)
    documents.save(workspace.kept / "now.json", kinds.Kind(name="now", version=7), {})
    later = (workspace.kept / "now.json").read_bytes()
    assert stands(workspace) == first
    assert (workspace.kept / "now.json").read_bytes() == later


def test_who_only_looks_on_writes_nothing(workspace):
    stands(workspace, writes=False)
    assert not (workspace.kept / "now.json").exists()


def test_where_it_cannot_be_written_the_workspace_opens_all_the_same(workspace, monkeypatch):
    def refuse(*_given, **_named):
        raise NotSaved("the disk is full")

    monkeypatch.setattr(documents, "save", refuse)
    assert list(stands(workspace)[0].deals) == ["d1", "d2", "w1"]


# The queue of the next review


def queue_of(workspace, day=MONDAY):
    standing = DiskOffice(workspace, FakeClock(), day).standing()
    assert standing.outlook is not None
    return standing, standing.outlook.planned


def test_the_queue_is_planned_once_for_a_day_and_what_stands(workspace, monkeypatch):
    plans = []

    def planning(*given):
        plans.append(given[2])
        return plan(*given)

    monkeypatch.setattr(start, "plan", planning)
    standing, first = queue_of(workspace)
    assert first == plan(standing.ledger, standing.settings, MONDAY, expected(standing.settings, MONDAY))
    assert queue_of(workspace)[1] == first
    assert plans == [MONDAY]
    queue_of(workspace, monday(1))
    assert plans == [MONDAY, monday(1)]


def test_the_lobby_opens_again_without_what_stands_being_read(workspace, monkeypatch):
    first = DiskOffice(workspace, FakeClock(), MONDAY).opening()
    assert (first.outlook.export_rows, first.outlook.active) == (len(DEALS), {"tom-reed": 2, "wei-lin": 1})

    def unwanted(*_given):
        raise AssertionError("what stands was read")

    with monkeypatch.context() as patch:
        patch.setattr(Reviews, "now", unwanted)
        assert DiskOffice(workspace, FakeClock(), MONDAY).opening() == first
    office = DiskOffice(workspace, FakeClock(), MONDAY)
    assert office.opening() == first
    standing = office.standing()
    assert standing.outlook == first.outlook == outlook(standing.ledger, standing.settings, MONDAY, plans=True)


def test_what_was_planned_is_never_shown_for_other_deals_people_or_rules(workspace, monkeypatch, tmp_path):
    assert {slot.deal for slot in queue_of(workspace)[1].slots} == {"d1", "w1"}
    Reviews(workspace).take_import(an_export(*DEALS[1:], a_deal("n1", category="commit"), day=MONDAY, ident="later"))
    assert "n1" in {slot.deal for slot in queue_of(workspace)[1].slots}
    settings = some_settings()
    away = tuple(replace(p, left=MONDAY - WEEK) if p.id == "wei-lin" else p for p in settings.people)
    workspace.settings.unlink()
    write_settings(workspace.settings, replace(settings, people=away), None)
    assert {slot.rep for slot in queue_of(workspace)[1].slots} == {"tom-reed"}
    kept = (workspace.kept / "outlook.json").read_bytes()
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(review, "__path__", [str(tmp_path / "rules")])
    queue_of(workspace)
    assert (workspace.kept / "outlook.json").read_bytes() != kept


def test_ten_thousand_changes_share_their_words(workspace):
    Reviews(workspace).take_import(an_export(*(replace(d, stage="Sign") for d in DEALS), day=MONDAY, ident="later"))
    changes = [
        change
        for _ in range(2)
        for record in Reviews(workspace).now().ledger.current.values()
        for change in record.history
        if change.field == "stage"
    ]
    assert len(changes) > 3
    assert len({id(change.to) for change in changes}) == 1
