"""A number as it stands: large, with the export beside it once it is in, and the next period's under it."""

from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from review.people import Person
from review.records import Call
from screens import forecast_words as say
from screens.forecast_figure import CommitFigure
from screens.stating import Stating
from tui.widgets.rows import Line, Row
from tui.widgets.static import Static

ROWS: Final = (
    ("export", "The export"),
    ("best", "Best case"),
    ("why", "What changed"),
    ("quota", "Quota"),
    ("then", "Next period"),
)
"""What stands under a number that is in: ids and labels."""


class Stated(Stating):
    """Shows what whoever has the turn has stated."""

    def compose_stated(self) -> ComposeResult:
        """Lay out the rows under the number."""
        for ident, label in ROWS:
            yield Row(label, id=ident, classes="gap group" if ident == "export" else None)

    def show_number(self, person: Person | None) -> None:
        """Show the commit large, what is asked next, and what it rests on once it is in."""
        carries = person is not None and person.carries
        call = self.meeting.calls.get(person.id) if person else None
        waits = self.chosen is not None or bool(self.asks[0])
        self.query_one(Line).display = self.query_one(CommitFigure).display = carries
        self.show_fields(waits)
        later = self.query_one("#later", Static)
        later.display = carries and call is None and waits
        later.update("Next: the number for this week, and what changed if it is another.")
        said = carries and call is not None and not waits and not self.restating
        rows = {ident: self.query_one(f"#{ident}", Row) for ident, _ in ROWS}
        for row in rows.values():
            row.display = said
        if person is None:
            return
        self._show_then(rows["then"], person, said)
        self._show_figure(person, call)
        if call is not None and said:
            quota = say.quota_words(self.meeting, person, call)
            rows["export"].show(say.export_words(self.meeting, person, call.commit))
            rows["best"].show(say.best_words(call))
            rows["best"].display = not self.correcting
            rows["why"].show(call.reason)
            rows["why"].display = bool(call.reason)
            rows["quota"].show(quota or "")
            rows["quota"].display = quota is not None

    def _show_then(self, row: Row, person: Person, said: bool) -> None:
        following = self.meeting.next_calls.get(person.id)
        row.display = said and following is not None and not self.restating_next
        if following is not None:
            label = Content(f"Then {say.coming(self.meeting).label}")
            row.show(say.next_words(self.meeting, person, following), label)

    def _show_figure(self, person: Person, call: Call | None) -> None:
        typed, last = self.typed_amount, say.last_of(self.meeting, person.id)
        known = call.commit if call else last.stands if last else None
        self.query_one(CommitFigure).show(
            say.current(self.meeting).label,
            known if typed is None else typed,
            new=typed is not None or call is not None,
            beside=say.beside_number(self.meeting, person),
        )
