"""More or less time: where the minutes come from is shown before one takes them."""

from datetime import datetime

from review.clock import read_clock
from review.clock_words import say_plan
from review.intents import SetLengths
from review.meeting import Meeting
from review.pacing import Plan, add_minutes, plans
from screens.dialogs.choose import Choice, Choose

MINUTES = (1, 5, -1)


def offers(meeting: Meeting, now: datetime) -> dict[str, Plan]:
    """Give what can be done about the time now: catch-up plans first, then minutes for this section."""
    found = {f"plan {at}": plan for at, plan in enumerate(plans(meeting.clock, now))}
    for minutes in MINUTES:
        plan = add_minutes(meeting.clock, now, meeting.section, minutes)
        if plan is not None:
            found[f"{minutes:+d}"] = plan
    return found


def plan_of(meeting: Meeting, now: datetime, chosen: str) -> SetLengths | None:
    """Make the intent of what was chosen, from the clock as it stands when it is taken."""
    plan = offers(meeting, now).get(chosen)
    if plan is None:
        return None
    lengths: dict[str, int] = {each.section: each.adapted for each in read_clock(meeting.clock, now).sections}
    for change in plan.changes:
        lengths[change.section] = change.becomes
    return SetLengths(lengths=lengths, end_moves=plan.end_moves, why=plan.kind)


class ChooseTime(Choose):
    """Choose among catch-up plans and minutes."""

    def __init__(self, meeting: Meeting, now: datetime) -> None:
        """Offer what is possible now."""
        titles: dict[str, str] = {section.id: section.title for section in meeting.settings.sections}
        choices = [
            Choice(key, _title(key, plan), say_plan(plan, titles).split(" → ", 1)[-1], _key(key))
            for key, plan in offers(meeting, now).items()
        ]
        super().__init__("Time", choices, body="Where the minutes come from stands beside each.")


def _title(key: str, plan: Plan) -> str:
    if plan.kind != "minutes":
        return plan.kind
    minutes = int(key)
    return f"{'+' if minutes > 0 else '−'}{abs(minutes)} minute{'' if abs(minutes) == 1 else 's'} here"


def _key(key: str) -> str:
    return {"+1": "+", "-1": "-", "+5": "5"}.get(key, "")
