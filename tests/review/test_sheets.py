from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from review.calls import awaits_next, lock_facts, standing_calls
from review.card import card_of
from review.commitment_rows import of_review
from review.events import Batch, CallStated, SheetsMade, Undone
from review.gate import check
from review.importing import take_in
from review.records import Exit
from review.sheets.blank import Kind
from review.sheets.codes import LETTERS, letters, read_codes
from review.standing import Part, active_deals, in_writing, parts, step_of
from review.start import plan
from tests.builders import (
    MONDAY,
    NINE,
    TEAM,
    a_deal,
    a_ledger,
    a_meeting,
    a_promise,
    a_session,
    an_export,
    desk,
    next_week,
    some_settings,
    with_promises,
)
from tests.review.sheets import FRIDAY, a_pipeline, fill, proven, said, take, the_sheets, why

STEP = "Walk @Dana through the redlines"


def folded(ledger, answered, at=NINE):
    batch = Batch(id="answers", at=at, events=answered.facts, decision=True)
    return desk(ledger, (), batch)


# What is asked


def test_a_sheet_asks_for_promises_the_call_and_of_each_deal_only_its_blanks():
    tom = the_sheets(a_pipeline())["tom-reed"]
    asked = [(blank.kind, blank.ident) for blank in tom.blanks]
    assert asked == [
        (Kind.PROMISE, "p1"),
        (Kind.COMMIT, "tom-reed"),
        (Kind.BEST, "tom-reed"),
        (Kind.STEP, "d2"),
        (Kind.CONFIRMED, "d2"),
        (Kind.PAPER, "d2"),
        (Kind.STEP, "d1"),
    ]


def test_a_deal_that_has_everything_is_not_asked():
    deal = a_deal(next_step="Call Dana about the offer", next_step_date=MONDAY + timedelta(days=2))
    tom = the_sheets(a_ledger(deal))["tom-reed"]
    assert {blank.kind for blank in tom.blanks} == {Kind.COMMIT, Kind.BEST}
    assert "1 of your 1 active deal" in tom.said[2]


def test_a_step_that_will_have_passed_at_the_review_is_asked_again():
    deal = a_deal(next_step="Call Dana about the offer", next_step_date=FRIDAY)
    (step,) = [b for b in the_sheets(a_ledger(deal))["tom-reed"].blanks if b.kind is Kind.STEP]
    assert step.now == "“Call Dana about the offer”: Fri 20 Nov has passed"


@pytest.mark.parametrize(
    ("close", "now"),
    [(None, "no close date"), (FRIDAY, "Fri 20 Nov will have passed"), (date(2026, 12, 18), None)],
)
def test_a_close_date_is_asked_where_there_is_none_or_it_has_passed(close, now):
    blanks = the_sheets(a_ledger(a_deal(close=close)))["tom-reed"].blanks
    assert [blank.now for blank in blanks if blank.kind is Kind.CLOSE] == ([now] if now else [])


def test_nobody_finds_anything_of_somebody_elses_on_their_sheet():
    sheets = the_sheets(a_pipeline())
    for person, sheet in sheets.items():
        text = repr([(b.about, b.now, b.how) for b in sheet.blanks])
        assert ("Halm" in text) == (person == "wei-lin")
        assert ("Northwind" in text) == (person == "tom-reed")
    assert "ada-hall" not in sheets


def test_a_commit_deal_whose_reason_stands_on_the_sheet_counts_as_told():
    ledger = a_pipeline()
    tom = the_sheets(ledger)["tom-reed"]
    assert tom.told == ("d2",)
    made = SheetsMade(day=FRIDAY, people=("tom-reed",), told=tom.told)
    after = desk(ledger, (), Batch(id="s", at=NINE, events=(made,)))
    assert "d2" in lock_facts(a_meeting(after)).told
    assert "d1" not in lock_facts(a_meeting(after)).told


