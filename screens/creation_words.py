"""What Creation says of its items and figures, in words and lines."""

from decimal import Decimal
from typing import Final

from msgspec import Struct
from textual.content import Content

from review.bridge import Bridge, build_bridge
from review.creation import creation, replacement
from review.creation_facts import basis, coverage_of_rep, coverage_words, number_of_rep, say_number
from review.creation_items import Item, ItemKind, marks_of
from review.dates import short_date
from review.deals import EndReason
from review.from_exports import say_compared
from review.meeting import Meeting
from review.money import short_money
from review.records import Exit
from review.truth import effective
from review.words import counted
from screens.call_traces import Trace, TraceRow
from tui.widgets.data import LABEL_WIDTH, RailGroup, RailLine, Tone, plain, status
from tui.widgets.keywords import leading

ASKS: Final = {
    ItemKind.VANISHED: "Where did it go?",
    ItemKind.NEW: "What makes them buy?",
    ItemKind.LOSS: "What do we take from it?",
    ItemKind.NUMBER: "How much this week?",
}
"""What is asked of an item, for the last row of chairs."""
NEXT_KEYS: Final = {
    ItemKind.VANISHED: ("w", "won"),
    ItemKind.NEW: ("Enter", "next"),
    ItemKind.LOSS: ("Enter", "type the lesson"),
    ItemKind.NUMBER: ("Enter", "type the number"),
}
"""The key that comes next and what it does, beside that."""
AROUND_ON_WALL: Final = 34
"""Rows of a wall that the list does not have."""
LOW_SCREEN: Final = 36
"""Rows under which the list is short."""
TITLE: Final = 24
"""Cells of the column of names."""


class Figures(Struct, frozen=True):
    """What stands above the list."""

    subject: str
    beside: tuple[str, str]
    created: str
    gone: str
    period: str
    """Whose pipeline it is, such as “Q4”: what was created may close later."""
    pipeline: str
    coverage: str = ""


def figures_of(meeting: Meeting) -> Figures:
    """Say what came and went since the last lock; with none before, the opening state."""
    ledger = meeting.since
    bridge = build_bridge(ledger, meeting.settings, meeting.day)
    if bridge.start is None:
        return _opening(meeting, bridge)
    made, pace = creation(ledger), replacement(ledger)
    new = made.created.value or Decimal(0)
    extra = [f"{len(made.created.deals)} new"]
    extra += [f"{len(made.appeared.deals)} appeared"] if made.appeared.deals else []
    extra += [f"{len(made.transferred.deals)} changed hands"] if made.transferred.deals else []
    extra += ["did a filter change?"] if made.asks_filter else []
    won, lost = (
        f"{len(f.deals)} {w}, {short_money(f.value or Decimal(0))}" for f, w in ((made.won, "won"), (made.lost, "lost"))
    )
    steps = " · ".join(f"{line.kind.value} {signed(line.amount)}" for line in bridge.lines)
    return Figures(
        f"+{short_money(new)}",
        (f"created since {say_compared(ledger)}", _pace(pace.week.value, "this week")),
        f"{'~' if made.approximate else ''}{short_money(new)}, {' · '.join(extra)}"
        f" · {_pace(pace.recent.value, _over(pace.intervals))}",
        f"{won} · {lost}",
        bridge.period.label,
        f"{short_money(bridge.start)} → {short_money(bridge.end)} · {steps or 'nothing moved'}"
        f" · {short_money(bridge.unexplained)} unexplained",
        coverage_words(meeting),
    )


def _opening(meeting: Meeting, bridge: Bridge) -> Figures:
    ended = sum(left.exit is Exit.ENDED for left in meeting.left.values())
    return Figures(
        short_money(bridge.end),
        (f"open pipeline of {bridge.period.label}", "no review before this one to compare with"),
        "counted from the next review on",
        f"{ended} ended in this review" if ended else "nothing ended in this review",
        bridge.period.label,
        f"{short_money(bridge.end)} in {len(bridge.end_deals)} deals",
        coverage_words(meeting),
    )


