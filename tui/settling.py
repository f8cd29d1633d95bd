"""A screen that shows only once its rows have found their places."""

from typing import Final

from tui.air import give_up_air
from tui.sizes import Sized

TRIES: Final = 3
"""How often the rows of a new screen may move before it shows."""


class Settling(Sized):
    """A screen whose plane gives up empty rows where there are too few, and whose first frame is the one that stays."""

    _unsettled = TRIES

    def on_mount(self) -> None:
        """Settle again whenever the plane's rows need another room."""
        self.watch(self.query_one("#plane"), "virtual_size", self._settle, init=False)

    def on_resize(self) -> None:
        """Give up empty rows where there are too few."""
        self.call_after_refresh(self._settle)

    def settled(self) -> None:
        """Keep in sight what has to be, now that the rows stand where they stay."""

    def _settle(self) -> None:
        """Give up as few empty rows as it takes for the plane's rows to fit."""
        moved = give_up_air(self.query_one("#plane"), low=self.has_class("-low"))
        if self._unsettled:
            self._unsettled = self._unsettled - 1 if moved else 0
            if self._unsettled:
                self.call_after_refresh(self._settle)
            else:
                self.refresh()
        self.settled()

    def _compositor_refresh(self) -> None:
        """Draw nothing until the rows have found their places."""
        if not self._unsettled:
            super()._compositor_refresh()
