"""`make mutants`: makes one small mistake after the other in what must be right, and sees whether a test notices."""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.mutants.changing import Mutant, mutants

ROOT = Path(__file__).parents[2]
TREE = ("review", "store", "screens", "tui", "tests", "docs", "benchmarks", "pyproject.toml")
AREAS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "gate": (("review/gate.py",), ("tests/review/test_gate.py",)),
    "slip": (("review/slips.py",), ("tests/review/test_slips.py",)),
    "clock": (
        ("review/clock.py", "review/clock_facts.py", "review/stretches.py", "store/clock.py"),
        ("tests/review/test_clock.py", "tests/store/test_clock.py"),
    ),
    "storage": (
        ("store/storage.py", "store/files.py", "store/envelope.py", "store/generations.py", "store/log.py"),
        ("tests/store/test_files.py", "tests/store/test_log.py", "tests/store/test_documents.py"),
    ),
    "bridge": (("review/bridge.py",), ("tests/review/test_bridge.py",)),
}
"""Area to its modules and to the tests that stand beside them: only those have to notice."""
PATIENCE = 90.0
"""Seconds after which a test counts as hanging, which is to notice as well."""


def main() -> None:
    """Try `--count` mistakes in each area; name those that no test noticed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=50, help="mistakes in each area")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--area", choices=AREAS, action="append")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in TREE:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, Path(folder) / name)
        _move_to(Path(folder))
        for area in chosen.area or AREAS:
            _try_all(area, chosen.count, random.Random(f"{chosen.seed}/{area}"))


def _move_to(folder: Path) -> None:
    """Work in a copy: what is imported from now on is its code."""
    os.chdir(folder)
    sys.path[:] = [str(folder), *(each for each in sys.path if Path(each or ".").resolve() != ROOT)]
    # What every run needs is there before they part; nothing of the program is.
    for name in ("pytest", "hypothesis.strategies", "msgspec", "tinydb"):
        import_module(name)


def _try_all(area: str, count: int, chance: random.Random) -> None:
    modules, tests = AREAS[area]
    every = [(module, mutant) for module in modules for mutant in mutants(Path(module).read_text("utf-8"))]
    tried = chance.sample(every, min(count, len(every)))
    if not _passes(tests):
        raise SystemExit(f"{area}: the tests fail as they stand.")
    left = [(module, mutant) for module, mutant in tried if not _noticed(module, mutant, tests)]
    print(f"{area}: {len(tried) - len(left)} of {len(tried)} noticed, of {len(every)} that can be made", flush=True)
    for module, mutant in sorted(left):
        print(f"  {module}:{mutant.line}  {mutant.what}", flush=True)


def _noticed(module: str, mutant: Mutant, tests: tuple[str, ...]) -> bool:
    path = Path(module)
    sound = path.read_bytes()
    path.write_text(mutant.source, "utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()
    try:
        return not _passes(tests)
    finally:
        path.write_bytes(sound)


def _passes(tests: tuple[str, ...]) -> bool:
    """Run tests in a process of their own; the first that fails ends it."""
    child = os.fork()
    if not child:
        os.setsid()
        with contextlib.suppress(BaseException):
            _run(tests)
        os._exit(1)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(tests: tuple[str, ...]) -> None:
    import pytest

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    options = ("-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--import-mode=importlib")
    os._exit(pytest.main([*options, "-o", "addopts=", "-o", "filterwarnings=", *tests]))


if __name__ == "__main__":
    main()
