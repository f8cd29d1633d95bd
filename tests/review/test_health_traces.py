"""Each health figure of the team is told with the deals and reviews that it rests on."""

from datetime import date

from review.health_traces import health_reasons
from review.intents import CloseOut, EnterSection, OpenDeal
from tests.builders import GOOD, MONDAY, a_deal, a_ledger, a_session, some_settings

DEALS = (
    a_deal("d1", name="Northwind", amount=184_000),
    a_deal("w1", name="Stark", status="won", amount=50_000, close=date(2026, 11, 2), created=date(2026, 8, 4)),
    a_deal("l1", name="Initech", status="lost", amount=20_000, close=date(2026, 10, 30), created=date(2026, 8, 4)),
)


def test_every_figure_names_its_deals_with_days_and_amounts():
    session = a_session(a_ledger(*DEALS))
    session.must(EnterSection(section="inspection"), OpenDeal(deal="d1"), CloseOut(deal="d1", line=GOOD))
    said = [(one.name, one.facts) for one in health_reasons(session.lock(), some_settings(), MONDAY)]
    assert said == [
        ("won", "Stark: 50k, 2 Nov 2026"),
        ("lost", "Initech: 20k, 30 Oct 2026"),
        ("cycle", "Stark: created 4 Aug 2026, won 2 Nov 2026, 90 days"),
        ("qualified", "1 deal: Northwind"),
        ("replacement", "nothing won or lost"),
        ("economic buyer", "0 of 1"),
        ("champion", "0 of 1"),
        ("agreed steps", "1 of 1: Northwind"),
    ]
