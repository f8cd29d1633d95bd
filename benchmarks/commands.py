"""How long the commands that open no screen take, beside starting a bare Textual app."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.figures import Figure
from benchmarks.terminal import BASELINE, OURS
from benchmarks.writing import NEXT
from store.exports.targets import STANDARD

QUICK: Final = ("csv", "json")
WHY_READ: Final = (
    "About 0.4 of the baseline is Python, click, msgspec and what reads the workspace being loaded; what it says was"
    " worked out and kept the first time after the import or the lock."
)
WHY_RECAP: Final = f"{WHY_READ} Then Jinja is loaded and compiles the template – for a mail two, and the mail library."
ANEW: Final = ("prep", "actions", "export --to json")
"""Also measured as it is the first time after an import or a lock, when it has to be worked out."""
BARE: Final = "the start of a bare app"
RECAPS: Final = ("markdown", "html", "eml", "text", "slack", "teams")


def commands(workspace: Path, runs: int) -> Iterator[Figure]:
    """Measure every command, one run of each and of the baseline in turn; some also with nothing kept."""
    listed = _listed()
    env = {**os.environ, "CLOSEOUT_WORKSPACE": str(workspace)}
    for command, _ in listed.values():
        _seconds((*OURS, *command), env)
    for what, (ours, bare) in _by_turns({what: command for what, (command, _) in listed.items()}, env, runs).items():
        why = WHY_RECAP if what.endswith(RECAPS) else WHY_READ
        yield Figure(what=what, baseline_is=BARE, ours=ours, baseline=bare, bar=listed[what][1], why=why)
    anew = {what: listed[what][0] for what in ANEW}
    for what, (ours, bare) in _by_turns(anew, env, runs, workspace / "kept").items():
        said = f"{what}, the first time after an import or a lock"
        yield Figure(what=said, baseline_is=BARE, ours=ours, baseline=bare)


def _by_turns(
    commands: Mapping[str, tuple[str, ...]], env: dict[str, str], runs: int, without: Path | None = None
) -> dict[str, tuple[tuple[float, ...], tuple[float, ...]]]:
    """Give the seconds of each command and of the baseline; `without` is taken away before each run."""
    ours: dict[str, list[float]] = {what: [] for what in commands}
    bare: list[float] = []
    for _ in range(runs):
        bare.append(_seconds((*BASELINE, "gone"), env))
        for what, command in commands.items():
            if without is not None:
                shutil.rmtree(without, ignore_errors=True)
            ours[what].append(_seconds((*OURS, *command), env))
    return {what: (tuple(found), tuple(bare)) for what, found in ours.items()}


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
