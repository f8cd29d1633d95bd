"""Making the system's calls fail, for tests of what is saved."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.errors import NotSaved


def os_calls(name: str) -> int:
    """Give a number of turns that is larger than the calls one save makes."""
    return {"open": 4, "write": 12, "fsync": 4, "link": 3, "replace": 4}[name]


@contextmanager
def fail_once(
    monkeypatch: pytest.MonkeyPatch, name: str, turn: int = 0, code: int = errno.ENOSPC
) -> Iterator[list[int]]:
    """Let call number `turn` of os.`name` fail; the list given is empty while none has failed."""
    real = getattr(os, name)
    calls = 0
    failed: list[int] = []

    def failing(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        if name == "open" and args[1] & os.O_NONBLOCK:
            return real(*args, **kwargs)  # reading, which changes nothing
        calls += 1
        if calls == turn + 1:
            failed.append(turn)
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, name, failing)
        yield failed


def refusal(save: Callable[[], object]) -> NotSaved | None:
    """Run what saves and give its refusal, if the disk refused."""
    try:
        save()
    except NotSaved as error:
        return error
    return None


def cuts(path: Path, most: int = 60) -> list[int]:
    """Sample the lengths at which a file can be cut: the first and last bytes, and evenly between."""
    size = path.stat().st_size
    step = max(1, size // most)
    return sorted({*range(0, size, step), 1, size - 1, size - 2, size - 3})
