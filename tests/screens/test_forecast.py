"""Forecast as the room sees it: promises, numbers, the team's line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review.commitments import Origin, Standing
from review.intents import SetPresence, StateCall, Undo
from review.sheets.blank import Kind
from review.sheets.codes import line_key
from review.stated import Call, Written
from screens.drafting import Drafting
from screens.forecast import Forecast
from tests.builders import MONDAY, a_deal, a_ledger, a_promise, a_session, some_settings, with_promises
from tests.screens.office import Drafts
from tui.look import Look
from tui.widgets.data import Mode
from tui.widgets.footer import KeyFooter
from tui.widgets.rail import Rail

LAST = MONDAY - timedelta(weeks=1)
FRIDAY = MONDAY - timedelta(days=3)
Q4 = date(2026, 10, 1)
DEALS = (
    a_deal("d1", name="Northwind", category="commit", amount=200_000),
    a_deal("d2", name="Umbrella", category="commit", amount=100_000, owner="Wei Lin"),
    a_deal("d3", name="Stark", category="best case", amount=80_000),
)


def called(ledger, **commits):
    from review.records import Call

    calls = [
        Call(person=person.replace("_", "-"), period=Q4, commit=Decimal(commit), day=LAST, review="before")
        for person, commit in commits.items()
    ]
    return replace(ledger, calls=(*ledger.calls, *calls))


def step(ident="s1", deal="d1", **more):
    return a_promise(ident, origin=Origin.STEP, deal=deal, **more)


class Room(Look[None]):
    """An app that shows Forecast alone."""

    def __init__(self, *promises, ledger=None, drafts=None, session=None, **more):
        super().__init__()
        known = ledger or called(a_ledger(*DEALS), tom_reed=240_000, wei_lin=120_000)
        self.session = session or a_session(with_promises(known, *promises), **more)
        self.drafting = Drafting(drafts or Drafts())

    def on_mount(self):
        self.push_screen(Forecast(self.session, self.drafting))

    @property
    def meeting(self):
        return self.session.meeting

    @property
    def forecast(self):
        return next(screen for screen in self.screen_stack if isinstance(screen, Forecast))

    def promise(self, ident):
        return self.meeting.ledger.commitments[ident]


def shown(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


async def seen(pilot):
    await pilot.pause()
    await pilot.pause()
    return shown(pilot.app)


def legend(app):
    footer = app.screen.query_one(KeyFooter)
    return {key: entry.title for entry in footer.entries for key, _ in entry.keys}


def rail(app):
    return app.screen.query_one(Rail).view


# Promises


@pytest.mark.parametrize(
    ("key", "standing"),
    [("d", Standing.DONE), ("b", Standing.BUYER), ("n", Standing.NOT_NEEDED)],
)
async def test_a_promise_is_judged_by_one_key(key: str, standing: Standing) -> None:
    app = Room(a_promise())
    async with app.run_test(size=(120, 36)) as pilot:
        assert "d done  b the buyer did it  m moved  x not done  n no longer needed" in await seen(pilot)
        await pilot.press(key)
        assert app.promise("p1").standing is standing
        assert key not in legend(app) or legend(app)[key] != "verdict"


async def test_moved_asks_the_new_date_under_the_promise() -> None:
    app = Room(a_promise(), a_promise("p2", due=LAST))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m")
        assert "What is the new date?" in await seen(pilot)
        await pilot.press(*"32 nov")
        assert "■ date" in await seen(pilot)
        await pilot.press("enter")
        assert app.meeting.verdicts == {}
        await pilot.press(*["backspace"] * 6, *"thu")
        assert "✓ Thu 26 Nov, in 3 days" in await seen(pilot)
        await pilot.press("enter")
        assert app.promise("p2").due == date(2026, 11, 26)
        assert "▲ moved to 26 Nov" in await seen(pilot)
        assert app.forecast.mode is Mode.KEYS
        assert app.forecast.chosen.id == "p1"


async def test_not_done_takes_a_date_or_none() -> None:
    app = Room(a_promise())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("x", "enter")
        assert app.promise("p1").is_open
        assert "▲ not done" in await seen(pilot)


async def test_a_step_that_was_done_asks_for_the_next_one_through_the_gate() -> None:
    app = Room(step())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("d")
        assert "What happens next, with whom, by when?" in await seen(pilot)
        assert "Enter alone leaves it to the sweep" in await seen(pilot)
        await pilot.press(*"Follow up thu", "enter")
        assert app.meeting.step("d1") is None
        await pilot.press(*["backspace"] * 13, *"Walk @Dana through the annex ! thu")
        assert "✓ step   ✓ Thu 26 Nov, in 3 days   ✓ Tom Reed" in await seen(pilot)
        await pilot.press("enter")
        given = app.meeting.step("d1")
        assert (given.text, given.agreed) == ("Walk @Dana through the annex", True)
        assert app.meeting.left == {}


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_the_next_step_can_be_left_to_the_sweep(key: str) -> None:
    app = Room(step())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("b", key)
        assert app.meeting.step("d1") is None
        assert "What happens next" not in await seen(pilot)
        assert app.forecast.mode is Mode.KEYS


async def test_what_was_carried_twice_stands_on_top_and_is_kept_or_dropped_with_a_note() -> None:
    app = Room(a_promise("a", due=LAST), a_promise("often", carried=2), a_promise("more", carried=3))
    async with app.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert text.index("carried 3 times") < text.index("carried 2 times") < text.index("? your verdict")
        assert "k keep, Fri 27 Nov" in text
        assert "x drop with a note" in text
        await pilot.press("x", "enter")
        assert app.promise("more").is_open
        await pilot.press(*"no project", "enter")
        assert app.promise("more").standing is Standing.DROPPED
        await pilot.press("k")
        assert app.promise("often").due == date(2026, 11, 27)


async def test_the_export_pre_marks_a_verdict_that_enter_takes() -> None:
    from review.records import Change

    ledger = called(a_ledger(*DEALS), tom_reed=240_000)
    moved = Change(field="stage", frm="Discover", to="Propose", on=MONDAY - timedelta(days=1))
    ledger = replace(ledger, current={**ledger.deals, "d1": replace(ledger.deals["d1"], history=(moved,))})
    app = Room(step(), ledger=ledger)
    async with app.run_test(size=(120, 36)) as pilot:
        assert "stage moved – done?" in await seen(pilot)
        assert legend(app)["Enter"] == "done"
        await pilot.press("enter")
        assert app.promise("s1").standing is Standing.DONE


async def test_another_promise_is_chosen_with_the_arrows_and_judged_again() -> None:
    app = Room(a_promise("a", due=LAST), a_promise("b"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "d")
        assert app.meeting.verdicts == {"b": "done"}
        await pilot.press("down", "n")
        assert app.meeting.verdicts == {"b": "no longer needed"}
        await pilot.press("u", "u")
        assert app.meeting.verdicts == {}


async def test_five_promises_all_stand_on_the_smallest_screen() -> None:
    app = Room(*(a_promise(f"p{number}", text=f"Promise {number} to Dana") for number in range(5)))
    async with app.run_test(size=(80, 24)) as pilot:
        text = await seen(pilot)
        assert "5 promises fell due" in text
        assert all(f"Promise {number} to Dana" in text for number in range(5))
        assert "Commit for Q4" in text


async def test_promises_that_have_no_room_on_the_smallest_screen_are_counted() -> None:
    app = Room(*(a_promise(f"p{number}", text=f"Promise {number} to Dana") for number in range(8)))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "+4 below" in await seen(pilot)
        assert "above" not in shown(app)
        await pilot.press(*["d"] * 8)
        assert "+4 above" in await seen(pilot)
        assert "below" not in shown(app)


async def test_the_managers_own_promises_come_first_and_ask_for_no_number() -> None:
    app = Room(a_promise("own", owner="ada-hall"))
    async with app.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "Ada" in text
        assert "Commit for Q4" not in text
        await pilot.press("d")
        assert app.meeting.turns["forecast"] == "tom-reed"
        assert "Commit for Q4" in await seen(pilot)


async def test_promises_of_who_is_away_wait() -> None:
    app = Room(a_promise(owner="wei-lin"), present=("ada-hall", "tom-reed"))
    async with app.run_test(size=(160, 45)) as pilot:
        text = await seen(pilot)
        assert "Send Dana" not in text
        assert "away, carried" in text


# Numbers


async def test_what_the_export_implies_appears_only_once_the_number_is_in() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        before = await seen(pilot)
        assert "implies" not in before
        assert "200k" not in before
        await pilot.press("2", "6", "0")
        assert "$260,000" in await seen(pilot)
        assert "implies" not in shown(app)
        await pilot.press("enter")
        assert "What changed?" in await seen(pilot)
        assert "implies" not in shown(app)
        await pilot.press(*"Stark is in", "enter")
        text = await seen(pilot)
        assert "implies 200k – you say 60k more" in text
        assert "Stark is in" in text
        assert app.meeting.calls["tom-reed"].reason == "Stark is in"


async def test_a_number_that_is_typed_is_taken_by_a_click_on_the_footer() -> None:
    app = Room(ledger=a_ledger(*DEALS))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("s", *"210")
        await pilot.pause()
        footer = app.screen.query_one(KeyFooter)
        line = footer.render_line(0).text
        assert "Enter take it" in line
        await pilot.click(footer, offset=(line.index("Enter"), 0))
        await pilot.pause()
        assert [call.commit for call in app.meeting.calls.values()] == [Decimal(210_000)]


async def test_enter_keeps_last_weeks_number() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        assert legend(app)["Enter"] == "keep 240k"
        await pilot.press("enter")
        assert app.meeting.calls["tom-reed"].commit == 240_000
        assert "unchanged since Mon 16 Nov" in await seen(pilot)
        assert legend(app)["Enter"] == "next: Wei"


async def test_somebody_without_a_number_is_asked_for_one() -> None:
    app = Room(ledger=a_ledger(*DEALS))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "no number yet" in await seen(pilot)
        assert "Enter" not in legend(app) or legend(app)["Enter"] == "type"
        await pilot.press("s", *"210", "enter")
        assert app.meeting.calls["tom-reed"].commit == 210_000


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_words_that_there_is_no_number_stand_beside_its_name(size) -> None:
    app = Room(ledger=a_ledger(*DEALS))
    async with app.run_test(size=size) as pilot:
        named = next(line for line in (await seen(pilot)).splitlines() if "Commit for Q4" in line)
        assert "no number yet" in named


async def test_an_odd_number_is_echoed_in_full_and_taken_by_a_second_enter() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"3m", "enter")
        said = await seen(pilot)
        assert "$3,000,000 – is that right? Enter again takes it: the" in said
        assert "last call was 240k." in said
        assert app.meeting.calls == {}
        await pilot.press("enter", *"moved unit", "enter")
        assert app.meeting.calls["tom-reed"].commit == 3_000_000


async def test_what_is_no_number_is_refused_where_it_was_typed() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", *"lots", "enter")
        assert "■ number" in await seen(pilot)
        assert app.forecast.mode is Mode.TYPE
        assert app.meeting.calls == {}


async def test_plus_is_on_top_of_what_is_won() -> None:
    won = a_deal("w", name="Won", status="won", amount=50_000, close=date(2026, 11, 2))
    app = Room(ledger=a_ledger(*DEALS, won))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"+80", "enter")
        assert app.meeting.calls["tom-reed"].commit == 130_000


async def test_the_best_case_is_corrected_with_one_key() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter")
        assert "b says it" in await seen(pilot)
        await pilot.press("b", *"300", "enter")
        call = app.meeting.calls["tom-reed"]
        assert (call.commit, call.best_case) == (240_000, 300_000)
        assert "300k" in await seen(pilot)


async def test_a_number_is_said_anew_with_s() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter", "s", *"250", "enter", *"one more", "enter")
        assert app.meeting.calls["tom-reed"].commit == 250_000


async def test_tab_goes_from_rep_to_rep_and_back() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab")
        assert app.meeting.turns["forecast"] == "wei-lin"
        assert rail(app).groups[0].title == "rep 2 of 2"
        await pilot.press("shift+tab")
        assert app.meeting.turns["forecast"] == "tom-reed"


# The team


async def test_the_team_closes_when_the_last_number_is_in() -> None:
    app = Room(settings=some_settings())
    async with app.run_test(size=(120, 36)) as pilot:
        assert "comes when the last number is in" in rail(app).groups[-1].words
        await pilot.press("enter", "enter", "enter", "enter")
        text = await seen(pilot)
        assert "commit for Q4" in text
        assert "360k" in rail(app).groups[-1].words
        assert "> on to Inspection" in text
        assert legend(app)[">"] == "on to Inspection"
        assert "540k" in text
        await pilot.press(">")
        assert app.meeting.section == "inspection"


async def test_a_number_half_typed_stays_with_whom_it_was_typed_for_when_that_rep_leaves() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        first = app.forecast.person
        await pilot.press(*"300k", "escape")
        app.session.must(SetPresence(person=first.id, present=False))
        app.forecast.refresh_state()
        text = await seen(pilot)
        assert app.forecast.person != first
        assert "300k" not in text
        assert "$300,000" not in text
        app.session.must(SetPresence(person=first.id, present=True))
        app.forecast.take_turn(first)
        assert "$300,000" in await seen(pilot)


async def test_the_target_stays_off_a_screen_that_does_not_show_it() -> None:
    app = Room(settings=some_settings(quota_on_screen="none"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter", "enter", "enter", "enter")
        text = await seen(pilot)
        assert "Target" not in text
        assert "540k" not in text


async def test_each_reps_gap_is_shown_only_where_the_settings_say_each() -> None:
    deals = [a_deal(f"t{n}", name=f"T{n}") for n in range(3)]
    ledger = called(a_ledger(*DEALS, *deals), tom_reed=240_000)
    app = Room(ledger=ledger, settings=some_settings(quota_on_screen="each"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter")
        assert "gap 260k" in await seen(pilot)
    app = Room(ledger=ledger)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("enter")
        assert "gap 260k" not in await seen(pilot)


async def test_promises_without_a_verdict_are_named_on_the_teams_page() -> None:
    session = a_session(with_promises(called(a_ledger(*DEALS), tom_reed=240_000, wei_lin=120_000), a_promise()))
    session.must(*(StateCall(person=person, commit="") for person in ("tom-reed", "wei-lin")))
    drafts = Drafts()
    drafts.draft = replace(drafts.draft, place={"forecast": "team"})
    app = Room(session=session, drafts=drafts)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "shift+tab")
        assert "promises without a verdict: Tom" in await seen(pilot)


# Nothing is lost


async def test_what_is_being_typed_and_whose_turn_it_is_are_there_after_a_kill() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "1", "3")
        app.drafting.flush()
        drafts = app.drafting._drafts
    back = Room(session=app.session, drafts=drafts)
    async with back.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "$13,000" in text
        assert rail(back).groups[0].title == "rep 2 of 2"


async def test_a_rep_past_the_share_sees_the_seconds_and_before_that_nothing() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        app.session.clock.on(200)
        app.forecast.tick()
        assert "with Tom" not in await seen(pilot)
        app.session.clock.on(150)
        app.forecast.tick()
        assert "5:50 with Tom, 5:00 for each" in await seen(pilot)


async def test_names_and_promises_from_outside_are_shown_and_never_read_as_markup() -> None:
    app = Room(a_promise(text="Send [/x] the [red]draft"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Send [/x] the [red]draft" in await seen(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (200, 60)])
async def test_promise_and_number_are_in_sight_at_every_size(size: tuple[int, int]) -> None:
    app = Room(a_promise("a", due=LAST), a_promise("b"), step())
    async with app.run_test(size=size) as pilot:
        text = await seen(pilot)
        for said in (
            "3 promises fell due",
            "? your verdict",
            "no longer needed",
            "Commit for Q4",
            "last week’s number",
        ):
            assert said in text, said
        assert not app.screen.query_one("#plane").show_vertical_scrollbar
        await pilot.press("n", "n", "n")
        assert "Enter keeps 240k" in await seen(pilot)
        await pilot.press("enter")
        assert "next: Wei" in await seen(pilot)
        assert not app.screen.query_one("#plane").show_vertical_scrollbar


# In writing


def written(**more):
    """Tom's call came on his sheet on Friday, and one promise of his was answered there."""
    promise = a_promise("p9", standing=Standing.DONE, closed_on=FRIDAY)
    ledger = with_promises(called(a_ledger(*DEALS), tom_reed=240_000, wei_lin=120_000), promise)
    call = Call(person="tom-reed", period=Q4, commit=Decimal(300_000), day=FRIDAY, reason="Umbrella", in_writing=True)
    lines = {line_key(Kind.PROMISE, "p9"): "done", line_key(Kind.COMMIT, "tom-reed"): "300k"}
    return replace(ledger, written={"tom-reed": Written(on=FRIDAY, lines=lines, call=call)}, **more)


