from datetime import date
from decimal import Decimal

import pytest

from review.desk import with_everybody
from review.importing import take_in
from review.people import Person, find_person
from review.proposals import propose
from review.records import Ledger
from review.roster import owners_of, with_roster
from review.settings import Settings
from store.crm.read import read_export
from store.crm.roster import read_roster
from store.errors import Refused

DAY = date(2026, 2, 16)


@pytest.fixture
def read(tmp_path):
    def reads(text, **settings):
        path = tmp_path / "people.csv"
        path.write_text(text, "utf-8")
        return read_roster(path, settings=Settings(**settings), day=DAY)

    return reads


def test_a_list_of_people_becomes_people_with_their_ids_dates_and_quotas(read):
    reading = read(
        "Full Name,Email,User ID,Start Date,End Date,Annual Quota\n"
        '"Bell, Marcus",mb@acme.com,005A,2024-03-01,,"$1,200,000"\n'
        "Ann Lee,ann@acme.com,005B,2025-11-15,2026-01-31,400000\n"
    )
    marcus, ann = reading.people
    assert (marcus.name, marcus.email, marcus.start, marcus.quota) == (
        "Marcus Bell", "mb@acme.com", date(2024, 3, 1), Decimal(300_000),
    )  # fmt: skip
    assert {"005A", "Bell, Marcus"} <= set(marcus.aliases)
    assert (ann.left, ann.quota) == (date(2026, 1, 31), 100_000)


@pytest.mark.parametrize("header", ["Leaving", "Leave Date", "Last day", "Austritt"])
def test_the_day_somebody_left_is_known_by_what_lists_call_it(read, header):
    (ann,) = read(f"Name,Start,{header}\nAnn Lee,2025-11-15,2026-01-31\n").people
    assert ann.left == date(2026, 1, 31)


def test_quotas_of_a_quarter_are_those_of_the_one_that_runs(read):
    text = "rep_name,quota_q4_2025,quota_q1_2026,quota_q2_2026\nAnn Lee,1,2,3\n"
    assert read(text).people[0].quota == 2
    other = read("rep_name,quota_q3_2025\nAnn Lee,1\n")
    assert "Quotas are those of “quota_q3_2025”; the period that runs is Q1 2026." in other.report.notes


def test_first_and_last_names_are_one_and_rows_without_a_name_are_named(read):
    reading = read("First Name,Last Name,Email\nAnn,Lee,a@x.com\n,,\n,,b\nAnn,Lee,a@x.com\n")
    assert [person.name for person in reading.people] == ["Ann Lee", "b"]
    assert [(one.row, one.reason) for one in reading.report.left_out] == [(5, "the same person as in row 2")]


def test_a_list_without_people_is_refused_with_what_it_needs(read):
    with pytest.raises(Refused, match="headers for the name and for one more of these"):
        read("amount,stage\n1,2\n")


def test_codes_of_the_sample_become_names_with_quotas(crm_samples):
    roster = read_roster(crm_samples / "meridian_reps.csv", settings=Settings(), day=DAY).people
    export = read_export(crm_samples / "meridian_deals.csv", settings=Settings(), day=DAY).export
    settings = propose(export, Settings(), DAY, roster).settings
    assert [person.name for person in settings.people][:2] == ["Sarah Chen", "Marcus Rivera"]
    assert settings.people[0].quota == 900_000
    ledger = take_in(Ledger(), export, settings)
    assert all(record.rep for record in ledger.deals.values())


def test_a_list_fills_in_what_the_settings_do_not_say_and_changes_nothing_they_say():
    known = Person(id="rep-01", name="REP-01", initials="R1", quota=Decimal(5))
    listed = Person(id="ann", name="Ann Lee", aliases=("REP-01",), email="a@x.com", quota=Decimal(9))
    (person,) = with_roster(Settings(people=(known,)), (listed,), owners_of(Ledger())).people
    assert (person.id, person.name, person.email) == ("rep-01", "Ann Lee", "a@x.com")
    assert person.quota == 5
    assert find_person((person,), "REP-01") == person


def test_whoever_has_neither_quota_nor_deals_is_not_in_the_room():
    people = (Person(id="a", name="Ann", quota=Decimal(1)), Person(id="b", name="Bob Boss"))
    ledger = Ledger(roster=people)
    team = with_everybody(Settings(people=(Person(id="c", name="Cy", initials="c"),)), ledger).people
    assert [person.name for person in team] == ["Cy", "Ann"]


@pytest.mark.parametrize("text", ["Bell, Marcus", "Bell Marcus", "marcus bell", "BELL,MARCUS", "Bell, Márcus"])
def test_quirk_53_a_name_is_found_with_its_words_in_any_order(text):
    people = (Person(id="m", name="Marcus Bell"), Person(id="s", name="Sofia Diaz"))
    assert find_person(people, text) == people[0]


def test_what_cannot_be_read_or_cannot_be_is_said_with_its_row(read):
    reading = read(
        "Name;E-Mail;Eintritt;Austritt;Quote\n"
        "Blum, Ada;ada@x.com;15.03.2024;;500.000,00\n"
        "Ode, Ben;ben@x.com;soon;;n/a yet\n"
        "Ada Blum;other@x.com;15.03.2024;14.03.2024;\n"
    )
    assert [(p.name, p.start, p.quota) for p in reading.people] == [
        ("Ada Blum", date(2024, 3, 15), 500_000),
        ("Ben Ode", None, None),
        ("Ada Blum", date(2024, 3, 15), None),
    ]
    assert reading.report.notes == (
        "“Eintritt” is no date in row 3: left empty.",
        "“Quote” is no number in row 3: left empty.",
        "Ada Blum stands there more than once: deals of that name are nobody’s until you tell them apart.",
        "Ada Blum left before the first day: mend one of the two days.",
    )
