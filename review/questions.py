"""The questions of a card, in the product's own words (method, section 4)."""

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from review.dates import short_date
from review.deals import Category, Cause, Deal

CAUSE_WORDS = {
    "legal": Cause.LEGAL,
    "security": Cause.SECURITY,
    "procurement": Cause.PROCUREMENT,
    "purchasing": Cause.PROCUREMENT,
    "budget": Cause.BUDGET,
    "access": Cause.ACCESS,
    "competitor": Cause.COMPETITOR,
    "priority": Cause.PRIORITY,
    "priorities": Cause.PRIORITY,
}
"""Words by which an answer names a cause."""


class Question(Struct, frozen=True):
    """One prompt: answered in a few words, or not at all."""

    id: str
    label: str
    prompt: str


def every_question(deal: Deal, since: date | None) -> dict[str, Question]:
    """Give all questions for a deal, in the order in which people talk."""
    last = f"since {short_date(since)}" if since else "so far"
    closing = f"on {short_date(deal.close_date)}" if deal.close_date else "at all"
    return {
        "buyer": Question("buyer", "Buyer", f"What did the buyer do {last}?"),
        "event": Question("event", "Event", "What happens at the customer if nothing is decided?"),
        "risk": Question("risk", "Risk", f"What one thing could stop this closing {closing}?"),
        "economic buyer": Question("economic buyer", "Money", "When do you next meet whoever signs off the money?"),
        "cause": Question("cause", "Cause", "What made the date move?"),
        "help": Question("help", "Help", "What do you need from me this week?"),
        "approach": Question("approach", "Approach", "How will you go about it, and where will they push back?"),
    }


def choose_questions(deal: Deal, *, slipped: bool, stuck: bool, new: bool, again: bool) -> tuple[str, ...]:
    """Choose at most two questions by what is wrong; `again` = the step repeats last week's or is ours only."""
    if deal.category is Category.COMMIT:
        return ("risk", "economic buyer") if not slipped else ("cause", "risk")
    if slipped:
        return ("cause",)
    if stuck or again:
        return ("approach",)
    if new:
        return ("event", "economic buyer")
    return ("buyer",)


def in_talking_order(chosen: Iterable[str], deal: Deal, since: date | None) -> tuple[Question, ...]:
    """Give chosen questions as the card shows them: movement before risk, risk before evidence."""
    wanted = set(chosen)
    return tuple(question for ident, question in every_question(deal, since).items() if ident in wanted)


def cause_in(text: str) -> Cause | None:
    """Give the one cause that an answer names; None where it names none, or several."""
    words = re.findall(r"[a-z]+", text.casefold())
    found = {CAUSE_WORDS[word] for word in words if word in CAUSE_WORDS}
    if "our side" in " ".join(words):
        found.add(Cause.OUR_SIDE)
    return found.pop() if len(found) == 1 else None
