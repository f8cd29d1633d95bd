"""What the form of a deal says while one types: evidence, step, and which key comes next."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from review.card import Card, evidence_halves
from review.closeout import Preview, Proposal
from review.dates import say_date, short_date
from review.deals import Category
from review.decisions.card import understand_evidence
from review.evidence import EvidenceLine, paper_said
from review.meeting import Meeting
from tui.widgets.data import LABEL_WIDTH, Feedback, Tone, plain, status
from tui.widgets.field import FieldRow
from tui.widgets.static import Static

Mark = tuple[Tone, str, str]
EVIDENCE_PROMPT = "Dana confirmed 18 dec on fri, legal tue"
STEP_PROMPT = "What happens next, with whom, by when?"
SOURCES: dict[str, Mark] = {
    "this review": (Tone.DIM, "today’s step", ""),
    "last review": (Tone.DIM, "last week’s step", ""),
    "in writing": (Tone.DIM, "given in writing", ""),
    "CRM": (Tone.CRM, "from the CRM", ""),
}
"""Where a step that stands comes from."""


class EvidenceRow(FieldRow):
    """The line for commit evidence: at rest both halves with their dates, under the cursor a line to type in."""

    DEFAULT_CSS = """
    EvidenceRow .said { width: 1fr; height: 1; text-overflow: ellipsis; text-wrap: nowrap; }
    EvidenceRow .warning { margin-left: 16; height: 1; display: none; color: $error; text-overflow: ellipsis; }
    EvidenceRow.-warned { height: 3; }
    EvidenceRow.-warned .warning { display: block; }
    EvidenceRow .feedback { text-wrap: nowrap; }
    EvidenceRow.-split .feedback { height: 2; text-wrap: wrap; }
    EvidenceRow.-split .warning { display: none; }
    EvidenceRow Input { width: 0; }
    EvidenceRow:focus-within .said, EvidenceRow.-typed .said { display: none; }
    EvidenceRow:focus-within Input, EvidenceRow.-typed Input { width: 1fr; }
    """

    class Grew(Message):
        """The warning took a row of its own, or gave it back."""

    rest: reactive[tuple[Content, Content, tuple[str, ...]]] = reactive((Content(""), Content(""), ()), init=False)
    """The two lines at rest, and what happens without them, in full and, where that finds no room there, briefly."""

    def __init__(self, *, id: str | None = None) -> None:
        """Make the row; it is two lines high whatever stands in it, three where a warning has no room in them."""
        super().__init__("Commit", EVIDENCE_PROMPT, explained=True, id=id)

    def compose(self) -> ComposeResult:
        """Lay out the row."""
        with Horizontal():
            yield Static(self._label, classes="label", markup=False)
            yield Static(classes="said", markup=False)
            yield self._input
        yield Static(classes="feedback", markup=False)
        yield Static(classes="warning", markup=False)

    def watch_rest(self) -> None:
        """Show the halves at rest."""
        self.draw()

    def draw(self) -> None:
        """Show either what stands or what is understood."""
        if not self.is_mounted:
            return
        typed = bool(self.text)
        self.set_class(typed, "-typed")
        first, second, warnings = self.rest
        room = self.content_size.width - LABEL_WIDTH
        ways = [Content.assemble(second, ("   " + plain(warning), "$error")) for warning in warnings] or [second]
        behind = next((way for way in ways if way.cell_length <= room), None)
        # In a row of its own there is always room for the whole sentence.
        warned, typing = behind is None and bool(warnings), typed or self.under_cursor
        understood = self.feedback.line()
        # The row of the warning is free while one types: what is understood takes it rather than being cut.
        split = warned and typing and understood.cell_length > room
        if warned is not self.has_class("-warned"):
            self.set_class(warned, "-warned")
            self.post_message(self.Grew())
        self.set_class(split, "-split")
        self.query_one(".said", Static).update(first)
        understood = self.feedback.line(room) if split else understood
        under = understood if typing else behind or second
        self.query_one(".feedback", Static).update(under)
        self.query_one(".warning", Static).update(plain(warnings[0]) if warnings else "")

    @property
    def under_cursor(self) -> bool:
        """Tell whether the cursor is in the line."""
        return self.line.has_focus


def evidence_at_rest(card: Card, meeting: Meeting) -> tuple[Content, Content]:
    """Say both halves of the evidence."""
    halves = card.evidence or evidence_halves(meeting, meeting.record(card.deal.id), card.deal)
    lines = []
    for half in halves:
        said = status(Tone.OK if half.holds else Tone.ACT, half.name).pad_right(8 - len(half.name) - 2)
        lines.append(Content.assemble(said, "  ", (plain(half.words), "$foreground")))
    if len(lines) < 2:
        return Content.styled("who confirmed the close date, and where the paper stands", "$dim"), Content("")
    return lines[0], lines[1]


def evidence_feedback(card: Card, meeting: Meeting, text: str) -> Feedback:
    """Say what an evidence line means, each fact with its date, and which half it leaves open."""
    seen = understand_evidence(meeting, card.deal.id, text)
    if seen.problems:
        return Feedback(ok=False, marks=((Tone.ACT, "evidence", f" {seen.problems[0].sentence}"),))
    marks = (*_date_marks(seen, card, meeting), *_paper_marks(seen, card, meeting))
    return Feedback(ok=bool(seen.confirmation or seen.paper), marks=marks)


def _date_marks(seen: EvidenceLine, card: Card, meeting: Meeting) -> tuple[Mark, ...]:
    said = seen.confirmation
    if said is None:
        return _half(card, "date")
    who = f" {said.who}, {short_date(said.said_on, meeting.day)}{', signed' if said.signed else ''}"
    if seen.moves_close_date_to is None:
        return ((Tone.OK, "date", who),)
    moves = f" moves to {short_date(seen.moves_close_date_to, meeting.day)}"
    return ((Tone.OK, "date", who), (Tone.WATCH, "close date", moves))


def _paper_marks(seen: EvidenceLine, card: Card, meeting: Meeting) -> tuple[Mark, ...]:
    paper = seen.paper
    if paper is None:
        return _half(card, "paper")
    said = paper_said(paper.stage, paper.moved_on, paper.appointment, paper.none_needed, meeting.day)
    return ((Tone.OK, "paper", f" {said}"),)


def _half(card: Card, name: str) -> tuple[Mark, ...]:
    return tuple(
        (Tone.OK if half.holds else Tone.ACT, half.name, f" {half.words}")
        for half in card.evidence
        if half.name == name
    )


def step_prompt(standing: Proposal | None, meeting: Meeting) -> str:
    """Say what Enter would keep, where a step stands."""
    if standing is None:
        return STEP_PROMPT
    when = f" – {short_date(standing.day, meeting.day)}" if standing.day else ""
    return f"{standing.text}{when}"


def step_feedback(
    seen: Preview, meeting: Meeting, text: str, standing: Proposal | None, *, short: bool = False
) -> Feedback:
    """Say what a step's line means: its three parts, whether it is agreed, and what to think about."""
    if not text.strip():
        if standing is None:
            return Feedback(ok=False)
        source = SOURCES[standing.source]
        parts = _parts(seen, meeting, short) if seen.green else ()
        return Feedback(ok=seen.green, marks=(source, *(_shorter(parts, seen, meeting) if short else parts)))
    return Feedback(ok=seen.green, marks=_parts(seen, meeting, short))


