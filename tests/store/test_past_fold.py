"""What exports of before the first review come to is kept beside them, and is never older than they are."""

import os
from datetime import date, timedelta

import pytest

import review
from review import baselines
from review.baselines import past_of
from review.desk import at_desk
from review.events import BaselineRead, Undone
from review.records import Ledger
from store import documents
from store.check import check
from store.errors import NotSaved
from store.kinds import BASELINE
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import PAST, Workspace
from tests.builders import a_deal, an_export, some_settings

NOW = date(2026, 11, 22)


def older(weeks):
    day = NOW - timedelta(weeks=weeks)
    return an_export(a_deal(close=date(2026, 12, 18) - timedelta(weeks=weeks)), day=day, ident=f"{day}")


def read_past(reviews, *exports):
    for export in exports:
        documents.save(reviews.workspace.import_file(PAST + export.id), BASELINE, export)
    events = [BaselineRead(name=PAST + e.id, day=e.day, source=e.source, rows=len(e.deals)) for e in exports]
    reviews.desk_write(*events, what="read in the past")


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "w")
    made.make()
    write_settings(made.settings, some_settings(), None)
    reviews = Reviews(made)
    read_past(reviews, older(3), older(2))
    reviews.take_import(an_export(a_deal(), day=NOW, ident="now"))
    return made


@pytest.fixture
def folds(monkeypatch):
    """How often the past was folded."""
    counted = []

    def count(*given):
        counted.append(1)
        return past_of(*given)

    monkeypatch.setattr(baselines, "past_of", count)
    return counted


def folded(workspace, **given):
    """What stands now, the past not spared by what was kept of the whole."""
    (workspace.kept / "now.json").unlink(missing_ok=True)
    return Reviews(workspace, **given).now().ledger


def by_hand(workspace):
    reviews = Reviews(workspace)
    batches = reviews.desk.read().batches
    return at_desk(Ledger(), batches, dict(reviews.exports_in(batches)), reviews.settings())


def test_it_is_folded_once_and_again_only_after_something_it_rests_on_changed(workspace, folds):
    first = folded(workspace)
    assert first.deals["d1"].pushes == 1
    assert folded(workspace) == first == by_hand(workspace)
    assert len(folds) == 1
    read_past(Reviews(workspace), older(1))
    assert folded(workspace).deals["d1"].pushes == 2
    assert len(folds) == 2
    last = Reviews(workspace).desk.read().batches[-1]
    Reviews(workspace).desk_write(Undone(batch=last.id, what=last.what), what="took it back", decision=False)
    assert folded(workspace) == first
    assert len(folds) == 3
    more = some_settings(currency="EUR")
    workspace.settings.unlink()
    write_settings(workspace.settings, more, None)
    folded(workspace)
    assert len(folds) == 4


def test_a_rule_that_changed_folds_anew_though_the_version_is_the_same(workspace, folds, monkeypatch, tmp_path):
    folded(workspace)
    rules = tmp_path / "rules" / "folding"
    rules.mkdir(parents=True)
    (rules / "pushes.py").write_text("LATER = 1\n")
    monkeypatch.setattr(review, "__path__", [str(rules.parent)])
    for expected in (2, 2):
        folded(workspace)
        assert len(folds) == expected
    (rules / "pushes.py").write_text("LATER = 2\n")
    os.utime(rules / "pushes.py", ns=(1, 1))
    folded(workspace)
    assert len(folds) == 3


def test_where_it_is_damaged_it_is_made_again_and_nothing_is_lost(workspace, folds):
    first = folded(workspace)
    (workspace.kept / "past.json").write_bytes((workspace.kept / "past.json").read_bytes()[:-40])
    (workspace.kept / "now.json").unlink()
    reviews = Reviews(workspace)
    assert reviews.now().ledger == first
    assert reviews.met == ()
    assert check(workspace) == []
    assert len(folds) == 2


def test_who_only_looks_on_writes_nothing(workspace):
    folded(workspace, writes=False)
    assert not (workspace.kept / "past.json").exists()


def test_where_it_cannot_be_written_the_workspace_opens_all_the_same(workspace, monkeypatch):
    def refuse(*_given, **_named):
        raise NotSaved("the disk is full")

    monkeypatch.setattr(documents, "save", refuse)
    assert folded(workspace).deals["d1"].pushes == 1
