"""The deals' rows of a sheet: where the header stands, and which rows are no deals."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from msgspec import Struct

from store.crm.column import Column
from store.crm.fold import fold, header_keys
from store.crm.grid import Grid
from store.crm.headings import is_heading
from store.crm.knowledge import known_keys
from store.crm.sheet_words import LeftOut as LeftOut
from store.crm.sheet_words import only_sums

_DEPTH = 20
WIDEST = 20_000
"""Cells of a header; a spreadsheet has 16,384 columns at most."""
_WIDE = 3
"""Cells of a header that is known by its shape only."""
_LONG = 100
"""Characters that no header has."""
_FEW = 20
_SEVERAL = 4
"""Fields of which a deal has more than one filled."""
_VARIED = 0.8
_TOTALS = (
    r"(grand |sub)?-?totals?|(gesamt|zwischen)?summe|gesamt|total (g[eé]n[eé]ral|geral)|totale( complessivo| generale)?"
    r"|eindtotaal|suma( total)?|razem|celkem|итого|合計"
)
_FOOTER = re.compile(
    r"(grand |sub)?-?totals?\b.{0,30}|(count|sum|average)( of .{0,30})?|confidential information.*"
    r"|copyright\b.*|(report )?generated (by|on|at)\b.*|filter(s|ed)?( by| applied)?:.*|as of .{4,40}|page \d+ of \d+"
    rf"|.*\ball rights reserved\.?|{_TOTALS}",
    re.IGNORECASE | re.DOTALL,
)
_AGGREGATE = re.compile(
    r"sub-?totals?( .{0,20})?|(count|sum|average)( of .{0,30})?|zwischensumme|teilergebnis|anzahl|summe|mittelwert"
    r"|sous-total|somme|moyenne|subtotale|tussentotaal|recuento|conteggio|contagem|aantal|nombre",
    re.IGNORECASE | re.DOTALL,
)
"""Words of sums within a group; Total is none of them, which is a customer's name as well."""
_TOTAL = re.compile(_TOTALS, re.IGNORECASE)
_FOOTER_WORDS = (
    "total",
    "count",
    "sum",
    "average",
    "confidential",
    "copyright",
    "generated ",
    "rights reserved",
    "filter",
    "as of ",
    "page ",
    "---",
    "===",
    "gesamt",
    "summe",
    "razem",
    "celkem",
    "eindtotaal",
    "suma",
    "итого",
    "合計",
    ")",
)
"""What a first cell has that may be a footer's or a group's."""
SUMS = "a line of sums or a footer"
"""How the reason begins that a row of sums is left out for."""
_RULED = re.compile(r"[-=+_|: ]*(?:---|===|___|:-|-:)[-=+_|: ]*")
"""What a table drawn with signs has below its header."""
_GROUP = re.compile(r"\s*\S.*\([0-9]+\)\s*", re.DOTALL)
_TELLING = ("id", "name", "stage", "close_date", "owner")
"""Fields that a deal has and a line of sums has not."""

_BARE = ("owner", "stage", "amount", "close_date")
"""Fields of which a deal has at least one, where a list has three of them behind the names: a legend has none."""


class Body(Struct, frozen=True):
    """The rows below a header that are not blank, as columns."""

    numbers: Sequence[int]
    """Of the rows, as the file counts."""
    columns: list[Column]
    uneven: dict[int, list[str]]
    """Place among `numbers` to the whole row, where it is shorter or longer than the header."""

    def row(self, at: int) -> list[str]:
        """Give a row as it stands in the file."""
        return self.uneven.get(at) or [column.cells[at] for column in self.columns]


class Header(NamedTuple):
    """Where a header was found."""

    at: int
    """Its place among the first rows, from 0."""
    hits: int
    """How many of its cells are known headers."""


def find_header(grid: Grid, named: Iterable[str] = ()) -> Header | None:
    """Find the row among the first twenty with most headers that are known or named.

    Where none has two of them, it is the first row of different words that is as wide as the rows below.
    """
    known = known_keys() | {fold(header) for header in named}
    found = Header(0, 1)
    for at, row in enumerate(grid.head[: _DEPTH if grid.first else 1]):
        if len(row) > WIDEST:
            continue
        hits = {fold(cell) for cell in row if len(cell) < _LONG and not known.isdisjoint(header_keys(cell))}
        if len(hits) > found.hits:
            found = Header(at, len(hits))
    if found.hits > 1:
        return found
    shaped = _by_shape(grid.head)
    return None if shaped is None else Header(shaped, 0)


