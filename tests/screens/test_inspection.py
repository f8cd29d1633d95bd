from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace
from textual.events import Key, Paste

from review.commitments import Origin, Verdict
from review.deals import Category, Cause, Ending, EndReason, Mark
from review.intents import CloseOut, EnterSection, OpenDeal, Park
from review.records import Exit, Slip, Stay
from review.why import reasons_of
from screens.drafting import Drafting
from screens.inspection import Inspection
from screens.inspection_rail import following
from tests.screens.office import Drafts, Office, a_session, second_week
from tui.look import Look
from tui.widgets.data import Mode
from tui.widgets.field import FieldRow
from tui.widgets.figures import figure
from tui.widgets.footer import KeyFooter

LINE = "Call @Dana on the two open clauses ! tue"
WIDE = (160, 45)


@cache
def ledger():
    return second_week().stands.ledger


class Room(Look[None]):
    """An app that shows Inspection alone."""

    def __init__(self, *, first="", change=None, settings=None):
        super().__init__()
        stands = ledger()
        if change is not None:
            stands = replace(stands, current={k: change(r) if k == first else r for k, r in stands.deals.items()})
        self.office = Office(stands, **({"settings": settings} if settings else {}))
        self.session = a_session(self.office)
        self.office.clock.run(minutes=18)
        self.session.do(EnterSection(section="inspection"))
        if first:
            self.session.do(OpenDeal(deal=first))
        self.kept = Drafts()

    def get_default_screen(self):
        return Inspection(self.session, Drafting(self.kept))

    @property
    def room(self):
        return next(screen for screen in self.screen_stack if isinstance(screen, Inspection))

    @property
    def meeting(self):
        return self.session.meeting

    @property
    def text(self):
        return "\n".join(line.text.rstrip() for line in self.screen._compositor.render_strips())

    @property
    def keys(self):
        return [entry.title for entry in self.room.query_one(KeyFooter).entries]

    def field(self, name):
        return self.room.query_one(f"#{name}", FieldRow)


async def write(pilot, text):
    """Put a text where the cursor is, as a paste does: the keys that count are those around it."""
    pilot.app.screen.focused.post_message(Paste(text))
    await pilot.pause()


async def press(pilot, *keys):
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


# The course of a deal


async def test_the_first_deal_to_go_opens_with_letters_as_commands():
    app = Room()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert app.meeting.deal == app.meeting.queue[0].deal
        assert app.room.mode is Mode.KEYS
        assert "Larkfield platform" in app.text
        assert "deal 1 of 18" in app.text
        assert "COMMIT" in app.text
        assert "close date 7 Dec → 21 Dec" in app.text


async def test_on_a_wall_name_and_time_are_twice_as_large_and_every_deal_to_come_is_named():
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        for size, rows, named in (((120, 36), 4, 2), ((200, 60), 7, None), ((120, 36), 4, 2)):
            await pilot.resize_terminal(*size)
            # One round for the size, one for what the rail says in it, one for the rows that takes.
            for _ in range(3):
                await pilot.pause()
            drawn = [figure(one.text, None, rows) for one in app.room.query("Rail > Figure, Subject > Figure")]
            assert all(row.rstrip() in app.text for large in drawn for row in large)
            listed = app.room.rail_groups()[-1].lines
            to_come = [line.text for line in listed if line.to and line.to != app.meeting.deal]
            assert to_come == [app.meeting.record(one.deal).crm.title for one in following(app.meeting)][:named]
            assert all(title in app.text for title in to_come)


async def test_an_ordinary_deal_costs_two_keys_beyond_its_line():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, LINE)
        assert "agreed with Dana" in app.text
        assert "Tue 24 Nov, tomorrow" in app.text
        assert "Enter closes Kingsway out" in app.text
        await press(pilot, "enter")
        assert app.meeting.left["d22"].exit is Exit.CLOSED_OUT
        assert app.meeting.deal != "d22"
        assert app.room.mode is Mode.KEYS
        assert "✓ closed out" in app.text


