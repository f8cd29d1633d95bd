import csv
import io
import json
import re
from pathlib import Path

import pytest

from review.intents import Lock, Promise
from store.exports.targets import STANDARD
from store.reviews import Reviews
from store.workspace import Workspace
from tests.cli.running import started

DAY = ("--as-of", "2026-11-23")
CREATE_ONLY = ("jira", "asana", "todoist", "linear", "salesforce-tasks", "hubspot-tasks")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def news(run, target: str, *more: str):
    return run("export", "--to", target, "--since-last", "--output", "-", *DAY, *more)


@pytest.mark.parametrize("target", STANDARD)
def test_what_has_gone_out_does_not_go_out_again(run, demo: Path, target: str) -> None:
    first = news(run, target)
    assert first.exit_code == 0, first.stderr
    assert first.stdout
    again = news(run, target)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing is new for" in again.stderr


@pytest.mark.parametrize("target", ["jira", "markdown", "text"])
def test_what_has_gone_out_as_a_whole_does_not_go_out_again(run, demo: Path, target: str) -> None:
    whole = rows(run("export", "--to", "csv", "--output", "-", *DAY).stdout)
    assert run("export", "--to", target, *DAY).exit_code == 0
    said = news(run, target)
    new = re.split("(?i)changed since", said.stdout)[0]
    assert not [each["id"] for each in whole if each["id"] in new]
    assert "Changed since" in said.stderr, "the import after the lock has changed what is without a step"
    assert "Nothing is new for" in news(run, target).stderr


def test_what_was_only_printed_or_is_a_draft_has_not_gone_out(run, demo: Path, tmp_path: Path) -> None:
    printed = rows(run("export", "--to", "jira", "--output", "-", *DAY).stdout)
    session = started(demo)
    assert run("export", "--to", "jira", "--output", str(tmp_path / "draft.csv"), *DAY).exit_code == 0
    assert session.do(Lock()) is None
    assert len(rows(news(run, "jira", "--all-open").stdout)) >= len(printed) > 0


def test_a_file_with_only_what_was_withdrawn_says_so(run, demo: Path) -> None:
    known = rows(news(run, "csv", "--all-open").stdout)
    assert run("done", known[0]["id"], *DAY).exit_code == 0
    said = run("export", "--to", "csv", "--since-last", "--all-open", *DAY).stdout
    assert "(1 withdrawn)" in said.replace("\n", " ")


def test_every_format_has_a_memory_of_its_own(run, demo: Path) -> None:
    assert len(rows(news(run, "jira").stdout)) == len(rows(news(run, "asana").stdout)) > 0


def test_changing_one_commitment_gives_exactly_that_one(run, demo: Path) -> None:
    session = started(demo)
    assert session.do(Promise(line="Board paper for Elena fri", owner="tom-reed")) is None
    assert session.do(Lock()) is None
    everything = rows(news(run, "csv", "--all-open").stdout)
    mine = next(each for each in everything if each["commitment"] == "Board paper for Elena")
    other = next(each for each in everything if each["commitment"] != "Board paper for Elena")
    assert run("done", mine["id"], *DAY).exit_code == 0
    after = rows(news(run, "csv", "--all-open").stdout)
    assert [(each["id"], each["status"]) for each in after] == [(mine["id"], "done")]
    assert run("drop", other["id"], "--why", "the deal is gone", *DAY).exit_code == 0
    assert [each["id"] for each in rows(news(run, "csv", "--all-open").stdout)] == [other["id"]]
    assert news(run, "csv", "--all-open").stdout == ""


@pytest.mark.parametrize("target", [name for name in STANDARD if name not in CREATE_ONLY])
def test_in_every_format_changing_one_commitment_gives_exactly_that_one(run, demo: Path, target: str) -> None:
    known = rows(run("export", "--to", "csv", "--output", "-").stdout)
    mine, *others = (each for each in known if each["origin"] == "action")
    news(run, target)
    assert run("drop", mine["id"], "--why", "the deal is gone", *DAY).exit_code == 0
    # A calendar folds its lines, a mail and a page write letters their own way.
    said = re.sub(r"\r\n[ \t]|=\r?\n", "", news(run, target).stdout).replace("\\,", ",")
    assert mine["commitment"] in said
    assert not [each["commitment"] for each in others if each["commitment"] in said]
    assert news(run, target).stdout == ""


def test_a_tool_that_cannot_be_updated_is_told_nothing_and_the_person_is(run, demo: Path) -> None:
    sent = news(run, "jira").stdout
    first = run("export", "--to", "csv", "--output", "-").stdout
    ident, text = next((each["id"], each["commitment"]) for each in rows(first) if each["commitment"] in sent)
    assert run("done", ident, *DAY).exit_code == 0
    after = news(run, "jira")
    assert after.stdout == ""
    assert "close it in Jira by hand:" in after.stderr
    assert f"  {ident} {text}" in after.stderr
    assert "Nothing is new" in news(run, "jira").stderr


def test_an_older_review_sends_only_what_still_stands(run, demo: Path) -> None:
    found = rows(run("export", "2026-11-02", "--to", "csv", "--since-last", "--output", "-", *DAY).stdout)
    still = {each["id"] for each in rows(run("export", "--to", "csv", "--all-open", "--output", "-").stdout)}
    assert {each["id"] for each in found} <= still


def test_steps_that_were_sent_are_left_alone_where_only_actions_go_out(run, demo: Path) -> None:
    step = next(each for each in rows(news(run, "csv").stdout) if each["origin"] == "next step")
    assert run("done", step["id"], *DAY).exit_code == 0
    assert "Nothing is new" in news(run, "csv", "--only", "actions").stderr
    assert [each["id"] for each in rows(news(run, "csv").stdout)] == [step["id"]]


