"""Sheets of a small team, filled in by a test."""

from datetime import timedelta

from msgspec.structs import replace

from review.evidence import Confirmation, Paper
from review.sheets.asking import sheets_of
from review.sheets.filled import Filled, FilledFile
from review.sheets.taking import Taking
from tests.builders import MONDAY, a_deal, a_ledger, a_promise, some_settings, with_promises

FRIDAY = MONDAY - timedelta(days=3)
SPACE = "w1"


def a_pipeline(**more):
    """Tom has a deal without a step, a commit deal without evidence and a promise; Wei has one deal."""
    ledger = a_ledger(
        a_deal("d1", account="Northwind"),
        a_deal("d2", account="Initech", category="commit", amount=200_000),
        a_deal("d3", account="Halm", owner="Wei Lin"),
        **more,
    )
    return with_promises(ledger, a_promise("p1", due=FRIDAY))


def the_sheets(ledger, *, day=MONDAY, settings=None):
    return {sheet.person: sheet for sheet in sheets_of(ledger, settings or some_settings(), day, SPACE)}


def fill(sheet, answers, source="tom.csv"):
    """The sheet as it comes back: (kind, id) to answer, date and owner."""
    lines = []
    for number, blank in enumerate(sheet.blanks, 2):
        answer, when, who = (*answers.get((blank.kind, blank.ident), ()), "", "", "")[:3]
        lines.append(
            Filled(
                where=f"row {number}",
                sheet=sheet.code,
                line=blank.code,
                about=blank.about,
                answer=answer,
                when=when,
                who=who,
            )
        )
    return FilledFile(source, tuple(lines))


def take(ledger, *files, today=FRIDAY, day=MONDAY, settings=None, space=SPACE):
    settings = settings or some_settings()
    taking = Taking(ledger, settings, today=today, review_day=day, workspace=space, batch="b" * 32)
    return taking.take(files)


def said(answered):
    return {(one.about, one.said) for one in answered.taken}


def why(answered):
    return [one.sentence for one in answered.refused]


def proven(ledger, ident, day=MONDAY):
    """The ledger with whole evidence for a commit deal."""
    record = ledger.deals[ident]
    close = record.crm.close_date
    record = replace(
        record,
        confirmation=Confirmation(who="Dana", said_on=day - timedelta(days=2), close_date=close),
        paper=Paper(stage="legal", moved_on=day - timedelta(days=2)),
    )
    return replace(ledger, current={**ledger.deals, ident: record})
