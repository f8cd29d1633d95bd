"""Commitments as comma-separated text (RFC 4180), one row each; what a target's columns are is its profile."""

import csv
import io
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from review.commitment_rows import CommitmentRow
from review.plain import plain
from store.exports.outgoing import Outgoing

FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How cells begin that a spreadsheet would calculate."""


class Column(Struct, frozen=True):
    """One column: its header and how a row fills it."""

    header: str
    value: Callable[[CommitmentRow], str]
    own: bool = False
    """Whether the value is made by the program alone and cannot hold a formula."""


PROFILES: Final[dict[str, tuple[Column, ...]]] = {
    "csv": (
        Column("id", lambda row: row.id, own=True),
        Column("commitment", lambda row: row.text),
        Column("owner", lambda row: row.owner),
        Column("email", lambda row: row.email),
        Column("due", lambda row: row.due.isoformat(), own=True),
        Column("deal", lambda row: row.deal),
        Column("deal_id", lambda row: row.deal_id),
        Column("account", lambda row: row.account),
        Column("origin", lambda row: row.origin.value, own=True),
        Column("status", lambda row: row.status, own=True),
        Column("carried", lambda row: str(row.carried), own=True),
        Column("review", lambda row: row.review, own=True),
    ),
}
"""Target to its columns."""


def render(outgoing: Outgoing, profile: str) -> bytes:
    """Write the rows; those of a review that is not locked yet say so in their status."""
    columns = PROFILES[profile]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.header for column in columns])
    for row in outgoing.rows:
        writer.writerow([_cell(column, row, draft=outgoing.draft) for column in columns])
    return text.getvalue().encode()


def _cell(column: Column, row: CommitmentRow, *, draft: bool) -> str:
    value = column.value(row)
    if column.header == "status" and draft:
        return f"{value} (draft)"
    return value if column.own else guarded(value)


def guarded(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe before it."""
    bare = plain(text)
    return f"'{bare}" if bare.lstrip().startswith(FORMULA) else bare
