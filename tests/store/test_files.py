import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from store import files, generations
from store.errors import NotReadable, NotSaved
from tests.store_faults import fail_once, os_calls, refusal


@pytest.fixture(autouse=True)
def _loose_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_written_file_holds_the_pieces_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    files.write(path, [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    assert mode(path) == 0o600


def test_the_generation_before_is_kept_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    for text in (b"1", b"2", b"3"):
        files.write(path, [text])
    assert path.read_bytes() == b"3"
    assert files.previous(path).read_bytes() == b"2"
    assert mode(files.previous(path)) == 0o600
    assert sorted(os.listdir(tmp_path)) == ["desk.json", "desk.json.previous"]


def test_the_generation_before_is_kept_where_the_disk_knows_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.json"
    files.write(path, [b"1"])

    def no_links(*_args: Any, **_kwargs: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    files.write(path, [b"2"])
    assert files.previous(path).read_bytes() == b"1"
    assert mode(files.previous(path)) == 0o600


def test_the_stamp_of_a_write_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    written = files.write(path, [b"1"])
    assert files.stamp(path) == written
    assert files.read(path) == (b"1", written)
    assert files.stamp(tmp_path / "none") is None


@pytest.mark.parametrize("generations", [0, 1, 2])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "link", "replace"])
def test_every_call_that_fails_once_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, generations: int
) -> None:
    for turn in range(os_calls(call)):
        path = tmp_path / f"{turn}.json"
        for text in range(generations):
            files.write(path, [str(text).encode()])
        before = {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path)}
        with fail_once(monkeypatch, call, turn) as failed:
            refused = refusal(partial(files.write, path, [b"new"]))
        if not failed:
            assert path.read_bytes() == b"new"
            break
        assert refused
        assert "the disk is full" in refused.sentence
        assert "Nothing changed" in refused.sentence
        assert {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path)} == before
        files.write(path, [b"new"])
        assert path.read_bytes() == b"new"
        if generations:
            assert files.previous(path).read_bytes() == str(generations - 1).encode()
    else:
        pytest.fail("every turn failed, so a later call was not tried")


def test_nothing_stays_open_behind_what_is_read_or_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    before = len(os.listdir("/dev/fd"))
    for _ in range(3):
        files.write(path, [b"all of it"])
        files.read(path)
        with pytest.raises(NotReadable):
            files.read(path, most=3)
        with pytest.raises(NotReadable):
            files.read(tmp_path)
    assert len(os.listdir("/dev/fd")) == before


def test_nothing_is_written_that_could_not_be_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    files.write(path, [b"before"])
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(NotSaved, match="too large"):
        files.write(path, [b"123456", b"78901"])
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_a_half_written_piece_is_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    files.write(tmp_path / "x.json", [b"abcdefgh", b"", b"ij"])
    assert (tmp_path / "x.json").read_bytes() == b"abcdefghij"


def test_the_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="folder is gone"):
        files.write(tmp_path / "gone" / "x.json", [b"1"])


def test_damaged_files_get_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    for text in ("1", "2"):
        path.write_text(text)
        files.set_aside(path)
    assert (tmp_path / "desk.json.damaged-1").read_text() == "1"
    assert (tmp_path / "desk.json.damaged-2").read_text() == "2"
    assert not path.exists()


def test_a_name_that_is_not_durable_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.json"
    path.write_text("1")
    with fail_once(monkeypatch, "fsync"), pytest.raises(NotSaved):
        files.set_aside(path)


def test_a_damaged_file_stays_in_place_until_the_one_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.json"
    path.write_text("damaged")
    files.previous(path).write_text("before")
    with fail_once(monkeypatch, "write"), pytest.raises(NotSaved):
        generations.restore_previous(path)
    assert path.read_text() == "damaged"
    generations.restore_previous(path)
    assert path.read_text() == "before"


def test_what_a_killed_program_left_is_found_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    dead = tmp_path / ".desk.json.999999999.new3.tmp"
    dead.touch()
    (tmp_path / f".desk.json.{os.getpid()}.new4.tmp").touch()
    assert files.leftovers(tmp_path) == [dead]


def test_folders_are_their_owners_only(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "a" / "b")
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
