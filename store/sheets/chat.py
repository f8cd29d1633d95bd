"""A rep's sheet as plain text to be pasted into a chat or a mail, and filled in behind the signs."""

from collections.abc import Iterator

from review.plain import plain
from review.sheets.blank import OF_CALL, Blank, Kind, Sheet

SIGN = ">"


def render(sheet: Sheet) -> bytes:
    """Write the text; a deal's lines stand together."""
    return ("\n".join(_lines(sheet)) + "\n").encode()


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from map(plain, sheet.said)
    yield f"Sheet [{sheet.code}]"
    yield ""
    like = "“Call @Dana on the redlines ! thu”, “moved fri”, “legal tue”"
    yield f"Write behind the {SIGN} signs, a date at the end: {like}."
    yield from _legend(sheet)
    about = ""
    for blank in sheet.blanks:
        name, *rest = plain(blank.about).split(" · ")
        title = "PROMISES" if blank.kind is Kind.PROMISE else " · ".join((name.upper(), *rest))
        if title != about:
            about = title
            yield from ("", title)
        yield from ("", *_asked(blank))


def _legend(sheet: Sheet) -> Iterator[str]:
    """Say once what each kind of line wants."""
    kinds = {blank.kind: blank for blank in sheet.blanks if blank.answers}
    for kind, blank in kinds.items():
        choices = f": {', '.join(blank.choices)}" if blank.choices else ""
        yield plain(f"- {kind.value} – {blank.how}{choices}")


def _asked(blank: Blank) -> Iterator[str]:
    if blank.kind is Kind.PROMISE:
        yield plain(f"{blank.about}, {blank.now}")
    elif blank.kind in OF_CALL:
        yield plain(f"{blank.kind.value}{f' ({blank.now})' if blank.now else ''}")
    else:
        yield plain(f"{blank.kind.value}: {blank.now}")
    if blank.answers:
        yield f"[{blank.code}] {SIGN} "
