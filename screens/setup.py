"""Setting up: one page in which every line is filled in from the export, and Enter takes it."""

from textual import events
from textual.message import Message

from review.errors import CloseoutError
from review.proposal_edits import change, move_stage
from review.proposal_lines import Line as SetupLine
from review.proposal_lines import page
from review.proposals import Proposals
from screens.setup_page import SetupPage
from screens.setup_parts import SetupAside, SetupRow
from tui.widgets.field import FieldRow


class SettingUp(SetupPage):
    """The page as one types in it; it is left by `Done`."""

    CSS = """
    SettingUp {
        & #lines { height: 1fr; }
        & Subject { margin-bottom: 1; }
        & #lines > .gap { margin-top: 1; }
        & #lines.-tight > .gap { margin-top: 0; }
        &.-mid SetupAside { width: 30; }
        &.-middle Subject { height: 1; }
        &.-middle Subject > Figure { display: none; }
        &.-middle Subject > .name { display: block; }
        &.-middle Subject > .beside { padding-top: 0; height: 1; }
        &.-low Subject { margin-bottom: 0; }
        &.-low SetupAside > Figure { display: none; }
        &.-low SetupAside { padding-top: 0; }
        &.-narrow SetupAside { dock: bottom; width: 100%; height: auto; margin: 0; padding: 0; background: $surface; }
        &.-narrow SetupAside > .wide, &.-narrow SetupAside > Line { display: none; }
        &.-narrow SetupAside > Static { padding: 0 3; }
        &.-narrow SetupAside > .sentence { height: 2; }
        &.-narrow SetupAside > .counts { margin-top: 1; }
        &.-wide SetupRow Input { width: 24; }
        &.-wide SetupRow.-plain Input { width: 1fr; }
        &.-narrow.-low SetupAside > Static { padding: 0 1; }
        &.-narrow.-low SetupAside Raised { padding: 0 1 0 0; }
    }
    """

    class Done(Message):
        """The page is left."""

        def __init__(self, taken: bool) -> None:
            """Say whether its settings were kept."""
            super().__init__()
            self.taken = taken

    # Typing

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Take what was typed in the line that is left, and explain the one that is entered."""
        for row in self._rows():
            if row.has_focus_within:
                self._at = row.shown.id
            elif row.dirty and not row.refused:
                self._take(row)
        self._explain()
        self.refresh_keys()

    def watch_mode(self) -> None:
        """Say what the next key does now."""
        super().watch_mode()
        self._explain()

    def on_field_row_changed(self, message: FieldRow.Changed) -> None:
        """Say what is understood so far; what cannot be taken yet is left alone until Enter."""
        message.stop()
        row = message.field
        if isinstance(row, SetupRow) and row.shown.id == self._at:
            row.refused = ""
            row.say()
            outcome = change(self.proposals, row.shown.id, row.text) if row.dirty else None
            self._explain(outcome.sentence if outcome and outcome.proposals else "")
            self.refresh_keys()

    async def on_field_row_entered(self, message: FieldRow.Entered) -> None:
        """Take the line and go to the next; behind the last one the review can start."""
        message.stop()
        message.prevent_default()
        row = message.field
        if not isinstance(row, SetupRow) or not self._take(row, asked=True):
            return
        order = list(self.proposals.sources)
        at = order.index(row.shown.id) + 1
        if at < len(order):
            self._go(order[at])
        else:
            self.action_begin()

    def _take(self, row: SetupRow, *, asked: bool = False) -> bool:
        """Take what stands in a line; where it cannot be, say why and leave it standing."""
        outcome = change(self.proposals, row.shown.id, row.value)
        if outcome.proposals is None:
            row.refused = outcome.sentence
            row.say()
            if asked:
                self._explain()
                self.refresh_keys()
            return False
        row.refused = ""
        self._became(outcome.proposals, row)
        return True

    def _became(self, proposals: Proposals, taken: SetupRow | None = None) -> None:
        """Show the page as it stands now."""
        self.proposals = proposals
        lines = page(proposals)
        known = {row.shown.id: row for row in self._rows()}
        if [line.id for line in lines] != list(known):
            self._arrange(lines, known)
        for line in lines:
            row = known.get(line.id)
            if row is not None and row is taken:
                row.take(line)
            elif row is not None:
                row.show(line)
        self._show()

    def _arrange(self, lines: tuple[SetupLine, ...], known: dict[str, SetupRow]) -> None:
        """Bring the lines into their order: new ones come in, those that are gone leave."""
        wanted = {line.id for line in lines}
        for ident, row in known.items():
            if ident not in wanted:
                row.remove()
        fresh = {line.id: SetupRow(line) for line in lines if line.id not in known}
        self._lines.mount_all(fresh.values())
        rows = {**known, **fresh}
        for before, line in zip((None, *lines), lines, strict=False):
            if before is None:
                self._lines.move_child(rows[line.id], before=0)
            else:
                self._lines.move_child(rows[line.id], after=rows[before.id])

    def _go(self, ident: str) -> None:
        self._at = ident
        row = self._row(ident)
        if row.is_mounted:
            row.type_here()
        else:
            self.call_after_refresh(lambda: self._row(self._at).type_here())

    # Commands

    def available(self, command_id: str) -> bool:
        """Keep Enter for what can be taken, the start for when it is known who drives, moving for stages."""
        if command_id == "take":
            row = self._row(self._at)
            return not row.refused and not row.waits
        if command_id == "begin":
            return self.proposals.ready or not self._row("manager").waits
        if command_id in {"line_before", "line_after"}:
            return self._at != list(self.proposals.sources)[0 if command_id == "line_before" else -1]
        if command_id in {"earlier", "later"}:
            stages = [ident for ident in self.proposals.sources if ident.startswith("stage:")]
            return self._at in stages and self._at != stages[0 if command_id == "earlier" else -1]
        return True

    def action_take(self) -> None:
        """Take the line that is typed in."""
        row = self._row(self._at)
        row.post_message(FieldRow.Entered(row, row.text))

    def action_type(self) -> None:
        """Go on where one was."""
        self._row(self._at).type_here()

    def action_line_before(self) -> None:
        """Go on at the line before."""
        self._step(-1)

    def action_line_after(self) -> None:
        """Go on at the next line."""
        self._step(1)

    def _step(self, step: int) -> None:
        order = list(self.proposals.sources)
        self._go(order[max(0, min(len(order) - 1, order.index(self._at) + step))])

    def action_earlier(self) -> None:
        """Move the stage up."""
        self._move(-1)

    def action_later(self) -> None:
        """Move the stage down."""
        self._move(1)

    def _move(self, step: int) -> None:
        self._became(move_stage(self.proposals, self._at.removeprefix("stage:"), step))
        self.refresh_keys()
        self.call_after_refresh(self._row(self._at).scroll_visible, animate=False)

    def action_begin(self) -> None:
        """Keep the settings as they stand and leave; what is missing is asked for."""
        for row in self._rows():
            if (row.dirty and not self._take(row)) or row.refused:
                self._go(row.shown.id)
                return
        if not self.proposals.ready:
            row = self._row("manager")
            row.refused = change(self.proposals, "manager", "").sentence
            row.say()
            self._go("manager")
            self._explain()
            self.refresh_keys()
            return
        try:
            self._office.keep_settings(self.proposals.settings)
        except CloseoutError as error:
            self.query_one(SetupAside).refuse("not kept:", error.sentence, "")
            return
        self.post_message(self.Done(taken=True))

    def action_put_off(self) -> None:
        """Leave without keeping anything."""
        self.post_message(self.Done(taken=False))
