"""Comma-separated text (RFC 4180): the one writer of every such file; what a text may begin with, `store.formulas`."""

import csv
import io
from collections.abc import Iterable, Sequence


def written(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Write rows as UTF-8 without a mark at the start; cells go as they are, guarded before where they are texts."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
