from datetime import date

import pytest

from review.evidence import Confirmation, Paper
from review.likely import choose, likely_pull_ins, likely_slips, score
from review.records import Change, Movement
from tests.review.numbers import DAY, a_deal, ended, lost, the_ledger, the_settings, won

SETTINGS = the_settings()
CLOSE = date(2026, 12, 18)
JANUARY = date(2027, 1, 15)


def proven(close=CLOSE):
    return {
        "confirmation": Confirmation(who="Dana", said_on=DAY, close_date=close),
        "paper": Paper(stage="legal", moved_on=DAY),
    }


def in_negotiation(ident, days, close=date(2026, 11, 4)):
    entered = Change(field="stage", frm="Proposal", to="Negotiation", on=date.fromordinal(close.toordinal() - days))
    return won(ident, 1, close, history=(entered,))


def slips_of(*records):
    return [slip.item.deal for slip in likely_slips(the_ledger(*records), SETTINGS, DAY)]


def test_missing_evidence_comes_first_then_pushes_then_too_few_days_then_amount():
    usual = [in_negotiation("w1", 30), in_negotiation("w2", 30)]
    records = [
        a_deal(
            "large and sound",
            900,
            "commit",
            stage="Negotiation",
            close=date(2026, 12, 30),
            **proven(date(2026, 12, 30)),
        ),
        a_deal("short", 500, "commit", stage="Negotiation", **proven()),
        a_deal("pushed", 5, "commit", stage="Negotiation", pushes=2, **proven()),
        a_deal("no evidence", 5, "best case", close=CLOSE),
        a_deal("pipeline", 5, close=CLOSE),
    ]
    assert slips_of(*usual, *records) == ["no evidence", "pushed", "short"]


def test_among_equals_the_larger_amount_comes_first_and_three_are_proposed():
    records = [a_deal(f"D{amount}", amount, "commit") for amount in (10, 40, 30, 20)]
    assert slips_of(*records) == ["D40", "D30", "D20"]


def test_a_date_that_is_past_is_short_even_without_a_median():
    past = date(2026, 11, 20)
    (slip,) = likely_slips(the_ledger(a_deal("D", 1, "commit", past, **proven(past))), SETTINGS, DAY)
    assert slip.short
    assert (slip.days_left, slip.usual_days) == (-3, None)


def test_three_are_proposed_even_where_nothing_but_their_size_speaks_for_it():
    assert slips_of(a_deal("D", 900, "commit", **proven()), a_deal("E", 5, "best case")) == ["E", "D"]


def test_pull_ins_close_up_to_30_days_after_the_period_those_that_pass_the_test_first():
    def moved(day):
        return Movement(on=day, what="signed the annex", buyer=True)

    records = [
        a_deal("this period", 99, close=date(2026, 12, 31)),
        a_deal("too late", 99, close=date(2027, 1, 31)),
        a_deal("large", 90, close=date(2027, 1, 30)),
        a_deal("moved", 10, close=JANUARY, buyer_movement=moved(date(2026, 11, 1))),
        a_deal("moved later", 10, close=JANUARY, buyer_movement=moved(date(2026, 11, 20))),
        a_deal("passes", 10, close=JANUARY, **proven(JANUARY)),
        a_deal("omitted", 999, "omitted", close=JANUARY),
    ]
    found = likely_pull_ins(the_ledger(*records), SETTINGS, DAY)
    assert [pull.item.deal for pull in found] == ["passes", "moved later", "moved"]
    assert found[0].passes


@pytest.mark.parametrize(
    ("now", "hit"),
    [
        (a_deal("D", 1, "commit", date(2026, 12, 19)), True),
        (a_deal("D", 1, "commit", None), True),
        (a_deal("D", 1, "commit", CLOSE), False),
        (a_deal("D", 1, "commit", date(2026, 12, 1)), False),
        (won("D", 1, date(2027, 2, 1)), False),
        (lost("D", 1, DAY), False),
        (a_deal("D", 1, "commit", JANUARY, ended=ended("duplicate")), False),
    ],
)
def test_a_likely_slip_came_true_where_the_deal_closes_later(now, hit):
    picks = choose(the_ledger(a_deal("D", 1, "commit")), SETTINGS, DAY, ["D"], [])
    found = score(picks, the_ledger(now), SETTINGS)
    assert (found.slips, found.slips_of) == ((("D",) if hit else ()), 1)


@pytest.mark.parametrize(
    ("now", "hit"),
    [
        (a_deal("D", 1, close=date(2026, 12, 31)), True),
        (won("D", 1, date(2026, 12, 1)), True),
        (won("D", 1, date(2027, 1, 2)), False),
        (a_deal("D", 1, close=JANUARY), False),
        (lost("D", 1, DAY), False),
    ],
)
def test_a_likely_pull_in_came_true_where_the_deal_closes_in_the_period(now, hit):
    picks = choose(the_ledger(a_deal("D", 1, close=JANUARY)), SETTINGS, DAY, [], ["D"])
    found = score(picks, the_ledger(now), SETTINGS)
    assert (found.pull_ins, found.pull_ins_of) == ((("D",) if hit else ()), 1)


def test_picks_are_scored_for_the_period_they_were_chosen_for_and_count_a_lost_record_as_a_miss():
    picks = choose(the_ledger(a_deal("D", 1, close=JANUARY)), SETTINGS, DAY, ["D"], ["D"])
    assert picks.period == date(2026, 10, 1)
    assert picks.slips[0].close_date == JANUARY
    gone = score(picks, the_ledger(), SETTINGS)
    assert (gone.slips, gone.pull_ins, gone.slips_of, gone.pull_ins_of) == ((), (), 1, 1)
