"""Columns to deals: each column converted as a whole, each different cell once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import compress, islice

from msgspec import Struct

from review.answers import Answers
from review.deals import Deal, Status
from review.settings import Settings
from review.unclear import Ask
from store.crm import asking
from store.crm.column import Column, clean
from store.crm.dates import DateColumn, OrderUnknown, read_ages, read_dates
from store.crm.endings import NOTHING, CategoryReader, StatusReader, closes, read_endings, still_open
from store.crm.fold import fold
from store.crm.groups import ungrouped
from store.crm.idents import judge, keys_without_ids, read_ids
from store.crm.mapping import Columns
from store.crm.markup import unmarked
from store.crm.money import Money, read_money, sold, yearly
from store.crm.numbers import MarkUnknown, read_booleans, read_probabilities
from store.crm.owners import bare_owner, one_each
from store.crm.report import some_rows
from store.crm.sheet import Body, LeftOut
from store.crm.stages import as_meant, strange, unknown
from store.crm.words import words

_DATES = ("close_date", "closed_on", "created", "last_activity", "last_inbound", "stage_entered", "next_step_date")
_TEXTS = ("account", "owner", "owner_email", "stage", "category", "next_step", "type", "lost_reason")
_AGES = {"last_activity": "days_inactive", "stage_entered": "days_in_stage"}
"""Field to the age in days that stands in for it."""
_ENDINGS = ("is_won", "is_lost", "deleted")  # Some exports give the day on which it happened.


class Assembled(Struct, frozen=True, kw_only=True):
    """The deals of a file with the numbers of their rows, and what was found on the way."""

    deals: list[Deal]
    rows: list[int]
    has_ids: bool
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    columns: tuple[str, ...]
    """The deal's fields that the file had a column for."""
    currency: str
    """The one currency that the file names for its amounts, or empty."""
    questions: tuple[Ask, ...] = ()
    """What the cells do not say; the deals are as the first answer would have them."""


def assemble(
    columns: Columns, body: Body, settings: Settings, day: date, answers: Answers, summed: bool = False,
    above: Mapping[str, Sequence[str]] = NOTHING,
) -> Assembled:  # fmt: skip
    """Make the deals, with the questions for a person; raises `Mixed`.

    `summed`: sums stood between the rows; `above`: field to its value for each row, as lines above the rows say it.
    """
    return _Assembly(columns, body, settings, day, answers, above).run(summed)


