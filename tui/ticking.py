"""Ticks that begin with a whole second, so that terminals side by side turn to it together."""

from collections.abc import Callable
from datetime import datetime

from textual.message_pump import MessagePump


def keep_time(screen: MessagePump, now: datetime, every: float, tick: Callable[[], object]) -> None:
    """Tick from the next whole second on."""

    def go_on() -> None:
        screen.set_interval(every, tick)
        tick()

    screen.set_timer(1 - now.microsecond / 1_000_000, go_on)
