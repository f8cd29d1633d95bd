"""Measure what the design promises, each figure beside its baseline in one run: `make bench`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

import msgspec

from benchmarks import commands, five_years, importing, looking_back, screens, writing
from benchmarks.figures import Figure, machine, page, table
from store.workspace import Workspace

DOCS: Final = Path(__file__).resolve().parents[1] / "docs" / "speed.md"
KEPT: Final = Path("build/bench")
"""Where the workspaces are kept from one run to the next."""

Part = Callable[["Place", bool], Iterable[Figure]]


class Place:
    """The workspaces that are measured, and a folder for what is thrown away."""

    def __init__(self, kept: Path, scratch: Path) -> None:
        """Make the workspaces where they are not there yet."""
        self.five, self.week, self.scratch = kept / "five-years", kept / "one-week", scratch
        for root, weeks in ((self.five, five_years.WEEKS), (self.week, 1)):
            if not (root / "done").exists():
                print(f"Making {root} …", file=sys.stderr)
                five_years.build(Workspace(root), weeks=weeks)
                (root / "done").touch()


def _start(place: Place, short: bool) -> Iterable[Figure]:
    return screens.starting(place.five, place.week, 3 if short else 15)


def _running(place: Place, short: bool) -> Iterable[Figure]:
    return screens.running(place.five, place.scratch, 100 if short else 500, 10 if short else 75)


def _events(place: Place, short: bool) -> Iterable[Figure]:
    yield from writing.durable_events(place.scratch / "events", 20 if short else 100, 300 if short else 1000)
    yield writing.years(place.five, place.week, place.scratch, 60 if short else 300)


def _import(place: Place, short: bool) -> Iterable[Figure]:
    return importing.importing(place.scratch, 2 if short else 7)


def _commands(place: Place, short: bool) -> Iterable[Figure]:
    return commands.commands(place.five, 3 if short else 12)


def _history(place: Place, short: bool) -> Iterable[Figure]:
    return looking_back.looking_back(place.five, 3 if short else 12, 10 if short else 60)


PARTS: Final[dict[str, Part]] = {
    "start": _start,
    "running": _running,
    "events": _events,
    "import": _import,
    "commands": _commands,
    "history": _history,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table and tell by the exit status whether every bar is met."""
    asked = _asked(arguments)
    load = machine()
    with tempfile.TemporaryDirectory(prefix="closeout-bench-", dir=asked.place) as scratch:
        place = Place(asked.kept, Path(scratch))
        figures: list[Figure] = []
        for part in asked.parts or PARTS:
            print(f"Measuring: {part} …", file=sys.stderr)
            figures += PARTS[part](place, asked.short)
    print(table(figures))
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_bytes(msgspec.json.encode([_record(figure, load) for figure in figures]))
    if asked.docs:
        DOCS.write_text(page(figures, date.today(), load), encoding="utf-8")  # noqa: DTZ011 – the day of the run
    return 0 if all(figure.met for figure in figures) else 1


def _record(figure: Figure, load: str) -> dict[str, object]:
    told = {"result": figure.result, "met": figure.met, "machine": load, "measured": datetime.now().astimezone()}
    return {**msgspec.structs.asdict(figure), **told}


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these of {', '.join(PARTS)}")
    parser.add_argument("--short", action="store_true", help="few runs: to see that it works, not how fast it is")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single figure too")
    parser.add_argument("--docs", action="store_true", help="write docs/speed.md")
    parser.add_argument("--kept", type=Path, default=KEPT, metavar="DIR", help="where the workspaces are kept")
    parser.add_argument("--place", type=Path, metavar="DIR", help="where to write: another disk than that of /tmp")
    asked = parser.parse_args(arguments)
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
