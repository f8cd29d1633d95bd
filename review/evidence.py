"""Commit evidence: a buyer-confirmed close date and an active paper process (method, section 4, “The commit gate”)."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.dates import Order, forward, no_date, read_date, read_form, read_said, short_date
from review.line import is_ours
from review.people import Person
from review.settings import Thresholds
from review.words import ago

NONE_NEEDED = ("renewal on existing terms", "click-through", "below the limit")
"""Kinds of deal that need no paper process."""
BELOW = NONE_NEEDED[2]
_DENIED = frozenset({"not", "never", "nobody", "none", "yet"})
_NO_NAME = frozenset({"yes", "no", "y", "n", "n/a", "na", "tbd", "unknown", "ja", "nein", "oui", "non"})
"""What people write where the question is who confirmed it, and names nobody."""

# Kept as text and compiled by the first line that is read: most starts read none.
_SAID = r"(?i)^(?P<who>.*?)\s*\b(?P<verb>confirm(?:s|ed)|sign(?:s|ed))\b\s*(?P<rest>.*)$"
_ON = r"(?i)^(?P<what>.*?)\s*\bon\s+(?P<when>.+)$"
_PAPERS = r"(?i)^\s*(?:the |a |an |our )?(?:mutual (?:action )?plan|order form)\b"
_NONE = r"(?i)^(?:paper\s+)?(?:none needed|no paper(?: needed)?)\b[\s:–-]*(?P<kind>.*)$"


class Confirmation(Struct, frozen=True, kw_only=True, gc=False):
    """Who at the customer confirmed which close date, and when they said it."""

    who: str
    said_on: date
    close_date: date
    signed: bool = False
    """Under a signed mutual plan or order form: it holds without a limit of days."""


class Paper(Struct, frozen=True, kw_only=True, gc=False):
    """Where the paper process stands."""

    stage: str = ""
    moved_on: date | None = None
    appointment: date | None = None
    """A fixed appointment ahead."""
    none_needed: str = ""
    """The kind of deal that needs none."""


class EvidenceProblem(Struct, frozen=True, gc=False):
    """A clause that cannot be taken, with the question it leaves."""

    clause: str
    sentence: str


class EvidenceLine(Struct, frozen=True, kw_only=True, gc=False):
    """An evidence line as understood; a half that it does not speak of is None."""

    confirmation: Confirmation | None = None
    paper: Paper | None = None
    moves_close_date_to: date | None = None
    """The confirmed date, where it is not the deal's."""
    problems: tuple[EvidenceProblem, ...] = ()


def read_evidence(
    text: str,
    *,
    today: date,
    close_date: date | None,
    order: Order = "dmy",
    paper_stages: Sequence[str] = (),
    people: Sequence[Person] = (),
) -> EvidenceLine:
    """Read clauses divided by commas, in any order; each fact carries its date. None of our `people` can confirm."""
    confirmation: Confirmation | None = None
    paper: Paper | None = None
    problems: list[EvidenceProblem] = []
    for clause in (part.strip(" .") for part in text.split(",")):
        if not clause:
            continue
        found: Confirmation | Paper | str
        if said := re.match(_SAID, clause):
            found = _confirmation(said, today, close_date, order, people)
            if isinstance(found, Confirmation) and confirmation is not None:
                found = "two confirmations: which one counts?"
        elif none := re.match(_NONE, clause):
            found = _none_needed(none["kind"])
        else:
            found = _paper(clause, today, order, paper_stages)
        if isinstance(found, Paper) and paper is not None:
            found = _joined(paper, found)
        if isinstance(found, str):
            problems.append(EvidenceProblem(clause, found))
        elif isinstance(found, Confirmation):
            confirmation = found
        else:
            paper = found
    moves = confirmation.close_date if confirmation is not None and confirmation.close_date != close_date else None
    return EvidenceLine(confirmation=confirmation, paper=paper, moves_close_date_to=moves, problems=tuple(problems))


def _confirmation(
    said: re.Match[str], today: date, close_date: date | None, order: Order, people: Sequence[Person]
) -> Confirmation | str:
    who = _who(said["who"])
    if not who:
        return "who at the customer confirmed it?"
    if _is_nobody(who):
        return f"“{who}” is nobody at the customer: who confirmed it?"
    if is_ours(who, people):
        return f"{who} is one of ours: who at the customer confirmed it?"
    what, when = re.sub(_PAPERS, "", said["rest"]).strip(), ""
    if what.casefold() == "yesterday":
        what, when = "", what
    elif on := re.match(_ON, what):
        what, when = on["what"].strip(), on["when"]
    said_on = today
    if when:
        found = read_said(when, today, order)
        if found is None:
            return no_date(when, order) or f"“{when}” is no date: when did {who} say it?"
        if found.ahead:
            return f"{who} cannot have said it on {short_date(found.day, today)}: that lies ahead"
        said_on = found.day
    confirmed = read_date(what, today, order) if what else close_date
    if confirmed is None:
        return _not_ahead(what, today, order) if what else f"which date did {who} confirm?"
    return Confirmation(
        who=who, said_on=said_on, close_date=confirmed, signed=said["verb"].casefold().startswith("sign")
    )