def test_the_lock_forgets_what_sheets_told_and_said():
    ledger = a_pipeline()
    made = SheetsMade(day=FRIDAY, people=("tom-reed",), told=("d2",))
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri")}))
    batches = (
        Batch(id="s", at=NINE, events=(made,)),
        Batch(id="a", at=NINE, events=answered.facts),
    )
    session = next_week(desk(ledger, (), *batches), number=0)
    after = session.lock()
    assert after.told == {}
    assert after.written == {}


# Codes


@given(st.text(), st.integers(1, 12))
def test_a_code_is_letters_that_nothing_takes_for_a_number(text, size):
    found = letters(text, size)
    assert len(found) == size
    assert set(found) <= set(LETTERS)


@pytest.mark.parametrize("way", [str, str.upper, lambda code: code.replace("-", " – "), lambda code: f"'{code} "])
def test_a_code_is_read_however_a_program_has_written_it(way):
    tom = the_sheets(a_pipeline())["tom-reed"]
    code = f"{tom.code}-{tom.blanks[0].code}"
    assert read_codes(way(code)) == (tom.code, tom.blanks[0].code)
    assert read_codes(way(str(tom.code))) == (tom.code, None)
    assert read_codes(way(str(tom.blanks[0].code))) == (None, tom.blanks[0].code)


@pytest.mark.parametrize("text", ["", "Northwind", "42", "bcdf", "2026-11-23", "bcdf-ghjk-lmnp-qrs7"])
def test_what_is_no_code_is_none(text):
    assert read_codes(text) == (None, None)


# What is taken


def test_answers_are_taken_and_said_as_a_difference():
    ledger = a_pipeline()
    tom = fill(
        the_sheets(ledger)["tom-reed"],
        {
            (Kind.PROMISE, "p1"): ("moved", "2026-11-26"),
            (Kind.COMMIT, "tom-reed"): ("420",),
            (Kind.BEST, "tom-reed"): ("508,000",),
            (Kind.STEP, "d1"): (f"{STEP} !", "2026-11-26", "Wei"),
            (Kind.STEP, "d2"): ("Order number from @Ines fri tr",),
            (Kind.CONFIRMED, "d2"): ("Ines", "2026-11-18"),
            (Kind.PAPER, "d2"): ("legal", "2026-11-17"),
        },
    )
    answered = take(ledger, tom)
    assert why(answered) == []
    assert said(answered) == {
        ("“Send Dana the draft contract”", "moved to Thu 26 Nov"),
        ("call", "commit 420k, best case 508k"),
        ("Northwind", "next step “Walk Dana through the redlines”, Thu 26 Nov, Wei"),
        ("Initech", "next step “Order number from Ines”, Fri 27 Nov, Tom"),
        ("Initech", "Ines confirmed Fri 18 Dec on Wed 18 Nov"),
        ("Initech", "legal moved Tue 17 Nov"),
    }
    after = folded(ledger, answered)
    assert after.deals["d1"].step_in_writing
    assert after.commitments[after.deals["d1"].step].owner == "wei-lin"
    assert after.deals["d2"].paper.moved_on == date(2026, 11, 17)
    assert after.commitments["p1"].due == date(2026, 11, 26)
    assert after.written["tom-reed"].call.commit == Decimal(420_000)


def test_two_deals_of_one_account_are_told_apart_in_what_is_shown():
    ledger = a_ledger(
        a_deal("d1", name="Renewal", account="Northwind"), a_deal("d2", name="Seats", account="Northwind")
    )
    answers = {(Kind.STEP, "d1"): (f"{STEP} thu",), (Kind.STEP, "d2"): (f"{STEP} fri",)}
    assert [one.about for one in take(ledger, fill(the_sheets(ledger)["tom-reed"], answers)).taken] == [
        "Renewal",
        "Seats",
    ]


