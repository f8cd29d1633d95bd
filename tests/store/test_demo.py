from datetime import date, timedelta
from pathlib import Path

import pytest

from review.bearings import take_bearings
from review.calendar import Workdays
from review.commitments import Judged, Standing
from review.creation import creation
from review.records import Exit, Ledger
from review.settings import Settings
from review.signals import read_signals
from review.start import expected, plan
from review.truth import effective
from store.demo.build import build
from store.demo.deals import deal_id
from store.reviews import Reviews
from store.workspace import Workspace

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory):
    workspace = Workspace(tmp_path_factory.mktemp("demo") / "workspace")
    build(workspace, MONDAY)
    return Reviews(workspace).now()


def signals_of(ledger: Ledger, settings: Settings, day: date) -> dict[str, set[str]]:
    bearings = take_bearings(ledger, settings, day, Workdays.of(settings))
    return {
        record.crm.account: {signal.word for signal in read_signals(record, effective(record), bearings)}
        for record in ledger.deals.values()
    }


def test_every_signal_stands_on_a_deal(now) -> None:
    found = signals_of(now.ledger, now.settings, MONDAY)
    assert found["Northwind"] >= {"slip pending", "date not confirmed", "paper is old", "pushed", "long in stage"}
    assert "second slip" in found["Kestrel Freight"]
    assert "no paper" in found["Calder Foods"]
    assert "confirmation ends" in found["Ostrava Rail"]
    assert "passes" in found["Stark"]
    assert "ours only" in found["Umbrella"]
    assert "moved out" in found["Tallis Bank"]
    assert "no close date" in found["Eastgate"]
    assert "close date past" in found["Larch Hotels"]
    assert "born late" in found["Moor & Finch"]
    every = set().union(*found.values())
    assert every >= {"stale", "no next step", "not inspected", "step overdue"}


def test_the_earlier_reviews_used_every_exit(now) -> None:
    exits = {opened.exit for row in now.ledger.locks for opened in row.opened}
    assert exits | {Exit.DROPPED} == set(Exit)
    assert now.ledger.deals[deal_id("Quillon")].last_exit is Exit.DROPPED
    assert now.ledger.deals[deal_id("Hartwell")].last_exit is Exit.PARKED


def test_the_rules_have_acted(now) -> None:
    pinecrest = now.ledger.deals[deal_id("Pinecrest")]
    assert [decision.by_rule for decision in pinecrest.decisions] == [True]
    assert effective(pinecrest).category.value == "best case"
    hollis = now.ledger.deals[deal_id("Hollis Steel")]
    assert effective(hollis).category.value == "commit"
    assert hollis.stay is not None
    assert hollis.stay.waiting is None


def test_the_queue_has_a_reason_of_many_kinds(now) -> None:
    planned = plan(now.ledger, now.settings, MONDAY, expected(now.settings, MONDAY))
    kinds = {slot.kind for slot in (*planned.slots, *planned.beyond)}
    assert kinds >= {"commit", "passes", "by turn", "dropped", "skipped", "parked", "new", "focus"}
    assert {slot.rep for slot in planned.away} == {"diego-marin"}
    assert 15 <= len(planned.slots) <= 20


def test_promises_were_kept_moved_and_missed(now) -> None:
    commitments = now.ledger.commitments.values()
    assert {each.judged for each in commitments} >= {Judged.KEPT, Judged.NOT_KEPT, Judged.NOT_YET}
    assert {each.standing for each in commitments} >= {Standing.DONE, Standing.BUYER, Standing.NOT_NEEDED}
    assert any(each.is_open and each.carried == 2 and each.is_due(MONDAY) for each in commitments)
    assert all(row.judged for row in now.ledger.locks[1:])


def test_creation_has_something_of_everything(now) -> None:
    since = creation(now.ledger)
    assert len(since.created.deals) == 4
    assert len(since.won.deals) == 2
    assert len(since.lost.deals) == 1
    assert now.ledger.deals[deal_id("Zephyr Wind")].missing_since == MONDAY
    assert now.ledger.deals[deal_id("Halden Energy")].inherited == ("Diego Marin", MONDAY - timedelta(days=7))
    assert now.ledger.third_values == ("Larkin Steel: review said 96,000, CRM now 92,000",)


def test_the_earlier_hours_took_about_an_hour(now) -> None:
    assert [row.day for row in now.ledger.locks] == [MONDAY - timedelta(days=days) for days in (28, 21, 14, 7)]
    assert all(48 * 60 < row.seconds < 62 * 60 for row in now.ledger.locks)


def test_it_is_the_same_for_everybody(now, tmp_path: Path) -> None:
    build(Workspace(tmp_path / "again"), MONDAY)
    again = Reviews(Workspace(tmp_path / "again")).now()
    assert again.ledger == now.ledger


@pytest.mark.parametrize("days", [*range(1, 8), 37, 38, 68, 99, 129, 160, 463])
def test_it_can_be_made_on_any_day(days: int, tmp_path: Path) -> None:
    day = MONDAY + timedelta(days=days)
    build(Workspace(tmp_path / "workspace"), day)
    now = Reviews(Workspace(tmp_path / "workspace")).now()
    found = signals_of(now.ledger, now.settings, day)
    assert now.ledger.held == 4
    assert "slip pending" in found["Northwind"]
    assert "passes" in found["Stark"]
    assert "second slip" in found["Kestrel Freight"]
