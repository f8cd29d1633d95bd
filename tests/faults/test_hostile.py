import csv
import io
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from docs.scenes import SAMPLE_DAY, TOURS, Stage, make_fresh, on_stage
from review.plain import plain
from review.session import Session
from screens.live import LiveScreen
from store.exports.targets import STANDARD
from store.workspace import Workspace
from tests.e2e.terminal import Terminal
from tests.faults.driving import CLOSEOUT
from tests.faults.hostile import HOSTILE, hostile_file, make_hostile
from tui.cli.main import closeout

TOLD = ("lobby", "call", "forecast", "inspection", "creation", "actions")
NO_TEXT = ("help", "palette", "quit", "time", "back-row", "over", "ending", "deal-3", "deal-4", "deal-5",
           "deal-6", "deal-7")  # fmt: skip
"""Scenes that show nothing from outside, or nothing that another does not."""
STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TYPED = (
    "[/x] \x1b[31mred",
    "[@click=app.quit]press[/] \u202egnp",
    "\x1b]0;owned\x07 \x9b2J two\nlines",
    "=1+1" + "x" * 2000,
)
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
ON = ("--as-of", "2026-11-23")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    before = os.environ.get("TZ")
    yield make_hostile(tmp_path_factory.mktemp("made") / "team").root
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.fixture
def team(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "team"))


def lines(stage: Stage) -> list[str]:
    strips = stage.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def titles(session: Session) -> dict[str, str]:
    """Give each account as the demonstration has it, with the first of the hostile words that stand before it."""
    accounts = [record.crm.account for record in session.meeting.ledger.deals.values()]
    return {
        account.removeprefix(text).strip().casefold(): plain(text).split()[0].casefold()
        for account in accounts
        for text in HOSTILE
        if len(text) < 100 and account.startswith(f"{text} ")
    }


def vanished(shown: list[str], expected: dict[str, str]) -> list[str]:
    """Give the lines in which an account stands without what stands before it."""
    return [
        line
        for line in map(str.casefold, shown)
        for account, first in expected.items()
        if re.search(rf"(?<!\w){re.escape(account)}(?!\w)", line) and first not in line
    ]


@pytest.mark.parametrize("tour", TOLD)
async def test_every_screen_and_dialog_shows_hostile_text_as_text(team: Path, tour: str) -> None:
    seen = []
    async with on_stage(team, wants=lambda name: not name.endswith(NO_TEXT)) as stage:
        async for name in TOURS[tour][1](stage):
            shown = lines(stage)
            assert not [line for line in shown if STEERING.search(line)], name
            if stage.app.session is not None and isinstance(stage.app.screen, LiveScreen):
                assert vanished(shown, titles(stage.session)) == [], name
            seen.append(name)
    assert len(seen) > 2


COMMANDS = (
    ("prep",), ("actions",), ("actions", "--all"), ("history",), ("check",), ("backup",), ("done", "\x1b[31mnobody"),
    ("drop", "\x9b2J"), ("export", "\u202e2026", "--to", "csv"), ("export", "--to", "\x1b[31m"),
    ("import", "\x1b[31m.csv"),
    ("restore", "\x1b[31m.tar.gz"), ("--as-of", "\x1b[31m", "prep"), ("\x1b[31m",), ("prep", "--sheets", "sheets"),
    *(("export", "--to", name, "--output", "-") for name in STANDARD), ("export", "--to", "crm"),
)  # fmt: skip


