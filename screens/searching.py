"""Search over past steps, actions, notes, recaps and deals: results come review by review, the newest first."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.worker import get_current_worker

from review.dates import short_date
from review.errors import CloseoutError
from review.past_search import Hit, Search
from review.people import display_names
from review.words import counted
from screens.history_words import PastLine, heading, told
from screens.past_page import PastPage
from screens.strip import Notice
from tui.widgets.data import ClockView, RailGroup, RailView, Tone, plain
from tui.widgets.field import FieldRow
from tui.widgets.listing import Listing
from tui.widgets.rows import Row

MOST = 400
"""Hits that are listed; more words find fewer."""
EVERY = 12
"""Reviews after which what was found is shown."""
PAUSE = 0.2
"""Seconds without a key after which the search begins."""


class Searching(PastPage):
    """One line to type in, and what was found under it."""

    DEFAULT_CSS = """
    Searching #examples { height: auto; margin-top: 1; }
    """
    _asked = 0
    """How often the words changed."""
    _begun = ""
    """The words that were searched for last."""

    def compose_plane(self) -> ComposeResult:
        """Lay out the line, the list and the quiet line."""
        yield FieldRow("Search", "a deal, a name, words of a step or of a recap", id="words")
        with Vertical(id="examples"):
            examples = tuple(self._examples())
            widest = max(Content(words).cell_length for words, _ in examples)
            for at, (words, finds) in enumerate(examples):
                apart = " " * (widest - Content(words).cell_length + 3)
                yield Row("" if at else "For example", Content.assemble((words, "bold $bright"), apart, finds))
        yield Listing(id="lines")
        yield from self.compose_foot()

    def _examples(self) -> Iterator[tuple[str, str]]:
        """Name words of each kind that find something: a deal, a rep, and what stands in a step."""
        ledger = self.standing.ledger
        open_deals = [one for one in ledger.deals.values() if one.lock is not None and one.lock.open]
        largest = max(open_deals, key=lambda one: one.crm.amount or 0, default=None)
        if largest is not None:
            yield plain(largest.crm.title), "the deal, and whatever was said about it"
        rep = next((one for one in self.standing.settings.people if one.carries), None)
        if rep is not None:
            yield plain(rep.first_name), "whatever that rep promised"
        yield "security review", "whatever was written with both words"

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(FieldRow).type_here()

    def repaint(self) -> None:
        """Begin with nothing found."""
        self._show((), 0)

    def action_search(self) -> None:
        """Type other words; the first letter takes the place of those that are there."""
        field = self.query_one(FieldRow)
        field.type_here()
        field.line.action_select_all()

    def available(self, command_id: str) -> bool:
        """Lead from the line to the list where there is one."""
        return self.line is not None if command_id == "to_found" else super().available(command_id)

    async def action_to_found(self) -> None:
        """Go on in the list."""
        field = self.query_one(FieldRow)
        await self.entered(field, field.text)

    def on_field_row_changed(self, message: FieldRow.Changed) -> None:
        """Search as soon as nothing is typed for a moment."""
        message.stop()
        self._asked += 1
        asked = self._asked
        self.set_timer(PAUSE, lambda: self._begin(asked))

    async def entered(self, field: FieldRow, text: str) -> None:
        """Go to what was found."""
        self.set_focus(None)
        self._begin(self._asked)

    def _begin(self, asked: int) -> None:
        words = self.query_one(FieldRow).text
        if asked != self._asked or words == self._begun:
            return
        self._begun = words
        names = display_names(self.standing.settings.people)
        search = Search(words, self.standing.ledger.deals, names)
        self.run_worker(lambda: self._look(search), thread=True, exclusive=True, group="search")

    # In a thread

    def _look(self, search: Search) -> None:
        worker, show = get_current_worker(), self.app.call_from_thread
        if not search:
            show(self._show, (), 0)
            return
        found, rows = list(search.deals()), self.standing.ledger.locks
        archive = self.office.archive
        try:
            for at, row in enumerate(reversed(rows), 1):
                found += reversed(search.read(archive.recorded(row.review, *search.saying), row.review, row.day))
                if worker.is_cancelled or not self.is_mounted:
                    return
                if len(found) >= MOST:
                    break
                if at % EVERY == 0:
                    show(self._show, tuple(found), at)
            else:
                found += search.read(archive.between())
        except CloseoutError as error:
            show(self.say, Notice(str(error), Tone.ACT, "cannot be read"))
        if not worker.is_cancelled and self.is_mounted:
            show(self._show, tuple(found[:MOST]), len(rows))

    def _show(self, found: tuple[Hit, ...], looked: int) -> None:
        if not self.is_mounted:
            return
        self.query_one("#examples").display = not self._begun.strip()
        self.put(tuple(_lines(found)))
        of = len(self.standing.ledger.locks)
        words = "every word has to stand in the text, the deal’s name or the owner’s"
        clock = ClockView(str(len(found)) if looked else "–", f"found in {counted(of, 'review')}")
        place = f"{len(found)} found" if looked else counted(of, "review")
        self.show_rail(RailView(clock, (RailGroup(words=words),), place))
        self.refresh_keys()
        if len(found) >= MOST:
            self.say(Notice(f"the newest {MOST}; more words find fewer"))
        elif looked and looked < of:
            self.say(Notice(f"looked through {looked} of {of} reviews …"))
        else:
            self.say(Notice("nothing was found" if looked and not found else ""))


def _lines(found: tuple[Hit, ...]) -> list[PastLine]:
    lines: list[PastLine] = []
    part = ""
    for at, hit in enumerate(found):
        head = "Deals" if hit.kind == "deal" else str(hit.day.year) if hit.review and hit.day else "Between reviews"
        if head != part:
            lines.append(heading(f"{at} {head}", head))
            part = head
        label = hit.title if hit.kind == "deal" else short_date(hit.day) if hit.day else ""
        text = hit.text if hit.kind in ("deal", "recap") else f"{hit.kind}: {hit.text}"
        right = ", ".join(part for part in (hit.title if hit.kind != "deal" else "", hit.owner) if part)
        # A deal opens its story; anything else the recap of its review.
        deal = hit.deal if not hit.review else ""
        lines.append(told(f"hit {at}", label, text, right, review=hit.review, deal=deal))
    return lines