def basis_of(meeting: Meeting) -> Trace:
    """Show what every figure rests on, deal by deal."""
    rows = tuple(TraceRow(one.name, one.what, one.amount) for one in basis(meeting))
    return Trace(
        "What the figures rest on",
        rows,
        f"Since {say_compared(meeting.since) or 'the last lock'}, by effective amounts.",
    )


def needed_of(meeting: Meeting, person: str) -> str:
    """Say what a rep created since the last lock, and the creation number where the room may see it."""
    found = meeting.person(person)
    made = creation(meeting.since, person).created
    since = say_compared(meeting.since)
    said = [f"created {short_money(made.value or Decimal(0))} since {since}"] if since else []
    if found is not None:
        said += [coverage_of_rep(meeting, found), say_number(number_of_rep(meeting, found))]
    return " · ".join(part for part in said if part)


def _over(intervals: int) -> str:
    return f"over {counted(intervals, 'review')}"


def signed(amount: Decimal) -> str:
    """Write a change: '+210k', '−118k'."""
    return f"{'−' if amount < 0 else '+'}{short_money(abs(amount))}"


def _pace(value: Decimal | None, when: str) -> str:
    return f"– {when}: nothing won or lost" if value is None else f"{value:.1f} of what went, {when}"


def how_many(height: int) -> int:
    """Give how many items are listed on a screen of so many rows."""
    return 5 if height < LOW_SCREEN else height - 28


