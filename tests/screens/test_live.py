"""What all sections of the running hour share: time, people, phases."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from review.errors import CloseoutError
from review.intents import EnterSection
from screens.drafting import Drafting
from screens.inspection import Inspection
from tests.screens.office import SETTINGS, Drafts, a_session, second_week
from tui.look import Look
from tui.pulse import Pulse
from tui.registry import STANDARD
from tui.ticking import keep_time
from tui.widgets.data import Mode


class Room(Look[None]):
    """Inspection, entered some minutes after the start."""

    def __init__(self, minutes, registry=STANDARD, **settings):
        super().__init__()
        self.registry = registry
        self.office = second_week()
        self.office.put(settings=replace(SETTINGS, **settings))
        self.session = a_session(self.office, away=("tom",))
        self.office.clock.run(minutes=minutes)
        self.session.do(EnterSection(section="inspection"))
        self.rung = 0

    def get_default_screen(self):
        return Inspection(self.session, Drafting(Drafts()), self.registry)

    @property
    def room(self):
        return next(screen for screen in self.screen_stack if isinstance(screen, Inspection))

    def bell(self):
        self.rung += 1

    @property
    def text(self):
        return "\n".join(line.text.rstrip() for line in self.screen._compositor.render_strips())


async def press(pilot, *keys):
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def test_being_behind_is_one_line_and_one_key_and_the_same_key_again_shows_the_other_plans():
    app = Room(14)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "4:00 behind → " in app.text
        await press(pilot, "t")
        assert "first by turn next week" in app.text
        assert "u undo   t other plans" in app.text
        assert all(left.exit == "dropped" for left in app.session.meeting.left.values())
        await press(pilot, "t")
        assert "shrink the rest instead" in app.text
        assert "end later instead" in app.text
        assert "1 minute here" in app.text
        await press(pilot, "2")
        reading = app.room.reading()
        assert [each.adapted for each in reading.sections] == [600, 1800, 600, 600]
        assert reading.behind == 0
        assert app.session.meeting.left == {}
        await press(pilot, "u")
        assert "changed the time: end 4:00 later" in app.text


async def test_what_one_key_took_is_one_key_to_take_back_also_where_no_deal_was_dropped():
    app = Room(11)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "1:00 behind → Inspection 29:15, Creation 9:45   t catch up" in app.text, app.text
        await press(pilot, "t")
        assert "✓ caught up   Inspection 29:15, Creation 9:45   u undo   t other plans" in app.text, app.text
        await press(pilot, "u")
        assert "1:00 behind" in app.text
        app.room._note = type(app.room._note)()
        app.room.tick()
        await press(pilot, "escape", "t", "t", "escape")
        assert [each.adapted for each in app.room.reading().sections] == [600, 1755, 585, 600]


async def test_the_key_offers_plans_and_minutes_where_the_line_that_it_takes_is_not_on_the_screen():
    app = Room(14)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await press(pilot, "f9", "t")
        assert "Where the minutes come from" in app.text
        assert "end later" not in app.text
        await press(pilot, "t")
        assert "end later" in app.text
        await press(pilot, "escape")
        assert app.session.meeting.left == {}


async def test_a_time_away_waits_in_the_quiet_line_while_somebody_types_and_is_one_key_away_then():
    app = Room(10)
    async with app.run_test(size=(120, 36)) as pilot:
        pulse = Pulse(app, app.session, app.room.drafting, app.office.clock, lambda intent: app.room.do(intent))
        pulse.beat()
        await press(pilot, "s", *"Call")
        app.office.clock.run(minutes=41)
        pulse.beat()
        await press(pilot, *"@Dana")
        assert "Call@Dana" in app.text
        assert "▲ away   41 min away – count them?" in app.text
        assert "t answer" not in app.text
        await press(pilot, "escape")
        assert "give the time back" not in app.text
        assert "41 min away – count them?   t answer" in app.text
        await press(pilot, "t")
        assert "give the time back" in app.text
        await press(pilot, "n")
        assert "min away" not in app.text
        assert app.room.reading().elapsed < 60


async def test_the_call_to_actions_is_heard_also_where_the_meeting_is_behind():
    app = Room(14)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.office.clock.run(minutes=39)
        app.room.refresh_state()
        await pilot.pause()
        assert "t catch up" in app.text
        app.office.clock.run(minutes=2)
        app.room.refresh_state()
        await pilot.pause()
        assert "actions now   > go on" in app.text, app.text


async def test_somebody_who_comes_late_gets_their_deals_and_the_share_follows():
    app = Room(10)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert not any(slot.rep == "tom" for slot in app.session.meeting.queue)
        await press(pilot, "h")
        assert "Who is here?" in app.text
        at = [person.id for person in app.session.meeting.settings.people].index("tom")
        await press(pilot, str(at + 1), "enter")
        assert app.session.meeting.is_present("tom")
        assert any(slot.rep == "tom" for slot in app.session.meeting.queue)


async def test_each_phase_rings_and_lights_up_once_where_that_is_asked_for():
    app = Room(10, bell=True, flash=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for minutes, rung in ((20, 0), (5, 1), (3, 2), (1, 2), (2, 3), (9, 3)):
            app.office.clock.run(minutes=minutes)
            app.room.tick()
            assert app.rung == rung, minutes
        assert app.screen.has_class("-flash")


async def test_nothing_rings_or_lights_up_by_itself():
    app = Room(10)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.office.clock.run(minutes=31)
        app.room.tick()
        assert app.rung == 0
        assert not app.screen.has_class("-flash")


async def test_a_deal_of_two_minutes_is_named_for_a_minute_also_where_the_meeting_is_behind():
    app = Room(14)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for seconds, said in ((0, "4:00 behind → "), (121, "take it offline"), (60, "4:00 behind → ")):
            app.office.clock.run(seconds=seconds)
            app.room.tick()
            await pilot.pause()
            assert said in app.text, seconds


async def test_a_late_start_with_the_whole_hour_kept_says_at_once_when_it_ends():
    app = Room(0)
    minutes = app.session.minutes
    clock = minutes.meeting.clock
    late = replace(clock, keeps_end=False, planned_start=clock.started_at - timedelta(minutes=4))
    app.session.minutes = replace(minutes, meeting=replace(minutes.meeting, clock=late))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "▲ started 4:00 late, 60 minutes kept   ends 10:5" in app.text, app.text


async def test_a_key_of_ones_own_stands_wherever_the_key_is_named_and_a_click_there_presses_it():
    registry, clashes = STANDARD.remapped({"verdict_done": "z", "time": "ctrl+t"})
    assert clashes == ()
    app = Room(14, registry)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "z done  b buyer did it" in app.text
        assert "z b m x n verdict" in app.text
        assert "Ctrl+t catch up" in app.text
        lines = app.text.splitlines()
        row = next(at for at, line in enumerate(lines) if "Ctrl+t" in line)
        await pilot.click(offset=(lines[row].index("Ctrl+t"), row))
        await pilot.pause()
        assert "u undo   Ctrl+t other plans" in app.text
        await press(pilot, "ctrl+t")
        assert "end later" in app.text
        await press(pilot, "escape", "f9")
        assert any(line.split() == ["z", "done"] for line in app.text.splitlines())


async def test_what_ticks_begins_with_a_whole_second_so_that_terminals_turn_to_it_together(monkeypatch):
    app = Room(10)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        begun = []
        monkeypatch.setattr(app.room, "set_timer", lambda delay, then: begun.append((delay, then)))
        monkeypatch.setattr(app.room, "set_interval", lambda every, _: begun.append((every, None)))
        ticks = []
        keep_time(app.room, datetime(2026, 11, 23, 9, 0, 0, 400_000, UTC), 0.5, lambda: ticks.append(1))
        (delay, then), *rest = begun
        assert (delay, rest, ticks) == (pytest.approx(0.6), [], [])
        then()
        assert (begun[1], ticks) == ((0.5, None), [1])


async def test_while_one_types_a_refused_write_says_how_to_come_to_its_key_and_a_click_on_it_does_it(monkeypatch):
    app, full = Room(2), [True]
    append = app.session._log.append

    def refuse(batch):
        if full:
            raise CloseoutError("Not saved: the disk is full.")
        append(batch)

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.session, "_log", SimpleNamespace(append=refuse))
        await press(pilot, "s", "f4")
        assert app.room.mode is Mode.TYPE
        assert "■ not saved   Not saved: the disk is full.   Esc then   r try again" in app.text
        await press(pilot, "escape")
        assert "r try again" in app.text
        assert "Esc then" not in app.text
        await press(pilot, "i")
        full.clear()
        row = next(at for at, line in enumerate(app.text.splitlines()) if "r try again" in line)
        await pilot.click(offset=(app.text.splitlines()[row].index("r try again"), row))
        await pilot.pause()
        assert app.session.unsaved is None
        assert "▲ parked" in app.text, "it goes on as if it had been saved at once"
