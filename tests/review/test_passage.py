from datetime import date
from decimal import Decimal

import pytest

from review.health_window import health_window
from review.passage import conversions, days_to_won, last_exits
from review.records import Change
from tests.review.numbers import DAY, a_deal, lost, the_ledger, the_settings, won

SETTINGS = the_settings()
WINDOW = health_window(SETTINGS, DAY)


def moved(frm, to, on):
    return Change(field="stage", frm=frm, to=to, on=on)


FORWARD = moved("Discovery", "Proposal", date(2026, 10, 5))
BACK = moved("Proposal", "Discovery", date(2026, 10, 12))
AGAIN = moved("Discovery", "Negotiation", date(2026, 10, 19))
ON = moved("Proposal", "Negotiation", date(2026, 10, 6))
BACK_ONE = moved("Negotiation", "Proposal", date(2026, 10, 8))
BACK_AGAIN = moved("Proposal", "Discovery", date(2026, 10, 12))
CLOSED = moved("Discovery", "Closed Lost", date(2026, 10, 5))
LATE = moved("Proposal", "Closed Lost", date(2026, 10, 5))
LOST = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (a_deal(), {}),
        (a_deal(history=(FORWARD,)), {"Discovery": True}),
        (a_deal(stage="Discovery", history=(FORWARD, BACK)), {}),
        (a_deal(stage="Negotiation", history=(FORWARD, BACK, AGAIN)), {"Discovery": True}),
        (lost("D", 1, LOST, stage="Discovery", history=(FORWARD, BACK)), {"Discovery": False}),
        # on to Negotiation, back to Proposal and to Discovery: Proposal was left once, forward, and it is not there now
        (a_deal(stage="Discovery", history=(FORWARD, ON, BACK_ONE, BACK_AGAIN)), {"Proposal": True}),
        (lost("D", 1, LOST), {"Proposal": False}),
        (won("D", 1, LOST, history=(FORWARD,)), {"Discovery": True, "Proposal": True}),
        (won("D", 1, LOST, stage="Closed Won", history=(moved("Verbal", "Closed Won", LOST),)), {"Verbal": True}),
        (
            lost("D", 1, LOST, stage="Closed Lost", history=(moved("Proposal", "Closed Lost", LOST),)),
            {"Proposal": False},
        ),
        (won("D", 1, LOST, stage="Closed Won"), {}),
        # lost in Discovery and open again, further on, in the same stage, or before it
        (a_deal(stage="Negotiation", history=(CLOSED, moved("Closed Lost", "Negotiation", LOST))), {"Discovery": True}),
        (a_deal(stage="Discovery", history=(CLOSED, moved("Closed Lost", "Discovery", LOST))), {}),
        (a_deal(stage="Discovery", history=(LATE, moved("Closed Lost", "Discovery", LOST))), {}),
        (a_deal(missing_since=DAY), {}),
    ],
)
def test_a_deal_counts_once_per_stage_by_its_last_exit(record, expected):
    assert {left.stage: left.forward for left in last_exits(record, SETTINGS)} == expected


def test_conversion_is_the_share_that_went_on_and_few_are_greyed():
    records = [
        a_deal("forward", history=(FORWARD,)),
        won("won", 1, LOST, stage="Discovery"),
        lost("lost", 1, LOST, stage="Discovery"),
        lost("before the window", 1, date(2025, 9, 30), stage="Discovery"),
        lost("other", 1, LOST, stage="Discovery"),
    ]
    found = {one.stage: one for one in conversions(the_ledger(*records), SETTINGS, WINDOW)}
    assert (found["Discovery"].left, found["Discovery"].forward) == (4, 2)
    assert found["Discovery"].rate.value == Decimal("0.5")
    assert found["Discovery"].few
    assert found["Verbal"].rate.value is None
    records.append(lost("fifth", 1, LOST, stage="Discovery"))
    assert not conversions(the_ledger(*records), SETTINGS, WINDOW)[0].few


def test_days_from_a_stage_to_won_are_the_median_over_won_deals():
    records = [
        won("a", 1, date(2026, 11, 4), history=(FORWARD,), crm={"created": date(2026, 9, 5)}),
        won("b", 1, date(2026, 11, 4), history=(moved("Discovery", "Proposal", date(2026, 10, 25)),)),
    ]
    assert days_to_won(the_ledger(*records), SETTINGS) == {"Proposal": 20, "Discovery": 60}
