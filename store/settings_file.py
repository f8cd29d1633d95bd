"""`closeout.toml`: what people edit. Read with the line of every mistake, written without losing a word of theirs."""

import tomllib
from pathlib import Path

from review.settings import Settings
from store import files
from store.errors import Refused
from store.settings_lines import line_of, syntax_mistake
from store.settings_read import Mistake, Reading

_BOM = "\ufeff"


def read_settings(path: Path) -> Settings:
    """Read the settings; without the file everything is default.

    Raises Refused with the file, the line and what is allowed, and NotReadable.
    """
    return read_seen(path)[0]


def read_seen(path: Path) -> tuple[Settings, str | None]:
    """Read the settings with the mark of what was read, which `write_settings` asks for; None without a file.

    Raises Refused and NotReadable.
    """
    found = files.read(path, files.EDITED)
    if found is None:
        return Settings(), None
    return parse_settings(_decoded(found[0], path.name), path.name), _mark(found[0])


def parse_settings(text: str, name: str) -> Settings:
    """Read settings from the text of a file called `name`. Raises Refused."""
    try:
        parsed = tomllib.loads(text, parse_float=_exact)
    except tomllib.TOMLDecodeError as error:
        line, said = syntax_mistake(text, error)
        raise Refused(f"{name}, line {line}: {said}.") from error
    except RecursionError as error:
        raise Refused(f"{name} is nested too deeply to be read.") from error
    reading = Reading()
    settings = reading.settings(parsed)
    if reading.mistakes:
        raise Refused(_sentence(text, name, reading.mistakes))
    return settings


def write_settings(path: Path, settings: Settings, seen: str | None) -> str:
    """Write the settings, keeping people's comments, and give the mark of what stands there now.

    `seen` is the mark of the file that `settings` were made from. Raises Refused where the file was edited since,
    NotSaved and NotReadable.
    """
    found = files.read(path, files.EDITED)
    if (found and _mark(found[0])) != seen:
        raise Refused(
            f"{path.name} was edited while Setting up was open. Nothing was written; open Setting up again to go on "
            "from the edit."
        )
    from store.settings_text import fresh, revised  # writing is rare, and what it needs is slow to load

    if found is None:
        text = fresh(settings)
    else:
        before = _decoded(found[0], path.name)
        text = revised(before, parse_settings(before, path.name), settings)
        if not _says(text, settings):
            text = fresh(settings)
    if found is None or text != _decoded(found[0], path.name):
        files.write(path, [text.encode()])
    return _mark(text.encode())


def _says(text: str, settings: Settings) -> bool:
    """Tell whether a text reads as these settings: nothing is written that means something else."""
    try:
        return parse_settings(text, "") == parse_settings(_fresh(settings), "")
    except Refused:
        return False


def _fresh(settings: Settings) -> str:
    from store.settings_text import fresh

    return fresh(settings)


def _sentence(text: str, name: str, mistakes: list[Mistake]) -> str:
    """Say the first mistake in full, and on which lines the others are."""
    found = sorted({(line_of(text, mistake.path), mistake.sentence) for mistake in mistakes})
    line, said = found[0]
    first = f"{name}, line {line}: {said}{'' if said.endswith('?') else '.'}"
    others = sorted({str(line) for line, _ in found[1:]}, key=int)
    if not others:
        return first
    return f"{first} There are mistakes on {'line' if len(others) == 1 else 'lines'} {', '.join(others)} too."


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"{name}, line {line}: this is no UTF-8 text. Save the file as UTF-8.") from error


def _mark(data: bytes) -> str:
    from hashlib import sha256  # reading alone does not need it

    return sha256(data).hexdigest()


def _exact(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)