async def test_with_last_weeks_verdict_it_costs_three():
    app = Room()
    first = app.meeting.queue[0].deal
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "b the buyer did it" in app.text
        await press(pilot, "b", "s")
        await write(pilot, LINE)
        await press(pilot, "enter")
        assert app.meeting.left[first].exit is Exit.CLOSED_OUT
        assert Verdict.BUYER.value in app.meeting.verdicts.values()


async def test_a_step_that_says_nothing_is_refused_next_to_its_line():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Follow up fri")
        assert "■ step   ✓ Fri 27 Nov, in 4 days   ✓ Nina Roth" in app.text
        assert "cannot close out: that names nothing: with whom, about what?" in app.text
        assert "close out" not in app.keys
        await press(pilot, "enter")
        assert app.meeting.left == {}
        assert app.field("step").text == "Follow up fri"


async def test_enter_keeps_the_step_that_stands_where_it_is_valid():
    app = Room(first="d3")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Send the draft contract to Dana – Thu 26 Nov" in app.text
        assert "from the CRM" in app.text
        await press(pilot, "s")
        assert "Enter keeps it and closes" in app.text
        await press(pilot, "enter")
        assert app.meeting.step("d3").text == "Send the draft contract to Dana"
        assert app.meeting.step("d3").due == date(2026, 11, 26)


async def test_a_step_whose_day_has_passed_says_what_is_missing():
    app = Room()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "x", "s")
        await press(pilot, "enter")
        assert app.meeting.left == {}


async def test_enter_means_the_line_as_it_stood_at_the_key():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        row = app.field("step")
        await write(pilot, LINE)
        row.post_message(FieldRow.Entered(row, "Call"))
        await pilot.pause()
        assert app.meeting.left == {}
        assert row.text == LINE
        row.post_message(FieldRow.Entered(row, "Send @Dana the contract wed"))
        await pilot.pause()
        assert app.meeting.step("d22").text == "Send @Dana the contract"


async def test_every_line_but_the_last_is_passed_with_enter_and_its_text_kept():
    app = Room()
    deal = app.meeting.queue[0].deal
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter")
        assert app.room.typing_in == "q-risk"
        assert "Enter goes on to" in app.text
        await write(pilot, "Legal is on leave")
        await press(pilot, "enter")
        assert [(n.question, n.text) for n in app.meeting.record(deal).notes] == [("risk", "Legal is on leave")]
        await press(pilot, "enter", "enter")
        assert app.room.typing_in == "step"


async def test_what_the_rep_needs_becomes_the_managers_commitment():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "q", "6")
        await write(pilot, "Call their CFO about the budget")
        await press(pilot, "enter")
        made = [c for c in app.meeting.ledger.commitments.values() if c.origin is Origin.HELP]
        assert [(c.owner, c.text) for c in made] == [("ruth", "Call their CFO about the budget")]


async def test_one_key_asks_one_more_question():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "What one thing could stop this closing" not in app.text
        await press(pilot, "+", "escape", "+")
        assert "What one thing could stop this closing" in app.text


# The five exits


async def test_a_parked_deal_leaves_and_a_second_park_is_refused_with_the_sentence():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Call")
        await press(pilot, "f4")
        assert app.meeting.left["d22"].exit is Exit.PARKED
        assert "▲ parked   Complete the next step for Kingsway" in app.text
        assert "▲ 1 parked" in app.text
    again = Room(first="d22", change=lambda record: replace(record, parks=1))
    async with again.run_test(size=WIDE) as pilot:
        await press(pilot, "f4")
        assert again.meeting.left == {}
        assert "Parked last time already: give it a step, end it, or take it offline." in again.text


async def test_a_lost_deal_asks_how_why_and_what_is_learned():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f3", "l", "2")
        await write(pilot, "Meet the board earlier")
        await press(pilot, "enter")
        ended = app.meeting.record("d22").ended
        assert ended is not None
        assert (ended.kind, ended.reason, ended.lesson) == (
            Ending.LOST,
            EndReason.COMPETITOR,
            "Meet the board earlier",
        )
        assert app.meeting.deal != "d22"
        assert "ended: lost" in app.text


