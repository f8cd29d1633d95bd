"""Every way of writing, harmed at every one of its calls: the program dies there, or the disk refuses."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from review.errors import CloseoutError
from store import check
from store.errors import NotSaved
from store.office import DiskOffice
from store.workspace import Workspace
from tests.faults.breaking import Died, Harm, die_after, die_before, harmed, refuse, refuse_late
from tests.faults.driving import unsound
from tests.faults.places import PLACES, Place, batches_in, office_of, templates
from tests.faults.tally import Tally

MOST = 400
"""Calls that no single write comes near."""


class Stage:
    """Where a way of writing is tried: workspaces to copy, and what it does when nothing harms it."""

    def __init__(self, folder: Path) -> None:
        """Make the workspaces."""
        self.folder = folder
        self.templates = templates(folder)
        self._unharmed: dict[str, list[str]] = {}

    def fresh(self, place: Place) -> Workspace:
        """Give a workspace of its own to hurt."""
        root = self.folder / "hurt"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.templates[place.running].root, root)
        workspace = Workspace(root)
        place.prepare(workspace)
        return workspace

    def unharmed(self, place: Place) -> list[str]:
        """Give what stands after the place has written once."""
        if place.name not in self._unharmed:
            self._unharmed[place.name] = self._written(place)
        return self._unharmed[place.name]

    def _written(self, place: Place) -> list[str]:
        workspace = self.fresh(place)
        office = office_of(workspace)
        place.act(office)
        office.finish()
        return batches_in(workspace)


def deaths(folder: Path, places: Sequence[Place] = PLACES, step: int = 1) -> Tally:
    """Let the program die before and after every `step`th call."""
    tally = Tally("death between any two calls of a write")
    stage = Stage(folder)
    for place in places:
        stage.unharmed(place)
        for harm in (die_before, die_after):
            _ = all(_dies(stage, place, harm, at, tally) for at in range(0, MOST, step))
    return tally


def refusals(folder: Path, places: Sequence[Place] = PLACES, step: int = 1) -> Tally:
    """Let the disk refuse every `step`th call once."""
    tally = Tally("every write, fsync and rename failing once")
    stage = Stage(folder)
    for place in places:
        stage.unharmed(place)
        for harm in (refuse, refuse_late):
            _ = all(_refuses(stage, place, harm, at, tally) for at in range(0, MOST, step))
    return tally


def _dies(stage: Stage, place: Place, harm: Harm, at: int, tally: Tally) -> bool:
    """Die at a call; tell whether there was one."""
    workspace = stage.fresh(place)
    before = batches_in(workspace)
    office = office_of(workspace)
    calls = harmed(harm, at)
    with calls, suppress(Died):
        place.act(office)
    if not calls.hit:
        return False
    office._lock.release()  # what the system does for the dead
    where = f"{place.name}, {harm.__name__} {calls.hit} {at}"
    tally.lost += tuple(f"{where}: {said}" for said in _opened_again(workspace))
    tally.run(*_compared(stage, place, before, batches_in(workspace)), where)
    return True


def _refuses(stage: Stage, place: Place, harm: Harm, at: int, tally: Tally) -> bool:
    """Refuse a call; tell whether there was one."""
    workspace = stage.fresh(place)
    before = batches_in(workspace)
    office = office_of(workspace)
    refused = None
    calls = harmed(harm, at)
    with calls:
        try:
            place.act(office)
        except CloseoutError as error:
            refused = error
    if not calls.hit:
        return False
    where = f"{place.name}, {harm.__name__} {calls.hit} {at}"
    after = batches_in(workspace)
    if refused is None:
        tally.run(*_compared(stage, place, before, after), where)
    else:
        if not isinstance(refused, NotSaved):
            tally.lost += (f"{where}: “{refused}” is no word about the disk",)
        tally.run(dict.fromkeys(before, True), after, where)
        if len(after) != len(before):
            tally.lost += (f"{where}: what was refused is on disk",)
        tally.lost += tuple(f"{where}: {said}" for said in _again(stage, place, office, before))
    office.finish()
    return True


def _again(stage: Stage, place: Place, office: DiskOffice, before: list[str]) -> list[str]:
    """Try again in the same program: it has to give once what was refused."""
    try:
        place.act(office)
    except CloseoutError as error:
        return [f"a second try says “{error}”"]
    now, wanted = batches_in(office.workspace), stage.unharmed(place)
    said = [] if len(now) == len(wanted) else [f"a second try gives {len(now)} facts instead of {len(wanted)}"]
    session = office.running()
    on_disk = None if session is None else office._reviews.minutes(session.meeting.review)[0].meeting
    if session is not None and session.meeting != on_disk:
        said.append("memory and disk differ")
    return said


def _compared(stage: Stage, place: Place, before: list[str], after: list[str]) -> tuple[dict[str, bool], list[str]]:
    """Give what has to be there, and what is there: all that stood before, or all that a whole write leaves."""
    whole = stage.unharmed(place)
    if place.swaps:
        return dict.fromkeys(whole if set(after) <= set(whole) else before, True), after
    settings = before[-1] if before[-1] in after else whole[-1]
    return dict.fromkeys((*before[:-1], settings), True), after


def _opened_again(workspace: Workspace) -> list[str]:
    """Open the workspace as the next start does; give what is wrong with it."""
    office = office_of(workspace)
    try:
        workspace.settle()
        office.running()
        office.standing()
    except CloseoutError as error:
        return [f"it does not open: {error}"]
    finally:
        office.finish()
    check.repair(workspace)
    return unsound(workspace)
