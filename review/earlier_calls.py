"""Calls that were stated before there were reviews here: taken in from a file, and set against the export."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from review.figures import ZERO, whole
from review.forecast import implied
from review.money import short_money
from review.periods import period_of
from review.pipeline import pipeline_of
from review.records import Call, Ledger
from review.rollup import last_calls
from review.settings import Settings

FAR_OFF = 5
"""Times that stated calls and what the export implies may differ before the unit is asked for."""


def with_calls(known: Iterable[Call], read: Iterable[Call], settings: Settings) -> tuple[Call, ...]:
    """Put calls from a file among those that are known, by day; one read before for the same person and day gives way.

    A call stated in a review stays whatever the file says, and stands behind the file's of the same day. The periods
    are those of the settings as they are now: a file says days.
    """
    fresh = {(call.person, call.day): replace(call, period=period_of(call.day, settings).first) for call in read}
    kept = [call for call in known if not (call.from_exports and (call.person, call.day) in fresh)]
    return tuple(sorted((*fresh.values(), *kept), key=lambda call: (call.day, not call.from_exports)))


def say_scale(ledger: Ledger, settings: Settings, calls: Iterable[Call], day: date) -> str:
    """Ask whether calls have the export's unit; empty where they are near enough, or nothing can be compared.

    The last calls for the period of `day` are set against the implied commit of the same people's deals.
    """
    period = period_of(day, settings)
    last = last_calls(calls, period)
    stated = sum((call.commit for call in last.values()), ZERO)
    export = sum((implied(pipeline_of(ledger, settings, day, rep=person)).commit for person in last), ZERO)
    if stated <= 0 or export <= 0:
        return ""
    figures = f"{short_money(stated)} against {short_money(export)} for {period.label}"
    if stated * FAR_OFF < export:
        return f"Stated calls are 1/{whole(export / stated)} of what the export implies ({figures}) – same unit?"
    if stated > export * FAR_OFF:
        return f"Stated calls are {whole(stated / export)} times what the export implies ({figures}) – same unit?"
    return ""
