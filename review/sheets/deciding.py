"""What an answer wants, in the intents of the room: every one goes through the same decider as what is typed there."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from review.commitments import Verdict
from review.dates import read_date, read_said, short_date, weekday_of
from review.deals import Cause, Mark
from review.intents import Change, CloseOut, GiveEvidence, GiveMark, GiveVerdict, Intent, StateCall
from review.intents_deal import NameCause
from review.line import Line as TypedLine
from review.line import read_line, with_initials
from review.meeting import Meeting
from review.money import Unit, read_amount, short_money
from review.people import Person, find_person
from review.records import Call
from review.results import Refusal
from review.sheets.blank import OF_NEXT, Kind
from review.sheets.matching import Line

E = TypeVar("E", bound=StrEnum)
IN_FULL = 10_000
"""A bare number from here on is no number of thousands or millions: nobody forecasts so much."""
VERDICT_WORDS = {
    "yes": Verdict.DONE,
    "kept": Verdict.DONE,
    "buyer did it": Verdict.BUYER,
    "buyer": Verdict.BUYER,
    "no": Verdict.NOT_DONE,
    "not needed": Verdict.NOT_NEEDED,
    "not needed any more": Verdict.NOT_NEEDED,
    "n/a": Verdict.NOT_NEEDED,
    "ja": Verdict.DONE,
    "oui": Verdict.DONE,
    "nein": Verdict.NOT_DONE,
    "non": Verdict.NOT_DONE,
    **{verdict.value: verdict for verdict in Verdict},
}
MARK_WORDS = {
    **dict.fromkeys(("yes", "y", "ja", "oui", "true", "wahr", "vrai"), True),
    **dict.fromkeys(("no", "n", "nein", "non", "false", "falsch", "faux"), False),
    **dict.fromkeys(("not known", "unknown", "?"), None),
}
"""Yes and no as people write them, and as spreadsheets write a tick."""
_SAME = frozenset({"same", "unchanged", "no change", "as last week", "same as last week"})
"""A call that stays."""
_MYSELF = frozenset({"me", "i", "myself", "mine"})
_AGAIN = frozenset({"every", "each"})
"""What makes a weekday behind it part of a step."""
_BESIDE = " .,:;–-"
_BETWEEN = frozenset({"", "to", "until", "because", "of", "due", "by", "on", "for"})
"""Little words between a new close date and its cause."""
LONGEST_DAY = 6
"""Words of the longest date beside a cause, commas counted: 'to fri 19 jun , 2026'."""
_SAYS = re.compile(r"(?i)\b(?:confirm(?:s|ed)?|sign(?:s|ed)?)\b")
_ON = re.compile(r"(?i)\bon\s+\S")


def intent_of(line: Line, meeting: Meeting) -> Intent | Refusal:
    """Read the answer of one line, but for those of the call, which are one intent together."""
    return _READERS[line.kind](line, meeting)


def _promise(line: Line, meeting: Meeting) -> Intent | Refusal:
    text, when = line.filled.answer.casefold().rstrip(" .!"), line.filled.when
    word = next((word for word in _longest(VERDICT_WORDS) if text == word or text.startswith(f"{word} ")), "")
    if text and not word:
        return Refusal(f"“{line.filled.answer}” is none of: {', '.join(verdict.value for verdict in Verdict)}.")
    rest = line.filled.answer[len(word) :].strip(" :,–-!.")
    if rest and not when:
        when = rest.removeprefix("to ").removeprefix("until ")
    verdict = VERDICT_WORDS[word] if word else Verdict.MOVED
    if verdict in (Verdict.MOVED, Verdict.NOT_DONE) and when and _day(when, meeting) is None:
        return _no_day(when, meeting)
    return GiveVerdict(commitment=line.ident, verdict=verdict, when=when)


def call_intent(person: Person, lines: Sequence[Line], unit: Unit, last: Call | None) -> StateCall:
    """Put the lines of one call together; a bare number gets its unit, to be read in whole currency.

    A number copied as the sheet showed the `last` one is that one, to its last digit.
    """
    here = {there: kind for kind, there in OF_NEXT.items()}
    said = {here.get(line.kind, line.kind): line.filled.answer or line.filled.when for line in lines}
    before = {Kind.BEST: last.best_case if last else None}
    for kind in (Kind.COMMIT, Kind.SURE, Kind.BEST):
        if kind in said:
            text = in_unit(said[kind], unit)
            said[kind] = _as_shown(text, before.get(kind, last.stands if last else None))
    return StateCall(
        person=person.id,
        commit=said.get(Kind.SURE) or said.get(Kind.COMMIT, ""),
        best_case=said.get(Kind.BEST, ""),
        reason=said.get(Kind.REASON, ""),
        confirmed=Kind.SURE in said,
        following=is_next(lines),
    )


def _as_shown(text: str, known: Decimal | None) -> str:
    if known is not None and text.casefold().strip(" .!") in _SAME:
        return str(known)
    shown = None if known is None else read_amount(short_money(known), "1")
    return str(known) if shown is not None and read_amount(text, "1") == shown else text


def is_next(lines: Sequence[Line]) -> bool:
    """Tell whether the lines of one call are about the next period."""
    return any(line.kind in OF_NEXT.values() for line in lines)


def in_unit(text: str, unit: Unit) -> str:
    """Write a bare number with the unit of calls; from five digits on it was written out in full."""
    value = read_amount(text.removeprefix("+"), "1")
    if unit == "1" or value is None or value >= IN_FULL or text[-1:].isalpha():
        return text
    return f"{text}{unit}"


def _step(line: Line, meeting: Meeting) -> Intent | Refusal:
    filled, settings = line.filled, meeting.settings
    day = _day(filled.when, meeting) if filled.when else None
    if filled.when and day is None:
        return _no_day(filled.when, meeting)
    typed = read_line(filled.answer, today=meeting.day, people=settings.people, owner=None, order=settings.date_order)
    if day is not None and typed.day is not None and typed.day != day:
        said = f"{short_date(typed.day, meeting.day)} in the words and {short_date(day, meeting.day)} beside them"
        return Refusal(f"two days, {said}: which one?", "date")
    if refused := _two_days(typed, meeting):
        return refused
    mine = filled.who.casefold().strip(" .") in _MYSELF
    owner = line.person if mine else _owner(filled.who, settings.people) if filled.who else None
    if filled.who and owner is None:
        return Refusal(f"“{filled.who}” is not one known person: who owns it?", "owner")
    return CloseOut(deal=line.ident, line=filled.answer, day=day, owner=owner.id if owner else "", in_writing=True)


def _two_days(typed: TypedLine, meeting: Meeting) -> Refusal | None:
    """Ask where the weekday before a day is another one's: nobody sees what is understood while a sheet is typed."""
    words = typed.step.split()
    if typed.day is None or len(words) < 2 or weekday_of(words[-1]) is None or words[-2].casefold() in _AGAIN:
        return None
    return Refusal(f"“{words[-1]} {typed.day_text}” is {short_date(typed.day, meeting.day)}: which day?", "date")


