import os
import platform
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest

from review.calls import open_calls
from review.intents import EnterSection, Lock, StateCall, TakeCall
from review.private_notes import EntryKind, Write, about
from store.errors import InUse
from store.exports.targets import targets
from store.lock import Holder, WorkspaceLock
from store.private import DiskPrivate
from store.seat import Seat, seat_of, shared
from store.shown import shown_here
from store.workspace import Workspace
from tests.cli.conftest import MONDAY, Run
from tests.cli.running import started
from tui.cli import second
from tui.cli.second import NOT_HERE
from tui.cli.sheet import as_markdown

WORD = "Quetzalcoatl"


@pytest.fixture
def desk(demo: Path):
    """The private desk of the demonstration with the word in each kind of entry and on a sheet."""
    with DiskPrivate(Workspace(demo), MONDAY, as_markdown) as desk:
        for kind in EntryKind:
            assert desk.note(Write(kind=kind, person="marcus-bell", text=f"{kind.value} {WORD}")) is None
        yield desk


def holding(root: Path, word: str = WORD) -> list[str]:
    """The files under a folder that hold a word; archives are looked into."""
    found = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and (word.encode() in path.read_bytes() or word.encode() in unpacked(path)):
            found.append(str(path.relative_to(root)))
    return found


def unpacked(path: Path) -> bytes:
    if not path.name.endswith((".gz", ".zip", ".xlsx", ".docx", ".ods")):
        return b""
    if path.name.endswith(".gz"):
        with tarfile.open(path) as archive:
            files = (archive.extractfile(member) for member in archive if member.isfile())
            return b"".join(file.read() for file in files if file is not None)
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_private_note_reaches_no_file_outside_private_no_export_and_no_backup(
    run: Run, demo: Path, desk: DiskPrivate
):
    session = started(demo)
    for person in session.meeting.turn_order:
        session.do(StateCall(person=person.id, commit="200k", reason="one more", confirmed=True))
    session.do(EnterSection(section="actions"))
    desk.write_sheet("marcus-bell")
    for entry in open_calls(session.meeting):
        session.do(TakeCall(person=entry.person))
    assert session.do(Lock()) is None
    said = ""
    for name in targets(Workspace(demo)):
        result = run("export", "--to", name)
        said += result.output
    for command in (
        ("prep",), ("prep", "--json"), ("actions", "--all"), ("history",), ("history", "--private", "--json"),
        ("check",), ("backup", "--verbose"), ("prep", "--sheets", demo / "sheets"),
    ):  # fmt: skip
        said += run(*command).output
    assert WORD not in said
    inside = holding(demo)
    assert inside
    assert all(name.startswith("private/") for name in inside), inside
    assert len(list((demo / "exports").iterdir())) >= 5
    assert any(name.endswith(".tar.gz") for name in os.listdir(demo / "backups"))


def test_a_backup_holds_the_notes_only_where_it_is_asked_to(run: Run, demo: Path, desk: DiskPrivate, tmp_path: Path):
    for name in ("with", "plain"):
        (tmp_path / name).mkdir()
    run("backup", tmp_path / "plain" / "b.tar.gz")
    run("backup", tmp_path / "with" / "b.tar.gz", "--with-private")
    assert holding(tmp_path / "plain") == []
    assert holding(tmp_path / "with") == ["b.tar.gz"]


def test_the_desk_writes_nothing_but_its_own_folder_and_two_desks_do_not_meet(demo: Path, desk: DiskPrivate):
    started(demo)
    before = {p: p.read_bytes() for p in demo.rglob("*") if p.is_file() and "private" not in p.parts}
    desk.note(Write(kind=EntryKind.NOTE, person="wei-chen", text="asked early"))
    desk.write_sheet("marcus-bell")
    desk.standing()
    desk.look()
    after = {p: p.read_bytes() for p in demo.rglob("*") if p.is_file() and "private" not in p.parts}
    assert after == before
    with pytest.raises(InUse, match="the manager’s notes"):
        DiskPrivate(Workspace(demo), MONDAY, as_markdown).__enter__()
    for path in (demo / "private").iterdir():
        assert not path.stat().st_mode & 0o077, path


def test_notes_are_there_again_after_the_program_ended(demo: Path, desk: DiskPrivate):
    again = DiskPrivate(Workspace(demo), MONDAY, as_markdown)
    assert about(again.entries(), "marcus-bell") == about(desk.entries(), "marcus-bell")


