"""How an export changes the ledger: agreements, third values, movement, what is new and what is gone (method, 2)."""

from datetime import date
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from review.collecting import after_import
from review.commitments import Commitment
from review.crm_step import is_ours
from review.deals import Category, Deal, Ending, Export, Status, deal_key
from review.forecast import unless_lapsed
from review.keys import known_by_key, rekeyed, with_known_ids
from review.people import find_person
from review.pipeline import stage_place
from review.records import Change, ChangedField, DealRecord, Decision, Ended, Ledger, Movement
from review.results import Refusal
from review.settings import Settings
from review.truth import effective, encode, say_decision, tells
from review.words import day_month

FIELDS: Final[tuple[ChangedField, ...]] = ("close_date", "amount", "stage", "category", "owner", "status", "next_step")
KEPT_HISTORY = 40
_VALUES = attrgetter(*FIELDS)
CLOSED_BY = {Ending.WON: Status.WON}


def older_than_last(ledger: Ledger, export: Export) -> Refusal | None:
    """Refuse an export that shows an earlier day than the last one that was read in."""
    last = ledger.export_day
    if last is None or export.day >= last:
        return None
    days = f"{day_month(export.day)}, and an export of {day_month(last)}"
    return Refusal(f"{export.source} shows {days} was read in already. Read it in only if it is the right one.", "day")


def take_in(ledger: Ledger, export: Export, settings: Settings) -> Ledger:
    """Give the ledger as this export leaves it; the day the export shows dates every change."""
    ledger, export = rekeyed(ledger, known_by_key(ledger, export)), with_known_ids(ledger, export)
    records: dict[str, DealRecord] = {}
    sentences: list[str] = []
    every = ledger.deals
    rep_of, categorised = _Reps(settings), _Categories(export, settings)
    for row in export.deals:
        key = deal_key(row.id)
        deal = categorised(row if row.id == key else replace(row, id=key))
        known = every.get(key)
        rep = rep_of(deal)
        if known is None:
            records[key] = _first_seen(deal, rep, export)
            continue
        record, said = seen_again(known, deal, rep, export, settings, ledger.commitments.get(known.step))
        if key in ledger.settled and record == known:
            continue
        records[key] = record
        sentences.extend(said)
    for key, known in ledger.current.items():
        if key not in records:
            records[key] = _absent(known, export)
    after = replace(
        ledger,
        current=records,
        settled=ledger.settled.without(records),
        export=export.id,
        export_day=export.day,
        export_source=export.source,
        export_rows=len(export.deals),
        export_read_at=export.read_at,
        columns=export.columns,
        told=_still_told(ledger, records),
        began=ledger.began or export.day,
        third_values=(*ledger.third_values, *sentences),
    )
    return after_import(after, settings, export.day)


class _Categories:
    """Gives open deals the category that the team's own words say: by alias, or by stage where there is no column."""

    def __init__(self, export: Export, settings: Settings) -> None:
        self._by_stage = {} if "category" in export.columns else settings.category_by_stage
        known = {category.value for category in Category}
        aliases = settings.category_aliases.items()
        # A word that means closed says nothing of an open deal.
        self._aliases = {_letters(word): meaning for word, meaning in aliases if meaning in known}

    def __call__(self, deal: Deal) -> Deal:
        """Give the deal with its category."""
        if deal.status is not Status.OPEN:
            return deal
        meaning = self._by_stage.get(deal.stage)
        if meaning is None and self._aliases and deal.category_word:
            meaning = self._aliases.get(_letters(deal.category_word))
        return deal if meaning is None or meaning == deal.category else replace(deal, category=Category(meaning))


def _letters(text: str) -> str:
    """Reduce a word to its letters and digits, so that 'Best-Case' and 'best case' are one."""
    return "".join(char for char in text.casefold() if char.isalnum())


class _Reps:
    """Finds the person an export's owner text means, once per spelling."""

    def __init__(self, settings: Settings) -> None:
        self._people = settings.people
        self._found: dict[str, str] = {}

    def __call__(self, deal: Deal) -> str:
        """Give the person's id, or the empty text where the owner is nobody of the team."""
        text = deal.owner or deal.owner_email
        if text not in self._found:
            person = find_person(self._people, text)
            self._found[text] = person.id if person else ""
        return self._found[text]


