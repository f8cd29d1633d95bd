"""The kinds of file there are: their version, how older ones are lifted, and what damage to one costs."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

Tables = dict[str, dict[str, Any]]
"""A file's content as TinyDB sees it: table, document id, document."""
Lift = Callable[[Tables], Tables]
"""Turns the tables of one version into those of the next."""


def as_it_is(tables: Tables) -> Tables:
    """Lift what the next version reads as it stands."""
    return tables


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of file."""

    name: str
    table: str = "body"
    """The table that holds what the file is for: “batches” for a log, “body” for a single document."""
    version: int = 1
    """The schema version that this program writes."""
    lifts: Mapping[int, Lift] = MappingProxyType({})
    """From each older version to the one after it."""
    lost: str = "the last change"
    """What is lost where only the generation before is sound; `{day}` is the day in the file's name."""


MINUTES = Kind(name="minutes", table="batches", lost="the last fact of the review of {day}")
DESK = Kind(name="desk", table="batches", lost="the last thing recorded between reviews")
PRIVATE = Kind(name="private", table="batches", lost="the last private note")
IMPORT = Kind(name="import", lost="the last change of the export {day}")
BASELINE = Kind(name="baseline", lost="the last change of the baseline of {day}")
SNAPSHOT = Kind(name="snapshot", version=2, lifts={1: as_it_is}, lost="the last change of the snapshot of {day}")
WHOLE = Kind(name="snapshot", lost=SNAPSHOT.lost)
"""The snapshot's first form, which held every deal there ever was."""
SETTLED = Kind(name="settled", lost="the last change of the deals that were settled on {day}")
PAST_FOLDED = Kind(name="past", lost="nothing, the past is folded again from the exports")
NOW_FOLDED = Kind(name="now", lost="nothing, it is worked out again from the last lock and what came since")
OUTGOING = Kind(name="outgoing", lost="nothing, it is gathered again from the minutes")
PREPARED = Kind(name="prepared", lost="nothing, it is worked out again")
OUTLOOK = Kind(name="outlook", lost="nothing, it is worked out again")
PROMISED = Kind(name="promised", lost="nothing, it is worked out again")
KEPT = (PAST_FOLDED, NOW_FOLDED, OUTGOING, PREPARED, OUTLOOK, PROMISED)
"""What was worked out from other files and is kept beside them."""
CLOCK = Kind(name="clock", lost="the last change of the clock's pace")
DRAFT = Kind(name="draft", lost="what was being typed in the review of {day}")


def day_of(path: Path) -> str:
    """Give the day in a file's name as people write it, “23 Nov”; the name itself where it holds none."""
    stem = path.name.split(".")[0]
    try:
        day = date.fromisoformat(stem[:10])
    except ValueError:
        return stem
    second = stem[11:] if stem[10:11] == "-" and stem[11:].isdecimal() else ""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" ({second})" if second else "")


def lost_with(kind: Kind, path: Path) -> str:
    """Say what is lost of the file at `path` where only the generation before it is sound."""
    return kind.lost.format(day=day_of(path))
