"""Exchanging a workspace's files for others so that a kill at any moment leaves one set or the other, to be finished.

`.restoring/incoming` is being filled and may be thrown away; `.restoring/ready` is whole and what is in place is being
put aside; `.restoring/cleared` is being moved into place. Each step can be repeated.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from store import files
from store.errors import NotSaved, not_saved

PARTS = (
    "closeout.toml",
    "crm.toml",
    "desk.json",
    "desk.json.previous",
    "reviews",
    "imports",
    "templates",
    "kept",
)
"""What an exchange puts aside, whether or not the new set holds it."""
PRIVATE = "private"
"""Put aside only where the new set brings its own."""


def stage_of(root: Path) -> Path:
    """Name the folder in which an exchange is prepared."""
    return root / ".restoring"


def begin(root: Path) -> Path:
    """Give the empty folder to fill with the new set. Raises NotSaved."""
    incoming = stage_of(root) / "incoming"
    files.make_folder(incoming)
    return incoming


def complete(root: Path, aside: Path) -> None:
    """Exchange the files for those staged, keeping what was there in `aside`. Raises NotSaved."""
    stage = stage_of(root)
    files.write(stage / "aside", [aside.name.encode()], keep=False)
    try:
        os.replace(stage / "incoming", stage / "ready")
        files.sync_folder(stage)
    except OSError as error:
        # What was reported as failed may be done all the same, and the next start would finish it.
        with suppress(OSError):
            os.replace(stage / "ready", stage / "incoming")
        raise not_saved(stage / "ready", error) from error
    try:
        finish(root)
    except NotSaved:
        _go_forward(root)


def _go_forward(root: Path) -> None:
    """Try once more what can only be finished; raise NotSaved where the disk still refuses."""
    try:
        finish(root)
    except NotSaved as error:
        reason = error.sentence.removeprefix("Not saved: ").partition(". Nothing")[0]
        raise NotSaved(
            f"The restore is not finished: {reason}. Mend that and run any command of closeout: it goes on from there."
        ) from error


def finish(root: Path) -> None:
    """Finish an exchange that was interrupted, or forget one that was not ready. Raises NotSaved."""
    stage = stage_of(root)
    try:
        if (stage / "ready").is_dir():
            _put_aside(root, stage)
        if (stage / "cleared").is_dir():
            _move_in(root, stage)
        shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise not_saved(root, error) from error


def _put_aside(root: Path, stage: Path) -> None:
    aside = root / (stage / "aside").read_text(encoding="utf-8")
    files.make_folder(aside)
    brings_private = (stage / "ready" / PRIVATE).exists()
    for part in (*PARTS, *([PRIVATE] if brings_private else [])):
        with suppress(FileNotFoundError):
            os.replace(root / part, aside / part)
    files.sync_folder(aside)
    files.sync_folder(root)
    os.replace(stage / "ready", stage / "cleared")
    files.sync_folder(stage)


def _move_in(root: Path, stage: Path) -> None:
    for part in sorted(os.listdir(stage / "cleared")):
        os.replace(stage / "cleared" / part, root / part)
    files.sync_folder(root)
