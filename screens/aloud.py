"""Who reads aloud, and what can be done to the lines that are read."""

from review.commitments import Commitment, Origin
from review.intents import DropCommitment, Mend, NameWorthCopying, Promise, TakeTurn
from review.onscreen import readers, reading_aloud
from review.recap import OwnerList
from screens import actions_words as say
from screens.dialogs.ask import Ask
from screens.dialogs.promise import AskPromise
from screens.taking import Taking
from tui.widgets.data import plain


class Aloud(Taking):
    """Goes from owner to owner; any line can be mended, dropped or added."""

    # Who reads

    @property
    def opening(self) -> bool:
        """Tell whether a call or a cause comes before the reading."""
        return bool(self.calls) or self.cause is not None

    @property
    def lists(self) -> tuple[OwnerList, ...]:
        """Everybody who reads, the manager first."""
        return readers(self.meeting)

    @property
    def reading_now(self) -> OwnerList | None:
        """Whose list is read: the owner gone back to, else the first who was not heard."""
        if self.opening:
            return None
        return reading_aloud(self.meeting, self.drafting.at("reads"))

    @property
    def chosen(self) -> Commitment | None:
        """The line that the keys change."""
        mine = self.reading_now
        if mine is None:
            return None
        found = self.drafting.at("line")
        return next((c for c in mine.commitments if c.id == found), mine.commitments[0])

    def after(self, mine: OwnerList) -> OwnerList | None:
        """Give who reads next; nobody where all others were heard."""
        lists = self.lists
        at = lists.index(mine)
        return next((one for one in (*lists[at + 1 :], *lists[:at]) if one.person not in self.meeting.heard), None)

    def read(self, owner: str) -> None:
        """Let an owner read; empty: the first who was not heard."""
        self.drafting.be(reads=owner, line="")
        mine = self.reading_now
        if mine is None or not self.do(TakeTurn(section="actions", person=mine.person)):
            self.refresh_state()

    def follow_rail(self, to: str) -> None:
        """Let the owner read who was clicked in the rail."""
        self.read(to)

    @property
    def shows_more(self) -> bool:
        """Tell whether the team has held enough reviews for what is worth copying."""
        return self.meeting.ledger.held + 1 >= self.meeting.settings.thresholds.shows_more_from

    # Keys

    def action_owner_before(self) -> None:
        """Go back to the owner before."""
        mine, lists = self.reading_now, self.lists
        at = lists.index(mine) if mine is not None else len(lists)
        self.read(lists[max(at - 1, 0)].person)

    def action_line_up(self) -> None:
        """Choose the line above."""
        self._choose(-1)

    def action_line_down(self) -> None:
        """Choose the line below."""
        self._choose(1)

    def _choose(self, by: int) -> None:
        mine, chosen = self.reading_now, self.chosen
        if mine is not None and chosen is not None:
            at = max(0, min(mine.commitments.index(chosen) + by, len(mine.commitments) - 1))
            self.follow_line(mine.commitments[at].id)

    def follow_line(self, to: str) -> None:
        """Choose a line by its commitment."""
        self.drafting.be(line=to)
        self.refresh_state()

    def action_mend(self) -> None:
        """Change the chosen commitment: its text, its date, its owner."""
        chosen = self.chosen
        if chosen is None:
            return
        value = say.to_mend(self.meeting, chosen)
        ask = AskPromise(self.meeting, owner=chosen.owner, value=value, title="Mend it")
        self.app.push_screen(ask, lambda line: self._mend(chosen, line))

    def _mend(self, commitment: Commitment, line: str | None) -> None:
        if line:
            self.do(Mend(commitment=commitment.id, line=line))

    def action_add(self) -> None:
        """Add a line to the list that is read."""
        mine = self.reading_now
        owner = mine.person if mine is not None else ""
        self.app.push_screen(AskPromise(self.meeting, owner=owner), lambda line: self._add(line, owner))

    def _add(self, line: str | None, owner: str) -> None:
        if line:
            # A line that comes in above does not take the place of the chosen one.
            self.drafting.be(line=self.chosen.id if self.chosen is not None else "")
            self.do(Promise(line=line, owner=owner, origin=Origin.ACTION))

    def action_drop_line(self) -> None:
        """Drop the chosen commitment, with a note."""
        chosen = self.chosen
        if chosen is not None:
            ask = Ask("Drop it", "Why", body=plain(chosen.text), prompt="a few words; they stay with it")
            self.app.push_screen(ask, lambda why: self._drop(chosen, why))

    def _drop(self, commitment: Commitment, why: str | None) -> None:
        if why:
            self.do(DropCommitment(commitment=commitment.id, why=why), then=lambda: self.drafting.be(line=""))

    def action_worth_copying(self) -> None:
        """Write the one line about a behaviour worth copying."""
        ask = Ask(
            "Worth copying this week",
            "What",
            body="A behaviour, not a win: who did what that others can do too.",
            prompt="Aisha asked the CFO for the date",
            value=self.meeting.worth_copying,
        )
        self.app.push_screen(ask, self._name_worth)

    def _name_worth(self, text: str | None) -> None:
        if text:
            self.do(NameWorthCopying(text=text))
