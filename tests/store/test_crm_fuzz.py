from datetime import date
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from review.errors import CloseoutError
from review.settings import Settings
from store.crm.answers import Answers
from store.crm.knowledge import FIELDS, profiles
from store.crm.read import read_bytes

DAY = date(2026, 5, 20)
HEADERS = sorted({header for one in profiles().values() for headers in one.columns.values() for header in headers})
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "Total", "1.000", "03/04/2026", "30/02/26", "45631", "1e308", "-", "9" * 40, "USD", "EUR 5"]),
    st.sampled_from(["true", "100%", "Closed Won", "Closed", "Commit", "006q000000HddohAAB", "\x00", "a (3)", "0.5"]),
    st.sampled_from(["1", "(7)", "'=1", "９", "²"]),
)


def read(data, answers=None):
    """Give the reading, or None where the file was refused; anything else that happens fails the test."""
    refused = None
    try:
        return read_bytes(data, file="deals.csv", settings=Settings(), day=DAY, answers=answers or Answers())
    except CloseoutError as error:
        refused = error
    assert "deals.csv" in refused.sentence
    return None


@st.composite
def tables(draw):
    header = draw(st.lists(st.sampled_from(HEADERS) | st.text(max_size=8), min_size=1, max_size=8))
    rows = draw(st.lists(st.lists(CELLS, max_size=9), max_size=12))
    delimiter = draw(st.sampled_from(",;\t|"))
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in (header, *rows)]
    return "\r\n".join(delimiter.join(row) for row in quoted)


@given(st.binary(max_size=400))
@example(b'"')
@example(b"sep=")
@example(b"id,name,stage\n1,a,b\x81")
@example(b"\xff\xfe\x00")
@example(b'id,stage\n"a"b,c')
@example(b"id,stage\n" + b"1" * 200_000 + b",x")
def test_any_bytes_are_imported_or_refused_in_a_sentence(data):
    read(data)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-8-sig"]))
def test_any_text_below_a_good_header_is_imported_or_refused(text, encoding):
    read(f"id,name,stage,amount,close date\n{text}".encode(encoding, "replace"))


@given(tables(), st.builds(Answers, date_order=st.just("dmy"), decimal_mark=st.just(".")))
def test_any_table_is_imported_or_refused_and_no_row_gets_lost(text, answers):
    reading = read(text.encode("utf-8", "replace"), answers)
    if reading is not None:
        report = reading.report
        assert report.rows == report.open + report.won + report.lost == len(reading.export.deals)
        assert report.open_amount == sum((one.amount for one in report.stages), Decimal(0))
        assert report.sentences()
        assert report.to_json()


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**7)), min_size=1, unique_by=lambda pair: pair[0]))
def test_every_row_of_a_clean_file_is_a_deal_and_the_money_adds_up(pairs):
    rows = "".join(f"{ident},Deal {ident},Proposal,{amount}.25\n" for ident, amount in pairs)
    reading = read(f"id,name,stage,amount\n{rows}".encode())
    assert [deal.id for deal in reading.export.deals] == [str(ident) for ident, _ in pairs]
    assert reading.report.open_amount == sum(Decimal(f"{amount}.25") for _, amount in pairs)
    assert reading.report.left_out == ()


def test_every_profile_names_fields_that_exist():
    for key, profile in profiles().items():
        assert {*profile.columns, *profile.ids} <= set(FIELDS), key
        assert set(profile.status) <= {"open", "won", "lost"}, key
