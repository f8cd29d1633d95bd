"""What the keys of Inspection ask about a deal: exits, changes, marks, verdicts; each answer is one intent."""

from collections.abc import Callable
from datetime import date
from functools import partial

from textual import work

from review.calls import lock_facts
from review.card import Card, card_of
from review.commitments import Verdict
from review.dates import read_date, short_date
from review.deals import Category, Cause, Ending, EndReason, Mark
from review.intents import (
    Change,
    EndDeal,
    GiveMark,
    GiveVerdict,
    GrantException,
    Intent,
    Park,
    TakeOffline,
)
from review.money import read_amount, say_money
from review.records import DecidedField
from review.slips import pending
from review.why import reasons_of
from screens.dialogs.ask import Ask
from screens.dialogs.choose import Choice, Choose
from screens.dialogs.marks import AskMarks
from screens.dialogs.why import Why
from screens.doing import nothing
from screens.inspection_form import best_case_first
from screens.judging_words import DayCheck, date_feedback, understood
from screens.live import LiveScreen
from screens.strip import Notice
from tui.widgets.data import Feedback, Tone

KINDS = {"w": Ending.WON, "l": Ending.LOST, "n": Ending.NO_DECISION, "d": Ending.DUPLICATE}
CATEGORIES = {"c": Category.COMMIT, "b": Category.BEST_CASE, "p": Category.PIPELINE, "o": Category.OMITTED}
FIELDS: dict[str, DecidedField] = {"d": "close_date", "a": "amount", "s": "stage"}
FIELD_TITLES = {"close_date": "close date", "amount": "amount", "stage": "stage"}