def test_two_promises_of_the_same_words_are_told_apart_by_their_deals():
    deals = a_ledger(a_deal("d1", account="Northwind"), a_deal("d2", account="Initech"))
    ledger = with_promises(deals, *(a_promise(f"p{deal}", due=FRIDAY, deal=deal) for deal in ("d1", "d2")))
    answers = {(Kind.PROMISE, "pd1"): ("done",), (Kind.PROMISE, "pd2"): ("not needed",)}
    assert said(take(ledger, fill(the_sheets(ledger)["tom-reed"], answers))) == {
        ("“Send Dana the draft contract” · Northwind", "done"),
        ("“Send Dana the draft contract” · Initech", "no longer needed"),
    }


def test_what_was_answered_in_writing_is_there_when_the_review_starts():
    ledger = proven(a_pipeline(), "d2")
    sheet = the_sheets(ledger)["tom-reed"]
    answers = {
        (Kind.PROMISE, "p1"): ("done",),
        (Kind.COMMIT, "tom-reed"): ("420k",),
        (Kind.STEP, "d1"): (STEP, "2026-11-26"),
    }
    meeting = a_meeting(folded(ledger, take(ledger, fill(sheet, answers))), present=("ada-hall", "wei-lin"))
    assert meeting.due_of("tom-reed") == ()
    call = standing_calls(meeting)["tom-reed"]
    assert call.commit == 420_000
    assert call.in_writing
    assert not call.carried
    assert call.review == meeting.review
    assert parts(meeting)[Part.WRITING] == ("d1",)
    assert "tom-reed" in lock_facts(meeting).written


def test_a_step_in_writing_leaves_with_the_review_it_was_written_for_and_is_counted_there():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    after = folded(ledger, take(ledger, fill(sheet, {(Kind.STEP, "d1"): (STEP, "2026-11-26")})))
    session = a_session(after)
    written = after.deals["d1"].step
    assert written in {commitment.id for commitment in of_review(session.meeting)}
    locked = session.lock()
    assert session.locked.row.commitments == 1 + sum(c.made == session.meeting.day for c in locked.commitments.values())
    later = a_session(locked, day=date(2026, 11, 30))
    assert written not in {commitment.id for commitment in of_review(later.meeting)}


def test_a_promise_moved_in_writing_leaves_with_the_review_it_was_moved_for():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    session = a_session(folded(ledger, take(ledger, fill(sheet, {(Kind.PROMISE, "p1"): ("moved", "2026-11-26")}))))
    assert "p1" in {commitment.id for commitment in of_review(session.meeting)}
    later = a_session(session.lock(), day=date(2026, 11, 30))
    assert "p1" not in {commitment.id for commitment in of_review(later.meeting)}


def test_what_is_settled_in_writing_is_no_reason_any_more_and_what_is_left_says_so():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    day = ("ada-hall", "tom-reed", "wei-lin")
    before = {slot.deal: slot for slot in plan(ledger, some_settings(), MONDAY, day).slots}
    assert (before["d2"].kind, before["d2"].reason) == ("commit", "no confirmed date, no paper")
    answers = {
        (Kind.CONFIRMED, "d2"): ("Dana confirmed", "2026-11-19"),
        (Kind.PAPER, "d2"): ("legal", "2026-11-18"),
        (Kind.STEP, "d2"): (STEP, "2026-11-26"),
        (Kind.STEP, "d1"): (STEP, "2026-11-26"),
    }
    after = folded(ledger, take(ledger, fill(sheet, answers)))
    slots = {slot.deal: slot for slot in plan(after, some_settings(), MONDAY, day).slots}
    assert "d2" not in slots
    assert slots["d1"].reason == "never inspected, step in writing"
    card = card_of(a_meeting(after), "d2")
    assert card.changes[-1] == "in writing: next step, buyer-confirmed date, paper process"
    assert card.standing is not None
    assert card.standing.source == "in writing"
    assert not card_of(a_meeting(after), "d3").changes


