from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from review.errors import CloseoutError
from review.ports import Clock
from review.proposals import Proposals, Source, propose
from review.settings import Settings
from screens.setup import SettingUp
from screens.setup_parts import SetupAside, SetupRow
from store.crm.read import read_export
from tui.look import Look
from tui.widgets.data import Mode
from tui.widgets.footer import KeyFooter

DAY = date(2026, 11, 24)
ROWS = """\
id,owner_name,account_name,amount,stage,probability,forecast_category,close_date
1,Ann Lee,Acme [/x],1000,Discovery,10,Pipeline,2026-12-01
2,Ann Lee,Bolt,1000,Legal [b],85,Commit,2026-12-01
3,Tom Reed,Core,1000,Proposal,40,BestCase,2026-12-01
"""


class NineOClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, 52, tzinfo=UTC)

    def steady(self) -> float:
        return 0.0


class Office:
    clock: Clock = NineOClock()
    today = DAY

    def __init__(self, file: Path, before: Settings | None = None) -> None:
        before = before or Settings()
        self.first = propose(read_export(file, settings=before, day=DAY).export, before, DAY)
        self.kept: list[Settings] = []
        self.fails = ""

    def proposals(self) -> Proposals:
        return self.first

    def keep_settings(self, settings: Settings) -> None:
        if self.fails:
            raise CloseoutError(self.fails)
        self.kept.append(settings)


class App(Look[None]):
    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.left: list[bool] = []

    def on_mount(self) -> None:
        self.push_screen(SettingUp(self.office))

    def on_setting_up_done(self, message: SettingUp.Done) -> None:
        self.left.append(message.taken)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    file = tmp_path / "deals.csv"
    file.write_text(ROWS)
    return Office(file)


def the_page(pilot: Pilot[None]) -> SettingUp:
    screen = pilot.app.screen
    assert isinstance(screen, SettingUp)
    return screen


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if char == " " else char for char in text))


async def go_to(pilot: Pilot[None], ident: str) -> SetupRow:
    row = next(row for row in the_page(pilot).query(SetupRow) if row.shown.id == ident)
    row.type_here()
    await pilot.pause()
    return row


def beside(pilot: Pilot[None]) -> str:
    aside = the_page(pilot).query_one(SetupAside)
    return " ".join(str(part.visual) for part in aside.query(Static) if part.display)


def shown_keys(pilot: Pilot[None]) -> set[str]:
    footer = the_page(pilot).query_one(KeyFooter)
    return {command for entry in footer.entries for _, command in entry.keys}


def sources(pilot: Pilot[None]) -> dict[str, Source]:
    return the_page(pilot).proposals.sources


async def take_all(app: App, size: tuple[int, int]) -> Settings:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert the_page(pilot).mode is Mode.TYPE
        await pilot.press("enter")
        assert "needed" in beside(pilot)
        await typed(pilot, "Dana Fox")
        for _ in sources(pilot):
            await pilot.press("enter")
        await pilot.pause()
        assert app.left == [True]
    return app.office.kept[0]


async def test_a_real_export_is_taken_by_a_name_and_enter_alone(crm_samples: Path) -> None:
    settings = await take_all(App(Office(crm_samples / "revops_opportunities.csv")), (80, 24))
    assert settings.manager is not None
    assert settings.manager.name == "Dana Fox"
    assert len(settings.reps) == 10
    assert [stage.name for stage in settings.stages] == [
        "Discovery",
        "Qualification",
        "Proposal",
        "Negotiation",
        "Verbal",
    ]


async def test_who_one_is_is_asked_first_and_enter_takes_all_the_rest(office: Office) -> None:
    settings = await take_all(App(office), (120, 36))
    assert [person.name for person in settings.people] == ["Dana Fox", "Ann Lee", "Tom Reed"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (200, 60)])
async def test_nothing_is_cut_off_and_the_line_one_is_on_is_in_sight(office: Office, size: tuple[int, int]) -> None:
    async with App(office).run_test(size=size) as pilot:
        await pilot.pause()
        rows = list(the_page(pilot).query(SetupRow))
        for row in (rows[0], rows[3], rows[-1]):
            row.type_here()
            await pilot.pause()
            assert the_page(pilot).region.contains_region(row.region)
            assert row.query_one(".source").region.right <= the_page(pilot).query_one("#lines").region.right
        aside = the_page(pilot).query_one(SetupAside)
        assert the_page(pilot).region.contains_region(aside.region)
        assert aside.query_one(".next").region.height == 1
        assert not aside.region.overlaps(the_page(pilot).query_one("#lines").region)


