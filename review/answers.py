"""What a person has said about a file that the file itself does not say."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace


class Answers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Answers that `import --map FILE`, the mapping page and earlier imports of the same headers give."""

    crm: str = ""
    """Name of the CRM; empty: recognised from the headers."""
    worksheet: str = ""
    """Name of the sheet of a workbook; empty: the one that holds deals."""
    mapping: dict[str, str] = {}
    """Header as the file has it to the field it is; an empty field leaves the column out."""
    date_order: Literal["dmy", "mdy"] | None = None
    """How 03/04/2026 is meant where no value of the file settles it."""
    decimal_mark: Literal[".", ","] | None = None
    """What 1.000 is where no amount of the file settles it."""
    probability_scale: Literal[1, 100] | None = None
    """What stands for certain in a probability column that holds only 0 and 1."""
    categories: dict[str, str] = {}
    """Forecast category as the file has it to the one of the review that it means."""
    stages: dict[str, str] = {}
    """Stage as the file has it to the one of the settings that it means, to won or lost, or to itself if it is new."""
    to_currency: str = ""
    """Currency that amounts are brought to; empty: the one of the settings."""
    rates: dict[str, Decimal] = {}
    """Currency code to what one of it is worth in that currency."""
    duplicates: Literal["later"] | None = None
    """Which of two rows of one id that differ is taken; None: neither, the file is refused. Never remembered."""
    trim_ids: bool | None = None
    """Whether ids that all end in .0 are read without it."""
    fill_down: bool | None = None
    """Whether what stands only in the first row of each group holds for the rows below it."""

    @property
    def lasting(self) -> "Answers":
        """What is remembered for the next file with the same headers."""
        return replace(self, duplicates=None)


def answered(earlier: Answers, now: Answers) -> Answers:
    """Put what is said now over what was said earlier."""
    told = {field: getattr(now, field) for field in Answers.__struct_fields__ if getattr(now, field)}
    told["mapping"] = _over(earlier.mapping, now.mapping)
    for table in ("categories", "stages", "rates"):
        told[table] = getattr(earlier, table) | getattr(now, table)
    told |= {name: said for name in ("trim_ids", "fill_down") if (said := getattr(now, name)) is not None}
    return replace(earlier, **told)


def _over(earlier: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """Keep earlier lines that say nothing of a field named now: a field has one column."""
    fields = {field for field in now.values() if field}
    return {header: field for header, field in earlier.items() if header not in now and field not in fields} | now
