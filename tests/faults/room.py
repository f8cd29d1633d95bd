"""The real app on a real workspace, driven by Pilot, while the disk underneath it is hurt."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from review.ports import Clock
from store.clock import RealClock
from store.office import DiskOffice
from store.workspace import Workspace
from tests.faults.driving import MONDAY
from tui.app import Closeout


@asynccontextmanager
async def app_on(
    workspace: Workspace, clock: Clock | None = None, day: date = MONDAY
) -> AsyncIterator[tuple[Any, Pilot[None], DiskOffice]]:
    """Open the app on a workspace, on the machine's clock or another, and wait until it stands."""
    office = DiskOffice(workspace, clock or RealClock(), day)
    app = Closeout(office)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            yield app, pilot, office
    finally:
        office.finish()


async def shows(pilot: Pilot[None], text: str) -> bool:
    """Wait until a text stands on the screen; tell whether it came."""
    for _ in range(40):
        await pilot.pause()
        if text in said(pilot.app):
            return True
    return False


def said(app: App[Any]) -> str:
    """Give everything that stands on the screen as one line."""
    return " ".join(
        " ".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()).split()
    )
