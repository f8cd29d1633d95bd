"""What the review decided as the cells of one CRM: its words and limits, and what has to be set there by hand."""

from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from review.commitments import Commitment
from review.crm_step import say_step, shortened
from review.deals import Category, Deal, Export, Status, deal_key
from review.origin import Origin
from review.records import Ledger
from review.settings import Settings
from review.updates import DealUpdate, Value, updates
from store.crm.fold import fold
from store.crm.knowledge import Profile
from store.crm.units import units_of
from store.crm.words import statuses
from store.formulas import guarded, unguarded

Cell = date | Decimal | str
_WORDS: Final = {
    "next_step": "Next step",
    "next_step_date": "Next step date",
    "close_date": "Close date",
    "amount": "Amount",
    "stage": "Stage",
    "category": "Forecast category",
    "status": "Status",
}
"""Field to how a sentence calls it."""
DAMAGED: Final = "Damaged ids are never written back; export again, and do not open the file in a spreadsheet"
CLOSED: Final = "Closed in {crm}, where closed deals cannot be written"
PIPELINE: Final = "Pipeline: {crm} wants it beside a stage; add “Pipeline” to the export, or choose it there"
CONVERTED: Final = "Amount: the CRM has it in another currency; set it there"


class Row(Struct, frozen=True, kw_only=True):
    """One deal as it goes back."""

    ident: str
    """Its id exactly as exported."""
    title: str
    beside: dict[str, str]
    """Field to the text that stands beside the id."""
    cells: dict[str, Cell]
    """Field to what the CRM is to show."""


class Changes(Struct, frozen=True):
    """All that goes back, and all that does not."""

    rows: tuple[Row, ...]
    left: dict[str, tuple[str, ...]]
    """Why something stays out to the deals that it is said of."""


def changes_of(ledger: Ledger, settings: Settings, export: Export, origin: Origin, profile: Profile) -> Changes:
    """Sort what the CRM does not show yet into cells and into what has to be set by hand."""
    return _Writing(settings, export, origin, profile).run(updates(ledger))


