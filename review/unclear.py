"""What a file does not say by itself: each question with its choices, and the answers that come of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from review.answers import Answers
from review.errors import CloseoutError

COLUMN_LEFT_OUT = ""
"""The choice that no column holds a field."""
_WORD, _STAGE = "category:", "stage:"
_HOW = "Write these lines into a file and give it with --map FILE, or press i in the lobby, which asks line by line:"


class Choice(Struct, frozen=True):
    """One possible answer."""

    value: str
    """A header, or the value of a setting."""
    shown: str
    samples: tuple[str, ...] = ()
    """Up to three values of the column."""


class Ask(Struct, frozen=True, kw_only=True):
    """One question, or one line of the mapping page that is no question because it is certain."""

    id: str
    """The field a column is asked for, a setting of `Answers`, `category:WORD` or `stage:WORD`."""
    label: str
    choices: tuple[Choice, ...]
    chosen: int | None = None
    """Place of the answer that is proposed; None where there is none to propose."""
    sure: bool = False
    """Whether nobody needs to look."""
    needed: bool = False
    """Whether the file cannot be taken before this is answered."""
    sentence: str = ""
    """What is asked, in words."""

    @property
    def is_column(self) -> bool:
        """Whether a column is asked for."""
        return self.id not in Answers.__struct_fields__ and not self.id.startswith((_WORD, _STAGE))

    @property
    def proposed(self) -> Choice | None:
        """The answer that Enter takes."""
        return None if self.chosen is None else self.choices[self.chosen]


class Unclear(CloseoutError):
    """A file that a person must answer for; `asks` is the page that asks, its certain lines included."""

    def __init__(self, file: str, asks: Sequence[Ask], *, crm: str = "", refusal: str = "", lines: str = "") -> None:
        """Keep the questions; `refusal` says why these look like no deals, `lines` what would make them some."""
        self.file = file
        self.asks = tuple(asks)
        self.crm = crm
        """Name of the CRM whose headers were recognised."""
        self.refusal = refusal
        super().__init__(f"{refusal}\n\n{lines}".strip() if refusal else _said(file, self.open, self.likely))

    @property
    def open(self) -> tuple[Ask, ...]:
        """The questions without which nothing can be taken."""
        return tuple(ask for ask in self.asks if ask.needed)

    @property
    def likely(self) -> tuple[Ask, ...]:
        """The columns that are proposed, and without which the file can be taken all the same."""
        return tuple(ask for ask in self.asks if ask.sentence and ask.is_column and not ask.needed)


def _said(file: str, asks: Sequence[Ask], likely: Sequence[Ask]) -> str:
    """Say what is unclear, and the lines that would answer it."""
    told = " ".join(ask.sentence for ask in asks)
    return f"{file} was not imported. {told} {_HOW}\n\n{map_lines(asks, likely)}"


def map_lines(asks: Iterable[Ask], likely: Iterable[Ask] = ()) -> str:
    """Write the answers that are proposed, or the first possible ones, as the lines of a mapping file.

    Columns that are `likely` come along as comments, to be taken by taking one sign away.
    """
    every = tuple(asks)
    told = answers_of(every, {ask.id: (ask.proposed or ask.choices[0]).value for ask in every if ask.choices})
    others = {ask.id: ask.choices for ask in every}
    lines = [
        f"{field} = {_toml(value)}{_or(others.get(field, ()), value)}"
        for field, value in msgspec.structs.asdict(told).items()
        if value is not None and value != "" and not isinstance(value, dict)
    ]
    more = [_perhaps(ask.id, ask.proposed) for ask in likely if ask.proposed is not None]
    for table, extra in (("mapping", more), ("categories", []), ("stages", [])):
        if (found := getattr(told, table)) or extra:
            said = (f"{_toml(key)} = {_toml(value)}" for key, value in found.items())
            lines += ["", f"[{table}]", *said, *extra]
    return "\n".join(lines).strip()


def every_column(asks: Iterable[Ask]) -> str:
    """Write a line for each column of a file: the proposed field, or a comment to be filled in."""
    columns = [ask for ask in asks if ask.is_column]
    samples = {choice.value: choice.samples for ask in columns for choice in ask.choices if choice.value}
    taken = {ask.proposed.value: ask.id for ask in columns if ask.proposed and ask.proposed.value}
    fields = ", ".join(ask.id for ask in columns)
    lines = (
        f"{'' if header in taken else '# '}{_toml(header)} = {_toml(taken.get(header, ''))}  # {', '.join(shown)}"
        for header, shown in samples.items()
    )
    return "\n".join((f"# Fields: {fields}.", "[mapping]", *lines))


def _perhaps(field: str, column: Choice) -> str:
    """Write a line that holds once its first sign is taken away."""
    shown = ", ".join(column.samples)
    return f"# {_toml(column.value)} = {_toml(field)}  # likely ({shown}): take the first # away if it is"


def _or(choices: Sequence[Choice], taken: object) -> str:
    """Name the other possible values behind a line."""
    others = [one.value if one.value == one.shown else f"{one.value} for {one.shown}" for one in choices]
    return f"  # {', '.join(others)}" if len(others) > 1 and taken is not None else ""


def _toml(value: object) -> str:
    """Write a text or a number as TOML has it, which for these is how JSON has it."""
    return msgspec.json.encode(value).decode()


def answers_of(asks: Iterable[Ask], chosen: Mapping[str, str]) -> Answers:
    """Turn the values chosen, by question, into answers; a question that is not named stays unanswered."""
    told: dict[str, Any] = {}
    mapping: dict[str, str] = {}
    categories: dict[str, str] = {}
    stages: dict[str, str] = {}
    left_out: list[str] = []
    for ask in asks:
        value = chosen.get(ask.id)
        if value is None:
            continue
        if ask.id.startswith(_WORD):
            categories[ask.id.removeprefix(_WORD)] = value
        elif ask.id.startswith(_STAGE):
            stages[ask.id.removeprefix(_STAGE)] = value
        elif not ask.is_column:
            told[ask.id] = _setting(ask.id, value)
        elif value != COLUMN_LEFT_OUT:
            mapping[value] = ask.id
        elif ask.proposed is not None and ask.proposed.value != COLUMN_LEFT_OUT:
            left_out.append(ask.proposed.value)
    mapping |= {header: COLUMN_LEFT_OUT for header in left_out if header not in mapping}
    return Answers(mapping=mapping, categories=categories, stages=stages, **told)


def _setting(name: str, value: str) -> object:
    """Turn a choice into the type that its setting has."""
    if name == "probability_scale":
        return int(value)
    return value == "true" if name in ("trim_ids", "fill_down") else value or None


def also_taken(asks: Iterable[Ask], chosen: Mapping[str, str], ask: Ask) -> Ask | None:
    """Give another question that has the column of this one, by what is chosen for each; None where there is none.

    Two certain ones may share a column, as a status that holds the stages.
    """
    column = chosen.get(ask.id, COLUMN_LEFT_OUT)
    if not ask.is_column or column == COLUMN_LEFT_OUT:
        return None
    return next(
        (
            other
            for other in asks
            if other.id != ask.id
            and other.is_column
            and chosen.get(other.id) == column
            and not (_stands(other, column) and _stands(ask, column))
        ),
        None,
    )


def _stands(ask: Ask, column: str) -> bool:
    """Tell whether a column is the certain one of a question."""
    return ask.sure and ask.proposed is not None and ask.proposed.value == column


def stage_question(word: str) -> str:
    """Name the question what a stage is that the settings do not list."""
    return f"{_STAGE}{word}"


def category_question(word: str) -> str:
    """Name the question what a word means as a forecast category."""
    return f"{_WORD}{word}"
