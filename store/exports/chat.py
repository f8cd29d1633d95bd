"""Messages that are longer than a chat takes: cut into several, where nothing is torn apart."""

from collections.abc import Iterator
from typing import Final

CUT: Final = "✂ – – – –"
"""What a line that divides two messages begins with."""
_MOST: Final = {"slack": 12_000, "teams": 24_000}
"""Octets of one message, with room for what the chat adds: Teams takes about 28 KB with the form it gives them."""
_TOOL: Final = {"slack": "Slack", "teams": "Teams"}


def parted(text: str, name: str) -> str:
    """Divide a text by lines that say where to cut; as it is where one message holds it."""
    most = _MOST.get(name)
    if most is None or len(text.encode()) <= most:
        return text
    parts = list(_parts(text, most))
    cut = (f"\n\n{CUT} cut here, message {number} of {len(parts)} – – – –\n\n" for number in range(2, len(parts) + 1))
    return parts[0] + "".join(line + part for line, part in zip(cut, parts[1:], strict=True)) + "\n"


def said_of(text: str, name: str) -> tuple[str, ...]:
    """Say that a text is more than one message."""
    cuts = sum(line.startswith(CUT) for line in text.splitlines())
    if name not in _MOST or not cuts:
        return ()
    return (
        f"More than {_TOOL[name]} takes in one message: send it in {cuts + 1}, cut at the lines that begin with ✂.",
    )


def _parts(text: str, most: int) -> Iterator[str]:
    part = ""
    for piece in _pieces(text, most):
        longer = part + piece
        if part and len(longer.strip().encode()) > most:
            yield part.strip("\n")
            longer = piece
        part = longer
    if part.strip():
        yield part.strip("\n")


def _pieces(text: str, most: int) -> Iterator[str]:
    """Give blocks that stand together, and the lines of one that is too long by itself."""
    for block in text.strip("\n").split("\n\n"):
        whole = f"{block}\n\n"
        yield from (whole,) if len(whole.encode()) <= most else (*block.splitlines(keepends=True), "\n\n")
