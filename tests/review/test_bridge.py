from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.bridge import CHANGES, ENTRIES, EXITS, LineKind, build_bridge
from review.deals import Category, Ending, Status
from review.records import AtLock
from tests.review.numbers import (
    DAY,
    LOCKED,
    a_deal,
    at_lock,
    ended,
    lost,
    since_the_lock,
    the_ledger,
    the_settings,
    won,
)

SETTINGS = the_settings()
NEXT = date(2027, 1, 8)
NEW = date(2026, 11, 20)


def lines(*records, **ledger):
    bridge = build_bridge(since_the_lock(*records, **ledger), SETTINGS, DAY)
    assert bridge.unexplained == 0
    return {line.kind.value: line.amount for line in bridge.lines}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (a_deal(lock=at_lock()), {}),
        (a_deal("D", 130, lock=at_lock(100)), {"increased": 30}),
        (a_deal("D", None, lock=at_lock(100)), {"decreased": -100}),
        (a_deal("D", 80, close=NEXT, lock=at_lock(100)), {"decreased": -20, "moved out": -80}),
        (a_deal("D", 80, close=None, lock=at_lock(80)), {"moved out": -80}),
        (won("D", 120, NEW, lock=at_lock(100)), {"increased": 20, "won": -120}),
        (won("D", 100, NEXT, lock=at_lock(100)), {"won": -100}),
        (lost("D", 100, NEW, lock=at_lock(100)), {"lost": -100}),
        (a_deal("D", 100, ended=ended("no decision"), lock=at_lock(100)), {"lost": -100}),
        (a_deal("D", 100, ended=ended("duplicate"), lock=at_lock(100)), {"duplicate": -100}),
        (a_deal("D", 90, "omitted", NEXT, lock=at_lock(90)), {"omitted": -90}),
        (a_deal("D", 100, missing_since=DAY, lock=at_lock(70)), {"vanished": -70}),
        (a_deal("D", 100, missing_since=DAY, vanished="deleted", lock=at_lock(70)), {"vanished": -70}),
        (
            a_deal("D", 100, missing_since=DAY, vanished="won", vanished_on=DAY, lock=at_lock(100)),
            {"won": -100},
        ),
        (a_deal("D", 110, lock=at_lock(100, close=NEXT)), {"moved in": 100, "increased": 10}),
        (a_deal("D", 100, lock=at_lock(100, close=None)), {"moved in": 100}),
        (a_deal("D", 100, lock=at_lock(100, "omitted", NEXT)), {"restored": 100}),
        (a_deal("D", 100, lock=at_lock(100, open=False, closed=True, close=NEXT)), {"reopened": 100}),
        (a_deal("D", 100, lock=at_lock(100, open=False, in_export=False)), {"returned": 100}),
        (a_deal("D", 60, first_seen=DAY, crm={"created": LOCKED}), {"created": 60}),
        (a_deal("D", 60, first_seen=DAY, crm={"created": LOCKED - timedelta(days=1)}), {"appeared": 60}),
        (a_deal("D", 60, first_seen=DAY), {"appeared": 60}),
        (
            a_deal("D", 60, first_seen=DAY, crm={"created": NEW}, inherited=("Tom", DAY)),
            {"transferred": 60},
        ),
        (won("D", 60, NEW, first_seen=DAY, crm={"created": NEW}), {"created": 60, "won": -60}),
        (won("D", 60, date(2026, 10, 2), first_seen=DAY, crm={"created": date(2026, 6, 1)}), {}),
        (won("D", 70, NEW, lock=at_lock(60, close=NEXT)), {"moved in": 60, "increased": 10, "won": -70}),
        (won("D", 70, NEXT, lock=at_lock(70, close=NEXT)), {}),
        (won("D", 70, NEW, lock=at_lock(70, open=False, closed=True)), {}),
        (lost("D", 70, NEW, lock=at_lock(70, "omitted")), {"restored": 70, "lost": -70}),
        (a_deal("D", 70, close=NEXT, lock=at_lock(70, close=NEXT)), {}),
    ],
)
def test_each_deal_stands_in_the_lines_that_say_what_happened_to_it(record, expected):
    assert lines(record) == expected


def test_without_created_dates_a_deal_first_seen_counts_as_created():
    assert lines(a_deal("D", 60, first_seen=DAY), columns=("id", "amount")) == {"created": 60}


