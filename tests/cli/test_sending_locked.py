"""What a locked review sends is gathered once; what was kept of it gives every target the same."""

from datetime import UTC, datetime

import pytest

from review.fold import Minutes
from store import documents, kinds
from store.exports import locked
from store.exports.gather import of_one
from store.exports.locked import of_locked
from store.exports.targets import STANDARD
from store.reviews import Reviews
from store.workspace import Workspace

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LAST = "2026-11-16"


@pytest.fixture
def workspace(demo):
    return Workspace(demo)


@pytest.fixture
def gatherings(monkeypatch):
    """How often a review was gathered."""
    counted = []

    def count(minutes: Minutes, *given):
        counted.append(minutes.meeting.review)
        return of_one(minutes, *given)

    monkeypatch.setattr(locked, "of_one", count)
    return counted


def sent(workspace, review=LAST, name="json", **given):
    return of_locked(Reviews(workspace), review, STANDARD[name], NOW, **given)


@pytest.mark.parametrize("only_actions", [False, True])
def test_every_target_gets_what_the_minutes_give(workspace, gatherings, only_actions):
    minutes = Reviews(workspace).minutes(LAST)[0]
    for _ in range(2):
        for name, target in STANDARD.items():
            expected = of_one(minutes, target, NOW, only_actions=only_actions)
            assert sent(workspace, name=name, only_actions=only_actions) == expected, name
    assert gatherings == [LAST]


def test_another_review_is_gathered_by_itself(workspace, gatherings):
    assert sent(workspace).review == LAST
    assert sent(workspace, "2026-11-09").review == "2026-11-09"
    assert sent(workspace) == of_one(Reviews(workspace).minutes(LAST)[0], STANDARD["json"], NOW)
    assert gatherings == [LAST, "2026-11-09", LAST]


def test_minutes_that_went_on_are_gathered_again(workspace, gatherings):
    first = sent(workspace)
    path = workspace.minutes(LAST)
    path.write_bytes(path.read_bytes())
    assert sent(workspace) == first
    assert gatherings == [LAST, LAST]


def test_where_what_was_kept_is_damaged_nothing_is_lost(workspace):
    first = sent(workspace)
    (workspace.kept / "outgoing.json").write_bytes((workspace.kept / "outgoing.json").read_bytes()[:-30])
    assert sent(workspace) == first
    documents.save(workspace.kept / "outgoing.json", kinds.Kind(name="outgoing", version=7), {})
    later = (workspace.kept / "outgoing.json").read_bytes()
    assert sent(workspace) == first
    assert (workspace.kept / "outgoing.json").read_bytes() == later


def test_damage_to_the_minutes_is_said_and_nothing_is_kept_of_them(workspace):
    sent(workspace)
    workspace.minutes(LAST).write_bytes(b"no longer minutes")
    for _ in range(2):
        reviews = Reviews(workspace)
        of_locked(reviews, LAST, STANDARD["csv"], NOW)
        assert [note.file for note in reviews.met] == [f"{LAST}.json"]
