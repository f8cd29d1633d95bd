import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from msgspec.structs import replace

from review.creation_items import items_of, marks_of
from review.deals import Category, Deal, EndReason, Mark, Status
from review.events import Batch
from review.fold import fold
from review.intents import EnterSection
from review.people import Person
from review.ports import Draft
from review.records import AtLock, DealRecord, Ledger, LockRow
from review.session import Session
from review.settings import Settings
from review.start import plan, start
from screens.creation import Creation
from screens.drafting import Drafting
from tests.review.pieces import MONDAY
from tui.look import Look
from tui.widgets.data import Mode
from tui.widgets.footer import KeyFooter

LAST = MONDAY - timedelta(weeks=1)
TEAM = (
    Person(id="ruth", name="Ruth Adler", initials="ra", manager=True, carries=False),
    Person(id="tom", name="Tom Reed", initials="tr"),
    Person(id="wei", name="Wei Lin", initials="wl"),
)
ASK_NUMBER = "Like “110k”, or “2 meetings, 110k”."


class Kept:
    """Drafts and a minutes' log in memory, under a clock that stands still."""

    def __init__(self):
        self.draft = Draft()
        self.batches = []

    def now(self):
        return datetime(2026, 11, 23, 10, 5, tzinfo=UTC)

    def steady(self):
        return 0.0

    def append(self, batch):
        self.batches.append(batch)

    def freeze(self, _review, _ledger):
        raise AssertionError("nothing is locked here")

    def keep(self, draft):
        self.draft = draft

    def read(self):
        return self.draft


def a_deal(name, *, rep="tom", amount=100_000, known=True, status=Status.OPEN, missing=False, created=LAST):
    crm = Deal(
        id=name.lower(),
        name=f"{name} licences",
        account=name,
        owner=rep,
        amount=Decimal(amount),
        close_date=MONDAY + timedelta(weeks=3),
        created=created + timedelta(days=2),
        status=status,
    )
    lock = AtLock(
        day=LAST,
        open=True,
        category=Category.PIPELINE,
        amount=crm.amount,
        close_date=crm.close_date,
        stage="",
        owner=rep,
    )
    return DealRecord(
        crm=crm,
        rep=rep,
        first_seen=LAST if known else MONDAY,
        stage_since=LAST,
        lock=lock if known else None,
        missing_since=MONDAY if missing else None,
        first_lost=MONDAY if status is Status.LOST else None,
    )


def gone(name, **more):
    return a_deal(name, missing=True, **more)


def fresh(name, **more):
    return a_deal(name, known=False, **more)


def lost(name, **more):
    return a_deal(name, status=Status.LOST, **more)


def a_session(kept, *deals, first=False):
    """A review that stands in Creation; `first` has no lock before it."""
    lock = LockRow(review="r1", day=LAST, held=1, present=("tom", "wei"), planned={}, actual={}, seconds=3600)
    ledger = Ledger(
        current={deal.crm.id: replace(deal, lock=None) if first else deal for deal in deals},
        locks=() if first else (lock,),
        lock_export_day=None if first else LAST,
        export="e2",
        export_day=MONDAY,
        columns=("created",),
    )
    settings = Settings(people=TEAM)
    present = ("ruth", "tom", "wei")
    planned = plan(ledger, settings, MONDAY, present)
    begun = start(ledger, settings, review="r2", today=MONDAY, present=present, planned=planned, desk=0)
    opening = Batch(id="b0", at=kept.now(), events=(begun,))
    numbers = count(1)
    session = Session(fold(ledger, [opening]), kept, kept, kept, lambda: f"batch{next(numbers):04}")
    assert session.do(EnterSection(section="creation")) is None
    return session


class Room(Look[None]):
    """An app that shows Creation alone."""

    def __init__(self, *deals, kept=None, first=False):
        super().__init__()
        self.kept = kept or Kept()
        self.session = a_session(self.kept, *deals, first=first)
        self.drafting = Drafting(self.kept)

    def on_mount(self):
        self.push_screen(Creation(self.session, self.drafting))

    @property
    def creation(self):
        return next(screen for screen in self.screen_stack if isinstance(screen, Creation))

    def record(self, name):
        return self.session.meeting.record(name.lower())


async def seen(pilot):
    await pilot.pause()
    return shown(pilot.app)


def shown(app):
    return "\n".join(line.text.rstrip() for line in app.screen._compositor.render_strips())


def legend(app):
    footer = app.screen.query_one(KeyFooter)
    return {key: entry.title for entry in footer.entries for key, _ in entry.keys}


