from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.line import customers_in, is_ours_only, plain_step, read_line
from review.people import Person

MONDAY = date(2026, 11, 23)
THURSDAY = date(2026, 11, 26)
WEI = Person(id="wei-chen", name="Wei Chen", initials="WC")
TOM = Person(id="tom-novak", name="Tom Novak", initials="TN")
XI = Person(id="xi-su", name="Xi Su", initials="XS")
YARA = Person(id="xavi-sol", name="Xavi Sol", initials="XS")
PEOPLE = (WEI, TOM, XI, YARA)


def read(text, order="dmy", people=PEOPLE):
    return read_line(text, today=MONDAY, people=people, owner=TOM, order=order)


@pytest.mark.parametrize(
    "end", ["! thu wc", "thu wc !", "wc thu !", "! wc thu", "wc ! by thu.", "thu, WC, !", "! thu , wc ."]
)
def test_date_initials_and_agreed_are_lifted_in_any_order(end):
    line = read(f"Call @Dana on the two open clauses {end}")
    assert line.step == "Call @Dana on the two open clauses"
    assert (line.day, line.owner, line.owner_named, line.agreed) == (THURSDAY, WEI, True, True)
    assert line.customers == ("Dana",)
    assert line.problems == ()


@pytest.mark.parametrize(
    ("text", "step", "day"),
    [
        ("Demo for 10 people fri.", "Demo for 10 people", date(2026, 11, 27)),
        ("Send draft by thu", "Send draft", THURSDAY),
        ("Send draft until 3 dec", "Send draft", date(2026, 12, 3)),
        ("Send draft ON 26/11,", "Send draft", THURSDAY),
        ("Send draft next tue", "Send draft", date(2026, 12, 1)),
        ("Send draft 12 nov 26", "Send draft", None),
        ("Ship 3 may", "Ship", date(2027, 5, 3)),
        ("thu", "", THURSDAY),
        ("by thu", "", THURSDAY),
        ("Call Dana fri thu", "Call Dana fri", THURSDAY),
        ("Call Dana thu 26 nov", "Call Dana", THURSDAY),
        ("Call Dana by Thu 26 Nov 2026", "Call Dana", THURSDAY),
        ("Thu 26 Nov", "", THURSDAY),
        ("Office hours every tuesday 26 nov", "Office hours every tuesday", THURSDAY),
        ("Call Dana, thu", "Call Dana,", THURSDAY),
        ("  Redlines   back  thu ", "Redlines   back", THURSDAY),
        ("与王总确认条款 thu", "与王总确认条款", THURSDAY),
    ],
)
def test_one_date_is_lifted_from_the_end(text, step, day):
    line = read(text)
    assert (line.step, line.day) == (step, day)


@pytest.mark.parametrize(
    "text",
    [
        "Send order form may",
        "Agree on 5",
        "Call Dana wc",
        "Called Dana yesterday",
        "Call thu about terms",
        "Call @Dana thu!",
        "Agree a split 50/50",
        "Ask for version 2.11",
        "Call Dana.",
        "Call Dana next week",
    ],
)
def test_what_is_no_date_at_the_end_stays_in_the_step(text):
    line = read(text)
    assert (line.step, line.day, line.owner, line.problems) == (text, None, TOM, ())


@pytest.mark.parametrize(
    "text", ["Call 31 feb", "Call 32/11", "Call 2026-02-30 !", "Call 31 nov 26", "Call 30 feb 2026 wc"]
)
def test_what_looks_like_a_date_and_is_none_keeps_the_line_from_counting(text):
    line = read(text)
    assert line.day is None
    assert [problem.field for problem in line.problems][:1] == ["date"]
    assert "no day in the calendar" in line.problems[0].sentence


def test_a_date_that_has_passed_is_said_and_not_taken():
    line = read("Call Dana 20/11/2026")
    assert (line.step, line.day, line.day_text) == ("Call Dana", None, "20/11/2026")
    assert line.problems[0].sentence == "Fri 20 Nov, 3 days ago: give a day from today on."


def test_initials_count_only_with_a_date():
    assert read("Call @Dana wc !").step == "Call @Dana wc"
    assert read("Call @Dana wc !").agreed
    assert not read("Call @Dana ! wc").agreed


