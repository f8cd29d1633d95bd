"""The screens of the demonstration and of a first start: what the pictures and the snapshots show.

A tour is a workspace and a story: `async for name in story(stage)` stands still wherever there is something to look at.
"""

import os
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, cast

from textual.pilot import Pilot
from textual.widgets import Input

from review.commitments import Verdict
from review.intents import CloseOut, EnterSection, GiveVerdict, Hear, OpenDeal, StateCall, TakeCall, TakeTurn
from review.session import Session
from review.settings import SectionId
from screens.live import LiveScreen
from screens.lobby_plan import Planning
from store.demo.build import build
from store.office import DiskOffice
from store.private import DiskPrivate
from store.watching import DiskWatch
from store.workspace import Workspace
from tui.app import Closeout
from tui.cli.sheet import as_markdown
from tui.second import Beside, Follow

TODAY: Final = date(2026, 11, 23)
SAMPLE: Final = "revops_opportunities.csv"
SAMPLE_DAY: Final = date(2026, 5, 20)
STEP: Final = "Redlines back, call @Dana on the two open clauses ! tue"


class Still:
    """A clock that stands until it is moved."""

    def __init__(self, day: date = TODAY) -> None:
        """Begin eight minutes before ten."""
        self.at = datetime(day.year, day.month, day.day, 9, 52, tzinfo=UTC)

    def now(self) -> datetime:
        """Give the instant."""
        return self.at

    def steady(self) -> float:
        """Give its seconds."""
        return self.at.timestamp()


def everything(_: str) -> bool:
    """Want every scene."""
    return True


@dataclass(frozen=True)
class Stage:
    """An app with its clock and office, driven by a pilot."""

    app: Closeout
    pilot: Pilot[None]
    office: DiskOffice
    clock: Still
    wants: Callable[[str], bool] = field(default=everything)
    """Which scenes are looked at; a dialog that is not, is not opened."""

    @property
    def session(self) -> Session:
        """Give the running review."""
        if self.app.session is None:
            raise LookupError("No review runs.")
        return self.app.session

    async def press(self, *keys: str) -> None:
        """Press keys and let the screen follow."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type into the line that has the cursor."""
        line = self.app.focused
        if isinstance(line, Input):
            line.insert_text_at_cursor(text)
        await self.pilot.pause()

    async def look_into(self, scope: str, dialogs: Iterable[tuple[str, str]]) -> AsyncIterator[str]:
        """Open dialogs by their key, one after the other."""
        for key, name in dialogs:
            if self.wants(f"{scope}-{name}"):
                await self.press(key)
                yield f"{scope}-{name}"
                await self.press("escape")

    async def begin(self, section: SectionId = "forecast", minute: float = 0) -> None:
        """Start the review at ten and go to a section, so many minutes after ten."""
        self.wait(minutes=8)
        await self.press("enter")
        self.wait(minutes=minute)
        if section != "forecast":
            await self.go(section)
        await self.settle()

    async def go(self, section: SectionId) -> None:
        """Enter a section and show it."""
        self.session.do(EnterSection(section=section))
        await self.app.go_to(section)
        await self.settle()

    async def settle(self) -> None:
        """Show what was done beside the screen."""
        await self.pilot.pause()
        if isinstance(self.app.screen, LiveScreen):
            self.app.screen.refresh_state()
        await self.pilot.pause()

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**span)
        # Else the program would ask where it has been all the while.
        self.app._pulse = None
        if self.app.session is not None:
            self.app.session.heed = lambda: None

    def person(self, name: str) -> str:
        """Find somebody of the team by the first name."""
        return next(one.id for one in self.session.meeting.settings.people if one.first_name == name)

    def deal(self, account: str) -> str:
        """Find a deal of the queue by its account."""
        meeting = self.session.meeting
        return next(slot.deal for slot in meeting.queue if meeting.record(slot.deal).crm.title == account)


def _stand_in_utc() -> None:
    """Be in the same zone everywhere: the demonstration takes the machine's."""
    os.environ["TZ"] = "UTC"
    time.tzset()


