from review.meeting import Meeting
from review.told import Told, told_by_reason
from tests.builders import a_deal, a_ledger, a_session

WHY = "no confirmed date – at most 3 of 8 leave at one lock"


def meeting() -> Meeting:
    titles = ("Northwind", "Initech: phase two", "Stark", "Umbrella")
    found: Meeting = a_session(a_ledger(*(a_deal(f"d{at}", account=title) for at, title in enumerate(titles)))).meeting
    return found


def test_deals_that_leave_for_one_reason_are_told_in_one_line_the_longest_first() -> None:
    lines = [f"Stark: no paper – {WHY}", f"Northwind: {WHY}", f"Initech: phase two: {WHY}", f"Umbrella: {WHY}"]
    assert told_by_reason(meeting(), lines) == (
        Told(WHY, ("Northwind", "Initech: phase two", "Umbrella")),
        Told(f"no paper – {WHY}", ("Stark",)),
    )


def test_a_deal_that_has_another_name_by_now_keeps_its_line() -> None:
    assert told_by_reason(meeting(), ["Gone & Co: no paper: none"]) == (Told("no paper: none", ("Gone & Co",)),)
