"""Commitments as comma-separated text (RFC 4180), one row each; what a target's columns are is its profile."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

from review.commitment_rows import CommitmentRow
from store.exports.outgoing import Outgoing
from store.formulas import guarded


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
    rows = [[_cell(column, row, draft=outgoing.draft) for column in columns] for row in outgoing.rows]
    return written([[column.header for column in columns], *rows])


def written(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Write rows as UTF-8 without a mark at the start; cells go as they are, guarded before where they are texts."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(column: Column, row: CommitmentRow, *, draft: bool) -> str:
    value = column.value(row)
    if column.header == "status" and draft:
        return f"{value} (draft)"
    return value if column.own else guarded(value)
