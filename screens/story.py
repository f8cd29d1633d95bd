"""A deal's whole story: the reviews it stood in, what moved, what was promised, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from review.dates import short_date
from review.errors import CloseoutError
from review.events import Batch
from review.money import short_money
from review.people import display_names
from review.ports import Office, Standing
from review.story import Chapter, Reading, chapters, standing_words, with_more
from review.truth import effective
from review.words import counted
from screens.history_words import PastLine, heading, told
from screens.past_page import PastPage
from screens.strip import Notice
from tui.registry import STANDARD, Registry
from tui.widgets.data import ClockView, RailGroup, RailLine, RailView, Tone
from tui.widgets.headline import Headline
from tui.widgets.parts import packed

EVERY = 8
"""Reviews after which what was read is shown."""
LATER = 12
"""Reviews after a deal's end that are read for what became of its promises."""


class Story(PastPage):
    """Shows at once what is in memory; what the minutes tell comes review by review."""

    def __init__(self, deal: str, office: Office, standing: Standing, registry: Registry = STANDARD) -> None:
        """Tell of `deal`."""
        super().__init__(office, standing, registry)
        self.deal = deal
        self.record = standing.ledger.deals[deal]
        self.chapters = chapters(deal, self.record, standing.ledger.locks)

    def on_mount(self) -> None:
        """Show what is known, and read on."""
        self.run_worker(self._read, thread=True, exclusive=True, group="story")

    def repaint(self) -> None:
        """Show the deal and its chapters."""
        deal = effective(self.record)
        title = self.record.crm.title
        self.query_one(Headline).show(title, self._beside, self._short)
        names = display_names(self.standing.settings.people)
        facts = [
            ("owner", names.get(self.record.rep, self.record.crm.owner)),
            ("amount", short_money(deal.amount) if deal.amount is not None else "none"),
            ("first seen", f"{short_date(self.record.first_seen)} {self.record.first_seen.year}"),
            ("pushed", f"{self.record.pushes}×"),
        ]
        opened = sum(bool(chapter.exit) for chapter in self.chapters)
        lines = tuple(RailLine(name, right=right, tone=Tone.PLAIN) for name, right in facts)
        stood = sum(chapter.stood for chapter in self.chapters)
        clock = ClockView(str(stood), f"lock{'s' * (stood != 1)} it stood in, opened in {opened}")
        self.show_rail(RailView(clock, (RailGroup(lines=lines, marked=False),), title))
        self.put(tuple(self._lines()))

    def _beside(self, width: int) -> Content:
        name = Content(self.record.crm.name).truncate(width, ellipsis=True).stylize("bold $bright")
        stands = packed(standing_words(self.record).split(" · "), width, 3)
        return Content("\n").join((name, *(Content(line).stylize("$foreground") for line in stands)))

    def _short(self, width: int) -> Content:
        return Content(standing_words(self.record)).truncate(width, ellipsis=True).stylize("$foreground")

    def _lines(self) -> Iterator[PastLine]:
        quiet: list[Chapter] = []
        for chapter in self.chapters:
            if not chapter.told and not chapter.exit:
                quiet.append(chapter)
                continue
            yield from _folded(quiet)
            quiet = []
            day = f"{short_date(chapter.day)} {chapter.day.year}"
            yield heading(chapter.review, day, chapter.exit or ("not opened" if chapter.stood else "after its end"))
            if not chapter.told:
                yield told(f"{chapter.review} opened", chapter.exit, "", review=chapter.review)
            for at, one in enumerate(chapter.told):
                on = short_date(one.on) if one.on != chapter.day else ""
                yield told(f"{chapter.review} {at}", one.what, one.text, on, review=chapter.review)
        yield from _folded(quiet)

    # Reading, in a thread

    def _read(self) -> None:
        reading, archive, shown = Reading(self.deal), self.office.archive, list(self.chapters)
        try:
            desk, before = archive.between(), date.min
            for at, chapter in enumerate(self.chapters):
                between = tuple(batch for batch in desk if before < batch.at.date() <= chapter.day)
                more = reading.read(between, chapter.day)
                more += reading.read(archive.recorded(chapter.review, reading.ids), chapter.day)
                shown[at], before = with_more(chapter, more), chapter.day
                if not self.is_mounted:
                    return
                if at % EVERY == EVERY - 1:
                    self.app.call_from_thread(self._show, tuple(shown), f"read {at + 1} of {len(shown)} reviews")
            shown += self._after(reading, desk, before)
        except CloseoutError as error:
            self.app.call_from_thread(self.say, Notice(str(error), Tone.ACT, "cannot be read"))
            return
        self.app.call_from_thread(self._show, tuple(shown), "")

    def _after(self, reading: Reading, desk: Sequence[Batch], before: date) -> Iterator[Chapter]:
        """Tell what became of promises about a deal that had ended before they were answered for."""
        for row in [row for row in self.standing.ledger.locks if row.day > before][:LATER]:
            if not reading.waits:
                return
            between = tuple(batch for batch in desk if before < batch.at.date() <= row.day)
            more = reading.read(between, row.day)
            more += reading.read(self.office.archive.recorded(row.review, reading.ids), row.day)
            before = row.day
            if more:
                yield Chapter(review=row.review, day=row.day, exit="", told=more, stood=False)

    def _show(self, shown: tuple[Chapter, ...], said: str) -> None:
        if self.is_mounted:
            self.chapters = shown
            self.repaint()
            self.say(Notice(said))


def _folded(quiet: list[Chapter]) -> Iterator[PastLine]:
    """Say reviews of which there is nothing to tell in one line."""
    if quiet:
        first, last = quiet[0], quiet[-1]
        days = short_date(first.day) if first is last else f"{short_date(first.day)} to {short_date(last.day)}"
        said = f"stood in {counted(len(quiet), 'review')}, nothing recorded"
        yield heading(f"quiet {first.review}", days, said)
