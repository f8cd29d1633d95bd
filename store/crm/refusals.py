"""The one form in which a file is refused: which, why, and which report to ask the CRM for instead."""

from pathlib import Path
from typing import Final

from review.ask import report_to_ask_for
from store.errors import Refused

LARGEST: Final = 500_000_000
"""Bytes of a file; it is held in memory as a whole."""


def not_imported(file: str, reason: str, crm: str = "") -> Refused:
    """Refuse a file: why, and which report to ask for instead."""
    return Refused(f"{file} was not imported: {reason}. {report_to_ask_for(crm)}")


def bytes_of(path: Path) -> bytes:
    """Read a whole file; raises `Refused` where it cannot be read, or is larger than any export."""
    try:
        if path.is_char_device():
            raise Refused(f"{path} is a device and no file.")
        if path.stat().st_size > LARGEST:
            raise Refused(f"{path.name} was not imported: it is larger than {LARGEST // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name or path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
