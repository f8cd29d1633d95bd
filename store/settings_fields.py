"""Every setting of `closeout.toml`: where it stands, what it may hold, and the words that explain it."""

from typing import Any

from msgspec import Struct

from review.deals import Category
from review.people import Absence, Person
from review.settings import Prompt, Stage, Thresholds
from store.settings_kinds import (
    COUNTRY,
    CURRENCY,
    DAY,
    FLAG,
    KEYS,
    TEXT,
    TIME,
    WEEKDAY,
    WORDS,
    ZONE,
    Kind,
    Unfit,
    inside,
    listed,
    number,
    one_of,
    shaped,
    table_of,
    whole,
)


class Field(Struct, frozen=True):
    """One setting: its name in the file and in our values, what it may hold, and what it is for."""

    name: str
    kind: Kind
    says: str = ""
    needed: bool = False


class Group(Struct, frozen=True):
    """A table of the file whose settings lie directly in Settings."""

    name: str
    says: str
    fields: tuple[Field, ...]


_CATEGORIES = tuple(category.value for category in Category)
_MEANT = one_of((*_CATEGORIES, "closed"))
_LOWER = str.casefold

GROUPS = (
    Group(
        "meeting",
        "When the review is, and which days are working days.",
        (
            Field("weekday", WEEKDAY, "Day of the weekly review, monday … sunday."),
            Field("start", TIME, "When it starts, by the clock on the wall."),
            Field(
                "late_start",
                one_of(("keep end", "keep length")),
                "After a late start: “keep end” ends on time, “keep length” takes the full hour.",
            ),
            Field("timezone", ZONE, "Time zone such as “Europe/Berlin”; empty: this machine's."),
            Field("country", COUNTRY, "Country for public holidays, such as “US”; empty: weekends only."),
            Field("holidays", listed(DAY), "Own days off, such as [2026-12-24, 2026-12-31]."),
            Field("date_order", one_of(("dmy", "mdy")), "How 3/4 is read: “dmy” 3 April, “mdy” 4 March."),
        ),
    ),
    Group(
        "money",
        "Currency, periods and quota.",
        (
            Field("currency", CURRENCY, "Everything is reported in this currency."),
            Field("rates", table_of(number(above_zero=True), str.upper), "Worth of one unit of others, {EUR = 1.08}."),
            Field("period", one_of(("quarter", "month")), "What calls and quotas are for: “quarter” or “month”."),
            Field("fiscal_start", whole(1, 12), "Month in which the fiscal year begins, 1 to 12."),
            Field("team_quota", number(), "The team's quota per period, where reps have none of their own."),
            Field(
                "quota_on_screen",
                one_of(("team", "each", "none")),
                "Whose quota and gap the room sees: “team”, “each” or “none”.",
            ),
            Field("call_unit", one_of(("1", "k", "m")), "Unit in which calls are typed: “1”, “k” or “m”."),
        ),
    ),
    Group(
        "pipeline",
        "What the CRM's words mean.",
        (
            Field("qualified_from", TEXT, "Stage from which a deal counts as qualified; empty: from the first."),
            Field(
                "category_aliases",
                table_of(_MEANT, _LOWER),
                "The CRM's words for the forecast categories, such as {upside = “best case”}.",
            ),
            Field(
                "category_by_stage",
                table_of(one_of(_CATEGORIES)),
                "Category of each stage, where the export has no column for it.",
            ),
        ),
    ),
    Group(
        "words",
        "Words that the gate knows.",
        (
            Field("stock_phrases", listed(WORDS), "Phrases refused as a next step, added to the product's own."),
            Field("paper_stages", listed(WORDS), "Stages of a paper process."),
            Field("paper_below", number(), "Amount under which a deal may go without a paper process; not set: never."),
        ),
    ),
    Group(
        "screen",
        "How the program looks and sounds.",
        (
            Field("theme", one_of(("petrol", "paper")), "“petrol” is dark, “paper” is light."),
            Field("bell", FLAG, "Whether the bell rings once when a section is closing, ending and over."),
            Field("flash", FLAG, "Whether the clock lights up once when a section is closing, ending and over."),
        ),
    ),
)


def small_tables(make: type[Struct], *fields: Field) -> Kind:
    """Allow a list of small tables, each of which has all of `fields`."""
    allowed = f"must be a list such as [{{{', '.join(f'{field.name} = …' for field in fields)}}}]"
    names = {field.name for field in fields}

    def read_one(value: Any) -> Struct:  # noqa: ANN401 - whatever stands in the file
        if not isinstance(value, dict) or set(value) != names:
            raise Unfit(allowed)
        return make(**{field.name: inside(field.kind, value[field.name], field.name) for field in fields})

    def spell_one(row: Struct) -> str:
        return f"{{{', '.join(f'{field.name} = {field.kind.spell(getattr(row, field.name))}' for field in fields)}}}"

    return listed(Kind(read_one, spell_one), allowed)


