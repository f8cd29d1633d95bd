"""A mail that was saved as a file: its text and what hangs on it."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Final

_HEADER: Final = re.compile(rb"(?m)^([A-Za-z][A-Za-z-]*):[ \t]")
_OF_MAIL: Final = frozenset(
    {b"from", b"to", b"subject", b"date", b"sent", b"mime-version", b"content-type", b"received", b"message-id"}
)
_FEW: Final = 3
"""Headers by which a mail is known."""


def is_mail(data: bytes) -> bool:
    """Tell whether bytes begin as a mail does."""
    head = data[:20_000].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n").split(b"\n\n", 1)[0]
    found = {name.lower() for name in _HEADER.findall(head)}
    return _HEADER.match(head) is not None and len(found & _OF_MAIL) >= _FEW


def parts_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give each text and each file of a mail, with the name of a file; a page only where there is no plain text."""
    parts = [part for part in message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n")).walk() if not part.is_multipart()]
    plain = any(part.get_content_type() == "text/plain" and not part.get_filename() for part in parts)
    for part in parts:
        name = part.get_filename() or ""
        if name or part.get_content_type() == ("text/plain" if plain else "text/html"):
            yield name, _bytes_of(part)


def _bytes_of(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    data = found if isinstance(found, bytes) else b""
    charset = part.get_content_charset("utf-8")
    if part.get_content_maintype() != "text" or charset in ("utf-8", "us-ascii"):
        return data
    try:
        return data.decode(charset, "replace").encode()
    except LookupError:
        return data