async def test_a_duplicate_asks_no_reason_and_escape_changes_nothing():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f3", "escape")
        assert app.meeting.left == {}
        await press(pilot, "f3", "d")
        assert app.meeting.record("d22").ended.kind is Ending.DUPLICATE


async def test_taking_offline_asks_who_and_when_within_the_week():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "o", "enter")
        await write(pilot, "+9d")
        assert "more than 7 days ahead" in app.text
        await press(pilot, *["backspace"] * 3)
        await write(pilot, "thu")
        await press(pilot, "enter")
        assert app.meeting.left["d22"].exit is Exit.OFFLINE
        made = [c for c in app.meeting.ledger.commitments.values() if c.origin is Origin.OFFLINE]
        assert [(c.text, c.due) for c in made] == [("Session on Kingsway with Ruth Adler", date(2026, 11, 26))]


async def test_the_step_that_stands_is_one_key_away_to_edit():
    app = Room(first="d3")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        assert "Tab edits it" in app.text
        await press(pilot, "tab")
        assert app.field("step").text == "Send the draft contract to Dana 26 nov 2026"
        await press(pilot, "enter")
        assert app.meeting.step("d3").due == date(2026, 11, 26)


async def test_a_name_behind_the_date_is_completed_to_its_owner():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Call @Dana on the two open clauses thu marcus")
        assert "Tab means Marcus Bell" in app.text
        await press(pilot, "tab")
        assert app.field("step").text == "Call @Dana on the two open clauses thu mb"
        assert "✓ Marcus Bell" in app.text


async def test_a_key_typed_twice_opens_one_dialog():
    app = Room()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for _ in range(3):
            app.post_message(Key("o", "o"))
        await pilot.pause()
        await pilot.pause()
        assert len(app.screen_stack) == 2
        assert not app.room.check_action("command", ("park",)), "a key that comes late is not the deal’s any more"


async def test_undo_brings_the_deal_back_with_what_was_typed():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, LINE)
        await press(pilot, "enter", "u")
        assert app.field("step").text == LINE
        assert app.meeting.deal == "d22"
        assert app.meeting.left == {}
        assert "undone" in app.text
        assert "Kingsway platform" in app.text


async def test_two_minutes_on_a_deal_offer_to_take_it_offline():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        app.office.clock.run(seconds=119)
        app.room.tick()
        app.office.clock.at = app.office.clock.at.replace(microsecond=0)
        offer = app.room.own_notice(app.room.reading())
        assert offer is None
        app.office.clock.run(seconds=2)
        offer = app.room.own_notice(app.room.reading())
        assert (offer.text, offer.key) == ("2:01 on Kingsway.", "o")
        await press(pilot, "s")
        assert app.room.own_notice(app.room.reading()).key == "F8"


# What can be changed before an exit


async def test_commit_without_evidence_is_offered_best_case_first_and_one_types_on():
    app = Room()
    deal = app.meeting.queue[0].deal
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Call")
        await press(pilot, "f6", "enter")
        assert app.meeting.effective(deal).category is Category.BEST_CASE
        assert app.room.mode is Mode.TYPE
        await write(pilot, " Dana")
        assert app.field("step").text == "Call Dana"


async def test_a_later_close_date_asks_the_cause_by_one_key():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f7", "d")
        await write(pilot, "15 jan")
        await press(pilot, "enter")
        assert "Why does it move to Fri 15 Jan?" in app.text
        await press(pilot, "3")
        change = app.meeting.record("d22").history[-1]
        assert (change.field, change.cause) == ("close_date", Cause.PROCUREMENT)
        assert app.meeting.effective("d22").close_date == date(2027, 1, 15)


async def test_an_earlier_close_date_asks_nothing_more():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f7", "d")
        await write(pilot, "1 dec")
        await press(pilot, "enter")
        assert app.meeting.effective("d22").close_date == date(2026, 12, 1)