def run(team: Path, *arguments: str | Path) -> str:
    """Give what a command printed; it may refuse, and never fails."""
    options = [] if "--as-of" in arguments else ON
    result = CliRunner().invoke(closeout, ["--workspace", str(team), *options, *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), (arguments, result.exception)
    return result.output


def test_nothing_that_is_printed_steers_the_terminal(team: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = hostile_file(tmp_path / "\x1b[31m [x] pipeline.csv")
    (tmp_path / "\x9b2J.csv").write_bytes(b"nothing")
    more = (
        ("look", file),
        ("look", file, "--dry-run"),
        ("import", file),
        ("import", "\x9b2J.csv"),
        ("look", "\x9b2J.csv"),
    )
    for arguments in (*COMMANDS, *more):
        assert not STEERING.search(run(team, *arguments)), arguments


def cells_of(path: Path) -> list[str]:
    """Give every cell of a table or workbook that was written; none may be a formula."""
    if path.suffix == ".csv":
        return [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")) for cell in row]
    found = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in found if cell.data_type == "f"], path.name
    return [str(cell.value) for cell in found if cell.value is not None]


def test_no_sheet_that_is_written_holds_a_formula_or_a_code(team: Path, tmp_path: Path) -> None:
    sheets, lists, back = tmp_path / "sheets", tmp_path / "lists", tmp_path / "back"
    for folder in (sheets, lists, back):
        folder.mkdir()
    run(team, "prep", "--sheets", sheets)
    for name, target in STANDARD.items():
        if target.ending == ".csv":
            run(team, "export", "--to", name, "--output", lists / f"{name}.csv")
    run(team, "export", "--to", "crm", "--output", back / "crm.csv")
    written = [
        path for folder in (sheets, lists, back) for path in folder.iterdir() if path.suffix in (".csv", ".xlsx")
    ]
    assert len(written) > 20
    for path in written:
        found = cells_of(path)
        assert found, path.name
        assert not [cell for cell in found if STEERING.search(cell)], path.name
        # A workbook says of each cell what it is; in a table only its beginning does.
        assert path.suffix == ".xlsx" or not [cell for cell in found if cell.lstrip().startswith(SIGNS)], path.name
    for path in sheets.glob("*.txt"):
        assert not STEERING.search(path.read_text("utf-8")), path.name


async def test_whatever_is_typed_or_pasted_is_shown_as_text_and_what_is_saved_is_read_back(team: Path) -> None:
    async with on_stage(team) as stage:
        await stage.begin("inspection", minute=10)
        for text in TYPED:
            for key in ("s", "f5"):
                await stage.press(key)
                await stage.type(f"{text} send @Dana the draft tue")
                assert not [line for line in lines(stage) if STEERING.search(line)], text[:20]
                await stage.press("enter")
                assert not [line for line in lines(stage) if STEERING.search(line)], text[:20]
                await stage.press("escape", "escape")
        promised = [each.text for each in stage.session.meeting.ledger.commitments.values()]
        assert sum("[/x]" in text for text in promised) >= 1
        on_disk = stage.office._reviews.minutes(stage.session.meeting.review)[0].meeting
        assert on_disk == stage.session.meeting


async def test_a_hostile_export_can_be_set_up_from_and_reviewed(tmp_path: Path) -> None:
    make_fresh(tmp_path / "team", hostile_file(tmp_path / "pipeline [x].csv"))
    async with on_stage(tmp_path / "team", SAMPLE_DAY, wants=lambda name: not name.endswith(NO_TEXT)) as stage:
        async for name in TOURS["setup"][1](stage):
            assert not [line for line in lines(stage) if STEERING.search(line)], name
        assert stage.session.meeting.queue


class Recorded(Terminal):
    """A terminal that keeps every byte it was sent."""

    sent = b""

    def _show(self, data: bytes) -> None:
        self.sent += data
        super()._show(data)


def test_no_byte_of_an_attack_reaches_a_real_terminal(team: Path, tmp_path: Path) -> None:
    file = hostile_file(tmp_path / "\x1b]0;owned\x07\x1b[31m.csv")
    sent = b""
    for arguments in (["look", file], ["look", f"{file}x"], ["--workspace", team, "actions"], [f"\x1b[31m{file}"]):
        with Recorded([CLOSEOUT, *arguments], size=(120, 36)) as terminal:
            terminal.wait_end(timeout=60)
            assert "Traceback" not in terminal.text()
            sent += terminal.sent
    with Recorded([CLOSEOUT, *ON], size=(120, 36), workspace=Workspace(team).root) as terminal:
        terminal.wait_for("Enter starts", timeout=60)
        terminal.press("f")
        terminal.wait_for("Three methods")
        terminal.press("esc", "enter")
        terminal.wait_for("▸ FORECAST")
        terminal.type("> ")
        terminal.wait_for("▸ INSPECTION")
        sent += terminal.sent
    text = sent.decode()
    assert "red" in text
    for attack in ("\x1b[31mred", "\x1b]0;", "\x1b[31m[", "\x00"):
        assert attack not in text
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", text)
