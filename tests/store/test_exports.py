import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given, settings

from review.commitment_rows import all_open, rows_of
from review.commitments import Commitment, Origin, Standing
from review.deals import Deal
from review.people import Person
from review.records import DealRecord, Ledger
from review.settings import Settings
from store.errors import Refused
from store.exports.profile import read_profile
from store.exports.targets import STANDARD, file_name, target_of, targets
from store.workspace import Workspace
from tests.store.exporting import ANYTHING, DAY, FORMULAS, a_row, each_hostile, hostile_row, render, sent

LISTS = tuple(name for name, target in STANDARD.items() if target.kind == "columns")


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
@pytest.mark.parametrize("name", LISTS)
def test_a_cell_that_looks_like_a_formula_is_text(name: str, text: str) -> None:
    for row in table(render(name, sent(hostile_row(text))))[1:]:
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))]


@settings(max_examples=40)
@given(ANYTHING, ANYTHING)
def test_whatever_a_cell_holds_the_rows_stay_rows(text: str, owner: str) -> None:
    for name in LISTS:
        data = render(name, sent(hostile_row(text, owner=owner), a_row(id="second")))
        found = table(data)
        assert [len(row) for row in found] == [len(found[0])] * 3
        assert data.count(b"\r\n") == 3
        assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", data.replace(b"\r\n", b""))
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", data.decode())


@each_hostile
def test_a_text_comes_back_from_the_canonical_file_but_for_its_control_codes(text: str) -> None:
    shown = cells(render("csv", sent(a_row(text=text))))[0]["commitment"]
    words = re.sub(
        r"[\x00-\x1f\x7f\u2028\u202e]", " ", text.replace("\x1b", "").replace("\x00", "").replace("\u202e", "")
    )
    assert shown.removeprefix("'").split() == words.removeprefix("'").replace("\u200d", "\u200d").split()


@pytest.mark.parametrize("name", [*STANDARD])
def test_every_format_says_everything_of_a_commitment_once(name: str) -> None:
    row = a_row(email="wei.lin@example.com", account="Northwind Holding", carried=3, origin=Origin.OFFLINE)
    data = render(name, sent(row))
    if name == "eml":
        data = data.replace(b"=\r\n", b"")
    text = data.decode().replace("\r\n ", "")
    for fact in ("a3f2c1", "Wei", "wei.lin@example.com", "Northwind", "006A100000XyZab", "Northwind Holding", "3"):
        assert fact in text, fact
    assert "offline session" in text
    assert re.search("2026-11-26|26 Nov|20261126", text)
    parts = 2 if name == "eml" else 2 if name == "ics-events" else 1
    assert text.count("Call Dana on the two open clauses") == parts


@pytest.mark.parametrize("name", [*STANDARD])
def test_a_draft_says_so_in_every_format(name: str) -> None:
    assert re.search("draft", render(name, sent(a_row(), draft=True)).decode(), re.IGNORECASE)
    assert file_name(sent(draft=True), STANDARD[name]).rpartition(".")[0].endswith("-draft")


@pytest.mark.parametrize("name", [*STANDARD])
def test_every_format_writes_an_empty_list(name: str) -> None:
    assert render(name, sent())


# What each tool wants


def test_jira_gets_people_by_mail_days_by_year_and_every_comma() -> None:
    data = render("jira", sent(a_row(), a_row(id="b", email="", deal="", carried=2)))
    header, first, second = table(data)
    assert header == [
        "Summary", "Issue Type", "Description", "Assignee", "Due date", "Priority", "Labels", "Labels",
    ]  # fmt: skip
    assert (first[0], first[3], first[4], first[5]) == (
        "Call Dana on the two open clauses · Northwind", "wei@example.com", "2026-11-26", "Medium",
    )  # fmt: skip
    assert (second[3], second[5], len(second)) == ("", "High", len(header))
    assert "Closeout id: a3f2c1" in first[2]


def test_asana_gets_the_name_leftmost_and_days_by_month() -> None:
    found = table(render("asana", sent(a_row())))
    assert found[0][0] == "Name"
    assert found[1][found[0].index("Due Date")] == "11/26/2026"


def test_todoist_gets_lower_case_types_a_priority_always_and_the_owner_as_a_label() -> None:
    found = cells(
        render("todoist", sent(a_row(), a_row(carried=2), a_row(text="@home ask @Dana", owner="Zoë O'Neil-Paz")))
    )
    assert {row["TYPE"] for row in found} == {"task"}
    assert [row["PRIORITY"] for row in found] == ["4", "1", "4"]
    assert found[0]["CONTENT"] == "Call Dana on the two open clauses · Northwind @Wei_Lin"
    assert found[2]["CONTENT"] == "home ask Dana · Northwind @Zoë_O_Neil_Paz"


def test_linear_gets_the_date_first_in_the_description_and_nothing_archived() -> None:
    found = cells(render("linear", sent(a_row())))[0]
    assert "due" not in {header.lower() for header in found}
    assert found["Description"].splitlines()[0] == "Due 2026-11-26"
    assert found["Archived"] == ""


