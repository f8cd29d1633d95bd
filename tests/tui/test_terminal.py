"""Writing to a terminal that is there no more."""

import os
import threading
from typing import IO, cast

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from tui.terminal import Lasting


def test_whoever_leaves_waits_for_no_terminal_that_is_gone():
    reads, writes = os.pipe()
    os.close(reads)
    with open(writes, "w", encoding="utf-8", closefd=False) as gone:
        writer = WriterThread(cast(IO[str], Lasting(gone)))
        writer.start()

        def leave():
            for _ in range(MAX_QUEUED_WRITES * 3):
                writer.write("a frame" * 2000)
            writer.stop()

        leaving = threading.Thread(target=leave, daemon=True)
        leaving.start()
        leaving.join(5)
        assert not leaving.is_alive()
    os.close(writes)
