"""What the card of a deal says, made from `Card`: facts, changes, what was promised, what stands out."""

from textual.content import Content

from review.calls import lock_facts
from review.card import Card
from review.commitments import Commitment, Verdict
from review.dates import short_date
from review.deals import Mark
from review.meeting import Meeting
from review.records import Exit
from review.signals import Signal
from review.slips import pending
from review.suggestions import new_in_crm, say_fresh, suggested
from review.truth import effective
from tui.widgets.data import Tone, plain, status

Said = tuple[Content, Content]
"""A label and what stands behind it."""

SHORT_WORDS = {
    "no confirmed date": "unconfirmed",
    "date not confirmed": "unconfirmed",
    "confirmation is old": "said long ago",
    "close date past": "date is past",
    "step incomplete": "step has gaps",
}
"""Words of signals that the label column has no room for."""
TONES = {"watch": Tone.WATCH, "act": Tone.ACT, "ok": Tone.OK, "": Tone.PLAIN}
VERDICT_TONES = {
    Verdict.DONE.value: Tone.OK,
    Verdict.BUYER.value: Tone.OK,
    Verdict.MOVED.value: Tone.WATCH,
    Verdict.NOT_DONE.value: Tone.ACT,
    Verdict.NOT_NEEDED.value: Tone.DIM,
}
LEFT_TONES = {Exit.CLOSED_OUT: Tone.OK, Exit.PARKED: Tone.WATCH}
MARK_WORDS = {
    Mark.ECONOMIC_BUYER: "economic buyer",
    Mark.CHAMPION: "champion",
    Mark.EVENT: "event",
    Mark.CRITERIA: "criteria",
    Mark.PLAN: "mutual plan",
}


def facts_of(card: Card) -> tuple[tuple[str, str], ...]:
    """Give amount, category, stage and close date under their names."""
    return (("amount", card.amount), ("category", card.category), ("stage", card.stage), ("closes", card.closes))


def changed(card: Card) -> Content:
    """Say what changed since the last lock, the new value of each bold."""
    if not card.changes:
        return Content.styled("nothing moved", "$foreground")
    parts = []
    for change in card.changes:
        before, arrow, after = change.rpartition(" → ")
        value, comma, rest = after.partition(", ")
        said = ((plain(before), "$foreground"), (arrow, "$foreground"), (plain(value), "bold $bright"))
        parts.append(Content.assemble(*said, (comma + plain(rest), "$foreground")))
    return Content.styled(" · ", "$dim").join(parts)


def promised(card: Card, meeting: Meeting, *, one_line: bool = False) -> Content:
    """Say last week's step with its date, and its verdict: first, where `one_line` may cut the rest."""
    step = card.promised
    if step is None:
        return Content("")
    due = f"“{plain(step.text)}”, {short_date(step.due, meeting.day)}"
    carried = f", moved {step.carried}×" if step.carried else ""
    whose = f", {meeting.name(step.owner)}" if step.owner != meeting.record(card.deal.id).rep else ""
    said = Content.styled(f"{due}{carried}{plain(whose)}", "$foreground")
    if not card.verdict:
        beside = "" if one_line else _beside(meeting, step)
        return Content("\n").join([said, Content.styled(plain(beside), "$foreground")]) if beside else said
    verdict = status(VERDICT_TONES.get(card.verdict, Tone.PLAIN), card.verdict)
    return Content("   ").join((verdict, said) if one_line else (said, verdict))


def _beside(meeting: Meeting, step: Commitment) -> str:
    """Say which step the CRM has besides, and what the export suggests where the step is due."""
    found = suggested(meeting, step) if step.is_due(meeting.day) else None
    if found is not None:
        return found.words
    fresh = new_in_crm(meeting.record(step.deal), step)
    return say_fresh(fresh) if fresh else ""


