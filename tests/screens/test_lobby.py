from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from msgspec.structs import replace

from review.deals import Status
from review.outlook import outlook
from review.ports import Incoming
from review.queue import Plan
from review.records import Ledger
from review.schedule import planned_start
from screens.dialogs.presence import WhoIsHere
from screens.dialogs.queue import EditQueue
from screens.help import CommandRow, Help
from screens.lobby import Lobby
from screens.lobby_words import clock_view, rail_view, since_words
from tests.builders import MONDAY, a_deal, an_export, some_settings
from tests.review.test_baselines import NOVEMBER as PAST
from tests.review.test_baselines import with_past
from tests.screens.office import SETTINGS, TODAY, Office, export, second_week
from tui.look import Look
from tui.widgets.footer import NEXT_KEY, KeyFooter

SIZES = ((80, 24), (120, 36), (160, 45), (200, 60))


class Before(Look[None]):
    """An app that shows the lobby and notes what it says."""

    def __init__(self, office):
        super().__init__()
        self.office = office
        self.started = []
        self.settings_asked = 0

    def on_mount(self):
        self.push_screen(Lobby(self.office))

    def on_lobby_started(self, message):
        self.started.append(message.session)

    def on_lobby_set_up(self):
        self.settings_asked += 1


class Watched(Look[None]):
    """Notes every picture of the lobby that reaches the terminal."""

    def __init__(self, office):
        super().__init__()
        self.office = office
        self.seen = []

    def on_mount(self):
        # Later: while an app is mounted, Textual shows nothing.
        self.call_later(self.push_screen, Lobby(self.office))

    def post_display_hook(self):
        if isinstance(self.screen, Lobby) and not self._batch_count:
            self.seen.append(text(self))


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


def footer(app):
    return [entry.title for entry in app.screen_stack[1].query_one(KeyFooter).entries]


def lobby(app):
    screen = app.screen_stack[1]
    assert isinstance(screen, Lobby)
    return screen


async def settle(pilot):
    await pilot.pause()
    await pilot.pause()


@pytest.fixture(scope="module")
def world():
    return second_week().stands


@pytest.fixture
def office(world):
    return Office(world.ledger)


@pytest.mark.parametrize("size", SIZES)
async def test_the_room_sees_what_stands_before_the_hour(office, size):
    app = Before(office)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = text(app)
        for said in (
            "in writing", "missing:", "1 h 30 min old", "✓ fresh", "Promises due", "Ruth 1", "Since 16 Nov", "1 new",
            "1 won", "1 lost", "18 deals", "27:00 of 28:00", "every deal comes up within 5 weeks",
            "Larkfield", "▲ commit", "8:00", "to the start at 10:00", "8 of 8 here", "Enter starts the review",
        ):  # fmt: skip
            assert said in screen, said
        if size[0] >= 140:
            for said in ("4 dates later", "third deals", "if time", "10:40 Creation", "4 active"):
                assert said in screen, said
        titles = {record.crm.title for record in office.stands.ledger.deals.values()}
        assert not any(title in f"{app.title} {app.sub_title}" for title in titles)


async def test_every_rep_of_the_queue_stands_once_with_the_reason_of_each_deal(office):
    app = Before(office)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        rows = text(app).splitlines()
        at = next(i for i, row in enumerate(rows) if "Larkfield" in row)
        assert rows[at].split()[:2] == ["Nina", "1"]
        assert rows[at + 1].split()[0] == "2"
        assert "no confirmed date, no paper" in rows[at]
        assert rows[at].index("Larkfield") == next(r for r in rows if "Kingsway" in r).index("Kingsway")