async def test_amount_and_stage_are_changed():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f7", "a")
        await write(pilot, "210k")
        assert "$210,000" in app.text
        await press(pilot, "enter", "f7", "s", "4")
        deal = app.meeting.effective("d22")
        assert (deal.amount, deal.stage) == (210_000, "Negotiate")
        assert "stage changed" in app.text
        await press(pilot, "f7", "s", "4")
        assert "stage stands as it was" in app.text


async def test_evidence_is_understood_while_it_is_typed():
    app = Room()
    deal = app.meeting.queue[0].deal
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "■ date    who confirmed the 21 Dec, and when?" in app.text
        await press(pilot, "s")
        await write(pilot, "Call ")
        await press(pilot, "f2")
        await write(pilot, "Dana confirmed on fri")
        assert "✓ date Dana, Fri 20 Nov   ■ paper which stage, last moved when?" in app.text
        await write(pilot, ", legal tue")
        assert "✓ paper legal, moved Tue 17 Nov, 6 days ago" in app.text
        await press(pilot, "enter")
        record = app.meeting.record(deal)
        assert record.confirmation.who == "Dana"
        assert record.paper.stage == "legal"
        assert app.room.typing_in == "step"
        assert "✓ date    Dana, Fri 20 Nov" in app.text


async def test_a_confirmed_date_that_is_not_the_deals_asks_to_move_it():
    app = Room()
    deal = app.meeting.queue[0].deal
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f2")
        await write(pilot, "Dana confirmed 15 jan")
        assert "close date moves to Fri 15 Jan" in app.text
        await press(pilot, "enter", "escape")
        assert app.meeting.record(deal).confirmation is None
        await press(pilot, "enter", "1")
        assert app.meeting.effective(deal).close_date == date(2027, 1, 15)
        assert app.meeting.record(deal).confirmation.close_date == date(2027, 1, 15)


async def test_a_line_of_evidence_that_says_nothing_is_refused_where_it_stands():
    app = Room()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f2")
        await write(pilot, "soon")
        assert "cannot record it yet" in app.text
        await press(pilot, "enter")
        assert app.room.typing_in == "evidence"


async def test_five_keys_answer_the_five_marks():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "m", "y", "n", "y", "?", "y")
        marks = app.meeting.record("d22").marks
        assert {mark: known.yes for mark, known in marks.items()} == {
            Mark.ECONOMIC_BUYER: True,
            Mark.CHAMPION: False,
            Mark.EVENT: True,
            Mark.PLAN: True,
        }
        assert "champion: no · criteria" in app.text


async def test_two_slips_ask_for_an_exception_with_a_printed_reason():
    def slipped(record):
        before = Slip("r1", date(2026, 11, 16), date(2026, 12, 1), date(2026, 12, 7), date(2026, 12, 1))
        stay = Stay(since=date(2026, 11, 9), anchor=date(2026, 12, 7), last_close=date(2026, 12, 7),
                    slips=(before,), told=date(2026, 11, 16))  # fmt: skip
        return replace(record, stay=stay)

    app = Room(first="d1", change=slipped)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "second slip" in app.text
        assert "g grants an exception" in app.text
        await press(pilot, "g")
        await write(pilot, "signature is with the notary")
        await press(pilot, "enter")
        assert app.meeting.record("d1").exception == "signature is with the notary"
        assert "g grants an exception" not in app.text


# The line itself


async def test_unknown_initials_are_added_on_the_spot():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Send the annex to @Dana fri ps")
        assert "who is “ps”?" in app.text
        await press(pilot, "enter")
        await write(pilot, "Priya Shah")
        await press(pilot, "enter")
        assert "✓ Priya Shah" in app.text
        await press(pilot, "enter")
        assert app.meeting.step("d22").owner == "priya-shah"


