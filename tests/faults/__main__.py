"""`make faults`: hurts the program as often as is asked for and writes what came of it as two tables."""

import argparse
import platform
import tempfile
from datetime import date
from os import cpu_count
from pathlib import Path

from review.ports import Draft
from store.drafts import DraftFile
from tests.faults.damage import DRAFTED, damages, every_byte, files_of
from tests.faults.driving import REVIEW
from tests.faults.exhaust import deaths, refusals
from tests.faults.held import CLASSES, Held, held
from tests.faults.kills import kills
from tests.faults.places import templates
from tests.faults.tally import Tally

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
HEAD = """\
# What was done to it, and what it lost

`make faults RUNS=N` does all of this again, with N kills, and writes this page. A fact counts as shown when the screen
had shown it, or the call that saves it had returned, before the fault; as found when it is in the workspace
afterwards, once. For damaged files, what could not be found was named in a sentence.

"""
TESTED = """\
What else can go wrong is held by tests, which say of each case what must stand afterwards and what is said of it.
`make fuzz RUNS=N` gives `import` as many damaged files as one likes.

"""


def damage(folder: Path, flips: int) -> Tally:
    """Damage every file of a workspace."""
    workspace = templates(folder)[True]
    DraftFile(workspace.draft(REVIEW)).keep(Draft(texts=DRAFTED))
    whole = Tally("a file cut at any byte, or with bits turned over")
    for name in files_of(workspace):
        whole.add(damages(workspace, name, cuts=20, flips=flips))
        whole.add(every_byte(workspace, name))
    return whole


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Lay out rows whose first cell is a name and whose others are figures."""
    rules = ("---", *("--:" for _ in heads[1:]))
    return "".join("| " + " | ".join(row) + " |\n" for row in (heads, rules, *rows))


def page(tallies: list[Tally], classes: list[Held]) -> str:
    """Give the figures, with the day and the class of machine."""
    machine = f"{platform.system()} {platform.machine()}, {cpu_count()} cores, Python {platform.python_version()}"
    counted = table(("what was done", "runs", "facts shown", "found", "lost"), [tally.row() for tally in tallies])
    tested = table(("what was done", "tests", "skipped", "failed"), [one.row() for one in classes])
    return f"{HEAD}{counted}\n{TESTED}{tested}\n{date.today():%d %B %Y}, {machine}.\n"  # noqa: DTZ011


def main() -> None:
    """Run every class of faults; leave with 1 where anything was lost or a test failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=500)
    asked.add_argument("--seed", type=int, default=7)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / name for name in ("deaths", "refusals", "damage", "kills")]
        for place in places:
            place.mkdir()
        tallies = [
            kills(places[3], chosen.runs, chosen.seed),
            deaths(places[0]),
            refusals(places[1]),
            damage(places[2], flips=20),
        ]
    classes = [held(name) for name in CLASSES]
    PAGE.write_text(page(tallies, classes), encoding="utf-8")
    print(page(tallies, classes))
    lost = [said for tally in tallies for said in tally.lost] + [name for one in classes for name in one.failed]
    print(*lost, sep="\n")
    raise SystemExit(bool(lost))


if __name__ == "__main__":
    main()
