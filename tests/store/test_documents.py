import os
import stat
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct

from review.ports import Draft
from store import documents, files, kinds
from store.drafts import DraftFile
from store.errors import Damaged, NotSaved, Refused, TooNew
from store.kinds import Tables
from tests.store_faults import cuts, fail_once, os_calls, refusal


class Picture(Struct, frozen=True):
    day: date
    amounts: tuple[Decimal, ...] = ()
    notes: str = "=cmd|' /C calc'!A0 \u202e [x] \x1b[31m"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "2026-11-23.lock.json"


ONE = Picture(date(2026, 11, 23), (Decimal("1.10"), Decimal("48000")))
TWO = Picture(date(2026, 11, 30))


def test_a_document_comes_back_as_it_was_with_its_checksum(path: Path) -> None:
    checksum = documents.save(path, kinds.SNAPSHOT, ONE)
    read = documents.load(path, kinds.SNAPSHOT, Picture)
    assert read.value == ONE
    assert read.checksum == checksum
    assert read.stamp == files.stamp(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_is_no_document(path: Path) -> None:
    assert documents.load(path, kinds.SNAPSHOT, Picture).value is None


def test_a_cut_document_gives_the_one_before_and_names_what_is_lost(path: Path) -> None:
    documents.save(path, kinds.IMPORT, ONE)
    documents.save(path, kinds.IMPORT, TWO)
    whole = path.read_bytes()
    for cut in cuts(path):
        path.write_bytes(whole[:cut])
        read = documents.load(path, kinds.IMPORT, Picture, lost="the export of 30 Nov")
        assert read.value == ONE
        assert [note.lost for note in read.notes] == ["the export of 30 Nov"]


def test_a_damaged_document_never_becomes_the_generation_before(path: Path) -> None:
    for picture in (ONE, TWO):
        documents.save(path, kinds.IMPORT, picture)
    path.write_bytes(b"{}")
    documents.save(path, kinds.IMPORT, TWO)
    path.write_bytes(b"")
    assert documents.load(path, kinds.IMPORT, Picture).value == ONE
    assert (path.parent / f"{path.name}.damaged-1").read_bytes() == b"{}"


def test_a_snapshot_is_written_once(path: Path) -> None:
    documents.save_once(path, kinds.SNAPSHOT, ONE)
    with pytest.raises(Refused, match="never rewritten"):
        documents.save_once(path, kinds.SNAPSHOT, TWO)
    assert documents.load(path, kinds.SNAPSHOT, Picture).value == ONE


def test_a_document_of_a_later_version_is_neither_read_nor_written_over(path: Path) -> None:
    documents.save(path, kinds.Kind(name="import", version=9), ONE)
    before = path.read_bytes()
    with pytest.raises(TooNew):
        documents.load(path, kinds.IMPORT, Picture)
    with pytest.raises(TooNew):
        documents.save(path, kinds.IMPORT, TWO)
    assert path.read_bytes() == before


def test_a_document_of_an_older_version_is_lifted_and_kept_when_written(path: Path) -> None:
    documents.save(path, kinds.IMPORT, {"date": "2026-11-23"})

    def rename(tables: Tables) -> Tables:
        return {"body": {"1": {"day": tables["body"]["1"]["date"]}}}

    newer = kinds.Kind(name="import", version=2, lifts={1: rename})
    before = path.read_bytes()
    assert documents.load(path, newer, Picture).value == Picture(date(2026, 11, 23))
    documents.save(path, newer, TWO)
    assert (path.parent / f"{path.name}.older-1").read_bytes() == before


@pytest.mark.parametrize("call", ["open", "write", "fsync", "link", "replace"])
def test_a_document_that_was_not_saved_is_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    for turn in range(os_calls(call)):
        path = tmp_path / f"{turn}.json"
        documents.save(path, kinds.IMPORT, ONE)
        with fail_once(monkeypatch, call, turn) as failed:
            refused = refusal(partial(documents.save, path, kinds.IMPORT, TWO))
        if not failed:
            return
        assert refused
        assert "the disk is full" in refused.sentence
        assert documents.load(path, kinds.IMPORT, Picture).value == ONE
    pytest.fail("every turn failed, so a later call was not tried")


def test_a_document_with_other_fields_is_left_untouched(path: Path) -> None:
    documents.save(path, kinds.IMPORT, {"day": 5})
    before = path.read_bytes()
    with pytest.raises(Damaged, match="does not know"):
        documents.load(path, kinds.IMPORT, Picture, mend=True)
    assert path.read_bytes() == before


DRAFT = Draft(
    texts={"step": "Call [/b] Anna", "date": "12 D"},
    place={"deal": "0061", "field": "date"},
    seen=datetime(2026, 11, 23, 10, 4, tzinfo=UTC),
    ticks=8123.25,
)


def test_a_draft_survives_and_is_gone_when_dropped(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-23.draft.json"
    DraftFile(path).keep(DRAFT)
    assert DraftFile(path).load() == (DRAFT, ())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    DraftFile(path).drop()
    assert DraftFile(path).load() == (Draft(), ())
    assert os.listdir(tmp_path) == []


def test_saving_a_draft_never_waits_for_the_disk_and_an_unchanged_one_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = DraftFile(tmp_path / "2026-11-23.draft.json")
    with fail_once(monkeypatch, "fsync") as failed:
        drafts.keep(DRAFT)
    assert not failed
    with fail_once(monkeypatch, "write"):
        drafts.keep(DRAFT)
        with pytest.raises(NotSaved):
            drafts.keep(Draft(texts={"step": "new"}))
    drafts.keep(Draft(texts={"step": "new"}))
    assert drafts.load()[0].texts == {"step": "new"}


def test_a_damaged_draft_is_dropped_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-23.draft.json"
    DraftFile(path).keep(DRAFT)
    whole = path.read_bytes()
    for cut in cuts(path, 10):
        path.write_bytes(whole[:cut])
        draft, notes = DraftFile(path).load()
        assert draft == Draft()
        assert "was dropped. Lost: what was being typed in the review of 23 Nov." in notes[0].sentence
    assert not path.exists()
    DraftFile(path).keep(DRAFT)
    assert DraftFile(path).load() == (DRAFT, ())
