"""The keys that lead from deal to deal, and those that change the queue."""

from textual import work

from review.deals import Status
from review.intents import AddToQueue, MoveInQueue, OpenDeal, RemoveFromQueue
from review.queue_edits import found_by
from review.truth import effective
from screens import inspection_rail as rail
from screens.dialogs.ask import Ask
from screens.dialogs.whole_queue import WholeQueue, Wish
from screens.inspection_asking import Asking
from tui.widgets.data import Feedback, Tone


class Queueing(Asking):
    """Goes from deal to deal."""

    def order(self) -> tuple[str, ...]:
        """Give the deals of the hour in their order, with the one on the screen where it is not queued."""
        deals = tuple(slot.deal for slot in (*self.meeting.queue, *self.meeting.beyond))
        here = self.meeting.deal
        return (*deals, here) if here and here not in deals else deals

    def open_deal(self, deal: str) -> None:
        """Put another deal's card on the screen, with letters as commands."""
        if self.session.unsaved is None:
            self.keep_notes()
        self.set_focus(None)
        self.do(OpenDeal(deal=deal))

    def follow_rail(self, to: str) -> None:
        """Open the deal that was clicked in the rail."""
        if to != self.meeting.deal:
            self.open_deal(to)

    def open_next(self) -> None:
        """Open the next deal that is to go; the last one stays where there is none."""
        self.set_focus(None)
        ahead = rail.following(self.meeting)
        if ahead:
            self.do(OpenDeal(deal=ahead[0].deal))
        else:
            self.refresh_state()

    def open_first(self) -> None:
        """Open the first deal to go where the section has none on the screen."""
        here = self.meeting.deal
        if here and here in self.meeting.ledger.deals and here not in self.meeting.left:
            return
        if self.meeting.to_go:
            self.do(OpenDeal(deal=self.meeting.to_go[0].deal))

    def action_next_deal(self) -> None:
        """Open the deal after."""
        self._step(1)

    def action_previous_deal(self) -> None:
        """Open the deal before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        deals = self.order()
        if not deals:
            return
        at = deals.index(self.meeting.deal) + by if self.meeting.deal in deals else 0
        self.open_deal(deals[max(0, min(at, len(deals) - 1))])

    @work
    async def action_queue(self) -> None:
        """Show the whole queue, and change it until one leaves it."""
        chosen = self.meeting.deal
        while (wish := await self.app.push_screen_wait(WholeQueue(self.meeting, chosen))) is not None:
            if wish.what == "open":
                self.open_deal(wish.deal)
                return
            chosen = await self._carry_out(wish)

    async def _carry_out(self, wish: Wish) -> str:
        if wish.what == "add":
            ask = Ask("Put a deal in", "Deal", prompt="a part of its name", check=self._understood)
            text = await self.app.push_screen_wait(ask)
            found = self._found(text or "")
            if len(found) == 1:
                self.do(AddToQueue(deal=found[0]))
                return found[0]
            return self.meeting.deal
        if wish.what == "remove":
            self.do(RemoveFromQueue(deal=wish.deal))
        else:
            self.do(MoveInQueue(deal=wish.deal, by=-1 if wish.what == "up" else 1))
        return wish.deal

    def _found(self, text: str) -> tuple[str, ...]:
        queued = {slot.deal for slot in self.meeting.queue}
        deals = [
            ident
            for ident, record in self.meeting.ledger.current.items()
            if ident not in queued and record.missing_since is None and effective(record).status is Status.OPEN
        ]
        return found_by(text, deals, self.meeting.ledger)

    def _understood(self, text: str) -> Feedback:
        found = self._found(text)
        if not text.strip():
            return Feedback(ok=False)
        names = [f"{self.title_of(ident)}, {self.meeting.name(self.meeting.record(ident).rep)}" for ident in found]
        if len(names) == 1:
            return Feedback(marks=((Tone.OK, names[0], ""),))
        if not names:
            return Feedback(ok=False, marks=((Tone.ACT, "none", " no open deal outside the queue has that"),))
        return Feedback(ok=False, marks=((Tone.UNKNOWN, str(len(names)), f" deals: {' · '.join(names[:3])}"),))
