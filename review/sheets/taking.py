"""Filled-in sheets, taken as a whole: what they change, what is refused and why, and what goes back (method, 11)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from hashlib import blake2b

from msgspec.structs import replace

from review.calendar import Workdays
from review.calls import called_period, last_call
from review.dates import short_date
from review.decide import decide_on
from review.decisions.answer import Context, Decided
from review.decisions.calls import ENTER_AGAIN
from review.events import AnswersTaken, CallStated, ClosedOut, Fact, VerdictGiven
from review.folding.apply import apply
from review.gate import cautions
from review.intents import GiveEvidence, Intent
from review.meeting import Meeting
from review.records import Ledger
from review.results import Refusal
from review.settings import Settings
from review.sheets.asking import call_code, deal_blank
from review.sheets.blank import OF_CALL, OF_NEXT, Blank, Kind, Sheet
from review.sheets.codes import sheet_code
from review.sheets.deciding import call_intent, intent_of, is_next
from review.sheets.desk_meeting import desk_meeting
from review.sheets.filled import Answered, Difference, Filled, FilledFile, Returned
from review.sheets.matching import Known, Line, about_line, answered_before, find, stale, wrong_sheet
from review.sheets.returning import again
from review.sheets.saying import say_facts

ORDER = (
    Kind.PROMISE,
    Kind.COMMIT,
    Kind.SURE,
    Kind.BEST,
    Kind.REASON,
    Kind.NEXT,
    Kind.NEXT_SURE,
    Kind.NEXT_REASON,
    Kind.CLOSE,
    Kind.CONFIRMED,
    Kind.PAPER,
    Kind.STEP,
    Kind.EVENT,
    Kind.BUYER,
    Kind.TOLD,
)
"""A verdict before the step that follows it, a close date before who confirmed it."""
STRAY = "the code of this line is missing: write “{}” on the line of the sheet that has one"
WITH_COMMIT = "it is taken together with the commit"
SPOILED = "a spreadsheet made “{}” of this answer: write it once more, beginning with a letter"


class Taking:
    """Goes through filled-in lines one by one, each on what the ones before have left."""

    def __init__(
        self, ledger: Ledger, settings: Settings, *, today: date, review_day: date, workspace: str, batch: str
    ) -> None:
        """Stand on what stands; `today` is when the answers are read, `review_day` the day of the next review."""
        self._opening = desk_meeting(ledger, settings, today)
        self._meeting = self._opening
        self._review_day = review_day
        self._workspace = workspace
        self._batch = batch
        self._known = Known.of(self._opening)
        self._facts: list[Fact] = []
        self._lines: dict[str, dict[str, str]] = {}
        self._taken: list[Difference] = []
        self._refused: list[Returned] = []
        self._back: dict[str, list[Blank]] = {}
        self._same = 0
        self._wrote: set[str] = set()
        self._empty: set[str] = set()

    def take(self, files: Iterable[FilledFile]) -> Answered:
        """Take what can be taken; nothing is recorded yet."""
        sources = []
        for file in files:
            sources.append(file.source)
            self._take_file(file)
            for stray in file.stray:
                sentence = STRAY.format(stray.said)
                self._refused.append(Returned("", file.source, stray.where, stray.about, sentence, asks=False))
            if file.beside:
                self._refused.append(Returned("", file.source, "", "", file.beside, asks=False))
        taken: tuple[Fact, ...] = ()
        if self._facts:
            head = AnswersTaken(day=self._opening.day, lines=self._lines, sources=tuple(sources))
            taken = (head, *self._facts)
        return Answered(
            facts=taken,
            taken=tuple(self._taken),
            refused=tuple(self._refused),
            same=self._same,
            empty=len(self._empty - self._wrote),
            back=tuple(self._small_sheet(person, blanks) for person, blanks in self._back.items()),
            sources=tuple(sources),
        )

    def _take_file(self, file: FilledFile) -> None:
        wrong: dict[str, int] = {}
        found: list[Line] = []
        for filled in file.lines:
            line_of_sheet = f"{filled.sheet} {filled.line.key}"
            if not filled.said:
                self._empty.add(line_of_sheet)
                continue
            self._wrote.add(line_of_sheet)
            if sentence := wrong_sheet(filled, self._opening, self._known, self._workspace):
                wrong[sentence] = wrong.get(sentence, 0) + 1
                continue
            line = find(filled, self._opening, self._known)
            if isinstance(line, str):
                self._refuse(filled, file.source, line)
            else:
                found.append(line)
        for sentence, count in wrong.items():
            lines = f"{count} {'line' if count == 1 else 'lines'}"
            self._refused.append(Returned("", file.source, lines, "", sentence, asks=False))
        found = [line for line in found if self._is_open(line, file.source)]
        found.sort(key=lambda line: ORDER.index(line.kind))
        for group in _together(found):
            self._take_lines(group, file.source)

    def _is_open(self, line: Line, source: str) -> bool:
        """Pass over a line that was taken before, and refuse one that says something else now or is stale."""
        before = self._lines.get(line.person.id, {}).get(line.filled.line.key)
        before = answered_before(line, self._meeting) if before is None else before
        if before is not None:
            if before == line.filled.said:
                self._same += 1
            else:
                self._refuse(line.filled, source, f"answered already: “{before}”. Change it in the review", line)
            return False
        changed = stale(line, self._opening)
        if changed:
            self._refuse(line.filled, source, f"{changed}. Is “{line.filled.said}” still right?", line, asks=True)
        return not changed

    def _take_lines(self, lines: Sequence[Line], source: str) -> None:
        """Decide one answer, or the lines of one call together."""
        first = lines[0]
        keys = self._lines.get(first.person.id, {})
        if any(line.filled.line.key in keys for line in lines):
            for line in lines:
                self._is_open(line, source)
            return
        if spoiled := next((line.filled.spoiled for line in lines if line.filled.spoiled), ""):
            self._ask_again(lines, source, Refusal(SPOILED.format(spoiled)))
            return
        of_call = first.kind in OF_CALL
        meeting = self._calling() if of_call else self._meeting
        unit = self._meeting.settings.call_unit
        if of_call:
            period = called_period(meeting, following=is_next(lines))
            last = last_call(meeting.opening, first.person.id, period)
            intent: Intent | Refusal = call_intent(first.person, lines, unit, last)
        else:
            intent = intent_of(first, meeting)
        answer = intent if isinstance(intent, Refusal) else self._decide(meeting, intent, first)
        if isinstance(answer, Refusal):
            self._ask_again(lines, source, answer)
            return
        facts = [self._dated(fact) for fact in answer.events]
        before, at = self._meeting, datetime.combine(self._opening.day, time(), UTC)
        for fact in facts:
            self._meeting = apply(self._meeting, fact, at)
        self._facts += facts
        mine = self._lines.setdefault(first.person.id, {})
        mine.update({line.filled.line.key: line.filled.said for line in lines})
        said = say_facts(facts, before, first)
        self._taken.append(
            Difference(first.person.id, about_line(first, before, self._known), said, self._cautions(facts))
        )

    def _calling(self) -> Meeting:
        """Give what stands as calls are stated on it: in the review's period, in whole currency."""
        settings = replace(self._meeting.settings, call_unit="1")
        return replace(self._meeting, day=self._review_day, settings=settings)

    def _decide(self, meeting: Meeting, intent: Intent, line: Line) -> Decided | Refusal:
        """Answer by the decider of the room; each line makes ids of its own."""
        seed = f"{self._batch}{line.filled.line.key}".encode()
        context = Context(
            now=datetime.combine(meeting.day, time(), UTC), batch=blake2b(seed, digest_size=16).hexdigest()
        )
        answer = decide_on(meeting, intent, context)
        if isinstance(answer, Refusal) and answer.confirm and isinstance(intent, GiveEvidence):
            return Refusal("that is not the deal’s close date: move the close date too, and say why", "close_date")
        if isinstance(answer, Refusal) and answer.confirm:
            return replace(answer, sentence=answer.sentence.replace(ENTER_AGAIN, "Written once more it is taken"))
        return answer

    def _dated(self, fact: Fact) -> Fact:
        if isinstance(fact, VerdictGiven):
            return replace(fact, on=self._opening.day)
        return replace(fact, call=replace(fact.call, in_writing=True)) if isinstance(fact, CallStated) else fact

    def _cautions(self, facts: Sequence[Fact]) -> str:
        """Say what to think about: a day before the review, a weekend, one past the close date."""
        out = next((fact for fact in facts if isinstance(fact, ClosedOut)), None)
        if out is None:
            return ""
        settings, due = self._meeting.settings, out.step.due
        found = cautions(
            due,
            self._meeting.person(out.step.owner),
            today=self._review_day,
            close_date=self._meeting.effective(out.deal).close_date,
            workdays=Workdays.of(settings),
            far_days=settings.thresholds.far_days,
        )
        early = (
            f"{short_date(due)} lies before the review of {short_date(self._review_day)}: it will be asked again there"
        )
        return "; ".join((*((early,) if due < self._review_day else ()), *(one.sentence for one in found)))

    # What goes back

    def _refuse(
        self, filled: Filled, source: str, sentence: str, line: Line | None = None, *, asks: bool = False
    ) -> None:
        person = line.person.id if line else self._known.people[filled.sheet.person].id
        about = about_line(line, self._meeting, self._known) if line else filled.about
        self._refused.append(Returned(person, source, filled.where, about, sentence, asks))
        if asks and line is not None:
            self._back.setdefault(person, []).append(
                again(self._calling() if line.kind in OF_CALL else self._meeting, line, sentence)
            )

    def _ask_again(self, lines: Sequence[Line], source: str, refusal: Refusal) -> None:
        """Send lines back with their question; where the call was odd, the next number counts as it is written."""
        numbers = (Kind.COMMIT, Kind.SURE, Kind.NEXT, Kind.NEXT_SURE)
        number = next((line for line in lines if line.kind in numbers), lines[0])
        for line in lines:
            sentence = refusal.sentence if line is number else WITH_COMMIT
            self._refuse(line.filled, source, sentence, line, asks=line.kind is not Kind.TOLD)
        first, back = lines[0], self._back.setdefault(lines[0].person.id, [])
        commit, sure, reason = (OF_NEXT[kind] if is_next(lines) else kind for kind in OF_NEXT)
        if refusal.confirm and first.kind in OF_CALL:
            at = next((at for at, blank in enumerate(back) if blank.kind is commit), None)
            if at is not None:
                back[at] = replace(back[at], kind=sure, code=call_code(sure, first.person.id))
        asked = {(blank.kind, blank.ident) for blank in back}
        if refusal.field == "reason" and (reason, first.ident) not in asked:
            code = call_code(reason, first.ident)
            back.append(replace(back[-1], kind=reason, now=refusal.sentence, code=code))
        if refusal.field == "close_date" and first.kind is Kind.CONFIRMED and (Kind.CLOSE, first.ident) not in asked:
            back.append(deal_blank(self._meeting, first.ident, Kind.CLOSE, refusal.sentence))

    def _small_sheet(self, person: str, blanks: list[Blank]) -> Sheet:
        ledger, owner = self._opening.ledger, self._opening.person(person)
        name = owner.name if owner else person
        return Sheet(
            person=person,
            name=name,
            day=self._review_day,
            code=sheet_code(self._workspace, person, ledger),
            blanks=tuple(blanks),
            said=(
                "Answer these once more, and send it back: each line says why it could not be taken.",
                f"Still open for the pipeline review of {short_date(self._review_day)} – {name}.",
            ),
        )


def _together(lines: Sequence[Line]) -> list[list[Line]]:
    """Put the lines of one call together; every other line stands alone."""
    groups: list[list[Line]] = []
    calls: dict[tuple[str, bool], list[Line]] = {}
    for line in lines:
        key = (line.person.id, is_next((line,)))
        if line.kind not in OF_CALL:
            groups.append([line])
        elif key in calls:
            calls[key].append(line)
        else:
            calls[key] = [line]
            groups.append(calls[key])
    return groups
