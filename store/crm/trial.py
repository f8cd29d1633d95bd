"""A trial reading of an old workbook in a process of its own, since the reader gives way on some damaged ones.

Run as a program it reads a workbook from standard input; that it ends well says that it can be read here too.
"""

import io
import subprocess
import sys
from contextlib import suppress
from typing import Final

from store.crm.grid import Broken
from store.crm.packed import DAMAGED

_LOCKED: Final = 3
"""Exit status for a workbook with a password."""
_SECONDS: Final = 4
_MEMORY: Final = 2_000_000_000
"""Bytes that the trial may take, where the system can hold it to that."""


def try_out(data: bytes) -> None:
    """Raise `Broken` where a workbook cannot be read to its end within seconds and memory."""
    program = [sys.executable, "-P", "-m", "store.crm.trial"]
    try:
        done = subprocess.run(
            program, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Broken(DAMAGED) from error
    if done.returncode == _LOCKED:
        raise Broken("this workbook is locked with a password; save it without one")
    if done.returncode:
        raise Broken(DAMAGED)


def main() -> int:
    """Read every cell of the workbook on standard input."""
    from python_calamine import PasswordError, load_workbook

    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            sum(1 for _ in sheet.iter_rows())
            len(sheet.merged_cell_ranges or ())
    except PasswordError:
        return _LOCKED
    return 0


if __name__ == "__main__":
    sys.exit(main())
