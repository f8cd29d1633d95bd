from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.crm.column import Column
from store.crm.dates import OrderUnknown, parse_date, read_ages, read_dates
from store.crm.fold import fold, header_keys, tidy_header
from store.crm.numbers import MarkUnknown, read_amounts, read_booleans, read_probabilities

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MONEY = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


def dates(*cells, answer=None):
    return read_dates({"close_date": Column(cells)}, answer)["close_date"]


def amounts(*cells, answer=None):
    return read_amounts(Column(cells), answer)


@pytest.mark.parametrize(
    "header", ["Close Date", "CloseDate", "CLOSEDATE", "close_date", '\ufeff"Close Date"', "Close Date*"]
)
def test_headers_that_mean_the_same_fold_to_one_key(header):
    assert fold(header) == "closedate"


def test_folding_drops_latin_diacritics_and_keeps_other_scripts():
    assert fold("Nächster Schritt") == "nachsterschritt"
    assert fold("ステージ") == "ステーシ\u3099".replace("シ\u3099", "ジ")
    assert fold("Probabilité, %") == "probabilite"


def test_a_prefix_of_the_entity_is_taken_off_and_a_line_end_in_a_header_is_one_space():
    assert "owner" in header_keys("Deal - Owner")
    assert "closedate" in header_keys("property_closedate")
    assert tidy_header("\ufeff Close\r\n Date ") == "Close Date"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-05-01", date(2026, 5, 1)),
        ("2026-05-01T23:59:59.000Z", date(2026, 5, 1)),
        ("2018-12-19 00:00:00", date(2018, 12, 19)),
        ("2026-05-01T00:30:00+05:00", date(2026, 5, 1)),
        ("2009\\7\\14 22:14:45+0800", date(2009, 7, 14)),
        ("2009-07/14", date(2009, 7, 14)),
        ("14.06.2026 09:20", date(2026, 6, 14)),
        ("03.04.2026", date(2026, 4, 3)),
        ("15 Apr, 2021 00:02:00", date(2021, 4, 15)),
        ("20-May-2026", date(2026, 5, 20)),
        ("May 3, 2026", date(2026, 5, 3)),
        ("20. März 2026", date(2026, 3, 20)),
        ("45631", date(2024, 12, 5)),
        ("20260503", date(2026, 5, 3)),
        ("10/20/2016", date(2016, 10, 20)),
        ("30/05/26", date(2026, 5, 30)),
        ("3/3/2026", date(2026, 3, 3)),
    ],
)
def test_a_date_is_the_day_as_written(cell, expected):
    assert dates(cell).values == [expected]


def test_one_day_above_twelve_decides_the_order_of_the_whole_column():
    assert dates("1/08/26", "30/05/26").values == [date(2026, 8, 1), date(2026, 5, 30)]
    assert dates("01/08/2026", "05/30/2026").values == [date(2026, 1, 8), date(2026, 5, 30)]


def test_a_column_that_leaves_the_order_open_follows_the_other_columns_of_the_file():
    found = read_dates({"close_date": Column(["03/04/2026"]), "created": Column(["25/12/2025"])}, None)
    assert found["close_date"].values == [date(2026, 4, 3)]


def test_an_order_that_nothing_settles_is_asked_and_the_answer_is_used():
    with pytest.raises(OrderUnknown):
        dates("03/04/2026")
    assert dates("03/04/2026", answer="dmy").values == [date(2026, 4, 3)]
    assert dates("03/04/2026", answer="mdy").values == [date(2026, 3, 4)]


def test_the_minority_that_does_not_fit_the_order_is_left_empty_and_named():
    found = dates("25/12/2026", "26/12/2026", "12/27/2026")
    assert found.values == [date(2026, 12, 25), date(2026, 12, 26), None]
    assert found.misfits == (2,)


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "soon", "0000-00-00", "2026-13-01", "9999-12-31", "12345678901234567890"]
)
def test_what_is_no_day_is_left_empty_and_named(cell):
    assert (dates(cell).values, dates(cell).misfits) == ([None], (0,))


@pytest.mark.parametrize("cell", ["", "  ", "#N/A", "n/a", "\\N", "None", "nan", "-", "–"])
def test_every_spelling_of_nothing_is_nothing(cell):
    assert (dates(cell).values, dates(cell).misfits) == ([None], ())
    assert (amounts(cell).values, amounts(cell).misfits) == ([None], ())


def test_an_age_in_days_counts_back_from_the_day_of_the_export():
    found = read_ages(Column(["0", "9", "3.0", "", "old"]), date(2026, 5, 20))
    assert found.values == [date(2026, 5, 20), date(2026, 5, 11), date(2026, 5, 17), None, None]
    assert found.misfits == (4,)


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"]))
def test_slashed_dates_come_back_as_written_when_the_order_is_told(days, form):
    order = "dmy" if form.startswith("%d") else "mdy"
    decisive = date(2026, 5, 30)
    cells = [day.strftime(form) for day in (*days, *[decisive] * 21)]
    assert dates(*cells, answer=order).values[: len(days)] == days


