"""The sheet for a talk between the manager and one rep, as a page (manager only)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from review.accuracy import Accuracy
from review.coaching import calibration, next_questions, proposed_focus
from review.dates import short_date
from review.figures import whole
from review.kept import kept_over
from review.money import short_money
from review.page import Block, Column, Page, Row
from review.people import find_person
from review.ports import Standing
from review.private_notes import Entry, EntryKind, Private, about
from review.records import Ledger
from review.words import counted, day_month

PRIVATE = "For you alone. It lies in the private folder and is in no recap, export or backup unless you ask for it."


def sheet_of(standing: Standing, day: date, person: str, entries: Iterable[Entry]) -> Page:
    """Gather what a talk with one rep rests on; raises KeyError for somebody who is not of the team."""
    ledger, settings = standing.ledger, standing.settings
    found = find_person(settings.people, person)
    if found is None:
        raise KeyError(person)
    every = tuple(entries)
    mine = about(every, found.id)
    call = max((c for c in ledger.calls if c.person == found.id and not c.team), key=lambda c: c.day, default=None)
    stated = calibration(ledger, settings, day, found, call)
    kept = kept_over(ledger.locks, settings.thresholds.kept_target, found.id)
    focus = proposed_focus(ledger, settings, day, found.id)
    rates = [f"Promises kept: {kept.kept} of {kept.judged}."] if kept.judged else ["No promise was judged yet."]
    if stated is not None:
        rates.append(f"Last stated commit: {short_money(stated.stated)}. {say_calibration(stated.accuracy)}")
    return Page(
        title=f"PRIVATE – one-to-one with {found.name}, {short_date(day)} {day.year}",
        lines=(PRIVATE, " ".join(rates)),
        blocks=(
            _one_focus(mine, f"Nothing chosen. Proposed: {focus.text} ({focus.why})." if focus else "Nothing chosen."),
            _listed("In their words", [] if mine.words is None else [mine.words], "Nothing undertaken yet."),
            _due(ledger, found.id, day),
            _listed("Questions of yours", mine.questions, "None."),
            Block(
                title="Questions from the deals",
                note="Ask first, then one thing; about what was done, not who did it.",
                columns=(Column("deal", most=40), Column("ask", most=200), Column("because", most=200)),
                rows=tuple(
                    Row((one.title, one.ask, one.why)) for one in next_questions(ledger, settings, day, found.id)
                ),
            ),
            _listed("Notes", mine.notes, "None."),
            _past(every, found.id),
        ),
    )


def say_calibration(scored: Accuracy) -> str:
    """Say how a rep's last quarters came out, each with its ratio or why it has none."""
    if not scored.scored:
        return "No completed quarter is scored yet."
    said = ", ".join(
        f"{one.period.label} {percent(one.ratio.value)}" for one in scored.periods if one.ratio.value is not None
    )
    return f"Won of what was forecast: {said}; {scored.scored} of {len(scored.periods)} quarters scored."


def percent(ratio: Decimal) -> str:
    """Write a ratio in whole percent."""
    return f"{whole(ratio * 100)} %"


def _one_focus(mine: Private, otherwise: str) -> Block:
    if mine.focus is None:
        return Block(title="One focus", note=otherwise)
    return _listed("One focus", [mine.focus], "")


def _listed(title: str, entries: Iterable[Entry], none: str) -> Block:
    rows = tuple(Row((day_month(entry.day), entry.text)) for entry in entries)
    return Block(title=title, note="" if rows else none, columns=(Column("day"), Column("text", most=400)), rows=rows)


def _due(ledger: Ledger, person: str, day: date) -> Block:
    mine = sorted((c for c in ledger.commitments.values() if c.owner == person and c.is_open), key=lambda c: c.due)
    rows = tuple(
        Row((day_month(c.due), c.text, f"moved {counted(c.carried, 'time')}" if c.carried else "")) for c in mine
    )
    past = sum(c.due < day for c in mine)
    note = f"{past} past their date." if past else "" if rows else "None open."
    columns = (Column("due"), Column("promise", most=200), Column("moved"))
    return Block(title="Open promises", note=note, columns=columns, rows=rows)


def _past(entries: tuple[Entry, ...], person: str) -> Block:
    """Show what was worked on before: earlier focuses and undertakings, the latest first."""
    kinds = (EntryKind.FOCUS, EntryKind.WORDS)
    mine = [entry for entry in entries if entry.person == person and entry.kind in kinds and entry.settled]
    rows = tuple(Row((day_month(e.day), e.kind.value, f"{e.text} – {e.settled}")) for e in mine[::-1])
    columns = (Column("day"), Column("what"), Column("text", most=400))
    return Block(title="Before", note="" if rows else "Nothing yet.", columns=columns, rows=rows)