def _first_seen(deal: Deal, rep: str, export: Export) -> DealRecord:
    known = deal.stage_entered is not None
    return DealRecord(
        crm=deal,
        rep=rep,
        first_seen=export.day,
        stage_since=deal.stage_entered or export.day,
        stage_since_known=known,
        movement=_activity(None, deal, export),
        buyer_movement=_inbound(None, deal),
        first_lost=export.day if deal.status is Status.LOST else None,
        lost_at_first=deal.status is Status.LOST,
    )


def seen_again(
    known: DealRecord, deal: Deal, rep: str, export: Export, settings: Settings, step: Commitment | None
) -> tuple[DealRecord, list[str]]:
    """Give a known deal as a row of an export leaves it, with the third values that it shows in sentences."""
    if _says_the_same(known, deal, rep, export):
        return known, []
    before = effective(known)
    if known.decisions or known.ended is not None:
        record, said = _agree(replace(known, crm=deal), known, export)
    else:
        record, said = replace(known, crm=deal), []
    # The step that a review sent to the CRM is nothing new there.
    after = effective(record)
    sent = replace(after, next_step=before.next_step) if is_ours(deal.next_step, step) else after
    changes = _changes(before, sent, export.day)
    record = replace(
        record,
        rep=rep,
        missing_since=None,
        vanished="",
        vanished_on=None,
        returned=known.missing_since is not None or known.returned,
        history=(*record.history, *changes)[-KEPT_HISTORY:],
        movement=_moved(_activity(record.movement, deal, export), before, after, export, settings),
        buyer_movement=_inbound(record.buyer_movement, deal),
    )
    if deal.owner != known.crm.owner and (rep != known.rep or not rep):
        record = replace(record, inherited=(known.crm.owner, export.day))
    if rep != known.rep:
        record = untold(record)
    record = unless_lapsed(_dated_loss(record, known, export.day))
    if deal.stage_entered is not None and effective(record).stage == deal.stage:
        record = replace(record, stage_since=deal.stage_entered, stage_since_known=True)
    elif after.stage != before.stage:
        record = replace(record, stage_since=export.day, stage_since_known=True)
    return record, said


def untold(record: DealRecord) -> DealRecord:
    """Forget what the rep before was told of the rules: the new one has not been told (method, section 2)."""
    stay = record.stay
    return replace(record, evidence_told=None, stay=None if stay is None else replace(stay, told=None))


def _still_told(ledger: Ledger, records: dict[str, DealRecord]) -> dict[str, date]:
    """Keep what stood on the sheet of whoever owns the deal now."""
    return {
        key: day for key, day in ledger.told.items() if key in records and records[key].rep == ledger.deals[key].rep
    }


def _dated_loss(record: DealRecord, known: DealRecord, day: date) -> DealRecord:
    """Note the day on which a loss was first seen; one that was reopened or won since is lost anew, on another day."""
    if record.crm.status is not Status.LOST:
        return record if known.first_lost is None else replace(record, first_lost=None, lost_at_first=False)
    return replace(record, first_lost=day) if known.crm.status is not Status.LOST else record


def _says_the_same(known: DealRecord, deal: Deal, rep: str, export: Export) -> bool:
    """Tell whether a row shows what stands, and nothing that was decided has to be set against it: most rows do."""
    if deal != known.crm or rep != known.rep or known.decisions or known.ended is not None:
        return False
    if known.missing_since is not None or known.vanished or known.vanished_on is not None:
        return False
    if deal.stage_entered is not None and not (known.stage_since_known and known.stage_since == deal.stage_entered):
        return False
    # The same row says more where the columns beside it are others.
    moved, heard = known.movement, known.buyer_movement
    return _activity(moved, deal, export) is moved and _inbound(heard, deal) is heard


