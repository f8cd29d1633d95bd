"""What a person has said about a file that the file itself does not say."""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from store.crm.knowledge import FIELDS
from store.errors import Refused


class Answers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers that `import --map FILE` and the questions of an import give."""

    crm: str = ""
    """Name of the CRM; empty: recognised from the headers."""
    worksheet: str = ""
    """Name of the sheet of a workbook; empty: the one that holds deals."""
    mapping: dict[str, str] = {}
    """Header as the file has it to the field it is; an empty field leaves the column out."""
    date_order: Literal["dmy", "mdy"] | None = None
    """How 03/04/2026 is meant where no value of the file settles it."""
    decimal_mark: Literal[".", ","] | None = None
    """What 1.000 is where no amount of the file settles it."""
    probability_scale: Literal[1, 100] | None = None
    """What stands for certain in a probability column that holds only 0 and 1."""


class Question(Refused):
    """The file can be read in two ways, and only a person knows which is right; `setting` is the answer's name."""

    def __init__(self, sentence: str, setting: str, choices: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.setting = setting
        self.choices = choices


def load_answers(path: Path) -> Answers:
    """Read a mapping file, TOML; raises `Refused` with what is wrong in it."""
    try:
        answers = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Answers)
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Refused(f"{path.name} is no mapping file: {error}.") from error
    unknown = sorted({field for field in answers.mapping.values() if field and field not in FIELDS})
    if unknown:
        raise Refused(
            f"{path.name} names a field that does not exist: {', '.join(unknown)}. Fields: {', '.join(FIELDS)}."
        )
    return answers
