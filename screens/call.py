"""The forecast call, for the manager alone: methods, verification, likely slips and pull-ins, and what if."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.content import Content

from review.desk_call import ChooseDeal, PlanCommitment, SetFactor, StateTeamCall, VerifyDeal, WritePlan
from review.errors import CloseoutError
from review.ports import CallDesk
from screens import call_words as words
from screens.call_deals import CallLine
from screens.call_lines import lines_of
from screens.call_recording import Recording
from screens.call_view import CallView, call_view
from screens.dialogs.ask import Ask, anything
from screens.dialogs.trace import Tracing
from screens.listed import Listed
from screens.strip import Notice, Strip
from tui.registry import STANDARD, Registry
from tui.widgets.data import Feedback, Tone, status
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline
from tui.widgets.listing import Listing
from tui.widgets.rows import NextKey, Raised, Row

TICK = 1.0
WIDE = 150
"""Columns from which a deal’s whole name has room beside the rail."""


class ForecastCall(Recording, Listed[CallLine]):
    """Shows what the manager alone sees; it opens from the lobby and the recap only."""

    SCOPE = "call"
    DEFAULT_CSS = """
    ForecastCall HourHeader .names, ForecastCall HourHeader .bars { display: none; }
    ForecastCall #private { margin-bottom: 1; }
    ForecastCall #lines { margin-top: 1; }
    ForecastCall.-low #private, ForecastCall.-low #lines { margin: 0; }
    ForecastCall.-low #private > .value { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    ForecastCall.-low .foot Raised { display: none; }
    """

    def __init__(self, office: CallDesk, registry: Registry = STANDARD) -> None:
        """Show what `office` keeps."""
        super().__init__(registry, id=self.SCOPE)
        self.office = office
        self.view: CallView | None = None
        self._slips: tuple[str, ...] = ()
        self._pull_ins: tuple[str, ...] = ()

    def compose_plane(self) -> ComposeResult:
        """Lay out the mark, the figure, the lines, and the next key."""
        yield Row(status(Tone.WATCH, "PRIVATE"), words.PRIVATE, id="private")
        yield Headline()
        yield Listing(id="lines")
        with Foot(classes="foot"):
            yield Strip()
            with Raised():
                yield NextKey()

    def on_mount(self) -> None:
        """Read what stands."""
        self.read()
        self.set_interval(TICK, self.tick)

    def on_screen_resume(self) -> None:
        """Show time and rail at once."""
        super().on_screen_resume()
        self.tick()

    # What is shown

    def read(self) -> None:
        """Read what stands and work everything out anew."""
        try:
            standing = self.office.standing()
        except CloseoutError as error:
            self.say(Notice(str(error), Tone.ACT, "cannot be read"))
            return
        self.view = self.seen(call_view(standing, self.office.today, self._slips, self._pull_ins))
        self.repaint()

    def seen(self, view: CallView) -> CallView:
        """Give what is shown of it: everything here."""
        return view

    def repaint(self) -> None:
        """Show everything."""
        view = self.view
        if view is None:
            return
        self.query_one(Headline).show(
            words.figure(view), lambda width: words.beside(view, width), lambda width: words.short(view, width)
        )
        self.show_rail(words.rail_of(view))
        self.put(lines_of(replace(view, wide=self.app.size.width >= WIDE)))
        self.tick()

    def on_resize(self) -> None:
        """Give names the room that there is."""
        self.repaint()

    def show_lines(self) -> None:
        """Draw the lines, and say what the keys do on the current one."""
        super().show_lines()
        said = Content("   ").join(
            Content.assemble((key, "bold $accent"), (f" {what}", "bold $bright")) for key, what in self._keys()
        )
        self.query_one(NextKey).update(said)
        self.refresh_keys()

    def _keys(self) -> tuple[tuple[str, str], ...]:
        """Say what the keys do on the current line."""
        line, view = self.line, self.view
        if line is None or view is None:
            return ()
        found = [("Enter", "shows the deal" if line.deal else "shows what it rests on")]
        if self.available("verify"):
            found.append(("v", "takes your word back" if line.deal in view.verified.verified else "verifies it"))
        if self.available("pick"):
            found.append(("Space", "takes it off" if line.deal in view.chosen else "chooses it"))
        if self.available("suppose"):
            ends = line.deal in view.toggled
            found.append(
                ("w", "as it is" if ends else "what if it slips" if line.side == "slip" else "what if it came in")
            )
        return tuple(found)

    def tick(self) -> None:
        """Show the time of day."""
        if self.is_mounted and self.view is not None:
            self.show_header(words.header_of(self.view, self.office.clock.now()))

    # Keys

    def available(self, command_id: str) -> bool:
        """Say which keys the current line has."""
        line, view = self.line, self.view
        if view is None:
            return command_id in ("close_call", "help", "quit", "theme", "palette")
        if command_id == "verify":
            return line is not None and line.commit
        if command_id == "pick":
            return line is not None and line.deal in view.choosable
        if command_id == "suppose":
            return line is not None and bool(line.deal)
        if command_id == "suppose_nothing":
            return bool(view.toggled)
        return super().available(command_id)

    def ranks(self) -> Mapping[str, int]:
        """Keep the way out of a what-if in sight."""
        ends = {"suppose_nothing": 9} if self.view is not None and self.view.toggled else {}
        return {**super().ranks(), **ends}

    def wording(self) -> Mapping[str, str]:
        """Say what toggles do now."""
        line, view = self.line, self.view
        if line is None or view is None:
            return super().wording()
        return {
            **super().wording(),
            "verify": "not verified" if line.deal in view.verified.verified else "verify",
            "pick": "take off" if line.deal in view.chosen else "choose",
            "trace": "the deal" if line.deal else "its deals",
        }

    def action_trace(self) -> None:
        """Show what the line rests on."""
        line = self.line
        if line is not None and line.trace is not None:
            self.app.push_screen(Tracing(line.trace()))

    def action_verify(self) -> None:
        """Verify the commit deal, or take the word back."""
        if self.line is not None:
            self.do(VerifyDeal(self.line.deal), "verification is kept until date, amount or category change")

    def action_pick(self) -> None:
        """Choose the deal, or take it off."""
        if self.line is not None:
            self.do(ChooseDeal(self.line.deal), "your choice is checked at the next lock")

    def action_suppose(self) -> None:
        """Let the deal slip or come in, or end that."""
        line = self.line
        if line is None:
            return
        if line.side == "slip":
            self._slips = toggled(self._slips, line.deal)
        else:
            self._pull_ins = toggled(self._pull_ins, line.deal)
        self.say(Notice())
        self.read()

    def action_suppose_nothing(self) -> None:
        """Show everything as it is."""
        self._slips, self._pull_ins = (), ()
        self.read()

    def action_own_call(self) -> None:
        """Ask for the own call."""
        view = self.view
        own = view.now.roll_up.own if view else None
        unit = {"1": "", "k": "thousands, ", "m": "millions, "}[view.settings.call_unit] if view else ""
        body = "Your own number for the team, won included. It stands beside the roll-up and never over it."
        prompt = f"{unit}like 420k, 1.2m or +80 on top of won"
        said = f"it was {own.commit:,f}, stated {own.day:%d %b}. " if own else ""
        self._ask("Your own call", "Commit", f"{said}{body}".capitalize() if said else body, prompt, "", self._state)

    def _state(self, text: str) -> None:
        self.do(StateTeamCall(text), "it stands beside the roll-up", again=lambda: StateTeamCall(text, confirmed=True))

    def action_factor(self) -> None:
        """Ask for the factor of the historical forecast."""
        factor = f"{self.view.ledger.factor.normalize():f}" if self.view else "1"
        body = f"What history is multiplied with: 1.0 takes it as it was. It is {factor} now."
        self._ask("Factor for history", "Factor", body, "like 1.0 or 0.9", "", self._set_factor)

    def _set_factor(self, text: str) -> None:
        self.do(SetFactor(text), "history is multiplied with it")

    def action_gap_plan(self) -> None:
        """Ask for the plan."""
        view = self.view
        plan = view.ledger.plan if view else None
        value = plan.text if plan and view and plan.period == view.now.pipeline.period.first else ""
        body = "How the gap is to be closed, in a line. Nothing typed crosses it out."
        self._ask("Plan for the gap", "Plan", body, "what will be done, by whom", value, self._write_plan, empty=True)

    def _write_plan(self, text: str) -> None:
        self.do(WritePlan(text), "it stands with the gap")

    def action_plan_commitment(self) -> None:
        """Ask for a commitment of the plan."""
        body = "Who does what by when, as in a step. It is read aloud and judged like every other promise."
        prompt = "Two first meetings at Initech fri wl"
        self._ask("A commitment for the gap", "Commitment", body, prompt, "", self._commit)

    def _commit(self, text: str) -> None:
        self.do(PlanCommitment(text), "it stands with its owner’s commitments")

    def _ask(
        self,
        title: str,
        label: str,
        body: str,
        prompt: str,
        value: str,
        then: Callable[[str], None],
        *,
        empty: bool = False,
    ) -> None:
        check = (lambda _: Feedback()) if empty else anything
        ask = Ask(title, label, body=body, prompt=prompt, value=value, check=check)
        self.app.push_screen(ask, lambda text: then(text) if text is not None else None)

    def action_close_call(self) -> None:
        """Go back to where one came from."""
        self.dismiss()


def toggled(deals: tuple[str, ...], deal: str) -> tuple[str, ...]:
    """Put a deal in, or take it out."""
    return tuple(one for one in deals if one != deal) if deal in deals else (*deals, deal)