def _shorter(parts: tuple[Mark, ...], seen: Preview, meeting: Meeting) -> tuple[Mark, ...]:
    """Leave out how far the day is, and the surname: where a step comes from takes their room."""
    if not parts or seen.owner is None:
        return parts
    step, (tone, day, _), (owner_tone, _, rest), *others = parts
    return step, (tone, day, ""), (owner_tone, meeting.name(seen.owner.id), rest), *others


def _parts(seen: Preview, meeting: Meeting, short: bool) -> tuple[Mark, ...]:
    marks: list[Mark] = [_step_mark(seen), _date_mark(seen, meeting, short), _owner_mark(seen)]
    customers = " and ".join(seen.customers)
    if seen.asks is not None:
        marks.append((Tone.UNKNOWN, seen.asks.field, f" {seen.asks.sentence}"))
    elif customers:
        agreed = f"agreed: {customers}" if short else f"agreed with {customers}"
        marks.append((Tone.PLAIN, agreed if seen.agreed else f"with {customers}", ""))
    elif seen.step and not seen.violation("step"):
        marks.append((Tone.PLAIN, "ours only", ""))
    return tuple(marks)


def _step_mark(seen: Preview) -> Mark:
    return (Tone.ACT if seen.violation("step") else Tone.OK, "step", "")


def _date_mark(seen: Preview, meeting: Meeting, short: bool) -> Mark:
    """Say the day, and with it what to think about: behind the other marks a narrow line would cut it off."""
    if seen.violation("date") or seen.day is None:
        return Tone.ACT, "date", ""
    day, _, far = say_date(seen.day, meeting.day).partition(", ")
    if not seen.cautions:
        return Tone.OK, day, f", {far}"
    think = " · ".join(caution.sentence for caution in seen.cautions)
    return Tone.WATCH, day, f": {think}" if short else f", {far}: {think}"


def _owner_mark(seen: Preview) -> Mark:
    if seen.violation("owner") or seen.owner is None:
        return Tone.ACT, "owner", ""
    return Tone.OK, seen.owner.name, ""


def best_case_first(card: Card) -> bool:
    """Tell whether a commit deal lacks evidence, so that best case is what is offered."""
    return card.deal.category is Category.COMMIT and not all(half.holds for half in card.evidence)