def _confirmed(line: Line, meeting: Meeting) -> Intent | Refusal:
    text, when = line.filled.answer, line.filled.when
    if not text:
        return Refusal("who at the customer confirmed it?")
    if when:
        said = read_said(when, meeting.day, meeting.settings.date_order)
        if said is None:
            return _no_day(when, meeting)
        when = said.day.isoformat()
    if not _SAYS.search(text):
        text = _says(text, meeting)
    if when and not _ON.search(text):
        text = f"{text} on {when}"
    return GiveEvidence(deal=line.ident, line=text)


def _says(text: str, meeting: Meeting) -> str:
    """Put the verb into “Dana, 18 may”: a day behind us is when it was said, one ahead the date that was confirmed."""
    words = text.replace(",", " ").split()
    for count in range(1, len(words)):
        said = read_said(" ".join(words[count:]), meeting.day, meeting.settings.date_order)
        if said is not None:
            who = words[: count - 1] if count > 1 and words[count - 1].casefold() == "on" else words[:count]
            return " ".join((*who, "confirmed", *([] if said.ahead else ["on"]), said.day.isoformat()))
    return f"{text} confirmed"


def _paper(line: Line, meeting: Meeting) -> Intent | Refusal:
    text, when = line.filled.answer, line.filled.when
    if not text:
        return Refusal(f"which stage? One of {', '.join(meeting.settings.paper_stages)}")
    if when and not text.casefold().startswith("none needed"):
        said = read_said(when, meeting.day, meeting.settings.date_order)
        if said is None:
            return _no_day(when, meeting)
        text = f"{text} {said.day.isoformat()}"
    return GiveEvidence(deal=line.ident, line=text)