def test_salesforce_gets_ids_only_where_they_are_known_and_texts_that_fit() -> None:
    known, other, several, long = cells(
        render(
            "salesforce-tasks",
            sent(
                a_row(),
                a_row(deal_id="OP-34303"),
                a_row(deal_id="006A100000XyZab 006A100000XyZac"),
                a_row(text="é" * 40_000),
            ),
        )
    )
    assert (known["WhatId"], known["OwnerId"]) == ("006A100000XyZab", "")
    assert (known["Owner Email"], known["Opportunity Name"]) == ("wei@example.com", "Ten new lifts")
    assert (other["WhatId"], several["WhatId"]) == ("", "")
    assert known["ActivityDate"] == "2026-11-26"
    assert len(long["Subject"]) == 255
    assert len(long["Description"]) == 32_000
    assert known["Status"] == "Not Started"


def test_hubspot_gets_a_due_date_and_an_id_only_if_it_is_one_of_its_own() -> None:
    first, second = cells(render("hubspot-tasks", sent(a_row(), a_row(deal_id="9876543210"))))
    assert first["Due date"] == "2026-11-26"
    assert (first["Deal record ID"], second["Deal record ID"]) == ("", "9876543210")


# Profiles and targets


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title =", "no TOML"),
        ("title = 'x'", "column"),
        ("title = 'x'\ncolumn = []", "names no column"),
        ("title = 'x'\ncolour = 1\n[[column]]\nheader = 'a'", "colour"),
        ("title = 'x'\n[[column]]\nheader = 'a'\nvalue = '{nothing}'", "asks for {nothing}"),
        ("title = 'x'\n[[column]]\nheader = 'a'\nvalue = '{text'", "cannot be read"),
        ("title = 'x'\n[[column]]\nheader = 'a'\nvalue = '{text.__class__}'", "asks for {text.__class__}"),
        ("title = 'x'\n[[column]]\nheader = 'a'\nvalue = '{text!r}'", "only a field’s name"),
        ("title = 'x'\n[[column]]\nheader = 'a'\nvalue = '{}'", "asks for {}"),
    ],
)
def test_a_broken_profile_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)) as refused:
        read_profile(text, "mine.toml")
    assert str(refused.value).startswith("mine.toml")


def test_what_the_workspace_adds_is_offered_with_the_rest(tmp_path) -> None:
    workspace = Workspace(tmp_path)
    workspace.make()
    (workspace.templates / "monday.toml").write_text(
        "title = 'Monday'\n[[column]]\nheader = 'Name'\nvalue = '{text}'\n"
    )
    (workspace.templates / "slack.j2").write_text("{{ page.count }}")
    (workspace.templates / "README").write_text("mine")
    found = targets(workspace)
    assert list(found) == [*STANDARD, "monday"]
    assert found["slack"].own == workspace.templates / "slack.j2"
    assert found["jira"].taken_in.startswith("Issues")
    assert target_of("MONDAY ", workspace).title == "Monday"


@pytest.mark.parametrize("name", ["fax", "", "../csv", "a/b"])
def test_an_unknown_target_is_refused(name: str, tmp_path) -> None:
    with pytest.raises(Refused, match="markdown, html"):
        target_of(name, Workspace(tmp_path))


# Rows


def a_commitment(ident: str, **changes: object) -> Commitment:
    fields: dict[str, object] = {
        "id": ident, "text": "Call @Dana on it !", "owner": "wei", "due": DAY, "first_due": DAY, "made": DAY,
        "review": "2026-11-23",
    }  # fmt: skip
    return Commitment(**{**fields, **changes})  # type: ignore[arg-type]  # a builder for any field


def test_rows_are_by_owner_in_the_order_of_the_team_red_ones_first_then_the_soonest() -> None:
    settings = Settings(people=(Person(id="tom", name="Tom Reed"), Person(id="wei", name="Wei Lin", email="w@x")))
    record = DealRecord(crm=Deal(id="006A1", name="Renewal", account="Northwind"), first_seen=DAY, stage_since=DAY)
    ledger = Ledger(current={"006A1": record})
    found = rows_of(
        (
            a_commitment("c"),
            a_commitment("b", due=date(2026, 11, 20), deal="006A1"),
            a_commitment("red", due=date(2026, 12, 20), carried=2),
            a_commitment("a", owner="tom", deals=("006A1", "gone")),
            a_commitment("d", owner="nobody-known"),
        ),
        ledger,
        settings,
    )
    assert [row.id for row in found] == ["a", "red", "b", "c", "d"]
    assert (found[2].text, found[2].owner, found[2].email) == ("Call Dana on it", "Wei Lin", "w@x")
    assert (found[2].deal, found[2].deal_name, found[2].deal_id) == ("Northwind", "Renewal", "006A1")
    assert found[0].deal == "Northwind"
    assert found[4].owner == "nobody-known"


def test_a_key_that_stands_for_a_missing_id_is_no_id_of_the_crm() -> None:
    key = "Northwind | Renewal | 2026-08-03"
    record = DealRecord(crm=Deal(id=key, name="Renewal", account="Northwind"), first_seen=DAY, stage_since=DAY)
    found = rows_of((a_commitment("a", deal=key),), Ledger(current={key: record}), Settings())
    assert (found[0].deal, found[0].deal_id) == ("Northwind", "")


def test_only_open_commitments_are_open() -> None:
    ledger = Ledger(
        commitments={
            "a": a_commitment("a"),
            "b": a_commitment("b", standing=Standing.DONE),
            "c": a_commitment("c", origin=Origin.STEP),
        }
    )
    assert [each.id for each in all_open(ledger)] == ["a", "c"]
    assert [each.id for each in all_open(ledger, only_actions=True)] == ["a"]
