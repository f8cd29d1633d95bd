"""Make pictures of every screen: `python -m docs.pictures [DIRECTORY]`, at four sizes, dark, light and without colour.

Without a directory it makes the README's. `--tours inspection,lobby`, `--only inspection-typed`, `--sizes 80x24` and
`--looks dark,light` make fewer. The real exports are looked for in CLOSEOUT_SAMPLES, and left out where they are not.
"""

import argparse
import asyncio
import os
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from textual.filter import Monochrome
from textual.widget import Widget

from docs.picture import Browser
from docs.scenes import SAMPLE, SAMPLE_DAY, TODAY, TOURS, Stage, beside, make_demo, make_empty, make_fresh, on_stage
from tui.theme import PRIVATE, themes

SIZES: Final = ("80x24", "120x36", "160x45", "200x60")
BESIDE: Final = ("chair", "follow")
LOOKS: Final = ("dark", "light", "none")
STILL: Final = 0.05
"""Seconds in which a screen that is at rest changes nothing."""
README: Final = {
    "inspection-typed": ("inspection", "132x40", "dark"),
    "forecast": ("forecast", "120x36", "dark"),
    "recap": ("recap", "132x40", "light"),
}
"""Scene to its file in `docs`, its size and its look."""


async def dress(stage: Stage, look: str) -> None:
    """Turn the app dark, light or colourless, as NO_COLOR does."""
    app = stage.app
    theme = "paper" if look == "light" else "petrol"
    app.theme = PRIVATE[theme] if app.theme in PRIVATE.values() else theme
    if app.no_color != (look == "none"):
        app.no_color = look == "none"
        app._filters = [one for one in app._filters if not isinstance(one, Monochrome)]
        app._filters += [Monochrome()] * app.no_color
        for one in themes(colour=not app.no_color):
            app.register_theme(one)
        app.refresh_css(animate=False)
        for screen in app.screen_stack:
            for widget in screen.walk_children(Widget, with_self=True):
                widget._styles_cache.clear()
                widget.refresh()
    await stage.pilot.pause()
    # The palette is a screen of Textual's own, which a change of theme passes by.
    app.stylesheet.update(app.screen)


async def pose(stage: Stage, size: str, look: str) -> str:
    """Show the screen at a size and in a look, and give its drawing (SVG) once it changes no more."""
    width, height = map(int, size.split("x"))
    if stage.app.size != (width, height):
        await stage.pilot.resize_terminal(width, height)
    await dress(stage, look)
    was, drawn = "", stage.app.export_screenshot()
    while drawn != was:
        await stage.pilot.pause(STILL)
        was, drawn = drawn, stage.app.export_screenshot()
    return drawn


class Album:
    """A folder of pictures, drawn while the story goes on."""

    def __init__(self, wanted: argparse.Namespace) -> None:
        """Take what is wanted."""
        self.wanted, self.folder = wanted, wanted.folder or Path(__file__).parent
        self.browser = Browser()
        self.pool = ThreadPoolExecutor(1)
        self.drawing: list[Future[Path]] = []
        self.folder.mkdir(parents=True, exist_ok=True)

    def wants(self, name: str) -> bool:
        """Tell whether a scene is wanted."""
        only = README if self.wanted.folder is None else self.wanted.only.split(",")
        return not any(only) or name in only

    async def hold(self, tour: str, folder: Path) -> None:
        """Go through a tour and take its scenes."""
        kind, story = TOURS[tour]
        if kind == "fresh":
            sample = Path(os.environ.get("CLOSEOUT_SAMPLES", "../shared/crm/samples"), SAMPLE)
            if not sample.is_file():
                return
            make_fresh(folder, sample)
        else:
            (make_empty if kind == "empty" else make_demo)(folder)
        day = SAMPLE_DAY if kind == "fresh" else TODAY
        opened = beside(folder, kind, self.wants) if kind in BESIDE else on_stage(folder, day, self.wants)
        async with opened as stage:
            async for name in story(stage):
                if self.wants(name):
                    await self.take(name, stage)

    async def take(self, name: str, stage: Stage) -> None:
        """Take one scene at every size and in every look."""
        if self.wanted.folder is None:
            name, size, look = README[name]
            self.keep(await pose(stage, size, look), name)
            return
        for look in self.wanted.looks.split(","):
            for size in self.wanted.sizes.split(","):
                self.keep(await pose(stage, size, look), f"{name}_{size}_{look}")
        await pose(stage, "120x36", "dark")

    def keep(self, svg: str, name: str) -> None:
        """Draw a screen."""
        self.drawing.append(self.pool.submit(self.browser.draw, svg, self.folder / f"{name}.png"))

    def finish(self) -> int:
        """Wait for the last picture and count them."""
        self.pool.shutdown()
        self.browser.close()
        return len([one.result() for one in self.drawing])


async def make(album: Album) -> None:
    """Go through the tours."""
    with tempfile.TemporaryDirectory() as folder:
        tours = album.wanted.tours if album.wanted.folder else "forecast,inspection,actions"
        for tour in tours.split(","):
            await album.hold(tour, Path(folder, tour))


def main() -> None:
    """Read the options and make the pictures."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("folder", type=Path, nargs="?")
    reading.add_argument("--tours", default=",".join(TOURS))
    reading.add_argument("--only", default="", help="names of scenes")
    reading.add_argument("--sizes", default=",".join(SIZES))
    reading.add_argument("--looks", default=",".join(LOOKS))
    album = Album(reading.parse_args())
    asyncio.run(make(album))
    print(f"{album.finish()} pictures in {album.folder}")


if __name__ == "__main__":
    main()