def left_of(meeting: Meeting, deal: str) -> Said | None:
    """Say how a deal left inspection today."""
    left = meeting.left.get(deal)
    if left is None:
        return None
    if left.exit is Exit.ENDED:
        return status(Tone.OK, "ended"), Content.styled(f"as {plain(left.words)}", "$foreground")
    return status(LEFT_TONES.get(left.exit, Tone.OK), left.exit.value), Content.styled(plain(left.words), "$foreground")


def standing_out(card: Card, meeting: Meeting, again: str = "") -> tuple[Said, ...]:
    """Give what stands out, what is not known, and what the CRM does not have yet – each with its evidence.

    `again` is what a review that was set aside had decided, in words.
    """
    found = []
    if again:
        found.append((status(Tone.WATCH, "decide again"), Content.styled(plain(again), "$foreground")))
    left = left_of(meeting, card.deal.id)
    if left is not None:
        found.append(left)
    if card.early:
        found.append((status(Tone.OK, "called early"), Content.styled(plain(card.early), "$foreground")))
    # What the line for evidence says as well comes last: where there is little room, the rest is not said anywhere.
    shown = sorted(card.signals, key=lambda signal: signal.id.endswith(" evidence"))
    found += [_signal(signal) for signal in shown if not _said_elsewhere(signal, card)]
    reason = meeting.record(card.deal.id).exception
    if reason and not any(signal.word == "excepted" for signal in card.signals):
        found.append((status(Tone.OK, "exception"), Content.styled(plain(reason), "$foreground")))
    if card.not_known:
        words = " · ".join(_mark(meeting, card.deal.id, mark) for mark in card.not_known)
        found.append((status(Tone.UNKNOWN, "not known"), Content.styled(words, "$foreground")))
    if card.not_in_crm:
        words = " · ".join(plain(word) for word in card.not_in_crm)
        found.append((status(Tone.CRM, "not in CRM"), Content.styled(words, "$foreground")))
    return tuple(found)


def capped(found: tuple[Said, ...], room: int) -> tuple[tuple[Said, ...], tuple[Content, ...]]:
    """Part what there is room for from the words of the rest, for which the last line is left."""
    if len(found) <= room:
        return found, ()
    return found[: room - 1], tuple(label for label, _ in found[room - 1 :])


def count_of(rest: tuple[Content, ...]) -> Content:
    """Say how many more there are."""
    return Content.styled(f"+{len(rest)} more", "$dim")


def naming(rest: tuple[Content, ...], width: int, key: str = "") -> Content:
    """Name as many of the rest as fit whole, and the key that shows all."""
    way = Content.assemble((key, "bold $accent"), (" shows all", "$foreground")) if key else Content("")
    named, taken = list(rest), way.cell_length + 3 if way else 0
    while len(named) > 1 and Content("   ").join(named).cell_length + taken > width:
        named.pop()
    return Content("   ").join([*named, way] if way else named)


def _said_elsewhere(signal: Signal, card: Card) -> bool:
    """Leave out what the form asks anyway, and what the promise above it shows."""
    if signal.id == "without" or signal.word in ("no confirmed date", "no paper"):
        return True
    return signal.id == "overdue" and card.promised is not None


def _signal(signal: Signal) -> Said:
    word = SHORT_WORDS.get(signal.word, signal.word)
    return status(TONES[signal.tone], word), Content.styled(plain(signal.evidence), "$foreground")


def _mark(meeting: Meeting, deal: str, mark: Mark) -> str:
    known = meeting.record(deal).marks.get(mark)
    if known is None:
        return MARK_WORDS[mark]
    if not known.yes:
        return f"{MARK_WORDS[mark]}: no"
    return f"{MARK_WORDS[mark]}, asked {short_date(known.on, meeting.day)}"


def may_except(card: Card, meeting: Meeting) -> bool:
    """Tell whether the manager may be asked for an exception from the two-slip rule."""
    record = meeting.record(card.deal.id)
    if effective(record).category.value != "commit" or record.exception:
        return False
    found = pending(record, lock_facts(meeting))
    return found is not None and found.asks
