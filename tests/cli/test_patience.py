import io
import sys
import time

from tui.cli.patience import patience


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_what_takes_long_is_said_on_the_terminal_and_wiped(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with patience("Reading deals.csv", after=0.01):
        while "Reading" not in screen.getvalue():
            time.sleep(0.001)
    assert screen.getvalue().startswith("\rReading deals.csv … 0 s")
    assert screen.getvalue().endswith("\r\x1b[K")


def test_what_is_quick_and_what_is_no_terminal_say_nothing(monkeypatch):
    for screen in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", screen)
        with patience("Reading deals.csv"):
            pass
        assert screen.getvalue() == ""
