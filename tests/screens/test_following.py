import pytest
from msgspec.structs import replace

from review.calls import open_calls
from review.contact import Contact
from review.intents import CloseOut, EnterSection, Lock, OpenDeal, StateCall, TakeCall, TakeTurn
from review.ports import Draft, Watched
from screens.following import Following
from tests.screens.office import a_session, go_through, second_week
from tui.registry import STANDARD
from tui.second import Follow
from tui.widgets.data import Mode

SIZES = [(40, 12), (80, 24), (120, 36), (200, 60)]


class Watch:
    """Sees the minutes of a session in memory."""

    def __init__(self, office, session=None):
        self.clock = office.clock
        self.session = session
        self.draft = Draft()
        self.heard = None
        self.gone = False
        self.trouble = ""
        self._seen = Watched()

    def look(self):
        if self.session is None:
            return self._seen
        minutes = self.session.minutes
        contact = Contact(self.heard or self.clock.now(), gone=self.gone)
        fresh = Watched(minutes=minutes, draft=self.draft, contact=contact, trouble=self.trouble)
        known = self._seen
        same = (known.minutes, known.draft, known.contact, known.trouble)
        if not all(a is b or a == b for a, b in zip(same, (minutes, self.draft, contact, self.trouble), strict=True)):
            self._seen = fresh
        return self._seen


@pytest.fixture
def office():
    return second_week()


@pytest.fixture
def watch(office):
    return Watch(office, a_session(office))


def text_of(pilot):
    screen = pilot.app.screen
    return "\n".join("".join(segment.text for segment in strip) for strip in screen._compositor.render_strips())


