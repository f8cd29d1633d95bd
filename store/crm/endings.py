"""Whether each deal is open, won or lost, and its forecast category, from the words of the export."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from review.deals import Category, Status
from review.settings import Settings
from review.words import counted
from store.crm.column import Column
from store.crm.dates import parse_date
from store.crm.fold import fold
from store.crm.knowledge import Profile
from store.crm.numbers import read_booleans
from store.crm.words import categories, end_of, nulls, statuses

_NUMBERED = re.compile(r"\s*(?:[0-9]{1,2}|[A-Za-z])\s*[-.):–]\s*")
_GOES_ON = re.compile(r"\s*[-–—:(,]\s*")
_SAID = 12
"""Stages or words that are named one by one."""
NOTHING: Mapping[str, str] = MappingProxyType({})
Cells = Sequence[str]
Flags = Sequence[bool | None]
Dates = Sequence[date | None]
Row = tuple[str, str, bool | None, bool | None, bool | None]
"""A row's status word, its stage, and whether it is flagged closed, won and lost."""


class StatusReader:
    """Reads a status from what one row says, each different combination once (formats differ in which they give)."""

    def __init__(self, profile: Profile, settings: Settings, said: Mapping[str, str] = NOTHING) -> None:
        """Know the CRM's words, and those that a person has `said` to mean won or lost."""
        own = {fold(word): meaning for meaning, found in profile.status.items() for word in found}
        ends = {fold(word): meaning for word, meaning in said.items() if meaning in (Status.WON, Status.LOST)}
        self._words = statuses() | own | ends
        self._open = {fold(stage.name) for stage in settings.stages}
        self._said = {fold(word) for word in said}
        self.strange: Counter[str] = Counter()
        """Word of a status column that is not known to open deals."""
        self.unsaid: Counter[str] = Counter()
        """Stage to rows that are flagged closed, with nothing that says won; they count as lost."""
        self.closed_stages: Counter[str] = Counter()
        """Stage that sounds closed to rows, with nothing that says won or lost for sure; they count as open."""
        self.likely: Counter[tuple[str, str]] = Counter()
        """Stage and the end that its words tell, though no CRM is known to call one so, to rows."""

    def read(self, words: Cells, stages: Cells, closed: Flags, won: Flags, lost: Flags) -> list[Status]:
        """Give each row's status from its status word, its stage and its flags."""
        beside = (words, closed, won, lost)
        if stages and all(part.count(part[0]) == len(part) for part in beside):
            # The stage alone decides: the usual case, in a third of the time.
            flags = (closed[0], won[0], lost[0])
            by_stage = {stage: self._told((words[0], stage, *flags), n) for stage, n in Counter(stages).items()}
            return list(map(by_stage.__getitem__, stages))
        rows = list(zip(words, stages, closed, won, lost, strict=True))
        found = {row: self._told(row, count) for row, count in Counter(rows).items()}
        return list(map(found.__getitem__, rows))

    def _told(self, row: Row, count: int) -> Status:
        self._note(*row, count)
        status, word = self._decide(*row), row[0].strip()
        if status is Status.OPEN and word.lower() not in nulls() and fold(word) not in {*self._words, *self._said}:
            self.strange[word] += count
        return status

    @property
    def warnings(self) -> list[str]:
        """Say which stages left it open."""
        unsaid = [
            f"{_deals(count)} closed in “{stage[:60]}”, which does not say won: taken as lost."
            for stage, count in self.unsaid.items()
        ]
        closed = [
            f"{_deals(count)} in “{stage[:60]}”, which sounds closed but says neither won nor lost for sure: taken as"
            f" open. Ask the CRM for the columns that tell closed and won, or say under [stages] in a file for --map:"
            f' "{stage[:60]}" = "{_guess(stage)}".'
            for stage, count in self.closed_stages.items()
        ]
        likely = [f"{_deals(count)} in “{stage[:60]}”: taken as {end}." for (stage, end), count in self.likely.items()]
        return [*_first(unsaid), *_first(closed), *_first(likely)]

    def _decide(self, word: str, stage: str, closed: bool | None, won: bool | None, lost: bool | None) -> Status:
        said = self._words.get(fold(word)) or self._begun(word)
        if said:
            return Status(said)
        if won:
            return Status.WON
        if lost or (closed and won is False):
            return Status.LOST
        if closed is False or fold(stage) in self._open:
            return Status.OPEN
        told = self._stage(stage)
        if told:
            return Status(told)
        return Status.LOST if closed else Status.OPEN

    def _begun(self, word: str) -> str:
        """Tell a status by the end that it begins with, as in “Lost - other”; a stage that goes on so may be open."""
        begun = _GOES_ON.split(word, maxsplit=1)
        end = self._words.get(fold(begun[0]), "") if len(begun) > 1 else ""
        return end if end in (Status.WON, Status.LOST) else ""

    def _note(
        self, word: str, stage: str, closed: bool | None, won: bool | None, lost: bool | None, count: int
    ) -> None:
        if self._words.get(fold(word)) or self._begun(word) or won is not None or lost or self._known(stage):
            return
        end, closing = end_of(stage)
        if end and closed is not False and fold(stage) not in self._open:
            self.likely[stage, end] += count
        elif closed:
            self.unsaid[stage] += count
        elif closed is None and closing and fold(stage) not in self._open:
            self.closed_stages[stage] += count

    def _stage(self, stage: str) -> str | None:
        return self._known(stage) or end_of(stage)[0]

    def _known(self, stage: str) -> str | None:
        """Tell what a stage's words say, numbering as in “6. Closed Won” aside."""
        return self._words.get(fold(stage)) or self._words.get(fold(_NUMBERED.sub("", stage, count=1)))


