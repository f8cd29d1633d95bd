import errno
import os
import random
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from tinydb import TinyDB, where

from store import files, kinds
from store.errors import Damaged, NotSaved, TooNew
from store.kinds import Kind, Tables
from store.log import Log
from store.storage import DurableStorage
from tests.store_faults import cuts, fail_once, os_calls, refusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Batch(Struct, frozen=True):
    id: str
    text: str = "Acme [/x] “said”\n{}}"
    at: datetime = NOON
    by: dict[int, str] = {}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "2026-11-23.json"


def a_log(path: Path | None, **kwargs: bool) -> Log[Batch]:
    return Log(path, kinds.MINUTES, Batch, **kwargs)


def ids(path: Path, **kwargs: bool) -> list[str]:
    return [batch.id for batch in a_log(path, **kwargs).read().batches]


def filled(path: Path, count: int) -> Log[Batch]:
    log = a_log(path)
    for number in range(count):
        log.append(Batch(f"b{number}"))
    return log


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_is_appended_is_read_back_in_order(path: Path, on_disk: bool) -> None:
    log = a_log(path if on_disk else None)
    assert log.read().batches == ()
    batches = tuple(Batch(f"b{number}", text="x" * number, by={1: "Ann"}) for number in range(12))
    assert all(log.append(batch) for batch in batches)
    assert log.read().batches == batches
    if on_disk:
        assert a_log(path).read().batches == batches


@pytest.mark.parametrize("on_disk", [True, False])
def test_an_id_that_is_there_is_not_appended_again(path: Path, on_disk: bool) -> None:
    log = a_log(path if on_disk else None)
    assert log.append(Batch("a"))
    assert not log.append(Batch("a", text="other"))
    assert [batch.text for batch in log.read().batches] == [Batch("a").text]


def test_what_is_lost_goes_on_being_told_after_it_was_read(path: Path) -> None:
    filled(path, 2)
    path.write_bytes(path.read_bytes()[:-5])
    log = a_log(path)
    found = log.read().notes
    assert log.notes == found
    assert "cut off" in found[0].sentence


def test_bytes_changed_within_are_not_told_as_cut_off(path: Path) -> None:
    filled(path, 2)
    path.write_bytes(path.read_bytes().replace(b"b1", b"b9"))
    assert "(changed or cut off)" in a_log(path).read().notes[0].sentence
    path.write_bytes(path.read_bytes()[:-5])
    assert "(cut off)" in a_log(path).read().notes[0].sentence


def test_the_file_is_a_tinydb_file_with_version_and_checksum(path: Path) -> None:
    filled(path, 3)
    with TinyDB(path) as plain:
        assert plain.tables() == {"meta", "batches"}
        assert [batch["id"] for batch in plain.table("batches").all()] == ["b0", "b1", "b2"]
        (meta,) = plain.table("meta").all()
    assert meta["kind"] == "minutes"
    assert meta["version"] == 1
    assert len(meta["checksum"]) == 32


def test_tinydb_answers_queries_and_its_own_writes_are_read_back(path: Path) -> None:
    log = filled(path, 3)
    table = log._database.table("batches")
    assert [found["id"] for found in table.search(where("id") == "b1")] == ["b1"]
    table.remove(where("id") == "b1")
    assert log.append(Batch("b3"))
    assert ids(path) == ["b0", "b2", "b3"]


def test_what_tinydb_is_handed_is_not_what_counts_as_saved(path: Path) -> None:
    log = filled(path, 2)
    (log._storage.read() or {})["batches"].clear()
    log.append(Batch("b2"))
    assert ids(path) == ["b0", "b1", "b2"]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "link", "replace"])
@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_fact_refused_by_the_disk_is_nowhere_and_a_retry_gives_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, before: int
) -> None:
    for turn in range(os_calls(call)):
        path = tmp_path / f"2026-11-23-{turn + 2}.json"
        log = filled(path, before)
        known = [f"b{number}" for number in range(before)]
        with fail_once(monkeypatch, call, turn) as failed:
            refused = refusal(partial(log.append, Batch("new")))
        if not failed:
            break
        assert refused
        assert refused.status == 1
        assert refused.sentence.startswith("Not saved: the disk is full")
        assert [batch.id for batch in log.read().batches] == known
        assert ids(path) == known
        log.append(Batch("next"))
        assert ids(path) == [*known, "next"]
        assert log.append(Batch("new"))
        assert not log.append(Batch("new"))
        assert ids(path) == [*known, "next", "new"]
    else:
        pytest.fail("every turn failed, so a later call was not tried")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "there is no permission to write there"),
        (errno.EIO, "the disk says “Input/output error”"),
    ],
)
def test_the_sentence_says_why_it_was_not_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    log = filled(path, 1)
    with fail_once(monkeypatch, "fsync", 0, code), pytest.raises(NotSaved, match=words):
        log.append(Batch("new"))


