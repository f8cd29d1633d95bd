"""Looking every file of a workspace over, and mending what can be mended."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from os.path import lexists
from pathlib import Path

from msgspec import Struct, structs

from review.errors import CloseoutError
from review.events import Batch, Locked
from review.ports import Draft
from review.private_notes import PrivateBatch
from store import documents, files, generations, gone_exports, kinds, snapshots, swap
from store.crm.knowledge import with_own
from store.errors import Damaged, NotReadable, TooNew, not_saved
from store.kinds import Kind
from store.lock import WorkspaceLock
from store.log import Log
from store.minutes import its_own
from store.reviews import Reviews
from store.settings_file import read_settings
from store.workspace import FOLDERS, Workspace

UNREADABLE = (Damaged, NotReadable, TooNew)
LATER = "Install the later Closeout to go on with what it wrote."
BY_HAND = "Open {name} in any editor and mend it; until then it stands as you left it."


class Finding(Struct, frozen=True, kw_only=True):
    """Something that is not as it should be."""

    file: str
    """Relative to the workspace."""
    sentence: str
    """What is wrong, for people."""
    remedy: str = ""
    """What repairing does about it; empty where it can do nothing."""
    harmless: bool = False
    """Whether nothing is lost by leaving it."""
    otherwise: str = "A backup may help: closeout restore FILE"
    """What may help where repairing can do nothing."""


def check(workspace: Workspace) -> list[Finding]:
    """Look every file over; nothing is changed."""
    found = (_interrupted, _damage, _written_by_people, _gone, _orphans, _frozen, _settled, _leftovers, _open_to_others)
    return [finding for look in found for finding in look(workspace)]


def repair(workspace: Workspace) -> list[Finding]:
    """Mend what can be mended and give what was found.

    Takes the workspace's lock: raises InUse where a review is running, and NotSaved.
    """
    with WorkspaceLock(workspace.lock, "a repair"), WorkspaceLock(workspace.private_lock, "a repair"):
        found = check(workspace)
        swap.finish(workspace.root)
        for finding in found:
            if finding.remedy:
                _mend(workspace, workspace.root / finding.file)
        for review in snapshots.gone(workspace):
            with suppress(CloseoutError):  # where the minutes are damaged too, that was found and said
                snapshots.make_again(workspace, review, Reviews(workspace).refold(review))
        with suppress(*UNREADABLE):  # that was found and said
            gone_exports.take_back(Reviews(workspace))
        workspace.sweep()
    return found


def known_files(workspace: Workspace) -> Iterator[tuple[Path, Kind]]:
    """Name every file that there is, or of which an earlier generation is left, with its kind."""
    places = [
        (workspace.desk, kinds.DESK),
        (workspace.clock, kinds.CLOCK),
        *((workspace.minutes(review), kinds.MINUTES) for review in workspace.review_ids()),
        *((workspace.import_file(each), kinds.IMPORT) for each in workspace.import_ids()),
        *((workspace.import_file(each), kinds.BASELINE) for each in workspace.baseline_names()),
        *((path, kinds.SNAPSHOT) for path in sorted(workspace.reviews.glob("*.lock.json"))),
        *((path, kinds.SETTLED) for path in sorted(workspace.reviews.glob("*.settled.json"))),
        *((path, kinds.DRAFT) for path in sorted(workspace.reviews.glob("*.draft.json"))),
        *((workspace.kept / f"{kind.name}.json", kind) for kind in kinds.KEPT),
        *((path, kinds.PRIVATE) for path in sorted(workspace.private.glob("[!.]*.json"))),
    ]
    # A link that leads nowhere stands in a file's place, too.
    return ((path, kind) for path, kind in places if lexists(path) or files.previous(path).exists())


def _interrupted(workspace: Workspace) -> Iterator[Finding]:
    stage = swap.stage_of(workspace.root)
    if stage.exists():
        yield Finding(file=stage.name, sentence="A restore was interrupted.", remedy="It is finished.")


def _damage(workspace: Workspace) -> Iterator[Finding]:
    for path, kind in known_files(workspace):
        name = str(path.relative_to(workspace.root))
        try:
            notes = generations.find(path, kind).notes
        except Damaged as error:
            yield Finding(file=name, sentence=error.sentence, remedy="The damaged file is set aside.")
        except TooNew as error:
            yield Finding(file=name, sentence=error.sentence, otherwise=LATER)
        except CloseoutError as error:
            yield Finding(file=name, sentence=error.sentence)
        else:
            remedy = "The damaged file is set aside and the copy before it takes its place."
            yield from (Finding(file=name, sentence=note.sentence, remedy=remedy) for note in notes)
            if not notes:
                yield from _said(name, partial(_decoded, workspace, path, kind))


def _decoded(workspace: Workspace, path: Path, kind: Kind) -> None:
    """Read what a sound file says. Raises Damaged where it is nothing that this program knows."""
    if kind is kinds.MINUTES:
        its_own(Log(path, kind, Batch), path.name.removesuffix(".json"))
    elif kind is kinds.DESK:
        Log(path, kind, Batch).read()
    elif kind is kinds.PRIVATE:
        Log(path, kind, PrivateBatch).read()
    elif kind in (kinds.IMPORT, kinds.BASELINE):
        Reviews(workspace).export(path.name.removesuffix(".json"))
    elif kind is kinds.DRAFT:
        documents.load(path, kind, Draft)
    elif kind is kinds.SNAPSHOT:
        Reviews(workspace).shelf.load(path.name.removesuffix(".lock.json"))


def _written_by_people(workspace: Workspace) -> Iterator[Finding]:
    """Read what people edit, which only they can mend."""
    for path, read in ((workspace.settings, read_settings), (workspace.crm, with_own)):
        for found in _said(path.name, partial(read, path)):
            yield structs.replace(found, otherwise=BY_HAND.format(name=path.name))


def _said(name: str, read: Callable[[], object]) -> Iterator[Finding]:
    try:
        read()
    except CloseoutError as error:
        yield Finding(file=name, sentence=error.sentence)


def _gone(workspace: Workspace) -> Iterator[Finding]:
    reviews = Reviews(workspace, writes=False)
    try:
        gone, free = gone_exports.gone(reviews), gone_exports.can_be_taken_back(reviews)
    except UNREADABLE:
        return  # that is found and said by itself
    for event in gone:
        name = str(workspace.import_file(event.export).relative_to(workspace.root))
        sentence = (
            f"The file is gone. It held {gone_exports.named(event)}; read the same export in again with “closeout "
            "import FILE” and it takes its place."
        )
        remedy = "It no longer counts: read it, or a newer one, in again." if event in free else ""
        yield Finding(file=name, sentence=sentence, remedy=remedy)


def _orphans(workspace: Workspace) -> Iterator[Finding]:
    reviews = set(workspace.review_ids())
    for path in sorted(workspace.reviews.glob("*.lock.json")):
        if path.name.removesuffix(".lock.json") not in reviews:
            sentence = f"{path.name} is a snapshot without the minutes of its review."
            yield Finding(file=str(path.relative_to(workspace.root)), sentence=sentence)


def _frozen(workspace: Workspace) -> Iterator[Finding]:
    for review in workspace.review_ids():
        path = workspace.snapshot(review)
        with suppress(CloseoutError):  # damage to the minutes or to the snapshot is found by itself
            minutes = its_own(Log(workspace.minutes(review), kinds.MINUTES, Batch), review)
            events = (event for batch in minutes.batches for event in batch.events)
            lock = next((event for event in events if isinstance(event, Locked)), None)
            found = generations.find(path, kinds.SNAPSHOT)
            if lock is None or found.notes or found.checksum == lock.digest:
                continue
            what = "is missing" if found.data is None else "is not what its lock froze"
            sentence = f"{path.name} {what}; what it held is worked out from the minutes whenever it is asked for."
            yield Finding(file=str(path.relative_to(workspace.root)), sentence=sentence, harmless=True)


def _settled(workspace: Workspace) -> Iterator[Finding]:
    for review in snapshots.gone(workspace):
        path = workspace.settled(review)
        yield Finding(
            file=str(path.relative_to(workspace.root)),
            sentence=f"{path.name} is missing; its deals are worked out from the minutes whenever they are asked for.",
            remedy="It is made again from the minutes.",
        )


def _leftovers(workspace: Workspace) -> Iterator[Finding]:
    for path in (path for folder in _folders(workspace) for path in files.leftovers(folder)):
        sentence = f"{path.name} is left over from a program that was stopped while saving."
        yield Finding(
            file=str(path.relative_to(workspace.root)), sentence=sentence, remedy="It is deleted.", harmless=True
        )


def _open_to_others(workspace: Workspace) -> Iterator[Finding]:
    ours = (path for path, _ in known_files(workspace) if path.is_file())
    for path in (*_folders(workspace), *ours, workspace.settings):
        if path.exists() and path.stat().st_mode & 0o077:
            name = str(path.relative_to(workspace.root))
            sentence = f"{path.name} can be read by other users of this machine."
            yield Finding(file=name, sentence=sentence, remedy="Only you can read it then.", harmless=True)


def _folders(workspace: Workspace) -> list[Path]:
    return [folder for folder in (workspace.root, *(workspace.root / name for name in FOLDERS)) if folder.is_dir()]


def _mend(workspace: Workspace, path: Path) -> None:
    kind = dict(known_files(workspace)).get(path)
    if kind:
        try:
            generations.find(path, kind, mend=True)
        except Damaged:
            _set_all_aside(path)
        except (TooNew, NotReadable):
            pass  # not ours to mend; it was found and said
    _close_to_others(path)


def _set_all_aside(path: Path) -> None:
    for each in (files.previous(path), path):
        if lexists(each):
            files.set_aside(each)


def _close_to_others(path: Path) -> None:
    try:
        if path.exists() and (mode := path.stat().st_mode) & 0o077:
            path.chmod(mode & 0o700)
    except OSError as error:
        raise not_saved(path, error) from error
