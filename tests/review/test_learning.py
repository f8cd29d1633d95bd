"""A changed threshold gets a week in which the rules that rest on it only say what they would do."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.card import card_of
from review.deals import Category
from review.evidence import Confirmation, Paper
from review.fold import add
from review.hanging import Loose, hanging
from review.intents import OpenDeal
from review.learning import Rule, learning
from review.pinned import Pinned
from review.recap import recap_of
from review.settings import Thresholds
from tests.builders import MONDAY, a_deal, a_ledger, a_session, monday, next_week, some_settings
from tests.review.pieces import a_ledger as a_plain_ledger
from tests.review.pieces import a_row, the_settings

TWO_HELD = (a_row(1, monday(-2)), a_row(2, monday(-1)))


def rules(before, now, *, learned_on=None, locks=TWO_HELD, day=MONDAY, **more):
    ledger = replace(
        a_plain_ledger(locks=locks), pinned=Pinned(thresholds=Thresholds(**before), learned_on=learned_on, **more)
    )
    return learning(ledger, the_settings(**now), day)


@pytest.mark.parametrize(
    ("before", "now", "learns"),
    [
        ({}, {}, set()),
        ({"slip_tolerance": 3}, {"slip_tolerance": 1}, {Rule.SLIPS}),
        ({"slip_reset": 1}, {"slip_reset": 4}, {Rule.SLIPS}),
        ({"paper_days": 14}, {"paper_days": 7}, {Rule.EVIDENCE}),
        ({"confirmed_days": 30}, {"confirmed_days": 21}, {Rule.EVIDENCE}),
        ({"enforce_from": 4}, {"enforce_from": 2}, {Rule.SLIPS, Rule.EVIDENCE}),
        ({"slip_tolerance": 3, "paper_days": 14}, {"slip_tolerance": 5, "paper_days": 20}, {Rule.SLIPS, Rule.EVIDENCE}),
        ({"stale_days": 14}, {"stale_days": 7}, set()),
    ],
)
def test_only_the_rules_that_rest_on_a_changed_threshold_wait(before, now, learns):
    assert rules(before, now).rules == learns


def test_a_limit_for_paper_that_is_set_is_a_changed_threshold():
    ledger = replace(a_plain_ledger(locks=TWO_HELD), pinned=Pinned(thresholds=Thresholds()))
    found = learning(ledger, replace(the_settings(), paper_below=Decimal(5_000)), MONDAY)
    assert found.rules == {Rule.EVIDENCE}
    assert found.words == (
        "amount under which no paper is needed off → 5k: commit evidence only says today what it would do, "
        "and acts from next week",
    )


def test_nothing_waits_before_rules_act_or_where_no_review_was_held():
    assert rules({"paper_days": 14}, {"paper_days": 7}, locks=()).rules == frozenset()
    assert learning(a_plain_ledger(), the_settings(paper_days=7), MONDAY).rules == frozenset()


@pytest.mark.parametrize(
    ("learned_on", "learns"),
    [(date(2026, 10, 5), False), (date(2026, 9, 28), True), (None, True)],
    ids=["this quarter", "the quarter before", "never"],
)
def test_the_week_is_given_once_a_quarter(learned_on, learns):
    found = rules({"slip_tolerance": 3}, {"slip_tolerance": 2}, learned_on=learned_on)
    assert bool(found.rules) is learns
    (said,) = found.words
    assert ("acts by it at once; a week was given on 5 Oct, once a quarter" in said) is not learns


PUSHES = (date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18), date(2026, 12, 18))


def in_commit(week, close=None):
    return a_deal("d1", category="commit", close=close or PUSHES[week])


def with_evidence(ledger, day, close):
    """The deal's evidence holds, so that only two slips speak."""
    record = replace(
        ledger.deals["d1"],
        confirmation=Confirmation(who="Dana", said_on=day, close_date=close),
        paper=Paper(stage="legal", moved_on=day),
    )
    return replace(ledger, current={**ledger.deals, "d1": record})


def held(week, ledger, settings):
    session = next_week(ledger, in_commit(week), number=week, settings=settings) if week else None
    session = session or a_session(ledger, settings=settings)
    return evident(session, week)


