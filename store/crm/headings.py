"""What a line above its deals says of them: “Owner: Ann Lee” on a row of its own holds for the rows below it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from store.crm.fold import fold, header_keys
from store.crm.knowledge import GENERIC, built_in
from store.crm.sheet_words import LeftOut, only_sums
from store.crm.words import nulls

FIELDS: Final[tuple[str, ...]] = ("owner", "stage", "category", "account")
"""Fields that lists are grouped by."""
_LABEL: Final = re.compile(r"\s*([^:：]{2,40}?)\s*[:：]\s*(\S.{0,120}?)\s*", re.DOTALL)
_COUNTED: Final = re.compile(r"(.*\S)\s*[(\[]\s*[0-9][0-9.,]*(?:\s+[^\W\d]+)?\s*[)\]]", re.DOTALL)
"""A group's name with the number of its rows behind it."""
_SHOWN: Final = 3
_SAY: Final = ("a heading", "the heading", "no id and no name")
"""How the reasons begin for which rows are left out that may say something of those below; sums say nothing."""


class Heading(NamedTuple):
    """A line that says one field of the deals below it."""

    field: str
    value: str
    labelled: bool
    """Whether the line names the field itself."""


class Above(NamedTuple):
    """What stands above the deals."""

    values: Mapping[str, Sequence[str]]
    """Field to its value for each deal, empty where no line says one."""
    said: tuple[str, ...]
    """Sentences about it."""


@lru_cache(maxsize=4096)
def labelled(cell: str) -> Heading | None:
    """Take a cell such as “Opportunity Owner: Ann Lee (3)” apart; None where it names no field of a group."""
    found = _LABEL.fullmatch(cell)
    if found is None:
        return None
    key, value = found.groups()
    keys = header_keys(key)
    ranks = (built_in().ranks(crm) for crm in (GENERIC, *built_in().profiles))
    fields = {field for ranked in ranks for one in keys for field in ranked.get(one, ())}
    field = next((field for field in FIELDS if field in fields and len(fields & {*FIELDS}) == 1), "")
    return Heading(field, _bare(value), True) if field else None


def is_heading(cells: Sequence[str]) -> bool:
    """Tell whether a row is nothing but such a line, with sums of its group behind it at most."""
    filled = [cell for cell in cells if cell]
    return labelled(filled[0]) is not None and only_sums(filled[1:])


def values_above(
    rows: Iterable[tuple[LeftOut, Sequence[str]]], numbers: Sequence[int], cells: Mapping[str, Sequence[str]],
    place: Mapping[str, int], titles: Sequence[str] = (),
) -> Above:  # fmt: skip
    """Give what the rows that were left out say of the deals below them.

    `numbers` are the deals' rows, `cells` what their own columns of `FIELDS` hold, `place` where those stand. One of
    `titles`, above the header, counts where others of its kind stand below. A line without a label counts only where it
    stands in a field's own column, that column is empty for every deal, and no deal stands before the first of them.
    """
    empty = {field for field, own in cells.items() if not any(cell.strip() for cell in own)}
    at_column = {place[field]: field for field in FIELDS if field in empty and field in place}
    found: list[tuple[int, Heading]] = []
    plain: list[str] = []
    for left, row in rows:
        if not left.reason.startswith(_SAY):
            continue
        heading = _heading(row, at_column)
        if heading is not None:
            found.append((bisect_left(numbers, left.row), heading))
        elif "heading" in left.reason:
            plain.append(next(cell for cell in row if cell).strip()[:40])
    below = {one.field for _, one in found if one.labelled}
    # Above the header stands the first group of those that are labelled further down, or a title that means nothing.
    found[:0] = [(0, one) for title in titles if (one := labelled(title)) is not None and one.field in below]
    certain = [
        (at, one)
        for at, one in found
        if one.labelled or next(first for first, other in found if other.field == one.field) == 0
    ]
    plain += [one.value[:40] for at, one in found if (at, one) not in certain]
    values = _spread(certain, len(numbers), {field: cells.get(field, ()) for field in FIELDS})
    return Above(values, (*_told(certain, values), *_hint(plain, cells, values)))


def _heading(row: Sequence[str], at_column: Mapping[int, str]) -> Heading | None:
    filled = [(at, cell.strip()) for at, cell in enumerate(row) if cell.strip()]
    if not filled or not only_sums([cell for _, cell in filled[1:]]):
        return None
    at, cell = filled[0]
    if (found := labelled(cell)) is not None:
        return found
    field = at_column.get(at)
    value = _bare(cell)
    return Heading(field, value, False) if field and value and any(map(str.isalpha, value)) else None


def _bare(value: str) -> str:
    """Give a group's name without the number of its rows; empty for the words for nothing."""
    counted = _COUNTED.fullmatch(value.strip())
    bare = (counted[1] if counted else value).strip()
    return "" if bare.lower() in nulls() else bare


def _spread(
    found: Sequence[tuple[int, Heading]], count: int, own: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """Repeat each line's value down to the next of its field, or of one that it stands below."""
    order = list(dict.fromkeys(heading.field for _, heading in found))
    values: dict[str, list[str]] = {field: [""] * count for field in order}
    now = dict.fromkeys(order, "")
    ends = [*(at for at, _ in found[1:]), count][: len(found)]
    for (at, heading), end in zip(found, ends, strict=True):
        inner = order[order.index(heading.field) :]
        now |= dict.fromkeys(inner, "") | {heading.field: heading.value}
        for field in order:
            values[field][at:end] = [now[field]] * (end - at)
    return {
        field: [mine.strip() or above for mine, above in zip(own[field], said, strict=True)] if own[field] else said
        for field, said in values.items()
    }


def _told(found: Sequence[tuple[int, Heading]], values: Mapping[str, Sequence[str]]) -> Iterable[str]:
    for field in values:
        groups = list(dict.fromkeys(heading.value for _, heading in found if heading.field == field and heading.value))
        more = f" and {len(groups) - _SHOWN} more" if len(groups) > _SHOWN else ""
        shown = ", ".join(f"“{group[:40]}”" for group in groups[:_SHOWN])
        if shown:
            yield (
                f"The {field} stands on lines of its own above the deals ({shown}{more}): taken for the deals below"
                " each of them."
            )


def _hint(
    plain: Sequence[str], cells: Mapping[str, Sequence[str]], values: Mapping[str, Sequence[str]]
) -> Iterable[str]:
    """Say what groups may be of which nothing tells what they are, where deals lack what they could be."""
    lacks = [
        field for field in ("owner", "stage") if not any(map(str.strip, cells.get(field, ()))) and field not in values
    ]
    several = [one for one in dict.fromkeys(plain) if fold(one)]
    if lacks and len(several) > 1:
        shown = ", ".join(f"“{one}”" for one in several[:_SHOWN])
        yield (
            f"Deals stand in groups ({shown}), and nothing says what those are: if they are the"
            f" {' or the '.join(lacks)}, have it as a column of its own, or write the lines as"
            f" “{lacks[0].capitalize()}: …”."
        )
