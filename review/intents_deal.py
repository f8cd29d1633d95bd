"""What somebody wants of a deal besides its exits: that two are the same."""

from review.intents import Intent


class JoinDeals(Intent, frozen=True, kw_only=True):
    """Say that a vanished deal goes on as a new one: it was renamed."""

    old: str
    new: str
