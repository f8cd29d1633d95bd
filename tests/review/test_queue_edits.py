from hypothesis import given
from hypothesis import strategies as st

from review.deals import Category
from review.queue import Plan, Slot
from review.queue_edits import Edit, addable, edited, found_by, slot_for
from tests.review.pieces import MONDAY, a_ledger, a_record, the_settings

SETTINGS = the_settings(2)
LEDGER = a_ledger(
    a_record("ab", rep="tom"),
    a_record("abc", rep="tom"),
    a_record("d", rep="wei", category=Category.COMMIT),
    a_record("e", rep="wei"),
)
HERE = ("tom", "wei")


def a_plan(*deals):
    return Plan(slots=tuple(Slot(deal=d, rep=LEDGER.deals[d].rep, number=1, kind="by turn", reason="") for d in deals))


def queued(plan):
    return [slot.deal for slot in plan.slots]


def test_steps_are_done_in_their_order():
    edits = (
        Edit(kind="add", deal="e"),
        Edit(kind="move", deal="e", by=-2),
        Edit(kind="remove", deal="ab"),
    )
    assert queued(edited(a_plan("ab", "abc", "d"), edits, LEDGER, SETTINGS, HERE)) == ["e", "abc", "d"]


def test_a_deal_of_somebody_who_left_the_room_is_not_put_in_again():
    edits = (Edit(kind="add", deal="e"),)
    assert queued(edited(a_plan("ab"), edits, LEDGER, SETTINGS, ("tom",))) == ["ab"]


def test_a_deal_that_has_gone_is_passed_over():
    edits = (Edit(kind="add", deal="zz"), Edit(kind="remove", deal="yy"), Edit(kind="move", deal="xx", by=1))
    assert queued(edited(a_plan("ab", "d"), edits, LEDGER, SETTINGS, HERE)) == ["ab", "d"]


def test_a_deal_put_in_takes_the_pace_of_its_kind():
    assert slot_for("d", LEDGER, SETTINGS).seconds == SETTINGS.thresholds.pace_commit
    assert slot_for("e", LEDGER, SETTINGS).seconds == SETTINGS.thresholds.pace_other


def test_only_active_deals_of_those_here_that_are_not_queued_may_be_put_in():
    assert addable(a_plan("ab"), LEDGER, SETTINGS, MONDAY, ("tom",)) == ("abc",)
    assert addable(a_plan("ab"), LEDGER, SETTINGS, MONDAY, HERE) == ("abc", "d", "e")


def test_a_name_that_matches_in_full_stands_alone():
    every = tuple(LEDGER.deals)
    assert found_by("AB", every, LEDGER) == ("ab",)
    assert found_by("a", every, LEDGER) == ("ab", "abc")
    assert found_by("  ", every, LEDGER) == ()
    assert found_by("nobody", every, LEDGER) == ()


@given(
    st.lists(
        st.builds(
            Edit,
            kind=st.sampled_from(["add", "remove", "move"]),
            deal=st.sampled_from([*LEDGER.deals, "gone"]),
            by=st.integers(-5, 5),
        ),
        max_size=12,
    )
)
def test_no_steps_whatever_put_a_deal_in_twice(edits):
    found = queued(edited(a_plan("ab", "d"), edits, LEDGER, SETTINGS, HERE))
    assert len(found) == len(set(found))
    assert set(found) <= set(LEDGER.deals)