@given(st.lists(DAYS, max_size=20))
def test_iso_dates_come_back_as_written(days):
    assert dates(*[day.isoformat() for day in days]).values == days


@given(DAYS, st.integers(0, 9999))
def test_ages_are_dates_before_the_export(day, age):
    assert read_ages(Column([str(age)]), day).values == [day - timedelta(days=age)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["$40,000"], ["40000"]),
        (["$22,700.00"], ["22700.00"]),
        (["120 000", "5"], ["120000", "5"]),
        (["1\u202f234,50 €"], ["1234.50"]),
        (["1.000", "2.500,50"], ["1000", "2500.50"]),
        (["9350,09"], ["9350.09"]),
        (["(1,200)", "-12000.00", "5-", "\u22127"], ["-1200", "-12000.00", "-5", "-7"]),
        (["USD 10,000.00", "JPY 10,000"], ["10000.00", "10000"]),
        (["65013.000"], ["65013.000"]),
        (["1'000.50"], ["1000.50"]),
        (["1.000.000"], ["1000000"]),
        (["12,34,567.00"], ["1234567.00"]),
        (["2.5E+05"], ["250000"]),
        (["142337366045"], ["142337366045"]),
        (["0", ""], ["0", None]),
        (["12.50", "1,5", "3.25"], ["12.50", None, "3.25"]),
        (["abc"], [None]),
        (["1e99"], [None]),
        (["9" * 30], [None]),
    ],
)
def test_amounts_are_exact_whatever_they_are_written_with(cells, expected):
    assert amounts(*cells).values == [None if text is None else Decimal(text) for text in expected]


def test_a_column_of_nothing_but_1_000_is_asked():
    with pytest.raises(MarkUnknown):
        amounts("1.000", "2.500")
    assert amounts("1.000", answer=",").values == [Decimal(1000)]
    assert amounts("1.000", answer=".").values == [Decimal(1)]


def test_a_currency_beside_an_amount_is_read():
    assert amounts("USD 10.00", "5 €", "$3").codes == {"USD 10.00": "USD", "5 €": "EUR"}


def test_minor_units_are_brought_to_the_currency():
    assert read_amounts(Column(["300000"]), None, Decimal("0.01")).values == [Decimal(3000)]


@given(st.lists(MONEY, min_size=1, max_size=20))
def test_plain_and_english_and_german_amounts_are_the_same_money(values):
    plain = amounts(*[str(value) for value in values])
    english = amounts(*[f"${value:,.2f}" for value in values])
    german = amounts(*[f"{value:,.2f} €".translate(str.maketrans(",.", ".,")) for value in values])
    assert plain.values == english.values == german.values == values


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["40", "65.0", ""], [40, 65, None]),
        (["0.4", "1"], [40, 100]),
        (["70%", "1 %"], [70, 1]),
        (["0.5%"], ["0.5"]),
        (["1000", "100"], [None, 100]),
        (["High", "50"], [None, 50]),
    ],
)
def test_probabilities_come_out_between_0_and_100(cells, expected):
    values, _, unclear = read_probabilities(Column(cells), None)
    assert values == [None if one is None else Decimal(one) for one in expected]
    assert not unclear


def test_a_probability_column_of_0_and_1_is_unclear_until_answered():
    assert read_probabilities(Column(["0", "1"]), None) == ([None, None], (), True)
    assert read_probabilities(Column(["0", "1"]), 1)[0] == [0, 100]
    assert read_probabilities(Column(["0", "1"]), 100)[0] == [0, 1]


def test_yes_and_no_are_read_in_many_spellings():
    yes = read_booleans(Column(["True", "TRUE", "1", "Yes", "sí", "ja", "✓", " x "]))
    no = read_booleans(Column(["False", "0", "No", "nein", "✗"]))
    assert (set(yes), set(no), read_booleans(Column(["", "perhaps"]))) == ({True}, {False}, [None, None])


@pytest.mark.parametrize(
    "text", ["Thursday, November 5, 2026", "Thu, 05 Nov 2026 10:00:00 GMT", "Thu Nov 5 10:00:00 UTC 2026"]
)
def test_a_date_written_out_is_read(text):
    assert parse_date(text) == date(2026, 11, 5)


@pytest.mark.parametrize("text", ["November 2026", "Call Mary in March about 2026", "sometime in May 2026"])
def test_words_with_a_month_in_them_are_no_date(text):
    assert parse_date(text) is None
