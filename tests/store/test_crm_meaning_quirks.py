"""The cases of dirty data that are about what cells mean, each with a small file of its own."""

from datetime import date
from decimal import Decimal

import pytest

from review.deals import Category, Status
from review.errors import CloseoutError
from review.people import Person
from review.settings import Settings, Stage
from review.unclear import Unclear
from store.crm.answers import Answers
from store.crm.knowledge import with_own
from store.crm.meaning import Experience
from store.crm.read import read_bytes, read_export
from store.errors import Refused

DAY = date(2026, 5, 20)


def read(*lines, settings=None, **answers):
    return read_bytes(
        "\n".join(lines).encode(), file="x.csv", settings=settings or Settings(), day=DAY, answers=Answers(**answers)
    )


def values(reading, field):
    return [getattr(deal, field) for deal in reading.export.deals]


def said(reading):
    return " ".join(reading.report.warnings)


def column(header, *cells, **more):
    """Read a column of its own beside id, name and stage."""
    lines = (f'{at},Deal {at},Proposal,"{cell}"' for at, cell in enumerate(cells, start=1))
    return read(f'id,name,stage,"{header}"', *lines, **more)


@pytest.mark.parametrize("header", [" Amount ", "Deal - Value*", "Opportunity Amount:", "“Amount”", "AMOUNT (%)"])
def test_quirk_20_spaces_and_signs_around_a_header_do_not_matter(header):
    assert values(column(header, "100"), "amount") == [100]


def test_quirk_21_and_24_custom_columns_are_left_over_and_never_required():
    reading = read("id,name,stage," + ",".join(f"Related Bussines Unit {n}" for n in range(90)), "1,A,S" + ",x" * 90)
    assert (len(reading.export.deals), len(reading.report.left_over)) == (1, 90)


def test_quirk_25_ids_of_15_and_18_characters_are_told_apart_by_case_and_checked():
    header = "Opportunity ID,Opportunity Name,Account Name,Close Date,Stage"
    rows = ("006q000000HddohAAB,A,X,2026-06-30,S", "006q000000HddoH,B,Y,2026-06-30,S")
    reading = read(header, *rows)
    assert values(reading, "id_damaged") == [False, False]
    wrong = read(header, "006q000000HddohAAC,A,X,2026-06-30,S")
    assert values(wrong, "id_damaged") == [True]
    assert "wrong checksum (006q000000HddohAAC); never written back" in said(wrong)


@pytest.mark.parametrize(
    "idents", [("9.91214E+15", "8"), ("2.19E+26", "8"), ("487687600000624000", "487687600000625000")]
)
def test_quirk_26_ids_that_a_spreadsheet_has_rounded_are_never_written_back(idents):
    reading = read("id,name,stage", *(f"{ident},N{ident},S" for ident in idents))
    assert values(reading, "id") == list(idents)
    assert True in values(reading, "id_damaged")
    assert "damaged by a spreadsheet" in said(reading)


def test_quirk_27_the_tail_of_a_number_comes_off_on_request_and_noughts_before_stay():
    rows = ("10676775052.0,A,S", "10676775053.0,B,S")
    kept = read("id,name,stage", *rows)
    assert values(kept, "id") == ["10676775052.0", "10676775053.0"]
    assert "trim_ids = true in a mapping file" in said(kept)
    trimmed = read("id,name,stage", *rows, trim_ids=True)
    assert (values(trimmed, "id"), values(trimmed, "id_damaged")) == (["10676775052", "10676775053"], [True, True])
    assert values(read("id,name,stage", "006387,A,S"), "id") == ["006387"]


@pytest.mark.parametrize("ident", ["zcrm_4876", "oppo_9", "W_Opportunity.127", "DEAL-0f-1", "OPP-0654-190124", "+a/="])
def test_quirk_28_ids_come_back_exactly_as_they_were(ident):
    reading = read("id,name,stage", f"{ident},A,S")
    assert (values(reading, "id"), values(reading, "id_damaged")) == ([ident], [False])


