"""The real app on a real workspace, driven by Pilot, while the disk underneath it is hurt."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from store.office import DiskOffice
from store.workspace import Workspace
from tests.faults.places import office_of
from tui.app import Closeout


@asynccontextmanager
async def app_on(workspace: Workspace) -> AsyncIterator[tuple[Any, Pilot[None], DiskOffice]]:
    """Open the app on a workspace and wait until it stands."""
    office = office_of(workspace)
    app = Closeout(office)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            yield app, pilot, office
    finally:
        office.finish()


def said(app: Closeout) -> str:
    """Give everything that stands on the screen as one line."""
    return " ".join(
        " ".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()).split()
    )