def test_a_fact_that_could_not_be_taken_back_is_gone_after_the_next_success(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = filled(path, 2)
    real, calls = os.replace, []

    def broken(*args: Any) -> None:
        calls.append(args)
        if len(calls) > 1:
            raise OSError(errno.EIO, "Input/output error")
        real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", broken)
        with pytest.raises(NotSaved):
            log.append(Batch("refused"))
    assert ids(path)[-1] == "refused"
    assert [batch.id for batch in log.read().batches] == ["b0", "b1"]
    log.append(Batch("next"))
    assert ids(path) == ["b0", "b1", "next"]


steps = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["", "open", "write", "fsync", "link", "replace"]), st.integers(0, 5)),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(steps=steps)
def test_any_appends_failures_and_retries_give_each_saved_id_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, int]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "2026-11-23.json"
    log, saved = a_log(path), []
    for number, call, turn in steps:
        with pytest.MonkeyPatch.context() as patch, fail_once(patch, call or "chmod", turn):
            refused = refusal(partial(log.append, Batch(f"b{number}")))
        if not refused and f"b{number}" not in saved:
            saved.append(f"b{number}")
        assert [batch.id for batch in log.read().batches] == saved
        assert ids(path) == saved


def test_a_cut_file_opens_without_its_last_fact_and_says_so(path: Path) -> None:
    filled(path, 4)
    whole = path.read_bytes()
    for cut in cuts(path):
        path.write_bytes(whole[:cut])
        read = a_log(path).read()
        assert [batch.id for batch in read.batches] == ["b0", "b1", "b2"], cut
        assert read.notes[0].lost == "the last fact of the review of 23 Nov"
        assert "Lost: the last fact of the review of 23 Nov." in read.notes[0].sentence
        assert path.read_bytes() == whole[:cut]


def test_no_flipped_bit_goes_unseen(path: Path) -> None:
    filled(path, 3)
    whole = path.read_bytes()
    chance = random.Random(7)
    for _ in range(150):
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        read = a_log(path).read()
        assert [batch.id for batch in read.batches] == ["b0", "b1"], place
        assert read.notes


def test_whoever_may_write_sets_the_damaged_file_aside(path: Path) -> None:
    filled(path, 3)
    path.write_bytes(b"")
    read = a_log(path, mend=True).read()
    assert read.notes[0].aside == "2026-11-23.json.damaged-1"
    assert "kept as 2026-11-23.json.damaged-1" in read.notes[0].sentence
    assert (path.parent / "2026-11-23.json.damaged-1").read_bytes() == b""
    again = a_log(path).read()
    assert [batch.id for batch in again.batches] == ["b0", "b1"]
    assert again.notes == ()


def test_going_on_after_damage_keeps_the_damaged_file_and_loses_nothing_more(path: Path) -> None:
    filled(path, 3)
    path.write_bytes(path.read_bytes()[:-9])
    log = a_log(path)
    log.read()
    log.append(Batch("on"))
    assert ids(path) == ["b0", "b1", "on"]
    assert (path.parent / "2026-11-23.json.damaged-1").exists()
    path.write_bytes(b"{}")
    assert ids(path) == ["b0", "b1"]


def test_a_file_that_vanished_is_told_and_not_begun_anew(path: Path) -> None:
    filled(path, 3)
    path.unlink()
    read = a_log(path).read()
    assert [batch.id for batch in read.batches] == ["b0", "b1"]
    assert "gone" in read.notes[0].sentence


def test_two_damaged_generations_are_left_alone_and_say_what_to_do(path: Path) -> None:
    filled(path, 3)
    path.write_bytes(b"{")
    files.previous(path).write_bytes(b"")
    log = a_log(path, mend=True)
    with pytest.raises(Damaged, match="closeout restore FILE"):
        log.append(Batch("x"))
    assert path.read_bytes() == b"{"


