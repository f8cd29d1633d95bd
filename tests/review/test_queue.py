"""What fits into the queue, and what the manager does to it by hand."""

from hypothesis import given
from hypothesis import strategies as st

from review.queue import Plan, Slot, added, fitted, moved, removed, say_fit


def slot(deal, number=1, seconds=80):
    return Slot(deal=deal, rep="tom", number=number, kind="by turn", reason="never inspected", seconds=seconds)


def deals(slots):
    return "".join(one.deal for one in slots)


def test_the_last_third_deal_goes_first_then_the_last_second_then_the_last_first():
    queue = (slot("a", 1), slot("b", 2), slot("c", 1), slot("d", 2), slot("e", 3), slot("f", 3))
    fits = [(480, "abcdef", ""), (400, "abcde", "f"), (320, "abcd", "ef"), (240, "abc", "def")]
    for room, kept, gone in [*fits, (160, "ac", "bdef"), (159, "a", "cbdef")]:
        assert [deals(part) for part in fitted(queue, room)] == [kept, gone]


def test_what_does_not_fit_is_said_in_words():
    firsts = tuple(slot(str(n), 1) for n in range(8))
    assert say_fit(*fitted(firsts, 3 * 80)) == "eight first deals, room for three"
    mixed = (slot("a", 1), slot("b", 2), slot("c", 3))
    assert say_fit(*fitted(mixed, 160)) == "one third deal, room for none"
    assert say_fit(*fitted(mixed, 900)) == ""


def test_a_deal_is_added_at_a_place_and_never_twice():
    plan = Plan(slots=(slot("a"), slot("b")), beyond=(slot("c", 3),))
    assert deals(added(plan, slot("d")).slots) == "abd"
    assert deals(added(plan, slot("d"), 0).slots) == "dab"
    assert added(plan, slot("a")) == plan
    from_beyond = added(plan, slot("c", 1, 5), 1)
    assert deals(from_beyond.slots) == "acb"
    assert from_beyond.slots[1].number == 3
    assert from_beyond.beyond == ()
    assert from_beyond.seconds == 240
    assert from_beyond.minutes == 4


def test_a_deal_is_removed_from_wherever_it_stands():
    plan = Plan(slots=(slot("a"), slot("b")), beyond=(slot("c"),))
    assert deals(removed(plan, "a").slots) == "b"
    assert removed(plan, "c").beyond == ()
    assert removed(plan, "x") == plan


def test_a_deal_moves_up_and_down_and_stops_at_the_ends():
    plan = Plan(slots=(slot("a"), slot("b"), slot("c")))
    assert deals(moved(plan, "c", -1).slots) == "acb"
    assert deals(moved(plan, "a", 9).slots) == "bca"
    assert deals(moved(plan, "b", -9).slots) == "bac"
    assert moved(plan, "x", 1) == plan


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 200)), max_size=15), st.integers(0, 2000))
def test_what_fits_fits_and_nothing_is_lost(numbers, room):
    queue = tuple(slot(str(n), number, seconds) for n, (number, seconds) in enumerate(numbers))
    kept, gone = fitted(queue, room)
    assert sum(one.seconds for one in kept) <= room
    assert sorted(one.deal for one in (*kept, *gone)) == sorted(one.deal for one in queue)
    assert [one for one in queue if one in kept] == list(kept)
    if gone and kept:
        assert max(one.number for one in kept) <= min(one.number for one in gone)
