"""On which line of a TOML file something stands; asked only where there is a mistake to tell."""

import re
import tomllib
from typing import Any

Path = tuple[str | int, ...]
_CLOSERS = ("", "\n]", "\n]]", "\n}]")
"""What may end a value that a cut went through."""
_PLAIN = {
    "Expected '=' after a key": "a “=” is missing after the name",
    "Invalid value": "the value is neither a number, a date nor text in quotes",
    "Invalid statement": "this is neither a setting, name = value, nor a heading, [name]",
    "Cannot overwrite a value": "this setting stands here for the second time",
    "Cannot declare": "this heading stands here for the second time",
    "Duplicate inline table key": "the same name stands twice in the braces",
    "Expected ']]' at the end": "the heading is not closed: “]]” is missing, or a space in a name needs quotes",
    "Expected ']' at the end": "the heading is not closed: a “]” is missing, or a space in a name needs quotes",
    "Invalid initial character for a key": "a name is missing here, or begins with a character that needs quotes",
    "Invalid hex value": "“\\u” is followed by four hexadecimal digits; write “\\\\” for a backslash",
    "Expected newline or end of document": "there is something behind the value; text belongs in quotes",
    "Unclosed array": "a “]” is missing",
    "Unclosed inline table": "a “}” is missing",
    "Unterminated string": "the closing quote is missing",
    "Illegal character": "the closing quote is missing, or a character here is not allowed",
    "Invalid date or datetime": "there is no such date",
    "Unescaped '\\' in a string": "write “\\\\” for a backslash",
}


def syntax_mistake(text: str, error: tomllib.TOMLDecodeError) -> tuple[int, str]:
    """Give the line of what cannot be read, and say what is wrong with it."""
    said = str(error)
    at = re.search(r"\(at line (\d+)", said)
    plain = next(
        (words for start, words in _PLAIN.items() if said.startswith(start)),
        "this is neither a setting, name = value, nor a heading",
    )
    return int(at[1]) if at else _last_line(text), plain


def line_of(text: str, path: Path) -> int:
    """Give the line, counted from 1, on which what `path` leads to begins; of its table where it is not there."""
    lines = text.replace("\r\n", "\n").split("\n")
    while path:
        if _holds(tomllib.loads(text), path):
            return _first_with(lines, path)
        path = path[:-1]
    return 1


def _first_with(lines: list[str], path: Path) -> int:
    """Find by halving how many lines it takes until `path` is there; it begins after those that make sense before."""
    low, high = 0, len(lines)  # with `low` lines it is not there yet, with `high` it is
    while high - low > 1:
        middle = (low + high) // 2
        if _holds(_parsed(lines, middle)[0], path):
            high = middle
        else:
            low = middle
    return _parsed(lines, low)[1] + 1


def _parsed(lines: list[str], count: int) -> tuple[dict[str, Any], int]:
    """Parse as many of the first `count` lines as make sense, and say how many they are."""
    while count:
        for closer in _CLOSERS:
            try:
                return tomllib.loads("\n".join(lines[:count]) + closer), count
            except tomllib.TOMLDecodeError:
                continue
        count -= 1
    return {}, 0


def _holds(value: Any, path: Path) -> bool:  # noqa: ANN401 - whatever stands in the file
    for step in path:
        there = step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))
        if not there:
            return False
        value = value[step]
    return True


def _last_line(text: str) -> int:
    return max(1, len(text.rstrip().split("\n")))
