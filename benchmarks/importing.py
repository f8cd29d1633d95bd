"""The import of a large export, beside a bare `csv.DictReader` loop over the same file."""

import csv
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.figures import Figure
from review.settings import Settings
from store import documents
from store.crm.read import read_export
from store.kinds import IMPORT

ROWS = 100_000
_STAGES = ("Discovery", "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost")
_CATEGORIES = ("Pipeline", "Best Case", "Commit", "Omitted")
_HEADER = (
    "Opportunity ID", "Opportunity Name", "Account Name", "Opportunity Owner", "Amount", "Stage", "Forecast Category",
    "Probability (%)", "Close Date", "Created Date", "Last Activity", "Next Step", "Type",
)  # fmt: skip
FIRST = date(2024, 1, 1)
DAY = date(2026, 5, 20)


def write_export(path: Path, rows: int = ROWS) -> None:
    """Write an export as a CRM does: every deal with its own id and name, the rest as mixed as in a large team."""
    random = Random(7)
    accounts = [
        f"{word} {kind} {number}"
        for word in ("Acme", "Globex", "Initech")
        for kind in ("GmbH", "Ltd")
        for number in range(3000)
    ]
    people = [f"Person {number}" for number in range(120)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(rows):
            writer.writerow(_row(number, random, accounts, people))


def _row(number: int, random: Random, accounts: list[str], people: list[str]) -> Iterator[object]:
    """Make one deal."""
    account = random.choice(accounts)
    created = FIRST + timedelta(days=random.randrange(700))
    yield f"DEAL-{number:07}"
    yield f"{account} - {random.choice(('Renewal', 'Platform', 'Upgrade, phase 2'))} {number}"
    yield account
    yield random.choice(people)
    yield f"{random.randrange(1, 400_000)}.{random.choice(('00', '50'))}"
    yield random.choice(_STAGES)
    yield random.choice(_CATEGORIES)
    yield random.randrange(0, 101, 5)
    yield (created + timedelta(days=random.randrange(30, 400))).isoformat()
    yield created.isoformat()
    yield (created + timedelta(days=random.randrange(1, 200))).isoformat()
    yield random.choice(("", "Call the buyer", "Send the order form to Ms Blum for signature", f"Meeting {number}"))
    yield random.choice(("New Business", "Renewal", "Upsell"))


def bare_loop(path: Path) -> int:
    """Do the least that looks at every cell: the baseline."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def import_once(path: Path) -> int:
    """Read, type, check and store an export, and give its deals."""
    export = read_export(path, settings=Settings(), day=DAY).export
    documents.save(_kept(path), IMPORT, export)
    return len(export.deals)


def _kept(path: Path) -> Path:
    return path.with_suffix(".json")


def importing(folder: Path, runs: int) -> Iterator[Figure]:
    """Measure imports and bare loops, by turns, and the most memory that each takes."""
    path = folder / "export.csv"
    write_export(path)
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(runs):
        for work, times in ((bare_loop, bare), (import_once, ours)):
            _kept(path).unlink(missing_ok=True)  # every import is a file of its own: there is none before it to keep
            began = perf_counter()
            assert work(path) == ROWS
            times.append(perf_counter() - began)
    what, loop = f"import of {ROWS:,} rows, typed, checked and stored", "a bare csv.DictReader loop"
    yield Figure(what=what, baseline_is=loop, ours=tuple(ours), baseline=tuple(bare), bar=4)
    most, least = (_memory(work, path) for work in ("import_once", "bare_loop"))
    yield Figure(what="memory of that import, at most", baseline_is=loop, ours=(most,), baseline=(least,), unit="MB")


def _memory(work: str, path: Path) -> int:
    """Give the most megabytes that a fresh process takes for it."""
    program = [sys.executable, "-m", "benchmarks.importing", work, str(path)]
    return int(subprocess.run(program, check=True, capture_output=True, text=True).stdout)


def _most() -> int:
    """Give the most megabytes that this process has held; on Linux without what its parent held before it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("utf-8").partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2


if __name__ == "__main__":
    {"import_once": import_once, "bare_loop": bare_loop}[sys.argv[1]](Path(sys.argv[2]))
    print(_most())
