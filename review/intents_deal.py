"""What somebody wants of a deal besides its card: that two are one, why its date moved, marks, a line in the sweep."""

from review.deals import Cause
from review.intents import Intent


class JoinDeals(Intent, frozen=True, kw_only=True):
    """Say that a vanished deal goes on as a new one: it was renamed."""

    old: str
    new: str


class NameCause(Intent, frozen=True, kw_only=True):
    """Say why the close date moved, or ran out, where the CRM moved it."""

    deal: str
    cause: Cause


class SettleMarks(Intent, frozen=True, kw_only=True):
    """Note that a new deal's three marks were gone through."""

    deal: str


class Sweep(Intent, frozen=True, kw_only=True):
    """Give a deal its step, date and owner in one line, in the last minutes."""

    deal: str
    line: str
