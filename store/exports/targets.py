"""The targets that commitments and recaps can leave to; a new one is a line here and a profile."""

from datetime import datetime
from importlib import import_module
from typing import Final, Literal

from msgspec import Struct

from review.clock import read_clock
from review.commitment_rows import of_review, rows_of
from review.lock_row import row_of
from review.meeting import Meeting
from review.recap import recap_of
from store.errors import Refused
from store.exports.outgoing import Outgoing


class Target(Struct, frozen=True):
    """One form of export."""

    module: Literal["markdown", "delimited"]
    """The module of this package that writes it: `render(outgoing, profile) -> bytes`."""
    ending: str
    """Of its files, with the point."""
    profile: str = ""
    """What the module is to do for this target; the module knows its profiles by name."""
    with_recap: bool = False
    """Whether it shows the hour, or commitments alone."""


TARGETS: Final = {
    "markdown": Target("markdown", ".md", with_recap=True),
    "csv": Target("delimited", ".csv", profile="csv"),
}
"""Name on the command line to target."""


def target_of(name: str) -> Target:
    """Give a target by its name. Raises Refused with the names there are."""
    found = TARGETS.get(name.strip().casefold())
    if found is None:
        raise Refused(f"There is no export to “{name}”. Targets: {', '.join(TARGETS)}.")
    return found


def outgoing_of(meeting: Meeting, target: str, now: datetime, *, only_actions: bool = False) -> Outgoing:
    """Gather what a review sends to a target; one that is not locked yet as it stands at `now`, marked as a draft."""
    recap = None
    if target_of(target).with_recap and not only_actions:
        locked = meeting.locked
        row = locked.row if locked else row_of(meeting, read_clock(meeting.clock, now), ())
        recap = recap_of(meeting, row, draft=locked is None)
    return Outgoing(
        day=meeting.day,
        review=meeting.review,
        draft=meeting.locked is None,
        rows=rows_of(of_review(meeting, only_actions=only_actions), meeting.ledger, meeting.settings),
        recap=recap,
        shows_target=meeting.settings.quota_on_screen != "none",
    )


def render(target: str, outgoing: Outgoing) -> bytes:
    """Write an export as the bytes of its file. Raises Refused for an unknown target."""
    found = target_of(target)
    # Each target loads what it alone needs.
    rendered: bytes = import_module(f"store.exports.{found.module}").render(outgoing, found.profile)
    return rendered


def file_name(outgoing: Outgoing, target: str) -> str:
    """Give the name of an export's file."""
    return f"{outgoing.name}{target_of(target).ending}"