def test_the_first_fact_cut_says_what_to_do(path: Path) -> None:
    filled(path, 1)
    whole = path.read_bytes()
    for cut in cuts(path, 20):
        path.write_bytes(whole[:cut])
        with pytest.raises(Damaged, match="check --repair"):
            a_log(path).read()


def later(kind: Kind, **changes: Any) -> Kind:
    return Kind(name=kind.name, table=kind.table, lost=kind.lost, **changes)


def test_a_file_of_a_later_version_is_refused_untouched(path: Path) -> None:
    Log(path, later(kinds.MINUTES, version=2), Batch).append(Batch("a"))
    before = path.read_bytes()
    log = a_log(path, mend=True)
    with pytest.raises(TooNew, match="later Closeout"):
        log.append(Batch("b"))
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_an_older_file_is_lifted_while_read_and_copied_before_it_is_written(path: Path) -> None:
    filled(path, 2)
    before = path.read_bytes()

    def shout(tables: Tables) -> Tables:
        documents = tables["batches"]
        return {**tables, "batches": {key: {**each, "text": "LIFTED"} for key, each in documents.items()}}

    newer = later(kinds.MINUTES, version=3, lifts={1: shout, 2: lambda tables: tables})
    log = Log(path, newer, Batch)
    assert [batch.text for batch in log.read().batches] == ["LIFTED", "LIFTED"]
    assert path.read_bytes() == before
    log.append(Batch("b2", text="new"))
    log.append(Batch("b3", text="new"))
    assert [batch.text for batch in Log(path, newer, Batch).read().batches] == ["LIFTED", "LIFTED", "new", "new"]
    assert b'"version":3' in path.read_bytes()
    assert (path.parent / "2026-11-23.json.older-1").read_bytes() == before
    assert not (path.parent / "2026-11-23.json.older-2").exists()


def test_a_file_of_another_kind_is_not_taken_for_minutes(path: Path) -> None:
    Log(path, kinds.DESK, Batch).append(Batch("a"))
    with pytest.raises(Damaged, match="another kind, desk"):
        a_log(path).read()


def test_a_record_that_nobody_knows_is_refused_without_touching_the_file(path: Path) -> None:
    class Other(Struct):
        id: str
        text: int = 5

    Log(path, kinds.MINUTES, Other).append(Other("a"))
    before = path.read_bytes()
    with pytest.raises(Damaged, match="does not know"):
        a_log(path, mend=True).read()
    assert path.read_bytes() == before


def test_a_follower_sees_each_fact_and_no_replacement_half_done(path: Path) -> None:
    writer, follower = a_log(path), a_log(path)
    assert follower.changed()
    follower.read()
    assert not follower.changed()
    writer.append(Batch("a"))
    assert follower.changed()
    assert [batch.id for batch in follower.read().batches] == ["a"]
    assert not follower.changed()
    assert not writer.changed()
    os.replace(path, path.with_suffix(".away"))
    assert not follower.changed()
    os.replace(path.with_suffix(".away"), path)
    assert not follower.changed()


def test_a_writer_takes_up_what_another_has_written_since(path: Path) -> None:
    one, other = a_log(path), a_log(path)
    one.append(Batch("a"))
    other.append(Batch("b"))
    assert not one.append(Batch("b"))
    one.append(Batch("c"))
    assert ids(path) == ["a", "b", "c"]


def test_saving_one_by_one_and_several_at_once_go_on_from_each_other(path: Path) -> None:
    log = a_log(path)
    for batches in ("a", "bac", "d", "ef", "g"):
        if len(batches) == 1:
            log.append(Batch(batches))
        else:
            log.append_all([Batch(ident) for ident in batches])
    assert [batch.id for batch in log.read().batches] == list("abcdefg")
    assert ids(path) == list("abcdefg")


def test_a_table_that_somebody_else_keeps_in_the_file_stays(path: Path) -> None:
    filled(path, 2)
    storage = DurableStorage(path, kinds.MINUTES)
    storage.write({**(storage.read() or {}), "notes": {"1": {"text": "mine"}}})
    a_log(path).append(Batch("b2"))
    again = DurableStorage(path, kinds.MINUTES).read()
    assert again is not None
    assert again["notes"] == {"1": {"text": "mine"}}
    assert ids(path) == ["b0", "b1", "b2"]