class Asking(LiveScreen):
    """The deal on the screen, and the questions behind its keys; a subclass goes on after an exit."""

    @property
    def deal(self) -> str:
        """The deal on the screen, where it can still be worked on."""
        here = self.meeting.deal
        return here if here and not self.meeting.is_gone(here) else ""

    def card(self) -> Card:
        """Give the card of the deal on the screen."""
        if self._card is None or self._card[0] is not self.meeting:
            self._card = (self.meeting, card_of(self.meeting, self.meeting.deal))
        return self._card[1]

    _card: tuple[object, Card] | None = None

    def leave(self, deal: str, notice: Notice) -> None:
        """Say how a deal left inspection; a subclass goes on to the next one."""
        self.say(notice)

    def keep_notes(self, then: Callable[[], object] = nothing) -> None:
        """Write what stands in the lines of the questions, then go on."""
        then()

    def exit_by(self, intent: Intent, then: Callable[[], object]) -> None:
        """Let the deal leave by an exit, the answers to its questions first."""
        self.keep_notes(lambda: self.do(intent, then=then))

    def title_of(self, deal: str) -> str:
        """Give the words the room calls a deal by."""
        return self.meeting.record(deal).crm.title

    # Exits

    @work
    async def action_end_deal(self) -> None:
        """Ask how and why the deal ended, and for a loss what is learned from it."""
        deal, title = self.deal, self.title_of(self.deal)
        kinds = [Choice(kind.value, kind.value, key=key) for key, kind in KINDS.items()]
        found = await self.app.push_screen_wait(Choose(f"How does {title} end?", kinds, chosen=Ending.LOST.value))
        if found is None:
            return
        kind, reason, lesson = Ending(found), None, ""
        if kind is not Ending.DUPLICATE:
            reasons = [Choice(one.value, one.value) for one in EndReason]
            chosen = await self.app.push_screen_wait(Choose(f"{title}: {kind.value}. Why?", reasons))
            if chosen is None:
                return
            reason = EndReason(chosen)
        if kind in (Ending.LOST, Ending.NO_DECISION):
            body = "One line, no blame. Leave it empty and Creation asks again."
            prompt = "what do we take from it?"
            ask = Ask(f"{title}: {kind.value}", "Lesson", body=body, prompt=prompt, check=either_way)
            said = await self.app.push_screen_wait(ask)
            if said is None:
                return
            lesson = said
        why = f", {reason.value}" if reason else ""
        gone = Notice(f"{title}{why}. It is set in the CRM next.", Tone.OK, f"ended: {kind.value}")
        self.exit_by(EndDeal(deal=deal, kind=kind, reason=reason, lesson=lesson), lambda: self.leave(deal, gone))

    @work
    async def action_offline(self) -> None:
        """Ask who settles the deal after the meeting, and when."""
        deal, title = self.deal, self.title_of(self.deal)
        manager = self.meeting.settings.manager
        ask = Ask(f"{title}, offline", "With whom", prompt="a name", value=manager.name if manager else "")
        who = await self.app.push_screen_wait(ask)
        if who is None:
            return
        days = self.meeting.settings.thresholds.offline_days
        body = f"Within {days} days. The step that stands stays."
        when = await self.app.push_screen_wait(
            Ask(f"{title}, offline with {who}", "When", body=body, prompt="like thu or +2d", check=self.within(days))
        )
        if when is None:
            return
        self.exit_by(
            TakeOffline(deal=deal, who=who, when=when),
            lambda: self.leave(deal, Notice(self.meeting.left[deal].words, Tone.OK, "offline")),
        )

    def action_park(self) -> None:
        """Let the rep complete the step after the meeting."""
        deal = self.deal
        self.exit_by(
            Park(deal=deal), lambda: self.leave(deal, Notice(self.meeting.left[deal].words, Tone.WATCH, "parked"))
        )

    # Values of the deal

    @work
    async def action_category(self) -> None:
        """Ask for the forecast category, best case first where commit lacks its evidence."""
        deal, card = self.deal, self.card()
        best = best_case_first(card)
        order = sorted(CATEGORIES.items(), key=lambda item: best and item[1] is not Category.BEST_CASE)
        now = card.deal.category
        choices = [
            Choice(one.value, one.value, "now" if one is now else "", key)
            for key, one in order
            if not (best and one is now)
        ]
        body = "Commit needs a confirmed date and an active paper process." if best else ""
        chosen = Category.BEST_CASE if best else now
        dialog = Choose(f"{card.deal.title}: which category?", choices, body=body, chosen=chosen.value)
        found = await self.app.push_screen_wait(dialog)
        if found is not None:
            said = Notice(f"{card.deal.title} is in {found}.", Tone.OK, "moved")
            self.do(Change(deal=deal, field="category", text=found), then=lambda: self.say(said))

    @work
    async def action_change(self) -> None:
        """Ask what changes: close date, amount or stage."""
        deal, card = self.deal, self.card()
        now = {"close_date": card.closes, "amount": card.amount, "stage": card.deal.stage}
        choices = [Choice(field, FIELD_TITLES[field], now[field], key) for key, field in FIELDS.items()]
        field = await self.app.push_screen_wait(Choose(f"{card.deal.title}: what changes?", choices))
        if field == "close_date":
            await self._change_date(deal, card)
        elif field == "amount":
            ask = Ask("Amount", "New amount", prompt="like 184k", check=self.amount)
            await self._take_change(deal, "amount", await self.app.push_screen_wait(ask))
        elif field == "stage":
            stages = [Choice(stage.name, stage.name) for stage in self.meeting.settings.stages]
            stage = await self.app.push_screen_wait(Choose("Which stage?", stages, chosen=card.deal.stage))
            await self._take_change(deal, "stage", stage)

    async def _change_date(self, deal: str, card: Card) -> None:
        body = f"It closes {card.closes}."
        ask = Ask("Close date", "New date", body=body, prompt="18 dec, +2w", check=self.date_ahead)
        text = await self.app.push_screen_wait(ask)
        day = self.read(text or "")
        old = card.deal.close_date
        cause = None
        if text and day and old and day > old:
            cause = await self.ask_cause(day)
            if cause is None:
                return
        await self._take_change(deal, "close_date", text, cause)

    async def _take_change(self, deal: str, field: DecidedField, text: str | None, cause: Cause | None = None) -> None:
        before = self.card().deal

        def tell() -> None:
            same = getattr(self.card().deal, field) == getattr(before, field)
            told = "stands as it was" if same else "changed"
            self.say(Notice("" if same else "It is not in the CRM yet.", Tone.OK, f"{FIELD_TITLES[field]} {told}"))

        if text:
            self.do(Change(deal=deal, field=field, text=text, cause=cause), then=tell)

    async def ask_cause(self, day: date) -> Cause | None:
        """Ask why a close date moves to a later day, by one key."""
        choices = [Choice(cause.value, cause.value) for cause in Cause]
        title = f"Why does it move to {short_date(day, self.meeting.day)}?"
        found = await self.app.push_screen_wait(Choose(title, choices))
        return None if found is None else Cause(found)

    @work
    async def action_exception(self) -> None:
        """Ask for the printed reason why the two-slip rule leaves a deal in commit."""
        deal = self.deal
        found = pending(self.meeting.record(deal), lock_facts(self.meeting))
        moves = f"{found.moves}. " if found else ""
        ask = Ask(
            f"{self.title_of(deal)} stays in commit",
            "Because",
            body=f"{moves}A fact about the deal; it is printed in the recap.",
            prompt="which fact?",
        )
        reason = await self.app.push_screen_wait(ask)
        if reason:
            said = Notice(f"{self.title_of(deal)}: {reason}", Tone.OK, "exception")
            self.do(GrantException(deal=deal, reason=reason), then=lambda: self.say(said))

    def action_why(self) -> None:
        """Show what every rule on the deal rests on."""
        self.app.push_screen(Why(self.title_of(self.deal), reasons_of(self.meeting, self.deal)))

    @work
    async def action_marks(self) -> None:
        """Go through the five marks, one key each."""
        deal = self.deal
        answers = await self.app.push_screen_wait(AskMarks(self.meeting, deal))
        self.do(*(GiveMark(deal=deal, mark=Mark(mark), yes=yes) for mark, yes in (answers or {}).items()))

    # Verdicts

    def give_verdict(self, verdict: Verdict, when: str = "") -> None:
        """Judge last week's step."""
        step = self.card().promised
        if step is not None:
            self.do(GiveVerdict(commitment=step.id, verdict=verdict, when=when))

    def action_verdict_done(self) -> None:
        """Say that it was done."""
        self.give_verdict(Verdict.DONE)

    def action_verdict_buyer(self) -> None:
        """Say that the buyer did it."""
        self.give_verdict(Verdict.BUYER)

    def action_verdict_missed(self) -> None:
        """Say that it was not done."""
        self.give_verdict(Verdict.NOT_DONE)

    def action_verdict_void(self) -> None:
        """Say that it is no longer needed."""
        self.give_verdict(Verdict.NOT_NEEDED)

    @work
    async def action_verdict_moved(self) -> None:
        """Ask for the step's new date."""
        step = self.card().promised
        text = step.text if step else ""
        check = partial(date_feedback, self.meeting, owner=step.owner if step else "", deal=self.deal)
        ask = Ask("Moved", "New date", body=f"“{text}”", prompt="like fri or +1w", check=check)
        when = await self.app.push_screen_wait(ask)
        if when:
            self.give_verdict(Verdict.MOVED, when)

    # What is understood in the dialogs

    def read(self, text: str) -> date | None:
        """Read a date as typed."""
        return read_date(text, self.meeting.day, self.meeting.settings.date_order)

    def date_ahead(self, text: str) -> Feedback:
        """Say which day is meant."""
        return understood(self.read(text), self.meeting, text)

    def within(self, days: int) -> "DayCheck":
        """Give the check of a day at most `days` ahead."""
        return DayCheck(self.meeting, days)

    def amount(self, text: str) -> Feedback:
        """Say which amount is meant."""
        amount = read_amount(text, "1")
        if amount is None:
            wrong = ((Tone.ACT, "amount", " like 184000, 184k or 1.2m"),) if text.strip() else ()
            return Feedback(ok=False, marks=wrong)
        return Feedback(marks=((Tone.OK, say_money(amount, self.meeting.settings.currency), ""),))


def either_way(text: str) -> Feedback:  # noqa: ARG001
    """Take a text, and also none."""
    return Feedback()
