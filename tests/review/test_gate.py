from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.calendar import Workdays
from review.gate import cautions, check, check_owner, check_step, phrases, stem, words_in
from review.people import Absence, Person

MONDAY = date(2026, 11, 23)
WEI = Person(id="wei-chen", name="Wei Chen", absences=(Absence(date(2026, 11, 26), date(2026, 11, 27)),))
PEOPLE = (WEI, Person(id="tom-novak", name="Tom Novak"))
NAMES_NOTHING = """
follow up|following up|followed-up|follow-ups|Followups|FOLLOW UP.|touch base|touching base|checked in|check-ins
circle back|circling back|same as last week|tbd|T.B.D.|none|n/a|follow up again|follow up with them|will follow up
going to follow up next week|reaching out|12 34|Q4|!|@|x y z|ｆｏｌｌｏｗ ｕｐ|as discussed|waiting to hear back
""".replace("\n", "|").strip("|")
BARE = (
    "call|Calls|calling|mail|e-mail|emailed|meeting|send|sent|talk|ping|pinging|demo|demos|send mail|call and mail|met"
)
SPECIFIC = """
Call Dana|Call @Dana|Send order form|Demo for 10 people|致电|王|Pricing|Позвонить Ивану|Call Cal|Meet Al|Send SOW
Redlines back|हम से बात|Call @Will|Ping @May|Call @Chase|Call Mary|Mail Ted|Meet Wes|Send notes|Follow up with Dana
""".replace("\n", "|").strip("|")


@pytest.mark.parametrize("step", NAMES_NOTHING.split("|"))
def test_a_step_of_stock_phrases_and_little_words_is_refused(step):
    violation = check_step(step)
    assert violation is not None
    assert violation.field == "step"
    assert "with whom, about what?" in violation.sentence


@pytest.mark.parametrize("step", BARE.split("|"))
def test_a_bare_verb_is_refused(step):
    violation = check_step(step)
    assert violation is not None
    assert violation.sentence == "with whom, about what?"


@pytest.mark.parametrize("step", SPECIFIC.split("|"))
def test_a_step_that_names_something_passes(step):
    assert check_step(step) is None


def test_the_team_can_add_phrases_of_its_own():
    assert check_step("Pushing the deals") is None
    assert check_step("Pushing the deals", ("push the deal",)) is not None


def test_all_three_are_asked_for_in_the_order_of_the_line():
    found = check("", None, None, today=MONDAY, people=PEOPLE)
    assert [violation.field for violation in found] == ["step", "date", "owner"]
    assert check("Call Dana", MONDAY, WEI, today=MONDAY, people=PEOPLE) == ()


def test_a_day_before_the_review_is_refused_and_the_day_itself_is_not():
    yesterday = MONDAY - timedelta(days=1)
    assert [v.field for v in check("Call Dana", yesterday, WEI, today=MONDAY, people=PEOPLE)] == ["date"]


@pytest.mark.parametrize("name", ["Team", "All", "Sales Team", "Everyone", "We all", "–"])
def test_a_group_owns_nothing(name):
    group = Person(id=name.lower().replace(" ", "-"), name=name)
    assert check_owner(group, (*PEOPLE, group)) is not None


def test_the_owner_is_somebody_known():
    assert check_owner(Person(id="dana", name="Dana"), PEOPLE) is not None
    assert check_owner(PEOPLE[1], PEOPLE) is None


def warn(day, owner=None, close_date=None, **calendar):
    days = Workdays(**calendar)
    return cautions(day, owner, today=MONDAY, close_date=close_date, workdays=days, far_days=14)


@pytest.mark.parametrize(
    ("day", "owner", "calendar", "offer"),
    [
        (date(2026, 11, 28), None, {}, date(2026, 11, 30)),
        (date(2026, 11, 26), WEI, {}, date(2026, 11, 30)),
        (date(2026, 11, 26), PEOPLE[1], {"country": "US"}, date(2026, 11, 27)),
        (date(2026, 11, 24), None, {"holidays": frozenset({date(2026, 11, 24)})}, date(2026, 11, 25)),
    ],
)
def test_a_day_off_is_accepted_with_the_next_working_day_offered(day, owner, calendar, offer):
    (caution,) = warn(day, owner, **calendar)
    assert caution.offer == offer


def test_far_ahead_begins_after_the_fourteenth_day():
    assert warn(MONDAY + timedelta(days=14)) == ()
    assert "14 days" in warn(MONDAY + timedelta(days=15))[0].sentence


def test_a_day_past_the_close_date_is_warned_of():
    assert warn(date(2026, 11, 25), close_date=date(2026, 11, 25)) == ()
    assert "close date" in warn(date(2026, 11, 26), close_date=date(2026, 11, 25))[0].sentence


SHIPPED = files("review").joinpath("stock_phrases.txt").read_text("utf-8").splitlines()
LISTED = [*(line for line in SHIPPED if not line.startswith("#")), *sorted(words_in("little_words.txt"))]


@given(
    st.lists(st.sampled_from(LISTED), max_size=6),
    st.sampled_from([" ", "-", ", ", " – ", "  "]),
    st.sampled_from([str.upper, str.title, str]),
)
@settings(max_examples=300, deadline=None)
def test_nothing_made_of_stock_phrases_and_little_words_passes(parts, between, case):
    assert check_step(case(between.join(part.replace(" ", between) for part in parts))) is not None


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_crashes_the_gate_and_a_name_always_makes_it_specific(text):
    check_step(text)
    assert check_step(f"{text} Northwind annex") is None


def test_doubled_letters_and_comments_of_the_lists_are_understood():
    assert stem("planning") == stem("plan")
    assert stem("calling") == stem("call")
    assert stem("adding") == stem("add")
    assert not [phrase for phrase in phrases() if not phrase or phrase[0].startswith("#")]
