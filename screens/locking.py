"""The lock: what is open, what will happen to each, and the sum of the active deals; Enter ends the hour."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from review.clock import Reading
from review.hanging import Case, Hanging, Loose, hanging
from review.intents import EnterSection, Lock, SetReviewAside
from review.meeting import Meeting
from review.settings import SectionId
from review.standing import Part, parts
from review.traces import lock_reasons
from review.why import Reason
from screens.dialogs.confirm import Confirm
from screens.explaining import Explaining
from screens.hour import clock_of
from screens.live import LiveScreen
from screens.paging import Paging
from screens.strip import Notice
from tui.widgets.data import BackRowView, RailGroup, RailLine, Tone, plain, status
from tui.widgets.foot import Foot
from tui.widgets.headline import Headline, bar
from tui.widgets.rows import Line, NextKey, Raised, Row

SHOWN = 6
"""Cases named in a row; the others are counted."""
BRIEF = 16
"""Letters up to which what is said of a case leaves room for others beside it."""
TONES: Mapping[Loose, Tone] = {Loose.CALL: Tone.ACT}
ORDER = (Part.ROOM, Part.WRITING, Part.STANDING, Part.WITHOUT)
BRIEFLY = ("in the room", "written", "standing", "without")
"""The four parts in few letters; the rail names them in full."""
STYLES = ("$bright", "$foreground", "$dim", "$line")


class Locking(Paging, LiveScreen, Explaining):
    """Shows what the lock will do, and locks."""

    SCOPE = "lock"
    SECTION: ClassVar[SectionId] = "actions"
    DEFAULT_CSS = """
    Locking Row.loose { margin-top: 1; }
    Locking.-low Row.loose, Locking.-middle Row.loose { margin-top: 0; }
    """

    def compose_rows(self) -> ComposeResult:
        """Lay out the sum, a row for each kind of open things, and the next key."""
        yield Headline()
        yield Line()
        yield Row("", id="clear", classes="close")
        for kind in Loose:
            yield Row(id=_id(kind), classes="close loose")

    def compose_plane(self) -> ComposeResult:
        """Put the quiet line and the next key at the foot."""
        *rows, strip = super().compose_plane()
        yield from rows
        with Foot(classes="foot"):
            yield strip
            with Raised():
                yield NextKey()

    # What is shown

    def repaint(self) -> None:
        """Show the sum and what is open."""
        sums = {part: len(deals) for part, deals in parts(self.meeting).items()}
        active = sum(sums.values())
        have = active - sums[Part.WITHOUT]
        self.query_one(Headline).show(
            f"{have} of {active}", lambda width: _sum(sums, width), lambda width: _short(sums, width)
        )
        open_now = {one.kind: one for one in hanging(self.meeting)}
        for kind in Loose:
            row = self.query_one(f"#{_id(kind)}", Row)
            row.display = kind in open_now
            if kind in open_now:
                row.show(
                    _said(open_now[kind], self.has_class("-wall")), status(TONES.get(kind, Tone.WATCH), kind.value)
                )
        clear = self.query_one("#clear", Row)
        clear.display = not open_now
        clear.show("nothing is open", status(Tone.OK, "all settled"))
        key = self.query_one(NextKey)
        blocking = next((one for one in open_now.values() if one.blocks), None)
        if blocking is not None:
            names = ", ".join(case.name for case in blocking.cases)
            key.refuse("cannot lock", f"the call after the room is open for {names}; < goes back to Actions")
        else:
            key.say("Enter", "locks the review: figures, steps and calls stand as they are")

    def on_resize(self) -> None:
        """Name as many as there is room for."""
        super().on_resize()
        if self.is_mounted:
            self.repaint()

    def rail_groups(self) -> tuple[RailGroup, ...]:
        """Show the sum in its four parts."""
        return rail_of(self.meeting)

    def place_line(self) -> str:
        """Say how much is open in a few words."""
        return place_line(self.meeting)

    def back_row_view(self, reading: Reading) -> BackRowView:
        """Say for the last row of chairs that the hour ends."""
        clock = clock_of(self.meeting, reading)
        if self._blocked():
            return BackRowView(clock.figure, "The call after the room is still open.", clock.tone, "Lock", "<", "back")
        return BackRowView(clock.figure, "That was the hour.", clock.tone, "Lock", "Enter", "lock")

    def notice(self, reading: Reading) -> Notice:
        """Show what was done or refused, or offer the sweep; nothing of the clock."""
        return self._note if self._note.text or self._note.word else self.sweep_notice()

    # Commands

    def _blocked(self) -> bool:
        return any(one.blocks for one in hanging(self.meeting))

    def available(self, command_id: str) -> bool:
        """Say what is alive: no lock while a call is open."""
        if command_id == "lock":
            return not self._blocked()
        return super().available(command_id)

    def reasons(self) -> tuple[str, tuple[Reason, ...]]:
        """Give what is open with its evidence, and the parts of the sum."""
        return "The lock", lock_reasons(self.meeting)

    def action_lock(self) -> None:
        """Lock, and go on to the recap."""
        self.do(Lock(), then=lambda: self.post_message(self.Moved("recap")))

    def action_lock_back(self) -> None:
        """Go back to Actions."""
        back = () if self.meeting.section == "actions" else (EnterSection(section="actions"),)
        self.do(*back, then=lambda: self.post_message(self.Moved("actions")))

    def action_previous_section(self) -> None:
        """Go back to Actions."""
        self.action_lock_back()

    def action_set_aside(self) -> None:
        """Ask whether the review is to be kept without being held."""
        sentence = (
            "It is kept, but not held: no lock, no recap, no commitments. "
            "The next review stands on the last lock again."
        )
        self.app.push_screen(
            Confirm("Set this review aside?", sentence, yes="set it aside", no="go on"), self._put_aside
        )

    def _put_aside(self, sure: bool | None) -> None:
        if sure:
            self.do(SetReviewAside(), then=lambda: self.post_message(self.Moved("lobby")))


def rail_of(meeting: Meeting) -> tuple[RailGroup, ...]:
    """Show the sum of the active deals in its four parts."""
    sums = {part: len(deals) for part, deals in parts(meeting).items()}
    lines = tuple(
        RailLine(part.value, right=str(sums[part]), tone=Tone.WATCH if part is Part.WITHOUT else Tone.OK)
        for part in ORDER
        if sums[part]
    )
    left = len(meeting.left)
    return (
        RailGroup(title=f"{sum(sums.values())} active deals", lines=lines),
        RailGroup(title="In the room", lines=(RailLine("deals gone through", right=str(left)),), marked=False),
    )


def place_line(meeting: Meeting) -> str:
    """Say how much is open in a few words."""
    count = len(hanging(meeting))
    return f"{count} {'kind' if count == 1 else 'kinds'} of open things" if count else "nothing is open"


def _id(kind: Loose) -> str:
    return f"loose-{kind.name.lower().replace('_', '-')}"


def _said(one: Hanging, whole: bool) -> Content:
    """Name the cases with their evidence, those that share it together; then what becomes of them."""
    whole = whole or one.blocks
    together: dict[str, list[Case]] = {}
    dated = any(len(case.evidence) > BRIEF for case in one.cases)
    for at, case in enumerate(one.cases):
        together.setdefault(case.evidence if dated else str(at), []).append(case)
    pieces = [_case(cases, whole=whole) for cases in together.values()]
    most = _most(len(pieces), whole=whole)
    if most < len(pieces):
        hidden = sum(len(cases) for cases in list(together.values())[most:])
        pieces = [*pieces[:most], Content.styled(f"and {hidden} more", "$foreground")]
    said = Content("\n" if dated else " · ").join(pieces)
    return Content.assemble(said, "\n", (f"→ {plain(one.becomes)}", "$dim")) if one.becomes else said


def _most(number: int, *, whole: bool) -> int:
    """Tell how many of so many are named; one more than that is named too, rather than counted."""
    return number if whole or number <= SHOWN + 1 else SHOWN


def _case(cases: Sequence[Case], *, whole: bool) -> Content:
    evidence = (f"  {plain(cases[0].evidence)}", "$foreground") if cases[0].evidence else ""
    most = _most(len(cases), whole=whole)
    more = (f" and {len(cases) - most} more", "$foreground") if most < len(cases) else ""
    return Content.assemble((plain(", ".join(case.name for case in cases[:most])), "bold $bright"), more, evidence)


def _sum(sums: Mapping[Part, int], width: int) -> Content:
    parted = [(float(sums[part]), style) for part, style in zip(ORDER, STYLES, strict=True)]
    titles = ("active deals with a step, a date and an owner", "with step, date and owner")
    title = next((one for one in titles if len(one) <= width), titles[-1])
    full = [f"{sums[part]} {part.value}" for part in ORDER]
    brief = [f"{sums[part]} {word}" for part, word in zip(ORDER, BRIEFLY, strict=True)]
    ways = ([" + ".join(full)], _halves(full), _halves(brief))
    said = next((lines for lines in ways if max(map(len, lines)) <= width), ways[-1])
    lines = (Content.styled(title, "bold $bright"), bar(parted, width), *(Content(line) for line in said))
    return Content("\n").join(lines)


def _halves(words: Sequence[str]) -> list[str]:
    """Part a sum into two lines."""
    return [" + ".join(words[:2]) + " +", " + ".join(words[2:])]


def _short(sums: Mapping[Part, int], width: int) -> Content:
    said = " + ".join(f"{sums[part]} {part.value}" for part in ORDER)
    title = Content.styled("with a step, a date and an owner", "$foreground").truncate(width, ellipsis=True)
    return Content("\n").join([title, Content.styled(said, "$dim")])