def test_quirk_29_without_ids_a_deal_is_its_account_name_and_created_date():
    reading = read("Deal Name,Account,Created Date,Stage", "Renewal,Acme,2026-01-02,S", "Renewal,Beta,2026-01-02,S")
    assert (values(reading, "id")[0], reading.export.has_ids) == ("Acme | Renewal | 2026-01-02", False)
    assert "No id: deals are told apart by account" in " ".join(reading.report.missing)


def test_quirk_30_a_null_reference_is_no_id():
    reading = read("id,name,stage", "000000000000000AAA,A,S", "1,B,S")
    assert (values(reading, "id"), [one.row for one in reading.report.left_out]) == (["1"], [2])


def test_quirk_31_two_rows_of_one_id_are_shown_and_the_later_one_is_taken_only_by_choice():
    lines = ("id,name,stage,amount", "D1008,A,S,68000", "D1,B,S,1", "D1008,A,S,69000")
    with pytest.raises(Unclear, match=r"Rows 2 and 4 are both id D1008 \(amount 68000 and 69000\)") as asked:
        read(*lines)
    assert 'duplicates = "later"' in asked.value.sentence
    later = read(*lines, duplicates="later")
    assert sorted(map(int, values(later, "amount"))) == [1, 69000]
    assert later.report.left_out[0].reason == "the same deal as row 4, which is later"
    assert later.learned is None


def test_quirk_31_equal_names_are_not_the_same_deal():
    assert len(read("id,name,stage", *(f"{n},Sakura,S" for n in range(27))).export.deals) == 27


def test_quirk_35_the_order_of_day_and_month_is_decided_for_the_column():
    dates = values(column("close date", "1/08/26", "30/05/26"), "close_date")
    assert dates == [date(2026, 8, 1), date(2026, 5, 30)]
    assert values(column("close date", "10/20/2016", "1/2/2016"), "close_date")[1] == date(2016, 1, 2)
    with pytest.raises(Unclear, match="day/month or month/day"):
        column("close date", "1/08/26")
    assert values(column("close date", "1/08/26", date_order="mdy"), "close_date") == [date(2026, 1, 8)]


def test_quirk_36_mixed_dates_are_read_and_what_does_not_fit_is_blank_and_named():
    cells = ("14.06.2026 09:20", "2026-06-15T10:00:00+05:00", "2009\\7\\14 22:14:45+0800", "2009-07/14", "sometime")
    reading = column("close date", *cells)
    assert values(reading, "close_date") == [
        date(2026, 6, 14), date(2026, 6, 15), date(2009, 7, 14), date(2009, 7, 14), None
    ]  # fmt: skip
    assert "“close date” in row 6: “sometime” is no date" in said(reading)


@pytest.mark.parametrize(
    "cell",
    ["2018-12-19 00:00:00", "2018-12-19T23:30:00Z-0300", "2018-12-19T00:30:00+14:00", "2018-12-19T23:59:59.999Z"],
)
def test_quirk_37_no_zone_moves_a_day(cell):
    assert values(column("close date", cell), "close_date") == [date(2018, 12, 19)]


def test_quirk_38_serial_numbers_are_dates():
    assert values(column("close date", "45631", "45631.75"), "close_date") == [date(2024, 12, 5)] * 2


def test_quirk_39_months_in_words_are_read():
    cells = ("15 Apr, 2021 00:02:00", "20-May-2026", "20. März 2026", "3 août 2026")
    assert values(column("close date", *cells), "close_date") == [
        date(2021, 4, 15), date(2026, 5, 20), date(2026, 3, 20), date(2026, 8, 3)
    ]  # fmt: skip


def test_quirk_40_missing_and_impossible_dates_lose_no_deal():
    reading = column("close date", "", "30/02/2026", "2005-01-01", "31/12/2026")
    assert values(reading, "close_date") == [None, None, date(2005, 1, 1), date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("$40,000", 40000), ("$22,700.00", 22700), ("120 000,50", Decimal("120000.5")),
        ("€ 1.234,50", Decimal("1234.5")),
        ("1\u202f234\u00a0567,89 EUR", Decimal("1234567.89")), ("512,77", Decimal("512.77")),
        ("US$ 5.25", Decimal("5.25")),
        ("1'234'567.00", 1234567), ("12,34,567.00", 1234567), ("(1,200.00)", -1200), ("-12000.00", -12000),
    ],
)  # fmt: skip
def test_quirk_42_amounts_in_any_dress_come_out_to_the_cent(cell, amount):
    assert values(column("amount", cell), "amount") == [amount]