async def seen(pilot):
    pilot.app.screen.tick()
    await pilot.pause()
    return text_of(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_shows_section_clock_subject_queue_gate_and_last_decision_at_any_size(office, watch, size):
    session = watch.session
    session.do(EnterSection(section="inspection"))
    first, second = (slot.deal for slot in session.meeting.queue[:2])
    session.do(OpenDeal(deal=first))
    session.do(CloseOut(deal=first, line="Call @Dana on the two open clauses thu"))
    session.do(OpenDeal(deal=second))
    watch.draft = Draft(texts={f"{second}:step": "Price list to @Ann thu"})
    office.clock.run(seconds=73)
    async with Follow(watch).run_test(size=size) as pilot:
        text = await seen(pilot)
        title, before = (session.meeting.record(deal).crm.title for deal in (second, first))
        assert "INSPECTION" in text
        assert title.upper() in text or title in text
        assert f"closed out {before}" in text
        assert f"2 of {len(session.meeting.queue)}" in text
        assert "✓ step" in text
        assert "✓ Thu 26 Nov" in text
        if size[1] < 36:
            assert "28:47" in text


async def test_what_is_typed_in_the_room_shows_while_it_is_typed(watch):
    session = watch.session
    session.do(EnterSection(section="inspection"))
    deal = session.meeting.queue[0].deal
    session.do(OpenDeal(deal=deal))
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        watch.draft = Draft(texts={f"{deal}:step": "follow up thu"})
        text = await seen(pilot)
        assert "follow up thu" in text
        assert "■ step" in text


async def test_it_goes_with_the_room_from_section_to_section_to_the_end(office, watch):
    session = watch.session
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        turn = session.meeting.turn_order[2]
        session.do(StateCall(person=session.meeting.turn_order[1].id, commit="190", reason="more", confirmed=True))
        session.do(TakeTurn(section="forecast", person=turn.id))
        text = await seen(pilot)
        assert f"▸ {turn.first_name}" in text
        assert "190k" in text
        go_through(session, office.clock)
        assert "▸ ACTIONS" in await seen(pilot)
        watch.draft = Draft(place={"screen": "lock"})
        assert "with a step, a date and an owner" in await seen(pilot)
        for entry in open_calls(session.meeting):
            session.do(TakeCall(person=entry.person))
        assert session.do(Lock()) is None
        text = await seen(pilot)
        assert "the review has ended" in text
        assert "still without" in text
        assert "8 deals, 8 with a step" in text
        watch.session = a_session(second_week())
        assert "▸ FORECAST" in await seen(pilot)


async def test_a_program_that_was_killed_is_said_with_the_second_it_was_last_heard(office, watch):
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        office.clock.run(seconds=9)
        assert "last heard" not in await seen(pilot)
        watch.heard, watch.gone = office.clock.now(), True
        office.clock.run(seconds=61)
        assert "last heard from 09:52:09   1:01 ago" in await seen(pilot)
        watch.heard, watch.gone = None, False
        assert "last heard" not in await seen(pilot)


async def test_before_the_first_review_it_says_what_to_do(office):
    watch = Watch(office)
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        assert "Start it with closeout in another terminal" in await seen(pilot)
        watch.session = a_session(office)
        assert "▸ FORECAST" in await seen(pilot)


LATER = (
    "desk.json: This file was written by a later Closeout. It was left untouched; install the later Closeout to go on."
)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_cannot_be_read_before_a_review_is_said_to_the_end_at_any_size(office, size):
    watch = Watch(office)
    watch._seen = Watched(trouble=LATER)
    async with Follow(watch).run_test(size=size) as pilot:
        await pilot.pause()
        said = " ".join((await seen(pilot)).split())
        assert "install the later Closeout to go on." in said


async def test_trouble_with_a_file_stands_at_the_foot_and_what_was_read_stays(watch):
    watch.trouble = "The file 2026-11-23.json is damaged."
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "■ cannot be read   The file 2026-11-23.json is damaged." in text
        assert "▸ FORECAST" in text


async def test_no_key_changes_anything_and_the_keys_shown_are_alive(watch):
    before = watch.session.minutes
    async with Follow(watch).run_test(size=(80, 24)) as pilot:
        for key in ("enter", "s", "d", "u", "p", "t", ">", "+", "x", "4"):
            await pilot.press(key)
        assert watch.session.minutes is before
        screen = pilot.app.screen
        assert isinstance(screen, Following)
        shown = STANDARD.footer("follow", Mode.KEYS, lambda command: screen.live(command, Mode.KEYS))
        assert {entry.title for entry in shown} == {"leave", "back row", "help"}
        await pilot.press("f9")
        await pilot.pause()
        assert screen.back_row
        assert screen.query_one("BackRow BigTime").region.height > 1
        await pilot.press("q")
    assert pilot.app.return_code == 0


async def test_markup_and_controls_in_names_are_shown_as_text(office, watch):
    session = watch.session
    session.do(EnterSection(section="inspection"))
    deal = session.meeting.queue[0].deal
    session.do(OpenDeal(deal=deal))
    record = session.meeting.record(deal)
    odd = replace(record, crm=replace(record.crm, account="[/x] [ACME]\x1b[2J", name="[b]"))
    meeting = session.meeting
    ledger = replace(meeting.ledger, current={**meeting.ledger.deals, deal: odd})
    session.minutes = replace(session.minutes, meeting=replace(meeting, ledger=ledger))
    for size in ((40, 12), (120, 36)):
        async with Follow(watch).run_test(size=size) as pilot:
            assert "[/X] [ACME]" in await seen(pilot)


async def test_a_number_and_evidence_show_while_they_are_typed(watch):
    session = watch.session
    person = session.meeting.turn_order[1]
    session.do(TakeTurn(section="forecast", person=person.id))
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        watch.draft = Draft(
            texts={f"forecast:{person.id}:number": "412k", f"forecast:{person.id}:reason": "Stark came"}
        )
        text = await seen(pilot)
        assert "412k" in text
        assert "✓ $412,000" in text
        assert "Stark came" in text
        session.do(EnterSection(section="inspection"))
        commit = next(s.deal for s in session.meeting.queue if session.meeting.record(s.deal).crm.category == "commit")
        session.do(OpenDeal(deal=commit))
        watch.draft = Draft(texts={f"{commit}:evidence": "Dana confirmed 18 dec on fri"})
        text = await seen(pilot)
        assert "Dana confirmed 18 dec on fri" in text
        assert "Dana, Fri 20 Nov" in text


async def test_the_promise_that_is_asked_is_marked_and_its_answer_has_its_name(watch):
    session = watch.session
    person = next(one for one in session.meeting.turn_order if session.meeting.due_of(one.id))
    session.do(TakeTurn(section="forecast", person=person.id))
    asked = session.meeting.due_of(person.id)[-1]
    asks = f"moved:{asked.id}"
    watch.draft = Draft(place={"promise": asked.id, "asks": asks}, texts={f"forecast:{asks}": "fri"})
    async with Follow(watch).run_test(size=(120, 36)) as pilot:
        await seen(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        listed = next(strip for strip in strips if asked.text[:20] in strip.text)
        assert any(segment.style and segment.style.bold for segment in listed if asked.text[:8] in segment.text)
        assert any(strip.text.split()[:3] == ["New", "date", "fri"] for strip in strips)
