"""A table of cells to deals and a report; what only a person knows is asked, what cannot be used is refused."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from review.answers import Answers, answered
from review.compared import compare
from review.deals import Export
from review.events_desk import ColumnsConfirmed
from review.records import Ledger
from review.settings import Settings
from review.unclear import COLUMN_LEFT_OUT, Ask, Unclear, every_column
from store.crm import asking
from store.crm.alike import alike
from store.crm.assemble import Assembled, assemble
from store.crm.headings import FIELDS as GROUPED
from store.crm.headings import Above, values_above
from store.crm.idents import Twice, clashing_damage, once_each
from store.crm.knowledge import GENERIC, Knowledge, built_in
from store.crm.mapping import Columns, map_columns
from store.crm.memory import header_set
from store.crm.money import Mixed
from store.crm.origin import origin_of
from store.crm.others import beside_deals, lying, other_kind
from store.crm.page import assumed, column_asks, is_deals, near_misses, with_questions
from store.crm.refusals import not_imported
from store.crm.report import Report, coded_owners, make_report
from store.crm.sheet import SUMS, Body, LeftOut, without_junk
from store.crm.table import Table
from store.errors import Refused

_CODE: Final = re.compile("[A-Z]{3}")
_LISTED: Final = 15
"""Columns of a list of nobody knows what that are named one by one, each with its line."""
_ACCOUNT: Final = attrgetter("account")


class Experience(Struct, frozen=True, kw_only=True):
    """What a workspace knows besides the file."""

    remembered: Mapping[str, Answers] = {}
    """Set of headers to what was confirmed for an earlier file with it."""
    knowledge: Knowledge | None = None
    """The profiles; None: those that come with the program."""
    before: Ledger | None = None
    """What stood before, to compare with."""


class Given(Struct, frozen=True, kw_only=True):
    """All that a file is read by."""

    settings: Settings
    day: date
    """The day the export shows."""
    answers: Answers = Answers()
    """What a person has said of this file."""
    experience: Experience = Experience()

    @property
    def known(self) -> Knowledge:
        """The profiles."""
        return self.experience.knowledge or built_in()

    @property
    def to_find_it(self) -> Answers:
        """The answers by which the table is found: every header that somebody named helps to find the header row."""
        earlier = (header for answers in self.experience.remembered.values() for header in answers.mapping)
        named = dict.fromkeys((*self.known.own, *earlier), COLUMN_LEFT_OUT)
        return replace(self.answers, mapping={**named, **self.answers.mapping})


class Reading(Struct, frozen=True):
    """What came out of a file."""

    export: Export
    report: Report
    asks: tuple[Ask, ...] = ()
    """The mapping page, for whoever wants to look at it."""
    learned: ColumnsConfirmed | None = None
    """What a person said of it for the first time, to be remembered for its headers."""
    original: bytes = b""
    """The file itself, where it has to go back to the CRM as it came."""


def deals_of(table: Table, given: Given) -> Reading:
    """Make deals of a table; raises `Unclear` with everything that a person must say, and `Refused`."""
    key = header_set(table.headers)
    earlier = given.experience.remembered.get(key, Answers())
    answers = answered(earlier, given.answers)
    given = replace(given, settings=_with_rates(given.settings, earlier, given.answers))
    columns = map_columns(table.headers, table.body, answers, given.known)
    _require_deals(table, columns, named=bool(answers.mapping))
    body, left_out = without_junk(table.body, table.headers, columns.place)
    above = _above(table, body, left_out, columns)
    columns = replace(columns, likely={one: at for one, at in columns.likely.items() if one not in above.values})
    summed = any(one.reason.startswith(SUMS) and one.row < body.numbers[-1] for one in left_out if body.numbers)
    lines = column_asks(columns, body)
    questions: list[Ask] = []
    # What the cells leave open is asked together with the columns, as if the proposed ones were taken.
    found = _assembled(replace(table, body=body), assumed(columns), given, answers, questions, summed, above)
    if found is not None and not found.deals:
        raise _nothing(table.file, columns, (*table.left_out, *left_out, *found.left_out))
    if found is None or any(ask.needed for ask in (*lines, *questions)):
        raise Unclear(table.file, with_questions(lines, questions), crm=columns.profile.name)
    found = replace(found, left_out=(*table.left_out, *left_out, *found.left_out))
    export, report = _reading(replace(table, body=body), given, columns, found, answers.stages)
    told = answers.lasting != earlier and answers.lasting != Answers()
    learned = ColumnsConfirmed(headers=key, answers=answers.lasting) if told else None
    return Reading(export, report, with_questions(lines, questions), learned)


def _with_rates(settings: Settings, earlier: Answers, now: Answers) -> Settings:
    """Put what is said of currencies now over the settings, and those over what was said of an earlier file."""
    rates = {code.upper(): rate for code, rate in (earlier.rates | settings.rates | now.rates).items()}
    currency = now.to_currency or (settings.untouched and earlier.to_currency) or settings.currency
    if (rates, currency) == (settings.rates, settings.currency):
        return settings
    return replace(settings, rates=rates, currency=currency.upper())


def _above(table: Table, deals: Body, left_out: tuple[LeftOut, ...], columns: Columns) -> Above:
    """Find what lines of their own say of the deals below them."""
    every = table.body
    rows = ((one, every.row(bisect_left(every.numbers, one.row))) for one in left_out)
    cells = {field: deals.columns[columns.place[field]].cells for field in GROUPED if field in columns.place}
    return values_above(rows, deals.numbers, cells, columns.place, table.titles)


def _assembled(
    table: Table, columns: Columns, given: Given, answers: Answers, questions: list[Ask], summed: bool, above: Above
) -> Assembled | None:
    """Make the deals, each once, and gather the questions; None where rows of one deal differ and nobody chose."""
    try:
        found = assemble(columns, table.body, given.settings, given.day, answers, summed, above.values)
        found = replace(found, warnings=(*above.said, *found.warnings))
    except Mixed as mixed:
        raise _mixed(table.file, columns, given.settings, *mixed.args) from mixed
    questions += found.questions
    try:
        deals, twins = once_each(
            found.deals, found.rows, found.has_ids, columns.used, later=answers.duplicates == "later"
        )
    except Twice as twice:
        listed, has_ids = twice.args
        if columns.asked:
            return None
        if damaged := clashing_damage(found.deals):
            raise not_imported(table.file, damaged, columns.profile.name) from twice
        if not has_ids:
            raise not_imported(
                table.file, f"{listed}. Add the record id as a column of the report and import again",
                columns.profile.name,
            ) from twice  # fmt: skip
        questions.append(asking.duplicates(listed))
        return None
    kept = set(map(id, deals)) if twins else ()
    rows = [row for deal, row in zip(found.deals, found.rows, strict=True) if id(deal) in kept] if twins else found.rows
    return replace(found, deals=deals, rows=rows, left_out=(*found.left_out, *twins))


def _reading(
    table: Table, given: Given, columns: Columns, found: Assembled, stages: Mapping[str, str]
) -> tuple[Export, Report]:
    """Put the export and its report together."""
    export = Export(
        id=f"{given.day.isoformat()}-{table.digest}",
        day=given.day,
        source=table.file,
        crm=columns.profile.name,
        deals=tuple(found.deals),
        columns=found.columns,
        has_ids=found.has_ids,
        currency=found.currency,
        origin=origin_of(table, columns, found.deals, found.rows, stages),
    )
    report = make_report(
        found.deals,
        file=table.file,
        crm=columns.profile.name,
        settings=given.settings,
        roster=given.experience.before.roster if given.experience.before else (),
        currency=(given.settings.untouched and found.currency) or given.settings.currency,
        used=columns.used,
        columns=found.columns,
        left_over=columns.left_over,
        left_out=found.left_out,
        warnings=(
            *_unnamed(found, given),
            *table.notes,
            *columns.ambiguous,
            *near_misses(columns, table.body),
            *found.warnings,
            *alike(map(_ACCOUNT, found.deals)),
        ),
        compared=compare(given.experience.before, export) if given.experience.before else None,
    )
    return export, report


def _unnamed(found: Assembled, given: Given) -> tuple[str, ...]:
    """Say how owners get their names, unless somebody has said who they are."""
    before = given.experience.before
    return () if given.settings.people or (before and before.roster) else coded_owners(found.deals)


def _require_deals(table: Table, columns: Columns, *, named: bool) -> None:
    """Refuse a list that is no list of deals; a person who knows better can say so on the page, or has `named` some."""
    if not named and (kind := beside_deals(columns.headers)):
        raise not_imported(table.file, f"it {kind}", columns.profile.name)
    if is_deals(columns, or_likely=True):
        return
    kind = other_kind(columns.headers) or lying(table.headers, table.body)
    if kind:
        raise not_imported(table.file, f"it {kind}", columns.profile.name)
    naming = (columns.place.keys() | columns.likely.keys()) & {"id", "name", "account"}
    lacks = "an id, a deal name or an account" if not naming else "a stage, an amount or a close date"
    heads = ", ".join(f"“{header[:30]}”" for header in columns.headers[:8])
    told = next((header for header in columns.headers if header), "")
    why = not_imported(
        table.file,
        f"no column has {lacks}, so these are no deals; the header has {heads}. If they are deals, say what its columns"
        f' are in a file for --map, as in [mapping] "{told[:30]}" = "name", or press i in the lobby',
        columns.profile.name,
    )
    asks = column_asks(columns, table.body)
    few = len(list(filter(None, columns.headers))) <= _LISTED
    raise Unclear(table.file, asks, crm=columns.profile.name, refusal=str(why), lines=every_column(asks) if few else "")


def _nothing(file: str, columns: Columns, left_out: tuple[LeftOut, ...]) -> Refused:
    """Refuse a file without deals: taken, it would make every deal vanish."""
    why = ""
    if left_out:
        shown = "; ".join(one.plain().said for one in left_out[:3])
        why = f" ({len(left_out):,} rows left out: {shown}{'; …' if len(left_out) > 3 else ''})"
    return not_imported(file, f"there are no deals in it{why}", columns.profile.name)


def _mixed(file: str, columns: Columns, settings: Settings, listed: str, foreign: Iterable[str]) -> Refused:
    """Refuse several currencies that cannot be brought to one."""
    if strange := sorted(code for code in foreign if not _CODE.fullmatch(code)):
        raise Refused(
            f"{file} was not imported: its amounts are in several currencies ({listed}), and “{strange[0]}” is the name"
            f" of none that is known. Have the column “{columns.header('currency')}” say codes such as EUR, or add the"
            f" amount in {settings.currency} to the report."
        )
    rates = " ".join(f"--rate {code}=…" for code in sorted(foreign))
    lasting = ", ".join(f"{code} = …" for code in sorted(foreign))
    return Refused(
        f"{file} was not imported: its amounts are in several currencies ({listed}), which cannot be added. Say what"
        f" one of each is worth in {settings.currency} – {rates}, with --currency for another one than"
        f" {settings.currency} –, or write it into closeout.toml in the workspace, under [money]: rates ="
        f" {{ {lasting} }}. Or add the amount in {settings.currency} to the report, which"
        f" {columns.profile.name if columns.crm != GENERIC else 'most CRMs'} can convert."
    )
