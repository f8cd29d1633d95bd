"""Reading answers from a mapping file."""

import tomllib
from decimal import Decimal
from pathlib import Path

import msgspec

from review.answers import Answers as Answers
from store.crm.knowledge import FIELDS
from store.crm.refusals import bytes_of
from store.errors import Refused


def load_answers(path: Path) -> Answers:
    """Read a mapping file, TOML; raises `Refused` with what is wrong in it."""
    try:
        answers = msgspec.convert(tomllib.loads(bytes_of(path).decode("utf-8-sig"), parse_float=Decimal), Answers)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Refused(f"{path.name} is no mapping file: {error}.") from error
    unknown = sorted({field for field in answers.mapping.values() if field and field not in FIELDS})
    if unknown:
        raise Refused(
            f"{path.name} names a field that does not exist: {', '.join(unknown)}. Fields: {', '.join(FIELDS)}."
        )
    return answers
