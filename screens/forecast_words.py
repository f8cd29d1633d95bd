"""What Forecast says of promises, numbers and the team, in lines of one grid."""

from decimal import Decimal
from typing import Final

from textual.content import Content

from review.action_line import before_next_review
from review.calls import Closing, awaits_next, awaits_word, called_period, last_call, standing_calls
from review.commitments import Commitment, Origin, Verdict
from review.creation_facts import own_quota
from review.dates import short_date
from review.forecast import implied
from review.line import plain_step
from review.meeting import Meeting
from review.money import short_money
from review.people import Person
from review.periods import Period, period_of
from review.pipeline import pipeline_of
from review.records import Call
from review.sheets.answered import answered_promises
from review.suggestions import suggested
from tui.widgets.data import Tone, plain, status
from tui.widgets.parts import gist

LABEL: Final = 20
"""Cells of the first column: the longest verdict fits."""
DATE: Final = 10
FIGURE: Final = 7
"""Cells of a number in a list."""
OFTEN: Final = 2
"""Times carried from which a promise is kept, dated anew or dropped with a note."""
GIVEN: Final = {
    Verdict.DONE.value: Tone.OK,
    Verdict.BUYER.value: Tone.OK,
    Verdict.MOVED.value: Tone.WATCH,
    Verdict.NOT_DONE.value: Tone.WATCH,
    Verdict.NOT_NEEDED.value: Tone.DIM,
}
USUAL: Final = (
    ("d", "done"),
    ("b", "the buyer did it"),
    ("m", "moved"),
    ("x", "not done"),
    ("n", "no longer needed"),
)


def cell(said: Content, width: int, *, right: bool = False) -> Content:
    """Bring a text to a width; what does not fit ends in “…”."""
    said = said.truncate(max(width, 1), ellipsis=True)
    gap = max(0, width - said.cell_length)
    return said.pad_left(gap) if right else said.pad_right(gap)


def keys(*pairs: tuple[str, str], strong: bool = False) -> Content:
    """Say keys and what they do; the first one is the next key where `strong`."""
    parts = [
        Content.assemble(
            (key, "bold $accent"), (f" {plain(what)}", "bold $bright" if strong and not at else "$foreground")
        )
        for at, (key, what) in enumerate(pairs)
    ]
    return Content("  ").join(parts)


# Promises


def often(meeting: Meeting, promise: Commitment) -> bool:
    """Tell whether a promise that waits for its verdict was carried so often that it is kept or dropped."""
    return meeting.opening.commitments.get(promise.id, promise).carried >= OFTEN


def kept_until(meeting: Meeting) -> str:
    """Say the day that a kept promise gets: the last working day before the next review."""
    return short_date(before_next_review(meeting.settings, meeting.day))


def verdict_keys(meeting: Meeting, promise: Commitment) -> Content:
    """Give the keys that judge a promise."""
    if not often(meeting, promise):
        found = suggested(meeting, promise)
        enter = (("Enter", found.verdict.value),) if found is not None else ()
        return keys(*enter, *USUAL, strong=bool(enter))
    keep = ("k", f"keep, {kept_until(meeting)}")
    return keys(*USUAL[:2], keep, ("m", "new date"), ("x", "drop with a note"))


def verdict_label(meeting: Meeting, promise: Commitment, chosen: bool) -> Content:
    """Say what became of a promise, or that it waits."""
    given = meeting.verdicts.get(promise.id, "")
    if given:
        moved = f"moved to {promise.due.day} {promise.due:%b}"
        return status(GIVEN[given], moved if given == Verdict.MOVED.value else given)
    if often(meeting, promise):
        return status(Tone.ACT, f"carried {meeting.opening.commitments[promise.id].carried} times")
    found = suggested(meeting, promise)
    if chosen and found is not None:
        return Content.styled("? done or not", "bold $bright")
    return Content.styled("? your verdict", "bold $bright" if chosen else "$dim")


