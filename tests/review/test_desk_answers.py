from datetime import date

from review import desk_answers
from review.commitments import Commitment, Standing
from review.records import Ledger
from review.results import Refusal

DAY = date(2026, 11, 23)


def a_ledger(**standings: Standing) -> Ledger:
    return Ledger(
        commitments={
            ident: Commitment(
                id=ident,
                text="Call Dana",
                owner="wei",
                due=DAY,
                first_due=DAY,
                made=DAY,
                review="",
                standing=standing,
            )
            for ident, standing in standings.items()
        }
    )


def found(ledger: Ledger, typed: str) -> str:
    answer = desk_answers.find(ledger, typed)
    return answer.sentence if isinstance(answer, Refusal) else answer.id


def test_a_beginning_finds_the_one_that_is_open() -> None:
    ledger = a_ledger(abc1=Standing.OPEN, abc2=Standing.DONE)
    assert found(ledger, "abc") == "abc1"
    assert found(ledger, " ABC1 ") == "abc1"
    assert "closed already: done" in found(ledger, "abc2")


def test_a_whole_id_wins_over_a_longer_one_that_begins_with_it() -> None:
    ledger = a_ledger(abc=Standing.OPEN, abcd=Standing.OPEN)
    assert found(ledger, "abc") == "abc"
    assert "begins 2 ids" in found(ledger, "ab")


def test_nothing_typed_finds_nothing() -> None:
    assert "There is no commitment" in found(a_ledger(abc=Standing.OPEN), " ")