def test_news_go_into_a_file_of_their_own_each_time(run, demo: Path) -> None:
    run("export", "--to", "csv", "--since-last", *DAY)
    ident = rows((demo / "exports" / "2026-11-16-commitments-new.csv").read_text("utf-8"))[0]["id"]
    run("done", ident, *DAY)
    run("export", "--to", "csv", "--since-last", *DAY)
    second = (demo / "exports" / "2026-11-16-commitments-new-copy-2.csv").read_text("utf-8")
    assert [each["id"] for each in rows(second)] == [ident]


def test_what_could_not_be_remembered_has_not_gone_out(run, demo: Path, monkeypatch) -> None:
    from store.errors import NotSaved

    def full(*args: object, **named: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(Reviews, "desk_write", full)
        assert run("export", "--to", "jira", "--since-last", *DAY).exit_code == 1
    assert list((demo / "exports").glob("*jira*")) == []
    assert "Wrote" in run("export", "--to", "jira", "--since-last", *DAY).stdout


def test_beside_a_running_review_news_wait_for_its_recap(run, demo: Path) -> None:
    started(demo)
    result = news(run, "csv")
    assert result.exit_code == 3
    assert "p in its recap" in result.stderr


def test_a_review_goes_out_as_json_and_comes_back_to_the_byte(run, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    assert run("export", "--to", "json", "--output", file).exit_code == 0
    here = run("import", "--minutes", file, *DAY)
    assert "here already, equal in every fact" in " ".join(here.output.split())
    paths = sorted((demo / "reviews").glob("2026-11-16*"))
    before = {path.name: path.read_bytes() for path in paths}
    for path in paths:
        path.unlink()
    assert "is back" in run("import", "--minutes", file, *DAY).output
    now = {path.name: path.read_bytes() for path in (demo / "reviews").glob("2026-11-16*")}
    assert now == {name: before[name] for name in now}
    assert {"2026-11-16.json", "2026-11-16.lock.json"} <= set(now)


def test_a_review_that_was_changed_or_stands_on_nothing_here_is_refused(run, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    run("export", "--to", "json", "--output", file)
    document = json.loads(file.read_text("utf-8"))
    document["minutes"][3]["what"] = "something else"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(document), "utf-8")
    result = run("import", "--minutes", changed, *DAY)
    assert result.exit_code == 1
    assert "is here with other facts" in result.stderr
    for path in (demo / "reviews").glob("2026-11-*"):
        path.unlink()
    result = run("import", "--minutes", file, *DAY)
    assert result.exit_code == 1
    assert "stands on the review 2026-11-09" in result.stderr
    assert not Workspace(demo).minutes("2026-11-16").exists()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"closeout": 99}', "\x00", '{"closeout": 1, "review": 7}'])
def test_what_is_no_review_is_refused(run, demo: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "review.json"
    file.write_text(text, "utf-8")
    result = run("import", "--minutes", file, *DAY)
    assert result.exit_code == 1
    assert "closeout: " in result.stderr


def test_a_template_of_the_users_takes_the_place_of_ours(run, demo: Path) -> None:
    built_in = run("export", "--to", "markdown", "--template").stdout
    assert "{{ page.heading }}" in built_in
    own = demo / "templates" / "markdown.j2"
    own.write_text("{% for g in page.groups %}{{ g.owner }}: {{ g.items|length }}\n{% endfor %}", "utf-8")
    assert "Marcus Bell: " in run("export", "--to", "markdown", "--output", "-").stdout
    own.write_text(built_in, "utf-8")
    assert "## Commitments" in run("export", "--to", "markdown", "--output", "-").stdout


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("fine\n{% for x in %}\n{% endfor %}", "line 2"),
        ("fine\n\n{{ page.nobody }}", "line 3"),
        ("fine\n{% if page.day %}\n", "line 2"),
        ("{{ page.count / 0 }}", "line 1"),
        ("\n{{ page.count + page.day }}", "line 2"),
        ("{{ ''.__class__.__mro__ }}", "line 1"),
        ("fine\n{{ ().__class__.__base__.__subclasses__() }}", "line 2"),
        ("{{ page.groups.append(1) }}", "line 1"),
        ("{% include 'elsewhere.j2' %}", "line 1"),
    ],
)
def test_a_broken_template_is_reported_with_its_line(run, demo: Path, template: str, line: str) -> None:
    (demo / "templates" / "text.j2").write_text(template, "utf-8")
    result = run("export", "--to", "text", "--output", "-")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"text.j2, {line}: " in result.stderr
    assert "usual form back" in result.stderr
    assert "store." not in result.stderr
    assert ".." not in result.stderr


def test_a_task_list_of_the_users_is_a_target_like_ours(run, demo: Path) -> None:
    own = demo / "templates" / "monday.toml"
    own.write_text(run("export", "--to", "asana", "--template").stdout.replace('"Asana"', '"Monday"'), "utf-8")
    found = rows(run("export", "--to", "monday", "--output", "-").stdout)
    assert next(iter(found[0])) == "Name"
    assert "monday" in run("export", "--to", "fax").stderr
    own.write_text('title = "Monday"\n[[column]]\nheader = "Name"\nvalue = "{secret}"\n', "utf-8")
    result = run("export", "--to", "monday")
    assert result.exit_code == 1
    assert "asks for {secret}" in result.stderr
    own.write_text("title = 1 1\n", "utf-8")
    assert "line 1" in run("export", "--to", "monday").stderr
