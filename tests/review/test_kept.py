from datetime import date, timedelta
from decimal import Decimal

import pytest

from review.commitments import Judged, Origin, Standing
from review.kept import kept_at, kept_by, kept_over, kept_running
from tests.review.numbers import DAY, LOCKED, a_lock, a_promise, the_ledger

DUE = date(2026, 11, 19)


def counted(**more):
    found = kept_at([a_promise("p", more.pop("due", DUE), **more)], "now", DAY, LOCKED)
    return len(found.kept), len(found.not_kept)


KEPT = {"judged": Judged.KEPT, "judged_in": "now", "standing": Standing.DONE, "closed_on": DAY}
MISSED = {"judged": Judged.NOT_KEPT, "judged_in": "now"}


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (KEPT, (1, 0)),
        ({**KEPT, "standing": Standing.BUYER}, (1, 0)),
        (MISSED, (0, 1)),
        ({**KEPT, "judged_in": "before"}, (0, 0)),
        ({"judged": Judged.NOT_YET}, (0, 0)),
        ({"judged": Judged.APART, "judged_in": "now"}, (0, 0)),
        ({**KEPT, "origin": Origin.PARKED}, (1, 0)),
        ({**KEPT, "origin": Origin.CRM}, (0, 0)),
        ({**KEPT, "origin": Origin.WITHOUT}, (0, 0)),
        ({**KEPT, "judged_in": "", "closed_on": date(2026, 11, 18)}, (1, 0)),
        ({**KEPT, "judged_in": "", "closed_on": LOCKED}, (0, 0)),
    ],
)
def test_a_promise_counts_once_at_the_lock_of_its_verdict(promise, expected):
    assert counted(**promise) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (DAY - timedelta(days=1), (1, 0)),
        (DAY, (0, 0)),
        (DAY + timedelta(days=9), (0, 0)),
        (LOCKED, (1, 0)),
        (LOCKED - timedelta(days=1), (0, 0)),
    ],
)
def test_what_was_done_early_counts_at_the_first_review_after_its_date(due, expected):
    early = {**KEPT, "judged_in": "before", "closed_on": LOCKED, "done_early": True}
    assert counted(due=due, **early) == expected


def test_a_promise_missed_and_then_done_before_its_second_date_was_counted_already():
    late = {**MISSED, "judged_in": "before", "standing": Standing.DONE, "done_early": True, "carried": 1}
    assert counted(due=DAY - timedelta(days=1), **late) == (0, 0)


def test_first_early_moves_and_what_fell_away_are_counted_apart():
    promises = [
        a_promise("moved", DUE, early_moves=1),
        a_promise("dropped", DUE, judged=Judged.APART, standing=Standing.DROPPED, closed_on=DAY),
        a_promise("dropped long ago", DUE, judged=Judged.APART, standing=Standing.DROPPED, closed_on=LOCKED),
        a_promise("kept", DUE, **KEPT),
    ]
    found = kept_at(promises, "now", DAY, LOCKED)
    assert (found.moved_early, found.apart, found.kept) == (("moved",), ("dropped",), ("kept",))
    assert found.rate.value == 1


def test_a_promise_belongs_to_whoever_made_it():
    promises = {
        "a": a_promise("a", DUE, **KEPT),
        "b": a_promise("b", DUE, **MISSED),
        "c": a_promise("c", DUE, owner="ada", **KEPT),
    }
    ledger = the_ledger(commitments=promises, locks=(a_lock("before", LOCKED),))
    assert kept_running(ledger, "now", DAY).rate.value == Decimal(2) / 3
    assert kept_running(ledger, "now", DAY, "ada").rate.value == 1
    assert kept_by(ledger, "now", DAY) == {"marcus": (1, 2), "ada": (1, 1)}


def test_nothing_judged_has_no_rate():
    found = kept_at([], "now", DAY, None)
    assert found.rate.value is None
    assert found.rate.why


def test_rates_over_several_locks_add_up_before_they_divide():
    rows = [
        a_lock("r1", LOCKED, kept=1, judged=10, kept_by={"ada": (1, 1)}),
        a_lock("r2", LOCKED, kept=9, judged=10),
        a_lock("r3", DAY, kept=9, judged=10, kept_by={"ada": (0, 1)}),
    ]
    assert kept_over(rows, 90).rate.value == Decimal(19) / 30
    recent = kept_over(rows, 90, last=2)
    assert (recent.rate.value, recent.on_target, recent.locks) == (Decimal("0.9"), True, ("r2", "r3"))
    assert kept_over(rows, 90, "ada").rate.value == Decimal("0.5")
    none = kept_over([], 90)
    assert (none.rate.value, none.on_target) == (None, None)
