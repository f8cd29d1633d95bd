"""The made-up team of the demonstration, and how it is set up."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final

from review.people import Absence, Person
from review.settings import Settings, Stage

MANAGER: Final = "elena-vogt"
STAGES: Final = ("Discovery", "Qualification", "Evaluation", "Proposal", "Negotiation")
"""Open stages in their order; deals name them by their place."""
_ODDS: Final = (10, 25, 40, 60, 80)
_REPS: Final = (
    ("Sofia Reyes", "SR", 170),
    ("Nina Falk", "NF", 120),
    ("Tom Reed", "TR", 220),
    ("Aisha Khan", "AK", 340),
    ("Marcus Bell", "MB", 290),
    ("Wei Lin", "WL", 180),
    ("Diego Marin", "DM", 90),
    ("Leo Hart", "LH", 120),
)
"""Name, initials and quota in thousands for a quarter."""
NEW_SINCE: Final = {"nina-falk": 40}
"""Person to how many days before today's review they started."""
AWAY: Final = {"tom-reed": (-9, -5), "diego-marin": (-1, 5)}
"""Person to the first and last day of an absence, counted from today's review."""


def settings_on(day: date) -> Settings:
    """Give the settings of the team for a review on a day.

    The fiscal year begins so that the day lies in the second month of a quarter: the earlier reviews and most of
    the deals then share the quarter with it, whatever the day.
    """
    first = next(month for month in (1, 2, 3) if (day.month - month) % 3 == 1)
    return Settings(
        people=(*(_rep(name, initials, quota, day) for name, initials, quota in _REPS), _manager()),
        stages=tuple(Stage(name=name, odds=Decimal(odds)) for name, odds in zip(STAGES, _ODDS, strict=True)),
        qualified_from="Evaluation",
        fiscal_start=first,
        weekday=day.weekday(),
        start=time(10, 0),
        late_start="keep length",
        paper_below=Decimal(15_000),
    )


def _rep(name: str, initials: str, quota: int, day: date) -> Person:
    ident = name.lower().replace(" ", "-")
    started = NEW_SINCE.get(ident)
    away = AWAY.get(ident)
    return Person(
        id=ident,
        name=name,
        initials=initials,
        email=f"{ident.replace('-', '.')}@example.com",
        quota=Decimal(quota * 1000),
        start=day - timedelta(days=started) if started else None,
        absences=(Absence(day + timedelta(days=away[0]), day + timedelta(days=away[1])),) if away else (),
    )


def _manager() -> Person:
    return Person(
        id=MANAGER, name="Elena Vogt", initials="EV", email="elena.vogt@example.com", manager=True, carries=False
    )
