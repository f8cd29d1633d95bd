"""What is written to the terminal, also where the terminal is gone."""

from contextlib import suppress
from typing import IO, Any, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.straight import straight


class Lasting:
    """A terminal's output that takes what is written to it, and drops it once the terminal is gone.

    Textual's thread that writes would end there, and whoever ends the program would wait for it for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        """Write to `file`."""
        self._file = file

    def write(self, text: str) -> None:
        """Write text."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Send what was written."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Give the file's number."""
        return self._file.fileno()


class Terminal(LinuxDriver):
    """Textual's terminal with an output that never ends before the program, and columns that stay straight."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take Textual's options as they are."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = cast(Any, Lasting(cast(IO[str], self._file)))

    def write(self, data: str) -> None:
        """Write a frame."""
        super().write(straight(data))
