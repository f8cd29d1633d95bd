"""Settled deals are put away at the lock: every answer stays as it was without, and what is needed is read, no more."""

from datetime import timedelta
from functools import cache

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from review.bridge import build_bridge
from review.causes import shared_causes
from review.coaching import next_questions, proposed_focus
from review.creation import creation
from review.deals import Ending, EndReason
from review.history import historical
from review.history_page import history
from review.importing import take_in
from review.intents import EndDeal
from review.likely import likely_pull_ins, likely_slips
from review.locks_compared import compare
from review.pipeline import pipeline_of
from review.preparation import prepare
from review.records import Ledger
from review.renaming import joined, renamed
from review.settings import Settings
from review.story import chapters
from review.updates import updates
from tests.builders import a_deal, an_export, monday, next_week, some_settings
from tests.review.shelves import MemoryShelf, TidyWeeks
from tests.review.test_twelve_weeks import lived
from tests.review.weeks import SETTINGS

SEEDS = (7, 23)
LATER = timedelta(weeks=30)


@cache
def tidy(seed):
    return TidyWeeks(seed)


def plain(value):
    """A value in which lists have no order: that of deals which closed long ago says nothing."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return sorted((plain(each) for each in value), key=repr)
    return value


def answers(ledger, settings, day):
    """Everything that a screen, a command or the next lock asks of a ledger."""
    person = settings.reps[0].id
    found = {
        "prep": prepare(ledger, settings, day),
        "history": history(ledger, settings, day, private=True),
        "creation": creation(ledger),
        "bridge": build_bridge(ledger, settings, day),
        "pipeline": pipeline_of(ledger, settings, day),
        "past quarters": historical(ledger, settings, day),
        "slips": likely_slips(ledger, settings, day),
        "pull-ins": likely_pull_ins(ledger, settings, day),
        "causes": shared_causes(ledger, settings, day),
        "updates": updates(ledger),
        "renamed": renamed(ledger),
        "focus": proposed_focus(ledger, settings, day, person),
        "questions": next_questions(ledger, settings, day, person),
        "stories": {ident: chapters(ident, record, ledger.locks) for ident, record in ledger.deals.items()},
    }
    return plain(msgspec.to_builtins(found, str_keys=True))


def same(one: Ledger, other: Ledger, settings: Settings, day):
    assert dict(one.deals.items()) == dict(other.deals.items())
    assert replace(one, current={}) == replace(other, current={}, settled=one.settled)
    assert answers(one, settings, day) == answers(other, settings, day)


@pytest.mark.parametrize("seed", SEEDS)
def test_twelve_weeks_give_the_same_answers_with_what_is_settled_put_away(seed):
    with_all, put_away = lived(seed), tidy(seed)
    assert len(put_away.ledger.settled) > 15
    for one, other in zip(with_all.seen, put_away.seen, strict=True):
        assert dict(one.meeting.ledger.deals.items()) == dict(other.meeting.ledger.deals.items()), one.moment
        assert one.meeting.queue == other.meeting.queue
    same(with_all.ledger, put_away.ledger, SETTINGS, put_away.day)
    # Long after, when all of it lies outside the windows.
    same(with_all.ledger, put_away.ledger, SETTINGS, put_away.day + LATER)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_locks_compare_as_they_did(seed):
    locks = [[review.meeting.ledger for review in weeks.reviews] for weeks in (lived(seed), tidy(seed))]
    for first, last in ((0, 5), (4, 10), (9, 10)):
        one, other = (compare(each[first], each[last], SETTINGS) for each in locks)
        assert one is not None
        assert other is not None
        titles = {ident: one.titles[ident] for ident in other.titles}
        assert plain(msgspec.to_builtins(replace(one, titles=titles))) == plain(msgspec.to_builtins(other))


@pytest.mark.parametrize("seed", SEEDS)
def test_preparing_a_review_reads_nothing_that_is_settled(seed):
    weeks = tidy(seed)
    weeks.shelf.fetched.clear()
    fresh = weeks.shelf.tidied(weeks.ledger)
    prepare(fresh, SETTINGS, weeks.day)
    assert fresh.settled
    assert weeks.shelf.fetched == []


def test_only_the_months_that_are_asked_for_are_read():
    weeks = tidy(7)
    fresh = weeks.shelf.tidied(weeks.ledger)
    weeks.shelf.fetched.clear()
    month = fresh.settled.boxes[-1].last.replace(day=1)
    found = fresh.closing(month, month + timedelta(days=27))
    assert all(weeks.ledger.deals[ident] == record for ident, record in found.items())
    read = {name for _, name in weeks.shelf.fetched}
    assert f"{month:%Y-%m}" in read
    assert len(read) < len({box.name for box in fresh.settled.boxes})


STATES = st.sampled_from(("away", "open", "open", "moved", "won", "won", "lost", "dear", "handed"))
TABLES = st.lists(st.lists(STATES, min_size=7, max_size=7), min_size=2, max_size=4)
ENDED = st.lists(st.sampled_from((None, None, 0, 1)), min_size=7, max_size=7)


def row(at, state, week):
    status = state if state in ("won", "lost") else "open"
    close = monday(week) - timedelta(days=3) if status != "open" else monday(9 + (week if state == "moved" else 0))
    owner = "Wei Lin" if state == "handed" else "Tom Reed"
    amount = 70_000 if state == "dear" else 50_000 + at
    return a_deal(f"d{at}", status=status, close=close, owner=owner, amount=amount, created=monday(-9 - at))


def live(table, ended, keep):
    """Lock seven weeks of a CRM in which each deal goes through the states of its row; `keep` takes each lock's."""
    ledger, team = Ledger(), some_settings()
    for week in range(7):
        rows = [row(at, states[week], week) for at, states in enumerate(table) if states[week] != "away"]
        session = next_week(ledger, *rows, a_deal("d9"), number=week, settings=team)
        ends = f"d{ended[week]}"
        if ended[week] is not None and ends in {slot.deal for slot in session.meeting.to_go}:
            session.must(EndDeal(deal=ends, kind=Ending.LOST, reason=EndReason.PRICE))
        ledger = keep(session.lock())
    return ledger


