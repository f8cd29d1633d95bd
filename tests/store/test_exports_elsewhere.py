"""Exports that go to calendars, mail programs and other programs, read back by readers that are not ours."""

import email
import re
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from icalendar import Calendar

from review.plain import plain
from store.errors import Refused
from store.exports import document
from store.exports.outgoing import Recipient
from tests.store.exporting import ANYTHING, NOW, a_row, each_hostile, hostile_row, render, sent, withdrawn

CALENDARS = {"ics-todo": "VTODO", "ics-events": "VEVENT"}


def entries(name: str, data: bytes) -> list[Any]:
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    kinds = {part.name for part in calendar.subcomponents}
    assert kinds <= {CALENDARS[name]}
    return list(calendar.subcomponents)


@pytest.mark.parametrize("name", CALENDARS)
def test_a_calendar_has_the_commitment_due_at_five_in_the_afternoon(name: str) -> None:
    (entry,) = entries(name, render(name, sent(a_row())))
    assert entry["UID"] == f"a3f2c1.{'todo' if name == 'ics-todo' else 'event'}@closeout"
    assert entry["DTSTAMP"].dt == NOW
    assert entry["SUMMARY"] == "Wei: Call Dana on the two open clauses · Northwind"
    assert "Owner: Wei Lin <wei@example.com>" in entry["DESCRIPTION"]
    due = entry["DUE"].dt if name == "ics-todo" else entry["DTEND"].dt
    assert due == datetime.combine(a_row().due, time(17, 0))
    assert due.tzinfo is None
    if name == "ics-events":
        (alarm,) = entry.subcomponents
        assert entry["DTSTART"].dt < due
        assert alarm["TRIGGER"].dt < timedelta(0)


@pytest.mark.parametrize("name", CALENDARS)
def test_a_second_import_updates_and_cancels(name: str) -> None:
    (first,) = entries(name, render(name, sent(a_row())))
    gone = withdrawn(a_row(id="gone", status="dropped", closed_on=a_row().due))
    later = sent(changed=(a_row(text="Call Dana again", carried=2),), withdrawn=(gone,), now=NOW + timedelta(days=7))
    second, third = entries(name, render(name, later))
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert (first["PRIORITY"], second["PRIORITY"]) == (5, 1)
    assert third["STATUS"] == "CANCELLED"
    assert first["STATUS"] == ("NEEDS-ACTION" if name == "ics-todo" else "CONFIRMED")
    done = withdrawn(a_row(status="done", closed_on=a_row().due))
    (closed,) = entries(name, render(name, sent(withdrawn=(done,))))
    assert closed["STATUS"] == ("COMPLETED" if name == "ics-todo" else "CANCELLED")


@settings(max_examples=40)
@given(ANYTHING, ANYTHING)
def test_whatever_a_text_holds_the_calendar_keeps_its_form(text: str, deal: str) -> None:
    for name in CALENDARS:
        data = render(name, sent(hostile_row(text, deal=deal), a_row(id="second")))
        assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        first, second = entries(name, data)
        assert second["UID"].startswith("second.")
        assert first["DESCRIPTION"].startswith((f"Owner: {plain(text)}", f"Commitment: {plain(text)}"))


@each_hostile
def test_a_text_comes_back_from_a_calendar_as_it_was(text: str) -> None:
    (entry,) = entries("ics-todo", render("ics-todo", sent(a_row(text=text, deal=""))))
    assert entry["SUMMARY"] == f"Wei: {plain(text)}"


# Mail


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_the_mail_is_a_draft_to_everybody_with_a_plain_and_an_html_part() -> None:
    data = render("eml", sent(a_row(), draft=True))
    message = read(data)
    assert message["Subject"] == "DRAFT – Pipeline review, Mon 23 Nov 2026"
    assert message["X-Unsent"] == "1"
    assert [address.addr_spec for address in message["To"].addresses] == ["wei@example.com", "marcus@example.com"]
    assert message["To"].addresses[1].display_name == "Bell, Marcus"
    assert message["From"].addresses[0].addr_spec == "elena@example.com"
    assert message["Date"].datetime == NOW
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == render("text", sent(a_row(), draft=True)).decode()
    assert "<td" in html.get_content()
    assert "Call Dana on the two open clauses" in html.get_content()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


@each_hostile
def test_no_name_or_address_makes_a_header(text: str) -> None:
    people = (Recipient(text, "wei@example.com"), Recipient("Wei", text), Recipient("Ann", f"ann@{text}"))
    message = read(render("eml", sent(hostile_row(text), recipients=people, sender=Recipient(text, text))))
    assert "wei@example.com" in [address.addr_spec for address in message["To"].addresses]
    assert set(message.keys()) <= {
        "Subject", "From", "To", "Date", "X-Unsent", "MIME-Version", "Content-Type",
    }  # fmt: skip
    body = message.get_body(("plain",))
    assert body is not None
    assert " ".join(plain(text).split()) in " ".join(body.get_content().split())


def test_without_addresses_the_mail_has_no_recipients() -> None:
    message = read(render("eml", sent(a_row(), recipients=(), sender=None)))
    assert message["To"] is None
    assert message["From"] is None


# JSON


@each_hostile
def test_json_reads_back_equal(text: str) -> None:
    gone = withdrawn(a_row(id="gone", text=text))
    outgoing = sent(hostile_row(text), changed=(a_row(id="other"),), withdrawn=(gone,))
    data = render("json", outgoing)
    found = document.read(data, "here")
    assert (found.commitments, found.changed, found.withdrawn) == (outgoing.rows, outgoing.changed, outgoing.withdrawn)
    assert (found.review, found.day, found.draft) == (outgoing.review, outgoing.day, False)
    assert msgspec.json.decode(data)["commitments"][0]["text"] == text


def test_a_document_of_a_later_version_is_refused() -> None:
    data = re.sub(rb'"closeout": 1', b'"closeout": 9', render("json", sent()))
    with pytest.raises(Refused, match="later Closeout"):
        document.read(data, "here")