def test_a_call_that_was_stated_in_writing_is_locked_with_the_review():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    after = folded(ledger, take(ledger, fill(sheet, {(Kind.COMMIT, "tom-reed"): ("420k",)})))
    locked = next_week(after, number=0).lock()
    assert [(c.person, c.commit, c.review) for c in locked.calls] == [("tom-reed", 420_000, "2026-11-23")]


def test_a_call_copied_as_the_sheet_shows_it_is_last_weeks_to_the_last_digit():
    ledger = a_ledger(a_deal("d2", category="commit", amount=78_500))
    first = {(Kind.COMMIT, "tom-reed"): ("78500",), (Kind.BEST, "tom-reed"): ("98500",)}
    ledger = next_week(folded(ledger, take(ledger, fill(the_sheets(ledger)["tom-reed"], first))), number=0).lock()
    week = MONDAY + timedelta(weeks=1)
    sheet = the_sheets(ledger, day=week)["tom-reed"]
    shown = {blank.kind: blank.now.removeprefix("last ") for blank in sheet.blanks}
    assert shown[Kind.COMMIT] == "79k"
    for commit in ("79k", "same", "Unchanged."):
        copied = {(Kind.COMMIT, "tom-reed"): (commit,), (Kind.BEST, "tom-reed"): (shown[Kind.BEST],)}
        answered = take(ledger, fill(sheet, copied), today=week - timedelta(days=3), day=week)
        assert why(answered) == []
        call = next(fact.call for fact in answered.facts if isinstance(fact, CallStated))
        assert (call.commit, call.best_case) == (Decimal(78_500), Decimal(98_500))


THE_21ST = date(2026, 12, 21)
NEXT = {(Kind.COMMIT, "tom-reed"): ("420k",), (Kind.NEXT, "tom-reed"): ("300k",)}


def two_quarters():
    return a_ledger(
        a_deal("d2", category="commit", amount=420_000),
        a_deal("d9", category="commit", amount=300_000, close=date(2027, 2, 1)),
    )


def in_december(ledger, answers, *, day=THE_21ST, sheet=None):
    """Tom's answers for the review of a December Monday, read in three days before."""
    sheet = sheet or the_sheets(ledger, day=day)["tom-reed"]
    return take(ledger, fill(sheet, answers), today=day - timedelta(days=3), day=day)


def test_in_the_last_two_weeks_of_a_period_the_next_ones_call_is_asked_after_this_ones():
    ledger = two_quarters()
    asked = [(b.kind, b.about) for b in the_sheets(ledger, day=THE_21ST)["tom-reed"].blanks if "call" in b.about]
    assert asked == [
        *((kind, "Your call for Q4") for kind in (Kind.COMMIT, Kind.BEST)),
        (Kind.NEXT, "Your call for Q1"),
    ]
    ledger = a_session(folded(ledger, in_december(ledger, NEXT)), day=THE_21ST).lock()
    again = the_sheets(ledger, day=THE_21ST + timedelta(weeks=1))["tom-reed"]
    kinds = [blank.kind for blank in again.blanks if "call" in blank.about]
    assert kinds == [Kind.COMMIT, Kind.BEST, Kind.REASON, Kind.NEXT, Kind.NEXT_REASON]
    early = the_sheets(ledger, day=THE_21ST - timedelta(weeks=1))["tom-reed"]
    assert Kind.NEXT not in {blank.kind for blank in early.blanks}


def test_both_calls_in_writing_stand_when_the_review_starts_and_are_locked_with_it():
    ledger = two_quarters()
    answered = in_december(ledger, NEXT)
    assert said(answered) == {("call", "commit 420k"), ("call for the next period", "commit 300k")}
    after = folded(ledger, answered)
    assert Kind.NEXT not in {blank.kind for blank in the_sheets(after, day=THE_21ST)["tom-reed"].blanks}
    meeting = a_meeting(after, day=THE_21ST, present=("ada-hall", "wei-lin"))
    assert not awaits_next(meeting, "tom-reed")
    assert [standing_calls(meeting, following=f)["tom-reed"].commit for f in (False, True)] == [420_000, 300_000]
    locked = a_session(after, day=THE_21ST).lock()
    assert [(c.commit, c.period.month, c.in_writing) for c in locked.calls] == [(420_000, 10, True), (300_000, 1, True)]


