"""What the room waits for at the screen, measured in a real pseudo-terminal: start, keys, idling, memory."""

import asyncio
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.terminal import BASELINE, OURS, SIZE, Program
from benchmarks.writing import NEXT
from store.clock import RealClock
from store.office import DiskOffice
from store.workspace import Workspace
from tui.app import Closeout

READY: Final = "Enter starts the review"
TYPED: Final = "etaoinshrdlu"
"""Letters that are typed again and again, each after a pause; then they are deleted."""
WHY_START: Final = (
    "What is more goes on loading the screens, the command line and what reads the workspace, and on the style sheets."
)
WHY_KEY: Final = (
    "Each letter is read through the gate, the line under it says what it means, and the footer which keys are alive."
)
WHY_MEMORY: Final = (
    "About 8 MB are modules, 12 the 2,134 deals with their history, and the rest is the screens of lobby and hour."
)
ANEW: Final = 4
"""Which of the starts has to work out what stands."""
PAUSE: Final = (0.02, 0.12)
"""Seconds between two keys, so that some meet a tick of the clock and some do not."""


def ours(*arguments: str) -> tuple[str, ...]:
    """Give the command line of ours on the day of the next review."""
    return (*OURS, *arguments, "--as-of", NEXT.isoformat())


def starting(five: Path, week: Path, runs: int) -> Iterator[Figure]:
    """Measure the seconds from the command to the first frame as it stays, one of each in turn."""
    widgets = asyncio.run(_widgets(five))
    stock, bare = (*BASELINE, "stock", str(widgets)), (*BASELINE, "bare")
    programs: tuple[tuple[tuple[str, ...], Path | None], ...] = (
        (ours(), five),
        (ours(), week),
        (stock, None),
        (bare, None),
        (ours(), five),
    )
    times: tuple[list[float], ...] = ([], [], [], [], [])
    used: tuple[list[float], ...] = ([], [], [], [], [])
    for _ in range(runs):
        for at, (command, workspace) in enumerate(programs):
            if at == ANEW:
                shutil.rmtree(five / "kept", ignore_errors=True)
            with Program(command, workspace) as program:
                times[at].append(program.settled())
                used[at].append(program.cpu())
    start, stocks, bares = "start to the first frame of the lobby", f"{widgets} stock widgets", "a bare app"
    yield _figure(start, stocks, times[0], times[2], 1.3)
    yield _figure(start, bares, times[0], times[3], 1.7)
    yield _figure("processor time of that start", stocks, used[0], used[2], None)
    yield _figure("processor time of that start", bares, used[0], used[3], None)
    yield _figure("start with five years", "with one week", times[0], times[1], None)
    yield _figure("the first start after an import or a lock, nothing kept", bares, times[ANEW], times[3], None)


def _figure(what: str, beside: str, ours: list[float], base: list[float], bar: float | None) -> Figure:
    return Figure(what=what, baseline_is=beside, ours=tuple(ours), baseline=tuple(base), bar=bar, why=WHY_START)


async def _widgets(root: Path) -> int:
    """Count the widgets of the lobby."""
    app = Closeout(DiskOffice(Workspace(root), RealClock(), NEXT))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return len(app.screen.query("*"))


def running(five: Path, folder: Path, keys: int, idle: float) -> Iterator[Figure]:
    """Measure keys, idling and memory in the running review, beside what each is measured by."""
    workspace = folder / "running"
    shutil.copytree(five, workspace)
    with (
        Program(ours(), workspace) as program,
        Program((*BASELINE, "input")) as bare,
        Program((*BASELINE, "clock")) as clock,
    ):
        for other in (bare, clock):
            other.rest(2)
        _to_the_form(program)
        yield _keys(program, bare, keys)
        yield from _idle(program, clock, idle)
        with Program((*BASELINE, "bare")) as least:
            least.settled()
            yield Figure(
                what="memory in the running review, at most",
                baseline_is="a bare app",
                ours=(program.memory(),),
                baseline=(least.memory(),),
                bar=40,
                unit="MB",
                by="more",
                why=WHY_MEMORY,
            )


def _to_the_form(program: Program) -> None:
    """Start the review, go to Inspection and put the cursor into the line for the step."""
    program.wait_for(READY)
    program.press("enter")
    program.wait_for("▸ FORECAST")
    program.press(">")
    program.wait_for("▸ INSPECTION")
    program.press("s")
    program.wait_for("   TYPE")


def _keys(program: Program, bare: Program, keys: int) -> Figure:
    """Press letters in both by turns, until the text with the new letter is written."""
    chance = random.Random(1)
    times: tuple[list[float], list[float]] = ([], [])
    while len(times[0]) < keys:
        text = ""
        for letter in TYPED:
            text += letter
            for one, found in zip((program, bare), times, strict=True):
                one.rest(chance.uniform(*PAUSE))
                found.append(one.answer(letter, text.encode()))
        for one in (program, bare):
            one.press(*["backspace"] * len(TYPED))
            one.rest(0.3)
    return Figure(
        what="key to repaint in the close-out form",
        baseline_is="a bare Input",
        ours=tuple(times[0]),
        baseline=tuple(times[1]),
        bar=2,
        at="p95",
        why=WHY_KEY,
    )


def _idle(program: Program, clock: Program, seconds: float) -> Iterator[Figure]:
    """Leave both alone at the same time; milliseconds of processor time per second."""
    before = program.cpu(), clock.cpu()
    for _ in range(round(seconds)):
        program.rest(0.5)
        clock.rest(0.5)
    used = program.cpu() - before[0], clock.cpu() - before[1]
    yield Figure(
        what=f"processor time while the clock runs, of {seconds:.0f} s",
        baseline_is="three stock widgets updated each second",
        ours=(used[0],),
        baseline=(used[1],),
        bar=1.5,
    )
