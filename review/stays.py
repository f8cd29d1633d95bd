"""A deal's stay in commit, as the two-slip rule remembers it (method, section 5)."""

from datetime import date

from msgspec import Struct


class Slip(Struct, frozen=True, gc=False):
    """One counted slip."""

    review: str
    day: date
    frm: date | None
    """Close date at the last lock of the stay in commit."""
    to: date | None
    """Close date at the lock that counted it: the next anchor."""
    anchor: date | None
    """What it was judged against."""


class Stay(Struct, frozen=True, kw_only=True, gc=False):
    """A deal's stay in commit, as the two-slip rule sees it (method, section 5)."""

    since: date
    """The first lock of the stay."""
    anchor: date | None
    last_close: date | None
    """Close date at the last lock of the stay at which it was in commit."""
    slips: tuple[Slip, ...] = ()
    """Slips counted since the last reset, oldest first; a demotion or an exception does not clear them."""
    quiet: int = 0
    """Held reviews in commit, directly after one another, in which it did not move later."""
    running_out: bool = False
    """It slipped because its date was missing or past, and has no new date yet."""
    waiting: Slip | None = None
    """The slip whose demotion could not act yet; of several the one with the earliest anchor."""
    outside: int = 0
    """Locks outside commit in a row."""
    told: date | None = None
    """When its rep was told that one more slip moves it."""
