"""A rule that rests on a changed threshold gets a week to be learned, once a quarter (method, section 2, “Learn …”)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from review.money import short_money
from review.periods import period_of
from review.pinned import Pinned
from review.records import Ledger
from review.settings import Settings
from review.words import day_month


class Rule(StrEnum):
    """A rule that moves deals by itself."""

    SLIPS = "two slips"
    EVIDENCE = "commit evidence"


CHANGED = "its threshold was changed; the rule acts from next week"
"""What stands beside a deal that a rule would move, were it not for its week."""
WORDS = {
    "slip_tolerance": "working days that a date may slip",
    "slip_reset": "quiet reviews that reset the slips",
    "confirmed_days": "days that a confirmed date holds",
    "paper_days": "days that the paper may rest",
    "paper_below": "amount under which no paper is needed",
    "enforce_from": "review from which rules act",
}
"""Threshold to what it is, for people."""
BOTH = (Rule.SLIPS, Rule.EVIDENCE)
RESTS_ON = {
    "slip_tolerance": (Rule.SLIPS,),
    "slip_reset": (Rule.SLIPS,),
    "confirmed_days": (Rule.EVIDENCE,),
    "paper_days": (Rule.EVIDENCE,),
    "paper_below": (Rule.EVIDENCE,),
    "enforce_from": BOTH,
}
"""Threshold to the rules that rest on it."""


class Learning(Struct, frozen=True, kw_only=True):
    """What a changed threshold means at one lock."""

    rules: frozenset[Rule] = frozenset()
    """They say what they would do at this lock, and do nothing."""
    words: tuple[str, ...] = ()
    """A sentence for each change, also for one that acts at once."""


def learning(ledger: Ledger, settings: Settings, day: date) -> Learning:
    """Compare the thresholds of a review with those that the last held review pinned.

    The week is given once in a fiscal quarter: a second change within it acts at once, or rules could be put off week
    after week. Before rules are in force nothing has to be learned anew.
    """
    before = ledger.pinned
    if before is None or ledger.held + 1 < settings.thresholds.enforce_from:
        return Learning()
    changed = tuple(_changed(before, settings))
    if not changed:
        return Learning()
    again = before.learned_on is not None and _quarter(before.learned_on, settings) == _quarter(day, settings)
    rules = frozenset(rule for name, _, _ in changed for rule in RESTS_ON[name])
    return Learning(
        rules=frozenset() if again else rules,
        words=tuple(_say(name, frm, to, before.learned_on if again else None) for name, frm, to in changed),
    )


def _changed(before: Pinned, now: Settings) -> Iterator[tuple[str, str, str]]:
    for name in WORDS:
        was, is_now = _value(before, name), _value(now, name)
        if was != is_now:
            yield name, _written(was), _written(is_now)


def _value(pinned: Pinned | Settings, name: str) -> Decimal | int | None:
    found: Decimal | int | None = getattr(pinned if name == "paper_below" else pinned.thresholds, name)
    return found


def _written(value: Decimal | int | None) -> str:
    if value is None:
        return "off"
    return short_money(value) if isinstance(value, Decimal) else str(value)


def _quarter(day: date, settings: Settings) -> date:
    return period_of(day, replace(settings, period="quarter")).first


def _say(name: str, frm: str, to: str, before: date | None) -> str:
    rules = " and ".join(rule.value for rule in RESTS_ON[name])
    said = f"{WORDS[name]} {frm} → {to}: "
    if before is not None:
        return f"{said}{rules} acts by it at once; a week was given on {day_month(before)}, once a quarter"
    return f"{said}{rules} only says today what it would do, and acts from next week"
