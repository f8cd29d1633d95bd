"""The deals of the five years: drawn once, and shown week by week as a CRM would show them."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

from review.deals import Category, Deal, Export, Status

STAGES: Final = ("Discovery", "Qualification", "Evaluation", "Proposal", "Negotiation")
ODDS: Final = (10, 25, 40, 60, 80)
COLUMNS: Final = (
    "id", "name", "account", "owner", "owner_email", "amount", "stage", "category", "probability", "close_date",
    "created", "last_activity", "stage_entered", "next_step", "next_step_date", "type", "is_closed", "is_won",
)  # fmt: skip
FIRST: Final = [
    "Amber",
    "Birch",
    "Calder",
    "Dover",
    "Ember",
    "Fjord",
    "Garnet",
    "Halden",
    "Iron",
    "Juniper",
    "Kestrel",
    "Larch",
    "Marlow",
    "Nordic",
    "Ostrava",
    "Pine",
    "Quarry",
    "Redgate",
    "Solway",
    "Tallis",
    "Umber",
    "Vantor",
    "Willow",
    "Yarrow",
    "Zephyr",
    "Brook",
    "Copper",
    "Delta",
    "Elm",
    "Foxglove",
]
SECOND: Final = [
    "Air",
    "Bank",
    "Clinics",
    "Dairy",
    "Energy",
    "Foods",
    "Freight",
    "Glass",
    "Hotels",
    "Insurance",
    "Labs",
    "Logistics",
    "Media",
    "Metals",
    "Motors",
    "Optics",
    "Pay",
    "Ports",
    "Power",
    "Print",
    "Rail",
    "Seeds",
    "Steel",
    "Studios",
    "Systems",
    "Textiles",
    "Tools",
    "Trust",
    "Water",
    "Works",
]
THIRD: Final = (
    "",
    " North",
    " South",
    " East",
    " West",
    " One",
    " Group",
    " Nova",
    " Prime",
    " Two",
    " Union",
    " Plus",
)
STEPS: Final = (
    "Send the offer to Dana",
    "Trial plan into one page",
    "Ask for the budget holder",
    "Book the board meeting",
)
SHOWN_CLOSED: Final = 3
"""Weeks for which the export still shows a closed deal."""


class Made(Struct, frozen=True, kw_only=True):
    """One deal; weeks are counted from the first review, -1 and less lie before it."""

    id: str
    account: str
    owner: str
    email: str
    amount: int
    born: int
    ends: int
    """The week in which it is won or lost."""
    won: bool
    slips: tuple[int, ...]
    """Weeks in which its close date moves a few weeks on, towards the one it really closes in."""
    quiet: bool
    """Whether the CRM has no next step for it."""


def pipeline(chance: random.Random, team: tuple[tuple[str, str], ...], weeks: int, open_deals: int) -> tuple[Made, ...]:
    """Draw the deals: as many open at the end as asked for, growing from an eighth of that; team: names and e-mails."""
    names = [f"{one} {two}{three}" for three in THIRD for one in FIRST for two in SECOND]
    chance.shuffle(names)
    found: list[Made] = []
    alive: list[int] = []
    for week in range(weeks):
        alive = [ends for ends in alive if ends > week]
        wanted = round(open_deals * (0.125 + 0.875 * (week / max(1, weeks - 1)) ** 2))
        for _ in range(wanted - len(alive)):
            made = _deal(chance, len(found), names[len(found) % len(names)], team, week)
            found.append(made)
            alive.append(made.ends)
    return tuple(found)


def _deal(chance: random.Random, number: int, account: str, team: tuple[tuple[str, str], ...], week: int) -> Made:
    owner, email = team[chance.randrange(len(team))]
    born = week - chance.randrange(26) if week == 0 else week
    length = chance.randrange(14, 66)
    ends = max(week + 1, born + length)
    slips = tuple(sorted(chance.sample(range(1, length), chance.choice((0, 0, 1, 1, 2, 3)))))
    return Made(
        id=f"OP-{100_000 + number}",
        account=account,
        owner=owner,
        email=email,
        amount=chance.randrange(8, 240),
        born=born,
        ends=ends,
        won=chance.random() < 0.32,
        slips=tuple(born + at for at in slips),
        quiet=chance.random() < 0.1,
    )


def export_of(deals: tuple[Made, ...], week: int, day: date) -> Export:
    """Show what the CRM has on the day of a week's review: everything open, and what was closed lately."""
    shown = tuple(_shown(made, week, day) for made in deals if made.born <= week < made.ends + SHOWN_CLOSED)
    return Export(
        id=f"{day.isoformat()}-five{week}",
        day=day,
        source=f"pipeline-{day.isoformat()}.csv",
        crm="salesforce",
        deals=shown,
        columns=COLUMNS,
        read_at=datetime.combine(day, time(8, 14), UTC).isoformat(),
    )


def _shown(made: Made, week: int, day: date) -> Deal:
    length, age = made.ends - made.born, week - made.born
    closed = week >= made.ends
    stage = min(len(STAGES) - 1, age * len(STAGES) // length)
    to_come = sum(at > week for at in made.slips)
    close = day + timedelta(weeks=made.ends - week - 4 * to_come, days=-2)
    known = not made.quiet and not closed
    return Deal(
        id=made.id,
        name=f"{made.account} {'renewal' if made.amount % 5 == 0 else 'platform'}",
        account=made.account,
        owner=made.owner,
        owner_email=made.email,
        amount=Decimal(made.amount * 1000),
        stage=STAGES[stage] if not closed else "Closed won" if made.won else "Closed lost",
        category=_category(made, stage),
        probability=Decimal(ODDS[stage]),
        close_date=close if closed else max(close, day + timedelta(days=3)),
        created=day - timedelta(weeks=age, days=2),
        last_activity=day - timedelta(days=1 + made.amount % 9),
        stage_entered=day - timedelta(weeks=age - -(-stage * length // len(STAGES)), days=2),
        next_step=STEPS[(made.amount + stage) % len(STEPS)] if known else "",
        next_step_date=day + timedelta(days=2 + made.amount % 7) if known else None,
        type="Renewal" if made.amount % 5 == 0 else "New business",
        status=Status.OPEN if not closed else Status.WON if made.won else Status.LOST,
    )


def _category(made: Made, stage: int) -> Category:
    if stage < 2:
        return Category.PIPELINE
    if stage < 4:
        return Category.BEST_CASE if made.won or made.amount % 3 else Category.PIPELINE
    return Category.COMMIT if made.won or made.amount % 2 else Category.BEST_CASE


def won_by(deals: tuple[Made, ...], first: int, week: int, owner: str) -> Iterator[Made]:
    """Give the deals that somebody won from a week on, up to and including another."""
    return (made for made in deals if made.won and first <= made.ends <= week and made.owner == owner)