def _by_shape(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the first row of at least three different words, no figures, with a row of as many cells right below."""
    for at, (row, below) in enumerate(pairwise(rows[: _DEPTH + 1])):
        if len(row) > WIDEST:
            continue
        filled = [place for place, cell in enumerate(row) if cell.strip()] or [0]
        edges = slice(filled[0], filled[-1] + 1)
        # Empty columns at the edges are air, as long as the row below has nothing there either.
        if any(map(str.strip, (*below[: edges.start], *below[edges.stop :]))):
            continue
        cells, below = [cell.strip() for cell in row[edges]], below[edges]
        words = all(any(map(str.isalpha, cell)) and len(cell) < _LONG for cell in cells)
        if len(cells) >= _WIDE and words and len(set(cells)) == len(cells) == len(below) and any(below):
            return at
    return None


def gather(grid: Grid, header: int) -> Body:
    """Sort the rows below the header at a place into columns, equal cells being one object; blank rows go unsaid."""
    width = len(grid.head[header])
    numbers: list[int] = []
    cells: list[list[str]] = [[] for _ in range(width)]
    known: list[dict[str, str] | None] = [{} for _ in range(width)]
    uneven: dict[int, list[str]] = {}
    start, above = grid.first, grid.first + header
    for batch in grid.batches():
        fresh = range(start, start + len(batch))
        start += len(batch)
        if fresh.start <= above or not all(map(any, batch)):
            kept = [(number, row) for number, row in zip(fresh, batch, strict=True) if number > above and any(row)]
            fresh_numbers, rows = [number for number, _ in kept], [row for _, row in kept]
        else:
            fresh_numbers, rows = list(fresh), batch
        if set(map(len, rows)) - {width}:
            places = range(len(numbers), len(numbers) + len(rows))
            uneven |= {at: row for at, row in zip(places, rows, strict=True) if len(row) != width}
            rows = [(row + [""] * (width - len(row)))[:width] for row in rows]
        numbers += fresh_numbers
        for at, fresh_cells in enumerate(zip(*rows, strict=True)):
            cells[at].extend(
                fresh_cells if (seen := known[at]) is None else map(seen.setdefault, fresh_cells, fresh_cells)
            )
            # Where nearly every cell is different, as with ids, looking for equal ones is lost time.
            if seen and len(seen) > _VARIED * len(numbers):
                known[at] = None
    columns = [
        Column(column, seen, grid.typed.get(at, frozenset()))
        for at, (column, seen) in enumerate(zip(cells, known, strict=True))
    ]
    return Body(numbers, columns, uneven)


def _without(body: Body, places: Collection[int]) -> Body:
    """Leave rows out."""
    keep = [at not in places for at in range(len(body.numbers))]
    columns: list[Column] = []
    for column in body.columns:
        cells = list(compress(column.cells, keep))
        gone = {column.cells[at] for at in places}
        # A few footers are no reason to look at every cell again.
        known = column.different if len(gone) <= _FEW and column.different is not column.cells else None
        distinct = None if known is None else set(known).difference(g for g in gone if g not in cells)
        columns.append(Column(cells, distinct, column.typed))
    return Body(list(compress(body.numbers, keep)), columns, {})


def without_junk(body: Body, headers: Sequence[str], place: Mapping[str, int]) -> tuple[Body, tuple[LeftOut, ...]]:
    """Keep the rows that are deals, and say of each other one why it is none; rows of white space go unsaid."""
    reasons: dict[int, str] = {}
    above = -1
    used = {number for number in place.values() if body.columns[number]}
    for at in sorted(_suspects(body, headers, place)):
        above = above if at - 1 in reasons else at - 1
        reason = _reason(body.row(at), headers, place, body.numbers[above] if above >= 0 else 0, used)
        if reason is not None:
            reasons[at] = reason
    if not reasons:
        return body, ()
    left_out = tuple(LeftOut(body.numbers[at], reason) for at, reason in sorted(reasons.items()) if reason)
    return _without(body, reasons), left_out


def _suspects(body: Body, headers: Sequence[str], place: Mapping[str, int]) -> set[int]:
    """Find the rows worth a look: too long, without a telling value, like the header, or beginning like a footer."""
    found = {at for at, row in body.uneven.items() if len(row) > len(headers)}
    for number in place.values():
        column = body.columns[number]
        if headers[number] in column.different:
            found.update(column.places((headers[number],)))
    for number in (0, *(place[field] for field in _TELLING if field in place)):
        column = body.columns[number]
        if not all(map(str.strip, column.different)):
            found.update(column.places(cell for cell in column.different if not cell.strip()))
    for field in ("id", "name"):
        if field in place:
            column = body.columns[place[field]]
            found.update(column.places(cell for cell in column.different if "---" in cell))
    first = body.columns[0]
    everything = "\n".join(first.different).lower()
    if any(word in everything for word in _FOOTER_WORDS):
        found.update(first.places(c for c in first.different if any(word in c.lower() for word in _FOOTER_WORDS)))
    return found


def _reason(
    row: list[str], headers: Sequence[str], place: Mapping[str, int], above: int, used: Collection[int]
) -> str | None:
    """Say why a row is no deal; None where it is one, empty for a blank row. `used`: columns that any row fills."""
    cells = [cell.strip() for cell in row]
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    if sum(cell == header for cell, header in zip(cells, headers, strict=False) if cell) >= min(2, len(headers)):
        return "the header again"
    if sum(len(cell) < _LONG and fold(cell) in known_keys() for cell in filled) >= max(_WIDE, len(filled) * 2 // 3):
        return "the header of another table, as of subitems"
    telling = [field for field in _TELLING if field in place and place[field] < len(cells) and cells[place[field]]]
    if _FOOTER.fullmatch(filled[0]) and (len(telling) <= 1 or _only_counts(cells, filled, place, telling)):
        return f"{SUMS}: “{filled[0][:60]}”"
    if _GROUP.fullmatch(filled[0]) and len(telling) <= 1 and cells.index(filled[0]) == 0 and only_sums(filled[1:]):
        return f"the heading of a group: “{filled[0][:60]}”"
    if all(map(_RULED.fullmatch, filled)):
        return "a ruled line"
    if len(telling) <= 1 and is_heading(cells):
        return f"the heading of a group: “{filled[0][:60]}”"
    if (word := _aggregate(cells, place)) is not None:
        return f"{SUMS}: “{word[:60]}”"
    alone = len(filled) == 1 and cells[0] and len(place) >= _SEVERAL
    if alone and (" " in filled[0] or place.get("id") != 0):
        return f"a heading or a line of text: “{filled[0][:60]}”"
    if any(cells[len(headers) :]):
        return f"{len(cells)} cells where the header has {len(headers)}"
    if ("id" in place or "name" in place) and not {"id", "name"} & set(telling):
        named = "account" in place and place["account"] < len(cells) and cells[place["account"]] and "id" not in place
        if not named:
            return f"no id and no name{f'; it may belong to row {above}' if above else ''}"
    # What stands before the names may hold for a group and be blank below.
    names = min((place[field] for field in ("id", "name") if field in place), default=0)
    bare = [field for field in _BARE if place.get(field, -1) > names and place[field] in used]
    if len(bare) >= _WIDE and not any(cells[place[field]] for field in bare if place[field] < len(cells)):
        return f"no {', no '.join(field.replace('_', ' ') for field in bare)}: “{filled[0][:60]}”"
    return None


def _aggregate(cells: Sequence[str], place: Mapping[str, int]) -> str | None:
    """Give the word of a subtotal that stands behind the groups it belongs to, as cells merged downwards have them."""
    at = next((at for at, cell in enumerate(cells) if _AGGREGATE.fullmatch(cell)), None)
    if at is None:
        return None
    beside = {field for field in _TELLING if field in place and place[field] < len(cells) and cells[place[field]]}
    groups = {field for field in beside if place[field] < at}
    rest = [cell for cell in cells[at + 1 :] if cell and not _AGGREGATE.fullmatch(cell)]
    figures = {field for field in beside if place[field] > at and not _AGGREGATE.fullmatch(cells[place[field]])}
    return cells[at] if groups <= {"owner", "stage"} and figures <= {"id"} and only_sums(rest) else None


def _only_counts(cells: Sequence[str], filled: Sequence[str], place: Mapping[str, int], telling: Sequence[str]) -> bool:
    """Tell whether a footer's word is followed by figures only, which may stand where others have an id or a name."""
    word = cells.index(filled[0])
    bare = _AGGREGATE.fullmatch(filled[0]) or _TOTAL.fullmatch(filled[0])
    counts = {field for field in telling if place[field] != word}
    return bool(bare) and only_sums(filled[1:]) and counts <= {"id", "name"}
