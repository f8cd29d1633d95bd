"""What a setting can hold: how its value is read from TOML, what is allowed, and how it is written."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from msgspec import Struct

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Unfit(ValueError):
    """A value that a setting cannot hold; the text says what is allowed, as in “must be a date”."""

    def __init__(self, allowed: str, at: tuple[str | int, ...] = ()) -> None:
        """Keep what is allowed, and where inside the value the mistake is."""
        super().__init__(allowed)
        self.at = at


class Kind(Struct, frozen=True):
    """How one sort of value is read and written."""

    read: Callable[[Any], Any]
    """Turns TOML's value into ours; raises Unfit."""
    spell: Callable[[Any], str]
    """Turns our value into the text that stands in the file."""


def spelled(value: object) -> str:
    """Write a value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if isinstance(value, str):
        return f'"{"".join(_ESCAPES.get(char) or _safe(char) for char in value)}"'
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{spelled(key)} = {spelled(inner)}" for key, inner in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(spelled(inner) for inner in value)}]"
    return str(value)


def _safe(char: str) -> str:
    """Keep a character, or write a control character by its number."""
    return f"\\u{ord(char):04X}" if ord(char) < 32 or ord(char) == 127 else char


def shown(value: object) -> str:
    """Say a value in a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else spelled(value) if isinstance(value, list | dict) else str(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _text(*, empty: bool) -> Callable[[Any], str]:
    def read(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
        if not isinstance(value, str) or not (empty or value.strip()):
            raise Unfit("must be text in quotes" + ("" if empty else ", not empty"))
        return value

    return read


def whole(least: int, most: int) -> Kind:
    """Allow whole numbers from `least` to `most`."""

    def read(value: Any) -> int:  # noqa: ANN401
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Unfit(f"must be a whole number from {least} to {most}")
        return value

    return Kind(read, spelled)


def number(most: int | None = None, *, above_zero: bool = False) -> Kind:
    """Allow exact numbers from 0, up to `most` where that is given."""
    allowed = "a number above 0" if above_zero else "a number of 0 or more"
    allowed = allowed if most is None else f"a number from 0 to {most}"

    def read(value: Any) -> Decimal:  # noqa: ANN401
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            found = Decimal(value)
            if found.is_finite() and (0 if most is None else most - found) >= 0 <= found and (found or not above_zero):
                return found
        raise Unfit(f"must be {allowed}, written like 250000 or 0.92")

    return Kind(read, spelled)


def one_of(words: Collection[str], said: str = "") -> Kind:
    """Allow certain words, capitals ignored."""

    def read(value: Any) -> str:  # noqa: ANN401
        if isinstance(value, str) and value.strip().lower() in words:
            return value.strip().lower()
        raise Unfit(f"must be one of {said or ', '.join(words)}")

    return Kind(read, spelled)


def shaped(pattern: str, allowed: str, change: Callable[[str], str] = str.strip) -> Kind:
    """Allow text of a form, and nothing at all where the pattern does."""
    form = re.compile(pattern)

    def read(value: Any) -> str:  # noqa: ANN401
        if isinstance(value, str) and form.fullmatch(change(value)):
            return change(value)
        raise Unfit(f"must be {allowed}")

    return Kind(read, spelled)


def listed(inner: Kind, allowed: str = "must be a list in square brackets") -> Kind:
    """Allow a list of values of one kind."""

    def read(value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(value, list):
            raise Unfit(allowed)
        return tuple(inside(inner, each, at) for at, each in enumerate(value))

    return Kind(read, lambda values: f"[{', '.join(inner.spell(each) for each in values)}]")


def table_of(inner: Kind, key: Callable[[str], str] = str) -> Kind:
    """Allow a table whose keys are free and whose values are of one kind."""

    def read(value: Any) -> dict[str, Any]:  # noqa: ANN401
        if not isinstance(value, dict):
            raise Unfit("must be a table such as {EUR = 1.08}")
        return {key(name): inside(inner, each, name) for name, each in value.items()}

    def spell(values: Mapping[str, Any]) -> str:
        pairs = ", ".join(f"{bare(name)} = {inner.spell(each)}" for name, each in values.items())
        return f"{{{pairs}}}"

    return Kind(read, spell)


def bare(name: str) -> str:
    """Write the name of a key, in quotes only where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else spelled(name)


def inside(kind: Kind, value: object, at: str | int) -> object:
    """Read a value that stands in another, so that a mistake knows where it is. Raises Unfit."""
    try:
        return kind.read(value)
    except Unfit as unfit:
        raise Unfit(str(unfit), (at, *unfit.at)) from unfit


def _day(value: Any) -> date:  # noqa: ANN401
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    elif isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise Unfit("must be a date written like 2026-11-23")


def _clock_time(value: Any) -> time:  # noqa: ANN401
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise Unfit('must be a time written like "10:00"')
    return time(int(found[1]), int(found[2]))


def _yes_or_no(value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise Unfit("must be true or false")
    return value


def _weekday(value: Any) -> int:  # noqa: ANN401
    if isinstance(value, str) and value.strip().lower() in WEEKDAYS:
        return WEEKDAYS.index(value.strip().lower())
    raise Unfit("must be one of monday … sunday")


def _zone(value: Any) -> str:  # noqa: ANN401
    name = _text(empty=True)(value).strip()
    if name:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # only who sets a zone pays for it

        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Unfit("must be the name of a time zone such as Europe/Berlin, or empty") from error
    return name


def _keys(value: Any) -> str:  # noqa: ANN401
    keys = " ".join(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else value
    if not isinstance(keys, str) or not keys.split():
        raise Unfit('must be a key in quotes such as "f4", several parted by spaces')
    return " ".join(keys.split())


TEXT = Kind(_text(empty=True), spelled)
WORDS = Kind(_text(empty=False), spelled)
FLAG = Kind(_yes_or_no, spelled)
DAY = Kind(_day, spelled)
TIME = Kind(_clock_time, spelled)
WEEKDAY = Kind(_weekday, lambda at: spelled(WEEKDAYS[at]))
ZONE = Kind(_zone, spelled)
KEYS = Kind(_keys, spelled)
CURRENCY = shaped("[A-Z]{3}", "a currency's three letters such as USD or EUR", lambda text: text.strip().upper())
COUNTRY = shaped(
    "(?:[A-Z]{2})?", "a country's two letters such as US or DE, or empty", lambda text: text.strip().upper()
)
