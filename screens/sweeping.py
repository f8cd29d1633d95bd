"""The sweep in the last minutes: from Inspection to the lock one key asks every deal that is still without."""

from review.intents_deal import Sweep
from review.line_edits import with_initials_of
from review.sweep import Swept, say_swept, sweep_of, waits_for_absent
from screens.dialogs.sweep import AskSweep, Said, Unknown, draft_key
from screens.doing import Doing
from screens.newcomers import ask_who, known_as
from screens.strip import Notice
from tui.widgets.data import Tone


class Sweeping(Doing):
    """Offers the sweep, asks its deals one after the other, and takes each line as it comes."""

    def available(self, command_id: str) -> bool:
        """Say whether the sweep has something to ask."""
        return bool(self.swept()) if command_id == "sweep" else super().available(command_id)

    def swept(self) -> tuple[Swept, ...]:
        """Give the deals that the sweep would ask, worked out once for a state."""
        if self._swept is None or self._swept[0] is not self.meeting:
            self._swept = (self.meeting, sweep_of(self.meeting))
        return self._swept[1]

    _swept: tuple[object, tuple[Swept, ...]] | None = None

    def sweep_notice(self) -> Notice:
        """Offer the sweep in the quiet line once the queue is done."""
        goes_on = self.SCOPE == "forecast" or (self.SCOPE == "inspection" and self.meeting.to_go)
        deals = () if goes_on else self.swept()
        here = " of those here" if deals and waits_for_absent(self.meeting) else ""
        said = f"{say_swept(deals)}{here} still without a step."
        return Notice(said, Tone.DIM, "", "S", "sweep") if deals else Notice()

    def action_sweep(self) -> None:
        """Ask the deals that are still without, one line each."""
        self._sweep()

    def _sweep(self, at: int = 0) -> None:
        deals = self.swept()
        if deals:
            self.app.push_screen(AskSweep(self.meeting, deals, self.drafting, at), self._take_sweep)
        else:
            self.say(Notice("Nothing is left to sweep.", Tone.OK, "swept"))

    def _take_sweep(self, said: Said | Unknown | None) -> None:
        if said is None:
            return
        at = [one.deal for one in self.swept()].index(said.deal)
        if isinstance(said, Unknown):
            self.app.push_screen(ask_who(said.who), lambda name: self._add_to_sweep(said, name, at))
            return
        self.do(Sweep(deal=said.deal, line=said.line), then=lambda: self._swept_one(said.deal, at))

    def _swept_one(self, deal: str, at: int) -> None:
        self.drafting.forget(draft_key(deal))
        self._sweep(at)

    def _add_to_sweep(self, said: Unknown, name: str | None, at: int) -> None:
        """Add whom the line means, and ask its deal again with the initials in it; without a name as it was."""
        person = known_as(self, name) if name else None
        if person is not None:
            line = with_initials_of(said.line, said.who.word, person.initials)
            self.drafting.type(draft_key(said.deal), line)
        self._sweep(at)
