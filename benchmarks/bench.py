"""Measure what the design promises, each figure beside its baseline in one run: `make bench`."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import ParamSpec

from msgspec import Struct

from benchmarks.importing import importing, memory
from benchmarks.starting import starting
from review.events import Batch, Noted
from store.kinds import MINUTES
from store.log import Log

P = ParamSpec("P")

FRESH = 60
"""Reviews of which only the first event is written."""
LONG = 1000
"""Events in the long review."""
LAST = 60
"""Events at the end of the long review that stand for event 1,000."""
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Figure(Struct, frozen=True):
    """One measured thing beside its baseline; seconds each."""

    what: str
    ours: tuple[float, ...]
    baseline: tuple[float, ...]
    bar: float | None = None
    """How many times the baseline's p95 ours may take; None: shown for comparison only."""

    @property
    def ratio(self) -> float:
        """How many times as long as the baseline ours takes, at p95."""
        return p95(self.ours) / p95(self.baseline)

    @property
    def holds(self) -> bool:
        """Whether the bar is reached."""
        return self.bar is None or self.ratio <= self.bar

    def line(self) -> str:
        """Give the figure as a line of the table."""
        verdict = "" if self.bar is None else f"  ≤ {self.bar:g}×  {'holds' if self.holds else 'FAILS'}"
        ours, base = (f"{median(times) * 1000:8.2f} {p95(times) * 1000:8.2f}" for times in (self.ours, self.baseline))
        return f"{self.what:<48}{ours}   {base}   {self.ratio:5.2f}×{verdict}"


def p95(times: tuple[float, ...]) -> float:
    """Give the time that 95 of 100 stay under."""
    return quantiles(times, n=20, method="inclusive")[-1]


def bare_write(path: Path, data: bytes) -> None:
    """Do the least that keeps bytes: one write, one fsync, one rename."""
    fresh = path.with_suffix(".bare-new")
    with fresh.open("wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
    fresh.replace(path)


def facts(count: int) -> Iterator[Batch]:
    """Make batches of the size that closing out a deal writes."""
    for number in range(count):
        note = Noted(deal=f"006A{number:06}", question="step", text="Send the order form to Ms Blum for signature")
        at = START + timedelta(seconds=3 * number)
        yield Batch(id=f"batch-{number:06}", at=at, events=(note,), decision=True, what=f"closed out deal {number}")


def timed(work: Callable[P, object], *args: P.args, **named: P.kwargs) -> float:
    """Give the seconds that calling `work` takes."""
    began = perf_counter()
    work(*args, **named)
    return perf_counter() - began


def write_review(path: Path, count: int) -> tuple[list[float], list[float]]:
    """Append `count` events to a new review, and after each write the same bytes barely; seconds of both."""
    log, bare = Log(path, MINUTES, Batch, mend=True), path.with_suffix(".bare")
    log.read()
    ours, baseline = [], []
    for batch in facts(count):
        ours.append(timed(log.append, batch))
        baseline.append(timed(bare_write, bare, path.read_bytes()))
    assert len(Log(path, MINUTES, Batch).read().batches) == count
    return ours, baseline


def durable_events(folder: Path) -> tuple[Figure, ...]:
    """Measure one durable event, and what the length of a review adds to it."""
    first = [write_review(folder / f"first-{number}.json", 1) for number in range(FRESH)]
    ours, baseline = write_review(folder / "long.json", LONG)
    first_ours, first_baseline = (tuple(times[side][0] for times in first) for side in (0, 1))
    return (
        Figure("one durable event, beside the bare write", tuple(ours), tuple(baseline), 3),
        Figure("event 1,000 of a review, beside event 1", tuple(ours[-LAST:]), first_ours, 5),
        Figure("for comparison, the bare writes of these two", tuple(baseline[-LAST:]), first_baseline),
    )


def main() -> int:
    """Measure, print the table and tell by the exit status whether every bar holds."""
    place = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="closeout-bench-", dir=place) as folder:
        started = tuple(
            Figure(f"{what}, beside a bare Textual app", ours, bare, bar)
            for what, ours, bare, bar in starting(Path(folder))
        )
        read, bare = importing(Path(folder))
        imported = Figure("import of 100,000 rows, beside csv.DictReader", read, bare, 4)
        most, least = memory(Path(folder) / "export.csv")
        figures = (*durable_events(Path(folder)), *started, imported)
        print(f"Milliseconds, median and p95, ours beside the baseline; files in {Path(folder).parent}\n")
    for figure in figures:
        print(figure.line())
    print(f"Most memory of that import: {most} MB, of the bare loop {least} MB")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
