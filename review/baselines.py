"""Exports of before the first review, folded in the order of their days: pushes, ages, what closed (method, 11).

They leave the ledger that a first review is set against, and hold no review: no stay in commit, no promise, no call.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from review.accuracy import won_as_known
from review.creation import creation
from review.deals import Deal, Export, Status, deal_key
from review.figures import ZERO
from review.importing import FIELDS, KEPT_HISTORY, take_in
from review.keys import BETWEEN, known_by_key, rekeyed
from review.past import Interval
from review.records import Change, DealRecord, Ledger
from review.renaming import renamed
from review.settings import Settings
from review.snapshot import at_lock, movable, moved_later
from review.truth import effective, encode

NOT_ASKED = "before the first review"
"""Stands where a deal vanished between two of these exports: nobody is asked where it went."""


def is_closed_list(export: Export) -> bool:
    """Tell whether an export holds closed deals alone, and so says nothing of a deal that is not in it."""
    return all(deal.status is not Status.OPEN for deal in export.deals)


def why_not_past(export: Export, *, dated: bool, today: date, last: date | None, taken: Mapping[date, str]) -> str:
    """Say why an export is none of before the first review; empty where it is one.

    `dated`: whether its day was said or stands in its name. `last`: the day from which exports are no past any more,
    see `past_until`. `taken`: the days of which there is one, with its file.
    """
    day = f"{export.day.day} {export.day:%b %Y}"
    if is_closed_list(export):
        return ""
    if not dated and export.day >= today:
        return (
            f"{export.source} has no date in its name, and the file was saved today, which says nothing of the day it"
            " shows. Say that day with --as-of DATE, or put it into the name, as in deals 2026-10-05.csv."
        )
    if last is not None and export.day >= last:
        return (
            f"{export.source} shows {day}, and reviews began with the export of {last.day} {last:%b %Y}: only older"
            " ones are the past. Say its day with --as-of DATE if it is another, or read it in without --baseline."
        )
    if export.day in taken:
        return (
            f"{export.source} shows {day}, and so does {taken[export.day]}; there is one export a day. Say its day with"
            " --as-of DATE if it is another."
        )
    return ""


def past_until(ledger: Ledger) -> date | None:
    """Give the day from which an export is no past any more; None before anything was read in.

    Until the first review is locked that is the day of the export it will stand on, also where others were read in
    before; from then on what stood is frozen, and it is the day of the first export that was read in.
    """
    return ledger.began if ledger.locks else ledger.export_day


def past_of(exports: Mapping[str, Export], settings: Settings, until: date | None = None) -> Ledger:
    """Give what exports leave that are older than `until`, by name in any order; lists of closed deals always count."""
    lists = {name: export for name, export in exports.items() if is_closed_list(export)}
    whole = {name: e for name, e in exports.items() if name not in lists and (until is None or e.day < until)}
    closed = _latest(lists.values())
    ledger = Ledger()
    for export in sorted(whole.values(), key=lambda export: export.day):
        seen = _with_closed(export, closed, ledger)
        ledger = _stood(take_in(ledger, seen, settings), settings, export.day)
    ledger = _with_lists(ledger, closed, tuple(lists.values()), settings)
    names = sorted((*whole, *lists), key=lambda name: (exports[name].day, name))
    days = tuple(sorted(export.day for export in whole.values()))
    past = replace(ledger.past, files=tuple(names), days=days, since=ledger.lock_export_day)
    return replace(_no_import(ledger), past=past)


def before_first(ledger: Ledger, past: Ledger) -> Ledger:
    """Give the ledger of a workspace without a lock as its first import finds it."""
    return replace(
        ledger, current=past.current, past=past.past, lock_export_day=past.lock_export_day, won=past.won or ledger.won
    )


def between(ledger: Ledger, names: Iterable[str], exports: Mapping[str, Export], settings: Settings) -> Ledger:
    """Let exports stand that lie between the last import and one that comes next, before the first review.

    They are what that review is set against, as those of before the first import are. One that is no newer than the
    last import stood before it.
    """
    since = ledger.export_day or date.min
    found = {name: exports[name] for name in names}
    found = {name: export for name, export in found.items() if export.day > since and not is_closed_list(export)}
    for name, export in sorted(found.items(), key=lambda one: one[1].day):
        sentences, began = ledger.third_values, frozenset(ledger.past.days)
        before = ledger.deals
        ledger = _stood(take_in(ledger, export, settings), settings, export.day)
        deals = {ident: _as_locked(record, before.get(ident)) for ident, record in ledger.current.items()}
        past = replace(
            ledger.past,
            files=(*ledger.past.files, name),
            days=tuple(sorted({*began, export.day})),
            since=export.day,
        )
        ledger = replace(ledger, current=deals, past=past, third_values=sentences)
    return ledger


def _as_locked(record: DealRecord, before: DealRecord | None) -> DealRecord:
    """Count a push after the first import as the first lock counts it: what older exports tell later is not added."""
    lock = record.lock
    if before is None or lock is None:
        return replace(record, first_close=movable(lock) if lock else None)
    if before.first_close is not None:
        return replace(record, past_pushes=before.past_pushes, first_close=before.first_close)
    later = moved_later(before.lock, movable(lock))
    return replace(record, past_pushes=before.past_pushes + later, first_close=movable(lock))


def _latest(lists: Iterable[Export]) -> dict[str, Deal]:
    """Give every deal of the lists of closed ones, as the latest list has it."""
    return {
        deal_key(deal.id): deal for export in sorted(lists, key=lambda one: (one.day, one.id)) for deal in export.deals
    }


def _with_closed(export: Export, closed: Mapping[str, Deal], ledger: Ledger) -> Export:
    """Add the deals that were closed by the day of an export and are not in it any more."""
    here = {deal_key(deal.id) for deal in export.deals}
    more = tuple(
        deal
        for ident, deal in closed.items()
        if ident not in here and (ident in ledger.deals or (deal.close_date or date.max) <= export.day)
    )
    return replace(export, deals=(*export.deals, *more)) if more else export


def _stood(ledger: Ledger, settings: Settings, day: date) -> Ledger:
    """Let the export taken in last stand as what the next one is set against."""
    past, asked = ledger.past, renamed(ledger)
    if ledger.lock_export_day is not None:
        past = replace(past, intervals=(*past.intervals, _interval(ledger, day)))
    return replace(
        ledger,
        current={ident: _kept(record, day, asked=ident in asked) for ident, record in ledger.current.items()},
        past=past,
        lock_export_day=day,
        won=won_as_known(ledger, settings, day, from_exports=True),
        third_values=(),
    )


def _kept(record: DealRecord, day: date, *, asked: bool) -> DealRecord:
    """Keep a deal as it stood; where a vanished one went is `asked` only if another may be it now."""
    lock = at_lock(record, day, from_exports=True)
    pushes = record.pushes + moved_later(record.lock, movable(lock))
    gone = record.missing_since is not None and not record.vanished and not asked
    return replace(
        record,
        lock=lock,
        pushes=pushes,
        past_pushes=pushes,
        from_exports=True,
        returned=False,
        vanished=NOT_ASKED if gone else record.vanished,
        vanished_on=record.missing_since if gone else record.vanished_on,
    )


def _interval(ledger: Ledger, day: date) -> Interval:
    found = creation(ledger)
    return Interval(
        day=day,
        created=found.created.value or ZERO,
        won=len(found.won.deals),
        lost=len(found.lost.deals),
        won_amount=found.won.value or ZERO,
        lost_amount=found.lost.value or ZERO,
    )


def _with_lists(ledger: Ledger, closed: Mapping[str, Deal], lists: Sequence[Export], settings: Settings) -> Ledger:
    """Add what only the lists of closed deals know; one older than the last whole export closes nothing it shows."""
    if not lists:
        return ledger
    last = max(lists, key=lambda export: (export.day, export.id))
    day = max(last.day, ledger.export_day or last.day)
    here = {ident: record.crm for ident, record in ledger.deals.items() if record.missing_since is None}
    ends = {ident for ident, deal in here.items() if deal.status is Status.OPEN} if day == last.day else set()
    more = {ident: deal for ident, deal in closed.items() if ident not in ledger.deals or ident in ends}
    deals = tuple({**here, **more}.values())
    ledger = take_in(ledger, replace(last, day=day, deals=deals, columns=ledger.columns or last.columns), settings)
    told = {ident: replace(ledger.deals[ident], from_exports=True) for ident in more if ident in ledger.deals}
    return ledger.with_deals(told)


def _no_import(ledger: Ledger) -> Ledger:
    """Forget which export was taken in last: what stands is read in without being called a baseline."""
    nothing = Ledger()
    told = ("export", "export_day", "export_source", "export_rows", "export_read_at", "columns", "began")
    return replace(ledger, **{field: getattr(nothing, field) for field in told})


# Read in after the first lock


def learned(ledger: Ledger, past: Ledger) -> Ledger:
    """Give the ledger of later reviews with what the past adds to its deals; what locks have frozen stays.

    Pushes, ages, histories and what had closed by then; the same past twice changes nothing.
    """
    ledger = ledger.in_full()
    began = ledger.began or min((record.first_seen for record in ledger.current.values()), default=date.max)
    rows = tuple(record.crm for record in ledger.current.values())
    whole = Export(id="", day=began, source="", crm="", deals=rows, has_ids=not any(BETWEEN in row.id for row in rows))
    past = rekeyed(past, known_by_key(past, whole))
    deals = dict(ledger.current)
    for ident, known in past.current.items():
        if ident in deals:
            deals[ident] = _with_past(deals[ident], known, began)
        elif known.crm.status is not Status.OPEN:
            deals[ident] = replace(known, lock=at_lock(known, began))
    noted = {won.period for won in ledger.won}
    won = (*(won for won in past.won if won.period not in noted), *ledger.won)
    told = replace(past.past, since=ledger.past.since, intervals=ledger.past.intervals)
    return replace(ledger, current=deals, past=told, began=began, won=tuple(sorted(won, key=lambda one: one.period)))


def _with_past(record: DealRecord, known: DealRecord, began: date) -> DealRecord:
    pushes = known.pushes + moved_later(known.lock, record.first_close)
    here = tuple(change for change in record.history if change.on > began or change.note)
    older = tuple(change for change in known.history if change.on < began)
    record = replace(
        record,
        from_exports=True,
        first_seen=min(record.first_seen, known.first_seen),
        pushes=record.pushes - record.past_pushes + pushes,
        past_pushes=pushes,
        history=(*older, *_until_first(record, known, here, began), *here)[-KEPT_HISTORY:],
        movement=record.movement or known.movement,
        buyer_movement=record.buyer_movement or known.buyer_movement,
    )
    return _with_loss(_with_age(record, known, began), known, began)


def _until_first(record: DealRecord, known: DealRecord, here: Iterable[Change], began: date) -> Iterator[Change]:
    """Give what changed between the last of the exports of before and the first import."""
    first: dict[str, str] = {}
    for change in here:
        first.setdefault(change.field, change.frm)
    then, now = effective(known), effective(record)
    for field in FIELDS:
        frm, to = encode(getattr(then, field)), first.get(field, encode(getattr(now, field)))
        if frm != to:
            yield Change(field=field, frm=frm, to=to, on=began)


def _with_age(record: DealRecord, known: DealRecord, began: date) -> DealRecord:
    """Let the age in a stage reach back, where it began at first sight and the CRM does not date it itself."""
    seen = not record.stage_since_known or record.stage_since < began
    if not seen or record.crm.stage_entered is not None:
        return record
    if known.crm.stage == effective(record).stage:
        return replace(record, stage_since=known.stage_since, stage_since_known=known.stage_since_known)
    return replace(record, stage_since=max(record.stage_since, began), stage_since_known=True)


def _with_loss(record: DealRecord, known: DealRecord, began: date) -> DealRecord:
    """Date a loss by the first export that showed it, where the first import had it as lost already."""
    if record.crm.status is not Status.LOST:
        return replace(record, first_lost=None, lost_at_first=False)
    if record.first_lost is not None and record.first_lost > began and not record.lost_at_first:
        return record
    if known.first_lost is not None or record.first_lost is None:
        return replace(record, first_lost=known.first_lost, lost_at_first=known.lost_at_first)
    return replace(record, first_lost=max(record.first_lost, began), lost_at_first=False)
