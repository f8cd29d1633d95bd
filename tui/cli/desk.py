"""`closeout prep`: the coming queue with its reasons, what is missing, and what changed since the last lock."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import common, plainly, say, say_json
from tui.cli.place import day_of, standing, there
from tui.cli.table import SIGNS, cells, left, right, wrapped

if TYPE_CHECKING:
    from review.later import Later
    from review.prepared import MissingOf, Preparation, QueuedDeal

LABEL = 16
"""Cells of the label column."""
REP, TITLE, AMOUNT = 8, 20, 6
SHOWN = 4
"""Deals named per person; the others are counted."""
MOST = 8
"""Differences to the CRM that are named."""


@click.command()
@click.option(
    "--sheets",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a sheet for each rep: table, workbook and text, to be filled in and read back.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@common
@plainly
def prep(folder: Path | None, as_json: bool) -> None:
    """Show the coming queue, and what is missing before the hour."""
    if folder is not None:
        from tui.cli.sheets import make_sheets

        make_sheets(folder, as_json=as_json)
        return
    from review.prepared import Preparation
    from store.kinds import PREPARED

    reviews = there()
    day = day_of(reviews)

    def worked_out() -> Preparation:
        from review.preparation import prepare

        now = standing(reviews, day)
        return prepare(now.ledger, now.settings, day)

    prepared = reviews.from_now(PREPARED, Preparation, day, worked_out)
    for note in reviews.met:
        say(note.sentence, err=True)
    if as_json:
        import msgspec

        say_json(msgspec.json.encode(prepared).decode())
        return
    say(*lines_of(prepared, reviews.running()))


def lines_of(prepared: "Preparation", running: str | None) -> list[str]:
    """Lay the preparation out as lines."""
    said = [f"Pipeline review of {_day(prepared.day)} {prepared.day.year}"]
    if not prepared.export:
        return [*said, "", "No export was read in yet. Begin with: closeout import FILE"]
    if running is not None:
        said += wrapped("It is running: closeout goes on with it. The queue below is as it would be planned now.")
    said.append("")
    said += _labelled("Export", _export(prepared))
    said += _labelled("Promises due", _counts(prepared.due))
    day, _, exports = prepared.compared_with.partition(", ")
    nothing = "nothing changed" if day else "no review was locked yet"
    changed = " · ".join(prepared.since) or nothing
    said += _labelled(f"Since {day}".strip(), f"{changed} · {exports}" if exports else changed)
    said += _labelled("▲ Not in CRM", _first(prepared.not_in_crm))
    said += _labelled("CRM changed", _first(prepared.third_values))
    said += _labelled("Later", _later(prepared.later))
    said += _labelled("Thresholds", " · ".join(prepared.learning))
    said += _labelled("Not here", ", ".join(prepared.away))
    said += ["", *_queue(prepared)]
    return [*said, "", *_missing(prepared.missing, prepared.active)]


def _labelled(label: str, text: str) -> list[str]:
    return wrapped(text, left(label, LABEL)) if text else []


def _first(lines: Sequence[str]) -> str:
    """Give what fits a page; all of it is in the JSON."""
    more = len(lines) - MOST
    return " · ".join(lines) if more <= 1 else " · ".join((*lines[:MOST], f"and {more} more, all in --json"))


def _export(prepared: "Preparation") -> str:
    if prepared.export_day is None:
        return prepared.export
    days = (prepared.day - prepared.export_day).days
    age = (
        "of today" if days == 0 else "a day old" if days == 1 else f"{days} days old" if days > 0 else "of a later day"
    )
    return f"{prepared.export}, {_short(prepared.export_day)}, {age}, {prepared.deals:,} deals"


def _later(later: "Later | None") -> str:
    from review.money import short_money

    if later is None:
        return ""
    number = f"{len(later.deals)} {'deal' if len(later.deals) == 1 else 'deals'}"
    asks = "; the first review of the month asks whether they still do" if later.asks else ""
    return f"{number}, {short_money(later.amount)}, close after {later.after} and are not active{asks}"


def _counts(due: dict[str, int]) -> str:
    if not due:
        return "none"
    return f"{sum(due.values())}: " + " · ".join(f"{name} {number}" for name, number in due.items())


def _queue(prepared: "Preparation") -> list[str]:
    from review.clock_words import say_seconds

    if not prepared.queue and not prepared.if_time:
        return wrapped("Nobody of the team has an active deal in this export, so there is no queue.")
    number = len(prepared.queue)
    takes = f"{say_seconds(prepared.seconds)} of {say_seconds(prepared.room)}"
    takes = f"{number} {'deal' if number == 1 else 'deals'}, {takes}"
    said = wrapped(f"{takes} · focus: {prepared.focus}", left("Queue", LABEL))
    if prepared.cycle_weeks is not None:
        weeks = "every week" if prepared.cycle_weeks == 1 else f"within {prepared.cycle_weeks} weeks"
        said += wrapped(f"every deal comes up {weeks}", " " * LABEL)
    if prepared.sentence:
        said += wrapped(prepared.sentence, " " * LABEL)
    said += ["", *_slots(prepared.queue)]
    if prepared.if_time:
        said += ["", *_if_time(prepared.if_time)]
    return said


def _slots(deals: Iterable["QueuedDeal"]) -> list[str]:
    from review.money import short_money

    said: list[str] = []
    rep = None
    for deal in deals:
        name = deal.rep if deal.rep != rep else ""
        rep = deal.rep
        amount = short_money(deal.amount) if deal.amount is not None else "–"
        place = f"{left(name, REP)} {right(str(deal.place), 2)}"
        front = f"{place}  {left(deal.title, TITLE)} {right(amount, AMOUNT)}  {SIGNS[deal.tone]} "
        words = deal.reason if deal.kind in ("signals", deal.reason) else f"{deal.kind}: {deal.reason}"
        said += wrapped(words, front, cells(front))
    return said


def _if_time(deals: Sequence["QueuedDeal"]) -> list[str]:
    return _labelled("If time", " · ".join(f"{deal.place} {deal.title} ({deal.rep})" for deal in deals))


def _missing(missing: Sequence["MissingOf"], active: int) -> list[str]:
    total = sum(len(each.deals) for each in missing)
    if not active:
        return []
    if not total:
        return [f"All {active} active deals have a step, a date and an owner."]
    said = [f"Without a valid step, date or owner: {total} of {active} active deals", ""]
    for each in missing:
        more = len(each.deals) - SHOWN
        names = ", ".join(each.deals[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        name = each.person or "nobody’s"
        said += wrapped(names, f"  {left(name, 14)}{right(str(len(each.deals)), 4)}  ")
    return said


def _short(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else ""


def _day(day: date) -> str:
    return f"{day:%a} {_short(day)}"


COMMANDS = (prep,)