async def test_where_a_deal_went_is_answered_by_one_key() -> None:
    app = Room(gone("Globex"), gone("Initech", rep="wei"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Where did Globex go?" in shown(app)
        await pilot.press("l")
        assert app.record("Globex").vanished == "lost"
        assert "Where did Initech go?" in shown(app)
        await pilot.press("d")
        assert app.record("Initech").vanished == "deleted"


@pytest.mark.parametrize(
    ("key", "answer"), [("w", "won"), ("l", "lost"), ("f", "filtered out"), ("d", "deleted"), ("n", "later")]
)
async def test_each_answer_has_its_key_on_the_row_and_in_the_footer(key: str, answer: str) -> None:
    app = Room(gone("Globex"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert f"{key} {answer}" in shown(app) or f"{key} ask {answer}" in shown(app)
        assert key in legend(app)
        await pilot.press(key)
        assert app.record("Globex").vanished == answer
        assert key not in legend(app)


async def test_a_deal_said_to_be_lost_asks_for_its_reason_next() -> None:
    app = Room(gone("Globex"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("l")
        assert "What do we take from it?" in shown(app)
        assert legend(app)["a"] == "reason"


async def test_the_marks_of_a_new_deal_turn_from_not_known_to_yes_to_no_and_are_settled_by_enter() -> None:
    app = Room(fresh("Globex"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "? event   ? economic buyer" in shown(app)
        await pilot.press("v")
        assert "✓ event" in shown(app)
        await pilot.press("b", "b")
        assert "■ no economic buyer" in shown(app)
        marks = marks_of(app.session.meeting, "globex")
        assert (marks.event, marks.economic_buyer, marks.step) == (True, False, False)
        await pilot.press("v", "v")
        assert "? event" in shown(app)
        assert Mark.EVENT not in app.record("Globex").marks
        await pilot.press("enter")
        assert app.record("Globex").born_checked
        assert "Tom: new pipeline?" in shown(app)


async def test_one_new_deal_for_each_rep_is_asked_and_the_rest_waits_for_next_week() -> None:
    app = Room(fresh("Globex", amount=50_000), fresh("Initech", amount=90_000), fresh("Hooli", rep="wei"))
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Initech" in await seen(pilot)
        assert "Globex" not in shown(app)
        assert "1 more new deal stands in next week’s queue" in shown(app)
        await pilot.press("enter", "enter")
        assert {name for name in ("Globex", "Initech", "Hooli") if app.record(name).born_checked} == {
            "Initech",
            "Hooli",
        }


async def test_a_loss_gets_its_reason_by_one_key_and_its_lesson_in_one_line() -> None:
    app = Room(lost("Globex"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a")
        assert "Why was Globex lost?" in shown(app)
        await pilot.press("2")
        assert app.record("Globex").loss_reason is EndReason.COMPETITOR
        assert app.creation.mode is Mode.TYPE
        await pilot.press(*"Ask who", "enter")
        record = app.record("Globex")
        assert (record.loss_reason, record.loss_lesson) == (EndReason.COMPETITOR, "Ask who")
        assert "✓ loss" in shown(app)
        assert "competitor · Ask who" in await seen(pilot)


async def test_a_lesson_asks_for_its_reason_and_a_loss_without_one_stays_open() -> None:
    app = Room(lost("Globex"), lost("Initech", rep="wei"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("i", *"Too late", "enter")
        assert app.record("Globex").loss_lesson == "Too late"
        assert "Why was Globex lost?" in await seen(pilot)
        await pilot.press("escape")
        assert "▸ loss" in await seen(pilot)
        assert not items_of(app.session.meeting)[0].done
        await pilot.press("escape", "a", "1")
        assert items_of(app.session.meeting)[0].done
        assert app.record("Globex").loss_lesson == "Too late"
        await pilot.press("escape", "i", *"No sponsor", "enter", "2")
        assert (app.record("Initech").loss_reason, app.record("Initech").loss_lesson) == (
            EndReason.COMPETITOR,
            "No sponsor",
        )
        assert all(item.done for item in items_of(app.session.meeting)[:2])


async def test_what_is_typed_for_one_loss_does_not_stand_under_another() -> None:
    app = Room(lost("Globex"), lost("Initech", rep="wei"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("i", *"No host", "escape", "j")
        assert "No host" not in shown(app)
        await pilot.press("i", *"Price", "escape", "k")
        assert "No host" in shown(app)
        await pilot.press("enter", "enter")
        assert app.record("Globex").loss_lesson == "No host"
        assert app.record("Initech").loss_lesson == ""


async def test_every_rep_promises_a_number_and_the_next_one_is_asked() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Tom: new pipeline?" in shown(app)
        await pilot.press("i", *"2 meetings, 110k", "enter")
        assert "Wei: new pipeline?" in shown(app)
        assert app.creation.mode is Mode.TYPE
        await pilot.press(*"80", "enter")
        await pilot.pause()
        promised = app.session.meeting.ledger.commitments
        assert sorted(promise.text for promise in promised.values()) == [
            "2 first meetings, 110k new pipeline",
            "80k new pipeline",
        ]
        assert "on to Actions" in shown(app)
        assert "2 of 2 settled" in shown(app)


async def test_a_number_that_is_none_is_refused_under_its_line_and_stays_there() -> None:
    app = Room()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("i", *"lots", "enter")
        lines = (await seen(pilot)).splitlines()
        typed = next(at for at, line in enumerate(lines) if "lots" in line)
        assert ASK_NUMBER in lines[typed + 1]
        assert "■ number" in lines[typed + 1]
        assert app.session.meeting.numbers == {}
        assert app.creation.mode is Mode.TYPE


async def test_what_is_being_typed_is_there_again_after_a_kill() -> None:
    kept = Kept()
    app = Room(kept=kept)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("i", *"3 mee")
        app.drafting.flush()
    back = Room(kept=kept)
    async with back.run_test(size=(120, 36)) as pilot:
        assert "3 mee" in shown(back)
        await pilot.press("i", *"tings", "enter")
        assert "3 mtg" in shown(back)
        assert back.drafting.text("creation:tom:number") == ""


async def test_the_item_that_was_chosen_is_asked_again_after_a_kill() -> None:
    kept = Kept()
    app = Room(kept=kept)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j")
        assert "Wei: new pipeline?" in shown(app)
        app.drafting.flush()
    back = Room(kept=kept)
    async with back.run_test(size=(120, 36)):
        assert "Wei: new pipeline?" in shown(back)


async def test_a_review_with_none_before_it_says_so_and_shows_the_opening_state() -> None:
    app = Room(a_deal("Globex"), a_deal("Initech", amount=150_000), first=True)
    async with app.run_test(size=(120, 36)) as pilot:
        text = await seen(pilot)
        assert "no review before this one to compare with" in text
        assert "open pipeline of Q4" in text
        assert "250k in 2 deals" in text


async def test_what_was_created_and_lost_stands_above_with_its_bridge() -> None:
    app = Room(a_deal("Acme"), fresh("Globex", amount=210_000), lost("Initech", amount=60_000))
    async with app.run_test(size=(160, 45)) as pilot:
        text = await seen(pilot)
        assert "210k, 1 new" in text
        assert "0 won, 0 · 1 lost, 60k" in text
        assert "created +210k" in text
        assert "lost −60k" in text
        assert "160k → 310k" in text
        assert "3.5 of what went" in text


async def test_undo_takes_the_last_answer_back_and_says_which() -> None:
    app = Room(gone("Globex"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w", "u")
        assert app.record("Globex").vanished == ""
        assert "Where did Globex go?" in shown(app)
        assert "undone   Globex: won" in await seen(pilot)


ONLY_THERE = {
    "vanished": {"w", "l", "f", "d", "n"},
    "new": {"v", "b"},
    "loss": {"a"},
}


@pytest.mark.parametrize(
    ("deal", "kind", "size"),
    [
        (gone("Globex"), "vanished", (80, 24)),
        (fresh("Globex"), "new", (80, 24)),
        (lost("Globex"), "loss", (120, 36)),
        (None, "", (200, 60)),
    ],
)
async def test_the_footer_shows_the_keys_of_what_is_asked_and_no_dead_one(
    deal: DealRecord | None, kind: str, size: tuple[int, int]
) -> None:
    app = Room(*([deal] if deal else []))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for other, keys in ONLY_THERE.items():
            if other == kind:
                assert keys <= legend(app).keys()
            else:
                assert not keys & legend(app).keys()
        creation = app.creation
        for entry in creation.query_one(KeyFooter).entries:
            for _, command in entry.keys:
                assert creation.check_action("command", (command,)), command
        assert ("next" in legend(app).values()) is (kind == "new")


@pytest.mark.parametrize(
    ("deal", "key"),
    [
        (gone("Globex"), r"w +won"),
        (fresh("Globex"), r"Enter +next"),
        (lost("Globex"), r"Enter +type the lesson"),
        (None, r"Enter +type the number"),
    ],
)
async def test_the_back_row_reads_the_next_key_of_what_is_asked(deal: DealRecord | None, key: str) -> None:
    app = Room(*([deal] if deal else []))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        assert re.search(rf"^ +{key}", (await seen(pilot)).rpartition("\n")[0], re.MULTILINE)


async def test_letters_are_text_while_a_lesson_is_typed() -> None:
    app = Room(lost("Globex"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i", *"an auf")
        assert "an auf" in shown(app)
        assert app.screen is app.creation
        assert app.record("Globex").loss_lesson == ""


async def test_names_from_outside_are_shown_as_they_are() -> None:
    app = Room(gone("[ACME] [/x]"))
    async with app.run_test(size=(120, 36)):
        assert "Where did [ACME] [/x] go?" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_what_is_asked_is_in_sight_on_every_screen_however_many_there_are(size: tuple[int, int]) -> None:
    app = Room(*(gone(f"Deal{number:02}") for number in range(18)))
    async with app.run_test(size=size) as pilot:
        for _ in range(13):
            await pilot.press("d")
        await pilot.pause()
        text = shown(app)
        assert "Where did Deal13 go?" in text
        listed = set(re.findall(r"(?:▸|\?|✓) vanished +(Deal\d\d)", text))
        assert "Deal13" in listed
        # What does not fit is counted: nobody takes the list for the whole.
        counted = re.search(r"and (\d+) more", text)
        assert counted is not None
        assert int(counted[1]) == 20 - 1 - max(int(name[4:]) for name in listed)
        assert "w won" in text
        assert "▸ vanished" in text


async def test_x_shows_the_deals_behind_every_figure():
    app = Room()
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "What the figures rest on" in "\n".join(line.text for line in app.screen._compositor.render_strips())
        await pilot.press("escape")