async def test_a_call_in_writing_is_confirmed_with_enter() -> None:
    app = Room(ledger=written())
    async with app.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "1 answered in writing" in text
        assert "in writing, Fri 20 Nov" in text
        assert "was 240k" in text
        assert "Umbrella" in text
        assert "Enter take 300k as written" in text
        await pilot.press("enter")
        call = app.meeting.calls["tom-reed"]
        assert (call.commit, call.reason, call.in_writing) == (300_000, "Umbrella", False)
        assert "Enter next: Wei" in await seen(pilot)
        app.session.do(Undo())
        assert app.meeting.calls["tom-reed"].in_writing


async def test_a_call_in_writing_is_asked_in_its_turn_and_another_number_takes_its_place() -> None:
    app = Room(ledger=written(), present=("wei-lin", "tom-reed"))
    async with app.run_test(size=(120, 36)) as pilot:
        await seen(pilot)
        person = app.forecast.person.id
        if person == "wei-lin":
            await pilot.press("enter")
            await pilot.press("enter")
            await seen(pilot)
        assert app.forecast.person.id == "tom-reed"
        await pilot.press("s", *"280k", "enter")
        await seen(pilot)
        call = app.meeting.calls["tom-reed"]
        assert (call.commit, call.in_writing) == (280_000, False)


