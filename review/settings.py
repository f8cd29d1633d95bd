"""What a team sets for itself; every figure that the method gives is a default here."""

from datetime import date, time
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from review.people import Person

SectionId = Literal["forecast", "inspection", "creation", "actions"]
SECTIONS: tuple[SectionId, ...] = ("forecast", "inspection", "creation", "actions")


class Prompt(Struct, frozen=True):
    """A line of the agenda that appears in the prompt line at its minute of the section."""

    minute: int
    text: str


class Section(Struct, frozen=True, kw_only=True):
    """One piece of the hour."""

    id: SectionId
    title: str
    minutes: int
    floor: int
    """Minutes below which a catch-up does not shorten the section."""
    locked: bool = False
    """Whether catch-up leaves it alone until the unlocked ones are at their floors."""
    prompts: tuple[Prompt, ...] = ()


def standard_agenda() -> tuple[Section, ...]:
    """Give the hour of the method's section 1 with the floors of section 10."""
    return (
        Section(id="forecast", title="Forecast", minutes=10, floor=5),
        Section(id="inspection", title="Inspection", minutes=30, floor=15),
        Section(id="creation", title="Creation", minutes=10, floor=5),
        Section(id="actions", title="Actions", minutes=10, floor=5, locked=True),
    )


class Stage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One open stage, in the order in which deals pass them."""

    name: str
    odds: Decimal | None = None
    """Chance of being won, 0 to 100; None where not known."""
    stale_days: int | None = None
    stage_days: int | None = None


class Thresholds(Struct, frozen=True, kw_only=True):
    """The numbers that rules compare with; the method names each."""

    slip_tolerance: int = 3
    slip_reset: int = 1
    enforce_from: int = 2
    stale_days: int = 14
    stage_days: int = 42
    pushes: int = 3
    not_inspected: int = 4
    confirmed_days: int = 30
    paper_days: int = 14
    offline_days: int = 7
    far_days: int = 14
    mark_weeks: int = 4
    own_steps: int = 2
    moving_days: int = 14
    """Days in which an agreed step or a buyer's movement makes a complete deal a moving one."""
    born_late_days: int = 14
    named_days: int = 28
    """Days in which people named at the customer count for 'single-threaded'."""
    pace_reviews: int = 4
    """Held reviews that pace, cycle and causes look back on."""
    cause_deals: int = 3
    cause_people: int = 2
    active_periods: int = 2
    health_window: int = 4
    """Completed periods that the health figures look back on."""
    queue_slots: int = 3
    pace_commit: int = 105
    """Seconds for a commit deal before there is a measured pace."""
    pace_other: int = 80
    read_aloud: int = 12
    """Seconds to read one commitment aloud."""
    kept_target: int = 90
    """Percent."""
    shows_more_from: int = 4
    """The held review from which the additions of 'start small' show."""


class Settings(Struct, frozen=True, kw_only=True):
    """Everything a review pins when it starts."""

    people: tuple[Person, ...] = ()
    stages: tuple[Stage, ...] = ()
    qualified_from: str = ""
    """Name of the stage from which pipeline counts as qualified; empty: from the first."""
    category_aliases: dict[str, str] = {}
    """Spelling in the export (folded to lower case) to canonical category."""
    category_by_stage: dict[str, str] = {}
    """Stage to canonical category, where the export has no category column."""
    currency: str = "USD"
    rates: dict[str, Decimal] = {}
    """Currency code to the reporting currency's worth of one unit."""
    period: Literal["quarter", "month"] = "quarter"
    fiscal_start: int = 1
    """Month in which the fiscal year begins, 1 to 12."""
    team_quota: Decimal | None = None
    """Per period for the team, where reps have none of their own."""
    quota_on_screen: Literal["team", "each", "none"] = "team"
    call_unit: Literal["1", "k", "m"] = "k"
    date_order: Literal["dmy", "mdy"] = "dmy"
    country: str = ""
    """ISO code for public holidays; empty: weekends only."""
    holidays: tuple[date, ...] = ()
    weekday: int = 0
    """Day of the weekly review, Monday is 0."""
    start: time = time(10, 0)
    late_start: Literal["keep end", "keep length"] = "keep end"
    timezone: str = ""
    """IANA name; empty: the machine's."""
    agenda: tuple[Section, ...] = ()
    thresholds: Thresholds = Thresholds()
    paper_below: Decimal | None = None
    """Amount under which the paper process may be 'none needed'; None: off."""
    stock_phrases: tuple[str, ...] = ()
    """Phrases refused as a step, added to the product's own list."""
    paper_stages: tuple[str, ...] = ("legal", "security", "procurement", "signature", "finance", "order form")
    bell: bool = False
    """Whether each phase of a section but the first rings once."""
    flash: bool = False
    """Whether each phase of a section but the first lights the clock up once."""
    theme: str = "petrol"
    keys: dict[str, str] = {}
    """Command to people's own keys for it, parted by spaces."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The agenda in force: the team's own or the standard hour."""
        return self.agenda or standard_agenda()

    @property
    def reps(self) -> tuple[Person, ...]:
        """Everybody who has deals and takes a turn, in the order of the settings."""
        return tuple(person for person in self.people if person.carries)

    @property
    def untouched(self) -> bool:
        """Whether nobody has set anything yet."""
        return self == Settings()

    @property
    def manager(self) -> Person | None:
        """Whoever drives, or None where nobody is named yet."""
        return next((person for person in self.people if person.manager), None)
