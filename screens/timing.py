"""What the key for the time does: it takes what the quiet line proposes, and shows what else could be done."""

from datetime import datetime

from msgspec import Struct

from review.clock_facts import unanswered
from review.clock_words import say_gap
from review.intents import AnswerGap, SetLengths, Undo
from review.meeting import Meeting
from screens.dialogs.away import AskAway
from screens.dialogs.time import MORE, PLAN, PROPOSED, ChooseTime, plan_of
from screens.doing import NOTE_LASTS
from screens.strip import Notice, Strip
from screens.sweeping import Sweeping
from tui.widgets.data import Tone

CATCH_UP = "catch up"
"""What the key is called where the quiet line says what it takes."""
AGAIN = 15.0
"""Seconds in which the same key again shows the other plans."""


class Taken(Struct, frozen=True):
    """A plan that one key took: its batch, and how things stood before."""

    batch: str
    before: Meeting


class Timing(Sweeping):
    """Takes a plan to catch up, offers others and minutes, and asks about a time away."""

    _taken: Taken | None = None

    def gap_notice(self) -> Notice:
        """Ask about a time away that nobody has answered for; nothing where there is none."""
        gap = unanswered(self.meeting.clock)
        return Notice() if gap is None else Notice(say_gap(gap), Tone.WATCH, "away", "t", "answer")

    def action_time(self) -> None:
        """Do what the quiet line says that the key does, or offer more or less time and ways to catch up."""
        gap = unanswered(self.meeting.clock)
        if gap is not None:
            first = gap.first
            self.app.push_screen(AskAway(gap), lambda counts: self._count(first, counts is not False))
        elif self._stands():
            self._offer_time(instead=True)
        elif self.query_one(Strip).notice.key_title == CATCH_UP and not self.back_row:
            self._catch_up()
        else:
            self._offer_time()

    def _count(self, first: datetime, counts: bool) -> None:
        self.do(AnswerGap(first=first, counts=counts))

    def _stands(self) -> bool:
        """Say whether the plan that one key took a moment ago is still the last thing decided."""
        last = self.session.minutes.last_decision
        return self._taken is not None and last is not None and last.id == self._taken.batch

    def _catch_up(self) -> None:
        before = self.meeting
        plan = plan_of(before, self.session.now(), PROPOSED)
        if plan is None or not self._take_plan(plan, again=True):
            return
        last = self.session.minutes.last_decision
        self._taken = taken = None if last is None else Taken(last.id, before)
        self.set_timer(AGAIN, lambda: self._settle_plan(taken))

    def _settle_plan(self, taken: Taken | None) -> None:
        if self._taken is taken:
            self._taken = None

    def _offer_time(self, *, every: bool = False, instead: bool = False) -> None:
        mine = self.registry.find(self.SCOPE, "time")
        keys = mine.keys if mine is not None else ("t",)
        before = self._taken.before if instead and self._taken is not None else None
        asked = ChooseTime(self.meeting, self.session.now(), keys, every=every, before=before)
        self.app.push_screen(asked, lambda chosen: self._take_time(chosen, instead=before is not None))

    def _take_time(self, chosen: str | None, *, instead: bool) -> None:
        if chosen is None:
            return
        if chosen == MORE:
            self._offer_time(every=True)
            return
        # Another plan stands in the place of the one that was taken; minutes come on top of it.
        if instead and chosen.startswith(PLAN) and not self.do(Undo()):
            return
        plan = plan_of(self.meeting, self.session.now(), chosen)
        if plan is not None:
            self._take_plan(plan)

    def _take_plan(self, plan: SetLengths, *, again: bool = False) -> bool:
        """Carry a plan out and say what became of the deals and the time; `again` names the key for the other plans."""
        if not self.do(plan):
            return False
        key_too, title = ("t", "other plans") if again else ("", "")
        if plan.drops:
            # Where there is no room for all names, the names are cut, and not what becomes of them.
            names = ", ".join(self.meeting.record(deal).crm.title for deal in plan.drops)
            many = f"{len(plan.drops)} deals, " if len(plan.drops) > 1 else ""
            said = Notice(f"{many}first by turn next week: {names}", Tone.WATCH, "dropped", "u", "undo", key_too, title)
        elif again:
            last = self.session.minutes.last_decision
            what = "" if last is None else last.what.partition(": ")[2]
            said = Notice(what, Tone.OK, "caught up", "u", "undo", key_too, title)
        else:
            return True
        self.say(said, lasts=AGAIN if again else NOTE_LASTS)
        return True
