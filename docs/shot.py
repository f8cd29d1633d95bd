"""Make the README's picture: inspection of the demonstration, a step being typed. `python docs/shot.py`."""

import asyncio
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from docs.picture import picture
from review.intents import CloseOut, EnterSection, OpenDeal
from review.session import Session
from review.start import expected, plan
from screens.drafting import Drafting
from screens.inspection import Inspection
from store.demo.build import build
from store.office import DiskOffice
from store.workspace import Workspace
from tui.look import Look

TODAY: Final = date(2026, 11, 23)
TARGET: Final = Path(__file__).parent / "inspection.png"
STEP: Final = "Redlines back, call @Dana on the two open clauses ! tue"
SIZE: Final = (140, 40)


class Still:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        """Begin when the demonstration's review does."""
        self.at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Give the instant."""
        return self.at

    def steady(self) -> float:
        """Give its seconds."""
        return self.at.timestamp()


def begin(office: DiskOffice, clock: Still) -> Session:
    """Bring the review to the middle of inspection: Northwind on the table, some deals closed out before."""
    standing = office.standing()
    present = expected(standing.settings, TODAY)
    session = office.begin(standing, present, plan(standing.ledger, standing.settings, TODAY, present))
    clock.at += timedelta(minutes=10)
    session.do(EnterSection(section="inspection"))
    first = next(
        slot.deal for slot in session.meeting.queue if session.meeting.record(slot.deal).crm.title == "Northwind"
    )
    for slot in [slot for slot in session.meeting.queue if slot.deal != first][:6]:
        session.do(OpenDeal(deal=slot.deal))
        clock.at += timedelta(minutes=2)
        session.do(CloseOut(deal=slot.deal, line="Walk @Ruth through the order form fri"))
    session.do(OpenDeal(deal=first))
    clock.at += timedelta(seconds=18)
    return session


async def shoot() -> None:
    """Open the screen, type, and take the picture."""
    clock = Still()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "demo")
        build(workspace, TODAY)
        office = DiskOffice(workspace, clock, TODAY)
        session = begin(office, clock)
        app = Look[None]()
        async with app.run_test(size=SIZE) as pilot:
            screen = Inspection(session, Drafting(office.drafts(session.meeting.review)))
            await app.push_screen(screen)
            await pilot.press("d", "s")
            await pilot.pause()
            step = screen.step_row
            step.line.value = STEP
            step.line.cursor_position = len(STEP)
            await pilot.pause(0.5)
            picture(app.export_screenshot(), TARGET)
        office.finish()


if __name__ == "__main__":
    asyncio.run(shoot())
