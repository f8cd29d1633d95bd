"""The marks of a new deal, one key each: event and economic buyer."""

from review.creation_items import Item
from review.deals import Mark
from review.intents import GiveMark
from screens.vanishing import Vanishing


class Marking(Vanishing):
    """The keys of a new deal; a subclass says which item is asked, and how another one is chosen."""

    def choose(self, item: Item | None) -> None:
        """Ask another item."""

    def _mark(self, mark: Mark) -> None:
        item = self.item
        if item is None:
            return
        known = self.meeting.record(item.id).marks.get(mark)
        following = {None: True, True: False, False: None}[known.yes if known else None]
        self.choose(item)
        self.do(GiveMark(deal=item.id, mark=mark, yes=following))

    def action_mark_event(self) -> None:
        """Turn the compelling event: yes, no, not known."""
        self._mark(Mark.EVENT)

    def action_mark_buyer(self) -> None:
        """Turn the economic buyer: named, not named, not known."""
        self._mark(Mark.ECONOMIC_BUYER)
