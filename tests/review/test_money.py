from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.money import odd, odd_since, read_amount, read_call, say_money, short_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("420", 420_000),
        ("420k", 420_000),
        ("1.2m", 1_200_000),
        ("1,2M", 1_200_000),
        ("1.25", 1_250),
        ("1,176", 1_176_000),
        ("1.176", 1_176_000),
        ("1.234,5", 1_234_500),
        ("1,234.5", 1_234_500),
        ("$1 200", 1_200_000),
        (".5m", 500_000),
        ("0", 0),
        ("420.", 420_000),
    ],
)
def test_an_amount_is_read_in_the_unit_of_the_field(text, amount):
    assert read_amount(text, "k") == amount


@pytest.mark.parametrize(
    "text", ["", "abc", ",", "1,2345", "0.125m", "-5", "+5", "1e5", "nan", "1k2", "12,34,56", "9" * 40]
)
def test_what_is_no_amount_is_not_guessed(text):
    assert read_amount(text, "k") is None


def test_k_and_m_override_the_unit():
    assert read_amount("420k", "m") == read_amount("420", "k") == read_amount("0.42", "m") == Decimal(420_000)
    assert read_amount("184000", "1") == Decimal(184_000)


def test_a_plus_is_on_top_of_what_is_won():
    assert read_call("+80", "k", Decimal(300_000)) == 380_000
    assert read_call("+1.2m", "k", Decimal(300_000)) == 1_500_000
    assert read_call("80", "k", Decimal(300_000)) == 80_000
    assert read_call("-80", "k", Decimal(300_000)) is None
    assert read_call("++80", "k", Decimal(300_000)) is None


@pytest.mark.parametrize(
    ("value", "last", "implied", "wanted"),
    [
        (100, None, None, False),
        (100, 1_000, None, False),
        (99, 1_000, None, True),
        (1_000, 100, 100, False),
        (1_001, 100, None, True),
        (1_001, None, 100, True),
        (500, 500, 5_001, True),
        (0, 500, None, True),
        (0, 0, 0, False),
    ],
)
def test_a_figure_under_a_tenth_or_over_ten_times_is_odd(value, last, implied, wanted):
    known = [None if figure is None else Decimal(figure) for figure in (last, implied)]
    assert odd(Decimal(value), *known) is wanted


def test_an_amount_is_written_to_the_cent():
    assert say_money(Decimal("184000.00"), "USD") == "$184,000"
    assert say_money(Decimal("1200.5"), "CHF") == "CHF 1,200.50"
    assert say_money(Decimal("-6E+4"), "EUR") == "−€60,000"
    assert say_money(Decimal("0.125"), "USD") == "$0.13"
    assert say_money(Decimal(200_000) / 12, "USD") == "$16,666.67"
    assert say_money(Decimal("-0.001"), "USD") == "$0"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (850, "850"),
        (1_500, "1.5k"),
        (184_000, "184k"),
        (1_176_000, "1,176k"),
        (1_420_000, "1,420k"),
        (1_000_000, "1,000k"),
        (21_246_500, "21,247k"),
        (-184_000, "−184k"),
        (999_500, "1,000k"),
    ],
)
def test_an_amount_is_written_briefly(amount, text):
    assert short_money(Decimal(amount)) == text


@given(st.text(max_size=20), st.sampled_from(["1", "k", "m"]))
@settings(max_examples=200, deadline=None)
def test_no_text_crashes_and_no_amount_is_negative(text, unit):
    amount = read_amount(text, unit)
    assert amount is None or (amount.is_finite() and amount >= 0)
    call = read_call(text, unit, Decimal(0))
    assert call is None or call >= 0


@given(st.integers(0, 10**12))
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(number):
    amount = Decimal(number)
    assert read_amount(say_money(amount, "USD"), "1") == amount
    short = read_amount(short_money(amount), "1")
    assert short is not None
    assert abs(short - amount) <= (50 if number < 10_000 else 500)


@pytest.mark.parametrize(
    ("value", "last", "implied", "said"),
    [
        (420_000, 400_000, 380_000, ""),
        (42_000, 400_000, 380_000, ""),
        (39_000, 400_000, 380_000, "the last call was 400k"),
        (4_200_000, 400_000, 4_000_000, "the last call was 400k"),
        (37_000, None, 380_000, "the export implies 380k"),
        (420_000, 420_000, 0, "nothing is in commit in the export"),
        (420_000, None, 0, "nothing is in commit in the export"),
        (420_000, 0, 420_000, "the last call was 0"),
        (0, None, 0, ""),
        (420_000, None, None, ""),
    ],
)
def test_an_odd_call_is_asked_with_what_it_is_odd_against(value, last, implied, said):
    known = [None if amount is None else Decimal(amount) for amount in (last, implied)]
    assert odd_since(Decimal(value), *known) == said
    assert bool(said) == odd(Decimal(value), *known)