def test_initials_that_two_people_share_are_asked_about():
    line = read("Call @Dana thu xs")
    assert (line.step, line.day, line.owner_named) == ("Call @Dana thu xs", None, False)
    assert "Xi Su and Xavi Sol" in line.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Send the draft thu @Wei", "@Wei is one of ours: WC in its place gives Wei the step."),
        ("Send the draft by 26 nov @wei.chen !", "@wei.chen is one of ours: WC in its place gives Wei the step."),
        ("Send the draft thu @tn,", "@tn is one of ours: TN in its place gives Tom the step."),
        ("Send the draft thu @Xi", "@Xi is one of ours: end with the date, and name Xi as the owner."),
        ("Send the draft thu @XS", "“@XS” is Xi Su and Xavi Sol, no customer: leave it out and name the owner."),
    ],
)
def test_one_of_ours_behind_the_date_is_told_how_to_get_the_step(text, said):
    line = read(text)
    assert (line.day, line.owner_named, line.customers) == (None, False, ())
    assert [(problem.field, problem.sentence) for problem in line.problems if problem.field == "owner"] == [
        ("owner", said)
    ]


@pytest.mark.parametrize("text", ["Send the draft to @Wei", "Send the draft thu @Dana", "Thu with @Wei", "@Wei"])
def test_one_of_ours_elsewhere_and_customers_behind_the_date_are_no_matter(text):
    assert "owner" not in {problem.field for problem in read(text).problems}


def test_agreed_counts_once_at_the_end_and_only_as_a_word():
    assert read("Call @Dana ! about terms thu").agreed is False
    assert read("Call @Dana! thu").agreed is False
    twice = read("Call @Dana ! thu !")
    assert (twice.agreed, twice.step, plain_step(twice.step)) == (True, "Call @Dana !", "Call Dana")


def test_agreed_with_nobody_at_the_customer_asks_with_whom_and_does_not_count():
    line = read("Send the draft ! thu")
    assert not line.agreed
    assert [problem.field for problem in line.problems] == ["agreed"]
    assert line.day == THURSDAY
    assert "with whom?" in line.problems[0].sentence


def test_agreed_on_a_line_without_a_step_is_left_to_the_step_that_stands():
    assert read("! thu").agreed
    assert read("! thu").problems == ()


@pytest.mark.parametrize("name", ["@Tom", "@tom", "@TN", "@Tom.Novak", "@tom.novak's"])
def test_one_of_ours_is_no_customer(name):
    assert customers_in(f"Ask {name} for terms", PEOPLE) == ()
    assert is_ours_only(f"Ask {name} for terms", PEOPLE)


@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("Call @Tom.Reed", ("Tom Reed",)),
        ("Call @Dana, @Lee. and @dana", ("Dana", "Lee")),
        ("Ask @Dana's boss (@Anne-Marie)", ("Dana", "Anne-Marie")),
        ("Mail dana@acme.com at 10 @ noon @2pm", ()),
        ("致电 @李明", ("李明",)),
    ],
)
def test_people_at_the_customer_are_named_with_a_sign(step, names):
    assert customers_in(step, PEOPLE) == names


def test_exports_write_steps_without_the_two_signs():
    assert plain_step("Call @Dana ! about dana@acme.com @ noon !.") == "Call Dana about dana@acme.com @ noon"


WORDS = st.sampled_from(
    [
        "Call",
        "@Dana",
        "thu",
        "26",
        "nov",
        "31",
        "feb",
        "by",
        "on",
        "until",
        "wc",
        "XS",
        "!",
        ".",
        ",",
        "26/11",
        "next",
        "tue",
        "may",
        "+2w",
        "王总",
        "2026-11-26",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=9).map(" ".join)), st.sampled_from(["dmy", "mdy"]))
@settings(max_examples=400, deadline=None)
def test_the_step_and_what_was_lifted_are_all_that_was_typed(text, order):
    line = read(text, order)
    assert text.lstrip().startswith(line.step)
    lifted = text.lstrip()[len(line.step) :].lower().replace(",", " ").replace(".", " ").split()
    known = {*line.day_text.lower().replace(",", " ").replace(".", " ").split(), "!", "by", "on", "until"}
    assert set(lifted) <= known | ({"wc"} if line.owner_named else set()) | ({"xs"} if line.owner_named else set())
    assert line.day is None or (line.day >= MONDAY and line.day_text)
    assert line.agreed is False or "!" in text.split() or "!" in text
    assert read(line.step).step in line.step
