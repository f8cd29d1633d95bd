import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, key_bytes

APP = """
import sys
from textual.app import App
from textual.widgets import Button, Input, Label

class Echo(App):
    BINDINGS = [("f2", "say('function key')"), ("escape", "say('escaped')"), ("ctrl+t", "say('control')")]

    def compose(self):
        yield Input(id="line")
        yield Button("Press me")
        yield Label("ready", id="said")
        yield Label("", id="size")

    def action_say(self, text):
        self.query_one("#said").update(text)

    def on_button_pressed(self):
        self.action_say("button pressed")

    def on_input_submitted(self, event):
        self.action_say("got " + event.value)

    def on_resize(self, event):
        self.query_one("#size").update(f"{event.size.width} by {event.size.height}")

Echo().run()
print("farewell")
sys.exit(7)
"""


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Terminal]:
    source = tmp_path / "echo_app.py"
    source.write_text(APP, encoding="utf-8")
    with Terminal([sys.executable, source]) as terminal:
        terminal.wait_for("ready")
        yield terminal


def test_typed_text_and_keys_reach_the_program_and_its_answer_is_read_back(echo: Terminal) -> None:
    echo.type("Köln – 12 k")
    echo.press("left", "backspace", "enter")
    echo.wait_for("got Köln – 12k")
    echo.press("f2")
    echo.wait_for("function key")
    echo.wait_gone("got Köln")


def test_escape_is_a_key_of_its_own_even_when_another_follows(echo: Terminal) -> None:
    echo.press("esc", "q", "enter")
    echo.wait_for("got q")
    echo.press("esc")
    echo.wait_for("escaped")
    echo.press("ctrl+t")
    echo.wait_for("control")


def test_the_mouse_presses_what_it_points_at(echo: Terminal) -> None:
    echo.click("Press me")
    echo.wait_for("button pressed")


def test_the_screen_holds_no_leftovers_of_terminal_queries(echo: Terminal) -> None:
    lines = [line for line in echo.screen() if line]
    assert lines[-2:] == ["ready", "80 by 24"]
    assert not any(mark in echo.text() for mark in ("2026", "$p", "[<u", "\x1b"))


def test_a_resize_reaches_the_program(echo: Terminal) -> None:
    echo.resize(120, 36)
    echo.wait_for("120 by 36")
    assert len(echo.screen()) == 36


def test_what_is_printed_after_the_app_closes_is_on_the_screen_with_the_exit_status(echo: Terminal) -> None:
    echo.press("ctrl+q")
    assert echo.wait_end() == 7
    assert echo.screen()[0] == "farewell"
    assert not echo.shows("ready")


def test_a_kill_ends_the_program_at_once(echo: Terminal) -> None:
    echo.kill(signal.SIGKILL)
    assert echo.wait_end() == -signal.SIGKILL


def test_a_wait_in_vain_shows_the_screen(echo: Terminal) -> None:
    with pytest.raises(AssertionError, match=r"(?s)“no such text” to show.*\|ready "):
        echo.wait_for("no such text", timeout=0.2)


def test_a_wait_ends_with_the_program() -> None:
    with (
        Terminal([sys.executable, "-c", "print('gone')"]) as terminal,
        pytest.raises(AssertionError, match=r"(?s)the command has ended.*gone"),
    ):
        terminal.wait_for("never")


def test_a_sequence_cut_in_two_is_put_together_again() -> None:
    script = (
        "import os, time\n"
        "for piece in ('\\x1b', '[>1', 'u\\x1b[<', 'u\\x1b[?2026$', 'pA\\x1bPfoo', 'bar\\x1b', '\\\\B'):\n"
        "    os.write(1, piece.encode()); time.sleep(0.02)\n"
    )
    with Terminal([sys.executable, "-c", script]) as terminal:
        terminal.wait_end()
        assert terminal.screen()[0] == "AB"


@pytest.mark.parametrize(
    ("key", "sent"), [("ctrl+q", b"\x11"), ("alt+x", b"\x1bx"), ("é", "é".encode()), ("f2", b"\x1bOQ")]
)
def test_keys_are_sent_as_a_terminal_sends_them(key: str, sent: bytes) -> None:
    assert key_bytes(key) == sent


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no such key: hyper"):
        key_bytes("hyper")
