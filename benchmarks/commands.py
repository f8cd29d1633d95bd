"""How long the commands that open no screen take, beside starting a bare Textual app."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.figures import Figure
from benchmarks.terminal import BASELINE, OURS
from benchmarks.writing import NEXT
from store.exports.targets import STANDARD

QUICK: Final = ("csv", "json")
WHY_READ: Final = (
    "About 0.4 of the baseline is Python, click and the method being loaded; the rest reads the last lock of 2,134"
    " deals and takes the export in that came since."
)
WHY_PREP: Final = f"{WHY_READ} Then every signal of 956 active deals is judged to plan the queue."
WHY_RECAP: Final = f"{WHY_READ} Then the review's minutes are folded, its figures computed and the template compiled."
RECAPS: Final = ("markdown", "html", "eml", "text", "slack", "teams")


def commands(workspace: Path, runs: int) -> Iterator[Figure]:
    """Measure every command, one run of each and of the baseline in turn."""
    listed = _listed()
    env = {**os.environ, "CLOSEOUT_WORKSPACE": str(workspace)}
    ours: dict[str, list[float]] = {what: [] for what in listed}
    bare: list[float] = []
    for _ in range(runs):
        bare.append(_seconds((*BASELINE, "gone"), env))
        for what, (command, _) in listed.items():
            ours[what].append(_seconds((*OURS, *command), env))
    for what, (_, bar) in listed.items():
        yield Figure(
            what=what,
            baseline_is="the start of a bare app",
            ours=tuple(ours[what]),
            baseline=tuple(bare),
            bar=bar,
            why=WHY_PREP if what == "prep" else WHY_RECAP if what.endswith(RECAPS) else WHY_READ,
        )


def _listed() -> dict[str, tuple[tuple[str, ...], float]]:
    """Give each command and its bar."""
    found: dict[str, tuple[tuple[str, ...], float]] = {"prep": (("prep",), 0.6), "actions": (("actions",), 0.6)}
    for name in (*QUICK, *(other for other in STANDARD if other not in QUICK)):
        found[f"export --to {name}"] = (("export", "--to", name, "--output", "-"), 0.6 if name in QUICK else 0.9)
    return {what: ((*command, "--as-of", NEXT.isoformat()), bar) for what, (command, bar) in found.items()}


def _seconds(command: tuple[str, ...], env: dict[str, str]) -> float:
    began = perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return perf_counter() - began
