"""One cause, many deals: found across slips, losses, broken promises and missing evidence, without names."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review.causes import open_causes, shared_causes
from review.commitments import Judged, Origin, Standing
from review.deals import Category, Cause, Ending, EndReason
from review.records import Change, Ended
from tests.review.pieces import MONDAY, a_ledger, a_record, a_row, a_step, monday, paper, the_settings

LOCKS = tuple(a_row(n, monday(n - 5)) for n in (1, 2, 3, 4))
"""Held on 26 Oct, 2, 9 and 16 Nov; four locks with today's reach back to 26 Oct."""


LAST_WEEK = monday(-1)


def slipped(ident, rep, cause=Cause.LEGAL, on=LAST_WEEK, amount=100_000):
    change = Change(field="close_date", frm="2026-12-04", to="2026-12-18", on=on, cause=cause)
    return a_record(ident, rep=rep, history=(change,), amount=Decimal(amount))


def lost(ident, rep, reason):
    ended = Ended(kind=Ending.LOST, reason=reason, review="r", day=monday(-1))
    return a_record(ident, rep=rep, ended=ended)


def found(*records, steps=(), locks=LOCKS):
    return shared_causes(a_ledger(*records, steps=steps, locks=locks), the_settings(), MONDAY)


THREE = (slipped("a", "tom"), slipped("b", "tom"), slipped("c", "wei", amount=410_000))


def test_three_deals_of_two_people_are_said_without_names():
    (one,) = found(*THREE)
    assert one.sentence == "legal: 3 deals, 2 people, $610k – one fix or two?"
    assert one.deals == ("a", "b", "c")


@pytest.mark.parametrize(
    "records",
    [
        THREE[:2],
        (slipped("a", "tom"), slipped("b", "tom"), slipped("c", "tom")),
        (slipped("a", "tom"), slipped("b", "wei"), slipped("c", "wei", Cause.BUDGET)),
        (*THREE[:2], slipped("c", "wei", on=monday(-4))),
    ],
    ids=["two deals", "one person", "two causes", "longer ago than four locks"],
)
def test_fewer_deals_fewer_people_or_longer_ago_is_no_shared_cause(records):
    assert found(*records) == ()


def test_it_comes_up_from_the_fourth_review():
    assert found(*THREE, locks=LOCKS[:2]) == ()
    assert len(found(*THREE, locks=LOCKS[:3])) == 1


def test_losses_and_slips_share_a_cause_under_two_names():
    records = (
        slipped("a", "tom", Cause.BUDGET),
        lost("b", "wei", EndReason.NO_BUDGET),
        lost("c", "wei", EndReason.NO_BUDGET),
    )
    assert [one.cause for one in found(*records)] == ["budget"]
    assert (
        found(*(lost(ident, rep, EndReason.OTHER) for ident, rep in (("a", "tom"), ("b", "wei"), ("c", "wei")))) == ()
    )


def test_a_promise_not_kept_counts_by_its_reason():
    broken = a_step("c", standing=Standing.NOT_DONE, judged=Judged.NOT_KEPT, why="Legal", due=monday(-1), owner="wei")
    records = (*THREE[:2], a_record("c", rep="wei"))
    assert len(found(*records, steps=[broken])) == 1
    assert len(found(*records, steps=[replace(broken, why="waiting for their legal team")])) == 1
    assert found(*records, steps=[replace(broken, why="forgot")]) == ()
    assert found(*records, steps=[replace(broken, why="legal, then budget")]) == ()
    assert found(*records, steps=[replace(broken, judged=Judged.KEPT)]) == ()
    # Counted four locks ago and carried to a day ahead since; counted last week though due long before.
    assert found(*records, steps=[replace(broken, judged_in="r1", due=monday(1))]) == ()
    assert len(found(*records, steps=[replace(broken, judged_in="r4", due=monday(-9))])) == 1


def test_a_paper_process_that_stands_still_counts_by_its_stage():
    still = a_record("c", rep="wei", category=Category.COMMIT, paper=paper(MONDAY - timedelta(days=20)))
    assert len(found(*THREE[:2], still)) == 1
    assert found(*THREE[:2], replace(still, paper=paper())) == ()


def test_the_cause_on_most_deals_comes_first():
    more = [slipped(f"x{n}", rep, Cause.BUDGET) for n, rep in enumerate(("tom", "wei", "aisha", "tom"))]
    assert [one.cause for one in found(*THREE, *more)] == ["budget", "legal"]


def test_a_cause_that_is_being_mended_is_not_asked_again():
    ledger = a_ledger(*THREE, locks=LOCKS)
    mending = replace(a_step("x"), id="m", deal="", origin=Origin.CAUSE, why="legal")

    def asked(commitment):
        return open_causes(replace(ledger, commitments={"m": commitment}), the_settings(), MONDAY)

    assert asked(mending) == ()
    assert len(asked(replace(mending, standing=Standing.DROPPED))) == 1
    assert asked(replace(mending, standing=Standing.DONE, made=MONDAY)) == ()
