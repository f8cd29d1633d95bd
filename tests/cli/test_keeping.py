"""What `closeout check` finds and mends besides cut files, and the way back to an export whose file is gone."""

import os
import resource
import shutil
from pathlib import Path

import pytest

from store.clock import RealClock
from store.office import DiskOffice
from store.workspace import Workspace
from tests.cli.conftest import DEALS, MONDAY
from tests.faults.places import begin

ON = ("--as-of", f"{MONDAY}")


def begun(place: Path) -> None:
    office = DiskOffice(Workspace(place), RealClock(), MONDAY)
    begin(office)
    office.finish()


def imported(place: Path) -> Path:
    (found,) = (place / "imports").glob("*.json")
    return found


@pytest.mark.parametrize("running", [False, True])
def test_an_export_whose_file_is_gone_is_named_and_comes_back_by_reading_it_in_again(
    run, place: Path, deals: Path, running: bool
) -> None:
    assert run("import", deals, *ON).exit_code == 0
    if running:
        begun(place)
    before, kept = run("prep", *ON).output, imported(place).read_bytes()
    imported(place).unlink()
    found = run("check")
    assert found.exit_code == 1
    assert "deals.csv of 23 Nov, 3 deals" in " ".join(found.output.split())
    refused = run("prep", *ON)
    assert refused.exit_code == 1
    assert "Read the same export in again with “closeout import FILE”" in refused.stderr
    result = run("import", deals, *ON)
    assert result.exit_code == 0, result.output
    assert "takes the place of deals.csv of 23 Nov, 3 deals" in " ".join(result.output.split())
    assert imported(place).read_bytes() == kept
    assert run("prep", *ON).output == before
    assert run("check").output == "Every file is sound.\n"


def test_another_export_does_not_take_the_place_of_one_that_is_gone(run, place: Path, deals: Path) -> None:
    assert run("import", deals, *ON).exit_code == 0
    begun(place)
    imported(place).unlink()
    deals.write_text("".join(DEALS.splitlines(keepends=True)[:-1]))
    refused = run("import", deals, *ON)
    assert refused.exit_code == 1
    assert "is missing. Read the same export in again" in refused.stderr
    assert list((place / "imports").glob("*.json")) == []


def test_repair_takes_back_an_export_that_is_gone_so_that_a_newer_one_can_come_in(
    run, place: Path, deals: Path
) -> None:
    assert run("import", deals, *ON).exit_code == 0
    imported(place).write_bytes(b"")
    assert run("prep", *ON).exit_code == 1
    assert run("check", "--repair").exit_code == 0
    assert run("check").output == "Every file is sound.\n"
    deals.write_text("".join(DEALS.splitlines(keepends=True)[:-1]))
    assert run("import", deals, *ON).exit_code == 0
    assert "2 deals" in run("prep", *ON).output
    assert [path.name[-10:] for path in (place / "imports").glob("*.damaged*")] == [".damaged-1"]


