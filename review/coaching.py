"""What the manager may say to one rep: ask first, one thing, about what was done (manager only; method, section 2).

Rules only choose among sentences; each rests on evidence with its dates. A stated commit is set beside the rep's own
last quarters, and only once the rep has said it.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from review.accuracy import Accuracy, accuracy
from review.bearings import take_bearings
from review.calendar import Workdays
from review.calls import standing_calls
from review.meeting import Meeting
from review.people import Person
from review.records import Call, Ledger
from review.settings import Settings
from review.signals import Signal, read_signals
from review.truth import effective

OFTEN: Final = 2
"""Deals of one rep on which the same thing shows before it is a focus worth proposing."""
QUESTIONS: Final = 3
"""Questions proposed for the next talk."""


class Prompt(Struct, frozen=True):
    """What to say about one deal: a question, then at most one thing."""

    ask: str
    one_thing: str
    why: str = ""
    """The evidence it rests on, with its dates."""


class Focus(Struct, frozen=True):
    """One behaviour to work on, with the deals in which it shows."""

    text: str
    why: str
    deals: tuple[str, ...]


class DealQuestion(Struct, frozen=True):
    """A question about a deal for the next talk."""

    deal: str
    title: str
    ask: str
    why: str


class Calibration(Struct, frozen=True, kw_only=True):
    """A commit as it was stated today, beside what the same rep's forecasts came to before."""

    stated: Decimal
    accuracy: Accuracy
    low: Decimal | None = None
    """The stated number times the lowest ratio of the rep's scored quarters."""
    middle: Decimal | None = None
    """Times all that was won over all that was forecast."""
    high: Decimal | None = None


class Advice(Struct, frozen=True):
    """What a signal asks for."""

    ask: str
    one_thing: str
    focus: str


ADVICE: Final = {
    "slip pending": Advice(
        "What made you believe in the earlier date, and who said it?",
        "Agree who at the customer confirms the new date.",
        "name who confirmed a date before giving it",
    ),
    "evidence": Advice(
        "How do you know the date – who said it, and when?",
        "Agree who is asked, and by when the paper moves.",
        "call a deal commit only with a name and a date behind it",
    ),
    "close date": Advice(
        "What has to happen first, and when can that be?",
        "Agree on a date the customer would recognise.",
        "keep close dates that the customer would recognise",
    ),
    "overdue": Advice(
        "What got in the way of the step?",
        "Agree on one step that is small enough for this week.",
        "promise steps that fit into the week",
    ),
    "without": Advice(
        "What would you do next if you had one hour for it?",
        "Agree on one step with a name and a day.",
        "leave each talk with a step and a day",
    ),
    "own steps": Advice(
        "Who there would lose something if nothing happened?",
        "Agree on a step that the customer takes.",
        "agree on steps that the customer takes",
    ),
    "pushed": Advice(
        "What did each move have in common?",
        "Agree on the one thing that would have told you earlier.",
        "find out what moves a date before it moves",
    ),
    "stale": Advice(
        "What have you tried, and what came back?",
        "Agree on another person or another way in.",
        "change person or way in when nothing comes back",
    ),
    "stage age": Advice(
        "What is it waiting for, and who decides that?",
        "Agree what would move it on, or whether to end it.",
        "say early what a deal is waiting for",
    ),
    "not inspected": Advice(
        "What has changed since we last spoke about it?",
        "Agree whether it deserves the week.",
        "bring up deals that nobody has asked about",
    ),
    "moved out": Advice(
        "What would it take to bring it back into the quarter?",
        "Agree who is asked for that.",
        "ask what brings a deal in before moving it out",
    ),
    "passes": Advice(
        "What is missing for commit?",
        "Say what was good: date and paper are both there.",
        "call a deal commit when date and paper are there",
    ),
    "born late": Advice(
        "Where did it come from, and since when did they look?",
        "Agree where the next one like it would show earlier.",
        "bring deals in when they begin",
    ),
}
"""Signal to what it asks for, what weighs most first."""
NOTHING_WRONG: Final = Prompt(
    "What did you do here that others could do too?", "Say what was good, and what it was exactly."
)


LISTEN: Final = Prompt("What changed since the last review?", "Let the number be said before anything is asked.")


def advice_of(signal: Signal) -> Advice | None:
    """Give what a signal asks for; those of the commit evidence share one."""
    return ADVICE.get("evidence" if signal.id.endswith(" evidence") else signal.id)


