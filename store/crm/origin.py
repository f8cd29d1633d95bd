"""The form of a file, kept beside its deals so that decisions can go back in it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Final

from review.deals import Deal, Status
from review.origin import Origin
from store.crm.fold import fold
from store.crm.mapping import Columns
from store.crm.numbers import read_booleans
from store.crm.sheet import Body
from store.crm.table import Table

_SAMPLE: Final = 300
"""Deals that the form of a column is taken from."""
_DATED: Final = 100
"""Dates that are written in every form."""
_FORMS: Final = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%m/%d/%Y", "%m-%d-%Y",
    "%d.%m.%y", "%d/%m/%y", "%d-%m-%y", "%m/%d/%y", "%m-%d-%y", "%d-%b-%Y", "%d %b %Y", "%d %b, %Y", "%b %d, %Y",
    "%d %B %Y", "%B %d, %Y",
)  # fmt: skip
_LIKELY: Final = "mostlikely"
_KIND: Final = attrgetter("status", "category", "category_word")
_DIGITS = re.compile(r"[^0-9]")
_CURRENCY = re.compile(r"[^0-9.,\s'’+-]")
_ZERO = re.compile(r"(?<!\d)0(?=\d)")
_MARKED = re.compile(r"([.,])(\d+)\D*$")


def origin_of(
    table: Table, columns: Columns, deals: Sequence[Deal], rows: Sequence[int], stages: Mapping[str, str]
) -> Origin:
    """Take the form from the cells that the first deals were read from.

    `rows` are the numbers of the deals' rows, `stages` the words that somebody has said to mean a stage.
    """
    cells = _Cells(columns, table.body, deals, rows)
    return Origin(
        profile=columns.crm,
        headers={field: table.written[at].strip("\ufeff") for field, at in columns.place.items()},
        delimiter=table.delimiter,
        dates={field: form for field in ("close_date", "next_step_date") if (form := cells.date_form(field))},
        decimal_mark=cells.decimal_mark(),
        categories=cells.categories(),
        closings=cells.closings(),
        stages=cells.stages(stages),
        pipelines=cells.pipelines() if columns.profile.write.pipeline else {},
        converted=cells.converted(),
        with_products=cells.with_products(),
    )


class _Cells:
    """The deals of a file beside the cells they were read from."""

    def __init__(self, columns: Columns, body: Body, deals: Sequence[Deal], rows: Sequence[int]) -> None:
        self._columns, self._body, self.deals, self._rows = columns, body, deals, rows

    def beside(self, field: str, deals: Iterable[tuple[Deal, int]]) -> Iterator[tuple[Deal, str]]:
        """Give deals with their cells of a column that is there."""
        cells = self._body.columns[self._columns.place[field]].cells
        for deal, row in deals:
            yield deal, cells[bisect_left(self._body.numbers, row)].strip()

    def first(self) -> Iterable[tuple[Deal, int]]:
        """Give the deals that tell the form, with the numbers of their rows."""
        return zip(self.deals[:_SAMPLE], self._rows, strict=False)

    def date_form(self, field: str) -> str:
        """Give the form that writes most of a column's dates as they stand there; empty where there are none."""
        if field not in self._columns.place:
            return ""
        votes: Counter[str] = Counter()
        for deal, cell in islice(self.beside(field, self.first()), _DATED):
            day: date | None = getattr(deal, field)
            if day is not None and cell:
                bare = _ZERO.sub("", cell)
                votes.update(form for form in _FORMS if bare.startswith(_ZERO.sub("", day.strftime(form))))
        return max(votes, key=lambda form: (votes[form], -_FORMS.index(form)), default="")

    def decimal_mark(self) -> str:
        """Give the mark before decimals: the one with other than three digits behind it, or the other of thousands."""
        if "amount" not in self._columns.place:
            return "."
        for deal, cell in self.beside("amount", self.first()):
            found = _MARKED.search(cell)
            if found is None or deal.amount is None:
                continue
            if len(found[2]) != 3 or deal.amount != int(deal.amount):
                return found[1]
            if cell.count(found[1]) == 1 and found[1] == ".":
                return ","
        return "."

    def closings(self) -> dict[str, str]:
        """Find the words that most closed deals have for it, in the stage and in the status."""
        found: dict[str, Counter[str]] = {}
        all_deals = zip(self.deals, self._rows, strict=False)
        closed = list(islice((one for one in all_deals if one[0].status is not Status.OPEN), _SAMPLE))
        for field in ("stage", "status"):
            if field in self._columns.place:
                for deal, cell in self.beside(field, closed):
                    if cell:
                        found.setdefault(f"{field} {deal.status}", Counter())[cell] += 1
        return {key: words.most_common(1)[0][0] for key, words in found.items()}

    def stages(self, said: Mapping[str, str]) -> dict[str, str]:
        """Give the file's own word for each stage that has another name in the settings."""
        if not said or "stage" not in self._columns.place:
            return {}
        here = {cell.strip() for cell in self._body.columns[self._columns.place["stage"]].distinct}
        return {stage: word for word, stage in said.items() if word in here and stage not in here}

    def pipelines(self) -> dict[str, str]:
        """Give each open deal's pipeline, or the one that all of the file are in under no id."""
        if "pipeline" not in self._columns.place:
            return {}
        here = set(self._body.columns[self._columns.place["pipeline"]].distinct) - {""}
        if len(here) == 1:
            return {"": here.pop().strip()}
        every = zip(self.deals, self._rows, strict=False)
        still_open = (one for one in every if one[0].status is Status.OPEN)
        return {deal.id: cell for deal, cell in self.beside("pipeline", still_open) if cell}

    def with_products(self) -> tuple[str, ...]:
        """Name the open deals that the file flags as having products."""
        if "has_products" not in self._columns.place:
            return ()
        column = self._body.columns[self._columns.place["has_products"]]
        flags = dict(zip(self._body.numbers, read_booleans(column), strict=True))
        every = zip(self.deals, self._rows, strict=False)
        return tuple(deal.id for deal, row in every if deal.status is Status.OPEN and flags[row])

    def categories(self) -> dict[str, str]:
        """Find the word that most open deals of a category have for it; “Most likely” is none of the review's."""
        found: dict[str, str] = {}
        for (status, category, word), _ in Counter(map(_KIND, self.deals)).most_common():
            if status is Status.OPEN and word and fold(word) != _LIKELY:
                found.setdefault(category.value, word)
        return found

    def converted(self) -> tuple[str, ...]:
        """Name the open deals whose amount is another figure than the one in their cell."""
        if "amount" not in self._columns.place or not (
            self._has_several_currencies() or any(self._unlike(self.first()))
        ):
            return ()
        return tuple(self._unlike(zip(self.deals, self._rows, strict=False)))

    def _has_several_currencies(self) -> bool:
        place, columns = self._columns.place, self._body.columns
        if "converted" in place or ("currency" in place and len(columns[place["currency"]].distinct) > 1):
            return True
        amounts = "".join(columns[place["amount"]].different)
        return not amounts.replace(".", "").isdecimal() and _CURRENCY.search(amounts) is not None

    def _unlike(self, deals: Iterable[tuple[Deal, int]]) -> Iterator[str]:
        for deal, cell in self.beside("amount", deals):
            if deal.status is Status.OPEN and deal.amount is not None and not _same(cell, deal.amount):
                yield deal.id


def _same(cell: str, amount: Decimal) -> bool:
    """Compare by the digits that count: marks, signs and units change none of them."""
    return _DIGITS.sub("", cell).strip("0") == _DIGITS.sub("", format(amount, "f")).strip("0")