def test_quirk_42_what_a_point_means_is_asked_where_nothing_tells():
    with pytest.raises(Unclear, match="for thousands or for decimals"):
        column("amount", "1.000", "2.000")
    assert values(column("amount", "1.000", decimal_mark=","), "amount") == [1000]
    assert values(column("amount", "1.000", "2,50"), "amount") == [1000, Decimal("2.5")]


def test_quirk_43_cents_and_micros_are_units_of_known_columns():
    close = read("id,lead_name,status_label,status_type,value,value_period", "o,A,S,active,300000,one_time")
    assert values(close, "amount") == [3000]
    micros = read("id,name,stage,amountAmountMicros,amountCurrencyCode", "t,A,PROPOSAL,45000000000,USD")
    assert values(micros, "amount") == [45000]
    assert (close.report.largest, close.report.middle) == (3000, 3000)


@pytest.mark.parametrize("word", ["dollars", "12", "kr"])
def test_quirk_44_only_codes_of_three_letters_are_currencies(word):
    reading = read("id,name,stage,amount,currency", "1,A,S,100,USD", f"2,B,S,100,{word}")
    assert (reading.export.currency, reading.report.open_amount) == ("USD", 200)
    assert "1 amount has no currency: taken as USD." in said(reading)


def test_quirk_44_several_currencies_are_never_added():
    lines = ("id,name,stage,amount,currency", "1,A,S,100,USD", "2,B,S,100,CLP", "3,C,S,5,")
    with pytest.raises(Refused, match="several currencies"):
        read(*lines)
    rates = Settings(rates={"CLP": Decimal("0.001")})
    assert values(read(*lines, settings=rates), "amount") == [100, Decimal("0.1"), 5]


def test_quirk_45_of_two_amounts_the_crms_own_rule_decides_and_otherwise_a_person():
    suite = read("Opportunity Name,ID,Opportunity Amount,Amount,Assigned User Name,Sales Stage", "A,1,5,7,Ann,S")
    assert values(suite, "amount") == [5]
    with pytest.raises(Unclear, match=r"Amount: which is it"):
        read("id,name,stage,amount,arr", "1,A,S,5,7")


def test_quirk_46_blank_is_not_zero_and_extremes_are_kept_and_listed():
    reading = column("amount", "", "0", "-12000.00", "142337366045", "9" * 30)
    assert values(reading, "amount") == [None, 0, -12000, 142337366045, None]
    assert "Amounts below 0 in row 4" in said(reading)
    assert "row 6" in said(reading)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("75.0", "10"), [75, 10]),
        (("0.4441299505886157", "1"), [Decimal("44.41299505886157"), 100]),
        (("70%", "5 %"), [70, 5]),
        (("High", "Low"), [None, None]),
        (("1000", "50"), [None, 50]),
        (("0", "1"), [None, None]),
    ],
)
def test_quirk_47_the_scale_of_probabilities_is_that_of_the_column(cells, expected):
    reading = column("probability", *cells)
    assert values(reading, "probability") == expected
    assert values(reading, "status") == [Status.OPEN, Status.OPEN]
    assert ("holds only 0 and 1" in said(reading)) == (cells == ("0", "1"))


@pytest.mark.parametrize("word", ["#N/A", "N/A", "\\N", "-", "None", "nan", "NULL", "(blank)", " "])
def test_quirk_48_words_for_nothing_are_nothing_in_typed_columns(word):
    reading = read("id,name,stage,amount,close date,owner", f"1,A,S,{word},{word},{word}", "2,None,S,1,2026-01-31,Ann")
    assert (values(reading, "amount")[0], values(reading, "close_date")[0], values(reading, "owner")[0]) == (
        None,
        None,
        "",
    )
    assert values(reading, "name")[1] == "None"
    assert said(reading) == ""


