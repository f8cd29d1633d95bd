"""The mapping page of a file: a line for every field that a review needs, and the questions among them."""

from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec.structs import replace

from review.unclear import COLUMN_LEFT_OUT, Ask, Choice
from store.crm.column import Column
from store.crm.mapping import Columns
from store.crm.sheet import Body
from store.crm.words import nulls

LABELS = {
    "id": "Record id",
    "name": "Deal name",
    "account": "Account",
    "owner": "Owner",
    "amount": "Amount",
    "currency": "Currency",
    "stage": "Stage",
    "category": "Forecast category",
    "close_date": "Close date",
    "created": "Created",
    "last_activity": "Last activity",
    "stage_entered": "In stage since",
    "next_step": "Next step",
    "next_step_date": "Next step date",
    "probability": "Probability",
    "type": "Type",
    "status": "Open or closed",
}
"""Field to its words on the page, in the order of the page."""
_SAID = {"created": "created date", "stage_entered": "day on which the stage began", "status": "status"}
"""Field to its words in a sentence, where those of the page make none."""
NAMING = ("id", "name", "account")
TELLING = ("stage", "amount", "converted", "close_date")
_NEEDED = ("owner", "stage", "amount", "close_date")
"""Fields without which most of a review is empty: what comes near to one is asked for, not left out."""
_OFFERED = 1_000
"""Columns among which a person may choose."""
_SHOWN = 3
_LOOKED_AT = 400
_LONGEST = 40


def is_deals(columns: Columns, *, or_likely: bool = False) -> bool:
    """Tell whether the columns are those of a list of deals, or would be if a person agrees to what comes near."""
    there = columns.place.keys() | (columns.likely.keys() if or_likely else set())
    return bool(there & set(NAMING) and there & set(TELLING))


def column_asks(columns: Columns, body: Body) -> list[Ask]:
    """Give the page's lines about columns."""
    taken = set(columns.place.values())
    free = [place for place, header in enumerate(columns.headers) if header and place not in taken][:_OFFERED]
    return [_line(field, label, columns, body, free) for field, label in LABELS.items()]


def _line(field: str, label: str, columns: Columns, body: Body, free: Sequence[int]) -> Ask:
    rivals, likely = columns.rivals.get(field, ()), columns.likely.get(field, ())
    place = columns.place.get(field)
    first = rivals or ((place,) if place is not None else likely)
    order = dict.fromkeys((*first, *free))
    choices = [Choice(columns.headers[at], columns.headers[at], samples(body.columns[at])) for at in order]
    choices.append(Choice(COLUMN_LEFT_OUT, "no column"))
    needed = bool(rivals) or bool(likely and is_needed(field, columns))
    ask = Ask(
        id=field,
        label=label,
        choices=tuple(choices),
        chosen=0 if first else len(choices) - 1,
        sure=place is not None and not rivals,
        needed=needed,
    )
    return ask if ask.sure or not first else _worded(ask, len(first))


def is_needed(field: str, columns: Columns) -> bool:
    """Tell whether a field has to be known before the file can be taken."""
    return field in _NEEDED or (field in NAMING and not columns.place.keys() & set(NAMING))


def assumed(columns: Columns) -> Columns:
    """Give the columns as if what is asked for were answered as proposed."""
    proposed = {field: found[0] for field, found in columns.likely.items() if is_needed(field, columns)}
    return replace(columns, place=columns.place | proposed, asked=bool(proposed or columns.rivals))


def _worded(ask: Ask, near: int) -> Ask:
    shown = [f"“{one.shown}” ({', '.join(one.samples)})" for one in ask.choices[: max(1, min(near, 3))]]
    which = " or ".join(shown)
    sentence = f"{ask.label}: is it {which}?" if near == 1 else f"{ask.label}: which is it, {which}?"
    return replace(ask, sentence=sentence)


def samples(column: Column) -> tuple[str, ...]:
    """Give the first three different values of a column, short."""
    found: dict[str, None] = {}
    for cell in islice(column.cells, _LOOKED_AT):
        text = " ".join(cell.split())
        if text.lower() not in nulls():
            found[text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"] = None
        if len(found) == _SHOWN:
            break
    return tuple(found)


def near_misses(columns: Columns, body: Body) -> tuple[str, ...]:
    """Say which columns come near to a field and were not taken, because nobody has said so."""
    return tuple(
        f"Not taken: “{columns.headers[likely[0]]}” ({', '.join(samples(body.columns[likely[0]]))}) looks like the"
        f" {_SAID.get(field, LABELS[field].lower())}. If it is, put"
        f' "{columns.headers[likely[0]]}" = "{field}" under [mapping] in a mapping file.'
        for field, likely in columns.likely.items()
        if not is_needed(field, columns)
    )


def with_questions(lines: Iterable[Ask], questions: Iterable[Ask]) -> tuple[Ask, ...]:
    """Put the lines that must be answered first, then those that may be, then the certain ones."""
    return tuple(sorted((*lines, *questions), key=lambda ask: 0 if ask.needed else 1 if ask.sentence else 2))
