import time
from collections.abc import Iterator

import pytest

from review.ports import Draft
from screens.drafting import SOON, Drafting
from store.errors import NotSaved
from tests.screens.office import Drafts


class Slow(Drafts):
    """A disk that refuses a few times."""

    refuses = 0

    def keep(self, draft: Draft) -> None:
        if self.refuses:
            self.refuses -= 1
            raise NotSaved("Not saved: the disk is full.")
        super().keep(draft)


@pytest.fixture
def disk() -> Slow:
    return Slow()


@pytest.fixture
def drafting(disk: Slow) -> Iterator[Drafting]:
    drafting = Drafting(disk)
    drafting.begin()
    yield drafting
    drafting.end()


def until(disk: Slow, text: str) -> float:
    """Wait, as a screen does that is busy with something else; give how long it took."""
    began = time.monotonic()
    while disk.draft.texts.get("d:step") != text:
        assert time.monotonic() - began < 10
    return time.monotonic() - began


def test_what_is_typed_is_written_within_half_a_second_however_busy_the_screen_is(disk, drafting) -> None:
    drafting.type("d:step", "Redlines")
    assert until(disk, "Redlines") < 2 * SOON
    drafting.type("d:step", "Redlines back")
    assert until(disk, "Redlines back") < 2 * SOON


def test_a_disk_that_refuses_gets_the_draft_when_it_gives_in(disk, drafting) -> None:
    disk.refuses = 2
    drafting.type("d:step", "Redlines")
    until(disk, "Redlines")


def test_at_the_end_nothing_waits(disk, drafting) -> None:
    drafting.type("d:step", "Redlines")
    drafting.end()
    assert disk.draft.texts == {"d:step": "Redlines"}
    drafting.type("d:step", "later")
    time.sleep(2 * SOON)
    assert disk.draft.texts == {"d:step": "Redlines"}