@pytest.mark.parametrize(
    ("yes", "no"), [("true", "false"), ("True", "False"), ("1", "0"), ("si", "no"), ("✓", "✗"), ("Ja", "Nein")]
)
def test_quirk_49_flags_in_any_spelling(yes, no):
    reading = read("id,name,stage,is_closed,is_won", f"1,A,S,{yes},{yes}", f"2,B,S,{yes},{no}", f"3,C,S,{no},{no}")
    assert values(reading, "status") == [Status.WON, Status.LOST, Status.OPEN]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Won", Status.WON), ("6. Closed Won", Status.WON), ("Gewonnen", Status.WON), ("Cierre ganado", Status.WON),
        ("Dead", Status.LOST), ("Out-Sold", Status.LOST), ("Abandoned", Status.LOST), ("On Hold", Status.OPEN),
    ],
)  # fmt: skip
def test_quirk_50_won_and_lost_come_from_the_stage_where_there_is_no_status(word, status):
    assert values(read("id,name,stage", f"1,A,{word}"), "status") == [status]


def test_quirk_50_a_status_says_more_than_a_stage():
    reading = read("id,name,stage,status", "1,A,Proposal,Won", "2,B,Closed Won,Open")
    assert values(reading, "status") == [Status.WON, Status.OPEN]


def test_quirk_51_an_unknown_stage_is_open_kept_as_written_and_said_once():
    settings = Settings(stages=(Stage(name="Qualified To Buy"),))
    reading = read("id,name,stage", "1,A,WAIT_CLIENT", "2,B,WAIT_CLIENT", "3,C,Qualified to Buy", settings=settings)
    assert values(reading, "stage") == ["WAIT_CLIENT", "WAIT_CLIENT", "Qualified to Buy"]
    assert said(reading).count("“WAIT_CLIENT”") == 1


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("Best Case", Category.BEST_CASE), ("BestCase", Category.BEST_CASE), ("BEST_CASE", Category.BEST_CASE),
        ("Committed", Category.COMMIT), ("Not forecasted", Category.OMITTED), ("Estimate", Category.PIPELINE),
    ],
)  # fmt: skip
def test_quirk_52_categories_in_their_spellings(word, category):
    reading = column("Forecast Category", word)
    assert (values(reading, "category"), values(reading, "category_word")) == ([category], [word])


def test_quirk_52_closed_is_not_won_and_an_unknown_word_is_asked_and_may_be_answered():
    reading = column("Forecast Category", "Closed", "Upside", "Upside")
    assert (values(reading, "status"), values(reading, "category")[1]) == ([Status.OPEN] * 3, Category.PIPELINE)
    assert [ask.id for ask in reading.asks if ask.id.startswith("category:")] == ["category:Upside"]
    assert "“Upside” is not known: 2 open deals" in said(reading)
    answered = column("Forecast Category", "Upside", categories={"Upside": "best case"})
    assert values(answered, "category") == [Category.BEST_CASE]


def test_quirk_53_and_54_owners_the_team_does_not_know_and_no_owner_are_named():
    team = Settings(people=(Person(id="ann", name="Ann Lee", aliases=("REP-01",)),))
    reading = column("owner", "REP-01", "REP-02", "Unassigned", "", settings=team)
    assert {one.name: one.deals for one in reading.report.owners} == {"": 2, "Ann Lee": 1, "REP-02": 1}
    assert "Nobody of the team: REP-02 (1)." in said(reading)


def test_quirk_56_the_owner_of_the_portal_is_not_the_owner():
    reading = read(
        "Record ID,Deal Name,Deal Stage,Close Date,HubSpot Owner Id,Deal owner", "1,A,S,2026-06-30,9,Ann Lee"
    )
    assert values(reading, "owner") == ["Ann Lee"]


