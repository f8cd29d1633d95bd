"""The recap of a review that is over, to be read: the same page, and nothing on it changes anything."""

from typing import NoReturn

from review.errors import CloseoutError
from review.events import Batch
from review.fold import Minutes
from review.ports import Office
from review.records import Ledger
from review.session import Session
from screens.recap import RecapScreen
from tui.registry import STANDARD, Registry

READ_ONLY = frozenset(("amend", "call", "history"))


class Sealed:
    """Takes nothing: the minutes of a review that is over are not added to from here."""

    def append(self, batch: Batch) -> NoReturn:
        """Refuse."""
        raise CloseoutError(f"This review is over, so “{batch.what}” was not recorded.")

    def freeze(self, review: str, ledger: Ledger) -> NoReturn:
        """Refuse."""
        raise CloseoutError(f"The review {review} with {len(ledger.deals)} deals is locked already.")


class PastRecap(RecapScreen):
    """Shows what the room saw at the end, with the exports; Esc goes back to the history."""

    def __init__(self, office: Office, minutes: Minutes, registry: Registry = STANDARD) -> None:
        """Show the review that `minutes` fold to."""
        sealed = Sealed()
        super().__init__(office, Session(minutes, sealed, office.clock, sealed, str), registry, ident=None)

    def available(self, command_id: str) -> bool:
        """Say what can be done: all that only reads."""
        return command_id not in READ_ONLY and super().available(command_id)

    def action_leave(self) -> None:
        """Go back to the history."""
        self.dismiss()