def _close(line: Line, meeting: Meeting) -> Intent | Refusal:
    answer, when = line.filled.answer, line.filled.when
    if not when:
        answer, when = _day_apart(answer, meeting)
    cause = _one_of(Cause, answer)
    if answer and cause is None:
        return Refusal(f"“{answer}” is none of: {', '.join(cause.value for cause in Cause)}.", "cause")
    if when:
        day = _day(when, meeting)
        if day is None:
            return _no_day(when, meeting)
        return Change(deal=line.ident, field="close_date", text=day.isoformat(), cause=cause)
    close = meeting.effective(line.ident).close_date
    if close is None or close < meeting.day or cause is None:
        return Refusal("when will it close?", "close_date")
    return NameCause(deal=line.ident, cause=cause)


def _day_apart(text: str, meeting: Meeting) -> tuple[str, str]:
    """Divide “legal, fri 19 jun”, in either order, into the cause and the day; the longest date counts."""
    words = _without(text.replace(",", " , ").split())
    for count in range(min(len(words), LONGEST_DAY), 0, -1):
        for day, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            said = " ".join(day).replace(" ,", ",").strip(_BESIDE)
            if _day(said, meeting) is not None:
                return " ".join(_without(_without(rest)[::-1])[::-1]).replace(" ,", ",").strip(_BESIDE), said
    return text, ""


def _without(words: list[str]) -> list[str]:
    """Take the little words off the front."""
    at = next((at for at, word in enumerate(words) if word.casefold().strip(_BESIDE) not in _BETWEEN), len(words))
    return words[at:]


def _mark(line: Line, meeting: Meeting) -> Intent | Refusal:  # noqa: ARG001 - every reader is called alike
    word = line.filled.answer.casefold().rstrip(" .!")
    if word not in MARK_WORDS:
        return Refusal("yes, no or not known?")
    mark = Mark.EVENT if line.kind is Kind.EVENT else Mark.ECONOMIC_BUYER
    return GiveMark(deal=line.ident, mark=mark, yes=MARK_WORDS[word])


def _told(line: Line, meeting: Meeting) -> Intent | Refusal:  # noqa: ARG001 - every reader is called alike
    return Refusal("that line only tells you something; say it in the review, or on one of the other lines")


_READERS: dict[Kind, Callable[[Line, Meeting], Intent | Refusal]] = {
    Kind.PROMISE: _promise,
    Kind.STEP: _step,
    Kind.CONFIRMED: _confirmed,
    Kind.PAPER: _paper,
    Kind.CLOSE: _close,
    Kind.EVENT: _mark,
    Kind.BUYER: _mark,
    Kind.TOLD: _told,
}


def _longest(words: dict[str, Verdict]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _day(text: str, meeting: Meeting) -> date | None:
    return read_date(text, meeting.day, meeting.settings.date_order)


def _no_day(text: str, meeting: Meeting) -> Refusal:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Refusal(f"“{text}” is no date: write it like 27 nov or 2026-11-27", "date")
    return Refusal(f"{short_date(day, meeting.day)} has passed: which day?", "date")


def _one_of(words: type[E], text: str) -> E | None:
    """Find the one word that a text is, or begins."""
    wanted = text.casefold().strip(" .")
    exact = [word for word in words if word.value == wanted]
    found = exact or [word for word in words if len(wanted) >= 3 and word.value.startswith(wanted)]
    return found[0] if len(found) == 1 else None


def _owner(text: str, people: Sequence[Person]) -> Person | None:
    """Find who is meant by a full name, an e-mail, initials or a first name that only one has."""
    found = find_person(people, text)
    if found is not None:
        return found
    named = with_initials(people, text) or tuple(p for p in people if p.first_name.casefold() == text.casefold())
    return named[0] if len(named) == 1 else None
