"""CRMs as the tests meet them: how each exports, and an importer that does to its records what a file says."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from msgspec import structs

from review.proposals import propose
from review.records import Ledger
from review.session import Session
from review.settings import Settings
from store.crm.read import Reading, read_export
from store.exports.crm import Update, update_for
from store.reviews import Reviews
from store.settings_file import write_settings
from store.workspace import Workspace
from tests.cli.running import MONDAY, started

Record = dict[str, object]
ISO = "%Y-%m-%d"


def point(amount: Decimal) -> str:
    return format(amount, "f")


def comma(amount: Decimal) -> str:
    return format(amount, "f").replace(".", ",")


@dataclass(frozen=True)
class Crm:
    """One CRM: the columns of its export and what its importer knows."""

    name: str
    columns: dict[str, str]
    """Field to the label in the export."""
    known: dict[str, str] = field(default_factory=dict)
    """Field to the name the importer has for it, where that is another."""
    shows: str = ISO
    """The form of dates in the export."""
    takes: str = ""
    """The form of dates in an import, where that is another."""
    amount: Callable[[Decimal], str] = point
    delimiter: str = ","
    keeps_empty: bool = False
    clear: str = ""
    limit: int = 10_000
    forbidden: str = ""
    ids: tuple[str, ...] = ("D-001", "0002", "ab-3", "+44", "5")
    open_stages: tuple[str, str] = ("Proposal", "Negotiation")
    words: tuple[str, str, str] = ("Pipeline", "Best Case", "Commit")
    closes: tuple[str, str, str] = ("stage", "Closed Won", "Closed Lost")
    """The field that closes a deal, and its values for won and lost."""
    more: dict[str, str] = field(default_factory=dict)
    """Columns that every row has besides, with their value."""
    units: Decimal = Decimal(1)
    together: tuple[str, str] = ("", "")
    """A field that the importer takes only with another one beside it, and that other one."""

    def records(self) -> list[Record]:
        """Five open deals of two owners."""
        one, two = self.open_stages
        pipeline, best, commit = self.words
        rows = (
            ("Lifts, ten", "Nordwind", "Ada Blum", Decimal(120000), one, commit, date(2026, 12, 18)),
            ("Service", "Halm & Co", "Ben Ode", Decimal("48000.50"), two, best, date(2026, 12, 11)),
            ("Pilot", "Ørsted", "Ada Blum", Decimal(9000), one, pipeline, date(2027, 1, 29)),
            ("=Renewal", "Kvist", "Ben Ode", Decimal(31000), two, commit, date(2026, 12, 23)),
            ("Add-on", "Tarn", "Ada Blum", Decimal(5000), one, pipeline, date(2026, 12, 15)),
        )
        fields = ("name", "account", "owner", "amount", "stage", "category", "close_date")
        return [
            {
                "id": ident,
                **dict(zip(fields, row, strict=True)),
                "created": date(2026, 7, 20 + at),
                "status": "Open",
                "next_step": "Ask for the order" if at == 1 else "",
                "next_step_date": date(2026, 11, 20) if at == 1 else None,
                "pipeline": "New business" if at % 2 else "Renewals",
            }
            for at, (ident, row) in enumerate(zip(self.ids, rows, strict=True))
        ]

    def export(self, records: list[Record]) -> bytes:
        """Write the records as the CRM exports them."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow([*self.columns.values(), *self.more])
        for record in records:
            writer.writerow([*(self.cell(name, record[name]) for name in self.columns), *self.more.values()])
        return text.getvalue().encode()

    def cell(self, name: str, value: object) -> str:
        if isinstance(value, date):
            return value.strftime(self.shows)
        if isinstance(value, Decimal):
            return self.amount(value * self.units)
        text = "" if value is None else str(value)
        return f"'{text}" if name in ("name", "next_step") and text[:1] in "=+-@" and text else text

    def take(self, records: list[Record], data: bytes) -> list[Record]:
        """Do what the importer does: find each record by its id, and set the cells that it understands."""
        names = {self.known.get(name, label): name for name, label in self.columns.items()}
        by_id = {str(record["id"]): dict(record) for record in records}
        for row in csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=self.delimiter):
            assert set(row) <= set(names), "the importer knows every column"
            told = {names[header]: cell for header, cell in row.items()}
            field, beside = self.together
            assert not told.get(field) or told.get(beside) == by_id[told["id"]][beside]
            record = by_id[told.pop("id")]
            for name, cell in told.items():
                if cell == "" and self.keeps_empty:
                    continue
                record[name] = self.read(name, cell)
            self.close(record)
        return list(by_id.values())

    def read(self, name: str, cell: str) -> object:
        if cell == self.clear:
            return None if name in ("close_date", "next_step_date", "amount") else ""
        if name in ("close_date", "next_step_date"):
            return datetime.strptime(cell, self.takes or self.shows).date()  # noqa: DTZ007 - a calendar date
        if name == "amount":
            return Decimal(cell.replace(",", ".") if self.amount is comma else cell) / self.units
        if name == "category":
            assert cell in self.words, "a pick list takes its own values only"
        if name == "next_step":
            assert len(cell) <= self.limit
            assert not set(cell) & set(self.forbidden)
        return cell.removeprefix("'") if cell[:2] in ("'=", "'+", "'-", "'@") else cell

    def close(self, record: Record) -> None:
        """Move the close date to today, as CRMs do, where a deal was closed."""
        name, won, lost = self.closes
        if record[name] in (won, lost):
            record["close_date"] = MONDAY


class Team:
    """A workspace whose team holds one review on a CRM's export."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.workspace = Workspace(root)
        self.workspace.make()
        self.reviews = Reviews(self.workspace, mend=True)
        self.folder = folder

    def read(self, data: bytes, day: date, ending: str = "csv") -> Reading:
        """Read an export in, through a file."""
        path = self.folder / f"deals-{day}.{ending}"
        path.write_bytes(data)
        settings = self.reviews.settings() if self.workspace.settings.exists() else Settings()
        reading = read_export(path, settings=settings, day=day)
        if not self.workspace.settings.exists():
            proposed = propose(reading.export, settings, day).settings
            if "category" not in reading.export.columns:
                later = {stage.name: "best case" for stage in proposed.stages[1:2]}
                proposed = structs.replace(proposed, category_by_stage=later)
            write_settings(self.workspace.settings, proposed, None)
            reading = read_export(path, settings=self.reviews.settings(), day=day)
        self.reviews.take_import(reading.export, original=reading.original)
        return reading

    def review(self, day: date = MONDAY) -> Session:
        return started(self.workspace.root, day)

    def update(self, day: date = MONDAY) -> Update:
        now = self.reviews.now()
        return update_for(self.reviews, now.ledger, now.settings, review=self.reviews.last_held() or "", today=day)

    @property
    def ledger(self) -> Ledger:
        return self.reviews.now().ledger


def do(session: Session, *intents: object) -> None:
    for intent in intents:
        refusal = session.do(intent)  # type: ignore[arg-type]  # intents of any kind
        assert refusal is None, refusal.sentence