def test_before_the_first_lock_the_bridge_shows_the_opening_state():
    bridge = build_bridge(the_ledger(a_deal("D", 60), a_deal("O", 10, "omitted")), SETTINGS, DAY)
    assert bridge.opening
    assert (bridge.start, bridge.end, bridge.lines, bridge.end_deals) == (None, Decimal(60), (), ("D",))


def test_when_the_period_changed_between_two_locks_both_ends_are_those_of_the_new_one():
    bridge = build_bridge(
        since_the_lock(
            a_deal("stays", 50, close=NEXT, lock=at_lock(40, close=NEXT)), a_deal("old", 90, lock=at_lock(90))
        ),
        SETTINGS,
        date(2027, 1, 4),
    )
    assert (bridge.start, bridge.end) == (Decimal(40), Decimal(50))
    assert [(line.kind, line.amount) for line in bridge.lines] == [(LineKind.INCREASED, Decimal(10))]


def test_a_line_names_its_deals_the_largest_first():
    bridge = build_bridge(
        since_the_lock(won("small", 10, NEW, lock=at_lock(10)), won("large", 90, NEW, lock=at_lock(90))), SETTINGS, DAY
    )
    assert bridge.line(LineKind.WON).deals == ("large", "small")
    assert bridge.line(LineKind.LOST).amount == 0


days = st.none() | st.dates(date(2026, 9, 1), date(2027, 3, 31))
amounts = st.none() | st.decimals(0, 10**9, places=2)
categories = st.sampled_from([category.value for category in Category])
locks = st.none() | st.builds(
    AtLock,
    day=st.just(LOCKED),
    open=st.booleans(),
    category=st.sampled_from(Category),
    amount=amounts,
    close_date=days,
    stage=st.just("Proposal"),
    owner=st.sampled_from(["marcus", "wei"]),
    in_export=st.booleans(),
    closed=st.booleans(),
)
states = st.lists(
    st.fixed_dictionaries(
        {
            "amount": amounts,
            "category": categories,
            "close": days,
            "status": st.sampled_from([status.value for status in Status]),
            "lock": locks,
            "missing_since": st.none() | st.just(DAY),
            "vanished": st.sampled_from(["", "won", "lost", "deleted"]),
            "ended": st.none() | st.sampled_from([ended(kind.value) for kind in Ending]),
            "inherited": st.none() | st.just(("Tom", DAY)),
            "first_lost": days,
            "crm": days.map(lambda day: {"created": day}),
        }
    ),
    max_size=10,
)


@given(states, st.dates(date(2026, 11, 16), date(2027, 2, 28)))
def test_nothing_is_left_unexplained_between_any_two_states(found, day):
    ledger = since_the_lock(*(a_deal(f"D{place}", **row) for place, row in enumerate(found)))
    bridge = build_bridge(ledger, SETTINGS, day)
    assert bridge.unexplained == 0
    for group in (ENTRIES, CHANGES, EXITS):
        named = [deal for line in bridge.lines if line.kind in group for deal in line.deals]
        assert len(named) == len(set(named)), "at most one entry, one change and one exit per deal"
    assert all(line.amount == sum((step.amount for step in line.steps), Decimal(0)) for line in bridge.lines)


@pytest.mark.parametrize("edge", [date(2026, 10, 1), date(2026, 12, 31)])
def test_the_first_and_the_last_day_belong_to_the_period(edge):
    assert lines(a_deal("D", 100, close=edge, lock=at_lock(100, close=edge))) == {}
    assert lines(a_deal("D", 100, lock=at_lock(100, open=False, in_export=False, close=edge))) == {"returned": 100}
    assert lines(won("D", 60, edge, first_seen=DAY, crm={"created": NEW})) == {"created": 60, "won": -60}
    through = won("D", 70, edge, lock=at_lock(60, close=NEXT))
    assert lines(through) == {"moved in": 60, "increased": 10, "won": -70}


def test_before_the_first_lock_there_is_nothing_to_explain():
    bridge = build_bridge(the_ledger(a_deal("D", 100)), SETTINGS, DAY)
    assert bridge.opening
    assert bridge.unexplained == 0
    assert not build_bridge(since_the_lock(a_deal("D", 100, lock=at_lock(100))), SETTINGS, DAY).opening