Story = Callable[[Stage], AsyncIterator[str]]


@asynccontextmanager
async def on_stage(folder: Path, day: date = TODAY, wants: Callable[[str], bool] = everything) -> AsyncIterator[Stage]:
    """Open the app on a workspace in `folder`."""
    _stand_in_utc()
    clock = Still(day)
    office = DiskOffice(Workspace(folder), clock, day)
    app = Closeout(office)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        yield Stage(app, pilot, office, clock, wants)
    office.finish()


@asynccontextmanager
async def beside(folder: Path, seat: str, wants: Callable[[str], bool] = everything) -> AsyncIterator[Stage]:
    """Open a second terminal beside a review that is on a deal: what follows it, or the manager's own."""
    _stand_in_utc()
    clock, workspace = Still(), Workspace(folder)
    office = DiskOffice(workspace, clock, TODAY)
    planning = Planning(TODAY, office.standing)
    planning.open_on(office.opening())
    clock.at += timedelta(minutes=8)
    session = office.begin(planning.whole(), planning.present, planning.plan)
    clock.at += timedelta(minutes=10)
    session.do(EnterSection(section="inspection"))
    session.do(OpenDeal(deal=planning.plan.slots[0].deal))
    clock.at += timedelta(seconds=18)
    desk = DiskPrivate(workspace, TODAY, as_markdown, clock)
    app = Beside(desk) if seat == "chair" else Follow(DiskWatch(workspace, clock))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        # It has no review of its own, and is driven by its keys alone.
        yield Stage(cast(Closeout, app), pilot, office, clock, wants)
    office.finish()


def make_demo(folder: Path) -> None:
    """Make the workspace of the demonstration."""
    _stand_in_utc()
    build(Workspace(folder), TODAY)


def make_empty(folder: Path) -> None:
    """Make a workspace with nothing in it."""
    Workspace(folder).make()


def make_fresh(folder: Path, sample: Path) -> None:
    """Make a workspace that has read one export and was never set up."""
    make_empty(folder)
    office = DiskOffice(Workspace(folder), Still(SAMPLE_DAY), SAMPLE_DAY)
    office.take_import(office.read_file(str(sample)))


async def welcome(stage: Stage) -> AsyncIterator[str]:
    """See the program without data."""
    yield "welcome"
    async for name in stage.look_into("welcome", (("i", "import"), ("question_mark", "help"))):
        yield name


async def setup(stage: Stage) -> AsyncIterator[str]:
    """Set up from a real export and see the sections of a first review."""
    yield "setup"
    await stage.press("enter")
    yield "setup-refused"
    await stage.type("Ruth Adler")
    await stage.press("enter", "enter", "enter")
    yield "setup-going"
    await stage.press("escape")
    yield "setup-keys"
    await stage.press("f2")
    yield "setup-then-lobby"
    async for name in stage.look_into("setup-then", (("e", "queue"),)):
        yield name
    await stage.begin()
    yield "setup-then-forecast"
    sections: tuple[SectionId, ...] = ("inspection", "creation", "actions")
    for section in sections:
        await stage.go(section)
        yield f"setup-then-{section}"


async def lobby(stage: Stage) -> AsyncIterator[str]:
    """See the lobby and its dialogs."""
    yield "lobby"
    keys = (("h", "who"), ("e", "edit-queue"), ("i", "import"), ("question_mark", "help"), ("ctrl+p", "palette"))
    async for name in stage.look_into("lobby", keys):
        yield name
    await stage.press("f9")
    yield "lobby-back-row"


async def call(stage: Stage) -> AsyncIterator[str]:
    """Open the forecast call."""
    await stage.press("f")
    yield "call"
    await stage.press("down", "down")
    async for name in stage.look_into("call", (("enter", "trace"), ("question_mark", "help"), ("k", "own"))):
        yield name
    for part in range(3):
        await stage.press("tab", "tab")
        yield f"call-part-{part}"