def test_a_call_for_the_next_period_counts_for_it_where_the_review_is_held_in_it():
    after = folded(two_quarters(), in_december(two_quarters(), NEXT))
    meeting = a_meeting(after, day=date(2027, 1, 4))
    assert {person: call.commit for person, call in meeting.calls.items()} == {"tom-reed": 300_000}
    assert meeting.next_calls == {}


def test_an_odd_call_for_the_next_period_comes_back_under_its_own_name():
    ledger = two_quarters()
    answered = in_december(ledger, {(Kind.COMMIT, "tom-reed"): ("400k",), (Kind.NEXT, "tom-reed"): ("300k",)})
    ledger = a_session(folded(ledger, answered), day=THE_21ST).lock()
    week = THE_21ST + timedelta(weeks=1)
    answered = in_december(ledger, {(Kind.NEXT, "tom-reed"): ("42m",)}, day=week)
    (back,) = answered.back
    assert [(b.kind, b.about) for b in back.blanks] == [(Kind.NEXT_SURE, "Your call for Q1")]
    again = in_december(ledger, {(Kind.NEXT_SURE, "tom-reed"): ("42m",)}, day=week, sheet=back)
    assert why(again) == ["What changed since the last review? A few words."]
    (back,) = again.back
    assert [blank.kind for blank in back.blanks] == [Kind.NEXT_SURE, Kind.NEXT_REASON]
    both = {(Kind.NEXT_SURE, "tom-reed"): ("42m",), (Kind.NEXT_REASON, "tom-reed"): ("a framework deal",)}
    assert said(in_december(ledger, both, day=week, sheet=back)) == {
        ("call for the next period", "commit 42,000k: a framework deal")
    }


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (("follow up", "fri"), "that names nothing: with whom, about what?"),
        ((STEP,), "by when? A day like fri, 26 nov or +2w"),
        ((STEP, "2026-11-19"), "Thu 19 Nov has passed: which day?"),
        (("same, thu",), "that names nothing: with whom, about what?"),
        ((STEP, "soon"), "“soon” is no date: write it like 27 nov or 2026-11-27"),
        ((STEP, "fri", "Bob"), "“Bob” is not one known person: who owns it?"),
        ((STEP, "fri", "team"), "“team” is not one known person: who owns it?"),
        ((f"{STEP} thu 27 nov",), "“thu 27 nov” is Fri 27 Nov: which day?"),
        ((f"{STEP} thu", "2026-11-27"), "two days, Thu 26 Nov in the words and Fri 27 Nov beside them: which one?"),
    ],
)
def test_a_line_that_the_gate_refuses_goes_back_with_its_question(answer, sentence):
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): answer}))
    assert why(answered) == [sentence]
    assert answered.facts == ()
    (back,) = answered.back
    assert [blank.kind for blank in back.blanks] == [Kind.STEP]
    assert sentence in back.blanks[0].now
    again = take(ledger, fill(back, {(Kind.STEP, "d1"): (STEP, "fri")}))
    assert why(again) == []


def test_a_day_before_the_review_is_taken_with_a_word_of_caution():
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "2026-11-22")}))
    assert "lies before the review" in answered.taken[0].caution
    assert "d1" in parts(a_meeting(folded(ledger, answered)))[Part.WITHOUT]


def test_an_odd_call_comes_back_and_is_taken_when_it_is_written_once_more():
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.COMMIT, "tom-reed"): ("42m",)}))
    assert "is that right?" in why(answered)[0]
    (back,) = answered.back
    (blank,) = back.blanks
    assert blank.kind is Kind.SURE
    again = take(ledger, fill(back, {(Kind.SURE, "tom-reed"): ("42m",)}))
    assert said(again) == {("call", "commit 42,000k")}