def test_an_export_on_which_a_review_stands_is_not_taken_back(run, place: Path, deals: Path) -> None:
    assert run("import", deals, *ON).exit_code == 0
    begun(place)
    desk = (place / "desk.json").read_bytes()
    imported(place).unlink()
    assert run("check", "--repair").exit_code == 1
    assert (place / "desk.json").read_bytes() == desk


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("closeout.toml", "[money", "closeout.toml, line 1: the heading is not closed"),
        ("closeout.toml", "[words]\n, = 1\n", "closeout.toml, line 2: this is neither a setting, name = value, nor"),
        ("closeout.toml", '[meeting]\nstart = "99:00"\n', "closeout.toml, line 2:"),
        ("crm.toml", "ours = 3\n", "crm.toml, table “ours”"),
        ("crm.toml", "[ours]\nname ours\n", "crm.toml, line 2: a “=” is missing after the name"),
        ("crm.toml", f"a = {'[' * 9000}", "crm.toml is nested too deeply to be read"),
    ],
)
def test_check_reads_what_people_edit_too(run, demo: Path, name: str, text: str, said: str) -> None:
    (demo / name).write_text(text)
    for arguments in (["check"], ["check", "--repair"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert said in " ".join(result.output.split())
        assert f"Open {name} in any editor and mend it" in result.output
        assert "restore" not in result.output
    assert (demo / name).read_text() == text


def test_check_finds_what_is_whole_and_says_nothing_that_can_be_read(run, demo: Path) -> None:
    from store import envelope

    desk = demo / "desk.json"
    _, found, behind = desk.read_bytes().partition(b'","kind"')
    strange = (found + behind).replace(b'"id":"', b'"id":7,"x":"', 1)
    checksum = envelope.new_sum()
    checksum.update(strange)
    desk.write_bytes(b"".join(envelope.sealed(checksum.hexdigest(), (strange,))))
    result = run("check")
    assert result.exit_code == 1
    assert "desk.json holds something that this Closeout does not know" in " ".join(result.output.split())
    assert "closeout restore FILE" in run("prep", *ON).stderr


def hole(path: Path) -> None:
    """Put five gigabytes there that take no room on the disk."""
    with path.open("wb") as file:
        file.truncate(5 << 30)


@pytest.mark.parametrize("what", ["folder", "pipe", "link to itself", "five gigabytes"])
def test_what_stands_in_the_place_of_a_file_is_told_and_set_aside(run, demo: Path, what: str) -> None:
    desk = demo / "desk.json"
    before = desk.with_name("desk.json.previous").read_bytes()
    desk.unlink()
    if what == "folder":
        desk.mkdir()
        (desk / "inside").write_text("stays")
    elif what == "pipe":
        os.mkfifo(desk)
    elif what == "link to itself":
        desk.symlink_to(desk)
    else:
        hole(desk)
    told = run("prep", *ON)
    reason = "larger than any file of Closeout" if what == "five gigabytes" else "no file"
    assert f"desk.json is damaged ({reason}); the copy before it is used" in " ".join(told.output.split())
    assert run("check").exit_code == 1
    assert run("check", "--repair").exit_code == 0
    assert desk.read_bytes() == before
    if what == "folder":
        assert (demo / "desk.json.damaged-1" / "inside").read_text() == "stays"


@pytest.mark.parametrize("name", ["closeout.toml", "crm.toml"])
@pytest.mark.parametrize("what", ["folder", "pipe", "five gigabytes"])
def test_settings_that_are_no_file_are_a_sentence(run, demo: Path, deals: Path, name: str, what: str) -> None:
    settings = demo / name
    settings.unlink(missing_ok=True)
    {"folder": settings.mkdir, "pipe": lambda: os.mkfifo(settings), "five gigabytes": lambda: hole(settings)}[what]()
    said = "it is larger than 5 MB, which no such file is" if what == "five gigabytes" else "it is no file"
    for arguments in (["import", deals, *ON], ["check"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert f"{said}. Move" in " ".join(result.output.split())


@pytest.mark.parametrize("name", ["desk.json", "reviews/2026-11-16.lock.json", "imports/2026-11-16-demo3.json"])
def test_a_file_of_any_size_costs_no_memory_to_look_at(run, demo: Path, name: str) -> None:
    hole(demo / name)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for arguments in (["check"], ["backup"], ["history"], ["check", "--repair"], ["check"]):
        run(*arguments)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("reviews/{}.json", "reviews/{}.json", "holds the minutes of {} and not its own"),
        ("imports/{}.json", "imports/{}.json", "holds the rows of the export {} and not its own"),
    ],
)
def test_a_sound_file_under_the_name_of_another_is_told(run, demo: Path, name: str, other: str, said: str) -> None:
    folder = demo / name.split("/")[0]
    first, last = (Workspace(demo).import_ids() if "imports" in name else Workspace(demo).review_ids())[-2:]
    (demo / name.format(last)).write_bytes((demo / other.format(first)).read_bytes())
    for arguments in (["check"], ["prep", *ON], ["check", "--repair"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert f"{folder.name}/{last}.json {said.format(first)}" in " ".join(result.output.split())
    assert "closeout restore FILE" in run("prep", *ON).stderr


@pytest.mark.parametrize("what", ["gone", "link to itself", "that of another lock"])
def test_a_snapshot_that_is_not_there_is_told_and_does_without(run, demo: Path, what: str) -> None:
    *_, other, last = (Workspace(demo).snapshot(review) for review in Workspace(demo).review_ids())
    before = run("prep", *ON).stdout
    shutil.rmtree(demo / "kept")
    last.unlink()
    if what == "link to itself":
        last.symlink_to(last)
        assert "is damaged (no file)" in run("check").output
        assert run("check", "--repair").exit_code == 0
    elif what == "that of another lock":
        shutil.copy(other, last)
    found = run("check")
    assert found.exit_code == 0
    sentence = "is not what its lock froze" if what == "that of another lock" else "is missing"
    assert f"{last.name} {sentence}; what it held is worked out from the minutes" in " ".join(found.output.split())
    assert run("prep", *ON).stdout == before
