"""Letting the system's calls fail one by one, or the program die at one of them, without leaving the process."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Self
from unittest import mock

CALLS = ("open", "write", "fsync", "link", "replace", "unlink", "mkdir", "rmdir", "chmod")
"""Every call with which the program changes something on disk."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Died(BaseException):
    """The program is gone at this call: nothing that follows in it reaches the disk."""


class harmed:  # noqa: N801 - used as a context, like the others
    """Does harm at one call while it is entered."""

    def __init__(self, harm: "Harm", at: int) -> None:
        """`harm` is done at call number `at`, from 0."""
        self._harm = harm
        self._at = at
        self._count = 0
        self._stack = ExitStack()
        self.dead = False
        self.hit = ""
        """The call that was harmed; empty while none was."""

    def __enter__(self) -> Self:
        for name in CALLS:
            self._stack.enter_context(mock.patch.object(os, name, partial(self._take, name, getattr(os, name))))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _take(self, name: str, real: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if self.dead:
            raise Died
        if name == "open" and not (len(args) > 1 and args[1] & WRITING):
            # Reading changes nothing; a folder is opened for its fsync, and that is a call of its own.
            return real(*args, **kwargs)
        self._count += 1
        if self._count - 1 != self._at:
            return real(*args, **kwargs)
        self.hit = name
        return self._harm(self, partial(real, *args, **kwargs))


Harm = Callable[[harmed, Callable[[], Any]], Any]


def refuse(calls: harmed, call: Callable[[], Any]) -> Any:
    """Fail once, as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refuse_late(calls: harmed, call: Callable[[], Any]) -> Any:
    """Fail once after the call was done all the same, as a network folder does."""
    call()
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def die_before(calls: harmed, call: Callable[[], Any]) -> Any:
    """Die before the call."""
    calls.dead = True
    raise Died


def die_after(calls: harmed, call: Callable[[], Any]) -> Any:
    """Die after the call."""
    call()
    calls.dead = True
    raise Died


@contextmanager
def failing(code: int = errno.ENOSPC) -> Iterator[None]:
    """Refuse everything that changes the disk, until the end of the block."""

    def refused(name: str, real: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if name == "open" and not (len(args) > 1 and args[1] & WRITING):
            return real(*args, **kwargs)
        raise OSError(code, os.strerror(code))

    with ExitStack() as stack:
        for name in CALLS:
            stack.enter_context(mock.patch.object(os, name, partial(refused, name, getattr(os, name))))
        yield