def _guess(stage: str) -> str:
    """Give the end that a line to be filled in begins with."""
    said = {statuses().get(fold(word)) for word in stage.split()}
    return "won" if "won" in said and "lost" not in said else "lost"


def closes(expected: Dates, actual: Dates, status: Sequence[Status]) -> list[date | None]:
    """Give the expected close of open deals, and the actual one of closed deals where there is one."""
    return [
        (one or other) if ending is not Status.OPEN else other
        for other, one, ending in zip(expected, actual, status, strict=True)
    ]


def still_open(header: str, actual: Dates, status: Sequence[Status]) -> tuple[str, ...]:
    """Say how many deals have a day on which they closed, and nothing that says how."""
    count = sum(day is not None and ending is Status.OPEN for day, ending in zip(actual, status, strict=True))
    if not count:
        return ()
    return (
        f"{_deals(count)} open by all the file says, with a day in “{header}”: taken as open. Ask the CRM for the"
        " columns that tell closed and won.",
    )


def read_endings(column: Column) -> list[bool | None]:
    """Read whether deals are won, lost or deleted: yes and no, or the day on which they were."""
    flags = read_booleans(column)
    if any(flags):
        return flags
    days = column.spread({cell: parse_date(cell) is not None for cell in column.distinct})
    return [day or flag for day, flag in zip(days, flags, strict=True)]


def _first(sentences: Sequence[str]) -> Sequence[str]:
    """Give a dozen of them, and how many more there are."""
    more = len(sentences) - _SAID
    return [*sentences[:_SAID], f"The same of {more:,} more stages or words."] if more > 0 else sentences


def _deals(count: int) -> str:
    return "1 deal is" if count == 1 else f"{count:,} deals are"


class CategoryReader:
    """Reads forecast categories: the team's own spellings first, then the known ones."""

    def __init__(self, profile: Profile, settings: Settings, answers: Mapping[str, str]) -> None:
        crm = {fold(word): meaning for meaning, found in profile.category.items() for word in found}
        said = {fold(word): meaning.casefold() for word, meaning in answers.items()}
        own = {fold(word): meaning.casefold() for word, meaning in settings.category_aliases.items()}
        self._words = categories() | crm | said | own
        self._by_stage = {fold(stage): _category(meaning) for stage, meaning in settings.category_by_stage.items()}
        self.unknown: Counter[str] = Counter()
        """Spelling to open deals, taken as pipeline."""
        self.closed: Counter[str] = Counter()
        """Spelling that means closed to deals that are open, taken as pipeline."""
        self.likely: Counter[str] = Counter()
        """“Most likely” in its spellings to open deals, taken as best case."""

    def read(self, cells: Cells | None, stages: Cells, status: Sequence[Status]) -> list[Category]:
        """Give the category of each open deal; a closed one has none, and shows as pipeline."""
        rows = list(zip(cells or [""] * len(stages), stages, status, strict=True))
        found = {row: self._decide(*row, count) for row, count in Counter(rows).items()}
        return list(map(found.__getitem__, rows))

    @property
    def warnings(self) -> list[str]:
        """Say how unknown, closed and in-between words were taken."""
        unknown = [
            f"Forecast category “{word[:60]}” is not known: {counted(count, 'open deal')} taken as pipeline. Name"
            " it in the settings under category_aliases."
            for word, count in self.unknown.items()
        ]
        closed = [
            f"{_deals(count)} open with the forecast category “{word[:60]}”: taken as pipeline."
            for word, count in self.closed.items()
        ]
        likely = [
            f"Forecast category “{word[:60]}” is taken as best case ({counted(count, 'open deal')})."
            for word, count in self.likely.items()
        ]
        return [*_first(unknown), *_first(closed), *_first(likely)]

    def _decide(self, cell: str, stage: str, status: Status, count: int) -> Category:
        if status is not Status.OPEN:
            return Category.PIPELINE
        word = cell.strip()
        if word.lower() in nulls():
            return (self._by_stage and self._by_stage.get(fold(stage))) or Category.PIPELINE
        meaning = self._words.get(fold(word))
        if meaning == "closed":
            self.closed[word] += count
        elif meaning is None:
            self.unknown[word] += count
        elif fold(word) == "mostlikely":
            self.likely[word] += count
        return _category(meaning or "") or Category.PIPELINE


def _category(text: str) -> Category | None:
    """Give the category that a word of the settings or of `words.toml` names."""
    meant: Mapping[str, Category] = {fold(category.value): category for category in Category}
    return meant.get(fold(text))
