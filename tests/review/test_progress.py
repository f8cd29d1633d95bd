from datetime import date

import pytest
from msgspec.structs import replace

from review.progress import progress
from review.records import LockRow


def a_lock(number: int, *, seconds: int = 3600, active: int = 100, without: int = 0, kept: int = 0, judged: int = 0):
    return LockRow(
        review=f"r{number}", day=date(2026, 11, 2 + 7 * number), held=number + 1, present=(),
        planned={"forecast": 600, "inspection": 3000}, actual={}, seconds=seconds, active=active,
        without={"tom": without}, kept=kept, judged=judged,
    )  # fmt: skip


def test_nothing_is_said_before_the_third_lock() -> None:
    assert progress([]) == progress([a_lock(0), a_lock(1)]) == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (a_lock(0, without=71), a_lock(2, without=6), "minutes past the hour 0 · with a step 29 → 94 %"),
        (a_lock(0), a_lock(2, active=1000, without=4), "minutes past the hour 0 · with a step 100 → 99 %"),
        (a_lock(0, seconds=3600 + 12 * 60 + 59), a_lock(2), "minutes past the hour 12 → 0 · with a step 100 %"),
        (a_lock(0, active=0), a_lock(2), "minutes past the hour 0"),
        (a_lock(0, judged=4, kept=1), a_lock(2, judged=10, kept=9), "0 · with a step 100 % · kept 25 → 90 %"),
        (a_lock(0), a_lock(2, judged=10, kept=9), "0 · with a step 100 % · kept 90 %"),
        # As the list of locks says them: 71.6 % is no 72 %.
        (a_lock(0, active=67, without=19), a_lock(2, active=63, without=18), "0 · with a step 71 %"),
    ],
)
def test_the_last_lock_is_held_beside_the_first(first: LockRow, last: LockRow, said: str) -> None:
    found = progress([first, a_lock(1), last])
    assert found.startswith("Since 2 Nov: ")
    assert found.endswith(said)


def test_the_first_lock_of_another_year_is_named_with_its_year() -> None:
    old = replace(a_lock(0), day=date(2021, 11, 29))
    assert progress([old, a_lock(1), a_lock(2)]).startswith("Since 29 Nov 2021: ")
