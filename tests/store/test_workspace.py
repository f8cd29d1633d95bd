import os
import stat
from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from store import kinds
from store.errors import NotSaved, Refused
from store.log import Log
from store.workspace import Workspace, place, review_day


class Batch(Struct, frozen=True):
    id: str


def test_the_option_comes_before_the_environment_and_that_before_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    environ = {"CLOSEOUT_WORKSPACE": "~/env"}
    assert place("there", environ) == Path.cwd() / "there"
    assert place(None, environ) == tmp_path / "env"
    assert place(None, {"CLOSEOUT_WORKSPACE": ""}).name == "closeout"


def test_everything_made_is_for_its_owner_only_even_under_a_loose_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        workspace = Workspace(tmp_path / "deep" / "ws")
        workspace.make()
        Log(workspace.desk, kinds.DESK, Batch).append(Batch("a"))
        Log(workspace.desk, kinds.DESK, Batch).append(Batch("b"))
    finally:
        os.umask(before)
    for path in [tmp_path / "deep", *(tmp_path / "deep").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_an_empty_open_folder_is_closed_to_others_and_a_full_one_of_somebody_else_is_not(tmp_path: Path) -> None:
    for name in ("empty", "full"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)
    (tmp_path / "full" / "letter.txt").touch()
    for name in ("empty", "full"):
        Workspace(tmp_path / name).make()
    assert stat.S_IMODE((tmp_path / "empty").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "full").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "full" / "reviews").stat().st_mode) == 0o700


def test_knowing_a_workspace_makes_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "ws")
    assert not workspace.exists
    assert workspace.review_ids() == ()
    assert not workspace.root.exists()


def test_reviews_are_listed_by_day_and_number_and_the_next_one_gets_its_name(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.make()
    day = date(2026, 11, 23)
    names = []
    for _ in range(11):
        names.append(workspace.next_review_id(day))
        workspace.minutes(names[-1]).touch()
    assert names[:3] == ["2026-11-23", "2026-11-23-2", "2026-11-23-3"]
    for other in ("2026-11-16.json", "2026-11-23.lock.json", "2026-11-23.draft.json", "2026-13-01.json", "x.json"):
        (workspace.reviews / other).touch()
    assert workspace.review_ids() == ("2026-11-16", *names)
    assert workspace.review_ids()[-1] == "2026-11-23-11"
    assert review_day("2026-11-23-11") == day


def test_a_review_of_which_only_the_copy_before_is_left_is_listed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.make()
    (workspace.reviews / "2026-11-16.json.previous").touch()
    assert workspace.review_ids() == ("2026-11-16",)


def test_imports_and_baselines_are_told_apart(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.make()
    workspace.import_file("a1b2").touch()
    workspace.import_file("baseline-2026-09-28-c3d4").touch()
    assert workspace.import_ids() == ("a1b2",)
    assert workspace.baseline_names() == ("baseline-2026-09-28-c3d4",)


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "a/b", ".hidden", "2026-02-30", "2026-11-23-1", "2026-11-23-0", "٢٠٢٦-11-23"]
)
def test_no_name_leads_out_of_the_workspace(tmp_path: Path, name: str) -> None:
    workspace = Workspace(tmp_path)
    with pytest.raises(Refused):
        workspace.minutes(name)
    if not name[:1].isdecimal():
        with pytest.raises(Refused):
            workspace.import_file(name)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ws").touch()
    with pytest.raises(Refused, match="is a file"):
        Workspace(tmp_path / "ws").make()
    with pytest.raises(NotSaved):
        Workspace(tmp_path / "ws" / "below").make()
