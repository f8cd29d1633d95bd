"""Recap templates (Jinja2, in its sandbox): those of the program, and the user's own in their place."""

import re
import traceback
from collections.abc import Callable, Sized
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    DictLoader,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from review.plain import plain
from store import files
from store.errors import Refused
from store.exports import escape
from store.exports.page import Page

ESCAPES: Final[dict[str, Callable[[str], str]]] = {
    "markdown": escape.markdown,
    "teams": escape.markdown,
    "slack": escape.slack,
    "text": plain,
    "html": plain,
    "eml": plain,
}
"""Template to what every text in it goes through; the values of a page cannot leave without it."""
HTML: Final = frozenset({"html", "eml"})
"""Templates that make HTML; Jinja escapes what they show besides."""
_WRONG: Final = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a template that somebody wrote can raise while it is filled in."""
LONGEST: Final = 100_000
"""Characters that a template may make by repeating some."""
_OF_OURS: Final = re.compile(r"'store\.\S+ object'")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no sum asks for more memory than a machine has."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as in Jinja
        """Multiply what stays small. Raises SecurityError for the rest."""
        repeated = next((each for each in (left, right) if isinstance(each, Sized)), None)
        times = next((each for each in (left, right) if isinstance(each, int)), 1)
        if operator == "**" or (repeated is not None and len(repeated) * times > LONGEST):
            raise SecurityError(f"what “{operator}” asks for is too large")
        return super().call_binop(context, operator, left, right)


def built_in(name: str) -> str:
    """Give the text of a template that comes with the program."""
    return (Path(__file__).with_name("templates") / f"{name}.j2").read_text("utf-8")


def fill(name: str, page: Page, own: Path) -> str:
    """Fill in a template, the one in the folder `own` where there is one. Raises Refused with its line."""
    path = own / f"{name}.j2"
    there = files.read(path, files.EDITED) is not None
    try:
        return _environment(name, own if there else None).get_template(path.name).render(page=page)
    except TemplateSyntaxError as error:
        raise _broken(Path(error.filename or path), error.lineno, error.message or "it cannot be read") from error
    except TemplateNotFound as error:
        raise _broken(path, _line_in(error, path), f"there is no template “{error.name}”") from error
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror or error}).") from error
    except _WRONG as error:
        raise _broken(path, _line_in(error, path), str(error)) from error


@lru_cache(maxsize=8)
def _environment(name: str, own: Path | None) -> ImmutableSandboxedEnvironment:
    """Make what fills a template in; one that has changed on disk is read again."""
    escaped = ESCAPES[name]

    def finalize(value: object) -> object:
        """Escape whatever is no piece of a template."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return escaped(value) if name in HTML else Markup(escaped(value))
        return "" if value is None else value

    return Sandbox(
        loader=DictLoader({f"{name}.j2": built_in(name)}) if own is None else FileSystemLoader(own),
        # What macros make is marked as made; HTML is escaped by Jinja besides.
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _line_in(error: BaseException, path: Path) -> int:
    """Find the line of a template that an error came from; 0 where it cannot be told."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == str(path)), 0)


def _broken(path: Path, line: int, what: str) -> Refused:
    where = f", line {line}" if line else ""
    # Jinja names the class of a value that lacks something; a template knows it as a value.
    said = _OF_OURS.sub("a value of the recap", plain(what)).rstrip(".")
    return Refused(f"{path}{where}: {said}. Mend it, or delete the file to have the usual form back.")
