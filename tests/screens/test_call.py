from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review.deals import Category
from review.forecast import verification
from review.methods import compare
from review.money import say_money
from screens.call import ForecastCall
from screens.call_deals import deal_lines
from screens.call_lines import lines_of
from screens.call_traces import of_finding, of_gap, of_history, of_target
from screens.call_view import call_view
from screens.dialogs.ask import Ask
from screens.dialogs.confirm import Confirm
from screens.dialogs.trace import Tracing
from screens.live import LiveScreen
from screens.lobby import Lobby
from screens.recap import RecapScreen
from tests.builders import TEAM, a_deal, a_ledger, some_settings
from tests.screens.office import SETTINGS, TODAY, Office, second_week
from tui.app import Closeout
from tui.look import Look
from tui.registry import STANDARD
from tui.widgets.data import Mode
from tui.widgets.footer import KeyFooter

SIZES = ((80, 24), (120, 36), (160, 45))


class Alone(Look[None]):
    """An app that shows the forecast call."""

    def __init__(self, office):
        super().__init__()
        self.office = office

    def on_mount(self):
        self.push_screen(ForecastCall(self.office))


@pytest.fixture(scope="module")
def world():
    return second_week().stands


@pytest.fixture
def app(world):
    return Alone(Office(world.ledger))


