"""Keys in their order, however fast they come: one that can move the cursor is done before the next is given out.

Textual hands a key to what has the cursor and runs its command only when the key has come back up through the widgets;
letters typed right behind would by then have gone where the cursor was.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.widget import Widget

ROUNDS: Final = 3
"""How often one goes round behind a key: what it set off posts messages that post messages."""
PATIENCE: Final = 2.0
"""Seconds after which the next key is given out although nobody came back: what had the cursor is gone."""


class Passed(Message):
    """Goes up behind a key through the same widgets, and so comes to the app when these are done with it."""

    def __init__(self, target: Widget, turn: int = 0, rounds: int = ROUNDS) -> None:
        """Start at what the key of this turn was given to, with so many rounds to go."""
        super().__init__()
        self.target = target
        self.turn = turn
        self.rounds = rounds

    def again(self) -> bool:
        """Go round once more; False after the last round, or where the target is gone."""
        return self.rounds > 1 and self.target.post_message(type(self)(self.target, self.turn, self.rounds - 1))


class Leaving(Passed):
    """Goes the same way before one leaves: a letter shows before it has come to whoever keeps what is typed."""


class Typeahead:
    """The keys that wait for the one under way."""

    def __init__(self, app: App[Any], give_out: Callable[[events.Key], Awaitable[None]]) -> None:
        """Give out the keys of `app` by `give_out`."""
        self._app = app
        self._give_out = give_out
        self._waiting: deque[events.Key] = deque()
        self._under_way: asyncio.TimerHandle | None = None
        self._turn = 0
        """Which key is under way: what comes back late for an earlier one must not end it."""

    @property
    def busy(self) -> bool:
        """Whether a key is under way; further ones wait for it."""
        return self._under_way is not None

    async def take(self, key: events.Key) -> None:
        """Give a key out in its turn."""
        self._waiting.append(key)
        await self._go_on()

    def forget(self) -> None:
        """Give none of the waiting keys out: they were meant for a page that is gone."""
        self._waiting.clear()

    async def passed(self, message: Passed) -> None:
        """Go round once more, or give out the next key."""
        if not message.again():
            await self._done(message.turn)

    async def _go_on(self) -> None:
        while self._waiting and self._under_way is None:
            key = self._waiting.popleft()
            target = self._app.focused or self._app.screen
            types = target.check_consume_key(key.key, key.character)
            await self._give_out(key)
            # A letter in a line moves nothing, and a command that comes before the widgets is done.
            self._turn += 1
            if key.is_forwarded and not types and target.post_message(Passed(target, self._turn)):
                loop = asyncio.get_running_loop()
                self._under_way = loop.call_later(PATIENCE, self._app.call_later, self._done, self._turn)

    async def _done(self, turn: int) -> None:
        if turn != self._turn or self._under_way is None:
            return
        self._under_way.cancel()
        self._under_way = None
        await self._go_on()