class _Writing:
    """The writing of one export's deals, gathering what stays out."""

    def __init__(self, settings: Settings, export: Export, origin: Origin, profile: Profile) -> None:
        self._names = {person.id: person.name for person in settings.people}
        self._deals = {deal_key(deal.id): deal for deal in export.deals}
        self._origin, self._profile, self._write = origin, profile, profile.write
        self._read_only = {fold(header) for header in profile.write.read_only}
        self._converted = frozenset(origin.converted)
        self._left: dict[str, list[str]] = {}

    def run(self, found: tuple[DealUpdate, ...]) -> Changes:
        """Make the rows in the order of the ledger."""
        rows = [row for one in found if (row := self._row(one)) is not None]
        return Changes(tuple(rows), {why: tuple(titles) for why, titles in self._left.items()})

    def _row(self, update: DealUpdate) -> Row | None:
        deal = self._deals.get(update.deal)
        if deal is None:
            return None
        for why in update.left:
            self._leave(update, why)
        if update.values and deal.id_damaged:
            self._leave(update, DAMAGED)
            return None
        if update.values and self._write.workbook and deal.status is not Status.OPEN:
            self._leave(update, CLOSED.format(crm=self._profile.name))
            return None
        cells: dict[str, Cell] = {}
        for field, value in update.values.items():
            if isinstance(value, Commitment):
                cells |= self._step(update, deal, value)
            elif field != "next_step_date" or (value is None and self._takes(field) and deal.next_step_date):
                cells |= self._cell(update, deal, field, value)
        if not cells:
            return None
        return Row(ident=deal.id, title=update.title, beside=self._beside(deal), cells=cells)

    def _leave(self, update: DealUpdate, why: str) -> None:
        self._left.setdefault(why, []).append(update.title)

    def _takes(self, field: str) -> bool:
        header = self._origin.headers.get(field)
        return header is not None and fold(header) not in self._read_only

    def _missing(self, update: DealUpdate, field: str) -> dict[str, Cell]:
        """Say why a field cannot be written: no column that shows whether it took, or one the CRM fills by itself."""
        header, crm = self._origin.headers.get(field), self._profile.name
        if header is None:
            usual = (one for one in self._profile.columns.get(field, ()) if fold(one) not in self._read_only)
            known = next(usual, _WORDS[field])
            self._leave(update, f"{_WORDS[field]}: the export has no such column; add “{known}” to it")
        else:
            self._leave(update, f"{_WORDS[field]}: “{header}” is filled by {crm} itself; set it there")
        return {}

    def _step(self, update: DealUpdate, deal: Deal, step: Commitment) -> dict[str, Cell]:
        """Write the step with its owner, and with its date where that has no column of its own."""
        dated = self._takes("next_step_date")
        cells: dict[str, Cell] = {}
        if dated and deal.next_step_date != step.due:
            cells["next_step_date"] = step.due
        if not self._takes("next_step"):
            return cells or self._missing(update, "next_step")
        text = say_step(step, self._names.get(step.owner, step.owner), dated=not dated)
        for sign, instead in self._write.replace.items():
            text = text.replace(sign, instead)
        limit = self._write.limits.get("next_step", 0)
        text = guarded(text)
        text = shortened(text, limit) if limit else text
        return cells if unguarded(text) == deal.next_step else {"next_step": text, **cells}

    def _cell(self, update: DealUpdate, deal: Deal, field: str, value: Value) -> dict[str, Cell]:
        if isinstance(value, Status):
            return self._closing(update, value)
        if not self._takes(field):
            return self._missing(update, field)
        if value is None:
            if self._write.clear is None:
                self._leave(update, f"{_WORDS[field]}: to be emptied by hand")
                return {}
            return {field: self._write.clear}
        if isinstance(value, Category):
            word = self._category(value)
            if not word:
                self._leave(update, f"Forecast category {value}: no deal of the export shows the CRM’s word for it")
            return {field: word} if word else {}
        if isinstance(value, Decimal):
            if deal.id in self._converted:
                self._leave(update, CONVERTED)
                return {}
            return {field: value / self._scale()}
        assert not isinstance(value, Commitment), "steps are written as such"
        if field == "stage" and isinstance(value, str):
            return self._staged(update, self._origin.stages.get(value, value))
        return {field: value}

    def _closing(self, update: DealUpdate, status: Status) -> dict[str, Cell]:
        field = self._write.closing
        if self._ends_a_stage(field, status):
            field = "stage"
        known = {Status.WON: self._write.won, Status.LOST: self._write.lost}[status]
        word = self._origin.closings.get(f"{field} {status}") or known
        if not field or not word:
            self._leave(update, f"To be closed as {status} by hand in {self._crm}")
            return {}
        if not self._takes(field):
            return self._missing(update, field)
        return self._staged(update, word) if field == "stage" else {field: word}

    def _ends_a_stage(self, field: str, status: Status) -> bool:
        """Tell whether the export has no column for what closes deals, and a stage that says it."""
        word = self._origin.closings.get(f"stage {status}", "")
        return bool(field) and field not in self._origin.headers and statuses().get(fold(word)) == status

    def _staged(self, update: DealUpdate, stage: str) -> dict[str, Cell]:
        """Write a stage, and beside it the pipeline where the importer wants that."""
        if not self._write.pipeline:
            return {"stage": stage}
        pipelines = self._origin.pipelines
        pipeline = pipelines.get(update.deal) or pipelines.get("")
        if pipeline is None:
            self._leave(update, PIPELINE.format(crm=self._profile.name))
            return {"stage": stage}
        return {"pipeline": pipeline, "stage": stage}

    @property
    def _crm(self) -> str:
        return "the CRM" if self._origin.profile == "generic" else self._profile.name

    def _category(self, category: Category) -> str:
        """Give the CRM's word: as most deals of the export have it, where those are no codes, or as it is known."""
        codes = {fold(header) for header in self._write.codes}
        known = self._write.categories.get(category, "")
        if fold(self._origin.headers["category"]) in codes:
            return known
        return self._origin.categories.get(category) or known

    def _scale(self) -> Decimal:
        return units_of(self._origin.headers["amount"], self._profile.minor_units).scale

    def _beside(self, deal: Deal) -> dict[str, str]:
        """Give what rows find their deal by as it stands there; for people who type, its name."""
        if self._write.beside:
            return {field: getattr(deal, field) for field in self._write.beside if field in self._origin.headers}
        if self._write.where:
            return {}
        shown = next((field for field in ("name", "account") if field in self._origin.headers), None)
        return {shown: guarded(getattr(deal, shown))} if shown else {}
