"""Exports of a review on their way out: looked at first, written once, remembered where only news goes out."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from review.dates import short_date
from review.errors import CloseoutError
from review.events import Exported
from review.events_people import Sent
from review.fold import Minutes
from review.ports import Clock, Saved
from review.sent import mark_of
from store import files
from store.exports.addresses import addressed
from store.exports.chat import said_of
from store.exports.gather import of_one, since_last
from store.exports.outgoing import Outgoing
from store.exports.targets import CRM, Target, file_name, free, render, target_of, targets
from store.lock import WorkspaceLock
from store.reviews import Reviews

if TYPE_CHECKING:
    from store.exports.crm import Update


LINE = 90
"""Characters of a commitment in a list of what has changed; its id finds it where it went."""


class Sender:
    """Writes exports of reviews into the workspace's exports/."""

    def __init__(self, reviews: Reviews, clock: Clock) -> None:
        """Take the workspace's reviews and the clock that dates exports."""
        self._reviews = reviews
        self._workspace = reviews.workspace
        self._clock = clock

    def targets(self) -> tuple[tuple[str, str, str], ...]:
        """List what there is: name, title, where it goes. Raises Refused for a broken profile of the user's."""
        found = ((each.name, each.title, each.taken_in) for each in targets(self._workspace).values())
        return ((CRM, "Update for the CRM", "its importer; what it does not show yet"), *found)

    def written(self, minutes: Minutes, name: str, *, news: bool) -> Saved:
        """Give an export as text, and the file it would become. Raises CloseoutError."""
        if name == CRM:
            return self._update(minutes).saved(self._workspace.exports)
        target, outgoing, _ = self._gathered(minutes, name, news=news)
        text = render(target, outgoing, self._workspace).decode()
        said = (*said_of(text, name), *by_hand(target, outgoing))
        return Saved(text, self._path(target, outgoing), said, news and outgoing.is_empty)

    def save(self, minutes: Minutes, name: str, *, news: bool) -> Path | None:
        """Write an export and give its path; None where there is only something to be mended by hand.

        Raises CloseoutError.
        """
        if name == CRM:
            return self._save_update(minutes)
        if not news:
            target, outgoing, _ = self._gathered(minutes, name, news=False)
            written = self._write(target, outgoing)
            note(self._reviews, target, outgoing)
            return written
        with WorkspaceLock(self._workspace.lock, "an export"):
            target, outgoing, fact = self._gathered(minutes, name, news=True)
            path = self._write(target, outgoing) if target.updates or outgoing.rows else None
            remember(self._reviews, target, fact, path)
        return path

    def _update(self, minutes: Minutes) -> "Update":
        from store.exports.crm import update_for  # reads what is known of every CRM

        meeting = minutes.meeting
        return update_for(self._reviews, meeting.ledger, meeting.settings, review=meeting.review, today=meeting.day)

    def _save_update(self, minutes: Minutes) -> Path | None:
        """Write the files of an update; give the first."""
        paths: list[Path] = []
        files.make_folder(self._workspace.exports)
        for file in self._update(minutes).files:
            paths.append(free(self._workspace.exports / file.name))
            files.write(paths[-1], [file.data], keep=False)
        return paths[0] if paths else None

    def _gathered(self, minutes: Minutes, name: str, *, news: bool) -> tuple[Target, Outgoing, Exported]:
        target = target_of(name, self._workspace)
        outgoing = addressed(of_one(minutes, target, self._clock.now()), self._reviews.settings().people)
        if not news:
            return target, outgoing, Exported(target=name, review=outgoing.review)
        now = self._reviews.now()
        fresh, fact = since_last(outgoing, target, self._reviews.desk.read().batches, now.ledger, now.settings)
        return target, fresh, fact

    def _path(self, target: Target, outgoing: Outgoing) -> Path:
        return free(self._workspace.exports / file_name(outgoing, target))

    def _write(self, target: Target, outgoing: Outgoing) -> Path:
        path = self._path(target, outgoing)
        files.make_folder(self._workspace.exports)
        files.write(path, [render(target, outgoing, self._workspace)], keep=False)
        return path


def remember(reviews: Reviews, target: Target, fact: Exported, written: Path | None) -> None:
    """Record what has gone out; where that fails the file is taken away again. Raises NotSaved."""
    try:
        reviews.desk_write(fact, what=f"exported to {target.title}", decision=False)
    except CloseoutError:
        if written is not None:
            written.unlink(missing_ok=True)
        raise


def note(reviews: Reviews, target: Target, outgoing: Outgoing) -> None:
    """Remember what a whole export has written to a file: what is asked for as new after it is new.

    A draft is not remembered, and beside a review or somebody else who writes nothing is.
    """
    if outgoing.draft or not outgoing.rows or reviews.running() is not None:
        return
    sent = tuple(Sent(row.id, mark_of(row), row.text) for row in outgoing.rows)
    fact = Exported(target=target.name, review=outgoing.review, sent=sent)
    with suppress(CloseoutError), WorkspaceLock(reviews.workspace.lock, "an export"):
        Reviews(reviews.workspace).desk_write(fact, what=f"exported to {target.title}", decision=False)


def by_hand(target: Target, outgoing: Outgoing) -> tuple[str, ...]:
    """Say what has changed and what was withdrawn; what cannot be told to a tool is to be mended by hand."""
    return tuple(_differences(target, outgoing))


def _differences(target: Target, outgoing: Outgoing) -> Iterator[str]:
    if outgoing.changed:
        yield "Changed since:" if target.updates else f"Changed since; mend it in {target.title} by hand:"
        for row in outgoing.changed:
            yield f"  {row.id} {_short(row.text)} – {row.owner}, {short_date(row.due, outgoing.day)}"
    if outgoing.withdrawn:
        yield "Withdrawn since:" if target.updates else f"Withdrawn since; close it in {target.title} by hand:"
        yield from (f"  {gone.id} {_short(gone.text)} – {gone.why}" for gone in outgoing.withdrawn)


def _short(text: str) -> str:
    """Give as much of a text as tells what is meant."""
    return text if len(text) <= LINE else f"{text[: LINE - 1].rstrip()}…"
