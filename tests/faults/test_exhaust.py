from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.breaking import refuse, refuse_late
from tests.faults.exhaust import Stage, _refuses, deaths, refusals
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


@pytest.mark.parametrize("harm", [refuse, refuse_late])
def test_a_restore_that_is_refused_where_it_becomes_whole_leaves_what_was_there(tmp_path: Path, harm) -> None:
    place = next(each for each in PLACES if each.name == "a restore")
    stage, tally = Stage(tmp_path), Tally("")
    for at in range(72, 82):
        assert _refuses(stage, place, harm, at, tally)
    assert tally.lost == ()
