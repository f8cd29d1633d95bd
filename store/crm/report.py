"""What was read from a file, and what was not, for the person who imports it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Final

import msgspec
from msgspec import Struct

from review.compared import Compared
from review.deals import Category, Deal, Status
from review.people import Person, find_person
from review.settings import Settings
from review.words import counted
from store.crm.sheet import LeftOut

_SHOWN = 8
_HEADS = 24
_LONG = 60
"""Characters of a name that a line shows."""
_STATUS = attrgetter("status")
_AMOUNT = attrgetter("amount")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_KIND = re.compile(r"(: “.*”|; it may belong to row .*| as row [^,]+)")
"""What in a reason belongs to one row only."""
_ORDER = (Category.COMMIT, Category.BEST_CASE, Category.PIPELINE, Category.OMITTED)
COSTS = {
    "id": "No id: deals are told apart by account, name and created date, and no update file can be made.",
    "name": "No deal name: deals go by their account.",
    "account": "No account: deals go by their name.",
    "owner": "No owner: every deal needs an owner to be reviewed in somebody’s turn; add the owner to the report.",
    "amount": "No amount: every total is 0, and no deal ranks by its size.",
    "stage": "No stage: no stage age, no stage movement, and won or lost only where the file says so otherwise.",
    "close_date": "No close date: no deal falls into a period, and no slip can be seen.",
    "created": "No created date: a deal counts as created on the day it is first seen.",
    "last_activity": "No last-activity date: whether a deal is stale is known only from what the reviews record.",
    "stage_entered": "No stage-change date: stage age counts from today.",
    "next_step": "No next step: steps written in the CRM are not shown beside those of the review.",
    "type": "No deal type: renewals and new business are counted together.",
}
"""What is lost where a file has no column for a field."""

_CODE: Final = re.compile(r"[A-Za-z_.-]{0,6}\d[\w.-]*")
"""What is no name: REP-01, u17, 0054x000001abcd."""


class Tally(Struct, frozen=True):
    """Open deals under one heading."""

    name: str
    deals: int
    amount: Decimal


class Report(Struct, frozen=True, kw_only=True):
    """One file as read in."""

    file: str
    crm: str
    """Name of the CRM whose headers these are; "generic" where none was recognised."""
    read: int
    """Rows that are not blank, below the header."""
    rows: int
    """Deals taken."""
    open: int
    won: int
    lost: int
    open_amount: Decimal
    currency: str
    owners: tuple[Tally, ...]
    """Everybody who has a deal, with their open ones; no owner is the empty name."""
    categories: tuple[Tally, ...]
    stages: tuple[Tally, ...]
    columns: dict[str, str]
    """Field to header."""
    left_over: tuple[str, ...]
    missing: tuple[str, ...]
    """A sentence for each missing column that says what it costs."""
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    largest: Decimal | None = None
    """Largest and middle amount of the open deals: a wrong unit shows here."""
    middle: Decimal | None = None
    compared: Compared | None = None
    """Against the last import; None where there is none."""

    def sentences(self) -> tuple[str, ...]:
        """Say it all, a line each, the figures first."""
        source = "headers of no CRM that is known" if self.crm == "generic" else f"{self.crm} headers"
        lines = [
            f"{self.rows:,} {'deal' if self.rows == 1 else 'deals'} from {self.file} ({source}):"
            f" {self.open:,} open worth {_money(self.open_amount)}"
            f" {self.currency}, {self.won:,} won, {self.lost:,} lost.",
            f"Open by category: {_list(self.categories)}.",
            f"Open by stage: {_list(self.stages)}.",
            f"{counted(len([one for one in self.owners if one.name]), 'owner')}: {_list(self.owners)}.",
        ]
        if self.largest is not None and self.middle is not None:
            lines.append(f"Largest open amount {_money(self.largest)}, the middle one {_money(self.middle)}.")
        if self.compared:
            lines += self.compared.sentences()
        taken = (f"{field.replace('_', ' ')} from “{head}”" for field, head in self.columns.items())
        lines.append(f"Columns: {', '.join(taken)}.")
        if self.left_over:
            more = f" and {len(self.left_over) - _HEADS:,} more" if len(self.left_over) > _HEADS else ""
            lines.append(f"Columns left over: {', '.join(self.left_over[:_HEADS])}{more}.")
        lines += self.missing
        if self.left_out:
            lines.append(f"{self.read:,} rows read, {self.rows:,} used, {len(self.left_out):,} left out:")
            lines += by_reason(self.left_out)
        return (*lines, *self.warnings)

    def to_json(self) -> str:
        """Give the report as JSON; amounts are text, so that no digit is lost."""
        return msgspec.json.encode(self).decode()


def by_reason(left_out: Iterable[LeftOut]) -> tuple[str, ...]:
    """Say which rows were left out for each reason, what is quoted in a reason aside."""
    found: dict[str, list[LeftOut]] = {}
    for one in left_out:
        found.setdefault(_KIND.sub("", one.reason), []).append(one)
    lines = []
    for reason, rows in found.items():
        if len(rows) == 1:
            lines.append(f"  {rows[0].said}")
            continue
        shown = ", ".join(f"{one.row}{f' of {one.file}' if one.file else ''}" for one in rows[:_SHOWN])
        more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
        lines.append(f"  {len(rows):,} rows ({shown}{more}): {reason}")
    return tuple(lines)


def _nobodies(deals: Iterable[Deal], team: Sequence[Person]) -> tuple[str, ...]:
    """Name owners of open deals whom the team or the list of people does not know; without one, everybody is new."""
    if not team:
        return ()
    owners = Counter(deal.owner or deal.owner_email for deal in deals if deal.status is Status.OPEN)
    strange = [(owner, count) for owner, count in owners.most_common() if owner and not find_person(team, owner)]
    if not strange:
        return ()
    shown = ", ".join(f"{owner} ({count:,})" for owner, count in strange[:_SHOWN])
    more = f" and {len(strange) - _SHOWN:,} more" if len(strange) > _SHOWN else ""
    return (
        f"Nobody of the team: {shown}{more}. Their deals are in nobody’s turn; add them as people or as aliases in the"
        " settings, or read in a list of people with closeout import --roster FILE.",
    )


def coded_owners(deals: Iterable[Deal]) -> tuple[str, ...]:
    """Say how owners get their names, where an export has nothing but codes for them."""
    owners = {deal.owner or deal.owner_email for deal in deals} - {""}
    if not owners or not all(_CODE.fullmatch(owner) for owner in owners):
        return ()
    return (f"Owners are codes such as {min(owners)}: closeout import --roster FILE reads a list that names them.",)


def _tallies(
    still_open: Sequence[Deal], owners_of: Iterable[str], team: Sequence[Person], by: str
) -> tuple[tuple[Tally, ...], tuple[Tally, ...], tuple[Tally, ...]]:
    """Count open deals by owner, by category (commit first) and by stage; an owner without one has 0."""
    categories: dict[str, list[Tally]] = {category: [] for category in _ORDER}
    stages: dict[str, list[Tally]] = {}
    groups: defaultdict[tuple[str, Category, str], list[Decimal | None]] = defaultdict(list)
    for group, amount in zip(
        map(attrgetter(by, "category", "stage"), still_open), map(_AMOUNT, still_open), strict=True
    ):
        groups[group].append(amount)
    people = {owner: find_person(team, owner) if owner else None for owner in owners_of}
    names = {owner: person.name if person else owner for owner, person in people.items()}
    owners: dict[str, list[Tally]] = {name: [] for name in names.values()}
    for (owner, category, stage), amounts in groups.items():
        found = Tally("", len(amounts), sum(filter(None, amounts), Decimal(0)))
        for tallies in (owners[names[owner]], categories[category], stages.setdefault(stage, [])):
            tallies.append(found)
    ranked = {one.name: one for one in _added(categories)}
    in_order = tuple(ranked[category] for category in _ORDER if ranked[category].deals)
    return _added(owners), in_order, _added(stages)


def _added(found: Mapping[str, Sequence[Tally]]) -> tuple[Tally, ...]:
    """Add up what stands under each name, most deals first."""
    sums = (
        Tally(str(name), sum(one.deals for one in parts), sum((one.amount for one in parts), Decimal(0)))
        for name, parts in found.items()
    )
    return tuple(sorted(sums, key=lambda one: (-one.deals, one.name)))


def missing_columns(
    columns: Sequence[str], settings: Settings, deals: Sequence[Deal] = (), used: Mapping[str, str] = _NOTHING
) -> tuple[str, ...]:
    """Say what each column costs that is not there, or that holds nothing in any row."""
    # An address names an owner as well.
    there = {*columns, *(("owner",) if "owner_email" in columns else ())}
    said = [sentence for field, sentence in COSTS.items() if field not in there]
    blank = [field for field in COSTS if field in columns and deals and not _is_told(field, deals)]
    for field in blank:
        header = f" of “{used[field]}”" if field in used else ""
        said.append(COSTS[field].replace(":", f" in any row{header}:", 1))
    if "category" not in columns:
        rest = "" if settings.category_by_stage else "; none is set for any stage yet, so every open deal is pipeline"
        said.append(f"No forecast category: categories come from stages{rest}.")
    return tuple(said)


def _is_told(field: str, deals: Iterable[Deal]) -> bool:
    """Tell whether any deal has a value; an address names an owner as well."""
    fields = ("owner", "owner_email") if field == "owner" else (field,)
    return any(getattr(deal, one) not in (None, "") for one in fields for deal in deals)


def make_report(
    deals: Sequence[Deal],
    *,
    file: str,
    crm: str,
    settings: Settings,
    roster: Sequence[Person] = (),
    currency: str,
    used: Mapping[str, str],
    columns: Sequence[str],
    left_over: tuple[str, ...],
    left_out: Iterable[LeftOut],
    warnings: Iterable[str],
    compared: Compared | None = None,
) -> Report:
    """Count what was taken and put it beside what was not."""
    status = list(map(_STATUS, deals))
    still_open = [deal for deal, ending in zip(deals, status, strict=True) if ending is Status.OPEN]
    by = "owner" if "owner" in columns else "owner_email"
    owners, categories, stages = _tallies(still_open, set(map(attrgetter(by), deals)), settings.people or roster, by)
    amounts = [amount for amount in map(_AMOUNT, still_open) if amount is not None]
    outside = tuple(left_out)
    return Report(
        file=file,
        crm=crm,
        read=len(deals) + len(outside),
        rows=len(deals),
        open=len(still_open),
        won=status.count(Status.WON),
        lost=status.count(Status.LOST),
        open_amount=sum((one.amount for one in categories), Decimal(0)),
        currency=currency,
        owners=owners if by in columns else (),
        categories=categories,
        stages=stages,
        columns=dict(used),
        left_over=left_over,
        missing=missing_columns(columns, settings, deals, used),
        left_out=tuple(one.plain() for one in sorted(outside, key=lambda one: one.row)),
        warnings=(*_nobodies(deals, settings.people or roster), *warnings),
        largest=max(amounts, default=None),
        # Sorted as floats, in a tenth of the time: amounts that these do not tell apart are the same to people.
        middle=sorted(amounts, key=float)[(len(amounts) - 1) // 2] if amounts else None,
        compared=compared,
    )


def some_rows(rows: Sequence[int]) -> str:
    """Name rows: the first few, and how many more there are."""
    shown = ", ".join(f"{row}" for row in rows[:5])
    more = f" and {len(rows) - 5:,} more" if len(rows) > 5 else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {shown}{more}"


def _list(tallies: Sequence[Tally]) -> str:
    """Name headings with their counts and amounts, the first few."""
    shown = ", ".join(f"{one.name[:_LONG] or '(none)'} {one.deals:,} ({_money(one.amount)})" for one in tallies[:12])
    return (shown or "none") + (f" and {len(tallies) - 12:,} more" if len(tallies) > 12 else "")


def _money(amount: Decimal) -> str:
    """Show an amount without decimals that are nought."""
    return f"{amount:,.2f}".removesuffix(".00")
