from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from review import accuracy as module
from review import coaching
from review.audience import Audience, audience_of
from review.coaching import (
    ADVICE,
    NOTHING_WRONG,
    advice_of,
    calibration,
    next_questions,
    prompt_for,
    proposed_focus,
    said_call,
)
from review.coaching_sheet import percent, sheet_of
from review.figures import known, lacking
from review.periods import period_of
from review.ports import Standing
from review.private_notes import (
    EntryKind,
    PrivateBatch,
    Settle,
    Settled,
    Write,
    Written,
    about,
    decide,
    fold,
)
from review.records import Call
from review.results import Refusal
from review.signals import Signal
from tests.builders import MONDAY
from tests.screens.office import SETTINGS, TEAM, TODAY, second_week

MARCUS = next(person for person in TEAM if person.id == "marcus")


def a_signal(ident, evidence="4 Dec → 18 Dec", **values):
    return Signal(id=ident, word=ident, evidence=evidence, **values)


@pytest.mark.parametrize("ident", [ident for ident in ADVICE if ident != "evidence"])
def test_a_prompt_asks_before_it_tells_and_rests_on_evidence(ident):
    prompt = prompt_for((a_signal(ident),))
    assert prompt.ask.endswith("?")
    assert prompt.one_thing.endswith(".")
    assert prompt.why == "4 Dec → 18 Dec"


@pytest.mark.parametrize("advice", ADVICE.values(), ids=ADVICE)
def test_it_is_about_what_was_done_and_one_thing_at_a_time(advice):
    said = f"{advice.ask} {advice.one_thing} {advice.focus}".lower()
    assert not [
        word for word in ("you are", "you always", "you never", "why did you", "lazy", "careless") if word in said
    ]
    assert advice.one_thing.count(".") == 1
    assert advice.focus[0].islower()


def test_what_weighs_most_is_asked_and_nothing_else():
    first = a_signal("paper evidence", "legal last moved 2 Nov")
    assert prompt_for((first, a_signal("stale"), a_signal("pushed"))).why == "legal last moved 2 Nov"
    assert advice_of(first) is ADVICE["evidence"]


def test_where_nothing_is_wrong_what_was_good_is_said():
    assert prompt_for(()) is NOTHING_WRONG
    assert prompt_for((a_signal("something new"),)) is NOTHING_WRONG


def test_what_was_called_early_is_praised_before_anything_is_asked():
    prompt = prompt_for((a_signal("stale"),), early="legal needs until January")
    assert "early" in prompt.one_thing
    assert prompt.why == "legal needs until January"


def test_the_focus_is_what_shows_in_most_deals_and_one_deal_is_no_habit():
    ledger = second_week().stands.ledger
    found = proposed_focus(ledger, SETTINGS, TODAY, "marcus")
    assert found is not None
    assert len(found.deals) >= 2
    assert found.why.endswith(f"{len(found.deals)} of {sum(r.rep == 'marcus' for r in ledger.deals.values())} deals")
    assert {ledger.deals[deal].rep for deal in found.deals} == {"marcus"}
    assert proposed_focus(ledger, SETTINGS, TODAY, "nobody") is None


def test_the_next_questions_are_three_at_most_each_with_its_deal_and_evidence():
    ledger = second_week().stands.ledger
    found = next_questions(ledger, SETTINGS, TODAY, "marcus")
    assert 0 < len(found) <= 3
    assert all(ledger.deals[one.deal].rep == "marcus" and one.ask.endswith("?") and one.why for one in found)


def a_call(commit, **values):
    return Call(person="marcus", period=date(2026, 10, 1), commit=Decimal(commit), day=TODAY, **values)


@pytest.fixture
def scored(monkeypatch):
    """Quarters of the rep with given ratios; None is not scored."""

    def put(*ratios):
        period = period_of(TODAY, SETTINGS)
        rows = tuple(
            module.Scored(
                period=period,
                forecast=Decimal(100) if ratio else None,
                won=Decimal(100) * Decimal(ratio) if ratio else None,
                ratio=known(Decimal(ratio)) if ratio else lacking("not there"),
            )
            for ratio in ratios
        )
        counted = [row for row in rows if row.won is not None and row.forecast is not None]
        won, forecast = sum(row.won or 0 for row in counted), sum(row.forecast or 0 for row in counted)
        bias = known(Decimal(won) / Decimal(forecast)) if counted else lacking("none")
        found = module.Accuracy(person="marcus", periods=rows, bias=bias, pattern=None)
        monkeypatch.setattr(coaching, "accuracy", lambda *_: found)

    return put


def test_a_commit_is_set_beside_the_reps_own_quarters_only_after_the_rep_has_spoken(scored):
    scored("0.8", None, "1.1", "0.8")
    ledger = second_week().stands.ledger
    assert calibration(ledger, SETTINGS, TODAY, MARCUS, None) is None
    assert calibration(ledger, SETTINGS, TODAY, MARCUS, a_call(420, carried=True)) is None
    found = calibration(ledger, SETTINGS, TODAY, MARCUS, a_call(420))
    assert found is not None
    # 420 × 0.8, 420 × (80 + 110 + 80) / 300, 420 × 1.1
    assert (found.low, found.middle, found.high) == (Decimal("336"), Decimal("378"), Decimal("462"))
    assert found.accuracy.scored == 3