def listed(meeting: Meeting, items: tuple[Item, ...], asked: Item | None, count: int, room: int = 0) -> Content:
    """Give `count` lines around the item that is asked; how many follow stands in the last.

    Where there is `room` for it, as on a wall, they stand apart.
    """
    shown = [item for item in items if item.aloud]
    at = shown.index(asked) if asked in shown else len(shown)
    first = max(0, min(at - count // 2, len(shown) - count))
    left = len(shown) - first - count
    rows = shown[first : first + count - (left > 0)]
    more = [Content.styled(f"{'':{LABEL_WIDTH}}and {left + 1} more", "$dim")] if left > 0 else []
    return Content("\n\n" if 2 * len(shown) <= room else "\n").join(
        [*(_line(meeting, item, item == asked) for item in rows), *more]
    )


def _line(meeting: Meeting, item: Item, now: bool) -> Content:
    label = status(Tone.NOW if now else Tone.OK if item.done else Tone.UNKNOWN, item.kind.value)
    title = Content.styled(plain(title_of(meeting, item)), "bold $bright" if now else "$foreground")
    said = Content.styled(f"   {plain(said_of(meeting, item))}", "$dim")
    name = title.pad_right(max(0, TITLE - title.cell_length))
    line = Content.assemble(label.pad_right(max(0, LABEL_WIDTH - label.cell_length)), name, said)
    return leading(line, item.place)


def title_of(meeting: Meeting, item: Item) -> str:
    """Name the deal or the person."""
    return meeting.name(item.id) if item.kind is ItemKind.NUMBER else meeting.record(item.id).crm.title


def said_of(meeting: Meeting, item: Item) -> str:
    """Say what is known of an item."""
    if item.kind is ItemKind.NUMBER:
        commitment = meeting.ledger.commitments.get(meeting.numbers.get(item.id, ""))
        return commitment.text if commitment else "not said yet"
    record = meeting.record(item.id)
    amount = effective(record).amount
    money = short_money(amount) if amount is not None else "no amount"
    rep = meeting.name(record.rep) if record.rep else record.crm.owner
    if item.kind is ItemKind.VANISHED:
        return f"{money}, {rep} · {record.vanished or 'not in this export'}"
    if item.kind is ItemKind.LOSS:
        reason = reason_of(meeting, item.id)
        why = reason.value if reason else record.crm.lost_reason
        return " · ".join(part for part in (f"{money}, {rep}", why, record.loss_lesson) if part)
    return f"{money}, {rep}"


# The rail


def rail_of(meeting: Meeting, items: tuple[Item, ...], asked: Item | None) -> tuple[RailGroup, ...]:
    """Show how many items are settled, and each rep's number."""
    aloud = [item for item in items if item.aloud]
    done = sum(item.done for item in aloud)
    lines = tuple(
        RailLine(
            meeting.name(item.id),
            right=number_of(meeting, item.id),
            tone=Tone.NOW if item == asked else Tone.OK if item.done else Tone.PLAIN,
            to=item.place,
        )
        for item in aloud
        if item.kind is ItemKind.NUMBER
    )
    return RailGroup(title=f"{done} of {len(aloud)} settled", right=f"{len(aloud) - done} to go"), RailGroup(
        lines=lines
    )


def place_line(items: tuple[Item, ...]) -> str:
    """Say the place in a few words."""
    aloud = [item for item in items if item.aloud]
    return f"{sum(item.done for item in aloud)} of {len(aloud)} settled"


def reason_of(meeting: Meeting, deal: str) -> EndReason | None:
    """Give why a deal was lost, where somebody said it in a review."""
    record = meeting.record(deal)
    return record.ended.reason if record.ended else record.loss_reason


def number_of(meeting: Meeting, person: str) -> str:
    """Write a rep's number for the week short: '2 mtg, 110k'."""
    commitment = meeting.ledger.commitments.get(meeting.numbers.get(person, ""))
    if commitment is None:
        return ""
    parts = [f"{commitment.meetings} mtg"] if commitment.meetings else []
    return ", ".join(parts + ([short_money(Decimal(commitment.amount))] if commitment.amount else []))


def marks_line(meeting: Meeting, deal: str) -> Content:
    """Show the three marks of a new deal."""
    marks = marks_of(meeting, deal)
    parts = [Content.styled(plain(meeting.record(deal).crm.title), "bold $bright")]
    for word, known in (("event", marks.event), ("economic buyer", marks.economic_buyer), ("step", marks.step)):
        tone = Tone.OK if known else Tone.UNKNOWN if known is None else Tone.ACT
        parts.append(status(tone, word if known is not False else f"no {word}"))
    return Content("   ").join(parts)


def vanished_line(meeting: Meeting, item: Item, new: str) -> Content:
    """Ask where a deal went; where a new one is like it, name that."""
    if not new:
        return Content.styled(f"Where did {plain(title_of(meeting, item))} go?", "bold $bright")
    old, now = meeting.record(item.id).crm, meeting.record(new).crm
    created = short_date(now.created, meeting.day) if now.created else "no day"
    same = f"same owner, created {created}, {short_money(now.amount or Decimal(0))}"
    asks = Content.styled(f"{plain(old.name)} → {plain(now.name)}: renamed?", "bold $bright")
    return Content.assemble(asks, (f"   {same}", "$dim"))


def vanished_keys(*, renamed: bool) -> Content:
    """Show the keys of a vanished deal."""
    first = (("m", "renamed"),) if renamed else ()
    return keys_line(*first, ("w", "won"), ("l", "lost"), ("f", "filtered out"), ("d", "deleted"), ("n", "ask later"))


def keys_line(*keys: tuple[str, str]) -> Content:
    """Show keys with what they do."""
    parts = [Content.assemble((key, "bold $accent"), (f" {what}", "$foreground")) for key, what in keys]
    return Content("   ").join(parts)


def number_prompt(meeting: Meeting, name: str) -> str:
    """Ask for the number of the week; first meetings come up with the additions of “start small”."""
    more = meeting.ledger.held + 1 >= meeting.settings.thresholds.shows_more_from
    return f"{name}: new pipeline? Like “{'2 meetings, 110k' if more else '110k'}”"
