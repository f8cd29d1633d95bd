"""How many keys a deal costs beyond the lines that are typed: what the room waits for, counted."""

import pytest

from review.commitments import Origin
from review.records import Exit
from tests.screens.test_inspection import LINE, WIDE, Room, press, write

EVIDENCE = "Dana confirmed on fri, legal tue"
ACTION = "Send @Dana the security answers fri"
FIRST = ""
"""The first deal of the queue: in commit, without evidence, with a promise of last week."""


def closed_out(app, deal):
    return app.meeting.left[deal].exit is Exit.CLOSED_OUT


def with_evidence(app, deal):
    record = app.meeting.record(deal)
    return closed_out(app, deal) and record.confirmation is not None and record.paper is not None


def parked(app, deal):
    return app.meeting.left[deal].exit is Exit.PARKED


def promised(app, _deal):
    made = app.meeting.ledger.commitments.values()
    return "Send @Dana the security answers" in [one.text for one in made if one.origin is Origin.ACTION]


@pytest.mark.parametrize(
    ("deal", "typed", "done", "cost"),
    [
        ("d22", ("s", (LINE,), "enter"), closed_out, 2),
        (FIRST, ("b", "s", (LINE,), "enter"), closed_out, 3),
        (FIRST, ("b", "f2", (EVIDENCE,), "enter", (LINE,), "enter"), with_evidence, 4),
        ("d22", ("f4",), parked, 1),
        ("d22", ("f5", (ACTION,), "enter"), promised, 2),
    ],
    ids=["an ordinary deal", "with last week's verdict", "commit with evidence and verdict", "parked", "an action"],
)
async def test_a_deal_costs_so_many_keys_beyond_its_lines(deal, typed, done, cost):
    app = Room(first=deal)
    at = deal or app.meeting.queue[0].deal
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for one in typed:
            await (write(pilot, *one) if isinstance(one, tuple) else press(pilot, one))
        assert done(app, at)
        assert sum(isinstance(one, str) for one in typed) == cost