def test_the_question_about_an_odd_call_stands_on_the_commit_alone():
    ledger = a_pipeline()
    answers = {(Kind.COMMIT, "tom-reed"): ("42m",), (Kind.BEST, "tom-reed"): ("43m",)}
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], answers))
    assert [("is that right?" in sentence) for sentence in why(answered)] == [True, False]
    (back,) = answered.back
    assert [(blank.kind, "is that right?" in blank.now) for blank in back.blanks] == [
        (Kind.SURE, True),
        (Kind.BEST, False),
    ]
    assert back.blanks[1].now == "it is taken together with the commit – you wrote “43m”"


def test_a_confirmed_date_that_is_not_the_deals_asks_for_the_close_date_too():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    answered = take(ledger, fill(sheet, {(Kind.CONFIRMED, "d2"): ("Ines confirmed 15 jan on thu",)}))
    (back,) = answered.back
    assert [blank.kind for blank in back.blanks] == [Kind.CONFIRMED, Kind.CLOSE]
    answers = {
        (Kind.CONFIRMED, "d2"): ("Ines confirmed 15 jan on thu",),
        (Kind.CLOSE, "d2"): ("legal", "2027-01-15"),
    }
    again = take(ledger, fill(back, answers))
    assert why(again) == []
    after = folded(ledger, again)
    assert after.deals["d2"].decisions[0].value == "2027-01-15"
    assert after.deals["d2"].confirmation.close_date == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        (("Ines 18 nov",), "Ines confirmed Fri 18 Dec on Wed 18 Nov"),
        (("Ines, wed",), "Ines confirmed Fri 18 Dec on Wed 18 Nov"),
        (("@Ines on Wed 18 Nov",), "Ines confirmed Fri 18 Dec on Wed 18 Nov"),
        (("Ines 18 dec",), "Ines confirmed Fri 18 Dec on Fri 20 Nov"),
        (("Ines 18 dec", "2026-11-18"), "Ines confirmed Fri 18 Dec on Wed 18 Nov"),
        (("Ines Brandt",), "Ines Brandt confirmed Fri 18 Dec on Fri 20 Nov"),
    ],
)
def test_a_day_behind_a_name_is_when_it_was_said_and_never_part_of_the_name(answer, meant):
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.CONFIRMED, "d2"): answer}))
    assert (why(answered), said(answered)) == ([], {("Initech", meant)})


@pytest.mark.parametrize(("owner", "name"), [("me", "Tom"), ("Myself.", "Tom"), ("WEI LIN ", "Wei")])
def test_an_owner_is_understood_as_people_write_it(owner, name):
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri", owner)}))
    assert why(answered) == []
    assert answered.taken[0].said.endswith(name)


def test_a_weekday_that_is_part_of_the_step_is_left_there():
    ledger = a_pipeline()
    answer = ("Be on call for @Dana every tuesday 27 nov",)
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): answer}))
    assert [one.said for one in answered.taken] == ["next step “Be on call for Dana every tuesday”, Fri 27 Nov, Tom"]


@pytest.mark.parametrize("answer", ["not yet", "Yes", "no", "n/a", "Ines has not", "they haven't", "20", "-"])
def test_what_names_nobody_is_no_confirmation(answer):
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.CONFIRMED, "d2"): (answer, "2026-11-18")}))
    assert answered.facts == ()
    assert "who" in why(answered)[0]


CLOSING = "closes 15 Jan 2027, was 18 Dec 2026, legal"