async def test_a_call_in_writing_stands_for_whoever_is_away() -> None:
    app = Room(ledger=written(), present=("wei-lin",))
    async with app.run_test(size=(120, 36)) as pilot:
        await seen(pilot)
        assert app.forecast.person.id == "wei-lin"
        await pilot.press("enter", "enter")
        text = await seen(pilot)
        assert "Umbrella" in text
        assert "away, carried" not in text
        assert app.meeting.calls["tom-reed"].in_writing


async def test_the_next_periods_call_in_writing_is_confirmed_after_this_ones() -> None:
    december = date(2026, 12, 21)
    ledger = written()
    stated = ledger.written["tom-reed"]
    following = replace(stated.call, period=date(2027, 1, 1), commit=Decimal(90_000), reason="")
    ledger = replace(ledger, written={"tom-reed": replace(stated, next_call=following)})
    app = Room(ledger=ledger, day=december)
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Enter take 300k as written" in await seen(pilot)
        await pilot.press("enter")
        assert "Enter take 90k for Q1 as written" in await seen(pilot)
        await pilot.press("enter")
        assert "Enter next: Wei" in await seen(pilot)
        assert not app.meeting.next_calls["tom-reed"].in_writing
        assert app.meeting.next_calls["tom-reed"].commit == 90_000
