"""What a chat and a mail program take, which are no browsers."""

import email
import re
from datetime import date
from email.policy import default

import pytest

from review.clock import read_clock
from review.lock_row import row_of
from review.people import Person
from review.recap import recap_of
from store.exports.addresses import addressed
from store.exports.chat import CUT, said_of
from store.exports.outgoing import Outgoing, Recipient
from tests.builders import a_session
from tests.store.exporting import NOW, a_row, each_hostile, hostile_row, render, sent
from tests.store.test_exports_pages import as_shown, page

MANY = tuple(a_row(id=f"c{number:05}", owner=f"Rep {number % 9}") for number in range(139))


@pytest.mark.parametrize(("name", "most", "messages"), [("slack", 12_000, 2), ("teams", 24_000, 1)])
def test_a_message_too_long_for_a_chat_says_where_to_cut_and_loses_nothing(name: str, most: int, messages: int) -> None:
    long = (*MANY, *(a_row(id=f"d{number:05}", text="x" * 150, owner="One Rep") for number in range(messages * 60)))
    text = render(name, sent(*long)).decode()
    parts = re.split(rf"^{CUT}.*$", text, flags=re.MULTILINE)
    assert len(parts) > messages
    assert all(len(part.strip().encode()) <= most for part in parts)
    assert [text.count(row.id) for row in long] == [1] * len(long)
    assert said_of(text, name)[0].endswith(f"send it in {len(parts)}, cut at the lines that begin with ✂.")


@pytest.mark.parametrize("name", ["slack", "teams"])
def test_what_fits_into_one_message_is_left_alone(name: str) -> None:
    text = render(name, sent(*MANY[:40])).decode()
    assert CUT not in text
    assert not said_of(text, name)


@each_hostile
def test_a_mail_shows_text_as_text_in_tables_and_loads_nothing(text: str) -> None:
    html = _html(sent(hostile_row(text, id="a3f2c1")))
    found = page(html.encode())
    assert not {"script", "link", "img", "iframe", "b", "object", "input", "form"} & set(found.tags)
    assert not [name for _, name in found.inside if name.startswith("on") or name in ("src", "href")]
    assert as_shown(text) in " ".join(" ".join(found.words).split())


def test_a_mail_needs_nothing_that_outlook_and_gmail_leave_out() -> None:
    html = _html(sent(*MANY, draft=True))
    assert not re.search(r"var\(|display:\s*(grid|flex)|:(root|checked|first-child|before)|@media|position:", html)
    banner = re.search(r"<td[^>]*>DRAFT – ", html)
    assert banner is not None
    assert 'bgcolor="#a8321e"' in banner[0]
    assert "color:#ffffff" in banner[0]
    assert len(html.encode()) < 102_000, "Gmail cuts a mail off there"
    assert [html.count(row.id) for row in MANY] == [1] * len(MANY)


def test_an_address_that_is_added_after_the_lock_goes_along_and_who_left_gets_no_mail() -> None:
    rows = (a_row(owner="Wei Lin", email=""), a_row(id="b", owner="Tom Reed", email="old@example.com"))
    was = (Recipient("Ann Gone", "ann@example.com"), Recipient("Tom Reed", "old@example.com"))
    people = (
        Person(id="wei", name="Wei Lin", email="wei@example.com"),
        Person(id="tom", name="Tom Reed", email="tom@example.com"),
        Person(id="ann", name="Ann Gone", email="ann@example.com", left=date(2026, 10, 1)),
        Person(id="eve", name="Eve Elsewhere", email="eve@example.com"),
    )
    found = addressed(sent(*rows, recipients=was, sender=Recipient("Tom Reed", "old@example.com")), people)
    assert [row.email for row in found.rows] == ["wei@example.com", "tom@example.com"]
    assert {one.email for one in found.recipients} == {"tom@example.com", "wei@example.com"}
    assert found.sender == Recipient("Tom Reed", "tom@example.com")


def test_of_two_people_with_one_name_each_keeps_what_the_review_knew() -> None:
    people = (
        Person(id="a", name="Wei Lin", email="a@example.com"),
        Person(id="b", name="Wei Lin", email="b@example.com"),
    )
    rows = (a_row(email="a@example.com"), a_row(id="other", email="b@example.com"))
    assert addressed(sent(*rows), people).rows == rows


@pytest.mark.parametrize("name", ["jira", "ics-todo", "markdown", "slack", "text", "html"])
def test_the_step_of_a_deal_that_ended_goes_out_and_says_how_it_ended(name: str) -> None:
    said = render(name, sent(a_row(deal_ended="lost"))).decode().replace("\r\n ", "").replace("\\,", ",")
    assert "Call Dana on the two open clauses" in said
    assert "Northwind (006A100000XyZab), lost" in said or "the deal: lost" in said


def test_a_promise_that_names_its_deals_one_by_one_names_them_once() -> None:
    row = a_row(text="Set in the CRM: Northwind best case, Initech lost", deal="Northwind, Initech")
    assert "Initech lost · Northwind" not in render("text", sent(row)).decode()


def test_a_review_without_a_call_says_so_and_names_no_gap() -> None:
    meeting = a_session().meeting
    row = row_of(meeting, read_clock(meeting.clock, NOW), ())
    text = render("text", sent(recap=recap_of(meeting, row, draft=True))).decode()
    assert "\ncommit no call · won " in text
    assert "gap" not in text


def _html(outgoing: Outgoing) -> str:
    message = email.message_from_bytes(render("eml", outgoing), policy=default)
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())
