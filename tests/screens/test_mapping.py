from datetime import UTC, date, datetime

import pytest

from screens.dialogs.reading import TakeExport
from screens.lobby import Lobby
from screens.mapping import MapLine, Mapping
from store.office import DiskOffice
from store.workspace import Workspace
from tests.screens.office import Clock
from tui.look import Look

TODAY = date(2026, 11, 23)
FILE = (
    "Title;Client;AE;Volume (EUR);Pipeline Position;Target Sign Date;Forecast Level\n"
    "Alpha;Acme;Ann Lee;1.000;2 Demo;03/04/2026;Upside\n"
    "Beta;Beta AG;Bob Ray;2.000;3 Proposal;05/06/2026;Commit\n"
)


class App(Look[None]):
    def __init__(self, office):
        super().__init__()
        self.office = office

    def on_mount(self):
        self.push_screen(Lobby(self.office))


@pytest.fixture
def office(tmp_path):
    (tmp_path / "deals.csv").write_text(FILE, "utf-8")
    return DiskOffice(Workspace(tmp_path / "w"), Clock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), TODAY)


async def to_the_page(pilot, path):
    await pilot.pause()
    await pilot.press("i")
    await pilot.pause()
    pilot.app.screen.query_one("Input").value = str(path)
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


def shown(app):
    return {line.ask.label: str(line.render()) for line in app.screen.query(MapLine)}


async def test_what_is_doubtful_is_asked_line_by_line_and_remembered(office, tmp_path):
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        assert isinstance(app.screen, Mapping)
        lines = shown(app)
        assert "AE" in lines["Owner"]
        assert "Ann Lee · Bob Ray" in lines["Owner"]
        assert "certain" in lines["Deal name"]
        await pilot.press("enter", "enter", "enter", "enter")
        assert app.screen.line.ask.id == "date_order"
        await pilot.press("enter")
        assert app.screen.line.ask.id == "date_order"
        await pilot.press("right", "right", "enter", "right", "enter")
        assert app.screen.line.ask.label == "Forecast category"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Mapping)
        assert "“Upside” means" in app.screen.line.ask.label
        await pilot.press("right", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TakeExport)
        await pilot.press("enter")
        await pilot.pause()
    ledger = office.standing().ledger
    alpha = next(record.crm for record in ledger.deals.values() if record.crm.name == "Alpha")
    assert (alpha.owner, alpha.amount, alpha.close_date) == ("Ann Lee", 1000, date(2026, 3, 4))
    assert alpha.category.value == "best case"
    again = office.read_file(str(tmp_path / "deals.csv"))
    assert (len(again.export.deals), again.learned, again.doubts) == (2, None, ())


async def test_typing_finds_another_column_and_escape_changes_nothing(office, tmp_path):
    app = App(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        await pilot.press("p", "i", "p")
        assert isinstance(app.screen, Mapping)
        assert app.screen.line.value == "Pipeline Position"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Lobby)
    assert not office.standing().ledger.deals