def prompt_for(signals: tuple[Signal, ...], early: str = "") -> Prompt:
    """Choose the one prompt for a deal; what was called early is praised before anything is asked."""
    if early:
        return Prompt("How did you notice it so early?", "Say what was good: it was called early.", early)
    known = [(advice, signal) for signal in signals if (advice := advice_of(signal)) is not None]
    if not known:
        return NOTHING_WRONG
    advice, signal = known[0]
    return Prompt(advice.ask, advice.one_thing, signal.evidence)


def prompt_on(meeting: Meeting, deal: str) -> Prompt:
    """Choose the prompt for a deal of the running review; raises KeyError for an unknown one."""
    found = signals_of(meeting.ledger, meeting.settings, meeting.day, (deal,))
    return prompt_for(found[deal], meeting.early.get(deal, ""))


def signals_of(ledger: Ledger, settings: Settings, day: date, deals: tuple[str, ...]) -> dict[str, tuple[Signal, ...]]:
    """Give the signals of some deals."""
    bearings = take_bearings(ledger, settings, day, Workdays.of(settings))
    records = {deal: ledger.deals[deal] for deal in deals}
    return {deal: read_signals(record, effective(record), bearings) for deal, record in records.items()}


def deals_of(ledger: Ledger, person: str) -> tuple[str, ...]:
    """Give the deals of a rep."""
    return tuple(deal for deal, record in ledger.deals.items() if record.rep == person)


def proposed_focus(ledger: Ledger, settings: Settings, day: date, person: str) -> Focus | None:
    """Propose the one behaviour that shows in most of a rep's deals; None where nothing shows often.

    Equal ones go by their place in `ADVICE`. What passes the commit test is no fault and no focus.
    """
    found = signals_of(ledger, settings, day, deals_of(ledger, person))
    places = {advice.focus: at for at, advice in enumerate(ADVICE.values())}
    deals: dict[str, list[str]] = {}
    words: dict[str, Counter[str]] = {}
    for deal, signals in found.items():
        for signal in signals:
            advice = advice_of(signal)
            if advice is None or signal.tone == "ok" or deal in deals.get(advice.focus, ()):
                continue
            deals.setdefault(advice.focus, []).append(deal)
            words.setdefault(advice.focus, Counter())[signal.word] += 1
    often = [text for text, shows in deals.items() if len(shows) >= OFTEN]
    if not often:
        return None
    text = min(often, key=lambda each: (-len(deals[each]), places[each]))
    word = words[text].most_common(1)[0][0]
    return Focus(text, f"{word}: {len(deals[text])} of {len(found)} deals", tuple(deals[text]))


def next_questions(ledger: Ledger, settings: Settings, day: date, person: str) -> tuple[DealQuestion, ...]:
    """Propose what to ask a rep next: a question for each of the deals with most at stake, then the larger ones."""
    found = []
    for deal, signals in signals_of(ledger, settings, day, deals_of(ledger, person)).items():
        known = [signal for signal in signals if advice_of(signal) is not None]
        if known:
            prompt, record = prompt_for(tuple(known)), ledger.deals[deal]
            weight = (-known[0].rank, -len(known), -(effective(record).amount or 0), deal)
            found.append((weight, DealQuestion(deal, record.crm.title, prompt.ask, prompt.why)))
    return tuple(question for _, question in sorted(found, key=lambda one: one[0])[:QUESTIONS])


def said_call(ledger: Ledger, settings: Settings, day: date, person: str, meeting: Meeting | None) -> Call | None:
    """Give the call a rep stated: today's while a review runs, the last one between reviews.

    On the day of the next review its number is still to be said: the last one would stand in its way.
    """
    if meeting is not None:
        return standing_calls(meeting).get(person) if person in meeting.calls else None
    calls = [call for call in ledger.calls if call.person == person and not call.team]
    last = max(calls, key=lambda call: call.day, default=None)
    ahead = last is not None and last.day < day and day.weekday() == settings.weekday
    return None if ahead else last


def calibration(ledger: Ledger, settings: Settings, day: date, person: Person, call: Call | None) -> Calibration | None:
    """Set a stated commit beside the rep's own last quarters; None until the rep has spoken.

    A call that was carried over for somebody absent is nobody's word.
    """
    if call is None or call.carried:
        return None
    scored = accuracy(ledger, settings, day, person)
    ratios = [period.ratio.value for period in scored.periods if period.ratio.value is not None]
    if not ratios or scored.bias.value is None:
        return Calibration(stated=call.commit, accuracy=scored)
    return Calibration(
        stated=call.commit,
        accuracy=scored,
        low=call.commit * min(ratios),
        middle=call.commit * scored.bias.value,
        high=call.commit * max(ratios),
    )
