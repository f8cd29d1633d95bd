"""Turn a screenshot of the app (SVG) into a picture (PNG) with a browser, its columns kept straight."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FONTS = "'JetBrains Mono', 'DejaVu Sans Mono', monospace"


CELL = 12.2
"""Width of a cell in the drawing; the picture makes it a whole number of pixels, so that blocks meet without seams."""
PIXELS = 15
DROP = 1.5
"""How much lower than its frame the drawing's first line begins."""


def tidy(svg: str) -> str:
    """Take out web fonts and the window around the screen; name fonts that are installed and have every sign."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:\s*[^;]+;", f"font-family: {FONTS};", svg)
    # The drawing's cells are a little wider than the font's: stretch the letters, not the space between them.
    svg = svg.replace(" textLength=", ' lengthAdjust="spacingAndGlyphs" textLength=')
    left, top, width, height = area(svg)
    svg = re.sub(r'viewBox="[^"]+"', f'viewBox="{left} {top} {width} {height}"', svg, count=1)
    svg = re.sub(
        r'(clip-terminal">\s*<rect x="0" y="0") [^/]*/>', rf'\1 width="{width}" height="{height + DROP}" />', svg
    )
    return svg.replace("<svg ", '<svg shape-rendering="crispEdges" ', 1)


def area(svg: str) -> tuple[float, float, float, float]:
    """Give left, top, width and height of the screen in the drawing."""
    origin = re.search(r'<g transform="translate\(([\d.]+), ([\d.]+)\)" clip-path="url\(#[^)]*clip-terminal\)">', svg)
    inside = re.search(r'clip-terminal">\s*<rect x="0" y="0" width="([\d.]+)" height="([\d.]+)"', svg)
    if not origin or not inside:
        raise ValueError("This is not a screenshot of the app: it has no screen in it.")
    return float(origin[1]), float(origin[2]) + DROP, float(inside[1]) + 1, float(inside[2]) + 1


def picture(svg: str, png: Path) -> Path:
    """Draw `svg` to `png` and give its path; needs a Chromium on the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((path for name in names if (path := shutil.which(name))), None)
    if browser is None:
        raise FileNotFoundError("No Chromium was found; install one to make pictures.")
    _, _, wide, high = area(svg)
    width, height = round(wide / CELL * PIXELS), round(high / CELL * PIXELS)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "screen.html")
        style = f"<style>body{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>"
        page.write_text(f"<!doctype html><meta charset=utf-8>{style}{tidy(svg)}", encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height}",
                f"--screenshot={png.resolve()}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
    return png


if __name__ == "__main__":
    picture(Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2]))
