from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from msgspec.structs import replace

from review.call_facts import fold_call
from review.commitments import Origin
from review.deals import Category
from review.desk_call import (
    ChooseDeal,
    PlanCommitment,
    Recorded,
    SetFactor,
    StateTeamCall,
    VerifyDeal,
    WritePlan,
    decide_call,
    waiting_picks,
)
from review.forecast import is_verified, verification
from review.likely import likely_pull_ins
from review.methods import compare
from review.pipeline import pipeline_of
from review.results import Refusal
from review.rollup import roll_up
from tests.screens.office import SETTINGS, TODAY, second_week

T = TypeVar("T")


def there(value: T | None) -> T:
    assert value is not None
    return value


@pytest.fixture(scope="module")
def ledger():
    return second_week().stands.ledger


def do(ledger, intent, *, day=TODAY, settings=SETTINGS):
    answer = decide_call(ledger, settings, day, intent)
    assert isinstance(answer, Recorded), answer
    return fold_call(ledger, answer.fact)


def refused(ledger, intent, *, settings=SETTINGS):
    answer = decide_call(ledger, settings, TODAY, intent)
    assert isinstance(answer, Refusal)
    return answer


def of(ledger, category):
    return [item.deal for item in pipeline_of(ledger, SETTINGS, TODAY).open if item.category is category]


def test_a_verified_deal_stays_verified_until_its_amount_changes(ledger):
    deal = of(ledger, Category.COMMIT)[0]
    after = do(ledger, VerifyDeal(deal))
    assert verification(after, SETTINGS, TODAY).verified == (deal,)
    record = after.deals[deal]
    dearer = replace(record, crm=replace(record.crm, amount=record.crm.amount + 1))
    assert is_verified(record)
    assert not is_verified(dearer)


def test_verifying_twice_takes_the_word_back(ledger):
    deal = of(ledger, Category.COMMIT)[0]
    after = do(do(ledger, VerifyDeal(deal)), VerifyDeal(deal))
    assert after.deals[deal].verified is None


def test_only_commit_deals_of_the_period_are_verified(ledger):
    assert "Only commit deals" in refused(ledger, VerifyDeal(of(ledger, Category.BEST_CASE)[0])).sentence
    assert "Only commit deals" in refused(ledger, VerifyDeal("nothing")).sentence


def test_three_slips_are_the_most_and_one_makes_room_for_another(ledger):
    deals = [*of(ledger, Category.COMMIT), *of(ledger, Category.BEST_CASE)][:4]
    after = ledger
    for deal in deals[:3]:
        after = do(after, ChooseDeal(deal))
    assert "Three likely slips are chosen" in refused(after, ChooseDeal(deals[3])).sentence
    after = do(do(after, ChooseDeal(deals[0])), ChooseDeal(deals[3]))
    assert [pick.deal for pick in there(waiting_picks(after, SETTINGS, TODAY)).slips] == deals[1:4]


def test_a_deal_beyond_the_period_is_chosen_as_a_pull_in_and_taking_the_last_off_leaves_nothing(ledger):
    deal = likely_pull_ins(ledger, SETTINGS, TODAY)[0].item.deal
    after = do(ledger, ChooseDeal(deal))
    picks = there(waiting_picks(after, SETTINGS, TODAY))
    assert ([pick.deal for pick in picks.pull_ins], picks.slips, picks.hits) == ([deal], (), None)
    assert do(after, ChooseDeal(deal)).picks == ()


def test_what_was_chosen_keeps_its_day_and_close_date_when_more_is_chosen(ledger):
    first, second = of(ledger, Category.COMMIT)[:2]
    after = do(ledger, ChooseDeal(first), day=date(2026, 11, 18))
    picks = there(waiting_picks(do(after, ChooseDeal(second)), SETTINGS, TODAY))
    assert picks.day == date(2026, 11, 18)
    assert [pick.deal for pick in picks.slips] == [first, second]


def test_a_choice_that_was_scored_stays_beside_the_next_one(ledger):
    deal = of(ledger, Category.COMMIT)[0]
    before = do(ledger, ChooseDeal(deal))
    before = replace(before, picks=(replace(before.picks[0], hits=(1, 0)),))
    assert [picks.hits for picks in do(before, ChooseDeal(deal)).picks] == [(1, 0), None]


