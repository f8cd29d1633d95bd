"""Won and lost by the words of a stage, in names that no CRM ships with."""

import pytest

from review.deals import Status
from review.settings import Settings, Stage
from store.crm.endings import StatusReader
from store.crm.knowledge import built_in

UNTOUCHED = Settings()


def reader(settings: Settings = UNTOUCHED) -> StatusReader:
    return StatusReader(built_in().profiles["generic"], settings)


def status(stage: str) -> Status:
    return reader().read([""], [stage], [None], [None], [None])[0]


@pytest.mark.parametrize(
    "stage",
    [
        "06 Closed Won",
        "Closed Won (Renewal)",
        "Stage 6: Won",
        "Fermée gagnée",
        "Gesloten gewonnen",
        "100 % Won",
        "受注",
    ],
)
def test_a_stage_that_says_won_in_its_own_way_is_won(stage: str) -> None:
    assert status(stage) is Status.WON


@pytest.mark.parametrize("stage", ["Closed Lost - Price", "Fermée perdue", "Dead/Lost", "Auftrag verloren", "输单"])
def test_a_stage_that_says_lost_in_its_own_way_is_lost(stage: str) -> None:
    assert status(stage) is Status.LOST


@pytest.mark.parametrize("stage", ["Won back – discovery", "Lost contact", "Not won yet", "Wonderland", "Closed"])
def test_a_stage_that_may_mean_something_else_stays_open(stage: str) -> None:
    assert status(stage) is Status.OPEN


def test_how_a_stage_was_taken_is_said_where_no_crm_calls_one_so() -> None:
    read = reader()
    read.read([""] * 4, ["Fermée gagnée", "Lost contact", "Closed Won", "Demo"], *[[None] * 4] * 3)
    assert read.warnings == [
        "1 deal is in “Lost contact”, which sounds closed but says neither won nor lost for sure: taken as open."
        " Ask the CRM for the columns that tell closed and won, or say under [stages] in a file for --map:"
        ' "Lost contact" = "lost".',
        "1 deal is in “Fermée gagnée”: taken as won.",
    ]


def test_a_stage_that_the_settings_list_is_open_and_nothing_is_said() -> None:
    read = reader(Settings(stages=(Stage(name="Closed, lost contact"),)))
    assert read.read([""], ["Closed, lost contact"], [None], [None], [None]) == [Status.OPEN]
    assert not read.warnings
