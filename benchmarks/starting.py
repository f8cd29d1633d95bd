"""How long the commands that open no screen take, beside starting a bare Textual app."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from store.demo.build import build
from store.workspace import Workspace

RUNS = 12
BARE = """\
from textual.app import App
from textual.widgets import Footer, Header, Input
class Bare(App):
    def compose(self):
        yield Header()
        yield Input()
        yield Footer()
    def on_ready(self):
        self.exit()
Bare().run(headless=True)
"""
OURS = "from tui.cli.main import main; main()"
COMMANDS = {
    ("prep",): 0.6,
    ("actions",): 0.6,
    ("export", "--to", "csv", "--output", "-"): 0.6,
    ("export", "--to", "json", "--output", "-"): 0.6,
    ("export", "--to", "markdown", "--output", "-"): 0.9,
    ("export", "--to", "html", "--output", "-"): 0.9,
    ("export", "--to", "eml", "--output", "-"): 0.9,
    ("export", "--to", "ics-todo", "--output", "-"): 0.9,
}
"""Command to how many times the bare app's start it may take."""

Measured = tuple[str, tuple[float, ...], tuple[float, ...], float]
"""What was measured, our seconds, the baseline's, and the bar."""


def starting(folder: Path) -> list[Measured]:
    """Measure every command on the workspace of the demonstration, one run of each and of the baseline in turn."""
    root, day = folder / "demo", date(2026, 11, 23)
    build(Workspace(root), day)
    env = {**os.environ, "CLOSEOUT_WORKSPACE": str(root)}
    ours: dict[tuple[str, ...], list[float]] = {command: [] for command in COMMANDS}
    bare: list[float] = []
    for _ in range(RUNS):
        bare.append(_seconds((sys.executable, "-c", BARE), env))
        for command, times in ours.items():
            times.append(_seconds((sys.executable, "-c", OURS, *command, "--as-of", day.isoformat()), env))
    return [(" ".join(command[:3]), tuple(ours[command]), tuple(bare), bar) for command, bar in COMMANDS.items()]


def _seconds(command: tuple[str, ...], env: dict[str, str]) -> float:
    began = perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return perf_counter() - began
