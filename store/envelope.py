r"""The form of every file that the program writes: a TinyDB file that carries its version and a checksum.

    {"meta":{"1":{"checksum":"…","kind":"minutes","version":1}},"batches":{"1":{…}}}\n

The checksum covers every byte after itself and the bytes before it are constant, so no damage goes unseen.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b

import msgspec
from msgspec import Struct

from store.errors import TooNew
from store.files import Bytes
from store.kinds import Kind, Tables

META = "meta"
TAIL = b"}}\n"
"""Closes the last table and the file."""
_PREFIX = b'{"meta":{"1":{"checksum":"'
_DIGITS = 32
_SUM_ENDS = len(_PREFIX) + _DIGITS
_HEADER = re.compile(rb'","kind":"([a-z]+)","version":(\d{1,6})\}\},')


class UnsoundError(Exception):
    """The bytes are not what was written; the message says what is seen of it, in two or three words."""


class Envelope(Struct, frozen=True):
    """A file whose checksum holds."""

    version: int
    checksum: str


def new_sum() -> blake2b:
    """Start a checksum."""
    return blake2b(digest_size=_DIGITS // 2)


def header(kind: Kind) -> bytes:
    """Give the bytes between the checksum and the tables."""
    return b'","kind":"%s","version":%d}},' % (kind.name.encode(), kind.version)


def sealed(checksum: str, rest: Iterable[Bytes]) -> tuple[Bytes, ...]:
    """Put the checksum before the bytes that it covers."""
    return (_PREFIX, checksum.encode(), *rest)


def opened(data: bytes, kind: Kind) -> Envelope:
    """Check a file's bytes.

    Raises UnsoundError where they are not what was written, and TooNew where a later version wrote them.
    """
    if not data:
        raise UnsoundError("empty")
    if not data.startswith(_PREFIX):
        raise UnsoundError("cut off" if _PREFIX.startswith(data[: len(_PREFIX)]) else "not a file of Closeout")
    checksum = new_sum()
    checksum.update(memoryview(data)[_SUM_ENDS:])
    found = _HEADER.match(data, _SUM_ENDS)
    if data[len(_PREFIX) : _SUM_ENDS] != checksum.hexdigest().encode() or not found:
        raise UnsoundError("changed or cut off" if data.endswith(TAIL) else "cut off")
    if found[1] != kind.name.encode():
        raise UnsoundError(f"a file of another kind, {found[1].decode()}")
    version = int(found[2])
    if version > kind.version:
        raise TooNew(
            f"This file was written by a later Closeout: {kind.name} in format {version}, and this one reads up to "
            f"{kind.version}. It was left untouched; install the later Closeout to go on."
        )
    return Envelope(version, checksum.hexdigest())


def tables_of(data: bytes) -> Tables:
    """Decode a checked file into new tables that nobody else holds, the program's own table left out."""
    decoded: Tables = msgspec.json.decode(data, type=Tables)
    decoded.pop(META, None)
    return decoded


def body_in(data: bytes) -> memoryview:
    """Give the bytes of a checked file between its header and its tail: tables, the kind's own last and open."""
    return memoryview(data)[data.index(b"}},") + 3 : -len(TAIL)]


def last_id(data: bytes, kind: Kind) -> int:
    """Give the highest document id in the kind's own table of a checked file; 0 where it is empty."""
    documents = msgspec.json.decode(data, type=dict[str, dict[str, msgspec.Raw]]).get(kind.table, {})
    return max(map(int, documents), default=0)


def body_of(tables: Tables, kind: Kind) -> bytes:
    """Encode tables, the kind's own last and still open, so that a document can be added behind."""
    others = [name for name in tables if name not in {META, kind.table}]
    parts = [_named(name) + b":" + msgspec.json.encode(tables[name]) + b"," for name in others]
    main = msgspec.json.encode(tables.get(kind.table, {}))
    return b"".join([*parts, _named(kind.table), b":", main[:-1]])


def _named(table: str) -> bytes:
    return msgspec.json.encode(table)
