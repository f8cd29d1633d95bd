"""The made-up deals of the demonstration, and what the CRM showed of them at each of five exports.

Days are counted from today's review: -7 is the day of the last lock. Weeks are 0 to 4; 4 is today.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from review.deals import Category, Deal, Export, Status
from review.origin import Origin
from store.demo.team import STAGES

WEEKS: Final = 5
COLUMNS: Final = (
    "id", "name", "account", "owner", "owner_email", "amount", "stage", "category", "probability", "close_date",
    "created", "last_activity", "stage_entered", "next_step", "next_step_date", "type", "is_closed", "is_won",
)  # fmt: skip
_ORIGIN: Final = Origin(
    profile="salesforce",
    headers={
        "id": "Opportunity ID",
        "amount": "Amount",
        "stage": "Stage",
        "category": "Forecast Category",
        "close_date": "Close Date",
        "next_step": "Next Step",
        "next_step_date": "Next Step Date",
    },
    closings={"stage won": "Closed won", "stage lost": "Closed lost"},
)
_ODDS: Final = (10, 25, 40, 60, 80)


class Then(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is other from a week on; None: as before."""

    rep: str | None = None
    amount: int | None = None
    stage: int | None = None
    category: Category | None = None
    close: int | None = None
    status: Status | None = None


class Made(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One deal, and what changes in it from a week on."""

    account: str
    rep: str
    amount: int
    """In thousands."""
    stage: int
    category: Category
    close: int | None = None
    """The close date; None where there is none."""
    created: int = -95
    name: str = "New business"
    entered: int = -45
    """Day on which it entered its first stage."""
    active: int = 3
    """Days between the last activity and an export."""
    last_touch: int | None = None
    """Day of the last activity ever; None: it goes on."""
    step: str = ""
    step_day: int | None = None
    status: Status = Status.OPEN
    first: int = 0
    """The week in which the export shows it first."""
    last: int = WEEKS - 1
    """The week in which it shows it last."""
    weeks: dict[int, Then] = {}


def deal_id(account: str) -> str:
    """Give the CRM's id of a deal: stable, and like nobody's key."""
    number = 20_000 + sum(place * ord(char) for place, char in enumerate(account, 7)) % 60_000
    return f"OP-{number}"


def export_of(week: int, today: date, deals: tuple[Made, ...], names: dict[str, tuple[str, str]]) -> Export:
    """Make the export of a week; `names` gives each rep's name and e-mail."""
    day = today - timedelta(days=7 * (WEEKS - 1 - week))
    return Export(
        id=f"{day.isoformat()}-demo{week}",
        day=day,
        source=f"pipeline-{day.isoformat()}.csv",
        crm="salesforce",
        deals=tuple(_shown(deals, week, day, today, names)),
        columns=COLUMNS,
        origin=_ORIGIN,
        read_at=datetime.combine(day, time(8, 14), UTC).isoformat(),
    )


def _shown(
    deals: tuple[Made, ...], week: int, day: date, today: date, names: dict[str, tuple[str, str]]
) -> Iterator[Deal]:
    for made in deals:
        if made.first <= week <= made.last:
            yield _as_shown(made, week, day, today, names)


def _as_shown(made: Made, week: int, day: date, today: date, names: dict[str, tuple[str, str]]) -> Deal:
    entered = made.entered
    for at in sorted(made.weeks):
        if at <= week:
            then = asdict(made.weeks[at])
            if then["stage"] is not None:
                entered = 7 * (at - WEEKS + 1) - 2
            made = replace(made, **{field: value for field, value in then.items() if value is not None})
    touched = day - timedelta(days=made.active)
    if made.last_touch is not None:
        touched = min(touched, today + timedelta(days=made.last_touch))
    name, email = names[made.rep]
    closed = made.status is not Status.OPEN
    return Deal(
        id=deal_id(made.account),
        name=made.name,
        account=made.account,
        owner=name,
        owner_email=email,
        amount=Decimal(made.amount * 1000),
        stage=("Closed won" if made.status is Status.WON else "Closed lost") if closed else STAGES[made.stage],
        category=made.category,
        probability=Decimal(_ODDS[made.stage]),
        close_date=None if made.close is None else today + timedelta(days=made.close),
        created=today + timedelta(days=made.created),
        last_activity=touched,
        stage_entered=today + timedelta(days=entered),
        next_step=made.step,
        next_step_date=None if made.step_day is None else today + timedelta(days=made.step_day),
        type="Renewal" if "renewal" in made.name.lower() else "New business",
        status=made.status,
    )
