"""A real pseudo-terminal that runs a command, takes keys and is read back as a screen of text."""

import os
import re
import select
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

PATIENCE = 15.0
"""Seconds to wait for something to show; generous, because test machines are busy."""

ESCAPE_PAUSE = 0.15
"""Seconds of quiet after a lone escape, or the next key would be read as alt and that key."""

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
}

# What pyte would print or misread: private CSI (kitty keys, xterm queries), mode queries, device control strings.
UNREADABLE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\??[0-9;]*\$[a-z]|\x1b[P_^X].*?(?:\x1b\\|\x07)", re.DOTALL
)
UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;:]*[ -/]*|[P_^X][^\x07]*)?\Z")
ALTERNATE_SCREEN = re.compile(rb"\x1b\[\?1049[hl]")


def key_bytes(key: str) -> bytes:
    """Give what a terminal sends for a key: a name of `KEYS`, one character, `ctrl+x` or `alt+x`."""
    if key in KEYS:
        return KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == len("ctrl+x"):
        return bytes([ord(key[-1].upper()) & 0x1F])
    if key.startswith("alt+") and len(key) == len("alt+x"):
        return b"\x1b" + key[-1].encode()
    if len(key) == 1:
        return key.encode()
    raise ValueError(f"no such key: {key}")


class Terminal:
    """A command in a pseudo-terminal; a thread keeps reading, so the command never waits for the test."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        size: tuple[int, int] = (80, 24),
        workspace: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """`size` is columns by rows; `env` is laid over a small, fixed environment."""
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self._changed = threading.Condition()
        self._closing = False
        self._ended = False
        program, *arguments = [str(part) for part in command]
        self.child = pexpect.spawn(
            program,
            arguments,
            dimensions=(rows, columns),
            env=_environment(workspace, env or {}),
            cwd=None if cwd is None else str(cwd),
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The command's process."""
        assert self.child.pid is not None
        return self.child.pid

    # Reading

    def screen(self) -> list[str]:
        """Give the lines that the terminal shows, without trailing blanks."""
        with self._changed:
            return [line.rstrip() for line in self._screen.display]

    def text(self) -> str:
        """Give the whole screen as one text."""
        return "\n".join(self.screen())

    def shows(self, text: str) -> bool:
        """Tell whether `text` stands in one line of the screen."""
        return any(text in line for line in self.screen())

    def wait_for(self, text: str, timeout: float = PATIENCE) -> None:
        """Wait until `text` stands in one line of the screen."""
        self.wait_until(lambda: self.shows(text), f"“{text}” to show", timeout)

    def wait_gone(self, text: str, timeout: float = PATIENCE) -> None:
        """Wait until `text` stands nowhere on the screen."""
        self.wait_until(lambda: not self.shows(text), f"“{text}” to go", timeout)

    def wait_until(self, holds: Callable[[], bool], what: str, timeout: float = PATIENCE) -> None:
        """Wait until `holds()`, asked after every change of the screen; fail with the screen in the message."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not holds():
                left = deadline - time.monotonic()
                if left <= 0 or self._ended:
                    reason = "the command has ended" if self._ended else f"{timeout:g} seconds have passed"
                    raise AssertionError(f"Waited for {what}, but {reason}. The screen:\n{self._framed()}")
                self._changed.wait(left)

    def wait_end(self, timeout: float = PATIENCE) -> int:
        """Wait until the command has ended; give its exit status, or minus the signal that ended it."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not self._ended:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"The command still runs after {timeout:g} seconds:\n{self._framed()}")
                self._changed.wait(left)
        return self._status()

    # Acting

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by name or as single characters."""
        for key in keys:
            self._send(key_bytes(key))
            if key == "esc":
                self._stay_quiet(ESCAPE_PAUSE)

    def type(self, text: str) -> None:
        """Type `text` as it stands."""
        self._send(text.encode())

    def click(self, text: str) -> None:
        """Click with the mouse on the middle of `text`, which has to be on the screen."""
        self.wait_for(text)
        lines = self.screen()
        row = next(index for index, line in enumerate(lines) if text in line)
        column = lines[row].index(text) + len(text) // 2
        for ending in ("M", "m"):
            self._send(f"\x1b[<0;{column + 1};{row + 1}{ending}".encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size and tell the command, as a window does."""
        with self._changed:
            self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send the command a signal and, after SIGKILL, wait until it is gone."""
        self.child.kill(number)
        if number == signal.SIGKILL:
            self.wait_end()

    def vanish(self, timeout: float = PATIENCE) -> None:
        """Take the terminal away, as a closed window does, and wait until the command is gone."""
        self._closing = True
        self._reader.join()
        pty = vars(self.child)["ptyproc"]
        pty.fileobj.close()
        # Neither closes again what is another file by then.
        self.child.closed = pty.closed = True
        deadline = time.monotonic() + timeout
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError(f"The command still runs, {timeout:g} seconds after its terminal went.")
            time.sleep(0.05)

    def close(self) -> None:
        """End the command, if it still runs, and let go of the terminal."""
        if not self._closing:
            self._closing = True
            if self.child.isalive():
                self.child.kill(signal.SIGKILL)
            self._reader.join()
            self.child.close(force=True)

    # Inside

    def _read(self) -> None:
        descriptor = self.child.child_fd
        while not self._closing:
            if not select.select([descriptor], [], [], 0.1)[0]:
                continue
            try:
                data = os.read(descriptor, 65536)
            except OSError:  # how Linux says that nobody holds the other end any more
                break
            if not data:
                break
            self._show(data)
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _show(self, data: bytes) -> None:
        data = UNREADABLE.sub(b"", self._pending + data)
        rest = UNFINISHED.search(data)
        cut = rest.start() if rest else len(data)
        self._pending = data[cut:]
        with self._changed:
            # pyte has no second screen: entering and leaving it gives an empty one, as far as a test can tell.
            self._stream.feed(ALTERNATE_SCREEN.sub(b"\x1bc", data[:cut]))
            self._changed.notify_all()

    def _send(self, data: bytes) -> None:
        sent = 0
        while sent < len(data):
            sent += os.write(self.child.child_fd, data[sent:])

    def _stay_quiet(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        with self._changed:
            while (left := deadline - time.monotonic()) > 0 and not self._ended:
                self._changed.wait(left)

    def _status(self) -> int:
        status = self.child.wait() if self.child.isalive() else self.child.exitstatus
        if status is None:
            status = self.child.exitstatus
        return -int(self.child.signalstatus or 0) if status is None else int(status)

    def _framed(self) -> str:
        edge = "+" + "-" * self._screen.columns + "+"
        lines = [f"|{line}|" for line in self._screen.display]
        return "\n".join([edge, *lines, edge])


def _environment(workspace: Path | None, more: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH") if name in os.environ
    }
    fixed = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none", "ESCDELAY": "50"}
    place = {} if workspace is None else {"CLOSEOUT_WORKSPACE": str(workspace)}
    return kept | fixed | place | dict(more)
