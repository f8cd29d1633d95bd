"""Turn a screenshot of the app (SVG) into a picture (PNG) with a browser, its columns kept straight."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

FONTS = "'JetBrains Mono', 'DejaVu Sans Mono', monospace"


CELL = 12.2
"""Width of a cell in the drawing; the picture makes it a whole number of pixels, so that blocks meet without seams."""
PIXELS = 15
DROP = 1.5
"""How much lower than its frame the drawing's first line begins."""

FLAGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")


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


class Browser:
    """A Chromium that draws one picture after the other; it is spoken to through a pair of pipes."""

    def __init__(self) -> None:
        """Start it; needs a Chromium on the PATH."""
        names = ("chromium", "chromium-browser", "google-chrome")
        found = next((path for name in names if (path := shutil.which(name))), None)
        if found is None:
            raise FileNotFoundError("No Chromium was found; install one to make pictures.")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        reads, self._writes = os.pipe()
        self._reads, writes = os.pipe()
        # The browser reads from its descriptor 3 and writes to 4.
        arguments = [found, *FLAGS, f"--user-data-dir={self._profile.name}", "about:blank"]
        wired = f'exec 3<&{reads} 4>&{writes}; exec "$@"'
        self._process = subprocess.Popen(
            ["sh", "-c", wired, "sh", *arguments], pass_fds=(reads, writes), stderr=subprocess.DEVNULL
        )
        os.close(reads)
        os.close(writes)
        self._answers = os.fdopen(self._reads, "rb", buffering=0)
        self._left = b""
        self._count = 0
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._page = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._frame = self._ask("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def draw(self, svg: str, png: Path) -> Path:
        """Draw `svg` to `png` and give its path."""
        _, _, wide, high = area(svg)
        width, height = round(wide / CELL * PIXELS), round(high / CELL * PIXELS)
        style = f"<style>body{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>"
        return self.take(f"<!doctype html><meta charset=utf-8>{style}{tidy(svg)}", width, height, png)

    def take(self, page: str, width: int, height: int, png: Path) -> Path:
        """Take a picture of a page of HTML, so many pixels large, and give its path."""
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._ask("Page.setDocumentContent", frameId=self._frame, html=page)
        drawn = self._ask("Page.captureScreenshot", format="png", optimizeForSpeed=False)
        png.write_bytes(base64.b64decode(drawn["data"]))
        return png

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)
        self._answers.close()
        os.close(self._writes)
        self._profile.cleanup()

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        self._count += 1
        call = {"id": self._count, "method": method, "params": params}
        if not method.startswith("Target."):
            call["sessionId"] = self._page
        message = json.dumps(call).encode() + b"\0"
        while message:
            message = message[os.write(self._writes, message) :]
        while True:
            answer = json.loads(self._next())
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> bytes:
        while b"\0" not in self._left:
            more = self._answers.read(1 << 16)
            if not more:
                raise RuntimeError("The browser ended.")
            self._left += more
        first, self._left = self._left.split(b"\0", 1)
        return first


def picture(svg: str, png: Path) -> Path:
    """Draw one picture and give its path."""
    browser = Browser()
    try:
        return browser.draw(svg, png)
    finally:
        browser.close()


if __name__ == "__main__":
    picture(Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2]))