def text(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


def call(app):
    assert isinstance(app.screen, ForecastCall)
    return app.screen


def footer(app):
    return [entry.title for entry in app.screen.query_one(KeyFooter).entries]


async def settle(pilot):
    await pilot.pause()
    await pilot.pause()


async def go_to(pilot, app, ident):
    app.screen.go_to_line(ident)
    await settle(pilot)


def commit_deals(app):
    return [item.deal for item in call(app).view.of(Category.COMMIT)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_methods_stand_with_what_the_export_implies_under_a_private_mark(app, size):
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = text(app)
        for said in (
            "▲ PRIVATE", "for you alone", "Roll-up", "1,260k", "7 calls", "Your own call", "not stated", "Weighted",
            "Historical", "n/a", "no won deals of this period in earlier years", "Won", "154k", "Commit", "Best case",
            "Target", "1,600k", "Gap", "340k", "verified",
        ):  # fmt: skip
            assert said in screen, said


async def test_enter_lists_the_deals_of_a_line_with_amounts_that_add_up(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await go_to(pilot, app, "Commit")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Tracing)
        figures = compare(app.office.stands.ledger, SETTINGS, TODAY)
        assert f"{say_money(figures.implied.commit, 'USD')}" in text(app)
        assert f"{len(figures.implied.commit_deals) + len(figures.implied.won_deals)} deals" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ForecastCall)


def test_the_target_is_traced_to_quotas_and_ramp_and_the_gap_to_target_and_roll_up(world):
    first, *rest = (person for person in SETTINGS.people if person.carries)
    new = replace(first, quota=Decimal(300_000), start=date(2026, 9, 7))
    old = replace(rest[0], quota=Decimal(200_000))
    others = (person for person in SETTINGS.people if person.id not in (new.id, old.id))
    settings = replace(SETTINGS, people=(*(replace(person, quota=None) for person in others), new, old))
    view = call_view(replace(world, settings=settings), TODAY, (), ())
    owed = of_target(view)
    assert [(row.what, row.amount) for row in owed.rows] == [
        ("quota $300,000: Oct 25 %, Nov 50 %, Dec 75 %", "$150,000"),
        ("quota $200,000", "$200,000"),
    ]
    assert owed.total is not None
    assert owed.total.amount == "$350,000"
    assert [(row.name, row.amount) for row in of_gap(view).rows] == [("target", "$350,000"), ("roll-up", "−$1,260,000")]


def test_history_names_each_year_and_says_heads_and_money_as_people_do(world):
    team = tuple(
        replace(person, start={"tom-reed": date(2023, 1, 9), "wei-lin": date(2026, 10, 5)}.get(person.id))
        for person in TEAM
    )
    won = [
        a_deal(f"w{year}", owner=owner, status="won", close=date(year, 11, 20))
        for year, owner in ((2024, "Bob Gone"), (2025, "Tom Reed"))
    ]
    settings = some_settings(people=team)
    view = call_view(replace(world, ledger=a_ledger(*won, settings=settings), settings=settings), TODAY, (), ())
    found = of_history(view)
    assert [(row.name, row.what, row.amount) for row in found.rows] == [
        ("Q4 2025", "1 ramped head, $100,000 a head", "$100,000"),
        ("  w2025", "won", "$100,000"),
        ("Q4 2024", "headcount not known, left out", "$100,000"),
        ("  w2024", "won", "$100,000"),
    ]
    assert "× 1.25 ramped heads now ×" in found.note
    assert found.total is not None
    assert found.total.amount == "$125,000"
    assert any("left out: Q4 2024" in str(one.line) for one in lines_of(view))


async def test_every_line_is_traced_in_one_key(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for one in app.screen.lines:
            assert one.line.heading or one.trace().title, one.line.id


def test_the_lines_of_a_difference_add_up_to_it_on_screen_and_in_its_trace(world):
    settings = replace(SETTINGS, stages=tuple(replace(stage, odds=Decimal(5)) for stage in SETTINGS.stages))
    view = call_view(replace(world, settings=settings), TODAY, (), ())
    (finding,) = [one for one in view.now.mentioned if one.method.value == "weighted"]
    trace = of_finding(view, finding)
    assert trace.total is not None

    def number(said):
        return Decimal(said.replace("−", "-").replace("$", "").replace(",", ""))

    assert sum(number(row.amount) for row in trace.rows) == number(trace.total.amount)
    assert number(trace.total.amount) == finding.difference.amount
    ids = [one.line.id for one in lines_of(view) if one.line.id.startswith("weighted ")]
    assert ids[-1] == "weighted whole"
    assert "weighted rest" in ids


def test_every_open_deal_of_the_period_stands_once_among_the_categories(world):
    view = call_view(world, TODAY, (), ())
    parts = {"commit", "best case", "pipeline"}
    shown = [one.deal for one in deal_lines(view) if one.line.id.rsplit(" ", 1)[0] in parts]
    assert sorted(shown) == sorted(item.deal for item in view.now.pipeline.open)


async def test_v_verifies_the_chosen_commit_deal_and_again_takes_it_back(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        deals = commit_deals(app)
        await go_to(pilot, app, f"commit {deals[0]}")
        assert "verify" in footer(app)
        await pilot.press("v")
        await settle(pilot)
        assert verification(app.office.stands.ledger, SETTINGS, TODAY).verified == (deals[0],)
        assert f"1 of {len(deals)} verified by you" in text(app)
        assert "✓ verified" in text(app)
        assert "✓ saved" in text(app)
        await pilot.press("v")
        await settle(pilot)
        assert f"0 of {len(deals)} verified by you" in text(app)


async def test_keys_that_do_nothing_on_a_line_are_not_shown(app):
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        assert not {"verify", "choose", "what if", "as it is"} & set(footer(app))
        await pilot.press("v", "space", "w", "x")
        await settle(pilot)
        assert app.office.stands.ledger.picks == ()
        await go_to(pilot, app, f"commit {commit_deals(app)[0]}")
        assert {"verify", "choose", "what if", "back"} <= set(footer(app))


async def test_space_chooses_a_proposed_slip_for_the_next_lock_to_score(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        slip = call(app).view.slips[0].item
        await go_to(pilot, app, f"slip {slip.deal}")
        await pilot.press("space")
        await settle(pilot)
        assert [pick.deal for pick in app.office.stands.ledger.picks[0].slips] == [slip.deal]
        assert "1 of 3 chosen, checked at the next lock" in text(app)
        assert "✓ chosen" in text(app)


async def test_the_last_score_is_said(world):
    app = Alone(Office(world.ledger))
    async with app.run_test(size=(120, 45)) as pilot:
        await settle(pilot)
        deals = [item.deal for item in call(app).view.of(Category.COMMIT)][:2]
        for deal in deals:
            await go_to(pilot, app, f"commit {deal}")
            await pilot.press("space")
            await settle(pilot)
        (picks,) = app.office.stands.ledger.picks
        app.office.put(ledger=replace(app.office.stands.ledger, picks=(replace(picks, hits=(1, 0)),)))
        call(app).read()
        await go_to(pilot, app, "Roll-up")
        assert "last time 1 of 2 slips, 0 of 0 pull-ins came true" in text(app)


async def test_what_if_moves_commit_gap_and_methods_and_writes_nothing(app):
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        before = app.office.stands
        item = call(app).view.of(Category.COMMIT)[0]
        now = call(app).view.now
        await go_to(pilot, app, f"commit {item.deal}")
        await pilot.press("w")
        await settle(pilot)
        then = call(app).view.then
        assert then.implied.commit == now.implied.commit - item.worth
        assert then.gap.value == now.gap.value + item.worth
        assert "if 1 deal slipped – nothing is written" in text(app)
        assert "not written" in text(app)
        assert app.office.stands is before
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "as it is" in text(app).splitlines()[-1], "the way out is in sight on a small screen too"
        await pilot.press("x")
        await settle(pilot)
        assert call(app).view.then.implied == now.implied
        assert "nothing is written" not in text(app)


async def test_a_deal_that_comes_in_counts_as_commit_in_a_what_if(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        pull = call(app).view.pull_ins[0].item
        before = call(app).view.now.implied.commit
        await go_to(pilot, app, f"in {pull.deal}")
        await pilot.press("w")
        await settle(pilot)
        assert call(app).view.then.implied.commit == before + pull.worth
        assert "comes in" in text(app)


async def test_the_own_call_is_typed_and_stands_beside_the_roll_up(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert isinstance(app.screen, Ask)
        await pilot.press(*"1.1m", "enter")
        await settle(pilot)
        assert "your own call 1,100k" in text(app)
        assert "160k under the roll-up" in text(app)
        assert call(app).view.now.roll_up.figure.value == 1_260_000


async def test_an_own_call_far_off_is_asked_about_once_more(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        call(app)._state("90m")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)
        assert "$90,000,000" in text(app)
        await pilot.press("n")
        await settle(pilot)
        assert call(app).view.now.roll_up.own is None
        call(app)._state("90m")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert call(app).view.now.roll_up.own.commit == 90_000_000


async def test_plan_and_factor_are_typed_and_a_wrong_factor_is_refused_in_words(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("p", *"Meet", "enter")
        await settle(pilot)
        assert "Meet" in text(app)
        await pilot.press("h", "backspace", *"99", "enter")
        await settle(pilot)
        assert "■ not taken" in text(app)
        assert "1.0 or 0.9" in text(app)


async def test_a_disk_that_refuses_is_said_and_nothing_is_shown_as_saved(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await go_to(pilot, app, f"commit {commit_deals(app)[0]}")
        app.office.broken = "The disk is full."
        await pilot.press("v")
        await settle(pilot)
        assert "■ not saved" in text(app)
        assert "The disk is full." in text(app)
        assert "0 of" in text(app)


async def test_without_a_quota_and_without_calls_the_reasons_stand_there(world):
    ledger = replace(world.ledger, calls=())
    app = Alone(Office(ledger, settings=replace(SETTINGS, team_quota=None)))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "no quota is set" in text(app)
        assert "nobody has stated a call yet" in text(app)


async def test_markup_in_a_title_stands_there_as_it_is(world):
    record = next(one for one in world.ledger.deals.values() if one.crm.id == "d1")
    odd = replace(record, crm=replace(record.crm, name="ACME [/x] [red]", account="ACME [/x] [red]"))
    deals = {key: odd if one is record else one for key, one in world.ledger.deals.items()}
    app = Alone(Office(replace(world.ledger, current=deals)))
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        ident = next(key for key, one in deals.items() if one is odd)
        await go_to(pilot, app, f"commit {ident}")
        assert "ACME [/x] [red]" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "ACME [/x] [red]" in text(app)


async def test_tab_goes_from_part_to_part_and_the_current_line_stays_in_sight(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        starts = [ident for _, ident in app.screen._parts()[0]]
        await pilot.press("tab", "tab", "tab")
        await settle(pilot)
        assert app.screen.at == starts[3]
        assert "▸" in text(app)
        await go_to(pilot, app, starts[-1])
        assert "▸" in text(app)
        await pilot.press("shift+tab")
        await settle(pilot)
        assert app.screen.at == starts[-2]


async def test_it_opens_from_the_lobby_and_leads_back_there(world):
    app = Closeout(Office(world.ledger))  # type: ignore[arg-type]  # has what the lobby and the call ask of an office
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, Lobby)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(app.screen, ForecastCall)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Lobby)


async def test_the_lobby_rests_under_the_page_and_looks_at_once_when_it_shows_again(world):
    office = Office(world.ledger)
    app = Closeout(office)  # type: ignore[arg-type]  # has what the lobby and the call ask of an office
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        lobby = app.screen
        assert isinstance(lobby, Lobby)
        await pilot.press("f")
        await settle(pilot)
        office.put()
        lobby._look()
        assert office.fresh, "nothing was read for a page that nobody sees"
        await pilot.press("escape")
        await settle(pilot)
        assert not office.fresh


async def test_the_lobby_without_an_export_does_not_offer_it():
    app = Closeout(Office(set_up=False))  # type: ignore[arg-type]  # has what the lobby and the call ask of an office
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(app.screen, Lobby)


def test_only_lobby_and_recap_have_the_key():
    open_to = {scope for scope in ("forecast", "inspection", "creation", "actions", "lock", "setup", "lobby", "recap")
               if STANDARD.find(scope, "call")}  # fmt: skip
    assert open_to == {"lobby", "recap"}
    assert hasattr(RecapScreen, "action_call")
    assert not hasattr(LiveScreen, "action_call")
    command = STANDARD.find("lobby", "call")
    assert command is not None
    assert Mode.TYPE not in command.mode


async def test_c_promises_a_part_of_the_plan_and_it_stands_under_the_gap(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"Two first meetings at Initech fri", "enter")
        await settle(pilot)
        (made,) = [line for line in call(app).lines if line.line.id.startswith("plan ")]
        assert "Two first meetings at Initech" in made.line.text.plain
        assert made.trace is not None


async def test_accuracy_of_each_forecaster_stands_on_the_private_screen_with_its_trace(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        people = [line for line in call(app).lines if line.line.id.startswith("accuracy ")]
        assert people
        for line in people:
            assert line.trace is not None
            rows = line.trace().rows
            assert len(rows) == 4, "the last four completed periods, scored or with the reason"
            assert all(row.share or row.what for row in rows)
