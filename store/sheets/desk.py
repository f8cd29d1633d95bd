"""Filled-in sheets between reviews: read, judged on what stands, taken as one batch, and taken back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from review.dates import Order
from review.sheets.asking import review_day
from review.sheets.filled import Answered, FilledFile, Returned
from review.sheets.taking import Taking
from store.errors import Refused
from store.lock import WorkspaceLock
from store.now import Now
from store.reviews import Reviews, new_id
from store.sheets.folder import FORMS, write_again
from store.sheets.reading import read_filled
from store.workspace import Workspace

TABLES = (*FORMS, ".xlsm", ".xls", ".ods", ".tsv", ".md", ".eml", ".html", ".htm")
"""Endings of what may be a filled-in sheet in a folder."""
_KEPT_BY_SYSTEMS = ("thumbs.db", "desktop.ini")
UNREAD = "not read: only {} can be sheets. Save it as one of these where it is an answer"
CHANGED = "What stands has changed since these answers were shown. Read them in once more."


def answers_in(reviews: Reviews, now: Now, paths: Sequence[Path], *, today: date, review_day: date) -> Answered:
    """Read filled-in sheets, or the folders that hold them, and judge them on what stands. Raises Refused."""
    return _Read.of(paths, now.settings.date_order).judged(reviews, now, today, review_day)


class _Read(Struct, frozen=True):
    """Filled-in sheets, before anything is made of them."""

    files: tuple[FilledFile, ...]
    passed: tuple[Returned, ...]
    """Files of a folder that are none."""
    batch: str
    """What the ids that the answers make are drawn from."""

    @classmethod
    def of(cls, paths: Sequence[Path], order: Order) -> "_Read":
        read: list[FilledFile] = []
        passed: list[Returned] = []
        for path in paths:
            if not path.is_dir():
                read.append(read_filled(path, order))
                continue
            for one in _in_folder(path):
                if one.suffix.lower() not in TABLES:
                    passed.append(Returned("", one.name, "", "", UNREAD.format(", ".join(TABLES)), asks=False))
                    continue
                try:
                    read.append(read_filled(one, order))
                except Refused as refused:
                    why = str(refused).removeprefix(f"{one.name} ")
                    passed.append(Returned("", one.name, "", "", why, asks=False))
        return cls(tuple(read), tuple(passed), new_id())

    def judged(self, reviews: Reviews, now: Now, today: date, review_day: date) -> Answered:
        taking = Taking(
            now.ledger,
            now.settings,
            today=today,
            review_day=review_day,
            workspace=reviews.workspace_id(),
            batch=self.batch,
        )
        answered = taking.take(self.files)
        return replace(answered, refused=(*answered.refused, *self.passed))


def _in_folder(folder: Path) -> list[Path]:
    """List the files of a folder. Raises Refused where none may be a filled-in sheet."""
    try:
        files = (one for one in folder.iterdir() if one.is_file() and one.name.lower() not in _KEPT_BY_SYSTEMS)
        found = sorted(one for one in files if one.name[0] not in ".~")
    except OSError as error:
        raise Refused(f"{folder} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    if not any(one.suffix.lower() in TABLES for one in found):
        raise Refused(f"There is no sheet in {folder}: no file that ends in {', '.join(FORMS)}.")
    return found


class DiskSheets:
    """Filled-in sheets as the lobby reads them: shown first, then taken; satisfies `ReadSheets`."""

    def __init__(self, workspace: Workspace, path: Path, *, today: date, review_day: date | None) -> None:
        """Read and judge them; `review_day` where one was asked for. Raises CloseoutError; nothing is recorded."""
        self._workspace, self._today, self._asked = workspace, today, review_day
        reviews = Reviews(workspace)
        self._read = _Read.of((path,), reviews.settings().date_order)
        self.answered = self._judged(reviews)

    def _judged(self, reviews: Reviews) -> Answered:
        now = reviews.now()
        day = self._asked or review_day(now.settings, self._today)
        return self._read.judged(reviews, now, self._today, day)

    def take(self) -> tuple[Path, ...]:
        """Record the answers as they were shown, and write the small sheets. Raises CloseoutError."""
        with WorkspaceLock(self._workspace.lock, "reading in answers"):
            reviews = Reviews(self._workspace, mend=True)
            if reviews.running() is not None or self._judged(reviews) != self.answered:
                raise Refused(CHANGED)
            take(reviews, self.answered)
            return send_back(self._workspace.exports, self.answered)


def take(reviews: Reviews, answered: Answered) -> None:
    """Record the answers: one batch, one write. Raises NotSaved."""
    if answered.facts:
        reviews.desk_write(*answered.facts, what=answered.what)


def send_back(folder: Path, answered: Answered) -> tuple[Path, ...]:
    """Write the small sheets of what is asked again. Raises Refused, NotSaved."""
    return tuple(path for sheet in answered.back for path in write_again(folder, sheet, "-open"))
