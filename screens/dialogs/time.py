"""More or less time: where the minutes come from is shown before one takes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from textual.content import Content

from review.clock_words import say_plan, say_third_deals
from review.intents import SetLengths
from review.meeting import Meeting
from review.pacing import Plan, add_minutes, plans
from review.time_plans import as_intent, third_deals_of, titles_of
from screens.dialogs.choose import Choice, Choose
from tui.registry import shown

MINUTES = (1, 5, -1)
MORE: Final = "more"
"""The answer that asks for the other plans."""
PLAN: Final = "plan "
"""What the answers begin with that are plans to catch up."""
PROPOSED: Final = f"{PLAN}0"
"""The plan that is proposed first."""


def offers(meeting: Meeting, now: datetime) -> dict[str, Plan]:
    """Give what can be done about the time now: catch-up plans first, then minutes for this section."""
    found = {f"{PLAN}{at}": plan for at, plan in enumerate(plans(meeting.clock, now))}
    for minutes in MINUTES:
        plan = add_minutes(meeting.clock, now, meeting.section, minutes)
        if plan is not None:
            found[f"{minutes:+d}"] = plan
    return found


def plan_of(meeting: Meeting, now: datetime, chosen: str) -> SetLengths | None:
    """Make the intent of what was chosen, from the clock as it stands when it is taken."""
    plan = offers(meeting, now).get(chosen)
    return None if plan is None else as_intent(meeting, plan, now)


class ChooseTime(Choose):
    """Choose the proposed plan or minutes; the same key again shows the other plans."""

    def __init__(
        self,
        meeting: Meeting,
        now: datetime,
        keys: Sequence[str],
        *,
        every: bool = False,
        before: Meeting | None = None,
    ) -> None:
        """Offer what is possible now; `every` plan, or the proposed one alone. `keys` are those that opened this.

        `before` is how things stood before the proposed plan was taken: then the others stand here in its place.
        """
        found = offers(meeting, now)
        others = [key for key in found if key.startswith(PLAN)][1:]
        self._more = bool(others) and not every and before is None
        choices = [
            Choice(key, _title(key, plan), _note(meeting, plan, now), _key(key))
            for key, plan in found.items()
            if every or key not in others
        ]
        body = "Where the minutes come from stands beside each."
        if before is not None:
            body = f"A plan here takes the place of the one just taken. {body}"
            minutes = [choice for choice in choices if not choice.id.startswith(PLAN)]
            then = {key: plan for key, plan in offers(before, now).items() if key.startswith(PLAN) and key != PROPOSED}
            plans_then = [
                Choice(key, f"{_title(key, plan)} instead", _note(before, plan, now)) for key, plan in then.items()
            ]
            choices = [*plans_then, *minutes]
        super().__init__("Time", choices, body=body)
        self._same = shown(keys[0])
        for key in keys:
            self._bindings.bind(key, "more", show=False)

    def leave_line(self) -> Content:
        """Say the keys there are."""
        if not self._more:
            return super().leave_line()
        return Content.assemble((self._same, "bold $accent"), (" other plans   ", "$foreground"), super().leave_line())

    def action_more(self) -> None:
        """Show the other plans, where there are any."""
        if self._more:
            self.dismiss(MORE)


def _note(meeting: Meeting, plan: Plan, now: datetime) -> str:
    """Say where the minutes come from, and which deals wait for next week."""
    parts = [say_plan(plan, titles_of(meeting)).split(" → ", 1)[-1]]
    count = len(third_deals_of(meeting, plan, now))
    return " · ".join([*parts, *[say_third_deals(count)] * bool(count)])


def _title(key: str, plan: Plan) -> str:
    if plan.kind != "minutes":
        return plan.kind
    minutes = int(key)
    return f"{'+' if minutes > 0 else '−'}{abs(minutes)} minute{'' if abs(minutes) == 1 else 's'} here"


def _key(key: str) -> str:
    return {"+1": "+", "-1": "-", "+5": "5"}.get(key, "")
