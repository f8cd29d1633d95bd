"""The one form in which a file is refused: which, why, and which report to ask the CRM for instead."""

from pathlib import Path

from review.ask import report_to_ask_for
from store.errors import Refused


def not_imported(file: str, reason: str, crm: str = "") -> Refused:
    """Refuse a file: why, and which report to ask for instead."""
    return Refused(f"{file} was not imported: {reason}. {report_to_ask_for(crm)}")


def bytes_of(path: Path) -> bytes:
    """Read a whole file; raises `Refused` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name or path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
