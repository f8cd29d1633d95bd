from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from store.clock import Pace, RealClock, SpedClock, clock_of, factor_of, speed_up
from store.demo.hour import Ticking
from store.workspace import Workspace

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_an_hour_passes_in_a_minute() -> None:
    real = Ticking(TEN)
    clock = SpedClock(Pace(factor=60, anchor=TEN), real)
    before = clock.steady()
    real.pass_by(60)
    assert clock.now() == TEN + timedelta(hours=1)
    assert clock.steady() - before == 3600


@given(st.integers(1, 3600), st.lists(st.floats(0, 100), max_size=5))
def test_the_sped_clock_agrees_with_the_real_one_at_its_anchor_and_never_runs_back(
    factor: int, steps: list[float]
) -> None:
    real = Ticking(TEN)
    clock = SpedClock(Pace(factor=factor, anchor=TEN), real)
    seen = [clock.now()]
    for step in steps:
        real.pass_by(step)
        seen.append(clock.now())
    assert seen[0] == TEN
    assert seen == sorted(seen)


def test_a_workspace_keeps_its_pace_and_has_the_machines_clock_without_one(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.make()
    assert isinstance(clock_of(workspace), RealClock)
    assert factor_of(workspace) == 1
    speed_up(workspace, 60, TEN)
    assert isinstance(clock_of(workspace), SpedClock)
    assert factor_of(workspace) == 60


def test_a_pace_of_one_is_the_machines_own_clock(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.make()
    speed_up(workspace, 1, TEN)
    clock = clock_of(workspace)
    assert isinstance(clock, RealClock)
    assert clock.steady() <= clock.steady()
    assert clock.now().tzinfo is UTC
