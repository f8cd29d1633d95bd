"""Which kind of file some bytes are, by how they begin: never by the name, which people change."""

from collections.abc import Sequence

from store.crm.grid import Broken, Grid
from store.crm.text import Text

_UNREAD = (
    (b"PK\x03\x04", "an Excel workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
"""How files begin that hold no table for us."""


def grids_of(data: bytes) -> Sequence[Grid]:
    """Give the sheets of a file, one for all but workbooks; raises `Broken` where it is of no kind that has any."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    kind = next((name for begins, name in _UNREAD if start.startswith(begins)), "")
    if kind:
        raise Broken(f"this is {kind}, not comma-separated text")
    return (Text(data),)
