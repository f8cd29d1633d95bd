"""The history of five years beside a bare Textual app; both run in this process, a key of each in turn."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Footer, Header, OptionList

from benchmarks.figures import Figure
from benchmarks.five_years import LAST
from store.demo.hour import Ticking
from store.office import DiskOffice
from store.workspace import Workspace
from tui.app import Closeout

SIZE = (120, 36)


class Rows(Screen[None]):
    """As many lines as there are locks, in a stock list."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "dismiss", "Back")]

    def compose(self) -> ComposeResult:
        """Lay out three stock widgets."""
        yield Header()
        yield OptionList(*(f"Mon 16 Nov {at}" for at in range(260)))
        yield Footer()


class Bare(App[None]):
    """The baseline: a stock screen that one key opens over another."""

    BINDINGS: ClassVar[list[BindingType]] = [("y", "open", "Open")]

    def compose(self) -> ComposeResult:
        """Lay out two stock widgets."""
        yield Header()
        yield Footer()

    def action_open(self) -> None:
        """Open the list."""
        self.push_screen(Rows())


async def pressed(pilot: Pilot[None], key: str) -> float:
    """Give the seconds from a key to the frame that answers it."""
    began = perf_counter()
    await pilot.press(key)
    await pilot.pause()
    return perf_counter() - began


def looking_back(root: Path, openings: int, keys: int) -> Iterator[Figure]:
    """Measure the first frame of the history, and a line down in it."""
    baseline = "a stock list of as many lines"
    for what, (ours, bare) in asyncio.run(_measure(root, openings, keys)).items():
        yield Figure(what=what, baseline_is=baseline, ours=tuple(ours), baseline=tuple(bare))


async def _measure(root: Path, openings: int, keys: int) -> dict[str, tuple[list[float], list[float]]]:
    """Open and leave, then move, in both apps in turn."""
    day = LAST + timedelta(weeks=1)
    office = DiskOffice(Workspace(root), Ticking(datetime.combine(day, time(9, 52), UTC)), day)
    ours, bare = Closeout(office), Bare()
    opened: tuple[list[float], list[float]] = ([], [])
    moved: tuple[list[float], list[float]] = ([], [])
    async with ours.run_test(size=SIZE) as our_pilot, bare.run_test(size=SIZE) as bare_pilot:
        for times, many, key in ((opened, openings, "y"), (moved, keys, "down")):
            for at in range(many):
                for side, pilot in enumerate((our_pilot, bare_pilot)):
                    times[side].append(await pressed(pilot, key))
                    if key == "y" and at < many - 1:
                        await pressed(pilot, "q")
    return {"history of 260 locks, key to first frame": opened, "history of 260 locks, a line down": moved}