def _agree(record: DealRecord, known: DealRecord, export: Export) -> tuple[DealRecord, list[str]]:
    """Let each decision hold, agree, or give way to a third value; a closed deal has no category or stage to decide.

    The day on which a deal closed that the review ended is the CRM's own, and no answer to the date decided before.
    An export without the column says nothing of it, though a category may follow from the stage: the decision holds.
    """
    held: list[Decision] = []
    said: list[str] = []
    closed = record.crm.status is not Status.OPEN
    settled = ("category", "stage", "close_date") if record.ended is not None else ("category", "stage")
    for decision in record.decisions:
        now = encode(getattr(record.crm, decision.field))
        silent = not tells(export.columns, decision.field)
        if (closed and decision.field in settled) or (now == decision.value and not silent):
            continue
        if silent or now == decision.crm_then or now in decision.earlier:
            held.append(decision)
            continue
        said.append(_third(record.crm, decision, now))
    ended = _ended_agrees(record, known)
    if ended is None and known.ended is not None and not known.ended.agreed:
        said.append(f"{record.crm.title}: review said {known.ended.kind.value}, CRM now {record.crm.status.value}")
    return replace(record, decisions=tuple(held), ended=ended), said


def _third(deal: Deal, decision: Decision, now: str) -> str:
    shown = say_decision(replace(decision, value=now))
    return f"{deal.title}: review said {say_decision(decision)}, CRM now {shown}"


def _ended_agrees(record: DealRecord, known: DealRecord) -> Ended | None:
    """Let an ended deal agree when the CRM closes it; open again after that it is reopened."""
    ended = known.ended
    if ended is None:
        return None
    if record.crm.status is Status.OPEN:
        return None if ended.agreed else ended
    expected = CLOSED_BY.get(ended.kind, Status.LOST)
    if record.crm.status is expected:
        return replace(ended, agreed=True)
    return None


def _absent(known: DealRecord, export: Export) -> DealRecord:
    """Note a deal that this export does not have: agreed where it was ended or closed, otherwise vanished."""
    if known.ended is not None:
        return replace(known, ended=replace(known.ended, agreed=True))
    if known.missing_since is not None or known.crm.status is not Status.OPEN:
        return known
    return replace(known, missing_since=export.day)


def _changes(old: Deal, new: Deal, day: date) -> list[Change]:
    were, are = _VALUES(old), _VALUES(new)
    if were == are:
        return []
    return [
        Change(field=field, frm=encode(before), to=encode(after), on=day)
        for field, before, after in zip(FIELDS, were, are, strict=True)
        if before != after
    ]


def _activity(known: Movement | None, deal: Deal, export: Export) -> Movement | None:
    """From the CRM: the last inbound mail or meeting, or the last activity if that is all that the export tells."""
    on = deal.last_inbound or (None if "last_inbound" in export.columns else deal.last_activity)
    if on is None or (known is not None and known.on >= on):
        return known
    what = "inbound mail or meeting" if deal.last_inbound else "last activity"
    return Movement(on=on, what=what, buyer=deal.last_inbound is not None, from_crm=True)


def _inbound(known: Movement | None, deal: Deal) -> Movement | None:
    if deal.last_inbound is None or (known is not None and known.on >= deal.last_inbound):
        return known
    return Movement(on=deal.last_inbound, what="inbound mail or meeting", buyer=True, from_crm=True)


def _moved(known: Movement | None, before: Deal, after: Deal, export: Export, settings: Settings) -> Movement | None:
    """Note movement between two exports: a stage forward, category or amount changed, close date pulled in."""
    what = ""
    old = new = None
    if before.stage != after.stage:
        old, new = stage_place(settings, before.stage), stage_place(settings, after.stage)
    if old is not None and new is not None and new > old:
        what = "stage moved"
    elif before.category is not after.category and before.status is after.status is Status.OPEN:
        what = "category changed"
    elif before.amount != after.amount:
        what = "amount changed"
    elif before.close_date and after.close_date and after.close_date < before.close_date:
        what = "pulled in"
    if not what or (known is not None and known.on > export.day):
        return known
    return Movement(on=export.day, what=what)
