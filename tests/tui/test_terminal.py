"""Writing to a terminal that is there no more."""

import os
import threading
from typing import IO, cast

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from tui.straight import straight
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


def test_the_column_behind_a_word_of_doubtful_width_is_put_into_its_place():
    # Name at column 5, three cells wide for the program, and a gap of two: the amount belongs at 10.
    for between in ("", "\x1b[1m"):
        frame = straight(f"\x1b[3;5Hहिन्दी{between}  184k")
        assert frame == f"\x1b[3;5Hहिन्दी{between}  \x1b[10G184k"
    assert straight("\x1b[1;1H1️⃣ One  66k  x") == "\x1b[1;1H1️⃣ One  \x1b[7G  66k  x"


def test_words_that_every_terminal_counts_alike_are_written_as_they_are():
    frame = "\x1b[3;5HAcme  ▸ ✓ 株式会社 🚀 שלום Łódź\x1b[0m ━━━"
    assert straight(frame) == frame