def promise_line(meeting: Meeting, promise: Commitment, width: int, *, chosen: bool = False) -> Content:
    """Write one promise: verdict, text, deal, the day it was promised for.

    The text of the chosen one wraps under itself; that of others ends after a whole word.
    """
    was = meeting.opening.commitments.get(promise.id, promise)
    title = plain(about_what(meeting, promise))
    about = (16 if width >= 90 else 11) if title else -2
    dim, strong = ("$foreground", "bold $bright") if chosen else ("$dim", "$foreground")
    said, room = plain_step(promise.text), width - LABEL - about - DATE - 4
    first, *more = Content.styled(plain(said) if chosen else gist(said, room), strong).wrap(room)
    line = Content.assemble(
        cell(verdict_label(meeting, promise, chosen), LABEL),
        cell(first, room),
        *(("  ", cell(Content.styled(gist(title, about), dim), about)) if title else ()),
        "  ",
        cell(Content.styled(short_date(was.due), dim), DATE, right=True),
    )
    return Content("\n").join([line, *(Content.assemble(" " * LABEL, rest) for rest in more)])


def about_what(meeting: Meeting, promise: Commitment) -> str:
    """Name the deal that a promise is about, or where it comes from."""
    if promise.deal in meeting.ledger.deals:
        return meeting.record(promise.deal).crm.title
    return {Origin.NUMBER: "Creation", Origin.CAUSE: "one cause"}.get(promise.origin, "")


def evidence(meeting: Meeting, promise: Commitment) -> str:
    """Say what the export suggests of a promise."""
    found = suggested(meeting, promise)
    return "" if found is None or promise.id in meeting.verdicts else found.words


def promises_beside(promises: tuple[Commitment, ...], meeting: Meeting, person: Person) -> tuple[str, str]:
    """Count what fell due and what has its verdict; what was answered in writing is not asked again."""
    before = len(answered_promises(meeting.opening, person.id))
    written = f"{before} answered in writing" if before else ""
    if not promises:
        return written or "no promise fell due", ""
    given = sum(promise.id in meeting.verdicts for promise in promises)
    fell = f"{len(promises)} promise{'s' * (len(promises) != 1)} fell due"
    return ", ".join(part for part in (fell, written) if part), f"{given} with a verdict"


# Numbers


def current(meeting: Meeting) -> Period:
    """Give the period that calls are stated for."""
    return period_of(meeting.day, meeting.settings)


def coming(meeting: Meeting) -> Period:
    """Give the period after it."""
    return called_period(meeting, following=True)


def last_of(meeting: Meeting, person: str, *, following: bool = False) -> Call | None:
    """Give the number that a person had before this review."""
    return last_call(meeting.opening, person, called_period(meeting, following=following))


def beside_number(meeting: Meeting, person: Person) -> Content:
    """Say where the large number comes from, and the best case with it."""
    call, last = meeting.calls.get(person.id), last_of(meeting, person.id)
    lines = []
    written = meeting.opening.written.get(person.id)
    if call is not None and call.in_writing and written is not None:
        lines.append(("in writing, ", short_date(written.on, meeting.day)))
    if call is not None and last is not None:
        same = call.commit == last.stands
        lines.append(("unchanged since " if same else f"was {short_money(last.stands)}, ", short_date(last.day)))
    elif last is not None:
        lines.append(
            ("last week’s number, " if (meeting.day - last.day).days <= 7 else "last number, ", short_date(last.day))
        )
    elif call is not None:
        lines.append(("the first number for ", current(meeting).label))
    said = [Content.styled("".join(line), "$dim") for line in lines]
    known = call or last
    if known is not None and known.best_case is not None and call is None:
        said.append(Content.assemble(("best case ", "$dim"), (short_money(known.best_case), "bold $bright")))
    return Content("\n").join(said)


def next_words(meeting: Meeting, person: Person, call: Call) -> Content:
    """Say the number for the next period, and what the export implies of it."""
    shown = export_words(meeting, person, call.commit, coming(meeting))
    return Content.assemble((short_money(call.commit), "bold $bright"), "   the export ", shown)