async def forecast(stage: Stage) -> AsyncIterator[str]:
    """Judge promises and state numbers, rep by rep."""
    await stage.begin(minute=1.5)
    yield "forecast-manager"
    stage.session.do(TakeTurn(section="forecast", person=stage.person("Marcus")))
    stage.wait(seconds=10)
    await stage.settle()
    yield "forecast"
    for key, name in (("m", "moved"), ("d", "judged")):
        await stage.press(key)
        yield f"forecast-{name}"
        await stage.press("escape")
    async for name in stage.look_into("forecast", (("t", "time"), ("question_mark", "help"))):
        yield name
    await stage.press("f9")
    yield "forecast-back-row"
    await stage.press("f9", "s")
    yield "forecast-commit"
    await stage.type("300k")
    yield "forecast-typed"
    await stage.press("escape")
    for one in list(stage.session.meeting.ledger.commitments.values()):
        stage.session.do(GiveVerdict(commitment=one.id, verdict=Verdict.DONE))
    await stage.settle()
    yield "forecast-answered"
    state_all(stage, but=1)
    await stage.settle()
    yield "forecast-last"
    state_all(stage)
    await stage.settle()
    await stage.press("tab")
    yield "forecast-line"


def state_all(stage: Stage, but: int = 0) -> None:
    """Let everybody who is here state a number, but for the last ones."""
    reps = [person.id for person in stage.session.meeting.turn_order if person.carries]
    for at, person in enumerate(reps[: len(reps) - but]):
        number = f"{120 + 23 * at}k"
        stage.session.do(StateCall(person=person, commit=number, reason="a deal came in", confirmed=True))
    stage.session.do(TakeTurn(section="forecast", person=reps[-1]))


DIALOGS: Final = (
    ("f2", "evidence"),
    ("f3", "end"),
    ("f5", "commitment"),
    ("f6", "category"),
    ("f7", "change"),
    ("o", "offline"),
    ("q", "questions"),
    ("v", "verdicts"),
    ("a", "queue"),
    ("t", "time"),
    ("question_mark", "help"),
    ("ctrl+p", "palette"),
    ("ctrl+q", "quit"),
)


async def inspection(stage: Stage) -> AsyncIterator[str]:
    """Close deals out, be refused, and see every dialog."""
    await stage.begin("inspection", minute=10)
    queue = [slot.deal for slot in stage.session.meeting.queue]
    northwind = stage.deal("Northwind")
    others = [deal for deal in queue if deal != northwind]
    for deal in others[:6]:
        stage.session.do(OpenDeal(deal=deal))
        stage.wait(minutes=2)
        stage.session.do(CloseOut(deal=deal, line="Walk @Ruth through the order form fri"))
    stage.session.do(OpenDeal(deal=northwind))
    stage.wait(seconds=18)
    await stage.settle()
    yield "inspection"
    async for name in stage.look_into("inspection", DIALOGS):
        yield name
    stage.session.do(OpenDeal(deal=northwind))
    await stage.press("f9")
    yield "inspection-back-row"
    await stage.press("f9", "d", "s")
    yield "inspection-typing"
    await stage.type(STEP)
    yield "inspection-typed"
    await stage.press("ctrl+u")
    await stage.type("Follow up fri")
    await stage.press("enter")
    yield "inspection-refused"
    await stage.press("ctrl+u", "escape", "f4")
    yield "inspection-parked"
    for at, deal in enumerate(others[6:14]):
        if stage.wants(f"inspection-deal-{at}"):
            stage.session.do(OpenDeal(deal=deal))
            await stage.settle()
            yield f"inspection-deal-{at}"
    stage.wait(minutes=15, seconds=42)
    await stage.settle()
    yield "inspection-ending"
    stage.wait(minutes=3)
    await stage.settle()
    yield "inspection-over"
    await stage.press("t")
    yield "inspection-over-caught-up"
    async for name in stage.look_into("inspection-over", (("t", "time"),)):
        yield name


async def creation(stage: Stage) -> AsyncIterator[str]:
    """Go through what came and went."""
    await stage.begin("creation", minute=42)
    yield "creation"
    for at in range(6):
        await stage.press("down")
        yield f"creation-{at}"
    await stage.press("i")
    yield "creation-typing"
    await stage.press("escape")
    async for name in stage.look_into("creation", (("question_mark", "help"),)):
        yield name