@given(TABLES, ENDED)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_crm_shows_the_ledger_comes_out_the_same(table, ended):
    """Closed and open again, gone and back, in every export or in none: no record differs, in no field."""
    shelf, team = MemoryShelf(), some_settings()
    whole, put_away = live(table, ended, lambda ledger: ledger), live(table, ended, shelf.tidied)
    same(whole, put_away, team, monday(7))
    wide = an_export(*(row(at, "open", 7) for at in range(len(table))), day=monday(7))
    same(take_in(whole, wide, team), take_in(put_away, wide, team), team, monday(7))


def closed_and_settled():
    shelf, team = MemoryShelf(), some_settings()
    ledger = live([["open", "won", "away", "away", "away", "away", "away"]], [None] * 7, shelf.tidied)
    return ledger, shelf, team


def test_a_settled_deal_that_is_open_again_comes_back_with_everything_that_was_known_of_it():
    ledger, _, team = closed_and_settled()
    assert "d0" in ledger.settled
    assert "d0" not in ledger.current
    after = take_in(ledger, an_export(row(0, "open", 7), a_deal("d9"), day=monday(7)), team)
    assert "d0" in after.current
    assert "d0" not in after.settled
    record = after.deals["d0"]
    assert record.lock is not None
    assert (record.lock.day, record.locks_unopened) == (monday(6), 7)
    assert [change.field for change in record.history].count("status") == 2


def test_a_settled_deal_that_went_on_under_another_id_is_one_deal():
    ledger, _, team = closed_and_settled()
    after = joined(ledger, "d0", "d9", team)
    assert set(after.deals) == {"d9"}
    assert not after.settled


def test_a_closed_deal_waits_while_something_is_open_on_it():
    shelf = MemoryShelf()
    session = next_week(Ledger(), a_deal("d0"), a_deal("d9"), number=0)
    session.must(EndDeal(deal="d0", kind=Ending.LOST, reason=EndReason.PRICE))
    ledger = shelf.tidied(session.lock())
    assert "d0" in ledger.current, "the CRM does not show it yet"
    ledger = shelf.tidied(next_week(ledger, a_deal("d9"), number=1).lock())
    assert "d0" in ledger.settled
