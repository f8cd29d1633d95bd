"""The questions of a card, in the product's own words (method, section 4)."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from review.dates import short_date
from review.deals import Category, Deal


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