def test_a_pipeline_deal_is_no_likely_slip(ledger):
    refusal = refused(ledger, ChooseDeal(of(ledger, Category.PIPELINE)[0]))
    assert "commit or best-case deal" in refusal.sentence


def test_the_own_call_stands_beside_the_roll_up_and_never_over_it(ledger):
    before = compare(ledger, SETTINGS, TODAY).roll_up
    after = do(ledger, StateTeamCall("1.1m"))
    stated = compare(after, SETTINGS, TODAY).roll_up
    assert there(stated.own).commit == Decimal(1_100_000)
    assert stated.figure == before.figure
    assert stated.calls == before.calls


def test_another_own_call_on_the_same_day_takes_the_place_of_the_first(ledger):
    after = do(do(ledger, StateTeamCall("1.1m")), StateTeamCall("1.2m"))
    period = pipeline_of(after, SETTINGS, TODAY).period
    assert [call.commit for call in after.calls if call.team] == [Decimal(1_200_000)]
    assert there(roll_up(after.calls, SETTINGS, period, TODAY).own).commit == Decimal(1_200_000)


def test_plus_is_on_top_of_what_is_won(ledger):
    won = pipeline_of(ledger, SETTINGS, TODAY).won_amount
    after = do(ledger, StateTeamCall("+400"))
    assert next(call.commit for call in after.calls if call.team) == won + 400_000


def test_a_call_ten_times_as_large_is_asked_about_and_taken_when_confirmed(ledger):
    refusal = refused(ledger, StateTeamCall("90m"))
    assert refusal.confirm
    assert "$90,000,000" in refusal.sentence
    assert do(ledger, StateTeamCall("90m", confirmed=True)).calls[-1].commit == 90_000_000


def test_a_call_that_is_no_number_is_refused(ledger):
    assert "420k" in refused(ledger, StateTeamCall("a lot")).sentence


def test_nobody_states_a_call_where_no_manager_is_named(ledger):
    people = tuple(person for person in SETTINGS.people if not person.manager)
    assert "settings" in refused(ledger, StateTeamCall("1m"), settings=replace(SETTINGS, people=people)).sentence


@pytest.mark.parametrize(("typed", "factor"), [("0.9", "0.9"), ("1,1", "1.1"), ("2", "2")])
def test_a_factor_is_kept(ledger, typed, factor):
    assert do(ledger, SetFactor(typed)).factor == Decimal(factor)


@pytest.mark.parametrize("typed", ["", "0", "-1", "11", "nan", "inf", "one"])
def test_a_factor_out_of_reason_is_refused(ledger, typed):
    assert "1.0 or 0.9" in refused(ledger, SetFactor(typed)).sentence


def test_the_plan_is_kept_for_its_period_and_nothing_crosses_it_out(ledger):
    after = do(ledger, WritePlan("  Two   meetings a week  "))
    assert (after.plan.text, after.plan.period) == ("Two meetings a week", date(2026, 10, 1))
    assert do(after, WritePlan(" ")).plan is None
    assert "300" in refused(ledger, WritePlan("x" * 301)).sentence


def test_the_plan_makes_commitments_through_the_gate_of_every_other(ledger):
    first = decide_call(ledger, SETTINGS, TODAY, PlanCommitment("Two first meetings at Initech fri"))
    assert isinstance(first, Recorded)
    after = fold_call(ledger, first.fact)
    (made,) = [c for c in after.commitments.values() if c.origin is Origin.PLAN]
    assert (made.text, made.review, made.made) == ("Two first meetings at Initech", "", TODAY)
    assert made.owner == there(SETTINGS.manager).id
    assert made.in_rate
    assert made.aloud
    second = decide_call(after, SETTINGS, TODAY, PlanCommitment("Ask @Dana for the order form fri"))
    assert isinstance(second, Recorded)
    assert len(fold_call(after, second.fact).commitments) == len(ledger.commitments) + 2
    refused = decide_call(ledger, SETTINGS, TODAY, PlanCommitment("follow up"))
    assert isinstance(refused, Refusal)
    assert refused.field == "step"
