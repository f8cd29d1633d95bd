"""Each health figure of the team is told with the deals and reviews that it rests on."""

from datetime import date
from decimal import Decimal

from review.health_traces import health_reasons
from review.intents import CloseOut, EnterSection, OpenDeal
from review.past import Interval, Past
from tests.builders import GOOD, MONDAY, a_deal, a_ledger, a_session, some_settings
from tests.review.numbers import DAY, a_lock, lost, since_the_lock, the_settings

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


def test_replacement_names_every_interval_it_looks_back_on_those_between_older_exports_too():
    before = Interval(
        day=date(2026, 11, 9),
        created=Decimal(70_000),
        won=1,
        lost=0,
        won_amount=Decimal(30_000),
        lost_amount=Decimal(0),
    )
    ledger = since_the_lock(
        lost("gone", 20_000, DAY),
        past=Past(since=before.day, intervals=(before,)),
        locks=(a_lock("r1", date(2026, 11, 16), created=Decimal(10_000), lost_amount=Decimal(5_000)),),
    )
    said = [one.facts for one in health_reasons(ledger, the_settings(), DAY)]
    # 70k + 10k created, 30k + 5k + the 20k of this week gone
    assert "80k created ÷ 55k gone, over 3 intervals" in said
    assert "up to 9 Nov: 70k created, 30k gone" in said
    assert "up to 16 Nov: 10k created, 5k gone" in said