@pytest.mark.parametrize(
    "answer",
    [
        ("legal", "2027-01-15"),
        ("15 jan, legal",),
        ("Legal 15 jan",),
        ("legal, Fri 15 Jan 2027",),
        ("to 15 jan because of legal",),
    ],
)
def test_a_close_date_and_its_cause_may_stand_in_one_answer(answer):
    ledger = a_pipeline()
    first = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.CONFIRMED, "d2"): ("Ines confirmed 15 jan",)}))
    again = take(ledger, fill(first.back[0], {(Kind.CLOSE, "d2"): answer}))
    assert (why(again), said(again)) == ([], {("Initech", CLOSING)})


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (("DONE",), "done"),
        (("Ja",), "done"),
        (("done! ",), "done"),
        (("Nein",), "not done"),
        (("Moved to Thu 26 Nov",), "moved to Thu 26 Nov"),
    ],
)
def test_a_verdict_is_read_as_people_write_it(answer, verdict):
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.PROMISE, "p1"): answer}))
    assert why(answered) == []
    assert [one.said for one in answered.taken] == [verdict]


# What is refused, line by line


def test_two_sheets_that_were_swapped_are_told_apart_by_what_is_on_them():
    ledger = a_pipeline()
    sheets = the_sheets(ledger)
    tom = fill(sheets["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri")}, source="wei.csv")
    wei = fill(sheets["wei-lin"], {(Kind.STEP, "d3"): (STEP, "fri")}, source="tom.csv")
    answered = take(ledger, tom, wei)
    assert [one.person for one in answered.taken] == ["tom-reed", "wei-lin"]


def test_a_line_pasted_into_somebody_elses_sheet_is_refused_alone():
    ledger = a_pipeline()
    sheets = the_sheets(ledger)
    tom = fill(sheets["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri")})
    lines = tuple(replace(line, sheet=sheets["wei-lin"].code) for line in tom.lines)
    answered = take(ledger, replace(tom, lines=lines))
    assert why(answered) == ["Northwind is not Wei’s: Tom has it"]
    assert answered.back == ()


def test_a_deal_that_changed_since_goes_back_with_the_new_value():
    ledger = a_pipeline()
    tom = fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri"), (Kind.PAPER, "d2"): ("legal", "tue")})
    newer = an_export(
        a_deal("d1", account="Northwind", close=date(2027, 1, 15)),
        a_deal("d2", account="Initech", category="commit", amount=200_000),
        day=MONDAY,
    )
    after = take_in(ledger, newer, some_settings())
    answered = take(after, tom)
    assert why(answered) == [f"changed since the sheet was made: now closes Fri 15 Jan. Is “{STEP} · fri” still right?"]
    assert [one.about for one in answered.taken] == ["Initech"]
    again = take(after, fill(answered.back[0], {(Kind.STEP, "d1"): (STEP, "fri")}))
    assert why(again) == []


def test_a_deal_that_is_gone_is_refused():
    ledger = a_pipeline()
    tom = fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri")})
    after = take_in(ledger, an_export(a_deal("d3", account="Halm", owner="Wei Lin"), day=MONDAY), some_settings())
    assert why(take(after, tom)) == ["Northwind is not in the last export any more."]


def test_the_same_sheet_twice_changes_nothing_and_another_word_is_refused():
    ledger = a_pipeline()
    sheet = the_sheets(ledger)["tom-reed"]
    answers = {(Kind.STEP, "d1"): (STEP, "fri"), (Kind.PROMISE, "p1"): ("Yes",), (Kind.COMMIT, "tom-reed"): ("420k",)}
    after = folded(ledger, take(ledger, fill(sheet, answers)))
    twice = take(after, fill(sheet, answers))
    assert (twice.facts, twice.same, why(twice)) == ((), 3, [])
    other = take(after, fill(sheet, {(Kind.STEP, "d1"): ("Send @Dana the contract", "fri")}))
    assert why(other) == [f"answered already: “{STEP} · fri”. Change it in the review"]
    both = take(ledger, fill(sheet, answers), fill(sheet, answers, source="copy.csv"))
    assert (len(both.taken), both.same, why(both)) == (3, 3, [])


