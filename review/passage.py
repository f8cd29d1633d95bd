"""How deals pass the stages: the share that goes on from each, and the days from there to won (method, 7 and 12)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from review.closed import closed_day, is_lost, is_won
from review.deals import Status
from review.figures import Figure, median, ratio
from review.health_window import Window
from review.pipeline import stage_place
from review.records import DealRecord, Ledger
from review.settings import Settings
from review.truth import effective

FEW = 5
"""Fewer exits than this are shown greyed."""


class StageExit(Struct, frozen=True):
    """A deal's last exit from one stage, and whether it went forward or was won."""

    stage: str
    on: date
    forward: bool


class Conversion(Struct, frozen=True, kw_only=True):
    """Of the deals that left a stage in the window, the share that went to a later one or was won."""

    stage: str
    left: int
    forward: int
    rate: Figure

    @property
    def few(self) -> bool:
        """Tell whether so few left that the share is shown greyed."""
        return self.left < FEW


def conversions(ledger: Ledger, settings: Settings, window: Window, rep: str | None = None) -> tuple[Conversion, ...]:
    """Give the conversion of every stage of the settings, in their order."""
    found: dict[str, list[tuple[str, bool]]] = {stage.name: [] for stage in settings.stages}
    for key, record in ledger.touched(window.first).items():
        if rep is not None and record.rep != rep:
            continue
        for left in last_exits(record, settings):
            if window.holds(left.on):
                found[left.stage].append((key, left.forward))
    return tuple(_conversion(stage, exits) for stage, exits in found.items())


def _conversion(stage: str, exits: list[tuple[str, bool]]) -> Conversion:
    forward = sum(1 for _, went in exits if went)
    rate = ratio(forward, len(exits), "no deal left this stage in the window", (deal for deal, _ in exits))
    return Conversion(stage=stage, left=len(exits), forward=forward, rate=rate)


def last_exits(record: DealRecord, settings: Settings) -> tuple[StageExit, ...]:
    """Give the last exit of a deal from each stage of the settings; backward moves are no exits.

    From the stage that a deal stands in it has no exit, though it left it before. A move to a stage that the settings
    do not name is the closing's, and closing counts for the stage the deal stood in.
    """
    exits: dict[str, StageExit] = {}
    standing = ""
    for change in record.history:
        if change.field != "stage":
            continue
        # A deal that was closed and is open again comes from the stage it stood in before.
        frm, to = stage_place(settings, change.frm), stage_place(settings, change.to)
        if frm is None:
            frm = stage_place(settings, standing)
        else:
            standing = settings.stages[frm].name
        if frm is not None and to is not None and to > frm:
            exits[standing] = StageExit(standing, change.on, True)
        if to is not None:
            standing = settings.stages[to].name
    exits.pop(standing, None)
    return tuple(_with_closing(record, settings, exits, standing).values())


def _with_closing(
    record: DealRecord, settings: Settings, exits: dict[str, StageExit], standing: str
) -> dict[str, StageExit]:
    day = closed_day(record)
    if day is None or not (is_won(record) or is_lost(record)):
        return exits
    place = stage_place(settings, effective(record).stage)
    stage = standing if place is None else settings.stages[place].name
    return {**exits, stage: StageExit(stage, day, is_won(record))} if stage else exits


def days_to_won(ledger: Ledger, settings: Settings) -> dict[str, Decimal]:
    """Map stage names to the median days from entering the stage to won, where any won deal tells."""
    days: dict[str, list[int]] = {}
    for record in ledger.deals.values():
        won = closed_day(record)
        if won is None or not is_won(record):
            continue
        for stage, entered in entries(record, settings).items():
            if entered <= won:
                days.setdefault(stage, []).append((won - entered).days)
    return {stage: middle for stage, found in days.items() if (middle := median(found)) is not None}


def entries(record: DealRecord, settings: Settings) -> dict[str, date]:
    """Map the stages of the settings to the day on which the deal last entered them, where it is known.

    The first stage counts from the created date where no entry of it was seen.
    """
    found: dict[str, date] = {}
    for change in record.history:
        place = stage_place(settings, change.to) if change.field == "stage" else None
        if place is not None:
            found[settings.stages[place].name] = change.on
    place = stage_place(settings, effective(record).stage)
    open_or_ours = effective(record).status is Status.OPEN or record.ended is not None
    if place is not None and record.stage_since_known and open_or_ours:
        found.setdefault(settings.stages[place].name, record.stage_since)
    if settings.stages and record.crm.created is not None:
        found.setdefault(settings.stages[0].name, record.crm.created)
    return found
