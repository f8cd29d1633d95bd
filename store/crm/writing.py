"""What is known of a CRM's importer: the table `[write]` of its profile."""

from typing import Literal

from msgspec import Struct


class Write(Struct, frozen=True, forbid_unknown_fields=True):
    """How values go back; what is not known of an importer stays at its default, which is the careful one."""

    where: str = ""
    """Where its importer is and how rows find their deal. Empty: none is known, so what is written is a list of
    changes to set by hand."""
    form: Literal["iso", "exported"] = "exported"
    """`iso`: 2026-12-31, 1234.5 and commas; `exported`: dates, decimal mark and delimiter as the export had them."""
    headers: dict[str, str] = {}
    """Field to the header that its importer knows, where that is not the export's own."""
    translated: bool = False
    """Whether its importer goes by labels in the team's own language: a label of the export stands, and what only an
    interface or a warehouse calls so gives way to `headers`."""
    beside: tuple[str, ...] = ()
    """Fields that stand beside the id, as exported, because rows find their deal by them."""
    empty: Literal["kept", "unknown"] = "unknown"
    """`kept`: an empty cell leaves a value alone, so that one file can hold every change; otherwise a file for each
    field."""
    clear: str | None = None
    """What a cell holds to clear a value; without it a value is cleared by hand."""
    limits: dict[str, int] = {}
    """Field to the most characters it takes."""
    rows: int = 0
    """The most rows of one file, 0 for any number."""
    replace: dict[str, str] = {}
    """Character that must not stand in a text to the one that stands for it."""
    read_only: tuple[str, ...] = ()
    """Headers of columns that the CRM works out by itself."""
    categories: dict[str, str] = {}
    """Forecast category of the review to the word for it; the export's own words come first."""
    codes: tuple[str, ...] = ()
    """Headers of columns with codes for categories, which its importer does not take."""
    closing: Literal["", "stage", "status"] = ""
    """The field that closes a deal. Empty: by hand."""
    won: str = ""
    """The value that closes a deal as won; the one of the export's won deals comes first. Empty: by hand."""
    lost: str = ""
    pipeline: bool = False
    """Whether its importer wants the deal's pipeline beside a stage."""
    workbook: bool = False
    """Whether the CRM takes back nothing but its own workbook, with the columns that it has hidden there untouched."""
    notes: dict[str, str] = {}
    """Field to what somebody must know who sends it."""
