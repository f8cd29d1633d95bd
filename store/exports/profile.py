"""The columns of one task list as data: a file of `profiles/`, or one of the user's own in the workspace."""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from errno import ENOENT
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from review.commitment_rows import CommitmentRow
from review.plain import plain
from review.words import counted
from store import files
from store.errors import Refused, not_readable
from store.exports.delimited import written
from store.exports.outgoing import Outgoing
from store.formulas import guarded

OWN: Final = frozenset(
    {"id", "due", "first_due", "origin", "status", "carried", "review", "priority", "agreed", "draft"}
)
"""Fields that the program alone makes; they cannot hold a formula."""
FIELDS: Final = OWN | {
    "text", "owner", "short_owner", "email", "deal", "deal_name", "deal_id", "account", "title", "facts", "label",
    "salesforce_id", "hubspot_id", "unlabelled",
}  # fmt: skip
"""What may stand in the braces of a column's value."""
LONG: Final = 200
"""Characters from which a text stands in the description too, as a title may be cut."""
_SALESFORCE: Final = re.compile(r"006[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_LABEL_SIGN: Final = re.compile(r"(?<!\S)[@＠]+(?=\S)")


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """One column: its header and what fills it."""

    header: str
    value: str = ""
    """Text with fields in braces, such as `{text} – {deal}`; empty for a column that stays empty."""
    most: int = 0
    """Characters that the tool takes at most; 0 where it does not say."""

    @property
    def is_own(self) -> bool:
        """Tell whether the program alone makes the value."""
        return all(name in OWN for name in _names(self.value))


class Priority(Struct, frozen=True, forbid_unknown_fields=True):
    """What the tool calls ordinary, and what was carried twice or more."""

    normal: str = ""
    red: str = ""


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One task list."""

    title: str
    """How the tool is called."""
    taken_in: str = ""
    """Where its users click."""
    updates: bool = False
    """Whether a second import mends what is there; otherwise what changed is said and not written."""
    day: str = "%Y-%m-%d"
    """How it wants days."""
    open: str = "open"
    """What it calls something that is to be done."""
    closed: str = "done"
    priority: Priority = Priority()
    column: tuple[Column, ...]


def built_in(name: str) -> str:
    """Give the text of a profile that comes with the program."""
    return (Path(__file__).with_name("profiles") / f"{name}.toml").read_text("utf-8")


def read_profile(text: str, where: str) -> Profile:
    """Read a profile; raises Refused with the line or the key that is wrong, and `where`."""
    try:
        found = msgspec.convert(tomllib.loads(text), Profile)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{where} is no TOML: {error}. Mend it, or delete it.") from error
    except msgspec.ValidationError as error:
        raise Refused(f"{where}: {error}. Mend it, or delete it.") from error
    for column in found.column:
        try:
            unknown = sorted(set(_names(column.value)) - FIELDS)
        except ValueError as error:
            raise Refused(f"{where}: the value of the column “{column.header}” cannot be read: {error}.") from error
        if unknown:
            known = ", ".join(sorted(FIELDS))
            raise Refused(f"{where}: the column “{column.header}” asks for {{{unknown[0]}}}. There is {known}.")
    if not found.column:
        raise Refused(f"{where} names no column. Give it at least one [[column]].")
    return found


def read_own(path: Path) -> Profile:
    """Read a profile of the user's. Raises Refused, also where it cannot be read."""
    try:
        return read_profile(text_of(path), str(path))
    except UnicodeDecodeError as error:
        raise Refused(f"{path} cannot be read ({error}).") from error


def text_of(path: Path) -> str:
    """Read a profile or a template of the user's. Raises NotReadable, also where there is none."""
    found = files.read(path, files.EDITED)
    if found is None:
        raise not_readable(path, FileNotFoundError(ENOENT, "No such file or directory"))
    return found[0].decode()


def render(outgoing: Outgoing, profile: Profile) -> bytes:
    """Write the rows, each with every column; where the tool cannot mend what it has, only what is new."""
    rows = list(outgoing.rows)
    if profile.updates:
        rows += [*outgoing.changed, *(gone.row for gone in outgoing.withdrawn if gone.row is not None)]
    columns = profile.column
    cells = (_cells(columns, values_of(row, profile, draft=outgoing.draft)) for row in rows)
    return written([[column.header for column in columns], *cells])


def _cells(columns: Iterable[Column], values: Mapping[str, str]) -> list[str]:
    return [cell(column, values) for column in columns]


def cell(column: Column, values: Mapping[str, str]) -> str:
    """Fill one cell."""
    value = column.value.format_map(values)
    made = value if column.is_own else _guarded(value.strip())
    return made[: column.most - 1] + "…" if column.most and len(made) > column.most else made


def _guarded(text: str) -> str:
    """Guard a text and keep its lines: what a cell begins with is what counts."""
    first, *rest = text.split("\n")
    return "\n".join((guarded(first), *map(plain, rest)))


def values_of(row: CommitmentRow, profile: Profile, *, draft: bool) -> dict[str, str]:
    """Give every field of a row as the profile wants it."""
    title = row.text if names_deal(row) else f"{row.text} · {row.deal}"
    return {
        "id": row.id,
        "text": row.text,
        "title": title,
        "unlabelled": _LABEL_SIGN.sub("", title),
        "owner": row.owner,
        "short_owner": row.short_owner,
        "email": row.email,
        "label": label_of(row.owner),
        "due": _day(row.due, profile.day),
        "first_due": _day(row.first_due, profile.day),
        "deal": row.deal,
        "deal_name": row.deal_name,
        "deal_id": row.deal_id,
        "salesforce_id": row.deal_id if _SALESFORCE.fullmatch(row.deal_id) else "",
        "hubspot_id": row.deal_id if row.deal_id.isdecimal() else "",
        "account": row.account,
        "origin": row.origin.value,
        "status": (profile.open if row.is_open else profile.closed if row.status == "done" else row.status)
        + (" (draft)" if draft and profile.open == "open" else ""),
        "carried": str(row.carried),
        "review": row.review,
        "agreed": "yes" if row.agreed else "no",
        "priority": profile.priority.red if row.is_red else profile.priority.normal,
        "draft": "DRAFT" if draft else "",
        "facts": facts_of(row, draft=draft),
    }


def names_deal(row: CommitmentRow) -> bool:
    """Tell whether a commitment's text says its deal already, or there is none."""
    text = row.text.casefold()
    return row.deal.casefold() in text or all(name in text for name in row.deal.casefold().split(", "))


def facts_of(row: CommitmentRow, *, draft: bool = False) -> str:
    """Say everything that is known of a commitment, one fact a line."""
    return "\n".join(fact for fact in _facts(row, draft=draft))


def _facts(row: CommitmentRow, *, draft: bool) -> Iterator[str]:
    if draft:
        yield "DRAFT – the review is not locked yet; this can still change."
    if len(row.text) > LONG:
        yield f"Commitment: {plain(row.text)}"
    yield f"Owner: {plain(row.owner)}" + (f" <{plain(row.email)}>" if row.email else "")
    yield f"Due: {row.due.isoformat()}"
    if row.deal:
        ended = f", {row.deal_ended}" if row.deal_ended else ""
        yield f"Deal: {plain(row.deal)}" + (f" ({plain(row.deal_id)})" if row.deal_id else "") + ended
    if row.account and row.account != row.deal:
        yield f"Account: {plain(row.account)}"
    yield f"Origin: {row.origin.value}"
    yield f"Status: {row.status}"
    yield f"Carried: {counted(row.carried, 'time')}"
    if row.review:
        yield f"Review: {row.review}"
    yield f"Closeout id: {row.id}"


def label_of(name: str) -> str:
    """Make one word of a name, as tools want their labels."""
    return "_".join(re.findall(r"\w+", plain(name))) or "nobody"


def _day(day: date, form: str) -> str:
    # Not every platform fills a year below 1000 up with zeros.
    return day.strftime(form.replace("%Y", f"{day.year:04}"))


def _names(value: str) -> list[str]:
    """List the fields of a value; raises ValueError where its braces are wrong or hold more than a name."""
    names = []
    for _, name, spec, conversion in string.Formatter().parse(value):
        if name is None:
            continue
        if spec or conversion:
            raise ValueError(f"only a field’s name stands in braces, not {{{name}{'!' if conversion else ':'}…}}")
        names.append(name)
    return names
