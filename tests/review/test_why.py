"""What stands behind everything that is said of a deal, with its facts."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from review.bearings import take_bearings
from review.calendar import Workdays
from review.intents import CloseOut, WriteNote
from review.momentum import say_momentum
from review.why import reasons_of
from tests.builders import GOOD, MONDAY, a_deal, a_ledger, a_session
from tests.review import pieces

STANDS = "“Send the draft contract to @Dana”, 26 Nov"
DUE = MONDAY + timedelta(days=3)


def said(record, *steps):
    ledger = pieces.a_ledger(record, steps=steps)
    settings = pieces.the_settings()
    return say_momentum(record, record.crm, take_bearings(ledger, settings, MONDAY, Workdays.of(settings)))


@pytest.mark.parametrize(
    ("step", "record", "words"),
    [
        (None, {}, "none – no step, date or owner"),
        ({"due": MONDAY - timedelta(days=1)}, {}, "none – “Send the draft contract to @Dana”: was due 22 Nov"),
        ({}, {}, f"coasting – {STANDS}; nothing agreed and no buyer movement in 14 days"),
        ({}, {"last_inbound": MONDAY - timedelta(days=14)},
         f"coasting – {STANDS}; nothing agreed and no buyer movement in 14 days"),
        ({}, {"last_inbound": MONDAY - timedelta(days=13)}, "moving – ~ last inbound, 10 Nov"),
        ({"agreed": True, "made": date(2026, 11, 16)}, {"last_inbound": date(2026, 11, 12)},
         "moving – “Send the draft contract to @Dana” agreed, 16 Nov · ~ last inbound, 12 Nov"),
    ],
)  # fmt: skip
def test_momentum_is_said_with_the_facts_that_it_stands_on(step, record, words):
    found = pieces.a_record(**record, **({} if step is None else {"step": "s-d1"}))
    assert said(found, *([] if step is None else [pieces.a_step(**step)])) == words


def test_every_signal_is_there_in_full_with_the_reason_of_the_queue_and_both_halves():
    deal = a_deal("d1", category="commit", close=MONDAY - timedelta(days=3), next_step="follow up", next_step_date=DUE)
    session = a_session(a_ledger(deal))
    found = {reason.name: reason.facts for reason in reasons_of(session.meeting, "d1")}
    assert found["in the queue"].startswith("slot 1, commit: ")
    assert found["momentum"] == "none – “follow up”: no valid step"
    assert found["close date past"] == "20 Nov, 3 days ago"
    assert found["no paper"] == "no paper stage yet"
    assert {"date", "paper"} <= set(found)
    session.must(CloseOut(deal="d1", line=GOOD), WriteNote(deal="d1", question="buyer", text="Dana signed the annex"))
    found = {reason.name: reason.facts for reason in reasons_of(session.meeting, "d1")}
    assert found["momentum"].startswith("moving – ")
    assert "Dana signed the annex, 23 Nov" in found["momentum"]


def test_an_exception_is_named_with_its_reason():
    ledger = a_ledger(a_deal("d1", category="commit"))
    ledger = replace(ledger, current={"d1": replace(ledger.deals["d1"], exception="signed tomorrow")})
    assert ("exception", "signed tomorrow") in [(r.name, r.facts) for r in reasons_of(a_session(ledger).meeting, "d1")]