def _who(text: str) -> str:
    """Write a name as people say it: '@Tom.Reed' is 'Tom Reed'."""
    return " ".join(word[1:].replace(".", " ") if word.startswith("@") else word for word in text.split()).strip()


def _is_nobody(who: str) -> bool:
    """Tell an answer to whether somebody confirmed it, such as “not yet” or “yes”, from a name."""
    words = who.casefold().replace("’", "'").split()
    denied = any(word in _DENIED or word.endswith("n't") for word in words)
    return denied or " ".join(words) in _NO_NAME or not any(char.isalpha() for char in who)


def _not_ahead(text: str, today: date, order: Order) -> str:
    form = read_form(text.split(), order)
    day = None if form is None else forward(form, today)
    if day is not None:
        return f"{short_date(day, today)} has passed: a close date lies ahead"
    return no_date(text, order) or f"“{text}” is no date."


def _joined(first: Paper, second: Paper) -> Paper | str:
    """Put two clauses on one stage together, the day it moved and the appointment ahead; refuse what contradicts."""
    days = (first.moved_on, second.moved_on), (first.appointment, second.appointment)
    if first.none_needed or second.none_needed or first.stage != second.stage or any(None not in pair for pair in days):
        said = " or ".join(paper.stage or "none needed" for paper in (first, second))
        return f"one place for the paper, please: {said}?"
    return Paper(
        stage=first.stage,
        moved_on=first.moved_on or second.moved_on,
        appointment=first.appointment or second.appointment,
    )


def _none_needed(kind: str) -> Paper | str:
    wanted = kind.casefold().strip(" .")
    found = [known for known in NONE_NEEDED if wanted and known.startswith(wanted.split()[0])]
    if len(found) != 1:
        return f"none needed – why? {', '.join(NONE_NEEDED)}"
    return Paper(none_needed=found[0])


def _paper(clause: str, today: date, order: Order, stages: Sequence[str]) -> Paper | str:
    """Read a stage and the day it last moved; a day that lies ahead is an appointment."""
    words = clause.removeprefix("paper ").split()
    for count in range(len(words) - 1, 0, -1):
        stage = _stage(" ".join(words[:count]), stages)
        if stage is None:
            continue
        when = " ".join(words[count:]).removeprefix("moved ").removeprefix("on ")
        found = read_said(when, today, order)
        if found is None:
            return no_date(when, order) or f"“{when}” is no date: when did {stage} last move?"
        return Paper(stage=stage, appointment=found.day) if found.ahead else Paper(stage=stage, moved_on=found.day)
    stage = _stage(" ".join(words), stages)
    if stage is not None:
        return f"{stage}: last moved when?"
    return f"“{clause}” – like “Dana confirmed 18 dec on fri”, or one of {', '.join(stages)} with a day"


def _stage(text: str, stages: Sequence[str]) -> str | None:
    wanted = text.casefold()
    if wanted in stages:
        return wanted
    found = [stage for stage in stages if len(wanted) >= 3 and stage.casefold().startswith(wanted)]
    return found[0] if len(found) == 1 else None


def confirmation_holds(confirmation: Confirmation, close_date: date | None, day: date, thresholds: Thresholds) -> bool:
    """Tell whether the date that was confirmed is still the deal's, and was said recently enough or signed."""
    if close_date != confirmation.close_date:
        return False
    return confirmation.signed or (day - confirmation.said_on).days <= thresholds.confirmed_days


def paper_holds(
    paper: Paper,
    close_date: date | None,
    day: date,
    thresholds: Thresholds,
    *,
    amount: Decimal | None = None,
    paper_below: Decimal | None = None,
) -> bool:
    """Tell whether the paper process is active on a day, or none is needed."""
    if paper.none_needed:
        small = amount is not None and paper_below is not None and amount < paper_below
        return small if paper.none_needed == BELOW else True
    if paper.moved_on is not None and (day - paper.moved_on).days <= thresholds.paper_days:
        return True
    if paper.appointment is None or day > paper.appointment:
        return False
    return close_date is None or paper.appointment <= close_date


def paper_said(stage: str, moved: date | None, appointment: date | None, none_needed: str, today: date) -> str:
    """Say where the paper process stands: 'legal, moved Tue 17 Nov, 6 days ago'."""
    if none_needed:
        return f"none needed: {none_needed}"
    if appointment is not None and appointment >= today:
        return f"{stage}, appointment {short_date(appointment)}"
    if moved is not None:
        return f"{stage}, moved {short_date(moved)}, {ago(moved, today)}"
    return stage
