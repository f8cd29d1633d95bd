"""The folder that holds everything: where it is and what lies where in it."""

import os
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from store import files, swap
from store.errors import Refused, not_readable, not_saved
from store.lock import WorkspaceLock

FOLDERS = ("imports", "reviews", "private", "backups", "exports", "templates", "kept")
PAST = "baseline-"
"""How the names of exports of before the first review begin."""
_REVIEW = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([1-9]\d{0,3}))?", re.ASCII)
_PLAIN = re.compile(r"\w[\w.-]{0,119}")


def place(option: str | Path | None, environ: Mapping[str, str]) -> Path:
    """Choose the workspace's folder: `--workspace`, then CLOSEOUT_WORKSPACE, then the platform's data folder."""
    chosen = option or environ.get("CLOSEOUT_WORKSPACE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # not needed where the place is named

    return user_data_path("closeout", appauthor=False)


class Workspace:
    """One workspace; knowing it touches no disk, `make` does."""

    def __init__(self, root: Path) -> None:
        """Take the folder."""
        self.root = root
        self.settings = root / "closeout.toml"
        self.crm = root / "crm.toml"
        self.desk = root / "desk.json"
        self.clock = root / "clock.json"
        self.lock = root / ".lock"
        self.shown = root / ".shown"
        self.imports = root / "imports"
        self.reviews = root / "reviews"
        self.private = root / "private"
        self.private_lock = root / "private" / ".lock"
        self.backups = root / "backups"
        self.exports = root / "exports"
        self.templates = root / "templates"
        self.kept = root / "kept"

    @property
    def exists(self) -> bool:
        """Whether there is a workspace, that is, whether anything was ever written here."""
        unfinished = swap.stage_of(self.root)
        return any(path.exists() for path in (self.settings, self.desk, self.reviews, unfinished))

    def make(self) -> None:
        """Make the folders that are missing, each for its owner only, and finish a restore that was interrupted.

        To be called before the lock is taken. Raises NotSaved, Refused, and InUse while a restore is under way.
        """
        if self.root.exists() and not self.root.is_dir():
            raise Refused(f"{self.root} is a file. Name a folder with --workspace.")
        self.settle()
        ours = not self.root.exists() or self.exists or not any(self._entries())
        for folder in (self.root, *(self.root / name for name in FOLDERS)):
            files.make_folder(folder)
        if ours:
            self._close_to_others()

    def settle(self) -> None:
        """Finish a restore that was interrupted, before anything is read: until then half of it is in place.

        Raises NotSaved, and InUse while one is under way.
        """
        if swap.stage_of(self.root).exists():
            with WorkspaceLock(self.lock, "a restore"):
                swap.finish(self.root)

    def sweep(self) -> None:
        """Delete what killed programs left of unfinished saves; for whoever holds the lock. Raises NotSaved."""
        for folder in (self.root, *(self.root / name for name in FOLDERS)):
            for path in files.leftovers(folder):
                files.remove(path)

    def minutes(self, review: str) -> Path:
        """Give the minutes of a review. Raises Refused for what is no review's id."""
        return self.reviews / f"{_review(review)}.json"

    def snapshot(self, review: str) -> Path:
        """Give the snapshot frozen at a review's lock."""
        return self.reviews / f"{_review(review)}.lock.json"

    def settled(self, review: str) -> Path:
        """Give the deals that were settled with a review's lock."""
        return self.reviews / f"{_review(review)}.settled.json"

    def draft(self, review: str) -> Path:
        """Give what is being typed in a review."""
        return self.reviews / f"{_review(review)}.draft.json"

    def import_file(self, import_id: str) -> Path:
        """Give the file of an export that was read in."""
        return self.imports / f"{_plain(import_id)}.json"

    def original(self, import_id: str) -> Path:
        """Give the workbook that an export came in, where it has to go back to the CRM as it came."""
        return self.imports / f"{_plain(import_id)}.xlsx"

    def private_file(self, name: str) -> Path:
        """Give a file of the manager's own."""
        return self.private / f"{_plain(name)}.json"

    def review_ids(self) -> tuple[str, ...]:
        """List the reviews by date, a day's second after its first. Raises NotReadable."""
        found = (name.removesuffix(".json") for name in self._names(self.reviews, ".json"))
        return tuple(sorted(filter(_is_review, found), key=review_order))

    def next_review_id(self, day: date) -> str:
        """Give the id of a new review on `day`: the date, with -2 and up where it is taken."""
        first = day.isoformat()
        taken = [review_order(name)[1] for name in self.review_ids() if name[:10] == first]
        return f"{first}-{max(taken) + 1}" if taken else first

    def import_ids(self) -> tuple[str, ...]:
        """List the exports read in, by id. Raises NotReadable."""
        names = (name.removesuffix(".json") for name in self._names(self.imports, ".json"))
        return tuple(sorted(name for name in names if not name.startswith(PAST)))

    def baseline_names(self) -> tuple[str, ...]:
        """List the exports of before the first review, by date; each is an `import_file`. Raises NotReadable."""
        names = (name.removesuffix(".json") for name in self._names(self.imports, ".json"))
        return tuple(sorted(name for name in names if name.startswith(PAST)))

    def _names(self, folder: Path, ending: str) -> list[str]:
        """List the files of a folder, also those of which only the generation before is left."""
        try:
            names = {name.removesuffix(".previous") for name in os.listdir(folder)}
        except FileNotFoundError:
            return []
        except OSError as error:
            raise not_readable(folder, error) from error
        return [name for name in names if name.endswith(ending) and not name.startswith(".")]

    def _entries(self) -> list[str]:
        try:
            return os.listdir(self.root)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise not_readable(self.root, error) from error

    def _close_to_others(self) -> None:
        """Take others' rights off a folder that was there with too many; someone else's full folder is left alone."""
        try:
            if self.root.stat().st_mode & 0o077:
                self.root.chmod(0o700)
        except OSError as error:
            raise not_saved(self.root, error) from error


def review_order(review: str) -> tuple[str, int]:
    """Give what reviews are sorted by: the date, then the number within the day."""
    return review[:10], int(review[11:] or 1)


def review_day(review: str) -> date:
    """Give the date of a review from its id. Raises Refused for what is no review's id."""
    return date.fromisoformat(_review(review)[:10])


@lru_cache(maxsize=4096)
def _is_review(review: str) -> bool:
    found = _REVIEW.fullmatch(review)
    try:
        return bool(found and date.fromisoformat(found[1]) and found[2] != "1")
    except ValueError:
        return False


def _review(review: str) -> str:
    if not _is_review(review):
        raise Refused(f"“{review}” names no review; a review is named by its date, such as 2026-11-23 or 2026-11-23-2.")
    return review


def _plain(name: str) -> str:
    if not _PLAIN.fullmatch(name):
        raise Refused(f"“{name}” cannot be the name of a file in the workspace.")
    return name
