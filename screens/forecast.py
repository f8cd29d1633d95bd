"""Forecast: each rep's promises, then the commit number; the team's line when the last number is in."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from review.calls import Closing, awaits_word, closing
from review.clock import Reading
from review.intents import TakeTurn
from review.money import short_money
from review.onscreen import forecast_turn
from review.people import Person
from review.settings import SectionId
from review.suggestions import suggested
from review.traces import forecast_reasons
from review.why import Reason
from screens import forecast_rail as rail
from screens import forecast_words as say
from screens.explaining import Explaining
from screens.forecast_figure import CommitFigure
from screens.stated import Stated
from screens.strip import Notice
from tui.widgets.data import BackRowView, RailGroup, Tone, plain, status
from tui.widgets.rows import Line, NextKey, Raised, Subject
from tui.widgets.static import Static

AROUND_ON_WALL: Final = 24
"""Rows of a wall that the team's page does not have."""
STYLE: Final = """
Forecast .promises { height: auto; padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
Forecast #asked > .promises { padding: 0; }
Forecast #verdicts { height: auto; padding-left: 20; }
Forecast #asked.-asking { padding: 1 2 0 1; }
Forecast #asked.-first { margin-top: 1; }
Forecast Row > .label, Forecast FieldRow .label { width: 20; }
Forecast FieldRow .feedback { margin-left: 20; }
Forecast FieldRow.-next { background: $panel; border-left: outer $accent; padding: 1 2 0 1; }
Forecast FieldRow.-next .label { color: $bright; text-style: bold; }
Forecast FieldRow.-next Input > .input--placeholder { color: $foreground; }
Forecast #later { padding: 0 2 0 22; color: $dim; height: auto; }
Forecast #team { height: auto; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
Forecast.-low #verdicts, Forecast.-mid #verdicts, Forecast.-narrow #verdicts { padding: 0; }
Forecast.-low.-narrow #asked { padding: 0 1 0 0; }
Forecast.-low.-narrow .promises, Forecast.-low.-narrow #team { padding: 0 1; }
Forecast.-low CommitFigure, Forecast.-low CommitFigure > * { height: 2; padding: 0; }
Forecast.-low CommitFigure { padding: 0 2; }
Forecast.-low CommitFigure > .from { padding: 0 0 0 4; }
Forecast.-low.-narrow #later, Forecast.-low.-narrow CommitFigure { padding: 0 1; }
"""


