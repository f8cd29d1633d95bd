"""Every kind of file in a workspace, cut and with bits turned over."""

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from review.errors import CloseoutError
from store import check, envelope
from store.drafts import DraftFile
from store.errors import TooNew
from store.workspace import Workspace
from tests.faults.driving import REVIEW, unsound
from tests.faults.places import batches_in, office_of
from tests.faults.tally import Tally

WHOLE = 10 * 1024
"""Bytes up to which a file is cut at every byte."""
DRAFTED = {"inspection:step": "half a step"}


def files_of(workspace: Workspace) -> list[Path]:
    """Name one file of each kind that carries a checksum."""
    return [path.relative_to(workspace.root) for path, _ in check.known_files(workspace)]


def damaged(data: bytes, cuts: int, flips: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Give a file's bytes in damaged forms, with what was done to them."""
    for at in _spread(len(data), cuts):
        yield f"cut at {at}", data[:at]
    for _ in range(flips):
        turned = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
        if bytes(turned) != data:
            yield "bits turned over", bytes(turned)


def _spread(size: int, count: int) -> list[int]:
    step = max(1, size // count)
    return sorted({*range(0, size, step), 1, size - 1, size - 2})


def damages(workspace: Workspace, name: Path, *, cuts: int, flips: int, seed: int = 1) -> Tally:
    """Damage one file in every way; what it held is there, or what is lost is said."""
    tally = Tally("a file cut at any byte, or with bits turned over")
    chance = random.Random(f"{seed}/{name}")
    whole = {path: (workspace.root / path).read_bytes() for path in _all(workspace)}
    before = batches_in(workspace)
    for what, data in damaged(whole[name], cuts, flips, chance):
        (workspace.root / name).write_bytes(data)
        _look(workspace, name, f"{name}, {what}", before, tally)
        for path in _all(workspace):
            if path not in whole:
                (workspace.root / path).unlink()
        for path, content in whole.items():
            (workspace.root / path).write_bytes(content)
    return tally


def every_byte(workspace: Workspace, name: Path) -> Tally:
    """Cut one file at every byte, turn one bit of each, and see that none of it is taken for sound."""
    tally = Tally("a file cut at any byte, or with bits turned over")
    path, kind = next(each for each in check.known_files(workspace) if each[0] == workspace.root / name)
    data = path.read_bytes()
    for at in range(len(data)) if len(data) <= WHOLE else _spread(len(data), 2000):
        turned = bytearray(data)
        turned[at] ^= 1 << at % 8
        for what, form in (("cut", data[:at]), ("turned over", bytes(turned))):
            tally.runs += 1
            with suppress(envelope.UnsoundError, TooNew):
                envelope.opened(form, kind)
                tally.lost += (f"{name}, {what} at {at}: taken for sound",)
    return tally


def _all(workspace: Workspace) -> list[Path]:
    found = (path for path in sorted(workspace.root.rglob("*")) if path.is_file() and path.name != ".lock")
    return [path.relative_to(workspace.root) for path in found]


def _look(workspace: Workspace, name: Path, where: str, before: list[str], tally: Tally) -> None:
    if not unsound(workspace):
        tally.lost += (f"{where}: the check finds nothing",)
    said, there = _opened(workspace)
    expected = before if not said else [each for each in before if each in there]
    tally.run(dict.fromkeys(expected, True), there if not said else expected, where)
    if not said and name.name.endswith(".draft.json"):
        tally.lost += (f"{where}: the draft went without a word",)
    check.repair(workspace)
    # An export that a lock or a review stands on cannot be made again; that it is gone goes on being said.
    if left := [said for said in unsound(workspace) if not said.startswith("The file is gone.")]:
        tally.lost += (f"{where}: after the repair {left}",)
    again, _ = _opened(workspace)
    if any("is damaged" in sentence for sentence in again):
        tally.lost += (f"{where}: after the repair it still says {again}",)


def _opened(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Open the workspace as the program does; give what is said of damage, and the facts that are there."""
    office = office_of(workspace)
    said: list[str] = []
    try:
        office.running()
        said += office.notes
        said += office.opening().notes
        office.standing()
        said += [note.sentence for note in DraftFile(workspace.draft(REVIEW)).load()[1]]
        return said, batches_in(workspace)
    except CloseoutError as error:
        return [*said, str(error)], []
    finally:
        office.finish()
