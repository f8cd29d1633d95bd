"""Bytes to text: by the mark at the start, else UTF-8, else the encoding that older programs most likely wrote."""

import re
from typing import Final

from store.crm.grid import Broken

# The longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_START: Final = 4096
_SAMPLE: Final = 20_000
"""Bytes that the encoding is guessed from: no file has more to tell, and guessing is slow."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CELLS: Final = re.compile(r"[,;\t|\n\r]")
_TWICE: Final = re.compile("[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""What a letter of UTF-8 looks like once it was read as Windows-1252."""
_FOREIGN: Final = re.compile(rb"[\x80-\xff]{3}|[A-Za-z][\x81\x83-\x90\x95-\x99\x9b\x9d\x9f\xa1-\xbf][a-z]")
"""What Western text in Windows-1252 hardly has: three letters with accents in a row, or a sign inside a word."""
_GUESSED: Final = {
    "cp850": "DOS (code page 850)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "mac_roman": "Mac Roman",
    "cp932": "Shift-JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp949": "EUC-KR (Korean)",
}
"""Encodings that are looked for beside Windows-1252, with their names for people."""


def decode(data: bytes) -> tuple[str, list[str]]:
    """Give the text and what to say about it; raises `Broken` where the bytes are no text."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "") or _unmarked(data)
    if encoding:
        text, warnings = _lenient(data, encoding)
    else:
        try:
            text, warnings = data.decode("utf-8"), []
        except UnicodeDecodeError:
            text, warnings = _guessed(data)
    if not text.isascii() and _TWICE.search(text):
        found = _TWICE.search(text)
        warnings.append(
            f"Some letters were garbled before the export (“{found[0] if found else ''}”), by the program that wrote"
            " them; they are kept as they are."
        )
    return _without_controls(text, warnings), warnings


def _unmarked(data: bytes) -> str:
    """Recognise UTF-16 and UTF-32 without a mark by where their zeros stand."""
    start = data[:_START]
    if len(start) < 8 or start.count(0) * 4 < len(start):
        return ""
    zeros = [start[at::4].count(0) * 8 > len(start) for at in range(4)]
    return {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }.get((zeros[0], zeros[1], zeros[2], zeros[3]), "")


def _lenient(data: bytes, encoding: str, warning: str = "") -> tuple[str, list[str]]:
    """Decode with a mark for what cannot be read, and say how many of those there are."""
    warnings = [warning] if warning else []
    try:
        return data.decode(encoding), warnings
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = text.count(chr(0xFFFD))
        warnings.append(
            f"{lost:,} {'character' if lost == 1 else 'characters'} could not be read and"
            f" {'shows' if lost == 1 else 'show'} as \ufffd."
        )
        return text, warnings


def _guessed(data: bytes) -> tuple[str, list[str]]:
    """Decode what is not UTF-8: a few broken characters in UTF-8, or the encoding of an older program."""
    text = data.decode("utf-8", "replace")
    bad, other = text.count("\ufffd"), len(text) - len(text.encode("ascii", "ignore"))
    if bad * 10 < other:
        return _lenient(data, "utf-8")
    encoding = _most_likely(data)
    name = _GUESSED.get(encoding, "Windows-1252")
    return _lenient(data, encoding, f"The file is not UTF-8 and was read as {name}; look at accents in names.")


def _most_likely(data: bytes) -> str:
    """Guess an encoding, Windows-1252 where nothing speaks against it."""
    sample = b"\n".join(line for line in data[:2_000_000].split(b"\n") if not line.isascii())[:_SAMPLE]
    if told := _told_by_header(data):
        return told
    foreign = len(_FOREIGN.findall(sample))
    if foreign * 10 < len(re.findall(rb"[\x80-\xff]+", sample)):
        return "cp1252"
    # Slow to import, and rarely needed.
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=["cp1252", *_GUESSED]).best()
    return found.encoding if found and found.encoding in _GUESSED else "cp1252"


def _told_by_header(data: bytes) -> str:
    """Give the encoding in which more words of the first lines are headers that CRMs have than in Windows-1252."""
    from store.crm.fold import fold
    from store.crm.knowledge import known_keys

    lines = b"\n".join(data[:_SAMPLE].splitlines()[:3])
    if lines.isascii():
        return ""
    hits: dict[str, int] = {}
    for encoding in ("cp1252", *_GUESSED):
        text = lines.decode(encoding, "replace")
        hits[encoding] = len({fold(cell) for cell in _CELLS.split(text)} & known_keys())
    best = max(hits, key=lambda encoding: hits[encoding])
    return best if hits[best] > hits["cp1252"] else ""


def _without_controls(text: str, warnings: list[str]) -> str:
    """Take zero bytes out; raise `Broken` where so much is unprintable that this is no text."""
    found = len(_CONTROLS.findall(text[:100_000]))
    if found * 20 > min(len(text), 100_000):
        raise Broken("this is neither text nor a workbook")
    if "\x00" in text:
        warnings.append(f"{text.count(chr(0)):,} zero bytes were taken out of the text.")
        return text.replace("\x00", "")
    return text