def test_on_the_day_of_the_next_review_the_last_number_waits_until_the_rep_has_said_the_new_one():
    last = replace(a_call(420), day=TODAY - timedelta(days=7))
    ledger = replace(second_week().stands.ledger, calls=(last,))
    assert said_call(ledger, SETTINGS, TODAY - timedelta(days=1), "marcus", None) == last
    assert said_call(ledger, SETTINGS, TODAY, "marcus", None) is None
    today = replace(last, day=TODAY)
    assert said_call(replace(ledger, calls=(last, today)), SETTINGS, TODAY, "marcus", None) == today


def test_without_a_scored_quarter_a_commit_stands_alone(scored):
    scored(None, None)
    found = calibration(second_week().stands.ledger, SETTINGS, TODAY, MARCUS, a_call(420))
    assert found is not None
    assert (found.low, found.middle, found.high) == (None, None, None)


@pytest.mark.parametrize(("ratio", "said"), [("0.8", "80 %"), ("1.005", "101 %"), ("0.004", "0 %")])
def test_a_ratio_is_said_in_whole_percent(ratio, said):
    assert percent(Decimal(ratio)) == said


@pytest.mark.parametrize("kind", ["Prompt", "Focus", "DealQuestion", "Calibration", "Entry", "Private"])
def test_what_coaches_a_rep_is_the_managers_alone(kind):
    assert audience_of(f"{kind}.any") is Audience.MANAGER


# Notes


def batches(*events):
    start = datetime(2026, 11, 23, 10, tzinfo=UTC)
    return [PrivateBatch(id=f"b{at}", at=start + timedelta(minutes=at), event=event) for at, event in enumerate(events)]


def written(kind, text, person="marcus"):
    return Written(kind=kind, person=person, text=text, day=MONDAY)


def test_one_focus_stands_for_each_rep_and_the_earlier_one_is_kept_as_replaced():
    entries = fold(
        batches(
            written(EntryKind.FOCUS, "dates"),
            written(EntryKind.FOCUS, "buyers"),
            written(EntryKind.FOCUS, "papers", "wei"),
        )
    )
    mine = about(entries, "marcus")
    assert mine.focus is not None
    assert mine.focus.text == "buyers"
    assert [entry.settled for entry in entries] == ["replaced", "", ""]
    theirs = about(entries, "wei").focus
    assert theirs is not None
    assert theirs.text == "papers"


def test_notes_stand_newest_first_and_questions_as_they_came():
    entries = fold(
        batches(
            *(written(kind, f"{kind.value} {at}") for kind in (EntryKind.NOTE, EntryKind.QUESTION) for at in (1, 2))
        )
    )
    mine = about(entries, "marcus")
    assert [entry.text for entry in mine.notes] == ["note 2", "note 1"]
    assert [entry.text for entry in mine.questions] == ["question 1", "question 2"]


def test_what_was_settled_stands_no_more_and_is_not_settled_twice():
    entries = fold(batches(written(EntryKind.QUESTION, "how was it?"), Settled(entry="b0", day=MONDAY, how="asked")))
    assert about(entries, "marcus").standing == ()
    assert isinstance(decide(entries, Settle(entry="b0"), MONDAY), Refusal)
    assert isinstance(decide(entries, Settle(entry="nothing"), MONDAY), Refusal)


def test_an_empty_note_and_a_note_on_nobody_are_refused_and_controls_do_not_stay():
    write = Write(kind=EntryKind.NOTE, person="marcus", text="  \x1b[2J  ")
    found = decide((), write, MONDAY)
    assert isinstance(found, Written)
    assert "\x1b" not in found.text
    assert isinstance(decide((), Write(kind=EntryKind.NOTE, person="marcus", text=" \n "), MONDAY), Refusal)
    assert isinstance(decide((), Write(kind=EntryKind.NOTE, person="", text="good"), MONDAY), Refusal)


# The sheet


def test_the_sheet_has_everything_about_one_rep_and_nothing_about_another():
    ledger = second_week().stands.ledger
    entries = fold(
        batches(
            written(EntryKind.WORDS, "I ask who signs"),
            written(EntryKind.NOTE, "asked for the date"),
            written(EntryKind.NOTE, "somebody else’s", "wei"),
        )
    )
    page = sheet_of(Standing(ledger=ledger, settings=SETTINGS), TODAY, "marcus", entries)
    said = repr(page)
    assert page.title == "PRIVATE – one-to-one with Marcus Bell, Mon 23 Nov 2026"
    assert [block.title for block in page.blocks][:3] == ["One focus", "In their words", "Open promises"]
    assert "I ask who signs" in said
    assert "asked for the date" in said
    assert "somebody else" not in said
