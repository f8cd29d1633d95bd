"""`make faults`: hurts the program as often as is asked for and writes what came of it as a table."""

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


def damage(folder: Path, flips: int) -> Tally:
    """Damage every file of a workspace."""
    workspace = templates(folder)[True]
    DraftFile(workspace.draft(REVIEW)).keep(Draft(texts=DRAFTED))
    whole = Tally("a file cut at any byte, or with bits turned over")
    for name in files_of(workspace):
        whole.add(damages(workspace, name, cuts=20, flips=flips))
        whole.add(every_byte(workspace, name))
    return whole


def table(tallies: list[Tally]) -> str:
    """Give the figures as a table, with the day and the class of machine."""
    rows: list[tuple[str, ...]] = [
        ("what was done", "runs", "facts shown", "found", "lost"),
        ("---", "--:", "--:", "--:", "--:"),
    ]
    rows += [tally.row() for tally in tallies]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    machine = f"{platform.system()} {platform.machine()}, {cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join([*lines, "", f"{date.today():%d %B %Y}, {machine}."]) + "\n"  # noqa: DTZ011


def main() -> None:
    """Run every class of faults; leave with 1 where anything was lost."""
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
    PAGE.write_text(HEAD + table(tallies), encoding="utf-8")
    print(table(tallies))
    lost = [said for tally in tallies for said in tally.lost]
    print(*lost, sep="\n")
    raise SystemExit(bool(lost))


if __name__ == "__main__":
    main()
