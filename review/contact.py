"""Whether the program that runs a review is still heard, from its sign of life (method, section 10)."""

from datetime import datetime

from msgspec import Struct

from review.clock_words import say_seconds

QUIET = 25
"""Seconds without a sign of life, which comes every 10, after which it is said."""


class Contact(Struct, frozen=True):
    """The last that was heard of the program that runs the review."""

    heard: datetime
    """The sign of life, or the last fact where that is later; aware UTC."""
    gone: bool = False
    """Whether the program is known to have ended."""


def silence(contact: Contact, now: datetime, speed: int = 1) -> int | None:
    """Give the seconds for which nothing was heard; None while that is nothing to speak of.

    In a rehearsal the clock runs `speed` times as fast and signs are as far apart on it.
    """
    seconds = max(0, int((now - contact.heard).total_seconds()))
    return seconds if contact.gone or seconds > QUIET * speed else None


def say_silence(seconds: int) -> str:
    """Say how long ago that was, and what brings the review back."""
    return f"{say_seconds(seconds)} ago; closeout goes on where it was"
