"""The form in which an export came: what goes back to the CRM takes the same one."""

from msgspec import Struct


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of a file is needed to write one that its CRM reads."""

    profile: str
    """Key of the CRM's profile."""
    headers: dict[str, str]
    """Field to the header of its column, as the file has it."""
    delimiter: str = ","
    dates: dict[str, str] = {}
    """Field to the form of its dates, as strftime writes it; a column without dates has none."""
    decimal_mark: str = "."
    categories: dict[str, str] = {}
    """Category to the word that the file has for it."""
    closings: dict[str, str] = {}
    """“stage won”, “status lost” and so on: field and ending to the word that closed deals have in the file."""
    stages: dict[str, str] = {}
    """Stage of the settings to the word for it in the file, where somebody has said that they are the same."""
    pipelines: dict[str, str] = {}
    """Open deal to its pipeline, where its CRM wants that beside a stage; under no id the one that all are in."""
    with_products: tuple[str, ...] = ()
    """Open deals whose amount is the sum of their products, where the file tells."""
    converted: tuple[str, ...] = ()
    """Deals whose amount was converted into the reporting currency: the CRM's own is in another one."""
    workbook: str = ""
    """Digest of the file where it is a workbook that must go back as it came, and is kept for that."""