async def actions(stage: Stage) -> AsyncIterator[str]:
    """Take the calls after the room, read aloud, lock, and look at what is left."""
    await stage.begin()
    for one in list(stage.session.meeting.ledger.commitments.values()):
        stage.session.do(GiveVerdict(commitment=one.id, verdict=Verdict.DONE))
    state_all(stage)
    stage.wait(minutes=10)
    stage.session.do(EnterSection(section="inspection"))
    for slot in stage.session.meeting.queue[:14]:
        stage.session.do(OpenDeal(deal=slot.deal))
        stage.wait(minutes=2, seconds=5)
        stage.session.do(CloseOut(deal=slot.deal, line="Walk @Ruth through the order form fri"))
    stage.session.do(EnterSection(section="creation"))
    stage.wait(minutes=11)
    stage.session.do(EnterSection(section="actions"))
    await stage.app.go_to("actions")
    stage.wait(minutes=2)
    await stage.settle()
    yield "actions"
    await stage.press("enter")
    yield "actions-typing"
    await stage.press("escape")
    for person in stage.session.meeting.settings.people:
        stage.session.do(TakeCall(person=person.id))
    await stage.settle()
    yield "actions-cause"
    for _ in range(4):
        await stage.press("n")
    yield "actions-aloud"
    await stage.press("enter")
    yield "actions-second"
    async for name in stage.look_into("actions", (("m", "mend"), ("question_mark", "help"))):
        yield name
    await stage.press("f9")
    yield "actions-back-row"
    await stage.press("f9")
    for person in stage.session.meeting.settings.people:
        stage.session.do(Hear(owner=person.id))
    await stage.settle()
    yield "actions-done"
    stage.wait(minutes=5)
    await stage.app.go_to("lock")
    await stage.settle()
    yield "lock"
    await stage.press("enter")
    await stage.settle()
    yield "recap"
    async for name in stage.look_into("recap", (("question_mark", "help"), ("a", "amend"), ("p", "preview"))):
        yield name
    await stage.press("p", "enter")
    yield "recap-page"


async def history(stage: Stage) -> AsyncIterator[str]:
    """Look back: the locks, figures over time, two locks compared, search, a deal's story, a past recap, people."""
    await stage.press("y")
    yield "history"
    async for name in stage.look_into("history", (("question_mark", "help"),)):
        yield name
    await stage.press("g")
    yield "history-over-time"
    await stage.press("g")
    async for name in stage.look_into("history", (("c", "compare"), ("t", "figures"), ("enter", "recap"))):
        yield name
    await stage.press("P")
    yield "history-people-asks"
    await stage.press("enter")
    yield "history-people"
    await stage.press("escape", "slash")
    yield "history-search"
    await stage.type("Northwind")
    await stage.press("enter")
    await stage.app.workers.wait_for_complete()
    await stage.pilot.pause()
    yield "history-found"
    await stage.press("enter")
    yield "history-story"


async def chair(stage: Stage) -> AsyncIterator[str]:
    """Sit at the manager's own terminal."""
    yield "chair"
    dialogs = (("n", "note"), ("a", "ask"), ("question_mark", "help"), ("c", "call"))
    async for name in stage.look_into("chair", dialogs):
        yield name


async def follow(stage: Stage) -> AsyncIterator[str]:
    """Follow the review."""
    yield "follow"
    await stage.press("f9")
    yield "follow-back-row"


TOURS: Final[dict[str, tuple[str, Story]]] = {
    "welcome": ("empty", welcome),
    "setup": ("fresh", setup),
    "lobby": ("demo", lobby),
    "call": ("demo", call),
    "history": ("demo", history),
    "chair": ("chair", chair),
    "follow": ("follow", follow),
    "forecast": ("demo", forecast),
    "inspection": ("demo", inspection),
    "creation": ("demo", creation),
    "actions": ("demo", actions),
}
"""Each tour: the workspace that it needs, and its story. Locking and the recap end the tour “actions”."""