class _Assembly:
    """The conversion of one file, field by field, gathering warnings."""

    def __init__(
        self, columns: Columns, body: Body, settings: Settings, day: date, answers: Answers,
        above: Mapping[str, Sequence[str]],
    ) -> None:  # fmt: skip
        self.columns, self.body, self.settings, self.day, self.answers = columns, body, settings, day, answers
        self.above = above
        self.count = len(body.numbers)
        self.warnings: list[str] = []
        self.questions: list[Ask] = []

    def run(self, summed: bool) -> Assembled:
        """Convert every column and put the deals together."""
        texts, asked = ungrouped(
            self.columns, {field: self._text(field) for field in _TEXTS}, self.answers.fill_down, summed
        )
        self.questions += asked
        texts["next_step"] = list(map(unmarked, texts["next_step"]))
        texts["stage"] = as_meant(texts["stage"], self.answers.stages)
        names = self._names(texts["account"])
        dates = self._dates()
        has_ids = self._has("id")
        ids = self._ids(has_ids, texts, names, dates["created"])
        damaged = list(map(self.damaged.__contains__, ids)) if self.damaged else [False] * self.count
        status = self._status(texts["stage"])
        money = self._money()
        keep, left_out = self._kept(ids)
        fields: dict[str, Sequence[object]] = {
            **texts, **dates, "id": ids, "name": self._named(names, ids), "amount": self._amounts(money, status),
            "category": self._categories(texts["stage"], status), "probability": self._probabilities(),
            "close_date": self._close(dates, status), "status": status, "category_word": texts["category"],
            "id_damaged": damaged,
        }  # fmt: skip
        # By place and not by name, which takes a third of the time in a large file.
        make: Callable[..., Deal] = Deal
        deals = list(map(make, *(fields[field] for field in Deal.__struct_fields__)))
        numbers = list(self.body.numbers)
        if keep:
            deals, numbers = list(compress(deals, keep)), list(compress(numbers, keep))
        return Assembled(
            deals=deals, rows=numbers, has_ids=has_ids, left_out=left_out, warnings=tuple(self.warnings),
            columns=self._fields(money), currency=money.currency, questions=tuple(self.questions),
        )  # fmt: skip

    def _has(self, field: str) -> bool:
        return field in self.columns.place

    def _column(self, field: str) -> Column:
        return self.body.columns[self.columns.place[field]]

    def _text(self, field: str) -> Sequence[str]:
        """Give a column of text, empty where there is no such column."""
        if not self._has(field) and field not in self.above:
            return [""] * self.count
        found = self.above.get(field) or clean(self._column(field))
        if names := self.columns.profile.names.get(field):
            found = [names.get(cell, cell) for cell in found]
        if field == "owner":
            spaced = {owner: bare_owner(owner) for owner in set(found)}
            found = list(map(spaced.__getitem__, found))
            nobody = {word.casefold() for word in words().nobody}
            unowned = {owner for owner in set(found) if owner.casefold() in nobody}
            found = ["" if owner in unowned else owner for owner in found] if unowned else found
            found, said = one_each(found, self.body.numbers, (person.name for person in self.settings.people))
            self.warnings += said
        if field == "stage" and not any(found) and self._has("status"):
            return clean(self._column("status"))
        return found

    def _names(self, accounts: Sequence[str]) -> Sequence[str]:
        """Give the deals' names; a deal without one goes by its account."""
        if not self._has("name"):
            return accounts
        names = clean(self._column("name"), keep=True)
        return names if all(names) else [name or account for name, account in zip(names, accounts, strict=True)]

    @staticmethod
    def _named(names: Sequence[str], ids: Sequence[str]) -> Sequence[str]:
        """Let a deal without a name go by its id."""
        return names if all(names) else [name or ident for name, ident in zip(names, ids, strict=True)]

    def _ids(
        self, has_ids: bool, texts: dict[str, Sequence[str]], names: Sequence[str], created: Sequence[date | None]
    ) -> Sequence[str]:
        """Give the ids, or keys where there are none, and note the damaged ones."""
        self.damaged: frozenset[str] = frozenset()
        if not has_ids:
            return keys_without_ids(texts["account"], names, created, texts["owner"])
        judged = judge(read_ids(self._column("id")), self.columns.crm == "salesforce", self.answers.trim_ids)
        self.damaged = judged.damaged
        self.warnings += judged.warnings
        if judged.tails:
            self.questions.append(asking.tails(judged.tails))
        return judged.ids

    def _dates(self) -> dict[str, list[date | None]]:
        """Read every date column; an age in days stands in for the date it counts from."""
        columns = {field: self._column(field) for field in _DATES if self._has(field)}
        try:
            found = read_dates(columns, self.answers.date_order)
        except OrderUnknown as unknown:
            field, value = unknown.args
            self.questions.append(asking.date_order(self.columns.header(field), value))
            found = read_dates(columns, "dmy")
        for field, age in _AGES.items():
            if field not in found and self._has(age):
                found[field] = read_ages(self._column(age), self.day)
        for field, column in found.items():
            self._misfits(column.misfits, field, "is no date with day, month and year; left empty")
        empty = DateColumn([None] * self.count, ())
        return {field: found.get(field, empty).values for field in _DATES}

    def _close(self, dates: dict[str, list[date | None]], status: Sequence[Status]) -> list[date | None]:
        """Give the expected close of open deals, and the actual one of closed deals where the file has it."""
        if not self._has("closed_on"):
            return dates["close_date"]
        if self.columns.place["closed_on"] != self.columns.place.get("close_date"):
            self.warnings += still_open(self.columns.header("closed_on"), dates["closed_on"], status)
        return closes(dates["close_date"], dates["closed_on"], status)

    def _flags(self, field: str) -> Sequence[bool | None]:
        if not self._has(field):
            return [None] * self.count
        return (read_endings if field in _ENDINGS else read_booleans)(self._column(field))

    def _status(self, stages: Sequence[str]) -> list[Status]:
        """Tell open, won and lost, and say which stages leave it open."""
        reader = StatusReader(self.columns.profile, self.settings, self.answers.stages)
        said = self._column("status").cells if self._has("status") else [""] * self.count
        lost = self._flags("is_lost")
        if self._has("active"):
            lost = [True if active is False else flag for active, flag in zip(self._flags("active"), lost, strict=True)]
        status = reader.read(said, stages, self._flags("is_closed"), self._flags("is_won"), lost)
        self.warnings += reader.warnings
        if self.columns.place.get("status") != self.columns.place.get("stage"):
            warnings, questions = strange(reader.strange, self.columns.used.get("status", ""))
            self.warnings += warnings
            self.questions += questions
        warnings, questions = unknown(stages, status, self.settings, self.answers.stages)
        self.warnings += warnings
        self.questions += questions
        return status

    def _categories(self, stages: Sequence[str], status: list[Status]) -> list[object]:
        reader = CategoryReader(self.columns.profile, self.settings, self.answers.categories)
        cells = self._column("category").cells if self._has("category") else None
        found = reader.read(cells, stages, status)
        self.warnings += reader.warnings
        self.questions += [asking.category(word, count) for word, count in islice(reader.unknown.items(), asking.MOST)]
        return list(found)

    def _money(self) -> Money:
        try:
            return read_money(self.columns, self.body, self.settings, self.answers.decimal_mark)
        except MarkUnknown as unknown:
            header = self.columns.header("amount" if self._has("amount") else "converted")
            self.questions.append(asking.decimal_mark(header, unknown.args[0]))
            return read_money(self.columns, self.body, self.settings, ",")

    def _amounts(self, money: Money, status: Sequence[Status]) -> list[Decimal | None]:
        self.warnings += money.warnings
        self._misfits(money.misfits, money.source, "is no amount that can be read; left empty")
        if min(filter(None, money.values), default=0) < 0:
            numbered = zip(self.body.numbers, money.values, strict=True)
            below = [number for number, value in numbered if value is not None and value < 0]
            self.warnings.append(f"Amounts below 0 in {some_rows(below)}: counted as they stand.")
        values = money.values or [None] * self.count
        if self._has("amount_period"):
            values, warnings = yearly(values, self._column("amount_period"), self.body.numbers)
            self.warnings += warnings
        if self._has("won_amount") and money.source == "amount":
            return sold(values, self._column("won_amount"), status, self.answers.decimal_mark)
        return values

    def _probabilities(self) -> list[Decimal | None]:
        if not self._has("probability"):
            return [None] * self.count
        values, bad, unclear = read_probabilities(self._column("probability"), self.answers.probability_scale)
        if unclear:
            self.warnings.append(
                f"“{self.columns.header('probability')}” holds only 0 and 1: certain, or one percent? Left out; say"
                " probability_scale = 1 or 100 in the mapping file."
            )
            self.questions.append(asking.probability_scale(self.columns.header("probability")))
        self._misfits(bad, "probability", "is no probability from 0 to 100; left empty")
        return values

    def _kept(self, ids: Sequence[str]) -> tuple[list[bool], tuple[LeftOut, ...]]:
        """Tell which rows become deals, those with an id that the CRM has not deleted; nothing where all do."""
        gone = self._gone()
        if all(ids) and not gone:
            return [], ()
        keep = [bool(ident) and at not in gone for at, ident in enumerate(ids)]
        left_out = tuple(
            LeftOut(number, gone.get(at, "no id"))
            for at, (number, kept) in enumerate(zip(self.body.numbers, keep, strict=True))
            if not kept
        )
        return keep, left_out

    def _gone(self) -> dict[int, str]:
        """Give the places of rows that the CRM itself does not count as deals, each with the reason."""
        gone = {at: "deleted in the CRM" for at, flag in enumerate(self._flags("deleted")) if flag}
        if self._has("current"):
            stale = {at for at, flag in enumerate(self._flags("current")) if flag is False}
            gone = dict.fromkeys(stale, "an older state of a deal") | gone
        if self._has("record_type"):
            kinds = self._column("record_type")
            leads = kinds.places(cell for cell in kinds.distinct if fold(cell) == "lead")
            gone = dict.fromkeys(leads, "a lead and no opportunity") | gone
        return gone

    def _misfits(self, places: Sequence[int], field: str, what: str) -> None:
        """Warn of cells that gave no value."""
        if places:
            source = field if self._has(field) else _AGES[field]
            cell = self._column(source).cells[places[0]].strip()[:40]
            rows = some_rows([self.body.numbers[place] for place in places])
            self.warnings.append(f"“{self.columns.header(source)}” in {rows}: “{cell}” {what}.")

    def _fields(self, money: Money) -> tuple[str, ...]:
        """Name the deal's fields that have a column."""
        has: Callable[[str], bool] = self._has
        stands_in = {**_AGES, "amount": money.source}
        flags = any(has(field) for field in ("status", "is_closed", "is_won", "is_lost", "active"))
        return tuple(
            field
            for field in Deal.__struct_fields__
            if has(field) or field in self.above or has(stands_in.get(field, field)) or (field == "status" and flags)
        )
