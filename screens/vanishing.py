"""Where a deal went that the export does not have any more: one key each."""

from typing import Final

from review.creation_items import Item, ItemKind
from review.intents import AnswerVanished
from review.intents_deal import JoinDeals
from review.renaming import renamed
from screens.live import LiveScreen

ANSWERS: Final = {
    "vanish_won": "won",
    "vanish_lost": "lost",
    "vanish_filtered": "filtered out",
    "vanish_deleted": "deleted",
    "vanish_later": "later",
}
"""Command to answer."""


class Vanishing(LiveScreen):
    """The keys of a vanished deal; a subclass says which item is asked, and how one goes on."""

    @property
    def item(self) -> Item | None:
        """The item that is asked."""
        return None

    def go_on(self) -> None:
        """Ask the next item."""

    def renamed_to(self, item: Item) -> str:
        """Give the new deal that a vanished one may be now; the empty text where there is none."""
        return renamed(self.meeting.ledger).get(item.id, "") if item.kind is ItemKind.VANISHED else ""

    def _vanish(self, command: str) -> None:
        item = self.item
        if item is not None:
            self.do(AnswerVanished(deal=item.id, answer=ANSWERS[command]), then=self.go_on)

    def action_vanish_won(self) -> None:
        """Say that it was won."""
        self._vanish("vanish_won")

    def action_vanish_lost(self) -> None:
        """Say that it was lost."""
        self._vanish("vanish_lost")

    def action_vanish_filtered(self) -> None:
        """Say that a filter of the report leaves it out."""
        self._vanish("vanish_filtered")

    def action_vanish_deleted(self) -> None:
        """Say that it was deleted in the CRM."""
        self._vanish("vanish_deleted")

    def action_vanish_later(self) -> None:
        """Ask again later."""
        self._vanish("vanish_later")

    def action_vanish_renamed(self) -> None:
        """Join it with the new deal that it is now."""
        item = self.item
        new = self.renamed_to(item) if item is not None else ""
        if item is not None and new:
            self.do(JoinDeals(old=item.id, new=new), then=self.go_on)
