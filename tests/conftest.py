import asyncio
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from textual.pilot import Pilot

settings.register_profile(
    "suite", derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", parent=settings.get_profile("suite"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def keys_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot looks at the screen when every key that it pressed was given out, as a person would."""
    wait = Pilot._wait_for_screen

    async def wait_for_keys(self: Pilot[object], timeout: float = 30.0) -> bool:
        done = await wait(self, timeout)
        typeahead = getattr(self.app, "typeahead", None)
        while typeahead is not None and typeahead.busy and self.app.is_running:
            await asyncio.sleep(0.005)
            done = await wait(self, timeout)
        return done

    monkeypatch.setattr(Pilot, "_wait_for_screen", wait_for_keys)


@pytest.fixture(scope="session")
def crm_samples() -> Path:
    """The folder of real CRM exports, which are not part of the repository."""
    folder = Path(os.environ.get("CLOSEOUT_SAMPLES") or ROOT.parent / "shared" / "crm" / "samples")
    if not folder.is_dir():
        pytest.skip(f"no sample exports in {folder}; name their folder in CLOSEOUT_SAMPLES")
    return folder
