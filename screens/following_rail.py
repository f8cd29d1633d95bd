"""The rail of a wall screen: that of the section the room is in."""

from review.calls import closing
from review.clock import Reading
from review.creation_items import items_of
from review.meeting import Meeting
from review.onscreen import Point, asked_item
from review.ports import Draft
from review.recap import recap_of
from screens import actions_words, creation_words, forecast_rail, inspection_rail, locking, recap_words
from screens.hour import clock_of
from tui.widgets.data import RailGroup, RailView


def rail_view(meeting: Meeting, point: Point, draft: Draft, reading: Reading) -> RailView:
    """Give time, queue and what comes next, as the room's rail does."""
    if point.scope == "over" and meeting.locked is not None:
        recap = recap_of(meeting, meeting.locked.row, draft=False)
        whole = recap_words.rail_of(meeting, recap, reading, RailGroup())
        # The last group offers exports, which are the other terminal's.
        return RailView(whole.clock, whole.groups[:-1], whole.place)
    groups, place, pace = _parts(meeting, point, draft, reading)
    return RailView(clock_of(meeting, reading, *pace), groups, place)


def _parts(
    meeting: Meeting, point: Point, draft: Draft, reading: Reading
) -> tuple[tuple[RailGroup, ...], str, tuple[str, str]]:
    """Give the groups, the place in one line, and the pace, long and short."""
    if point.scope == "forecast":
        person = meeting.person(point.person)
        return (
            forecast_rail.groups_of(meeting, person, closing(meeting)),
            forecast_rail.place_line(meeting, person),
            forecast_rail.pace_of(meeting, reading),
        )
    if point.scope == "inspection":
        return (
            inspection_rail.groups_of(meeting),
            inspection_rail.place_line(meeting),
            inspection_rail.pace_of(meeting, reading),
        )
    if point.scope == "creation":
        items, asked = items_of(meeting), asked_item(meeting, draft.place.get("creation item", ""))
        return creation_words.rail_of(meeting, items, asked), creation_words.place_line(items), ("", "")
    if point.scope == "lock":
        return locking.rail_of(meeting), locking.place_line(meeting), ("", "")
    if point.scope == "actions":
        group = actions_words.rail_of(meeting, point.person)
        return (group,), group.title, actions_words.pace_of(meeting)
    return (), "", ("", "")
