"""A number that is said in the room: what asks for it, what it means, and what is understood while it is typed."""

from decimal import Decimal

from review.calls import called_period, last_call
from review.meeting import Meeting
from review.money import read_call, say_money, short_money
from review.pipeline import pipeline_of
from tui.widgets.data import Feedback, Tone

UNITS = {"1": "whole", "k": "k", "m": "m"}


def prompt_of(meeting: Meeting, person: str, *, following: bool) -> str:
    """Ask a person's number for this period, or the next one, in the unit of calls."""
    unit = meeting.settings.call_unit
    named = f"in {UNITS[unit]}: " if unit != "1" else f"in {meeting.settings.currency}: "
    period = called_period(meeting, following=following)
    last = last_call(meeting.opening, person, period)
    keep = f"Enter keeps {short_money(last.stands)}; or " if last else "The number, "
    return f"{keep}{named}420, 1.2m{'' if following else ', +80 on top of won'}"


def amount_of(meeting: Meeting, person: str, text: str, *, following: bool) -> Decimal | None:
    """Read a person's number for this period, or the next one; None where it is none."""
    period = called_period(meeting, following=following)
    won = pipeline_of(meeting.ledger, meeting.settings, meeting.day, period=period, rep=person).won_amount
    return read_call(text, meeting.settings.call_unit, won)


def understood(meeting: Meeting, person: str, text: str, *, following: bool) -> Feedback:
    """Say what a number means so far."""
    if not text.strip():
        return Feedback()
    amount = amount_of(meeting, person, text, following=following)
    if amount is None:
        return Feedback(ok=False, marks=((Tone.ACT, "number", " like 420k, 1.2m, or +80 on top of what is won"),))
    on_top = ", on top of what is won" if text.strip().startswith("+") else ""
    return Feedback(marks=((Tone.OK, say_money(amount, meeting.settings.currency), on_top),))
