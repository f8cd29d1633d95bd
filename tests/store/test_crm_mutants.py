"""Damaged files end in an import or in one sentence: a few hundred here, as many as wanted with `make fuzz RUNS=…`."""

import os
import time
from datetime import date
from random import Random

import pytest
from click.testing import CliRunner

from review.answers import Answers
from review.errors import CloseoutError
from review.settings import Settings
from store.crm.read import read_bytes
from tests.store.mutants import mutant, sources
from tui.cli.main import closeout

RUNS = int(os.environ.get("RUNS", "300"))
SEED = int(os.environ.get("SEED", "7"))
ANSWERS = Answers(date_order="dmy", decimal_mark=".", probability_scale=100, duplicates="later")


def read(data):
    return read_bytes(data, file="deals.csv", settings=Settings(), day=date(2026, 5, 20), answers=ANSWERS)


def test_every_sound_file_is_imported():
    assert [read(data).report.rows for data in sources()] == [4] * len(sources())


def test_damaged_files_are_imported_or_refused_in_a_sentence_within_seconds():
    random, sound, taken = Random(SEED), sources(), 0
    for run in range(RUNS):
        data = mutant(random.choice(sound), random)
        began, refused = time.process_time(), ""
        try:
            taken += read(data).report.rows > 0
        except CloseoutError as error:
            refused = str(error)
        except BaseException as error:
            error.add_note(f"run {run} of seed {SEED}: {data!r}"[:5000])
            raise
        assert time.process_time() - began < 5, run
        assert not refused or refused.startswith(("deals.csv", "In deals.csv")), refused
    # Most damage is slight: were nearly everything refused, this would test little.
    assert RUNS // 4 < taken < RUNS


@pytest.mark.parametrize("number", range(max(6, RUNS // 200)))
def test_a_damaged_file_leaves_a_whole_workspace_or_none(tmp_path, number):
    file, workspace = tmp_path / "deals.csv", tmp_path / "team"
    file.write_bytes(mutant(sources()[number % len(sources())], Random(f"{SEED} {number}")))
    result = CliRunner().invoke(closeout, ["--workspace", str(workspace), "import", str(file)])
    assert result.exit_code in (0, 1, 2, 3), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    imports = list((workspace / "imports").glob("*.json")) if workspace.exists() else []
    assert len(imports) == (result.exit_code == 0)