def test_a_sheet_of_last_week_is_refused_as_a_whole():
    ledger = a_pipeline()
    tom = fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri"), (Kind.STEP, "d2"): (STEP, "fri")})
    after = next_week(ledger, number=0).lock()
    answered = take(after, tom)
    (refused,) = answered.refused
    assert refused.where == "2 lines"
    assert refused.sentence.startswith("this is an older sheet: the review of Mon 23 Nov is locked")


def test_a_sheet_of_another_workspace_or_of_nobody_is_refused():
    ledger = a_pipeline()
    tom = fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri")})
    (refused,) = why(take(ledger, tom, space="w2"))
    assert refused.startswith("this sheet belongs to another workspace: read it in there")
    fewer = some_settings(people=tuple(person for person in TEAM if person.id != "tom-reed"))
    (refused,) = why(take(ledger, tom, settings=fewer))
    assert refused.startswith("this sheet is nobody’s of the team: add whose it is in the settings")


def test_answers_that_are_taken_back_leave_no_trace():
    ledger = a_pipeline()
    answered = take(ledger, fill(the_sheets(ledger)["tom-reed"], {(Kind.STEP, "d1"): (STEP, "fri")}))
    batches = (
        Batch(id="a", at=NINE, events=answered.facts, decision=True),
        Batch(id="u", at=NINE, events=(Undone(batch="a", what=answered.what),)),
    )
    assert desk(ledger, (), *batches) == ledger


# For any set of answers

WORDS = st.sampled_from(
    [
        "",
        "follow up",
        "call",
        STEP,
        "Send @Dana the offer thu",
        "Meet @Ann next mon wl !",
        "=1+1",
        "tbd",
        "法務と会う",
        "done",
    ]
)
DAYS = st.sampled_from(["", "fri", "2026-11-26", "2026-11-10", "2026-11-22", "31 feb", "soon", "+2w"])
OWNERS = st.sampled_from(["", "Tom Reed", "wl", "team", "Bob"])
EXITS = st.sampled_from([None, Exit.PARKED])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(WORDS, DAYS, OWNERS), min_size=5, max_size=5),
    st.lists(st.sampled_from(["", "Call @Ann on the offer", "call"]), min_size=5, max_size=5),
)
def test_for_any_answers_the_four_parts_are_disjoint_add_up_and_none_goes_around_the_gate(answers, in_crm):
    deals = [
        a_deal(f"d{n}", next_step=text, next_step_date=MONDAY + timedelta(days=n - 2) if text else None)
        for n, text in enumerate(in_crm)
    ]
    ledger = with_promises(a_ledger(*deals), a_promise("p1", due=FRIDAY))
    sheet = the_sheets(ledger)["tom-reed"]
    answered = take(ledger, fill(sheet, {(Kind.STEP, f"d{n}"): said for n, said in enumerate(answers)}))
    after = folded(ledger, answered, datetime.combine(FRIDAY, NINE.timetz()))
    meeting = a_meeting(after)
    found = parts(meeting)
    every = [deal for part in found.values() for deal in part]
    assert sorted(every) == sorted(active_deals(after, meeting.settings, MONDAY))
    assert len(every) == len(set(every))
    for ident in found[Part.WRITING]:
        record = after.deals[ident]
        step = step_of(record, after.commitments)
        assert step is not None
        owner = meeting.person(step.owner)
        assert in_writing(record, after)
        assert check(step.text, step.due, owner, today=MONDAY, people=meeting.settings.people) == ()


@pytest.mark.parametrize(
    ("account", "name", "said"),
    [
        ("Hooli", "Hooli - Renewal", "Hooli - Renewal · "),
        ("Hooli", "Renewal", "Hooli: Renewal · "),
        ("Hooli", "Hooli", "Hooli · "),
        ("", "Renewal", "Renewal · "),
    ],
)
def test_a_sheet_names_an_account_once(account, name, said):
    ledger = a_ledger(replace(a_deal("d1"), account=account, name=name))
    assert the_sheets(ledger)["tom-reed"].blanks[-1].about.startswith(said)