def export_words(meeting: Meeting, person: Person, commit: Decimal, period: Period | None = None) -> Content:
    """Say what the export implies, and how far the stated number is from it."""
    counted = pipeline_of(meeting.ledger, meeting.settings, meeting.day, period=period, rep=person.id)
    shown = implied(counted).commit
    more = commit - shown
    difference = f"you say {short_money(abs(more))} {'more' if more > 0 else 'less'}" if more else "the same as you say"
    return Content.assemble(("implies ", "$foreground"), (short_money(shown), "bold $bright"), f" – {difference}")


def best_words(call: Call) -> Content:
    """Say the best case with the key that corrects it."""
    figure = short_money(call.best_case) if call.best_case is not None else "not said"
    return Content.assemble(
        (figure, "bold $bright"), "   ", keys(("b", "corrects it" if call.best_case else "says it"))
    )


def quota_words(meeting: Meeting, person: Person, call: Call) -> Content | None:
    """Say a person's own quota and gap, where the settings show each; never of somebody who is new."""
    owed = own_quota(meeting, person)
    if owed is None:
        return None
    return Content.assemble((short_money(owed), "bold $bright"), f" – {gap_words(owed - call.stands)}")


def gap_words(gap: Decimal) -> str:
    """Say how far a commit is from its target."""
    if not gap:
        return "on target"
    return f"gap {short_money(gap)}" if gap > 0 else f"{short_money(-gap)} over"


# The team


def team_lines(meeting: Meeting, found: Closing, width: int, room: int = 0) -> Content:
    """Give won, target and gap, then one line for each person's number with what changed.

    Where there is `room` for it, they stand apart: a wall has more rows than a team has numbers.
    """
    label = current(meeting).label
    lines = [_figure("Won", short_money(found.won), "in the commit")]
    if found.target is not None and found.gap is not None:
        lines.append(_figure("Target", short_money(found.target), f"quota of {label}"))
        word = "Gap" if found.gap >= 0 else "Over"
        lines.append(_figure(word, short_money(abs(found.gap)), "target less commit"))
    following = standing_calls(meeting, following=True)
    if following:
        count = f"{len(following)} number{'s' * (len(following) != 1)} for the next period"
        stated = sum((call.stands for call in following.values()), Decimal(0))
        lines.append(_figure(coming(meeting).label, short_money(stated), count))
    calls = standing_calls(meeting)
    reps = [_call_line(meeting, person, calls.get(person.id), width) for person in meeting.settings.reps]
    between = "\n\n" if 2 * len([*lines, *reps]) <= room else "\n"
    return Content(f"{between}\n").join([Content(between).join(lines), Content(between).join(reps)])


def _figure(name: str, figure: str, note: str) -> Content:
    value = cell(Content.styled(figure, "bold $bright"), FIGURE, right=True)
    return Content.assemble(cell(Content.styled(name, "$dim"), LABEL), value, (f"   {note}", "$dim"))


def _call_line(meeting: Meeting, person: Person, call: Call | None, width: int) -> Content:
    name = cell(Content.styled(plain(meeting.name(person.id)), "$foreground"), LABEL)
    if call is None:
        return Content.assemble(name, (" " * (FIGURE - 1) + "–   no number yet", "$dim"))
    figure = cell(Content.styled(short_money(call.commit), "bold $bright"), FIGURE, right=True)
    before = last_of(meeting, person.id)
    was = f"was {short_money(before.stands)}" if before is not None and before.stands != call.commit else ""
    note = "away, carried over" if person.id not in meeting.calls else ", ".join(p for p in (was, call.reason) if p)
    return Content.assemble(name, figure, (f"   {plain(note)}", "$dim")).truncate(width, ellipsis=True)


def settled(meeting: Meeting, person: Person) -> bool:
    """Tell whether a person's promises have their verdicts and every number that is asked is in."""
    asked = awaits_word(meeting, person.id) or awaits_next(meeting, person.id)
    stated = person.id in meeting.calls and not asked
    return not unjudged(meeting, person) and (not person.carries or stated)


def unjudged(meeting: Meeting, person: Person) -> tuple[Commitment, ...]:
    """List what fell due of a person and has no verdict yet."""
    return tuple(promise for promise in meeting.due_of(person.id) if promise.id not in meeting.verdicts)
