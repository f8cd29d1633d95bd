"""Forecast, coverage, creation number, health and catch-up against a second reckoning from the method's words alone."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from statistics import median
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from review.coverage import coverage, creation_number
from review.figures import Figure, Lack
from review.health import cycle, velocity, win_rate, won_sizes
from review.importing import take_in
from review.methods import compare
from review.pacing import share_out
from review.people import Person
from review.records import Call, Ledger
from review.settings import Settings, Stage
from tests.builders import a_deal, an_export

ODDS = {"Qualify": 10, "Propose": 45, "Verbal": None, "Sign": 90}
TODAY = date(2026, 11, 23)
NAMES = ("Tom Reed", "Wei Lin")


# The second reckoning


def period(day: date, kind: str, begins: int) -> tuple[date, date]:
    """First and last day, found day by day."""
    every = 1 if kind == "month" else 3
    starts = {(begins - 1 + every * n) % 12 + 1 for n in range(12 // every)}
    first = day
    while not (first.day == 1 and first.month in starts):
        first -= timedelta(days=1)
    last = day
    while not ((last + timedelta(days=1)).day == 1 and (last + timedelta(days=1)).month in starts):
        last += timedelta(days=1)
    return first, last


def share(person: Person, year: int, month: int) -> Fraction:
    """Ramp 0, 25, 50, 75, 100 % over the first five months, to the end of the month somebody left."""
    if person.left and (year, month) > (person.left.year, person.left.month):
        return Fraction(0)
    if person.start is None:
        return Fraction(1)
    begins = person.start.year * 12 + person.start.month + (person.start.day > 15)
    return Fraction(min(max(year * 12 + month - begins, 0), 4), 4)


def months(span: tuple[date, date]) -> list[tuple[int, int]]:
    days = range((span[1] - span[0]).days + 1)
    return sorted({((span[0] + timedelta(n)).year, (span[0] + timedelta(n)).month) for n in days})


def quota(team: Any, span: tuple[date, date]) -> Fraction | None:
    owed = [
        Fraction(p.quota) * share(p, *m) / len(months(span)) for p in team if p.quota is not None for m in months(span)
    ]
    return sum(owed, Fraction(0)) if any(p.quota is not None for p in team) else None


def heads(team: Any, span: tuple[date, date]) -> Fraction:
    return sum((share(p, *m) for p in team for m in months(span)), Fraction(0)) / len(months(span))


class Reckoning:
    """Rows of one export, counted again."""

    def __init__(self, rows: Any, team: Any, kind: str, begins: int) -> None:
        self.rows, self.team, self.kind, self.begins = rows, team, kind, begins
        self.now = self.span(TODAY)
        self.next = self.span(self.now[1] + timedelta(days=1))

    def span(self, day: date) -> tuple[date, date]:
        return period(day, self.kind, self.begins)

    def worth(self, test: Callable[[Any], bool]) -> int:
        return sum(row["amount"] or 0 for row in self.rows if test(row))

    def runs(self, row: Any, span: tuple[date, date]) -> bool:
        inside = row["close"] is not None and span[0] <= row["close"] <= span[1]
        return row["status"] == "open" and row["category"] != "omitted" and inside

    def won(self, row: Any, span: tuple[date, date]) -> bool:
        return row["status"] == "won" and row["close"] is not None and span[0] <= row["close"] <= span[1]

    def implied(self, *counted: str) -> int:
        mine = self.worth(lambda row: self.runs(row, self.now) and row["category"] in counted)
        return self.worth(lambda row: self.won(row, self.now)) + mine

    def weight(self, row: Any) -> Fraction | None:
        odds = ODDS.get(row["stage"])
        out = row["close"] < TODAY or row["amount"] is None or odds is None
        return None if out else Fraction(odds or 0, 100)

    def weighted_open(self) -> Fraction:
        found = [row for row in self.rows if self.runs(row, self.now)]
        return sum((row["amount"] * w for row in found if (w := self.weight(row)) is not None), Fraction(0))

    def historical(self) -> Fraction | None:
        days = [row["close"] for row in self.rows if row["status"] == "won" and row["close"] is not None]
        shares = []
        for back in range(1, 8):
            span = self.span(self.now[0].replace(year=self.now[0].year - back))
            if not days or span[1] < min(days):
                break
            if heads(self.team, span):
                got = self.worth(lambda row, span=span: self.won(row, span))  # type: ignore[misc]  # bound on purpose
                shares.append(got / heads(self.team, span))
        if not shares or not heads(self.team, self.now):
            return None
        return sum(shares, Fraction(0)) / len(shares) * heads(self.team, self.now)

    def closed(self) -> list[Any]:
        """Won and lost in the last four completed periods and this one; lost already when first seen: by close date."""
        first = self.now[0]
        for _ in range(4):
            first = self.span(first - timedelta(days=1))[0]
        done = [row for row in self.rows if row["status"] != "open" and row["close"] is not None]
        return [row for row in done if first <= row["close"] <= self.now[1]]

    def rates(self) -> tuple[Fraction | None, Fraction | None]:
        mine = [row for row in self.closed() if row["amount"]]
        won = [row for row in mine if row["status"] == "won"]
        if not mine:
            return None, None
        return Fraction(len(won), len(mine)), Fraction(sum(r["amount"] for r in won), sum(r["amount"] for r in mine))

    def days(self) -> Fraction | None:
        won = [row for row in self.closed() if row["status"] == "won" and row["created"] <= row["close"]]
        return Fraction(median([(row["close"] - row["created"]).days for row in won])) if won else None


# The data

DAYS = st.integers(-800, 260).map(lambda n: TODAY + timedelta(days=n))
ROW = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(NAMES),
        "status": st.sampled_from(("open", "open", "open", "won", "lost")),
        "category": st.sampled_from(("commit", "best case", "pipeline", "omitted")),
        "stage": st.sampled_from((*ODDS, "Elsewhere", "")),
        "amount": st.none() | st.integers(0, 400).map(lambda n: n * 1000),
        "close": st.none() | DAYS | st.integers(-60, 60).map(lambda n: TODAY + timedelta(days=n)),
        "created": DAYS.filter(lambda day: day <= TODAY),
    }
)
SOMEBODY = st.fixed_dictionaries(
    {
        "quota": st.none() | st.integers(0, 900).map(lambda n: Decimal(n * 1000)),
        "start": st.integers(-900, -10).map(lambda n: TODAY + timedelta(days=n)),
        "left": st.none() | st.integers(-60, 60).map(lambda n: TODAY + timedelta(days=n)),
    }
)


@st.composite
def worlds(draw: Any) -> tuple[Reckoning, Ledger, Settings]:
    team = tuple(Person(id=name.lower().replace(" ", "-"), name=name, **draw(SOMEBODY)) for name in NAMES)
    rows = draw(st.lists(ROW, min_size=1, max_size=14))
    kind, begins = draw(st.sampled_from(("quarter", "month"))), draw(st.integers(1, 12))
    chosen = Settings(
        people=team,
        stages=tuple(Stage(name=n, odds=None if o is None else Decimal(o)) for n, o in ODDS.items()),
        period=kind,
        fiscal_start=begins,
    )
    deals = [a_deal(f"d{at}", **row) for at, row in enumerate(rows)]
    export = an_export(*deals, day=TODAY)
    return Reckoning(rows, team, kind, begins), take_in(Ledger(), export, chosen), chosen


def near(figure: Figure | Decimal, wanted: Fraction | int | None) -> None:
    """Decimals are cut at 28 places; nothing else may differ."""
    value = figure.value if isinstance(figure, Figure) else figure
    if wanted is None or value is None:
        assert value is None, figure
        assert wanted is None, figure
    else:
        exact = Fraction(wanted)
        assert abs(Fraction(value) - exact) <= abs(exact) / 10**20, (value, float(exact))


@settings(max_examples=80)
@given(worlds(), st.lists(st.integers(0, 2000).map(lambda n: n * 1000), min_size=2, max_size=2))
def test_the_three_methods_and_what_lies_outside(world, stated):
    again, ledger, chosen = world
    calls = [
        Call(person=p.id, period=again.now[0], commit=Decimal(n), day=TODAY)
        for p, n in zip(again.team, stated, strict=True)
    ]
    found = compare(ledger, chosen, TODAY, calls=calls)
    commit, best = again.implied("commit"), again.implied("commit", "best case")
    won = again.worth(lambda row: again.won(row, again.now))
    near(found.implied.commit, commit)
    near(found.implied.best_case, best)
    near(found.weighted.value, won + again.weighted_open())
    near(found.historical.figure, again.historical())
    here = [n for p, n in zip(again.team, stated, strict=True) if p.left is None or p.left >= TODAY]
    roll_up = sum(here) if here else None
    near(found.roll_up.figure, roll_up)
    inside = {f"d{at}" for at, row in enumerate(again.rows) if again.runs(row, again.now)}
    weighed = {one.item.deal for one in found.weighted.weighed}
    assert weighed | {one.item.deal for one in found.weighted.left_out} == inside
    assert weighed == {ident for ident in inside if again.weight(again.rows[int(ident[1:])]) is not None}
    owed = quota(again.team, again.now)
    values = {"roll-up": roll_up, "weighted": won + again.weighted_open(), "historical": again.historical()}
    outside = {}
    for name, value in values.items():
        high = commit if name == "roll-up" else best
        for side, bound, off in (
            ("below", Fraction(9, 10) * commit, -1),
            ("above", Fraction(11, 10) * high, 1),
        ):
            if value is not None and (value - bound) * off > 0:
                outside[name] = (side, abs(value - bound), owed is None or abs(value - bound) >= owed / 20)
    assert {f.method.value: (f.side.value, f.mentioned) for f in found.findings} == {
        name: (side, said) for name, (side, _, said) in outside.items()
    }
    for finding in found.findings:
        near(finding.how_far, outside[finding.method.value][1])
        explained = sum((line.amount for line in finding.difference.lines), finding.difference.unexplained)
        assert explained == finding.difference.amount == finding.value - finding.against
        if finding.method.value == "weighted":
            assert abs(finding.difference.unexplained) < Decimal("1e-15")


@settings(max_examples=80)
@given(worlds())
def test_coverages_and_the_number_to_create(world):
    again, ledger, chosen = world
    found, owed, later = coverage(ledger, chosen, TODAY), quota(again.team, again.now), quota(again.team, again.next)
    there = again.worth(lambda row: again.runs(row, again.now))
    won = again.worth(lambda row: again.won(row, again.now))
    _, rate = again.rates()
    near(found.total, there / owed if owed else None)
    met = owed is not None and won >= owed
    assert (found.to_go.lack is Lack.MET) is met
    near(found.to_go, None if owed is None or met else again.weighted_open() / (owed - won))
    near(found.next, again.worth(lambda row: again.runs(row, again.next)) / later if later else None)
    near(found.next_needs, 1 / rate if rate else None)
    number, days = creation_number(ledger, chosen, TODAY), again.days()
    if days is None:
        assert number.a_week.value is None
        return
    span = again.now
    while (span[1] - TODAY).days < days + 21:
        span = again.span(span[1] + timedelta(days=1))
    whole = floor(days + Fraction(1, 2))
    cut = span[1] - timedelta(days=whole)
    assert (number.period and number.period.first, number.cut_off) == (span[0], cut)
    target = quota(again.team, span)
    if not rate or target is None:
        assert number.a_week.value is None
        return
    wanted = max(Fraction(0), target / rate - again.worth(lambda row: again.runs(row, span)))
    near(number.a_week, wanted / Fraction((cut - TODAY).days, 7))


@settings(max_examples=60)
@given(worlds())
def test_win_rate_cycle_size_and_velocity(world):
    again, ledger, chosen = world
    count, amount = again.rates()
    rate, days = win_rate(ledger, chosen, TODAY), again.days()
    near(rate.by_count, count)
    near(rate.by_amount, amount)
    near(cycle(ledger, chosen, TODAY).median, days)
    won = [row for row in again.closed() if row["status"] == "won" and row["amount"]]
    size = Fraction(sum(row["amount"] for row in won), len(won)) if won else None
    for one in won_sizes(ledger, chosen, TODAY):
        mine = [row for row in won if one.period.first <= row["close"] <= one.period.last]
        assert one.count == len(mine)
        near(one.average, Fraction(sum(row["amount"] for row in mine), len(mine)) if mine else None)
    qualified = sum(row["status"] == "open" and row["category"] != "omitted" for row in again.rows)
    whole = size is not None and count is not None and days
    near(
        velocity(ledger, chosen, TODAY).a_day,
        qualified * size * count / days if whole and size is not None and count is not None and days else None,
    )


@given(
    st.integers(0, 4000),
    st.lists(st.tuples(st.integers(0, 1800), st.integers(0, 1800)), min_size=1, max_size=5),
)
def test_a_catch_up_is_shared_in_proportion_until_a_floor_is_hit(seconds, sections):
    """The level at which the sections together give enough, found from the points at which one of them is empty."""
    weights, rooms = [w for w, _ in sections], [r for _, r in sections]
    if not any(weights):
        weights = [1] * len(weights)
    wanted = min(seconds, sum(room for weight, room in zip(weights, rooms, strict=True) if weight))
    points = sorted({Fraction(room, weight) for weight, room in zip(weights, rooms, strict=True) if weight})
    level = Fraction(0)
    for point in points:
        full = sum(room for w, room in zip(weights, rooms, strict=True) if w and Fraction(room, w) <= level)
        running = sum(w for w, room in zip(weights, rooms, strict=True) if w and Fraction(room, w) > level)
        need = Fraction(wanted - full, running) if running else level
        if not running or need <= point:
            level = max(level, need)
            break
        level = point
    exact = [min(Fraction(room), weight * level) for weight, room in zip(weights, rooms, strict=True)]
    parts = [floor(part) for part in exact]
    rest = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))[: wanted - sum(parts)]
    for at in rest:
        parts[at] += 1
    shared = share_out(seconds, [w for w, _ in sections], rooms)
    assert sum(shared) == min(seconds, sum(rooms))
    if all(weights):
        assert shared == parts


def test_the_second_reckoning_knows_a_year_that_begins_in_february():
    assert period(date(2027, 1, 31), "quarter", 2) == (date(2026, 11, 1), date(2027, 1, 31))
    assert period(date(2027, 2, 28), "month", 2) == (date(2027, 2, 1), date(2027, 2, monthrange(2027, 2)[1]))
