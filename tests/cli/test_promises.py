import json
import re
from pathlib import Path

import pytest

from review.commitments import Judged, Standing
from store.reviews import Reviews
from store.workspace import Workspace
from tests.cli.running import started
from tui.cli import promises
from tui.registry import STANDARD

DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def listed(run, demo: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("actions", "--json").stdout)
    return found


def commitment(root: Path, ident: object):
    return Reviews(Workspace(root)).now().ledger.commitments[str(ident)]


def test_actions_lists_open_commitments_by_owner_with_their_ids(run, demo: Path, listed) -> None:
    text = run("actions", *DAY).output
    assert "Marcus Bell – " in text
    assert all(str(each["id"]) in text for each in listed)
    carried = next(line for line in text.splitlines() if "Put the Harrow group" in line)
    assert "■" in carried


def test_what_was_carried_says_how_often(run, demo: Path) -> None:
    assert "carried 2×" in run("actions", *DAY).output


def test_a_step_is_listed_without_its_two_signs(run, demo: Path) -> None:
    text = run("actions", *DAY).output
    assert "call Dana on the open clauses" in text
    assert "@" not in text
    assert " ! " not in text


def test_all_lists_closed_ones_of_the_last_weeks_too(run, demo: Path, listed) -> None:
    everything = json.loads(run("actions", "--all", "--json").stdout)
    assert len(everything) > len(listed)
    assert {each["status"] for each in everything} > {"open", "done"}


def test_done_takes_the_beginning_of_an_id_and_records_it_as_kept(run, demo: Path, listed) -> None:
    ident = next(each["id"] for each in listed if each["origin"] == "action")
    result = run("done", str(ident)[:5], *DAY)
    assert result.exit_code == 0
    assert result.output.startswith("Done: ")
    assert "@" not in result.output
    assert commitment(demo, ident).standing is Standing.DONE
    assert commitment(demo, ident).judged is Judged.KEPT
    assert str(commitment(demo, ident).closed_on) == "2026-11-23"


def test_done_on_the_step_of_a_deal_says_that_the_deal_has_none_now(run, demo: Path, listed) -> None:
    step = next(each["id"] for each in listed if each["origin"] == "next step")
    action = next(each["id"] for each in listed if each["origin"] == "action")
    assert " has no next step now: the next review asks for one.\n" in run("done", str(step), *DAY).output
    assert "no next step" not in run("done", str(action), *DAY).output


def test_done_takes_all_or_none(run, demo: Path, listed) -> None:
    result = run("done", str(listed[0]["id"]), "zzzz", *DAY)
    assert result.exit_code == 1
    assert "no commitment “zzzz”" in result.stderr
    assert commitment(demo, listed[0]["id"]).is_open


def test_what_is_closed_cannot_be_done_again(run, demo: Path, listed) -> None:
    run("done", str(listed[0]["id"]), *DAY)
    again = run("done", str(listed[0]["id"]), *DAY)
    assert again.exit_code == 1
    assert "closed already: done" in again.stderr


def test_a_beginning_that_several_share_is_refused(run, demo: Path, listed) -> None:
    firsts = [str(each["id"])[0] for each in listed]
    shared = next(letter for letter in firsts if firsts.count(letter) > 1)
    result = run("done", shared, *DAY)
    assert result.exit_code == 1
    assert "one more letter" in result.stderr


def test_a_dropped_commitment_keeps_its_note_and_counts_apart(run, demo: Path, listed) -> None:
    ident = next(each["id"] for each in listed if each["origin"] == "action" and not each["carried"])
    assert run("drop", str(ident), "--why", "the buyer has gone", *DAY).exit_code == 0
    dropped = commitment(demo, ident)
    assert (dropped.standing, dropped.why, dropped.judged) == (Standing.DROPPED, "the buyer has gone", Judged.APART)


def test_dropping_wants_a_reason(run, demo: Path, listed) -> None:
    result = run("drop", str(listed[0]["id"]), *DAY)
    assert result.exit_code == 1
    assert "--why" in result.stderr
    assert commitment(demo, listed[0]["id"]).is_open


@pytest.mark.parametrize("words", [("done", "ID"), ("drop", "ID", "--why", "no longer")])
def test_beside_a_running_review_the_key_is_named_and_nothing_changes(run, demo: Path, listed, words) -> None:
    started(demo)
    ident = str(listed[0]["id"])
    before = (demo / "desk.json").read_bytes()
    result = run(*(ident if word == "ID" else word for word in words), *DAY)
    assert result.exit_code == 3
    assert "The review of 23 Nov is not finished" in result.stderr
    assert "press" in result.stderr
    assert (demo / "desk.json").read_bytes() == before


def test_done_without_a_workspace_makes_none(run, place: Path) -> None:
    assert run("done", "abc").exit_code == 1
    assert not place.exists()


def test_done_without_an_id_is_wrong_usage(run, demo: Path) -> None:
    assert run("done").exit_code == 2


@pytest.mark.parametrize(
    ("sentence", "scope", "key", "command"),
    [
        (promises.INSIDE_DONE, "forecast", "d", "verdict_done"),
        (promises.INSIDE_DONE, "inspection", "v", "verdicts"),
        (promises.INSIDE_DROP, "forecast", "n", "verdict_void"),
        (promises.INSIDE_DROP, "actions", "x", "drop_line"),
    ],
)
def test_the_key_that_is_named_does_the_same_inside_the_review(
    sentence: str, scope: str, key: str, command: str
) -> None:
    assert re.search(rf"\b{key}\b", sentence)
    found = STANDARD.find(scope, command)
    assert found is not None
    assert key in found.keys
