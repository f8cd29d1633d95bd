import os
import shutil
from datetime import timedelta

import pytest

from review.contact import QUIET, Contact, silence
from review.intents import CloseOut, EnterSection, Lock, OpenDeal, Undo
from review.onscreen import last_done, point_of
from review.ports import Draft
from store.demo.build import build
from store.drafts import DraftFile
from store.lock import WorkspaceLock
from store.watching import DiskWatch
from store.workspace import Workspace
from tests.cli.running import MONDAY, TEN, started


@pytest.fixture
def steady():
    return [0.0]


@pytest.fixture
def watch(demo_copy, steady):
    return DiskWatch(demo_copy, steady=lambda: steady[0])


@pytest.fixture
def demo_copy(tmp_path, demo_for_store):
    shutil.copytree(demo_for_store, tmp_path / "ws")
    return Workspace(tmp_path / "ws")


@pytest.fixture(scope="module")
def demo_for_store(tmp_path_factory):
    root = tmp_path_factory.mktemp("watch") / "ws"
    build(Workspace(root), MONDAY)
    return root


def everything(workspace):
    """Every file with its bytes and times."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(workspace.root.rglob("*"))
        if path.is_file()
    }


def test_a_fact_of_the_other_program_is_seen_at_the_next_look_and_nothing_is_written(demo_copy, watch):
    session = started(demo_copy.root)
    first = watch.look()
    assert first.minutes.meeting == session.meeting
    assert watch.look() is first
    session.do(EnterSection(section="inspection"))
    deal = session.meeting.queue[0].deal
    session.do(OpenDeal(deal=deal))
    session.do(CloseOut(deal=deal, line="Call @Dana on the two open clauses thu"))
    second = watch.look()
    assert second.minutes.meeting == session.meeting
    done = last_done(second.minutes)
    assert done is not None
    assert done.what.startswith("closed out")
    session.do(Undo())
    before = everything(demo_copy)
    third = watch.look()
    assert third.minutes.meeting == session.meeting
    done = last_done(third.minutes)
    assert done is not None
    assert done.word == "undone"
    assert everything(demo_copy) == before


def test_what_is_typed_is_seen_and_a_damaged_draft_stays_in_place(demo_copy, watch):
    session = started(demo_copy.root)
    path = demo_copy.draft(session.meeting.review)
    DraftFile(path).keep(Draft(texts={"d:step": "Redlines"}, seen=TEN))
    assert watch.look().draft.texts == {"d:step": "Redlines"}
    path.write_bytes(b"nonsense")
    assert watch.look().draft.texts == {"d:step": "Redlines"}
    assert path.read_bytes() == b"nonsense"


def test_a_file_that_is_away_for_a_moment_is_not_reported_and_one_that_stays_away_makes_way(demo_copy, watch, steady):
    session = started(demo_copy.root)
    seen = watch.look()
    path = demo_copy.minutes(session.meeting.review)
    aside = path.with_suffix(".moved")
    path.rename(aside)
    assert watch.look() is seen
    steady[0] += 1.0
    assert watch.look() is seen
    steady[0] += 2.0
    assert watch.look().minutes.meeting.review == "2026-11-16"
    aside.rename(path)
    assert watch.look().minutes.meeting == seen.minutes.meeting


def test_damage_never_takes_back_what_was_shown(demo_copy, watch, steady):
    session = started(demo_copy.root)
    session.do(EnterSection(section="inspection"))
    seen = watch.look()
    path = demo_copy.minutes(session.meeting.review)
    path.write_bytes(path.read_bytes()[:-9])
    assert watch.look() is seen
    steady[0] += 3.0
    later = watch.look()
    assert later.minutes.meeting.section == "inspection"
    assert "damaged" in later.trouble
    assert path.exists()


def test_the_next_review_takes_the_place_of_the_one_that_was_locked(demo_copy, watch):
    session = started(demo_copy.root)
    session.do(EnterSection(section="actions"))
    assert session.do(Lock()) is None
    over = watch.look()
    assert point_of(over.minutes.meeting, {}).scope == "over"
    again = started(demo_copy.root, session.meeting.day + timedelta(days=7))
    assert watch.look().minutes.meeting.review == again.meeting.review
    assert point_of(watch.look().minutes.meeting, {}).scope == "forecast"


def test_a_program_that_was_killed_is_known_to_be_gone_and_one_that_runs_is_not(demo_copy, watch):
    started(demo_copy.root)
    assert watch.look().contact.gone
    with WorkspaceLock(demo_copy.lock, "a review"):
        assert not watch.look().contact.gone
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    demo_copy.lock.write_text(f'{{"pid":{pid},"host":"{os.uname().nodename}","doing":"a review"}}')
    assert watch.look().contact.gone


def test_before_any_review_there_is_nothing_and_nothing_is_wrong(tmp_path):
    watched = DiskWatch(Workspace(tmp_path / "none")).look()
    assert (watched.minutes, watched.trouble) == (None, "")


@pytest.mark.parametrize(
    ("seconds", "gone", "speed", "quiet"),
    [
        (0, False, 1, None),
        (QUIET, False, 1, None),
        (QUIET + 1, False, 1, QUIET + 1),
        (3, True, 1, 3),
        (QUIET * 60, False, 60, None),
        (QUIET * 60 + 1, False, 60, QUIET * 60 + 1),
        (-5, True, 1, 0),
    ],
)
def test_silence_is_said_after_two_signs_were_missed_or_the_program_ended(seconds, gone, speed, quiet):
    assert silence(Contact(TEN, gone=gone), TEN + timedelta(seconds=seconds), speed) == quiet