def test_a_one_to_one_sheet_is_private_markdown(run: Run, demo: Path):
    result = run("chair", "--sheet", "marcus")
    assert result.exit_code == 0, result.output
    path = demo / "private" / f"one-to-one-marcus-bell-{date.today().isoformat()}.md"  # noqa: DTZ011
    assert f"Written to {path}" in result.output
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# PRIVATE – one-to-one with Marcus Bell")
    assert "## Open promises" in text
    assert not path.stat().st_mode & 0o077


def test_a_sheet_of_nobody_is_refused_with_the_team(run: Run, demo: Path):
    result = run("chair", "--sheet", "Nobody At All")
    assert result.exit_code == 1
    assert "Marcus Bell" in result.output


def test_a_sheet_beside_an_open_desk_says_that_the_notes_are_in_use(run: Run, demo: Path, desk: DiskPrivate):
    result = run("chair", "--sheet", "marcus")
    assert result.exit_code == 3
    assert "the manager’s notes" in result.output


@pytest.mark.parametrize("command", ["follow", "chair"])
def test_without_a_terminal_it_says_so(run: Run, demo: Path, command: str):
    result = run(command)
    assert result.exit_code == 1
    assert "run it in a terminal" in result.output


@pytest.mark.parametrize("command", ["follow", "chair"])
def test_the_help_says_to_share_the_window(run: Run, command: str):
    said = " ".join(run(command, "--help").output.split()).lower()
    assert "share the window" in said
    assert "desktop" in said


# Where it is opened

HERE = Seat("/dev/pts/1", "tmux session 0 at /tmp/a")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Seat("/dev/pts/1"), Seat("/dev/pts/1"), "this terminal"),
        (Seat("/dev/pts/1"), Seat("/dev/pts/2"), ""),
        (HERE, Seat("/dev/pts/2", "tmux session 0 at /tmp/a"), "this tmux session"),
        (HERE, Seat("/dev/pts/2", "tmux session 1 at /tmp/a"), ""),
        (HERE, Seat("/dev/pts/2", "tmux session 0 at /tmp/b"), ""),
        (Seat(), Seat(), ""),
    ],
)  # fmt: skip
def test_what_two_programs_share_is_said(one: Seat, other: Seat, said: str):
    assert shared(one, other) == said


def test_a_session_is_known_by_its_server_and_number():
    assert seat_of({"TMUX": "/tmp/tmux-0/default,812,3"}).session == "tmux session 3 at /tmp/tmux-0/default"
    assert seat_of({"STY": "77.pts-0"}).session == "screen session 77.pts-0"
    assert seat_of({}).session == ""


def sit(demo: Path, seat: Seat, pid: int) -> None:
    Workspace(demo).lock.write_bytes(msgspec.json.encode(Holder(pid, platform.node(), "a review", seat)))


@pytest.mark.parametrize(
    ("pid", "session", "asks"),
    [(os.getpid(), "here", True), (os.getpid(), "elsewhere", False), (2**22 - 1, "here", False)],
    ids=["where the review runs", "in another session", "after the review was killed"],
)
def test_it_asks_first_where_the_review_runs(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch, pid: int, session: str, asks: bool
):
    opened: list[object] = []
    monkeypatch.setattr(second, "in_a_terminal", lambda _: None)
    monkeypatch.setattr(second, "run", opened.append)
    monkeypatch.setenv("ZELLIJ_SESSION_NAME", "here")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("STY", raising=False)
    sit(demo, Seat("", f"zellij session {session}"), pid)
    result = run("chair")
    assert ("The review is shown in this zellij session here" in result.output) is asks
    assert bool(opened) is not asks
    if asks:
        assert result.exit_code == 1
        assert NOT_HERE in result.output


def test_it_asks_first_beside_a_lobby_too_and_no_more_once_that_is_left(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
):
    opened: list[object] = []
    monkeypatch.setattr(second, "in_a_terminal", lambda _: None)
    monkeypatch.setattr(second, "run", opened.append)
    monkeypatch.delenv("ZELLIJ_SESSION_NAME", raising=False)
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,812,3")
    workspace = Workspace(demo)
    with shown_here(workspace, "the lobby"):
        assert workspace.shown.stat().st_mode & 0o777 == 0o600
        assert "The review is shown in this tmux session:" in run("chair").output
        monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,812,4")
        assert run("chair").exit_code == 0
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,812,3")
    assert run("chair").exit_code == 0
    assert len(opened) == 2
    assert not workspace.shown.exists()


def test_the_lock_of_a_review_says_where_it_runs(demo: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,812,3")
    with WorkspaceLock(Workspace(demo).lock, "a review"):
        who = msgspec.json.decode(Workspace(demo).lock.read_bytes(), type=Holder)
    assert who.seat.session == "tmux session 3 at /tmp/tmux-0/default"
