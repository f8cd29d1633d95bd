import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import json as encode
from msgspec.structs import fields, replace

from review.accuracy import Accuracy, Scored
from review.audience import TABLE, Audience, audience_of, for_room
from review.events import Locked, Started
from review.history_page import History, PastLock, PersonFigures, TeamFigures, history
from review.history_words import page_of
from review.momentum import TeamMomentum
from review.preparation import prepare
from review.prepared import Preparation
from review.records import LockRow, Opened
from store.exports.gather import of_one
from store.exports.targets import STANDARD, render
from store.reviews import Reviews
from store.workspace import Workspace
from tui.cli.sheet import as_text

DAY = ("--as-of", "2026-11-23")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECRETS = ("7919", "7927", "86413", "91393")
"""Figures that no other number of the demonstration holds."""


def test_a_history_has_a_line_per_lock_and_the_teams_figures(run, demo):
    output = run("history", *DAY).output
    assert "4 reviews held, 26 Oct to 16 Nov" in output
    for figure in ("momentum", "kept rate", "punctuality", "win rate", "cycle", "velocity", "coverage", "replacement"):
        assert f"  {figure} " in output
    assert "People" not in output
    assert max(map(len, output.splitlines())) <= 80


def test_people_are_shown_only_where_they_are_asked_for(run, demo):
    assert "people" not in json.loads(run("history", "--json", *DAY).output)
    assert len(json.loads(run("history", "--json", "--private", *DAY).output)["people"]) == 9
    assert "for the manager alone" in run("history", "--private", *DAY).output


def test_a_history_without_reviews_rests_on_the_export(run, deals):
    run("import", deals, *DAY)
    output = run("history", *DAY).output
    assert "No review was locked yet" in output
    assert "n/a  no quota is set" in output


def test_a_history_needs_a_workspace(run):
    result = run("history")
    assert (result.exit_code, "There is no workspace" in result.output) == (1, True)


def test_earlier_calls_are_read_in_and_stand_in_the_roll_up(run, deals, place, tmp_path):
    run("import", deals, *DAY)
    calls = tmp_path / "calls.csv"
    calls.write_text("rep_name,week_of,commit_amount\nAda Blum,2026-11-16,8000\n", "utf-8")
    dry = run("import", "--calls", calls, "--dry-run", *DAY).output
    assert "Nothing was changed." in dry
    output = run("import", "--calls", calls, *DAY).output
    assert "Stated calls are 1/15 of what the export implies (8k against 120k for Q4)" in " ".join(output.split())
    now = Reviews(Workspace(place)).now()
    assert [(call.person, call.commit, call.from_exports) for call in now.ledger.calls] == [
        ("ada-blum", Decimal(8000), True)
    ]


def test_calls_without_a_team_are_refused(run, tmp_path, place):
    calls = tmp_path / "calls.csv"
    calls.write_text("rep_name,week_of,commit_amount\nAda Blum,2026-11-16,8000\n", "utf-8")
    Workspace(place).make()
    result = run("import", "--calls", calls)
    assert (result.exit_code, "Read in an export first" in result.output) == (1, True)


# Who may see what


@pytest.mark.parametrize(
    "kind", [LockRow, Opened, PastLock, TeamFigures, PersonFigures, Accuracy, Scored, History, Preparation]
)
def test_every_figure_has_its_audience(kind):
    assert not [field.name for field in fields(kind) if audience_of(f"{kind.__name__}.{field.name}") is None]


def test_every_figure_stands_in_the_table_once():
    every = [field for shown in TABLE for field in shown.fields]
    assert len(every) == len(set(every))


def test_nothing_that_rates_a_person_is_for_the_room():
    manager = {field for shown in TABLE if shown.audience is Audience.MANAGER for field in shown.fields}
    assert manager >= {"LockRow.kept_by", "Opened.seconds", "TeamMomentum.by_rep", "Accuracy", "History.people"}
    for field in fields(PersonFigures):
        assert audience_of(f"PersonFigures.{field.name}") is Audience.MANAGER
    assert "by_rep" in {field.name for field in fields(TeamMomentum)}


def planted(row, rep):
    """A lock's row with figures of a person that are found again wherever they leak."""
    return replace(
        row,
        kept_by={rep: (7919, 7927)},
        opened=tuple(replace(each, seconds=86413) for each in row.opened),
    )


@pytest.fixture
def secret(demo):
    """The demonstration with planted figures: its standing state, and its last meeting."""
    reviews = Reviews(Workspace(demo))
    now = reviews.now()
    rep = next(person.id for person in now.settings.reps)
    locks = tuple(planted(row, rep) for row in now.ledger.locks)
    held = reviews.last_held()
    assert held is not None
    minutes = reviews.minutes(held)[0]
    meeting = minutes.meeting
    people = tuple(
        replace(person, quota=Decimal(91393)) if person.id == rep else person for person in now.settings.people
    )
    assert meeting.locked is not None
    locked = replace(meeting.locked, row=planted(meeting.locked.row, rep))
    ledger = replace(now.ledger, locks=locks)
    settings = replace(now.settings, people=people)
    events = {Locked: locked, Started: replace(minutes.batches[0].events[0], settings=settings)}
    batches = tuple(
        replace(batch, events=tuple(events.get(type(event), event) for event in batch.events))
        for batch in minutes.batches
    )
    return ledger, settings, replace(minutes, batches=batches, meeting=replace(meeting, locked=locked))


def test_no_figure_of_the_manager_reaches_recap_exports_prep_or_history(secret):
    ledger, settings, minutes = secret
    day = date(2026, 11, 23)
    place = Workspace(Path("none"))
    told = {name: render(each, of_one(minutes, each, NOW), place).decode() for name, each in STANDARD.items()}
    told["prep"] = encode.encode(prepare(ledger, settings, day)).decode()
    open_history = history(ledger, settings, day)
    told["history"] = encode.encode(open_history).decode() + "\n".join(as_text(page_of(open_history)))
    leaks = [(where, secret) for where, text in told.items() for secret in SECRETS if secret in text]
    assert leaks == []


def test_the_same_figures_are_there_for_the_manager(secret):
    ledger, settings, _ = secret
    private = history(ledger, settings, date(2026, 11, 23), private=True)
    said = encode.encode(private).decode()
    assert '"kept":31676,"judged":31708' in said
    assert '"quota":"91393' in said


def test_the_managers_own_kept_rate_stays_in_a_row_for_the_room(secret):
    ledger, _, _ = secret
    row = replace(ledger.locks[-1], kept_by={"boss": (1, 2), "rep": (0, 3)})
    assert for_room(row, "boss").kept_by == {"boss": (1, 2)}
    assert for_room(row).kept_by == {}
    assert {each.seconds for each in for_room(row).opened} == {0}


def test_why_periods_of_many_are_not_scored_is_said_once_under_the_table(run, demo):
    output = run("history", "--private", *DAY).output
    why = "no call in a held review in the first 21 days"
    assert " ".join(output.split()).count(why) == 1
    assert output.count("0 of 4 scored") > 5
