"""What is measured: ours beside its baseline, the bar between them, and how they are shown."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from statistics import median, quantiles
from typing import Final, Literal

from msgspec import Struct

HEAD: Final = ("what", "ours", "p95", "baseline", "p95", "ratio", "bar", "")
WHY: Final = """\
# Speed

Made by `make bench ARGS=--docs`; do not edit. Each row stands beside a baseline that was measured in the same run, one
of ours and one of the baseline by turns, so that a busy machine slows both. The ratio is that of the medians, or of the
95th percentiles where the row says p95. “More” is a difference, not a ratio.
"""


class Figure(Struct, frozen=True, kw_only=True):
    """One measured thing beside its baseline."""

    what: str
    baseline_is: str
    ours: tuple[float, ...]
    baseline: tuple[float, ...]
    bar: float | None = None
    """How many times the baseline ours may be, or by how much more; None: shown for comparison only."""
    unit: Literal["ms", "MB"] = "ms"
    """Times are kept in seconds and shown in milliseconds."""
    at: Literal["median", "p95"] = "median"
    """What is compared."""
    by: Literal["times", "more"] = "times"
    why: str = ""
    """What it goes on, to be said where the bar is missed."""

    @property
    def result(self) -> float:
        """How many times the baseline ours is, or by how much it is more."""
        take = p95 if self.at == "p95" else median
        ours, base = take(self.ours), take(self.baseline)
        return ours - base if self.by == "more" else ours / base

    @property
    def met(self) -> bool:
        """Whether the bar is reached."""
        return self.bar is None or self.result <= self.bar

    def cells(self) -> tuple[str, ...]:
        """Give the figure as cells of the table."""
        sign = "×" if self.by == "times" else f" {self.unit} more"
        bar = "" if self.bar is None else f"≤ {self.bar:g}{sign}"
        verdict = "" if self.bar is None else "met" if self.met else "MISSED"
        what = f"{self.what}{', p95' if self.at == 'p95' else ''}, beside {self.baseline_is}"
        numbers = (self._say(take(times)) for times in (self.ours, self.baseline) for take in (median, p95))
        return (
            what,
            *numbers,
            f"{self.result:.2f}{sign}" if self.by == "times" else f"{self.result:.0f}",
            bar,
            verdict,
        )

    def missed(self) -> str:
        """Say by how much the bar is missed, and why."""
        over = self.result - (self.bar or 0)
        much = f"{over:.2f} of the baseline" if self.by == "times" else f"{over:.0f} {self.unit}"
        return f"{self.what}, beside {self.baseline_is}: by {much}. {self.why}".rstrip()

    def _say(self, number: float) -> str:
        return f"{number:.0f} MB" if self.unit == "MB" else f"{number * 1000:.{2 if number < 0.1 else 0}f} ms"


def p95(numbers: Sequence[float]) -> float:
    """Give the number that 95 of 100 stay under."""
    return quantiles(numbers, n=20, method="inclusive")[-1] if len(numbers) > 1 else numbers[0]


def table(figures: Sequence[Figure]) -> str:
    """Lay the figures out for a terminal."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def page(figures: Sequence[Figure], day: date, where: str) -> str:
    """Make the page for the documents."""
    rows = [HEAD, ("---", *["---:"] * 6, "---"), *(figure.cells() for figure in figures)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    missed = "\n".join(f"- {figure.missed()}" for figure in figures if not figure.met)
    said = f"\n## Bars that are missed\n\n{missed}\n" if missed else ""
    return f"{WHY}\nMeasured on {day.isoformat()}, {where}.\n\n{lines}\n{said}"


def machine() -> str:
    """Say what class of machine this is: system, processor, cores, load; nothing that names it."""
    load = f", load {os.getloadavg()[0]:.0f} before" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}, Python {platform.python_version()}"