async def test_enter_starts_with_those_here_and_the_queue_that_is_shown(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        shown = lobby(app).plan.slots
        await pilot.press("enter")
        await settle(pilot)
        (session,) = app.started
        assert session.meeting.queue == shown
        assert len(session.meeting.present) == 8


async def test_only_what_needs_every_deal_reads_them_and_begins_on_what_stands_by_then(office):
    reads, every = [], office.standing

    def standing():
        reads.append(1)
        return every()

    office.standing = standing
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("h")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert reads == [1]
    reads.clear()
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert reads == []
        gone = lobby(app).plan.slots[0].deal
        ledger = office.stands.ledger
        ended = replace(ledger.deals[gone], crm=replace(ledger.deals[gone].crm, status=Status.WON))
        office.put(ledger=ledger.with_deals({gone: ended}))
        await pilot.press("enter")
        await settle(pilot)
        (session,) = app.started
        assert gone not in {slot.deal for slot in session.meeting.queue}


async def test_a_start_that_the_disk_refuses_is_said_and_nothing_starts(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        office.broken = "This workspace is in use by another Closeout."
        await pilot.press("enter")
        await settle(pilot)
        assert app.started == []
        assert "■ not started" in text(app)
        assert "in use by another Closeout" in text(app)


async def test_somebody_away_leaves_the_queue_and_the_call_is_carried_over(office):
    app = Before(office)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        before = len(lobby(app).plan.slots)
        await pilot.press("h", "2", "enter")
        await settle(pilot)
        screen = text(app)
        assert "sofia" not in {slot.rep for slot in lobby(app).plan.slots}
        assert "7 of 8 here" in screen
        assert "▲ Sofia" in screen
        assert "away, call carried over" in screen
        assert len(lobby(app).plan.away) > 0
        assert len(lobby(app).plan.slots) <= before


async def test_presence_is_left_as_it_was_with_escape_and_taken_by_space_or_click(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("h", "down", "space", "escape")
        await settle(pilot)
        assert len(lobby(app).present) == 8
        await pilot.press("h")
        await pilot.click("PersonRow", offset=(5, 0))
        assert isinstance(app.screen, WhoIsHere)
        await pilot.press("enter")
        await settle(pilot)
        assert "ruth" not in lobby(app).present


async def test_the_queue_is_edited_and_stays_so_when_the_room_changes(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        first, second, third = (slot.deal for slot in lobby(app).plan.slots[:3])
        await pilot.press("e", "J", "up", "x", "enter")
        await settle(pilot)
        assert [slot.deal for slot in lobby(app).plan.slots[:2]] == [first, third]
        assert second not in {slot.deal for slot in lobby(app).plan.slots}
        await pilot.press("h", "8", "enter")
        await settle(pilot)
        assert second not in {slot.deal for slot in lobby(app).plan.slots}


async def test_a_deal_is_put_in_by_its_name_and_taken_out_by_undo(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("e", "+", *"vantor")
        await settle(pilot)
        assert "✓ Vantor, Wei" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, EditQueue)
        assert "added – added by the manager" in text(app)
        await pilot.press("u")
        await settle(pilot)
        assert "Vantor" not in text(app)
        await pilot.press("escape")


async def test_no_deal_is_put_in_whose_name_means_several_or_none(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("e", "+", "e")
        await settle(pilot)
        assert " deals: " in text(app)
        await pilot.press("enter", "x", "x")
        await settle(pilot)
        assert "■ none of those here" in text(app)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "new export.csv"
    path.write_text("as the office has it")
    return path


async def typed(pilot, path):
    await pilot.press("i")
    await pilot.pause()
    pilot.app.screen.query_one("Input").value = f"'{path}'"
    await settle(pilot)


async def test_an_export_is_shown_before_it_is_taken(world, file):
    office = Office(replace(world.ledger, export_day=TODAY - timedelta(days=7)))
    office.files[file.name] = export(1, read="2026-11-23T09:40:00+00:00")
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "7 days old" in text(app)
        assert "▲ old" in text(app)
        await typed(pilot, file)
        assert "✓ 32 rows, Salesforce headers" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "32 deals from" in text(app)
        assert "7 days old" in text(app) or office.stands.ledger.export_day != TODAY
        await pilot.press("enter")
        await settle(pilot)
        assert "12 min old" in text(app)
        assert "✓ read in" in text(app)


async def test_a_file_that_cannot_be_used_or_is_older_says_why_and_changes_nothing(office, file):
    office.files[file.name] = "It has no column for the owner; add the owner to the report."
    before = office.stands
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await typed(pilot, file)
        assert "■ cannot be used: It has no column for the owner" in text(app)
        await pilot.press("enter", "escape")
        office.files[file.name] = export(0)
        await typed(pilot, file)
        assert "■ older" in text(app)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert office.stands is before


async def test_a_large_file_is_read_beside_the_clock_and_says_so_until_it_is(office, file):
    held, newer = Event(), export(1)

    def slowly(_answers):
        held.wait(10)
        return Incoming(export=newer, said=())

    file.write_bytes(b" " * 4_200_000)
    office.files[file.name] = slowly
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await typed(pilot, file)
        assert "reading 4 MB …" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "reading 4 MB …" in text(app), "what is not read yet cannot be taken"
        held.set()
        while "reading" in text(app):
            await pilot.pause(0.05)
        assert "✓ 32 rows, Salesforce headers" in text(app)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_with_nothing_yet_it_says_the_two_things_to_do(size):
    app = Before(Office())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = text(app)
        for said in (
            "closeout import FILE",
            "closeout demo",
            "Ask the CRM for",
            "closed since",
            "i reads in an export",
        ):
            assert said in screen, said
        assert footer(app)[0] == "import"
        assert "start the review" not in footer(app)
        assert lobby(app).query_one(KeyFooter).entries[0].rank <= NEXT_KEY, "the next key is bold"
        await pilot.press("enter", "e", "h", "f9")
        assert app.screen is lobby(app)
        assert app.started == []
        assert not lobby(app).back_row, "there is no time to show large"


async def test_the_help_of_a_lobby_with_nothing_yet_lists_what_works_there():
    app = Before(Office())
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        help_now = Help.of(lobby(app))
        await app.push_screen(help_now)
        listed = [row.command.id for row in help_now.query(CommandRow)]
        assert listed == ["import_file", "leave_lobby", "palette", "quit"]
        assert "dim" not in str(help_now.query_one(".dialog-leave").render())


async def test_the_first_export_leads_to_setting_up(file):
    office = Office(set_up=False)
    office.files[file.name] = export(0)
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await typed(pilot, file)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.settings_asked == 1


async def test_an_export_read_in_beside_the_empty_lobby_leads_to_setting_up_and_nothing_starts_without_a_team(office):
    full, empty = office.stands.ledger, Office(set_up=False)
    app = Before(empty)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        empty.put(ledger=full)
        lobby(app)._look()
        await settle(pilot)
        assert app.settings_asked == 1
        assert "Enter sets up the team" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.settings_asked == 2
        assert app.started == []


async def test_what_changes_on_disk_shows_by_itself_and_keeps_who_is_here(office):
    app = Before(office)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        await pilot.press("h", "2", "enter")
        office.put(ledger=replace(office.stands.ledger, third_values=("Stark: review said 8 Jan, CRM now 15 Jan",)))
        lobby(app)._look()
        await settle(pilot)
        assert "▲ CRM changed" in text(app)
        assert "review said 8 Jan, CRM now 15 Jan" in text(app)
        assert "7 of 8 here" in text(app)


async def test_what_cannot_be_read_is_said_and_what_stood_stays_on_screen(office):
    app = Before(office)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        office.fresh, office.broken = True, "closeout.toml, line 7: “weekday” is one of monday to sunday."
        lobby(app)._look()
        await settle(pilot)
        assert "line 7" in text(app)
        assert "Larkfield" in text(app)


@pytest.mark.parametrize(
    ("at", "figure", "of", "under"),
    [
        ((7, 45, 0), "10:00", "is the start", "in 2 h 15 min, 60 minutes"),
        ((9, 59, 30), "0:30", "to the start at 10:00", "60 minutes, ends 11:00"),
        ((10, 3, 0), "+3:00", "start was at 10:00", "57:00 left, ends 11:00"),
        ((13, 0, 0), "READY", "to start", "planned for 10:00, 60 minutes"),
    ],
)
def test_the_rail_says_how_long_it_is_to_the_start(at, figure, of, under):
    hour, minute, second = at
    start = planned_start(SETTINGS, TODAY, datetime(2026, 11, 23, hour, minute, second, tzinfo=UTC), UTC)
    view = clock_view(SETTINGS, start)
    assert (view.figure, view.of, view.pace) == (figure, of, under)
    assert (view.word == "late") == (figure == "+3:00")


def test_late_the_agenda_counts_from_now(world):
    now = datetime(2026, 11, 23, 10, 12, tzinfo=UTC)
    start = planned_start(SETTINGS, TODAY, now, UTC)
    view = rail_view(
        outlook(world.ledger, world.settings, TODAY, plans=True), Plan(), (), TODAY, now, start, 20, wide=True
    )
    assert [line.text for line in view.groups[0].lines][::3] == ["10:12  Forecast", "11:02  Actions"]


async def test_before_the_first_lock_nothing_is_compared():
    office = Office(Ledger(), set_up=True)
    office.take_import(Incoming(export=export(0), said=()))
    office.today = export(0).day
    app = Before(office)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        screen = text(app)
        assert "with step, date and owner" in screen
        assert "Since" not in screen
        assert "in writing" not in screen


async def test_the_team_that_is_too_long_for_the_rail_is_named_in_a_sentence(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("h", "2", "enter")
        await settle(pilot)
        screen = text(app)
        assert "Ruth, Nina, Tom, Aisha" in screen
        assert "▲ Sofia" in screen


async def test_the_plane_scrolls_by_keys_where_the_queue_does_not_fit(office):
    app = Before(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "if time" not in text(app)
        for _ in range(12):
            await pilot.press("down")
        await settle(pilot)
        assert "if time" in text(app)


async def test_names_from_outside_are_never_read_as_markup(world):
    deals = dict(world.ledger.deals)
    first = next(ident for ident, record in deals.items() if record.crm.account == "Larkfield")
    deals[first] = replace(deals[first], crm=replace(deals[first].crm, account="[/x] [bold]Eve"))
    ledger = replace(world.ledger, current=deals, export_source="[/red].csv", third_values=("[/x] said",))
    app = Before(Office(ledger, settings=replace(SETTINGS, team_quota=None)))
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        assert "[/x] [bold]Eve" in text(app)
        assert "[/red].csv" in text(app)
        await pilot.press("e")
        await settle(pilot)
        assert "[/x] [bold]Eve" in text(app)


async def test_w_traces_every_deal_of_the_queue_to_its_facts(world):
    app = Before(Office(world.ledger))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        shown = text(app)
        assert "The lobby: what it rests on" in shown
        assert "slot 1," in shown
        await pilot.press("end")
        await settle(pilot)
        assert "promise due" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Lobby)


def test_late_with_sixty_minutes_kept_the_end_moves_along():
    kept = replace(SETTINGS, late_start="keep length")
    start = planned_start(kept, TODAY, datetime(2026, 11, 23, 10, 3, tzinfo=UTC), UTC)
    assert clock_view(kept, start).pace == "60 minutes, ends 11:03"


async def test_the_lobby_is_left_by_the_key_that_leaves_other_screens(office):
    app = Before(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("q")
        assert app._exit


def test_the_lobby_says_from_exports_however_little_room_there_is():
    first, later = (
        [a_deal("d1", close=date(2026, 12, day), stage=stage, amount=amount), a_deal("d2", status=won), a_deal("d3")]
        for day, stage, amount, won in ((4, "Qualify", 50_000, "open"), (18, "Propose", 70_000, "won"))
    )
    ledger = with_past((an_export(*first, day=PAST, ident="old"),), an_export(*later, day=MONDAY, ident="now"))
    found = since_words(outlook(ledger, some_settings(), MONDAY, plans=False))
    assert found is not None
    said = found[1]
    assert len(said.parts) > 1
    assert "from exports" in said(42, 1).plain


async def test_where_there_is_room_it_also_says_where_to_click():
    app = Before(Office())
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        screen = text(app)
        for crm in ("Salesforce", "HubSpot", "Pipedrive"):
            assert crm in screen
        assert "Reports → New Report → Opportunities" in screen
        assert "closeout demo" in screen
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert "Salesforce" not in text(app)
        assert "closeout demo" in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_shows_first_is_what_stays(office, size):
    app = Watched(office)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "starts the review" in app.seen[0]
        assert app.seen[0] == app.seen[-1] == text(app)
