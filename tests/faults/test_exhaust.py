from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.exhaust import deaths, refusals
from tests.faults.places import PLACES, Place
from tests.faults.tally import Tally

EVERY = {"a restore": 25}
"""Of the many calls of some, fewer are tried here; `make faults` tries each."""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
@pytest.mark.parametrize("harm", [deaths, refusals], ids=["death", "refusal"])
def test_no_harm_at_any_call_of_a_write_costs_a_fact(tmp_path: Path, harm: Callable[..., Tally], place: Place) -> None:
    tally = harm(tmp_path, [place], EVERY.get(place.name, 3))
    assert tally.lost == ()
    assert tally.found == tally.shown > 0