class Forecast(Stated, Explaining):
    """Gives each rep a turn, large, and closes with the team."""

    DEFAULT_CSS = STYLE
    SCOPE = "forecast"
    SECTION: ClassVar[SectionId] = "forecast"

    def compose_rows(self) -> ComposeResult:
        """Lay out who it is, the promises, the number, and the team's page."""
        yield Subject()
        yield from self.compose_promises()
        yield Line()
        yield CommitFigure()
        yield Static(id="later", markup=False, classes="gap")
        yield from self.compose_number()
        yield from self.compose_stated()
        yield Static(id="team", markup=False, classes="gap group")
        with Raised(id="next", classes="gap"):
            yield NextKey()

    def on_mount(self) -> None:
        """Give the first rep the turn."""
        self.take_turn(self.person)

    # Whose turn it is

    @property
    def person(self) -> Person | None:
        """Whose turn it is; nobody on the team's page."""
        return forecast_turn(self.meeting, team=self.drafting.at("forecast") == "team" and not self.closing.missing)

    @property
    def closing(self) -> Closing:
        """The team's line."""
        if self._team is None or self._team[0] is not self.meeting:
            self._team = (self.meeting, closing(self.meeting))
        return self._team[1]

    _team: tuple[object, Closing] | None = None

    def take_turn(self, person: Person | None) -> None:
        """Give somebody the turn, or show the team where it is nobody's."""
        self.choose()
        self.drafting.be(forecast="" if person else "team")
        self.set_focus(None)
        if person is None or not self.do(TakeTurn(section="forecast", person=person.id)):
            self.refresh_state()
        self.turn_began()

    def follow_rail(self, to: str) -> None:
        """Give the turn to whom was clicked in the rail."""
        self.take_turn(self.meeting.person(to))

    def go_on(self) -> None:
        """Go to the next person with something open, else to the team."""
        order = self.meeting.turn_order
        at = next((at for at, person in enumerate(order) if person == self.person), -1)
        following = (*order[at + 1 :], *order[: max(at, 0)])
        self.take_turn(next((person for person in following if not say.settled(self.meeting, person)), None))

    def action_next_rep(self) -> None:
        """Go on to the next rep; after the last one stands the team."""
        self._turn(1)

    def action_previous_rep(self) -> None:
        """Go back to the rep before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        order = (*self.meeting.turn_order, *((None,) if not self.closing.missing else ()))
        if order:
            self.take_turn(order[(order.index(self.person) + by) % len(order)])

    # What is shown

    def repaint(self) -> None:
        """Show the turn, or the team."""
        person = self.person
        subject = self.query_one(Subject)
        if person is None:
            subject.name_text, subject.beside = self._team_subject()
        else:
            subject.name_text = person.name
            subject.beside = say.promises_beside(self.promises, self.meeting, person)
        self.show_promises()
        self.show_number(person)
        team = self.query_one("#team", Static)
        team.display = person is None
        if person is None and self.meeting.turn_order:
            room = self.app.size.height - AROUND_ON_WALL if self.has_class("-wall") else 0
            team.update(say.team_lines(self.meeting, self.closing, self.line_width(), room))
        self._say_next(person)

    def _team_subject(self) -> tuple[str, tuple[str, str]]:
        if not self.meeting.turn_order:
            return "Nobody here", ("nobody who carries deals is in the room", "")
        count = len(self.meeting.calls)
        return short_money(self.closing.commit), (
            f"commit for {say.current(self.meeting).label}",
            f"{count} number{'s' * (count != 1)} today",
        )

    def _say_next(self, person: Person | None) -> None:
        key = self.query_one("#next NextKey", NextKey)
        row = self.query_one("#next")
        row.display = person is None or (self.forward_word() != "" and not self.chosen and not self.fields())
        open_ = [p.first_name for p in self.meeting.turn_order if say.unjudged(self.meeting, p)]
        if person is not None:
            key.say("Enter", self.forward_word())
        elif open_:
            key.update(
                Content.assemble(
                    status(Tone.WATCH, f"promises without a verdict: {', '.join(map(plain, open_))}   "),
                    say.keys((">", "on to Inspection"), strong=True),
                )
            )
        else:
            key.say(">", "on to Inspection")

    def on_resize(self) -> None:
        """Set the columns anew."""
        super().on_resize()
        self.call_after_refresh(self.repaint)

    # Keys

    def forward_word(self) -> str:
        """Say what Enter does while letters are commands; empty where it does nothing."""
        person = self.person
        if person is None or self.asks[0]:
            return ""
        if self.chosen is not None:
            found = suggested(self.meeting, self.chosen)
            return found.verdict.value if found is not None and not say.often(self.meeting, self.chosen) else ""
        following = self.asks_next
        label = f" for {say.coming(self.meeting).label}" if following else ""
        call = (self.meeting.next_calls if following else self.meeting.calls).get(person.id)
        if call is not None and call.in_writing and not self.typed_text:
            return f"take {short_money(call.stands)}{label} as written"
        if person.carries and (following or person.id not in self.meeting.calls):
            last = say.last_of(self.meeting, person.id, following=following)
            return f"keep {short_money(last.stands)}{label}" if last is not None and not self.typed_text else ""
        waiting = rail.waiting_after(self.meeting, person)
        return f"next: {self.meeting.name(waiting[0].id)}" if waiting else "the team’s line"

    def action_forward(self) -> None:
        """Take the verdict that is suggested, keep last week's number, or go on to the next rep."""
        person = self.person
        if self.chosen is not None:
            self.take_suggested()
        elif person is not None and person.carries and self._takes_number(person):
            self.state("", following=self.asks_next)
        else:
            self.go_on()

    def _takes_number(self, person: Person) -> bool:
        """Tell whether Enter states a number: this period's, the one in writing, or the next period's."""
        return self.asks_next or person.id not in self.meeting.calls or awaits_word(self.meeting, person.id)

    def after_verdicts(self) -> None:
        """Go on to whoever is next when there is no number to ask."""
        person = self.person
        if person is not None and not person.carries and self.chosen is None:
            self.go_on()

    def reasons(self) -> tuple[str, tuple[Reason, ...]]:
        """Give what the number, or the team's line, rests on."""
        person = self.person
        return person.name if person else "The team", forecast_reasons(self.meeting, person)

    def available(self, command_id: str) -> bool:
        """Say which keys are alive."""
        if command_id == "why":
            return self.person is None or self.person.id in self.meeting.calls
        if command_id == "forward":
            return bool(self.forward_word())
        if command_id in ("next_rep", "previous_rep"):
            return len(self.meeting.turn_order) > 1 or not self.closing.missing
        return super().available(command_id)

    def wording(self) -> Mapping[str, str]:
        """Say what Enter does, and where the hour goes on."""
        return {**super().wording(), "settle": self.forward_word(), "next_section": "on to Inspection"}

    def ranks(self) -> Mapping[str, int]:
        """Put the next section first when the last number is in."""
        return {**super().ranks(), **({"next_section": 0} if self.person is None else {})}

    def on_key(self, event: events.Key) -> None:
        """Begin the number with its first digit."""
        if event.character and event.character in "0123456789+" and self.begin_with(event.character):
            event.stop()

    # Around the plane

    def rail_groups(self) -> tuple[RailGroup, ...]:
        """Show who has stated what, and the team's line when the last number is in."""
        return rail.groups_of(self.meeting, self.person, self.closing)

    def place_line(self) -> str:
        """Say whose turn it is in a few words."""
        return rail.place_line(self.meeting, self.person)

    def pace_words(self, reading: Reading) -> tuple[str, str]:
        """Say the time there is for each rep to come."""
        return rail.pace_of(self.meeting, reading)

    def own_notice(self, reading: Reading) -> Notice | None:
        """Show a rep's seconds once they are past the rep's share."""
        return rail.past_share(self.meeting, self.person, reading, self.session.now())

    def back_row_view(self, reading: Reading) -> BackRowView:
        """Say whose turn it is and what is asked, for the last row of chairs."""
        view, person = super().back_row_view(reading), self.person
        if person is None:
            sentence = f"Commit {short_money(self.closing.commit)}" if self.meeting.turn_order else "Nobody is here"
            return BackRowView(view.time, sentence, view.tone, "The team", ">", "on to Inspection")
        if self.chosen is not None:
            return BackRowView(view.time, "Was it done?", view.tone, person.name, "d", "done")
        if person.carries and person.id not in self.meeting.calls:
            return BackRowView(view.time, "What is your commit?", view.tone, person.name, "s", "say the number")
        if awaits_word(self.meeting, person.id):
            written = f"{short_money(self.meeting.calls[person.id].stands)} in writing – does it stand?"
            return BackRowView(view.time, written, view.tone, person.name, "Enter", self.forward_word())
        if self.asks_next:
            asked = f"And for {say.coming(self.meeting).label}?"
            return BackRowView(view.time, asked, view.tone, person.name, "f", "say the number")
        return BackRowView(view.time, "It is on record", view.tone, person.name, "Enter", self.forward_word())
