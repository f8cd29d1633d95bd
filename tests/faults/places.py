"""Everything that writes to the workspace, each to be harmed at every one of its calls."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from review.desk_call import PlanCommitment
from review.intents import Lock, Promise
from review.ports import Incoming
from review.session import Session
from review.start import expected, plan
from store import backup, check
from store.clock import RealClock
from store.demo.deals import WEEKS, export_of
from store.demo.hour import Ticking
from store.demo.pipeline import pipeline
from store.demo.team import settings_on
from store.office import DiskOffice
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import Workspace
from tests.faults.driving import MONDAY

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANOTHER = "export-2026-11-23"


class Place(Struct, frozen=True):
    """One way in which the program writes."""

    name: str
    act: Callable[[DiskOffice], object]
    running: bool = False
    """Whether a review has to run for it."""
    prepare: Callable[[Workspace], object] = lambda _: None
    swaps: bool = False
    """Whether it exchanges everything that stands for something else."""


def office_of(workspace: Workspace) -> DiskOffice:
    """Open a workspace as the program does."""
    return DiskOffice(workspace, RealClock(), MONDAY)


def promise(office: DiskOffice, text: str = "Second") -> object:
    """Promise something in the running review."""
    return session_of(office).do(Promise(line=f"{text} fri mb"))


def session_of(office: DiskOffice) -> Session:
    session = office.running()
    assert session is not None
    return session


def lock(office: DiskOffice) -> object:
    return session_of(office).do(Lock())


def begin(office: DiskOffice) -> Session:
    standing = office.standing()
    here = expected(standing.settings, office.today)
    return office.begin(standing, here, plan(standing.ledger, standing.settings, office.today, here))


def incoming(office: DiskOffice) -> Incoming:
    reviews = Reviews(office.workspace)
    last = reviews.export(office.workspace.import_ids()[-1])
    return Incoming(export=replace(last, id=ANOTHER, source="again.csv"), said=(), original=b"a workbook")


def take_import(office: DiskOffice) -> object:
    office.take_import(incoming(office))
    return None


def import_inside(office: DiskOffice) -> object:
    session, found = session_of(office), incoming(office)
    office.keep_export(found)
    return session.take_import(found.export)


def set_up(office: DiskOffice) -> object:
    settings = office.standing().settings
    office.keep_settings(replace(settings, team_quota=Decimal(4_242_000)))
    return None


def desk(office: DiskOffice) -> object:
    return office.desk_do(PlanCommitment(line="Ask for references fri"))


def export_news(office: DiskOffice) -> object:
    reviews = Reviews(office.workspace)
    held = reviews.last_held()
    assert held is not None
    return office.save(reviews.minutes(held)[0], "csv", news=True)


def restore(office: DiskOffice) -> object:
    return backup.restore(office.workspace, office.workspace.root.parent / "backup.tar.gz", NOON)


def make_backup(office: DiskOffice) -> object:
    return backup.backup(office.workspace, NOON)


def pack_then_go_on(workspace: Workspace) -> None:
    """Pack the workspace, then record one thing more."""
    target = workspace.root.parent / "backup.tar.gz"
    target.unlink(missing_ok=True)
    backup.backup(workspace, NOON, target)
    desk(office_of(workspace))


def damage_desk(workspace: Workspace) -> None:
    workspace.desk.write_bytes(workspace.desk.read_bytes()[:-20])


def repair(office: DiskOffice) -> object:
    return check.repair(office.workspace)


PLACES = (
    Place("a fact of the review", promise, running=True),
    Place("the lock", lock, running=True),
    Place("an import in the review", import_inside, running=True),
    Place("an import", take_import),
    Place("a start", begin),
    Place("settings", set_up),
    Place("a fact of the desk", desk),
    Place("an export of what is new", export_news),
    Place("a backup", make_backup),
    Place("a restore", restore, prepare=pack_then_go_on, swaps=True),
    Place("a repair", repair, prepare=damage_desk),
)


def templates(folder: Path) -> dict[bool, Workspace]:
    """Give small workspaces to copy, with one locked review: a review running, and none."""
    still, running = Workspace(folder / "still"), Workspace(folder / "running")
    still.make()
    settings = settings_on(MONDAY)
    write_settings(still.settings, settings, None)
    names = {person.id: (person.name, person.email) for person in settings.people}
    reviews = Reviews(still)
    for week in (WEEKS - 2, WEEKS - 1):
        export = export_of(week, MONDAY, pipeline()[:12], names)
        reviews.take_import(export)
        if week < WEEKS - 1:
            session = begin(DiskOffice(still, Ticking(NOON - timedelta(days=7)), export.day))
            session.do(Promise(line="Before fri mb"))
            session.do(Lock())
    shutil.copytree(still.root, running.root)
    office = office_of(running)
    begin(office).do(Promise(line="First fri mb"))
    office.finish()
    return {True: running, False: still}


def batches_in(workspace: Workspace) -> list[str]:
    """Give the id of every batch that stands, and the settings."""
    workspace.settle()
    reviews = Reviews(workspace)
    logs = [reviews.desk, *(reviews.minutes_log(review) for review in workspace.review_ids())]
    found = [batch.id for log in logs for batch in log.read().batches]
    return [*found, f"team quota {reviews.settings().team_quota}"]
