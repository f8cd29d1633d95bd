"""JSON: an array of objects wherever it stands, or one object a line, to a table of text cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from store.crm.grid import BATCH, LONGEST, TOO_LONG, Broken

LARGEST: Final = 200_000_000
"""Bytes of JSON that are read; it is held in memory as a whole."""
NO_LIST: Final = "this JSON holds no list of deals"
_DEEP: Final = 6
"""Levels at which the list of deals is looked for, and to which a record's values are taken apart."""
_WIDE: Final = 2_000
"""Columns; more are no list of deals."""
_INNER: Final = ("node", "properties")
"""Objects that hold a record's own values: one in a graph's answer, one in HubSpot's."""
_MORE: Final = ("has_more", "hasMore", "more_items_in_collection", "hasNextPage")
"""What an answer calls the fact that it is one page of several."""


class Records:
    """The objects of a JSON document; row 1 is the first of them."""

    def __init__(self, text: str, warnings: Iterable[str] = ()) -> None:
        if len(text) > LARGEST:
            raise Broken(f"this JSON is larger than {LARGEST // 1_000_000} MB, which is no list of deals")
        self.worksheet, self.hidden, self.first, self.delimiter = "", False, 0, ","
        self.typed: dict[int, set[str]] = {}
        self.warnings = list(warnings)
        try:
            found, self._rest = self._find(_decode(text)), 0
            self._columns: dict[str, int] = {}
            self._rows = [self._flat(one) for one in found]
        except RecursionError as error:
            raise Broken("its values are nested too deeply for a list of deals") from error
        self.head = [list(self._columns), *(self._row(row) for row in self._rows[:25])]

    def batches(self) -> Iterator[list[list[str]]]:
        """Give the keys as the first row, then a row for each object."""
        yield [list(self._columns)]
        for start in range(0, len(self._rows), BATCH):
            yield [self._row(row) for row in self._rows[start : start + BATCH]]
        if self._rest:
            self.warnings.append(f"{self._rest:,} entries of the list are no objects and were left out.")

    def _row(self, row: dict[int, str]) -> list[str]:
        cells = [""] * len(self._columns)
        for at, text in row.items():
            cells[at] = text
        return cells

    def _find(self, document: Any) -> list[Any]:  # noqa: ANN401 - a document can be anything
        """Find the longest list of objects; a single object is a list of one."""
        lists: list[list[Any]] = []
        level = [document]
        for _ in range(_DEEP):
            lists += [one for one in level if isinstance(one, list) and any(isinstance(each, dict) for each in one)]
            if lists:
                break
            inner = [one for one in level if isinstance(one, dict)]
            if any(one.get(key) is True for one in inner for key in _MORE):
                self.warnings.append("This is one page of the answer: the CRM says that there are more deals.")
            level = [value for one in inner for value in one.values()]
        if lists:
            return max(lists, key=len)
        if isinstance(document, dict) and document:
            return [document]
        raise Broken(NO_LIST)

    def _flat(self, record: Any) -> dict[int, str]:  # noqa: ANN401 - see above
        """Give a record's cells by column."""
        if not isinstance(record, dict):
            self._rest += 1
            return {}
        cells: dict[int, str] = {}
        if list(record) == ["node"] and isinstance(record["node"], dict):
            record = record["node"]
        for key, value in _leaves(record, "", 0):
            at = self._columns.setdefault(key, len(self._columns))
            if at >= _WIDE:
                raise Broken(f"its records have more than {_WIDE:,} different keys, so these are no deals")
            cells[at] = _text(value)
            if isinstance(value, str) and len(value) > LONGEST:
                raise Broken(TOO_LONG)
            if isinstance(value, bool | int | Decimal):
                self.typed.setdefault(at, set()).add(cells[at])
        return cells


def _decode(text: str) -> Any:  # noqa: ANN401 - see above
    """Read a document, or one a line."""
    decoder = msgspec.json.Decoder(float_hook=Decimal)
    try:
        return decoder.decode(text)
    except msgspec.DecodeError as error:
        try:
            lines = decoder.decode_lines(text)
        except msgspec.DecodeError:
            lines = []
        if len(lines) > 1 and all(isinstance(one, dict) for one in lines):
            return lines
        raise Broken(f"this JSON is damaged ({error})") from error


def _leaves(record: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Give a record's values, those of objects inside with the names of both between a dot."""
    for key, value in record.items():
        name = f"{before}{key}"
        if not isinstance(value, dict) or depth >= _DEEP:
            yield name, value
        elif key in _INNER and not before:
            yield from _leaves(value, "", depth + 1)
        else:
            yield from _leaves(value, f"{name}.", depth + 1)


def _text(value: Any) -> str:  # noqa: ANN401 - see above
    """Write a value as a cell."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < 30 else str(value)
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return msgspec.json.encode(value).decode()
