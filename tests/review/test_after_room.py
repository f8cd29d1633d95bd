from datetime import date
from decimal import Decimal

import pytest

from review.after_room import Became, after_the_room
from tests.review.numbers import a_call, a_deal, ended, the_ledger, the_settings, won

SETTINGS = the_settings()
BEFORE = a_deal("N", 184, "commit")


def told(before, now, *, commit=1420, pending=(), **more):
    found = after_the_room(the_ledger(*before), the_ledger(*now), SETTINGS, [a_call("marcus", commit, **more)], pending)
    return found[0] if found else None


def test_the_call_after_the_room_is_the_stated_one_plus_one_line_per_deal():
    entry = told(
        [BEFORE, a_deal("I", 60, "commit"), a_deal("calm", 999, "commit")],
        [BEFORE, a_deal("I", 60, "commit", ended=ended("lost")), a_deal("calm", 999, "commit")],
        pending=["N"],
    )
    assert [(line.title, line.amount, line.became, line.pending) for line in entry.lines] == [
        ("N", -184, Became.BEST_CASE, True),
        ("I", -60, Became.LOST, False),
    ]
    assert entry.after == 1176
    assert entry.asks


NEXT = date(2027, 1, 8)


@pytest.mark.parametrize(
    ("before", "now", "amount", "became"),
    [
        (BEFORE, a_deal("N", 184, "best case"), -184, Became.BEST_CASE),
        (BEFORE, a_deal("N", 184, "pipeline"), -184, Became.PIPELINE),
        (BEFORE, a_deal("N", 184, "omitted"), -184, Became.OMITTED),
        (a_deal("N", 184, "best case"), BEFORE, 184, Became.COMMIT),
        (BEFORE, a_deal("N", 184, "commit", NEXT), -184, Became.MOVED_OUT),
        (a_deal("N", 184, "commit", NEXT), BEFORE, 184, Became.MOVED_IN),
        (BEFORE, a_deal("N", 200, "commit"), 16, Became.AMOUNT),
        (a_deal("N", 184, "pipeline"), won("N", 184, date(2026, 11, 20)), 184, Became.WON),
        (BEFORE, a_deal("N", 184, "commit", ended=ended("no decision")), -184, Became.NO_DECISION),
        (BEFORE, a_deal("N", 184, "commit", ended=ended("duplicate")), -184, Became.DUPLICATE),
        (BEFORE, a_deal("N", 184, "commit", missing_since=date(2026, 11, 23)), -184, Became.GONE),
        (BEFORE, a_deal("N", 184, "commit", rep="wei"), -184, Became.OWNER),
        (a_deal("N", 184, "commit", ended=ended("lost")), BEFORE, 184, Became.REOPENED),
    ],
)
def test_a_deal_that_changes_a_call_says_how(before, now, amount, became):
    entry = told([before], [now])
    assert [(line.amount, line.became) for line in entry.lines] == [(Decimal(amount), became)]


def test_a_deal_that_an_import_brought_into_the_room_is_called_new():
    (line,) = told([], [BEFORE]).lines
    assert (line.amount, line.became) == (184, Became.NEW)
    (gone,) = told([BEFORE], []).lines
    assert (gone.amount, gone.became) == (-184, Became.GONE)


@pytest.mark.parametrize(
    "now",
    [
        BEFORE,
        a_deal("N", 184, "commit", date(2026, 12, 22)),
        won("N", 184, date(2026, 11, 20)),
    ],
)
def test_what_leaves_the_sum_as_it_is_makes_no_line(now):
    assert told([BEFORE], [now]) is None


def test_a_call_for_another_period_and_another_persons_deals_are_left_alone():
    gone = a_deal("N", 184, "commit", ended=ended("lost"))
    assert told([BEFORE], [gone], period=date(2027, 1, 1)) is None
    assert not after_the_room(the_ledger(BEFORE), the_ledger(gone), SETTINGS, [a_call("wei", 500)])


def test_a_call_taken_is_asked_again_only_when_the_room_changes_it_again():
    gone = a_deal("N", 184, "commit", ended=ended("lost"))
    assert not told([BEFORE], [gone], after_room=Decimal(1236)).asks
    back = told([BEFORE], [BEFORE], after_room=Decimal(1236))
    assert back.asks
    assert back.after == 1420
