"""A page as plain text for a terminal, and as Markdown to be forwarded."""

from collections.abc import Sequence

import click

from review.page import Block, Column, Page, Row
from review.plain import plain
from tui.cli.table import cells, cut, left, right, width, wrapped

GAP = "  "
LEAST = 16
"""Cells below which parts are not worth beginning."""


def as_text(page: Page) -> list[str]:
    """Lay a page out in lines as wide as the terminal; headings are bold where it can show that."""
    room = width() - 1
    said = [click.style(line, bold=True) for line in wrapped(page.title)]
    for line in page.lines:
        said += wrapped(line)
    for block in page.blocks:
        said += ["", *_heading(block), *_rows(block, room)]
    if page.notes:
        said.append("")
    for note in page.notes:
        said += wrapped(note)
    return said


def _heading(block: Block) -> list[str]:
    title = plain(block.title)
    if not block.note:
        return [click.style(title, bold=True)]
    first, *rest = wrapped(block.note, f"{title}  ", 2)
    # The heading is bold and its sentence is not; wrapping has counted both.
    return [click.style(title, bold=True) + first[len(title) :], *rest]


def _rows(block: Block, room: int) -> list[str]:
    if not block.rows:
        return []
    widths = [_wide(block, at, column) for at, column in enumerate(block.columns)]
    rows = list(block.rows)
    heads = [column.head for column in block.columns]
    if any(heads):
        rows.insert(0, Row(("", *heads[1:]), (block.last,) if block.last else ()))
    return [line for row in rows for line in _line(row, block, widths, room)]


def _wide(block: Block, at: int, column: Column) -> int:
    every = (column.head if at else "", *(row.cells[at] for row in block.rows if at < len(row.cells)))
    return min(column.most, max(cells(cell) for cell in every))


def _line(row: Row, block: Block, widths: Sequence[int], room: int) -> list[str]:
    placed = [
        right(cell, wide) if column.right else left(cell, wide)
        for cell, wide, column in zip(row.cells, widths, block.columns, strict=False)
    ]
    front = "  " + GAP.join(placed) + GAP
    first, *rest = fitted(tuple(map(plain, row.parts)), room - cells(front), block.divider, block.deep) or [""]
    return [(front + first).rstrip(), *(" " * cells(front) + line for line in rest)]


def fitted(parts: Sequence[str], room: int, divider: str, deep: int = 1) -> list[str]:
    """Give as many parts as `deep` lines have room for, and how many more there are; a first one too long is broken."""
    if not parts or room < LEAST:
        return []
    for number in range(len(parts), 0, -1):
        more = f" +{len(parts) - number}" if number < len(parts) else ""
        lines = _filled(parts[:number], room, divider, more)
        if len(lines) <= deep and all(cells(line) <= room for line in lines):
            return lines
    more = f" +{len(parts) - 1}" if len(parts) > 1 else ""
    broken = wrapped(parts[0] + more, at=room + 1)
    if len(broken) <= deep and all(cells(line) <= room for line in broken):
        return broken
    return [cut(parts[0], room - len(more)) + more]


def _filled(parts: Sequence[str], room: int, divider: str, more: str) -> list[str]:
    """Break parts into lines, between two of them only."""
    lines = [parts[0]]
    for at, part in enumerate(parts[1:], 2):
        behind = cells(more) if at == len(parts) else 0
        if cells(lines[-1]) + cells(divider) + cells(part) + behind <= room:
            lines[-1] += divider + part
        else:
            lines[-1] += divider.rstrip()
            lines.append(part)
    return [*lines[:-1], lines[-1] + more]


SHOWN = 12
"""Parts of a row that Markdown shows."""


def as_markdown(page: Page) -> str:
    """Write a page as Markdown; texts from outside show as they stand."""
    from store.exports.escape import markdown as text

    lines = [f"# {text(page.title)}", ""]
    for line in page.lines:
        lines += [text(line), ""]
    for block in page.blocks:
        lines += [f"## {text(block.title)}", ""]
        if block.note:
            lines += [text(block.note), ""]
        lines += [*_table(block), ""] if block.rows else []
    lines += [f"- {text(note)}" for note in page.notes]
    return "\n".join(lines).rstrip() + "\n"


def _table(block: Block) -> list[str]:
    from store.exports.escape import markdown as text

    with_parts = any(row.parts for row in block.rows)
    heads = [text(column.head) for column in block.columns] + ([block.last] if with_parts else [])
    rules = ["--:" if column.right else "---" for column in block.columns] + (["---"] if with_parts else [])
    lines = [_bars(heads), _bars(rules)]
    for row in block.rows:
        shown = row.parts[:SHOWN]
        more = f" +{len(row.parts) - len(shown)}" if len(row.parts) > len(shown) else ""
        said = [text(block.divider.join(shown)) + more] if with_parts else []
        lines.append(_bars([*(text(cell) for cell in row.cells), *said]))
    return lines


def _bars(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
