from datetime import UTC, date, datetime
from threading import Event

import pytest

from screens import reading_in
from screens.dialogs.reading import StillReading, TakeExport
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


async def test_a_column_that_is_taken_for_two_fields_is_shown_and_keeps_the_page(office, tmp_path):
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        assert isinstance(app.screen, Mapping)
        # The owner is proposed as AE; the amount is set to it as well.
        place = next(line.at for line in app.screen.query(MapLine) if line.ask.label == "Amount")
        app.screen.at = place
        await pilot.press("a", "e")
        lines = shown(app)
        assert "twice" in lines["Amount"]
        assert "twice" in lines["Owner"]
        assert "“AE” is taken for owner as well" in str(app.screen.query_one(".sentence").render())
        for _ in range(20):
            await pilot.press("enter")
        assert isinstance(app.screen, Mapping)
        app.screen.at = place
        await pilot.press("v", "o", "l")
        assert "twice" not in " ".join(shown(app).values())


async def test_a_field_without_a_column_says_so_and_a_chosen_one_shows_its_values(office, tmp_path):
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        assert isinstance(app.screen, Mapping)
        app.screen.at = next(line.at for line in app.screen.query(MapLine) if line.ask.label == "Next step")
        await pilot.pause()
        told = app.screen.query_one(".sentence")
        assert "Next step: no column is taken for it." in str(told.render())
        await pilot.press("p", "i", "p")
        assert "Next step: “Pipeline Position”" in str(told.render()) or "as well" in str(told.render())


async def test_the_whole_name_of_a_column_finds_it_where_another_one_begins_with_it(office, tmp_path):
    (tmp_path / "deals.csv").write_text("Pursuit Ref;Pursuit;AE;Stage;Amount\nP1;Alpha;Ann Lee;Demo;5\n", "utf-8")
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        assert isinstance(app.screen, Mapping)
        app.screen.at = next(line.at for line in app.screen.query(MapLine) if line.ask.label == "Deal name")
        await pilot.press(*"pursuit")
        assert app.screen.line.value == "Pursuit"


async def test_what_was_read_can_be_read_to_its_end_before_it_is_taken(office, tmp_path):
    (tmp_path / "deals.csv").write_text(
        "Deal ID,Deal Name,Owner,Stage,Amount,Close Date\n1,A,Ann Lee,Demo,5,2026-12-18\nTotal,,,,5,\n", "utf-8"
    )
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        assert isinstance(app.screen, TakeExport)
        text = app.screen.query_one(".dialog-text")
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert text.scroll_offset.y == text.max_scroll_y > 0
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Lobby)


async def click(pilot, selector, word):
    """Click the first letters of a word of a line of text."""
    said = pilot.app.screen.query_one(selector)
    rows = [row.plain for row in said.content.wrap(said.content_size.width)]
    at = next(at for at, row in enumerate(rows) if word in row)
    await pilot.click(said, offset=(said.styles.padding.left + rows[at].index(word), said.styles.padding.top + at))
    await pilot.pause()


async def test_the_page_is_answered_with_the_mouse_alone(office, tmp_path):
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        assert isinstance(app.screen, Mapping)
        stands = app.screen.line.choice
        await click(pilot, ".dialog-leave", "→")
        await click(pilot, ".dialog-leave", "←")
        assert app.screen.line.choice == stands
        for _ in range(20):
            if not isinstance(app.screen, Mapping):
                break
            if app.screen.line.choice is None:
                await click(pilot, ".next", "→")
            await click(pilot, ".next", "Enter")
        assert isinstance(app.screen, TakeExport)


async def test_a_large_file_is_read_again_beside_the_clock_with_what_was_answered(office, tmp_path, monkeypatch):
    held, read = Event(), office.read_file

    def slowly(path, answers=None):
        if answers is not None:
            held.wait(10)
        return read(path, answers) if answers is not None else read(path)

    monkeypatch.setattr(reading_in, "LARGE", 10)
    monkeypatch.setattr(office, "read_file", slowly)
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_page(pilot, tmp_path / "deals.csv")
        for leaves in (True, False):
            if leaves is False:
                await to_the_page(pilot, tmp_path / "deals.csv")
            await pilot.press("enter", "enter", "enter", "enter", "right", "right", "enter", "right", "enter", "enter")
            await pilot.pause()
            assert isinstance(app.screen, StillReading)
            assert "reading 0 MB …" in str(app.screen.query_one(".dialog-body").render())
            await pilot.press("enter", "r")
            assert isinstance(app.screen, StillReading)
            if leaves:
                await pilot.press("escape")
                await pilot.pause()
                assert isinstance(app.screen, Lobby), "one need not wait"
        held.set()
        while isinstance(app.screen, StillReading):
            await pilot.pause(0.05)
        assert isinstance(app.screen, Mapping)
        assert "“Upside” means" in app.screen.line.ask.label
