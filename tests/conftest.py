import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite", derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", parent=settings.get_profile("suite"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def crm_samples() -> Path:
    """The folder of real CRM exports, which are not part of the repository."""
    folder = Path(os.environ.get("CLOSEOUT_SAMPLES") or ROOT.parent / "shared" / "crm" / "samples")
    if not folder.is_dir():
        pytest.skip(f"no sample exports in {folder}; name their folder in CLOSEOUT_SAMPLES")
    return folder