async def test_a_day_off_offers_the_next_working_day():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Send the annex to @Dana sat")
        assert "no working day" in app.text
        assert "Tab takes Mon 30 Nov" in app.text
        await press(pilot, "tab")
        assert app.field("step").text == "Send the annex to @Dana 30 nov"
        await press(pilot, "enter")
        assert app.meeting.step("d22").due == date(2026, 11, 30)


async def test_the_draft_comes_back_at_the_same_deal_and_line_with_the_cursor_behind_it():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, "Call @Dana abo")
        app.room.drafting.flush()
        kept = app.kept
    again = Room(first="d22")
    again.session, again.kept = app.session, kept
    async with again.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert again.meeting.deal == "d22"
        assert again.room.mode is Mode.TYPE
        await write(pilot, "ut")
        assert again.field("step").text == "Call @Dana about"


async def test_a_draft_waits_for_its_deal_and_is_forgotten_when_the_deal_left():
    app = Room(first="d22")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, LINE)
        await press(pilot, "escape", "down")
        assert app.field("step").text == ""
        await press(pilot, "up")
        assert app.field("step").text == LINE
        await press(pilot, "s", "enter")
        assert not [key for key in app.room.drafting.draft.texts if key.startswith("d22:")]


# The queue


async def test_any_deal_is_put_into_the_queue_by_a_part_of_its_name():
    app = Room()
    outside = next(i for i in app.meeting.ledger.deals if i not in {s.deal for s in app.meeting.queue}
                   and not app.meeting.is_gone(i))  # fmt: skip
    title = app.meeting.record(outside).crm.title
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a", "+")
        await write(pilot, title.lower())
        await press(pilot, "enter")
        assert app.meeting.queue[-1].deal == outside
        await press(pilot, "enter")
        assert app.meeting.deal == outside


async def test_deals_move_and_leave_the_queue():
    app = Room()
    first, second = (slot.deal for slot in app.meeting.queue[:2])
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a", "J")
        assert [slot.deal for slot in app.meeting.queue[:2]] == [second, first]
        await press(pilot, "up", "x", "escape")
        assert second not in {slot.deal for slot in app.meeting.queue}


async def test_when_every_deal_has_left_the_way_to_creation_is_said():
    app = Room()
    for slot in app.meeting.queue[:-1]:
        app.session.do(Park(deal=slot.deal))
    last = app.meeting.queue[-1].deal
    app.session.do(OpenDeal(deal=last))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await write(pilot, LINE)
        await press(pilot, "enter")
        assert app.meeting.left[last].exit is Exit.CLOSED_OUT
        assert app.room.own_notice(app.room.reading()).text == "Every deal has left. 11 deals still without a step."
        assert "> goes on to Creation" in app.text


async def test_an_empty_queue_says_what_to_do():
    app = Room()
    from review.intents import RemoveFromQueue

    for slot in app.meeting.queue:
        assert app.session.do(RemoveFromQueue(deal=slot.deal)) is None
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "No deal is queued: a puts any deal in, > goes on" in app.text
        assert app.keys[0] != "type the step"


async def test_a_deal_closed_out_elsewhere_says_so_when_one_comes_back_to_it():
    app = Room(first="d22")
    app.session.do(CloseOut(deal="d22", line=LINE))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.room.open_deal("d22")
        await pilot.pause()
        assert "✓ closed out" in app.text


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_next_key_is_in_sight_at_every_size(size):
    app = Room()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "x")
        for deal in (app.meeting.deal, "d22", "d9"):
            app.room.open_deal(deal)
            await press(pilot, "s")
            await write(pilot, LINE)
            assert "Enter closes" in app.text
            assert LINE in app.text
            assert "t catch up" not in app.text


async def test_one_key_traces_every_rule_on_the_deal_to_its_facts() -> None:
    app = Room()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y")
        await pilot.pause()
        found = {reason.name: reason.facts for reason in reasons_of(app.meeting, app.meeting.deal)}
        assert {"in the queue", "momentum", "date", "paper"} <= set(found)
        text = " ".join(app.text.split())
        for name, facts in found.items():
            assert name in text
            assert facts[:12] in text
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Inspection)
