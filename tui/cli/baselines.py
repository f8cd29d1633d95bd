"""`closeout import --baseline`: exports of before the first review, and lists of what had closed."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.options import invocation, say, say_json
from tui.cli.patience import patience
from tui.cli.place import writing
from tui.cli.table import left, wrapped

if TYPE_CHECKING:
    from review.answers import Answers
    from store.baselines import Dated
    from store.reviews import Reviews

INSIDE = "Lock it first; older exports are read in between reviews."
NEXT = (
    "Pushes, ages, what was created and closed, and the bridge rest on them and say “from exports”. No review was held."
)
ALONE = "Next: closeout import FILE reads in the export that is to be reviewed."


def import_past(paths: Sequence[Path], *, answers: "Answers", dry_run: bool, as_json: bool) -> None:
    """Read in older exports, each for the day it shows; the same one again changes nothing."""
    from store.baselines import doubts, take_past

    reviews = invocation().reviews(writes=not dry_run)
    if dry_run:
        found = _read(reviews, paths, answers)
    else:
        if not reviews.workspace.exists:
            _read(reviews, paths, answers)
            reviews.workspace.make()
        with writing("an import of older exports", INSIDE, dated=False) as held:
            found = _read(held, paths, answers)
            take_past(held, found)
    now = reviews.now()
    if as_json:
        say_json(_json(found))
        return
    for line in _lines(found):
        say(line)
    for sentence in doubts(found, now.settings):
        say(*wrapped(sentence))
    if dry_run:
        say("", "Nothing was changed.")
        return
    say("", *wrapped(NEXT))
    if not now.ledger.export:
        say(*wrapped(ALONE))


def _read(reviews: "Reviews", paths: Sequence[Path], answers: "Answers") -> "tuple[Dated, ...]":
    from store.baselines import read_past

    today = datetime.now().astimezone().date()
    with patience(f"Reading {paths[0].name}"):
        return read_past(reviews, paths, said=invocation().as_of, today=today, answers=answers)


def _lines(found: "Sequence[Dated]") -> list[str]:
    from review.baselines import is_closed_list

    wide = max(len(_when(one)) for one in found)
    lines = []
    for one in found:
        report = one.reading.report
        whole = f"{report.open:,} open, " if not is_closed_list(one.export) else "closed deals alone: "
        again = " – read in before" if one.known else ""
        lines.append(f"{left(_when(one), wide)}  {whole}{report.won:,} won, {report.lost:,} lost  {report.file}{again}")
    return lines


def _when(one: "Dated") -> str:
    return f"{_say(one.export.day)}, {one.how}"


def _say(day: date) -> str:
    return f"{day:%a} {day.day:>2} {day:%b %Y}"


def _json(found: "Sequence[Dated]") -> str:
    import msgspec

    rows = [{"day": one.export.day, "how": one.how, "again": one.known, "report": one.reading.report} for one in found]
    return msgspec.json.encode(rows).decode()
