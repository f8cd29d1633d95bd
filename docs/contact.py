"""Put pictures side by side to look at many at once: `python -m docs.contact OUT.png PICTURE.png … [--columns 2]`."""

import argparse
import base64
import struct
from pathlib import Path

from docs.picture import Browser

GAP = 12
NAME = 22
"""Pixels for the name under a picture."""


def size_of(png: bytes) -> tuple[int, int]:
    """Read width and height in a picture's head."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def sheet(browser: Browser, pictures: list[Path], columns: int, wide: int, out: Path) -> Path:
    """Draw pictures in rows of `columns`, each `wide` pixels wide, its name under it."""
    cells, heights = [], list[int]()
    for at, path in enumerate(pictures):
        drawn = path.read_bytes()
        width, height = size_of(drawn)
        scaled = round(wide * height / width)
        if at % columns == 0:
            heights.append(0)
        heights[-1] = max(heights[-1], scaled)
        source = f"data:image/png;base64,{base64.b64encode(drawn).decode()}"
        cells.append(f'<figure><img src="{source}" width={wide} height={scaled}>{path.stem}</figure>')
    style = (
        f"<style>body{{margin:0;padding:{GAP}px;background:#777;color:#fff;font:14px/{NAME}px monospace;display:grid;"
        f"grid-template-columns:repeat({columns},{wide}px);gap:{GAP}px}}figure{{margin:0}}img{{display:block}}</style>"
    )
    width = columns * (wide + GAP) + GAP
    return browser.take(
        f"<!doctype html><meta charset=utf-8>{style}{''.join(cells)}",
        width,
        sum(height + NAME + GAP for height in heights) + GAP,
        out,
    )


def main() -> None:
    """Read the options and draw the sheet."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("out", type=Path)
    reading.add_argument("pictures", type=Path, nargs="+")
    reading.add_argument("--columns", type=int, default=2)
    reading.add_argument("--wide", type=int, default=960)
    wanted = reading.parse_args()
    browser = Browser()
    try:
        print(sheet(browser, wanted.pictures, wanted.columns, wanted.wide, wanted.out))
    finally:
        browser.close()


if __name__ == "__main__":
    main()