def evident(session, week):
    minutes = session.minutes
    meeting = minutes.meeting
    record = with_evidence(meeting.ledger, meeting.day, meeting.effective("d1").close_date).deals["d1"]
    from review.events import Batch, EvidenceGiven

    given = EvidenceGiven(deal="d1", confirmation=record.confirmation, paper=record.paper)
    session.minutes = add(minutes, Batch(id=f"evidence-{week}", at=session.clock.now(), events=(given,)))
    return session


def test_the_second_slip_waits_a_week_where_its_tolerance_was_changed_and_acts_at_the_next_lock():
    usual, changed = some_settings(), some_settings(thresholds={"slip_tolerance": 2})
    ledger = held(0, a_ledger(in_commit(0)), usual).lock()
    ledger = held(1, ledger, usual).lock()
    session = held(2, ledger, changed)
    session.must(OpenDeal(deal="d1"))
    (learns,) = [one for one in hanging(session.meeting) if one.kind is Loose.LEARNING]
    assert learns.cases[0].name == "working days that a date may slip 3 → 2"
    assert not [one for one in hanging(session.meeting) if one.kind is Loose.LEAVES]
    ledger = session.lock()
    assert ledger.deals["d1"].decisions == (), "it said what it would do, and did nothing"
    assert ledger.pinned.learned_on == monday(2)
    recap = recap_of(session.meeting, ledger.locks[-1], draft=False)
    assert recap.learning[0].startswith("working days that a date may slip 3 → 2: two slips only says today")
    assert any("its threshold was changed; from next week this moves it" in line for line in recap.slips)
    ledger = held(3, ledger, changed).lock()
    assert [decision.value for decision in ledger.deals["d1"].decisions] == [Category.BEST_CASE.value]


def test_a_changed_tolerance_does_not_keep_a_deal_in_commit_that_lacks_its_evidence():
    usual, changed = some_settings(), some_settings(thresholds={"slip_tolerance": 2})
    ledger = a_session(a_ledger(in_commit(0)), settings=usual).lock()
    session = next_week(ledger, in_commit(0), settings=changed)
    ledger = session.lock()
    assert ledger.deals["d1"].decisions, "commit evidence rests on other thresholds"


def test_changed_paper_days_list_the_deal_as_due_to_leave():
    changed = some_settings(thresholds={"paper_days": 20})
    ledger = a_session(a_ledger(in_commit(0)), settings=some_settings()).lock()
    session = next_week(ledger, in_commit(0), settings=changed)
    ledger = session.lock()
    assert ledger.deals["d1"].decisions == ()
    (said,) = session.locked.due_to_leave
    assert said.endswith("its threshold was changed; the rule acts from next week")
    session = next_week(ledger, in_commit(0), number=2, settings=changed)
    assert session.lock().deals["d1"].decisions


def test_the_card_s_evidence_says_its_week_where_the_threshold_was_changed_and_not_where_it_will_end():
    usual, changed = some_settings(), some_settings(thresholds={"paper_days": 20})
    ledger = a_session(a_ledger(in_commit(0)), settings=usual).lock()
    for settings, waits in ((changed, True), (usual, False)):
        meeting = next_week(ledger, in_commit(0), settings=settings).meeting
        found = [s for s in card_of(meeting, "d1").signals if s.id.endswith("evidence")]
        assert [s.word for s in found] == ["no confirmed date", "no paper"]
        said = " – its threshold was changed; the rule acts from next week"
        assert all(s.evidence.endswith(said) is waits for s in found)


@given(
    st.dictionaries(st.sampled_from(["slip_tolerance", "slip_reset", "paper_days", "stale_days"]), st.integers(1, 5)),
    st.dictionaries(st.sampled_from(["slip_tolerance", "slip_reset", "paper_days", "stale_days"]), st.integers(1, 5)),
    st.one_of(st.none(), st.integers(0, 200).map(lambda days: MONDAY - timedelta(days=days))),
)
def test_a_rule_waits_only_for_a_threshold_of_its_own_and_never_twice_in_a_quarter(before, now, learned_on):
    found = rules(before, now, learned_on=learned_on)
    old, new = Thresholds(**before), Thresholds(**now)
    slips = (old.slip_tolerance, old.slip_reset) != (new.slip_tolerance, new.slip_reset)
    again = learned_on is not None and learned_on >= date(2026, 10, 1)
    assert (Rule.SLIPS in found.rules) == (slips and not again)
    assert (Rule.EVIDENCE in found.rules) == (old.paper_days != new.paper_days and not again)
    assert bool(found.words) == (slips or old.paper_days != new.paper_days)
