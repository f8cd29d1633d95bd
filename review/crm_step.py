"""A next step as one text for a CRM, and the same text recognised when the next export shows it (method, section 2)."""

import re
from collections.abc import Mapping
from datetime import date

from review.commitments import Commitment
from review.line import plain_step
from review.records import DealRecord

CUT = "…"
"""Ends a text that was too long for its field."""
_BEFORE = re.compile(r"'?(?:\d{1,2} [A-Z][a-z]{2} \d{4}, )?[^:\d][^:]{0,59}: ")
_LETTERS = re.compile(r"[\W_]+")


def say_step(step: Commitment, owner: str, *, dated: bool) -> str:
    """Write “26 Nov 2026, Wei Lin: Call Dana on the two open clauses”; without the date where it has its own column.

    Date and owner come first, so that a field that is too short cuts neither.
    """
    when = f"{_day(step.due)}, " if dated else ""
    return f"{when}{owner}: {plain_step(step.text)}"


def shortened(text: str, limit: int) -> str:
    """Cut a text to so many characters, visibly and if possible between words."""
    if len(text) <= limit:
        return text
    kept = text[: limit - len(CUT)]
    space = kept.rfind(" ")
    return (kept[:space] if space > limit * 2 // 3 else kept).rstrip(" ,;:.–-") + CUT


def is_ours(text: str, step: Commitment | None) -> bool:
    """Tell whether a CRM's text is one that an update file put there, shortened or with signs replaced as it may be."""
    if step is None or not text:
        return False
    whole = _bare(plain_step(step.text))
    found = {_bare(text), _bare(_BEFORE.sub("", text, count=1))} - {""}
    return any(whole.startswith(said) for said in found) if text.endswith(CUT) else whole in found


def crm_step(record: DealRecord, commitments: Mapping[str, Commitment]) -> str:
    """Give the step that the CRM has of its own; empty where it only repeats the one that a review sent there."""
    text = record.crm.next_step
    return "" if is_ours(text, commitments.get(record.step)) else text


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _bare(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