def test_quirk_24_ninety_unknown_columns_are_all_kept_in_the_report_and_a_few_are_shown():
    reading = read("id,name,stage," + ",".join(f"Custom {n}" for n in range(97)), "1,A,S" + ",x" * 97)
    assert len(reading.report.left_over) == 97
    (line,) = [one for one in reading.report.sentences() if one.startswith("Columns left over")]
    assert line.endswith("Custom 23 and 73 more.")


def test_quirk_57_no_account_is_no_reason_to_leave_a_deal_out_and_two_spellings_are_named_and_kept_apart():
    rows = ("1,A,Dame Mas,S", "2,B,Dame Mass,S", "3,C,,S", "4,D,Line 1,S", "5,E,Line 2,S")
    reading = read("id,name,account,stage", *rows)
    assert values(reading, "account") == ["Dame Mas", "Dame Mass", "", "Line 1", "Line 2"]
    assert "Accounts that may be one, kept apart: “Dame Mas” and “Dame Mass”." in reading.report.warnings


def test_rows_without_what_a_deal_needs_are_counted_with_their_numbers():
    reading = read("id,name,stage", "1,A,S", ",,S", ",,S", "2,B,S")
    lines = reading.report.sentences()
    assert "4 rows read, 2 used, 2 left out:" in lines
    assert "  2 rows (3, 4): no id and no name" in lines


def test_headers_of_nobody_are_proposed_with_values_and_their_lines_read_the_file():
    lines = ("Bezeichnung,AE,Kwota netto,Target Sign Date,Etap", "Alpha,Ann Lee,100,2026-06-30,Oferta")
    with pytest.raises(Unclear, match=r"Owner: is it “AE” \(Ann Lee\)") as asked:
        read(*lines)
    mapping = {choice.value: ask.id for ask in asked.value.open if (choice := ask.proposed)}
    reading = read(*lines, mapping=mapping)
    (deal,) = reading.export.deals
    assert (deal.owner, deal.amount, deal.stage, deal.close_date) == ("Ann Lee", 100, "Oferta", date(2026, 6, 30))
    assert reading.learned is not None


def test_what_was_said_holds_for_the_next_file_with_the_same_headers(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Title,AE,Amount,Stage,Close Date\nA,Ann,1,S,03/04/2026\n")
    answers = Answers(mapping={"AE": "owner"}, date_order="mdy")
    first = read_export(path, settings=Settings(), day=DAY, answers=answers)
    assert first.learned is not None
    known = Experience(remembered={first.learned.headers: first.learned.answers})
    again = read_export(path, settings=Settings(), day=DAY, experience=known)
    assert (again.export.deals, again.learned) == (first.export.deals, None)


def test_a_team_teaches_the_headers_of_its_own_crm(tmp_path):
    (tmp_path / "crm.toml").write_text(
        '[salesforce.columns]\nowner = ["Account Executive"]\n[ours]\nname = "Ours"\nsigns = [["Deal no.", "Phase"]]\n'
        '[ours.columns]\nid = ["Deal no."]\nstage = ["Phase"]\nname = ["What"]\n[ours.status]\nwon = ["Signed"]\n'
    )
    path = tmp_path / "x.csv"
    path.write_text("Deal no.,What,Phase\n7,Alpha,Signed\n")
    known = Experience(knowledge=with_own(tmp_path / "crm.toml"))
    reading = read_export(path, settings=Settings(), day=DAY, experience=known)
    (deal,) = reading.export.deals
    assert (reading.report.crm, deal.id, deal.name, deal.status) == ("Ours", "7", "Alpha", Status.WON)
    path.write_text("Opportunity Name,Account Name,Close Date,Account Executive\nA,X,2026-06-30,Ann\n")
    assert read_export(path, settings=Settings(), day=DAY, experience=known).export.deals[0].owner == "Ann"


@pytest.mark.parametrize("text", ["[ours", "[ours]\ncolour = 1\n", '[ours.columns]\nheight = ["H"]\n', "ours = 3\n"])
def test_a_mistake_in_crm_toml_is_a_sentence_with_its_place(tmp_path, text):
    (tmp_path / "crm.toml").write_text(text)
    with pytest.raises(CloseoutError, match=r"crm\.toml"):
        with_own(tmp_path / "crm.toml")
