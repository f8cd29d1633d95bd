"""The question whether a time away counts."""

from review.clock_facts import Gap
from review.clock_words import say_gap
from screens.dialogs.confirm import Confirm


class AskAway(Confirm):
    """Ask once; without an answer the time counts, as it has until then."""

    def __init__(self, gap: Gap) -> None:
        """Ask about `gap`."""
        super().__init__("Away", say_gap(gap), yes="they count", no="give the time back")
