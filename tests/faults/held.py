"""The faults that are no matter of counting facts: each class is held by tests, and these are run and counted."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Tree
from pathlib import Path
from typing import Final

from msgspec import Struct

ROOT = Path(__file__).parents[2]
HERE: Final = "tests/faults/"
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "ended by the system or by its terminal; made tiny and large again; keys faster than the screen": (
        f"{HERE}test_kills.py::test_ended_by_the_system_it_leaves_the_terminal_as_it_was_and_keeps_what_was_typed",
        f"{HERE}test_kills.py::test_when_its_terminal_vanishes_it_ends_and_keeps_what_was_typed",
        "tests/e2e/test_review.py::test_a_terminal_that_vanishes_loses_nothing",
        "tests/e2e/test_review.py::test_a_window_made_tiny_and_large_again_shows_what_it_showed",
        "tests/e2e/test_review.py::test_keys_typed_faster_than_the_screen_changes_break_nothing",
    ),
    "asleep for an hour, the clock set back, summer time, midnight, 29 February, week 53": (f"{HERE}test_clock.py",),
    "a disk that refuses, is full or read-only; the folder taken away; settings broken meanwhile": (
        f"{HERE}test_refusing_disk.py",
        f"{HERE}test_two.py::test_a_disk_that_is_mounted_read_only_can_be_read_and_says_that_it_cannot_be_written",
        f"{HERE}test_two.py::test_a_disk_that_is_really_full_is_said_and_the_fact_is_saved_when_there_is_room",
    ),
    "two programs on one workspace, the lock of a dead one": (
        f"{HERE}test_two.py::test_a_second_program_is_told_and_harms_nothing_and_the_dead_hold_no_lock",
        f"{HERE}test_two.py::test_a_lock_file_that_holds_nonsense_locks_nobody_out",
        "tests/e2e/test_review.py::test_a_second_program_is_told_that_a_review_runs",
    ),
    "hostile text in every field of import, settings and typing": (f"{HERE}test_hostile.py",),
    "any bytes given to import": ("tests/store/test_crm_mutants.py", "tests/store/test_text_fuzz.py"),
    "files of every version so far, and of a later one": (f"{HERE}test_migrations.py",),
    "modes, names that lead out of a folder, connections, reports and logs": (
        f"{HERE}test_security.py",
        f"{HERE}test_reports.py",
    ),
}
"""Class of faults to its tests."""


class Held(Struct, frozen=True):
    """How many tests of a class there are, and which did not pass."""

    name: str
    tests: int
    skipped: int
    failed: tuple[str, ...]

    def row(self) -> tuple[str, ...]:
        """Give the figures as a row of the table."""
        return (self.name, *(str(figure) for figure in (self.tests, self.skipped, len(self.failed))))


def held(name: str) -> Held:
    """Run the tests of a class. Raises ValueError where none of them ran at all."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = (sys.executable, "-m", "pytest", "-q", "-n", "0", f"--junitxml={report}", *CLASSES[name])
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        cases = list(Tree.parse(report).iter("testcase")) if report.is_file() else []
    if not cases:
        raise ValueError(f"no test of “{name}” ran")
    failed = tuple(
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    )
    return Held(name, len(cases), sum(case.find("skipped") is not None for case in cases), failed)
