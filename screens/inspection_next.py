"""The next key in words, where one looks: what Enter does, what it offers, or why it is dead."""

from textual.content import Content

from review.calls import lock_facts
from review.card import Card
from review.closeout import Preview, standing_step
from review.demotion import demotions
from review.learning import CHANGED
from review.slips import judge_all
from screens import inspection_form as form
from screens import inspection_rail as rail
from screens import inspection_words as say
from screens.inspection_typing import Typing
from tui.widgets.data import Tone, plain, status
from tui.widgets.rows import NextKey


class Guiding(Typing):
    """Says the next key."""

    @property
    def judging(self) -> bool:
        """Tell whether last week's step waits for its verdict."""
        return False

    def excepts(self) -> bool:
        """Tell whether the manager may be asked for an exception now."""
        return bool(self.deal) and say.may_except(self.card(), self.meeting)

    def warning(self, card: Card) -> tuple[str, ...]:
        """Say what the commit gate does to the deal at the lock, in full and briefly."""
        if not form.best_case_first(card):
            return ()
        facts = lock_facts(self.meeting)
        slipping = [ident for ident, judged in judge_all(self.meeting.ledger, facts).items() if judged.demotes]
        found = demotions(self.meeting.ledger, facts, slipping=slipping)
        if any(one.deal == card.deal.id for one in found.leave):
            return "without it: out of commit at lock", "else out at lock"
        waits = next((one for one in found.next_week if one.deal == card.deal.id), None)
        if waits is not None and waits.why == CHANGED:
            return "threshold changed: out of commit next week", "changed: out next week"
        if waits is not None:
            return "without it: due to leave commit next week", "else out next week"
        return ()

    def say_next(self) -> None:
        """Say the key that comes next, or why it is dead."""
        if not self.is_mounted:
            return
        line = self.query_one(NextKey)
        seen, deal = self.seen, self.deal
        if not deal or seen is None:
            line.update(self._next_deal() if self.meeting.deal else Content(""))
        elif not self.typing_in:
            line.update(self._next_in_keys(deal, seen))
        elif self.typing_in != "step":
            line.update(self._passing())
        else:
            self._next_on_step(line, deal, seen)

    def _next_in_keys(self, deal: str, seen: Preview) -> Content:
        if deal in self.meeting.left:
            return Content("   ").join([self._next_deal(), keys_line(("s", "types another step"), even=True)])
        exception = (("g", "grants an exception"),) if self.excepts() else ()
        if self.judging:
            return keys_line(*exception) if exception else Content.styled("was it done?", "$dim")
        what = "goes to the step" if self.step_row.text else "types the next step"
        if seen.green and not self.step_row.text.strip():
            what = "goes to the step, and Enter keeps it"
        return keys_line(("s", what), *exception)

    def _next_deal(self) -> Content:
        """Say how one goes on from a deal that has left."""
        if self.meeting.to_go:
            return keys_line(("a", "shows which deals are to go"))
        return keys_line((">", "goes on to Creation"), *self._more())

    def _more(self) -> tuple[tuple[str, str], ...]:
        more = len(rail.if_time(self.meeting))
        return (("↓", f"{more} more, if time"),) if more else ()

    def _passing(self) -> Content:
        rows = self.fields()
        if self.typing_in == "evidence" and self.evidence_row.text.strip():
            if self.evidence_row.feedback.ok:
                return keys_line(("Enter", "records the evidence"))
            return status(Tone.ACT, "cannot record it yet")
        at = next((at for at, row in enumerate(rows) if row.id == self.typing_in), 0)
        return keys_line(("Enter", f"goes on to {rows[at + 1].label}" if at + 1 < len(rows) else "goes on"))

    def _next_on_step(self, line: NextKey, deal: str, seen: Preview) -> None:
        title, newcomer = self.title_of(deal), self.newcomer
        offer = (("Tab", self.offer.words),) if self.offer is not None else ()
        empty = not self.step_row.text.strip()
        if seen.green:
            what = f"keeps it and closes {title} out" if empty else f"closes {title} out"
            line.update(keys_line(("Enter", what), *offer))
        elif newcomer is not None:
            word, name = newcomer.word, newcomer.name
            asks = f" who is “{word}”?   " if word else f" {name or 'its owner'} is nobody of the team.   "
            keys = keys_line(*offer, ("Enter", "adds them" if word else "adds an owner"))
            line.update(Content.assemble(status(Tone.ACT, "cannot close out:"), (asks, "bold $bright"), keys))
        elif empty and standing_step(self.meeting, deal) is None:
            line.update(Content.styled("a step, a day, and @name for somebody at the customer", "$dim"))
        else:
            line.refuse("cannot keep it" if empty else "cannot close out", seen.violations[0].sentence, *offer)


def keys_line(*pairs: tuple[str, str], even: bool = False) -> Content:
    """Say keys and what they do, the first one bold unless they are all wanted alike."""
    parts = []
    for at, (key, what) in enumerate(pairs):
        strong = "$foreground" if at or even else "bold $bright"
        parts.append(Content.assemble((key, "bold $accent"), (f" {plain(what)}", strong)))
    return Content("  " if even else "   ").join(parts)
