"""The Textual apps that ours is measured beside: `python -m benchmarks.baselines NAME [NUMBER]`.

`bare` header, input and footer · `stock` as many stock widgets as NUMBER, without data · `input` an `Input` alone ·
`clock` one `Digits`, `ProgressBar` and `Static` updated each second and a focused `Input` · `gone` the bare one without
a terminal, ended once it is ready.
"""

import sys
from collections.abc import Iterator
from datetime import datetime

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Digits, Footer, Header, Input, ProgressBar, Static


class Bare(App[None]):
    """Header, input and footer."""

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield Header()
        yield Input()
        yield Footer()


class Gone(Bare):
    """The bare one, which ends as soon as it is ready."""

    def on_ready(self) -> None:
        """Leave."""
        self.exit()


class Stock(Bare):
    """As many stock widgets as a screen of ours has, most of them lines of two statics, with nothing in them."""

    CSS = "Vertical, Horizontal, Static { height: auto; }"

    def __init__(self, number: int) -> None:
        """Mount `number` widgets."""
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield Header()
        yield Input()
        with Vertical():
            yield from self._lines(self.number - 8)
        yield Footer()

    def _lines(self, number: int) -> Iterator[Widget]:
        for at in range(0, number - 2, 3):
            yield Horizontal(Static(f"line {at}"), Static("-"))
        yield from (Static("-") for _ in range(number % 3))


class Line(App[None]):
    """An input alone."""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Input()


class Ticking(App[None]):
    """What a clock costs in stock widgets."""

    def compose(self) -> ComposeResult:
        """Lay out the time three times, and a line to type in."""
        yield Digits("00:00")
        yield ProgressBar(total=3600)
        yield Static("00:00 left")
        yield Input()

    def on_mount(self) -> None:
        """Tick."""
        self.query_one(Input).focus()
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        """Show the time in all three."""
        now = datetime.now().astimezone()
        self.query_one(Digits).update(f"{now:%M:%S}")
        self.query_one(ProgressBar).update(progress=now.minute * 60 + now.second)
        self.query_one(Static).update(f"{now:%M:%S} left")


def main(name: str, number: str = "0") -> None:
    """Run one of them."""
    if name == "gone":
        Gone().run(headless=True)
        return
    apps: dict[str, App[None]] = {"bare": Bare(), "input": Line(), "clock": Ticking(), "stock": Stock(int(number))}
    apps[name].run()


if __name__ == "__main__":
    main(*sys.argv[1:])
