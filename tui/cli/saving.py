"""Files of the user's that a command writes."""

from pathlib import Path

from store import files
from store.errors import Refused


def check_free(path: Path, own: Path, *, force: bool) -> None:
    """Refuse a place where no file can be written, or where one is that may not be written over.

    `own` is the workspace's folder for it, which is made where somebody tidied it away. Raises Refused and NotSaved.
    """
    if path.parent == own:
        files.make_folder(own)
    if path.exists() and not path.is_file():
        raise Refused(f"{path} is no plain file. Name a file, or - for standard output.")
    if path.exists() and not force:
        raise Refused(f"{path} is there already. Give --force to write over it, or --output to name another file.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Make it first, or name another file.")


def save(path: Path, data: bytes) -> None:
    """Write a file in one step. Raises NotSaved."""
    files.write(path.resolve(), [data], keep=False)
