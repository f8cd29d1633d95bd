"""What making a fact durable costs: beside the least that keeps bytes, late in a review, and after five years."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.figures import Figure
from benchmarks.five_years import LAST
from review.events import Batch, Noted
from review.intents import EnterSection, WriteNote
from review.session import Session
from review.start import expected, plan
from store.clock import RealClock
from store.kinds import MINUTES
from store.log import Log
from store.office import DiskOffice
from store.workspace import Workspace

WHY_LATE: Final = (
    "A save is the whole file, so that it is there whole or not at all: the bare write of event 1,000 takes as many"
    " times that of event 1 as the row below says."
)
NEXT: Final = LAST + timedelta(weeks=1)
"""The day of the review that both workspaces are about to hold."""
LAST_EVENTS: Final = 60
"""Events at the end of the long review that stand for event 1,000."""
START: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEAST: Final = "write, fsync and rename of the same bytes"


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


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that calling `work` takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def write_review(path: Path, count: int) -> tuple[list[float], list[float]]:
    """Append `count` events to a new review, and after each write the same bytes barely; seconds of both."""
    log, bare = Log(path, MINUTES, Batch, mend=True), path.with_suffix(".bare")
    log.read()
    ours, baseline = [], []
    for batch in facts(count):
        ours.append(timed(lambda: log.append(batch)))  # noqa: B023 – it is called at once
        data = path.read_bytes()
        baseline.append(timed(lambda: bare_write(bare, data)))  # noqa: B023
    assert len(Log(path, MINUTES, Batch).read().batches) == count
    return ours, baseline


def durable_events(folder: Path, runs: int, length: int) -> Iterator[Figure]:
    """Measure one durable event, and what the length of a review adds to it."""
    folder.mkdir()
    first = [write_review(folder / f"first-{number}.json", 1) for number in range(runs)]
    ours, baseline = write_review(folder / "long.json", length)
    first_ours, first_baseline = (tuple(times[side][0] for times in first) for side in (0, 1))
    late = f"event {length:,} of a review"
    yield Figure(
        what="one durable event", baseline_is=LEAST, ours=tuple(ours), baseline=tuple(baseline), bar=3, at="p95"
    )
    yield Figure(
        what=late,
        baseline_is="event 1",
        ours=tuple(ours[-LAST_EVENTS:]),
        baseline=first_ours,
        bar=5,
        at="p95",
        why=WHY_LATE,
    )
    yield Figure(
        what="the bare write of that event",
        baseline_is="that of event 1",
        ours=tuple(baseline[-LAST_EVENTS:]),
        baseline=first_baseline,
        at="p95",
    )


def years(five: Path, week: Path, folder: Path, events: int) -> Figure:
    """Measure an intent from the key to the durable fact in both workspaces, one of each in turn."""
    sessions = [_begun(source, folder / name) for source, name in ((five, "five"), (week, "week"))]
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(events):
        for (session, deal), found in zip(sessions, times, strict=True):
            note = WriteNote(deal=deal, question="buyer", text=f"They asked {number} times for the order form")
            found.append(timed(lambda: session.do(note)))  # noqa: B023
    return Figure(
        what="an intent until it is a durable fact, with five years",
        baseline_is="with one week, same event numbers",
        ours=tuple(times[0]),
        baseline=tuple(times[1]),
        bar=1.2,
        at="p95",
    )


def _begun(source: Path, target: Path) -> tuple[Session, str]:
    """Begin the next review in a copy of a workspace, and give it with a deal of its queue."""
    shutil.copytree(source, target)
    office = DiskOffice(Workspace(target), RealClock(), NEXT)
    standing = office.standing()
    present = expected(standing.settings, NEXT)
    session = office.begin(standing, present, plan(standing.ledger, standing.settings, NEXT, present))
    session.do(EnterSection(section="inspection"))
    return session, session.meeting.to_go[0].deal
