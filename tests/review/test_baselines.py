"""Exports of before the first review: any order, twice, and as much as reviews that were held would have known."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from review.baselines import past_until, why_not_past
from review.bridge import build_bridge
from review.closed import closed_day
from review.creation import creation, replacement
from review.creation_items import ItemKind, items_of
from review.deals import Status
from review.desk import at_desk as fold_desk
from review.events import BaselineRead, Batch, Undone
from review.fold import fold
from review.from_exports import closed_from_exports
from review.health import win_rate
from review.history import historical
from review.importing import take_in
from review.people import Person
from review.records import Ledger
from review.renaming import renamed
from review.slips import called_early
from review.standing import in_writing
from review.start import plan, start
from tests.builders import MONDAY, NINE, RunningSession, a_deal, a_session, an_export, desk, imported, some_settings
from tests.review.weeks import SETTINGS, World, week_day

WEEKS = 12
BRIEFLY = (Phase.explicit, Phase.generate)
"""Shrinking would fold for minutes; an order of six exports says enough as it is."""
SEEDS = (7, 23)


def reading(exports, ident="past"):
    """The batch that reads baselines in, and their rows by name."""
    rows = {f"baseline-{export.id}": export for export in exports}
    events = tuple(
        BaselineRead(name=name, day=export.day, source=export.source, rows=len(export.deals))
        for name, export in rows.items()
    )
    return Batch(id=ident, at=NINE, events=events, what="read in the past"), rows


def at_desk(ledger, batches, exports, *, settings=SETTINGS):
    return fold_desk(ledger, batches, exports, settings)


def with_past(exports, first, *, settings=SETTINGS, ledger=None):
    """A first import on a past."""
    batch, rows = reading(exports)
    return at_desk(ledger or Ledger(), (batch, imported(first)), {**rows, first.id: first}, settings=settings)


@cache
def exported(seed):
    """Thirteen weekly exports of a team of eight, as the twelve-week simulation makes them."""
    world, found = World(seed), []
    for week in range(WEEKS + 1):
        day = week_day(week) - timedelta(days=1)
        world.live(day)
        found.append(world.export(day, week)[0])
    return tuple(found)


def held(ledger, day, settings=SETTINGS):
    """A review in which nothing is decided, from start to lock."""
    planned = plan(ledger, settings, day, ())
    event = start(ledger, settings, review=day.isoformat(), today=day, present=(), planned=planned, desk=0)
    at = NINE.replace(year=day.year, month=day.month, day=day.day)
    batch = Batch(id=f"start-{day}", at=at, events=(event,), what="started")
    return RunningSession(fold(ledger, (batch,))).lock()


@cache
def reviewed(seed):
    """Twelve reviews held on the exports, nobody there and nothing decided, and the thirteenth export now."""
    ledger = Ledger()
    for week, export in enumerate(exported(seed)[:-1]):
        ledger = held(take_in(ledger, export, SETTINGS), week_day(week))
    return take_in(ledger, exported(seed)[-1], SETTINGS)


@pytest.mark.parametrize("seed", SEEDS)
def test_twelve_exports_of_before_tell_what_twelve_held_reviews_would_have_known(seed):
    *past, last = exported(seed)
    random.Random(seed).shuffle(past)
    now, then = with_past(past, last), reviewed(seed)
    assert sum(record.pushes for record in now.deals.values()) > 60
    facts = ("pushes", "first_seen", "stage_since", "stage_since_known", "missing_since", "first_lost", "inherited")
    for ident, record in then.deals.items():
        found = now.deals[ident]
        assert {fact: getattr(found, fact) for fact in facts} == {fact: getattr(record, fact) for fact in facts}, ident
        assert closed_day(found) == closed_day(record)
        assert [c for c in found.history if c.field != "category"] == [
            c for c in record.history if c.field != "category"
        ]
    day = week_day(WEEKS)
    assert build_bridge(now, SETTINGS, day) == build_bridge(then, SETTINGS, day)
    assert build_bridge(now, SETTINGS, day).unexplained == 0
    assert creation(now) == creation(then)
    assert replacement(now) == replacement(then)
    assert win_rate(now, SETTINGS, day) == win_rate(then, SETTINGS, day)


def picture(ledger):
    facts = ("pushes", "past_pushes", "first_seen", "stage_since", "stage_since_known", "first_lost", "lost_at_first")
    return {ident: [getattr(record, fact) for fact in (*facts, "history")] for ident, record in ledger.deals.items()}


@settings(max_examples=6, deadline=None, phases=BRIEFLY)
@given(order=st.permutations(range(6)), cut=st.integers(0, 6), seed=st.sampled_from(SEEDS))
def test_the_order_in_which_they_are_read_changes_nothing_and_neither_does_reading_them_again(order, cut, seed):
    past, last = exported(seed)[:6], exported(seed)[6]
    shuffled = [past[at] for at in order]
    first, rows = reading(shuffled[:cut], "first")
    second, more = reading([*shuffled[cut:], *shuffled[:2]], "second")
    exports = {**rows, **more, last.id: last}
    before = at_desk(Ledger(), (first, second, imported(last)), exports)
    after = at_desk(Ledger(), (first, imported(last), second), exports)
    assert before == after == with_past(past, last)


@settings(max_examples=4, deadline=None, phases=BRIEFLY)
@given(order=st.permutations(range(6)), cut=st.integers(0, 6), seed=st.sampled_from(SEEDS))
def test_read_in_after_reviews_they_add_what_was_not_known_and_leave_what_was_locked(order, cut, seed):
    past, (first, second) = [exported(seed)[at] for at in order], exported(seed)[6:8]
    known = take_in(held(with_past(past, first), week_day(6)), second, SETTINGS)
    locked = held(desk(Ledger(), [first], imported(first), settings=SETTINGS), week_day(6))
    some, rows = reading(past[:cut], "some")
    rest, more = reading(past[cut:], "rest")
    exports = {**rows, **more, second.id: second}
    late = at_desk(locked, (some, imported(second), rest), exports)
    # A deal that had closed before the first import showed it is known by the exports alone, in both ways.
    assert {i: p for i, p in picture(late).items() if i in locked.deals} == {
        i: p for i, p in picture(known).items() if i in locked.deals
    }
    assert {i: r.lock for i, r in late.deals.items() if i in locked.deals} == {
        i: r.lock for i, r in take_in(locked, second, SETTINGS).deals.items() if i in locked.deals
    }
    assert (late.locks, late.commitments, late.lock_export_day) == (locked.locks, locked.commitments, first.day)
    day = week_day(7)
    assert build_bridge(late, SETTINGS, day) == build_bridge(known, SETTINGS, day)
    # Some before a second review, the rest after it: what was learned then is not added twice.
    piecemeal = at_desk(held(at_desk(locked, (some, imported(second)), exports), day), (rest,), exports)
    assert {i: p for i, p in picture(piecemeal).items() if i in locked.deals} == {
        i: p for i, p in picture(held(known, day)).items() if i in locked.deals
    }


# By hand

OCTOBER, NOVEMBER, NOW = date(2026, 10, 5), date(2026, 11, 2), date(2026, 11, 22)
TEAM = some_settings()


def small(*weeks):
    """What a first import on exports of before leaves; a week is its day and its deals."""
    *past, (day, *deals) = weeks
    exports = [an_export(*rows, day=on, ident=f"{on}") for on, *rows in past]
    return with_past(exports, an_export(*deals, day=day, ident="now"), settings=TEAM)


def test_it_is_no_held_review():
    ledger = small(
        (OCTOBER, a_deal(category="commit", close=date(2026, 11, 20), next_step="Send @Dana the draft")),
        (NOVEMBER, a_deal(category="commit", close=date(2026, 12, 11), next_step="Send @Dana the draft")),
        (NOW, a_deal(category="best case", close=date(2026, 12, 18), next_step="Send @Dana the draft")),
    )
    record = ledger.deals["d1"]
    assert (record.pushes, record.stay, record.from_exports, ledger.locks) == (1, None, True, ())
    assert not called_early(record)
    session = a_session(ledger, settings=TEAM)
    after = session.lock()
    assert session.locked.row.held == 1
    assert (after.deals["d1"].pushes, after.deals["d1"].stay) == (2, None)
    assert (after.deals["d1"].locks_unopened, after.held) == (1, 1)


def test_a_step_that_stood_in_the_crm_before_the_first_review_is_in_writing_there():
    deal = a_deal(next_step="Send @Dana the draft", next_step_date=date(2026, 12, 1))
    record = (ledger := small((NOVEMBER, deal), (NOW, deal))).deals["d1"]
    assert in_writing(record, ledger)


def test_a_deal_that_vanished_between_two_of_them_is_not_asked_for_but_one_that_vanished_since_is():
    stays, gone, left = a_deal("stays"), a_deal("gone"), a_deal("left")
    ledger = small((OCTOBER, stays, gone, left), (NOVEMBER, stays, left), (NOW, stays))
    asked = [item.id for item in items(ledger)]
    assert asked == ["left"]


def items(ledger):
    session = a_session(ledger, settings=TEAM)
    return [item for item in items_of(session.meeting) if item.kind is ItemKind.VANISHED]


def test_a_deal_that_went_on_under_another_id_is_proposed_as_the_same():
    old, new = (a_deal(ident, created=date(2026, 9, 1), amount=70_000) for ident in ("old", "new"))
    ledger = small((OCTOBER, old), (NOVEMBER, new), (NOW, new))
    assert renamed(ledger) == {"old": "new"}
    assert [item.id for item in items(ledger)] == ["old"]


def test_a_deal_that_is_open_again_is_reopened_in_the_bridge():
    other = a_deal("d2", close=None)
    ledger = small((OCTOBER, a_deal(), other), (NOVEMBER, a_deal(status="lost"), other), (NOW, a_deal(), other))
    assert [(line.kind.value, line.amount) for line in build_bridge(ledger, TEAM, MONDAY).lines] == [
        ("reopened", Decimal(100_000))
    ]


def test_a_list_of_closed_deals_tells_what_became_of_those_that_left_and_makes_none_vanish():
    """Open on 5 Oct; gone by 2 Nov and won; gone by now and lost; and one of the year before that nobody has seen."""
    stays, won, lost = a_deal("stays"), a_deal("won"), a_deal("lost")
    closed = an_export(
        a_deal("won", status="won", close=date(2026, 10, 20)),
        a_deal("lost", status="lost", close=date(2026, 11, 10), amount=60_000),
        a_deal("old", status="won", close=date(2025, 11, 30), created=date(2025, 9, 1)),
        day=date(2026, 11, 20),
        ident="closed",
    )
    whole = [an_export(stays, won, lost, day=OCTOBER), an_export(stays, lost, day=NOVEMBER)]
    now = an_export(stays, day=NOW, ident="now")
    found = [with_past(order, now, settings=TEAM) for order in ([*whole, closed], [closed, *reversed(whole)])]
    assert found[0] == found[1]
    ledger = found[0]
    assert items(ledger) == []
    assert creation(ledger).won.deals == ()
    assert creation(ledger).lost.deals == ("lost",)
    assert [(i.day, i.won, i.won_amount) for i in ledger.past.intervals] == [(NOVEMBER, 1, Decimal(100_000))]
    assert closed_day(ledger.deals["old"]) == date(2025, 11, 30)
    assert win_rate(ledger, TEAM, MONDAY).by_count.value == Decimal(2) / 3
    assert ledger.past.days == (OCTOBER, NOVEMBER)


def test_a_list_of_closed_deals_alone_gives_rates_and_no_bridge():
    closed = an_export(a_deal("won", status="won", close=date(2026, 9, 20)), day=date(2026, 11, 20), ident="closed")
    ledger = with_past([closed], an_export(a_deal("new"), day=NOW, ident="now"), settings=TEAM)
    assert build_bridge(ledger, TEAM, MONDAY).opening
    assert win_rate(ledger, TEAM, MONDAY).by_count.value == 1


def test_an_older_list_of_closed_deals_does_not_close_what_is_open_again():
    closed = an_export(a_deal(status="lost"), day=date(2026, 10, 1), ident="closed")
    ledger = with_past([closed, an_export(a_deal(), day=OCTOBER)], an_export(a_deal(), day=NOW, ident="now"))
    assert ledger.deals["d1"].crm.status is Status.OPEN
    assert ledger.deals["d1"].first_seen == OCTOBER


def test_what_was_taken_back_and_what_is_no_older_than_the_first_import_tells_nothing():
    first = an_export(a_deal(), day=NOVEMBER, ident="now")
    older, same = an_export(a_deal(), day=OCTOBER, ident="older"), an_export(a_deal("d2"), day=NOVEMBER, ident="same")
    batch, rows = reading([older, same])
    exports = {**rows, "now": first}
    ledger = at_desk(Ledger(), (batch, imported(first)), exports, settings=TEAM)
    assert (ledger.past.days, tuple(ledger.deals)) == ((OCTOBER,), ("d1",))
    undone = Batch(id="undo", at=NINE, events=(Undone(batch="past", what="read in the past"),))
    assert at_desk(Ledger(), (batch, imported(first), undone), exports, settings=TEAM) == take_in(Ledger(), first, TEAM)


def test_alone_they_are_no_export_to_review():
    batch, rows = reading([an_export(a_deal(), day=OCTOBER)])
    assert at_desk(Ledger(), (batch,), rows, settings=TEAM) == Ledger()


# Between two imports, before the first review


def test_an_export_of_between_two_imports_stands_before_the_first_review():
    early, late = date(2026, 12, 4), date(2026, 12, 11)
    first = an_export(a_deal(close=early), a_deal("gone"), day=OCTOBER, ident="first")
    older = an_export(a_deal(close=late), a_deal("won", status="won"), day=NOVEMBER, ident="older")
    now = an_export(a_deal(close=date(2026, 12, 18)), a_deal("won", status="won"), day=NOW, ident="now")
    batch, rows = reading([older])
    exports = {**rows, "first": first, "now": now}
    ledger = at_desk(Ledger(), (imported(first), imported(now, "b2"), batch), exports, settings=TEAM)
    deal = ledger.deals["d1"]
    assert (ledger.past.since, ledger.past.days, ledger.export_day) == (NOVEMBER, (NOVEMBER,), NOW)
    assert (deal.first_seen, deal.lock.close_date, deal.pushes) == (OCTOBER, late, 0)
    assert ledger.deals["gone"].vanished
    assert build_bridge(ledger, TEAM, MONDAY).unexplained == 0
    locked = held(ledger, MONDAY, TEAM)
    # 11 Dec on 2 Nov, 18 Dec at the lock.
    assert locked.deals["d1"].pushes == 1
    assert why_not_past(older, dated=True, today=MONDAY, last=past_until(ledger), taken={}) == ""
    assert "only older ones" in why_not_past(older, dated=True, today=MONDAY, last=past_until(locked), taken={})


@settings(max_examples=6, deadline=None, phases=BRIEFLY)
@given(order=st.permutations(range(6)), cut=st.integers(0, 6), seed=st.sampled_from(SEEDS))
def test_before_the_first_lock_they_come_in_any_order_around_the_imports(order, cut, seed):
    weeks = exported(seed)[:8]
    first, now = weeks[2], weeks[7]
    past = [export for export in weeks if export not in (first, now)]
    shuffled = [past[at] for at in order]
    some, rows = reading(shuffled[:cut], "some")
    rest, more = reading([*shuffled[cut:], *shuffled[:3]], "rest")
    exports = {**rows, **more, first.id: first, now.id: now}
    one, two = imported(first, "i1"), imported(now, "i2")
    found = [
        at_desk(Ledger(), batches, exports)
        for batches in ((some, rest, one, two), (some, one, rest, two), (one, two, some, rest))
    ]
    assert found[0] == found[1] == found[2]
    assert found[0].past.days == tuple(sorted(export.day for export in past))
    assert build_bridge(found[0], SETTINGS, week_day(8)).unexplained == 0


@settings(max_examples=3, deadline=None, phases=BRIEFLY)
@given(older=st.permutations(range(2)), seed=st.sampled_from(SEEDS))
def test_what_is_read_in_after_the_first_lock_adds_to_what_stood_between_two_imports(older, seed):
    weeks = exported(seed)[:7]
    first, middle, now = weeks[3], weeks[4], weeks[6]
    inside, rows = reading([middle], "inside")
    old, more = reading([weeks[at] for at in older], "old")
    exports = {**rows, **more, first.id: first, now.id: now}
    one, two = imported(first, "i1"), imported(now, "i2")
    known = held(at_desk(Ledger(), (one, two, inside, old), exports), week_day(7))
    late = at_desk(held(at_desk(Ledger(), (one, two, inside), exports), week_day(7)), (old,), exports)
    pushes = {ident: (r.pushes, r.first_seen) for ident, r in known.deals.items() if ident in late.deals}
    assert {ident: (late.deals[ident].pushes, late.deals[ident].first_seen) for ident in pushes} == pushes


def test_a_list_of_closed_deals_of_past_years_gives_the_same_quarter_of_earlier_years():
    team = some_settings(people=[Person(id="tom-reed", name="Tom Reed", initials="TR", start=date(2023, 1, 2))])
    closed = an_export(
        a_deal("w1", status="won", close=date(2025, 11, 20), amount=200_000),
        a_deal("w2", status="won", close=date(2025, 12, 1), amount=100_000),
        a_deal("w3", status="won", close=date(2025, 8, 1), amount=900_000),
        a_deal("l1", status="lost", close=date(2025, 12, 1), amount=500_000),
        day=date(2026, 1, 5),
        ident="closed",
    )
    ledger = with_past([closed], an_export(a_deal(), day=NOW, ident="now"), settings=team)
    found = historical(ledger, team, MONDAY)
    assert found.figure.value == found.years[0].won == 300_000
    assert [year.headcount for year in found.years] == [found.headcount] == [1]
    assert closed_from_exports(ledger, found.figure.deals)
