"""The report of a failure that should not be: what ran and where it stopped, without a word of anybody's deals."""

import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from store.errors import NotSaved
from store.journal import keep_report
from store.workspace import Workspace

LIBRARIES = ("closeout", "textual", "tinydb", "msgspec", "click")


def report(error: BaseException, trace: TracebackType | None, command: str, now: datetime) -> str:
    """Give the report: versions, the command, and the lines of the program that were running.

    Neither the error's own words nor any value of the moment is in it: both may name a customer.
    """
    lines = [
        "A failure of Closeout. This file holds no names, texts or amounts of yours; it can be sent as it is.",
        "",
        f"when      {now:%Y-%m-%d %H:%M} UTC",
        f"command   {command}",
        f"system    {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"versions  {', '.join(f'{name} {version(name)}' for name in LIBRARIES)}",
        "",
        *_stopped(error, trace),
    ]
    return "\n".join(lines) + "\n"


def _stopped(error: BaseException, trace: TracebackType | None) -> Sequence[str]:
    lines = [f"{type(error).__name__}, innermost last:"]
    for frame in extract_tb(trace):
        lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
    cause = error.__cause__ or error.__context__
    return lines if cause is None else [*_stopped(cause, cause.__traceback__), "", *lines]


def place_of(trace: TracebackType | None) -> str:
    """Name the innermost line that was running, or nothing where nothing was."""
    frames = extract_tb(trace)
    return f"{_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""


def _short(name: str) -> str:
    """Name a module's file without the folders above it, which name a user."""
    return "/".join(Path(name).parts[-3:])


def kept(error: BaseException, trace: TracebackType | None, command: str, workspace: Workspace) -> Path | None:
    """Write the report into the workspace, else into the system's folder for such things; None where neither can."""
    now = datetime.now(UTC)
    text = report(error, trace, command, now)
    for folder in (workspace.root if workspace.exists else None, Path(tempfile.gettempdir()) / "closeout"):
        try:
            if folder is not None:
                return keep_report(folder, text, now)
        except NotSaved:
            continue
    return None
