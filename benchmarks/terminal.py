"""A program in a pseudo-terminal whose output is kept with the moment of every piece."""

import os
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Final, Self

import pexpect
import pyte

from tests.e2e.terminal import ALTERNATE_SCREEN, KEYS, UNFINISHED, UNREADABLE

SIZE: Final = (120, 36)
"""Columns and rows."""
QUIET: Final = 1.0
"""Seconds without another text on the screen after which it stands."""
PAINTED: Final = 0.2
"""Seconds without more of a frame after which it is whole."""
PATIENCE: Final = 60.0
OURS: Final = (sys.executable, "-c", "from tui.cli.main import main; main()")
BASELINE: Final = (sys.executable, "-m", "benchmarks.baselines")


class Program:
    """A running program; what it writes is read by whoever waits."""

    def __init__(self, command: Sequence[str | Path], workspace: Path | None = None) -> None:
        """Start it; the seconds count from here."""
        program, *arguments = map(str, command)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        fixed = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        place = {} if workspace is None else {"CLOSEOUT_WORKSPACE": str(workspace)}
        self._began = perf_counter()
        self._child = pexpect.spawn(program, arguments, env=kept | fixed | place, dimensions=(SIZE[1], SIZE[0]))
        self._child.delaybeforesend = None
        self.pieces: list[tuple[float, bytes]] = []
        """Seconds from the start, and what was written then."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.kill(signal.SIGKILL)
        self._child.close(force=True)

    def read(self, seconds: float) -> bytes:
        """Wait up to `seconds` for another piece and give it; empty where none came."""
        descriptor = self._child.child_fd
        if not select.select([descriptor], [], [], max(0, seconds))[0]:
            return b""
        try:
            data = os.read(descriptor, 65536)
        except OSError as error:
            raise AssertionError(f"The program has ended:\n{self.text()}") from error
        self.pieces.append((perf_counter() - self._began, data))
        return data

    def rest(self, seconds: float) -> None:
        """Let time pass and keep reading."""
        ends = perf_counter() + seconds
        while (left := ends - perf_counter()) > 0:
            self.read(left)

    def press(self, *keys: str) -> None:
        """Press keys."""
        os.write(self._child.child_fd, "".join(KEYS.get(key, key) for key in keys).encode())

    def wait_for(self, text: str) -> None:
        """Wait until `text` stands on the screen and nothing more comes for a moment."""
        ends = perf_counter() + PATIENCE
        while text not in self.text():
            assert perf_counter() < ends, f"Waited for “{text}”:\n{self.text()}"
            self.rest(0.3)
        self.rest(0.3)

    def text(self) -> str:
        """Give the screen as it stands."""
        return Frames().all(self.pieces)[-1][1] if self.pieces else ""

    def settled(self) -> float:
        """Wait until the screen stands, and give the seconds from the start to its first frame as it stays."""
        frames, seen = Frames(), 0
        shown: list[tuple[float, str]] = []
        while True:
            # What comes is drawn when nothing more does: a program must not wait for this terminal to draw.
            self.read(QUIET)
            while self.read(PAINTED):
                pass
            shown += frames.all(self.pieces[seen:])
            seen = len(self.pieces)
            if shown:
                first = next(at for at, text in shown if text == shown[-1][1])
                if shown[-1][1].strip() and perf_counter() - self._began - first > QUIET:
                    return first
            assert perf_counter() - self._began < PATIENCE, "the screen does not come to rest"

    def answer(self, key: str, shows: bytes) -> float:
        """Press a key, and give the seconds until a piece that holds `shows` is there."""
        while self.read(0):
            pass
        written, began = b"", perf_counter()
        self.press(key)
        while shows not in written:
            written += self.read(PATIENCE)
            assert perf_counter() - began < PATIENCE, f"no answer to {key}:\n{self.text()}"
        return perf_counter() - began

    def cpu(self) -> float:
        """Give the seconds of processor time that it has used so far; Linux only."""
        tasks = Path(f"/proc/{self._child.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Give the most megabytes that it has held; Linux only."""
        status = Path(f"/proc/{self._child.pid}/status").read_text("utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class Frames:
    """Turns what a program wrote into the texts that its screen showed."""

    def __init__(self) -> None:
        """Begin with an empty screen."""
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""

    def all(self, pieces: Sequence[tuple[float, bytes]]) -> list[tuple[float, str]]:
        """Give the screen after every piece."""
        return [(at, self._after(data)) for at, data in pieces]

    def _after(self, data: bytes) -> str:
        data = UNREADABLE.sub(b"", self._pending + data)
        rest = UNFINISHED.search(data)
        cut = rest.start() if rest else len(data)
        self._pending = data[cut:]
        self._stream.feed(ALTERNATE_SCREEN.sub(b"\x1bc", data[:cut]))
        return "\n".join(line.rstrip() for line in self._screen.display)
