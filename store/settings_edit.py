"""Changing single settings inside the text that people wrote, so that everything else stays as they left it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import tomlkit
from msgspec import Struct
from tomlkit.items import AoT, Item, Table

from review.settings import Settings
from store.settings_fields import GROUPS, PERSON, SECTION, STAGE, Field, thresholds
from store.settings_kinds import spelled
from store.settings_text import (
    agenda_text,
    group_text,
    keys_text,
    row_text,
    section_text,
    thresholds_text,
)


class Edit:
    """One file being changed. What it has no place for yet is put at its end."""

    def __init__(self, text: str) -> None:
        """Take the text as people left it."""
        self._text = text
        self._doc = tomlkit.document()
        self._more: list[str] = []

    def change(self, old: Settings, new: Settings) -> str:
        """Give the text with everything changed that differs."""
        self._doc = tomlkit.parse(_named(self._text, old, new))
        for group in GROUPS:
            self._group(group.name, group.fields, old, new, group_text(group.name, new))
        self._rows("people", PERSON, old.people, new.people, "id")
        self._rows("stages", STAGE, old.stages, new.stages, "name")
        self._agenda(old, new)
        self._group("thresholds", thresholds(), old.thresholds, new.thresholds, thresholds_text(new.thresholds))
        self._keys(old.keys, new.keys)
        text = tomlkit.dumps(self._doc)
        if self._more and text and not text.endswith("\n"):
            text += "\n"
        return "\n".join([text, *self._more]) if self._more else text

    def _group(self, name: str, fields: Sequence[Field], old: Struct, new: Struct, text: str) -> None:
        changed = [field for field in fields if getattr(old, field.name) != getattr(new, field.name)]
        if not changed:
            return
        if name not in self._doc:
            self._more.append(text)
            return
        _change(self._doc[name], changed, new)

    def _keys(self, old: dict[str, str], new: dict[str, str]) -> None:
        if old == new:
            return
        if "keys" not in self._doc:
            self._more.append(keys_text(new))
            return
        table: Any = self._doc["keys"]
        for name in set(old) - set(new):
            del table[name]
        _put(table, ((name, spelled(value)) for name, value in new.items() if old.get(name) != value))

    def _agenda(self, old: Settings, new: Settings) -> None:
        if old.sections == new.sections:
            return
        if "agenda" not in self._doc:
            self._more.append(agenda_text(new.sections))
            return
        agenda: Any = self._doc["agenda"]
        for before, after in zip(old.sections, new.sections, strict=True):
            if before != after and before.id in agenda:
                changed = [field for field in SECTION if getattr(before, field.name) != getattr(after, field.name)]
                _change(agenda[before.id], changed, after)
            elif before != after:
                self._more.append(section_text(after))

    def _rows(self, name: str, fields: Sequence[Field], old: Sequence[Struct], new: Sequence[Struct], key: str) -> None:
        if old == new:
            return
        if name not in self._doc:
            self._more.extend(row_text(name, fields, row) for row in new)
            return
        found: Any = self._doc[name]
        there = {getattr(row, key): (row, table) for row, table in zip(old, found, strict=True)}
        tables: list[Any] = []
        for row in new:
            before, table = there.get(getattr(row, key), (None, None))
            if before is None or table is None:
                tables.append(_new_row(name, fields, row))
                continue
            _change(table, [f for f in fields if getattr(before, f.name) != getattr(row, f.name)], row)
            tables.append(table)
        if [getattr(row, key) for row in old] != [getattr(row, key) for row in new]:
            self._arrange(name, list(found), tables)

    def _arrange(self, name: str, old: list[Any], new: list[Any]) -> None:
        """Put rows in another order; what stands above a row moves with it."""
        if not new:
            del self._doc[name]
            return
        tails = [_pop_tail(table) for table in old]
        above = {id(table): tail for table, tail in zip(old[1:], tails, strict=False)}
        rows = AoT([], name=name)
        for at, table in enumerate(new):
            below = above.get(id(new[at + 1]), [tomlkit.nl()]) if at + 1 < len(new) else tails[-1] if tails else []
            table.value.body.extend((None, item) for item in below)
            indent = table.trivia.indent
            rows.append(table)
            table.trivia.indent = indent
        self._doc[name] = rows


def _named(text: str, old: Settings, new: Settings) -> str:
    """Fill in the lines that say of a setting that it is not set."""
    for group in GROUPS:
        for field in group.fields:
            value = getattr(new, field.name)
            if getattr(old, field.name) is None and value is not None:
                line = f"{field.name} = {field.kind.spell(value)}"
                unset = re.search(rf"(?m)^# {field.name} =[ \t]*$", text)
                text = f"{text[: unset.start()]}{line}{text[unset.end() :]}" if unset else text
    return text


def _change(table: Any, changed: Iterable[Field], record: Struct) -> None:  # noqa: ANN401 - tomlkit's tables
    changed = list(changed)
    for field in changed:
        if getattr(record, field.name) is None and field.name in table:
            del table[field.name]
    values = ((field, getattr(record, field.name)) for field in changed)
    _put(table, ((field.name, field.kind.spell(value)) for field, value in values if value is not None))


def _put(table: Any, values: Iterable[tuple[str, str]]) -> None:  # noqa: ANN401
    """Set values in a table, new ones before the empty lines and comments at its end."""
    tail = _pop_tail(table)
    for name, text in values:
        table[name] = tomlkit.value(text)
    if isinstance(table, Table):
        table.value.body.extend((None, item) for item in tail)


def _pop_tail(table: Any) -> list[Item]:  # noqa: ANN401
    """Take empty lines and comments off the end of a table: they belong to what follows."""
    tail: list[Item] = []
    if isinstance(table, Table):
        body = table.value.body
        while body and body[-1][0] is None:
            tail.insert(0, body.pop()[1])
    return tail


def _new_row(name: str, fields: Sequence[Field], row: Struct) -> Table:
    rows: Any = tomlkit.parse(row_text(name, fields, row))[name]
    table: Table = rows[0]
    return table