async def test_what_is_understood_stands_there_while_one_types(office: Office) -> None:
    async with App(office).run_test(size=(120, 36)) as pilot:
        await typed(pilot, "to")
        assert "Tom Reed drives" in beside(pilot)
        await pilot.press("enter")
        assert sources(pilot)["manager"] is Source.YOU
        assert the_page(pilot).proposals.settings.manager is not None


async def test_typing_replaces_what_stands_in_a_line(office: Office) -> None:
    async with App(office).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "meeting")
        await typed(pilot, "thu 14.30")
        await pilot.press("enter")
        await pilot.pause()
        row = next(row for row in the_page(pilot).query(SetupRow) if row.shown.id == "meeting")
        assert row.text == "Thursday 14:30"
        assert row.shown.source is Source.YOU


async def test_a_click_into_a_line_lets_typing_replace_it_and_a_second_one_sets_the_cursor(office: Office) -> None:
    async with App(office).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        row = next(row for row in the_page(pilot).query(SetupRow) if row.shown.id == "currency")
        await pilot.click(row.line, offset=(1, 0))
        await pilot.pause()
        await typed(pilot, "eur")
        assert row.text == "eur"
        await pilot.click(row.line, offset=(1, 0))
        await typed(pilot, "x")
        assert row.text == "exur"


async def test_a_refused_line_says_why_and_stays(office: Office) -> None:
    async with App(office).run_test(size=(120, 36)) as pilot:
        row = await go_to(pilot, "stage:Proposal")
        await typed(pilot, "140")
        await pilot.press("enter")
        await pilot.pause()
        assert row.has_focus_within
        assert row.text == "140"
        assert "Odds are from 0 to 100." in beside(pilot)
        assert "take" not in shown_keys(pilot)
        await pilot.press("backspace")
        assert "take" in shown_keys(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert next(s for s in the_page(pilot).proposals.settings.stages if s.name == "Proposal").odds == 14


async def test_what_was_typed_counts_when_one_leaves_the_line_by_an_arrow(office: Office) -> None:
    async with App(office).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "currency")
        await typed(pilot, "eur")
        await pilot.press("down")
        await pilot.pause()
        assert the_page(pilot).proposals.settings.currency == "EUR"


async def test_starting_with_what_is_there_is_one_key(office: Office) -> None:
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "begin" not in shown_keys(pilot)
        await typed(pilot, "ann")
        assert "begin" in shown_keys(pilot)
        await pilot.press("f2")
        await pilot.pause()
        assert app.left == [True]
    assert [person.name for person in office.kept[0].reps] == ["Ann Lee", "Tom Reed"]


async def test_starting_stops_at_a_line_that_cannot_be_taken(office: Office) -> None:
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "ann")
        await pilot.press("enter")
        await go_to(pilot, "currency")
        await typed(pilot, "money")
        await pilot.press("f2")
        await pilot.pause()
        assert app.left == []
        assert office.kept == []
        assert "three letters" in beside(pilot)


async def test_settings_that_cannot_be_kept_are_said_and_nothing_is_left(office: Office) -> None:
    office.fails = "closeout.toml was edited while Setting up was open."
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "ann")
        await pilot.press("f2")
        await pilot.pause()
        assert app.left == []
        assert "was edited while Setting up was open" in beside(pilot)


async def test_a_stage_is_moved_by_a_key_and_only_a_stage(office: Office) -> None:
    async with App(office).run_test(size=(80, 24)) as pilot:
        assert "later" not in shown_keys(pilot)
        row = await go_to(pilot, "stage:Discovery")
        assert {"later"} <= shown_keys(pilot)
        assert "earlier" not in shown_keys(pilot)
        await pilot.press("f7")
        await pilot.pause()
        assert row.has_focus_within
        assert [s.name for s in the_page(pilot).proposals.settings.stages] == ["Proposal", "Discovery", "Legal [b]"]
        names = [row.shown.name for row in the_page(pilot).query(SetupRow) if row.shown.id.startswith("stage:")]
        assert names == ["Proposal", "Discovery", "Legal [b]"]


