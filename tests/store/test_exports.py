import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.commitment_rows import CommitmentRow, all_open, rows_of
from review.commitments import Commitment, Origin, Standing
from review.deals import Deal
from review.people import Person
from review.records import DealRecord, Ledger
from review.settings import Settings
from store.errors import Refused
from store.exports import delimited, markdown
from store.exports.outgoing import Outgoing
from store.exports.targets import TARGETS, render, target_of

DAY = date(2026, 11, 23)
HOSTILE = (
    "=HYPERLINK(\"x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\x00=1", "\u202e=1",
)  # fmt: skip
ANYTHING = st.text(max_size=60) | st.sampled_from(
    [*HOSTILE, "[ACME](x)", "a\nb", 'say "x", y', "# title", "x" * 10_000]
)


def a_row(**changes: object) -> CommitmentRow:
    fields: dict[str, object] = {
        "id": "a3f2c1", "text": "Call Dana on the two open clauses", "owner": "Wei Lin", "short_owner": "Wei",
        "email": "wei@example.com", "due": DAY, "deal": "Northwind", "deal_id": "006A1", "account": "Northwind",
        "origin": Origin.STEP, "status": "open", "carried": 0, "review": "2026-11-23", "first_due": DAY,
    }  # fmt: skip
    return CommitmentRow(**{**fields, **changes})  # type: ignore[arg-type]  # a builder for any field


def sent(*rows: CommitmentRow, draft: bool = False) -> Outgoing:
    return Outgoing(day=DAY, review="2026-11-23", draft=draft, rows=rows)


def cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_looks_like_a_formula_is_text(text: str) -> None:
    shown = cells(render("csv", sent(a_row(text=text, deal=text, account=text, owner=text, deal_id=text))))[0]
    for field in ("commitment", "deal", "account", "owner", "deal_id"):
        assert shown[field].startswith("'"), field


@given(ANYTHING, ANYTHING, ANYTHING)
def test_whatever_a_cell_holds_the_rows_stay_rows(text: str, deal: str, owner: str) -> None:
    data = render("csv", sent(a_row(text=text, deal=deal, owner=owner), a_row(id="second")))
    found = cells(data)
    assert [each["id"] for each in found] == ["a3f2c1", "second"]
    assert all(None not in each and len(each) == len(delimited.PROFILES["csv"]) for each in found)
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", data)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=60))
def test_a_text_comes_back_from_the_file_as_it_was(text: str) -> None:
    shown = cells(render("csv", sent(a_row(text=text))))[0]["commitment"]
    assert shown.removeprefix("'") == text.removeprefix("'")


@given(ANYTHING, ANYTHING)
def test_in_markdown_every_commitment_is_one_line_with_its_box(text: str, deal: str) -> None:
    page = render("markdown", sent(a_row(text=text, deal=deal), a_row(id="second"))).decode()
    boxes = [line for line in page.splitlines() if line.startswith("- [ ] ")]
    assert [line.rsplit("`", 2)[1] for line in boxes] == ["a3f2c1", "second"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", page)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("[ACME](http://x)", r"\[ACME\](http://x)"),
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("*loud* `code`", r"\*loud\* \`code\`"),
        ("snake_case _lean_", r"snake_case \_lean\_"),
        ("# title", r"\# title"),
        ("1. first", r"\1. first"),
        ("Kite & Crown", "Kite & Crown"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_markdown_shows_text_as_text(given_: str, shown: str) -> None:
    assert markdown.text(given_) == shown


def test_a_draft_says_so_everywhere() -> None:
    assert b"status: draft" in render("markdown", sent(a_row(), draft=True))
    assert cells(render("csv", sent(a_row(), draft=True)))[0]["status"] == "open (draft)"
    assert sent(draft=True).name == "2026-11-23-commitments-draft"


def test_a_closed_commitment_is_ticked() -> None:
    page = render("markdown", sent(a_row(status="done", closed_on=DAY))).decode()
    assert "- [x] Call Dana on the two open clauses · Mon 23 Nov · Northwind · done `a3f2c1`" in page


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_writes_an_empty_list(name: str) -> None:
    assert render(name, sent())


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(Refused, match="markdown, csv"):
        target_of("fax")


def a_commitment(ident: str, **changes: object) -> Commitment:
    fields: dict[str, object] = {
        "id": ident, "text": "Call @Dana on it !", "owner": "wei", "due": DAY, "first_due": DAY, "made": DAY,
        "review": "2026-11-23",
    }  # fmt: skip
    return Commitment(**{**fields, **changes})  # type: ignore[arg-type]  # a builder for any field


def test_rows_are_by_owner_in_the_order_of_the_team_the_soonest_first() -> None:
    settings = Settings(people=(Person(id="tom", name="Tom Reed"), Person(id="wei", name="Wei Lin", email="w@x")))
    record = DealRecord(crm=Deal(id="006A1", name="Renewal", account="Northwind"), first_seen=DAY, stage_since=DAY)
    ledger = Ledger(deals={"006A1": record})
    found = rows_of(
        (
            a_commitment("c"),
            a_commitment("b", due=date(2026, 11, 20), deal="006A1", carried=2),
            a_commitment("a", owner="tom", deals=("006A1", "gone")),
            a_commitment("d", owner="nobody-known"),
        ),
        ledger,
        settings,
    )
    assert [row.id for row in found] == ["a", "b", "c", "d"]
    assert (found[1].text, found[1].owner, found[1].email) == ("Call Dana on it", "Wei Lin", "w@x")
    assert (found[1].deal, found[1].deal_id, found[1].account) == ("Northwind", "006A1", "Northwind")
    assert found[0].deal == "Northwind"
    assert found[3].owner == "nobody-known"


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
