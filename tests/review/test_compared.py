from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from review.compared import compare
from review.deals import Ending, EndReason
from review.importing import take_in
from review.records import Ended, Ledger
from tests.builders import MONDAY, a_deal, an_export, some_settings

SETTINGS = some_settings()


def compared(ledger, export):
    found = compare(ledger, export)
    assert found is not None
    return found


def stands(*deals):
    return take_in(Ledger(), an_export(*deals), SETTINGS)


def newer(*deals):
    return an_export(*deals, day=MONDAY + timedelta(days=6))


def test_before_the_first_import_there_is_nothing_to_compare_with():
    assert compare(Ledger(), newer(a_deal("d1"))) is None


def test_new_gone_changed_and_unchanged_deals_are_counted():
    ledger = stands(*(a_deal(f"d{n}") for n in range(5)))
    step = a_deal("d1", next_step="Send the contract")
    found = compared(ledger, newer(a_deal("d0"), step, a_deal("d2"), a_deal("d9")))
    assert (found.new, found.gone, found.changed, found.same) == (1, ("d3", "d4"), 1, 2)
    assert "1 new, 2 open gone, 1 changed, 2 as they were" in found.sentences()[0]


def test_a_closed_deal_that_is_gone_is_usual():
    found = compared(stands(a_deal("d1"), a_deal("d2", status="won")), newer(a_deal("d1")))
    assert (found.gone, found.closed_gone, found.warnings) == ((), 1, ())


def test_a_deal_that_the_review_has_ended_is_neither_new_nor_gone():
    ledger = stands(a_deal("d1"), a_deal("d2"))
    lost = Ended(kind=Ending.LOST, reason=EndReason.PRICE, review="r1", day=MONDAY)
    records = {**ledger.deals, "d2": replace(ledger.deals["d2"], ended=lost)}
    ledger = replace(ledger, current=records)
    there = compared(ledger, newer(a_deal("d1"), a_deal("d2", status="lost")))
    assert (there.new, there.gone, there.changed, there.same) == (0, (), 1, 1)
    absent = compared(ledger, newer(a_deal("d1")))
    assert (absent.new, absent.gone, absent.closed_gone, absent.same) == (0, (), 0, 1)


def test_quirk_17_and_63_many_deals_gone_may_have_been_filtered_out():
    ledger = stands(*(a_deal(f"d{n}", owner="Wei Lin" if n > 40 else "Tom Reed") for n in range(60)))
    said = " ".join(compared(ledger, newer(*(a_deal(f"d{n}") for n in range(20)))).sentences())
    assert "40 rows may have been filtered out" in said
    assert "No deal of Wei Lin (19) is in it any more" in said


def test_few_deals_gone_are_no_reason_to_warn():
    ledger = stands(*(a_deal(f"d{n}") for n in range(200)))
    assert compared(ledger, newer(*(a_deal(f"d{n}") for n in range(185)))).warnings == ()


def test_quirk_43_amounts_in_cents_are_noticed_beside_the_last_import():
    ledger = stands(*(a_deal(f"d{n}", amount=1000 + n) for n in range(8)))
    export = newer(*(a_deal(f"d{n}", amount=Decimal(100_000 + 100 * n)) for n in range(8)))
    assert "about 100 times" in " ".join(compared(ledger, export).warnings)
