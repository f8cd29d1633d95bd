"""A commitment in one line: text, date and initials as in a step, understood while it is typed."""

from review.action_line import read_commitment
from review.closeout import think_of
from review.meeting import Meeting
from review.results import Refusal
from screens.dialogs.ask import Ask
from screens.judging_words import day_mark
from tui.widgets.data import Feedback, Tone


class AskPromise(Ask):
    """Ask for a commitment; `value` mends an existing one."""

    def __init__(self, meeting: Meeting, *, deal: str = "", owner: str = "", value: str = "", title: str = "") -> None:
        """Default the owner to `owner`, or to the deal's rep."""
        who = owner or (meeting.record(deal).rep if deal else "")
        about = f"For {meeting.record(deal).crm.title}. " if deal else ""
        super().__init__(
            title or "A commitment",
            "Who does what",
            body=f"{about}One line: what, by when, whose – “Send the security annex to @Dana fri wl”.",
            prompt="what, by when, initials",
            value=value,
            check=lambda text: understood(meeting, text, who),
        )


def understood(meeting: Meeting, text: str, owner: str) -> Feedback:
    """Say what a commitment's line means, or what is missing in it."""
    if not text.strip():
        return Feedback(ok=False)
    line = read_commitment(meeting.settings, meeting.day, text, meeting.person(owner))
    if isinstance(line, Refusal):
        return Feedback(ok=False, marks=((Tone.ACT, line.field or "line", f" {line.sentence}"),))
    return Feedback(
        marks=(
            (Tone.OK, line.text, ""),
            day_mark(meeting, line.due, think_of(meeting, line.due, line.owner)),
            (Tone.OK, line.owner.name, ""),
        )
    )