def _absences() -> Kind:
    rows = small_tables(Absence, Field("first", DAY), Field("last", DAY))

    def read(value: Any) -> tuple[Absence, ...]:  # noqa: ANN401
        found: tuple[Absence, ...] = rows.read(value)
        for at, away in enumerate(found):
            if away.last < away.first:
                raise Unfit("must end on their first day or later", (at,))
        return found

    return Kind(read, rows.spell)


PERSON = (
    Field("name", WORDS, "as the CRM writes it", needed=True),
    Field(
        "id",
        shaped(r"\S+", "one word without spaces"),
        "how past reviews know this person; leave it when a name changes",
    ),
    Field("initials", shaped(r"\w{0,4}", "at most four letters"), "for typing an owner, different for everybody"),
    Field("email", TEXT, "for the sheets and the exports"),
    Field("manager", FLAG, "true for the one who drives the review"),
    Field("carries", FLAG, "false for somebody without deals of their own"),
    Field("aliases", listed(WORDS), "other spellings in exports: ids, codes, “Last, First”"),
    Field("start", DAY, "first day, for somebody who is new and ramps up"),
    Field("left", DAY, "last day, for somebody who left"),
    Field("quota", number(), "per period, before ramp"),
    Field(
        "absences",
        _absences(),
        "days away, such as [{first = 2026-12-21, last = 2027-01-02}]",
    ),
)
STAGE = (
    Field("name", WORDS, "as the CRM writes it", needed=True),
    Field("odds", number(100), "chance of being won, 0 to 100"),
    Field("stale_days", whole(1, 3650), "days without movement, where this stage differs from the threshold"),
    Field("stage_days", whole(1, 3650), "days in the stage, where it differs"),
)
SECTION = (
    Field("title", WORDS, "how the room sees it"),
    Field("minutes", whole(1, 600), "its length"),
    Field("floor", whole(0, 600), "catching up never makes it shorter than this"),
    Field("locked", FLAG, "catching up leaves it alone until the others are at their floor"),
    Field(
        "prompts",
        small_tables(Prompt, Field("minute", whole(0, 600)), Field("text", WORDS)),
        "lines that appear at a minute: [{minute = 5, text = “…”}]",
    ),
)
_DAYS, _COUNT = whole(1, 3650), whole(1, 1000)
_LIMITS = {
    "slip_tolerance": whole(0, 90),
    "queue_slots": whole(1, 9),
    "kept_target": whole(0, 100),
    "pace_commit": whole(10, 3600),
    "pace_other": whole(10, 3600),
    "read_aloud": whole(1, 600),
}
_SAYS = {
    "slip_tolerance": "working days by which a close date may move without counting as a slip",
    "slip_reset": "quiet reviews in a row that clear the count of slips",
    "enforce_from": "the held review from which rules act; before, they only say what they would do",
    "stale_days": "days without movement that make a deal stale",
    "stage_days": "days in one stage that are too many",
    "pushes": "times a close date moved later that are too many",
    "not_inspected": "held reviews without a look at the deal that are too many",
    "confirmed_days": "days that a close date confirmed by the buyer holds",
    "paper_days": "days that a paper process counts as active after it moved",
    "offline_days": "days within which a deal taken offline has its session",
    "far_days": "days ahead from which the date of a step gets a warning",
    "mark_weeks": "weeks after which a qualification mark is asked again",
    "own_steps": "steps of ours in a row, with nobody at the customer, that are too many",
    "moving_days": "days in which an agreed step or a buyer's move makes a deal a moving one",
    "born_late_days": "days between first seen and won that make a deal born late",
    "named_days": "days in which people named at the customer count",
    "pace_reviews": "held reviews that pace, cycle and causes look back on",
    "cause_deals": "deals with one cause that make it a matter for everybody",
    "cause_people": "people with one cause that make it a matter for everybody",
    "active_periods": "periods ahead within which a deal must close to count as active",
    "health_window": "completed periods that the health figures look back on",
    "queue_slots": "deals of each rep in the queue",
    "pace_commit": "seconds for a commit deal, before a pace is measured",
    "pace_other": "seconds for another deal, before a pace is measured",
    "read_aloud": "seconds to read one commitment aloud",
    "kept_target": "percent of promises to keep",
    "shows_more_from": "the held review from which everything shows",
}


def thresholds() -> tuple[Field, ...]:
    """List the thresholds as fields, each with its default in its words."""
    return tuple(
        Field(name, _LIMITS.get(name) or _kind_of(name), f"{_SAYS.get(name, '')} (default {default})".strip())
        for name, default in zip(Thresholds.__struct_fields__, Thresholds.__struct_defaults__, strict=True)
    )


def _kind_of(name: str) -> Kind:
    return _DAYS if name.endswith("_days") else _COUNT


KEY = Field("keys", KEYS)
"""One line of [keys]: a command's id and its keys."""
RECORDS: tuple[tuple[str, type[Struct], tuple[Field, ...]], ...] = (
    ("people", Person, PERSON),
    ("stages", Stage, STAGE),
)
"""What there are several of, each in a table of its own such as [[people]]."""
