"""The history of five years beside a bare Textual app: `python -m benchmarks.looking_back WORKSPACE`.

WORKSPACE is one that `python -m benchmarks.five_years` made. Both apps run in this process, a key of each in turn.
"""

import asyncio
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Footer, Header, OptionList

from benchmarks.five_years import LAST
from store.demo.hour import Ticking
from store.office import DiskOffice
from store.workspace import Workspace
from tui.app import Closeout

SIZE = (120, 36)
OPENINGS = 12
KEYS = 60


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


async def measure(root: Path) -> list[tuple[str, list[float], list[float]]]:
    """Open and leave, then move, in both apps in turn."""
    day = LAST + timedelta(weeks=1)
    office = DiskOffice(Workspace(root), Ticking(datetime.combine(day, time(9, 52), UTC)), day)
    ours, bare = Closeout(office), Bare()
    opened: tuple[list[float], list[float]] = ([], [])
    moved: tuple[list[float], list[float]] = ([], [])
    async with ours.run_test(size=SIZE) as our_pilot, bare.run_test(size=SIZE) as bare_pilot:
        for times, many, key in ((opened, OPENINGS, "y"), (moved, KEYS, "down")):
            for at in range(many):
                for side, pilot in enumerate((our_pilot, bare_pilot)):
                    times[side].append(await pressed(pilot, key))
                    if key == "y" and at < many - 1:
                        await pressed(pilot, "q")
    return [("history, key to first frame", *opened), ("history, a line down among 260 locks", *moved)]


def main() -> None:
    """Print milliseconds, median and p95, ours beside the baseline."""
    for what, ours, bare in asyncio.run(measure(Path(sys.argv[1]))):
        each = [(1000 * median(times), 1000 * quantiles(times, n=20, method="inclusive")[-1]) for times in (ours, bare)]
        said = "   ".join(f"{middle:8.1f} {late:8.1f}" for middle, late in each)
        print(f"{what:<40}{said}   {each[0][0] / each[1][0]:5.2f}× median")


if __name__ == "__main__":
    main()
