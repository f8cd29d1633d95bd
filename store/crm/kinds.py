"""Which kind of file some bytes are, by how they begin: never by the name, which people change."""

from collections.abc import Sequence

from store.crm.decode import decode
from store.crm.grid import Broken, Grid
from store.crm.text import Text

_UNREAD = (
    (b"%PDF", "this is a PDF and no table; export the list as CSV or XLSX"),
    (b"\x1f\x8b", "this is a packed file (gzip); unpack it and import what is inside"),
    (b"Rar!", "this is a packed file (RAR); unpack it and import what is inside"),
    (b"7z\xbc\xaf", "this is a packed file (7-Zip); unpack it and import what is inside"),
    (b"\x89PNG", "this is a picture and no table; export the list as CSV or XLSX"),
    (b"\xff\xd8\xff", "this is a picture and no table; export the list as CSV or XLSX"),
    (b"SQLite format 3", "this is a database and no export; export the list as CSV or XLSX"),
)
"""How files begin that hold no table for us, and what to do about them."""


def grids_of(data: bytes, *, fill: bool = True) -> Sequence[Grid]:
    """Give the sheets of a file, one for all but workbooks; raises `Broken` where it is of no kind that has any.

    `fill`: whether a workbook's cell that is merged downwards stands in every row it covers.
    """
    reason = next((reason for begins, reason in _UNREAD if data.startswith(begins)), "")
    if reason:
        raise Broken(reason)
    # What only some files need is imported where it is.
    from store.crm.workbook import OLD, PACKED, sheets_of

    if data.startswith((OLD, PACKED)):
        return sheets_of(data, fill=fill)
    text, warnings = decode(data)
    start = text[:1000].lstrip()
    if start.startswith(("{", "[")):
        from store.crm.records import Records

        return (Records(text, warnings),)
    if start.lower().startswith(("<!doctype html", "<html", "<table")):
        raise Broken("this is a web page under the name of a table; export it as CSV or XLSX")
    if start.lower().startswith("<?xml"):
        raise Broken("this is XML and no table; open it in a spreadsheet and save it as XLSX or CSV")
    return (Text(text, warnings),)