async def test_somebody_who_is_new_gets_a_line_and_whoever_gives_the_turn_away_loses_theirs(office: Office) -> None:
    async with App(office).run_test(size=(120, 36)) as pilot:
        await typed(pilot, "ann")
        await pilot.press("enter")
        await pilot.pause()
        await typed(pilot, "no")
        await pilot.press("enter")
        await pilot.pause()
        assert "person:ann-lee" not in {row.shown.id for row in the_page(pilot).query(SetupRow)}
        await go_to(pilot, "starters")
        await typed(pilot, "Nina Park 15 Nov")
        await pilot.press("enter")
        await pilot.pause()
        assert [row.shown.id for row in the_page(pilot).query(SetupRow)] == list(sources(pilot))
        assert "person:nina-park" in sources(pilot)


async def test_a_pasted_list_of_quotas_is_taken_as_one_line(office: Office) -> None:
    async with App(office).run_test(size=(80, 24)) as pilot:
        row = await go_to(pilot, "quota")
        row.line.post_message(events.Paste("Ann Lee\t400k\nTom Reed\t300k\n"))
        await pilot.pause()
        assert row.text == "Ann Lee 400k; Tom Reed 300k"
        await pilot.press("enter")
        await pilot.pause()
        assert [person.quota for person in the_page(pilot).proposals.settings.people] == [400_000, 300_000]


async def test_escape_gives_keys_and_enter_goes_on_where_one_was(office: Office) -> None:
    app = App(office)
    async with app.run_test(size=(80, 24)) as pilot:
        row = await go_to(pilot, "fiscal")
        await pilot.press("escape")
        assert the_page(pilot).mode is Mode.KEYS
        await pilot.press("enter")
        await pilot.pause()
        assert row.has_focus_within
        await pilot.press("escape", "j")
        await pilot.pause()
        assert the_page(pilot).mode is Mode.TYPE
        await pilot.press("escape", "q")
        await pilot.pause()
        assert app.left == [False]
    assert office.kept == []


async def test_arrows_lead_from_line_to_line_in_keys_as_well_and_the_words_say_where_one_is(office: Office) -> None:
    async with App(office).run_test(size=(80, 24)) as pilot:
        first = await go_to(pilot, "carries")
        await pilot.press("escape")
        assert "goes on at “Own deals”" in beside(pilot)
        await pilot.press("up")
        await pilot.pause()
        assert not first.has_focus_within
        assert the_page(pilot).focused is next(iter(the_page(pilot).query(SetupRow))).line
        await pilot.press("escape", "up", "k")
        await pilot.pause()
        assert the_page(pilot).mode is Mode.KEYS, "before the first line there is none"
        await pilot.press("down")
        await pilot.pause()
        assert first.has_focus_within


async def test_the_first_line_takes_letters_from_the_moment_the_page_is_there(office: Office) -> None:
    app = Look[None]()
    async with app.run_test(size=(80, 24)):
        page = SettingUp(office)
        await app.push_screen(page)
        assert page.mode is Mode.TYPE


async def test_who_was_set_up_before_finds_the_answers(office: Office, tmp_path: Path) -> None:
    async with App(office).run_test(size=(80, 24)) as pilot:
        await typed(pilot, "ann")
        await pilot.press("f2")
        await pilot.pause()
    again = Office(tmp_path / "deals.csv", office.kept[0])
    async with App(again).run_test(size=(80, 24)) as pilot:
        assert "you can start" in beside(pilot)
        await pilot.press("f2")
        await pilot.pause()
    assert again.kept == office.kept


async def test_the_page_is_filled_in_as_fast_as_keys_can_come(office: Office) -> None:
    app = App(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for sign in "Dana Ross⇥no⏎⏎⏎10⏎⇥20%⏎⏎eur⏎february, months⏎400k⏎":
            key = {"⇥": "tab", "⏎": "enter"}.get(sign, sign)
            app.post_message(events.Key(key, None if key != sign else sign))
        for _ in range(200):
            await pilot.pause(0.05)
            if the_page(pilot).proposals.settings.team_quota is not None:
                break
        found = the_page(pilot).proposals
        assert found.settings.manager is not None
        assert found.settings.manager.name == "Dana Ross"
        stages = [(stage.name, int(stage.odds or 0)) for stage in found.settings.stages]
        assert stages == [("Discovery", 10), ("Proposal", 40), ("Legal [b]", 20)]
        assert (found.settings.currency, found.settings.fiscal_start) == ("EUR", 2)
        assert found.settings.team_quota == 400_000
