"""Answers in writing, read in from the lobby of a workspace on disk."""

import csv
import shutil
from datetime import UTC, date, datetime

import pytest
from textual.widgets import Input

from review.sheets.asking import sheets_of
from screens.dialogs.answers import AskSheets, TakeAnswers
from screens.lobby import Lobby
from store.demo.build import build
from store.office import DiskOffice
from store.reviews import Reviews
from store.sheets.desk import DiskSheets
from store.sheets.folder import write_sheets
from store.workspace import Workspace
from tests.screens.office import Clock
from tui.app import Closeout
from tui.widgets.static import Static

MONDAY = date(2026, 11, 23)
STEP = "Get the order number from @Ines !"
TOM = f"{MONDAY}-tom-reed.csv"


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The demonstration with every rep's sheet beside it."""
    root = tmp_path_factory.mktemp("written")
    build(Workspace(root / "workspace"), MONDAY)
    reviews = Reviews(Workspace(root / "workspace"))
    now = reviews.now()
    write_sheets(root / "out", sheets_of(now.ledger, now.settings, MONDAY, reviews.workspace_id()))
    return root


@pytest.fixture
def root(once, tmp_path):
    shutil.copytree(once, tmp_path / "here")
    return tmp_path / "here"


def program(root):
    clock = Clock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    return Closeout(DiskOffice(Workspace(root / "workspace"), clock, MONDAY))


def fill(root, *answers, name=TOM):
    """Fill a table in: what is asked, and its answer and date, in the first row of that kind that is empty."""
    path = root / "out" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for asked, *said in answers:
        row = next(row for row in rows if len(row) == 8 and row[1] == asked and not row[3])
        row[3:5] = said
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def written(root):
    return Reviews(Workspace(root / "workspace")).now().ledger.written


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


def said(app):
    """All that the dialog says, however its lines are broken."""
    return "\n".join(str(part.content) for part in app.screen.query(Static))


async def settle(pilot):
    await pilot.pause()
    await pilot.pause()


async def look_at(pilot, path):
    """Ask for the sheets from the lobby, and read what comes."""
    await settle(pilot)
    await pilot.press("a")
    await settle(pilot)
    pilot.app.screen.query_one(Input).value = str(path)
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)


async def test_a_folder_of_sheets_is_shown_and_taken_as_a_whole(root):
    fill(root, ("kept?", "done", ""), ("next step", STEP, "27/11/2026"))
    fill(root, ("commit", "420k", ""), ("what changed", "two more", ""), name=f"{MONDAY}-aisha-khan.csv")
    app = program(root)
    async with app.run_test(size=(80, 24)) as pilot:
        await look_at(pilot, root / "out")
        shown = said(app)
        assert "3 answers would be taken" in shown
        assert "next step “Get the order number from Ines”, Fri 27 Nov, Tom" in shown
        assert "commit 420k, best case 605k: two more" in shown
        assert written(root) == {}
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Lobby)
        assert "3 answers taken" in text(app)
    assert written(root).keys() == {"tom-reed", "aisha-khan"}


async def test_what_was_looked_at_and_left_changes_nothing(root):
    fill(root, ("kept?", "done", ""))
    before = (root / "workspace" / "desk.json").read_bytes()
    app = program(root)
    async with app.run_test(size=(120, 36)) as pilot:
        await look_at(pilot, root / "out" / TOM)
        assert isinstance(app.screen, TakeAnswers)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Lobby)
    assert (root / "workspace" / "desk.json").read_bytes() == before


async def test_a_line_that_the_gate_refuses_is_written_back_as_a_small_sheet(root):
    fill(root, ("next step", "follow up", "fri"))
    app = program(root)
    async with app.run_test(size=(120, 36)) as pilot:
        await look_at(pilot, root / "out" / TOM)
        assert "with whom, about what?" in text(app)
        assert "writes what is asked again as small sheets" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Each as .csv, .xlsx, .txt, to be sent once more" in said(app)
        assert "2026-11-23-tom-reed-open" in said(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "0 answers taken · 1 refused · 24 left empty" in text(app)
    assert (root / "workspace" / "exports" / "2026-11-23-tom-reed-open.xlsx").exists()
    assert written(root) == {}


async def test_what_stood_otherwise_when_it_was_shown_is_not_taken(root):
    fill(root, ("kept?", "done", ""))
    app = program(root)
    async with app.run_test(size=(120, 36)) as pilot:
        await look_at(pilot, root / "out" / TOM)
        DiskSheets(Workspace(root / "workspace"), root / "out" / TOM, today=MONDAY, review_day=None).take()
        await pilot.press("enter")
        await settle(pilot)
        assert "What stands has changed since these answers were shown." in said(app)
    reviews = Reviews(Workspace(root / "workspace"))
    assert sum("answers" in batch.what for batch in reviews.desk.read().batches) == 1


async def test_what_cannot_be_used_is_said_where_the_path_was_typed_and_empty_sheets_leave_nothing_to_take(root):
    (root / "notes.csv").write_text("a,b\n1,2\n")
    app = program(root)
    async with app.run_test(size=(120, 36)) as pilot:
        await look_at(pilot, root / "notes.csv")
        assert isinstance(app.screen, AskSheets)
        assert "notes.csv holds no line of a sheet" in said(app)
        app.screen.query_one(Input).value = str(root / "nowhere")
        await settle(pilot)
        assert "nothing of that name yet" in said(app)
        app.screen.query_one(Input).value = str(root / "out")
        await pilot.press("enter")
        await settle(pilot)
        assert "0 answers would be taken" in said(app)
        assert "Enter" not in said(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TakeAnswers)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_why_a_file_cannot_be_used_is_said_to_its_last_word(root, size):
    (root / "notes.csv").write_text("a,b\n1,2\n")
    app = program(root)
    async with app.run_test(size=size) as pilot:
        await look_at(pilot, root / "notes.csv")
        feedback = app.screen.query_one(".feedback", Static)
        lines = [feedback.render_line(at).text for at in range(feedback.size.height)]
        assert " ".join(" ".join(lines).split()).endswith("leave its codes as they are.")
