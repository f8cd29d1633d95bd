import codecs
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from review.deals import Category, Deal, Status
from review.settings import Settings, Stage
from review.unclear import Unclear
from store.crm.answers import Answers, load_answers
from store.crm.read import read_export
from store.crm.report import coded_owners
from store.errors import Refused

DAY = date(2026, 5, 20)
HEADER = "id,name,account,owner,amount,stage,close date"


@pytest.fixture
def read(tmp_path):
    def reads(text, *, settings=None, answers=None):
        path = tmp_path / "deals.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_export(path, settings=settings or Settings(), day=DAY, answers=answers)

    return reads


def row(ident="1", name="Renewal", amount="100", stage="Proposal", close="2026-06-30", owner="Ann Lee"):
    return f"{ident},{name},Acme,{owner},{amount},{stage},{close}"


def sheet(*rows, header=HEADER, end="\n"):
    return end.join((header, *rows))


def said(reading):
    return " ".join(reading.report.warnings)


def test_a_deal_comes_out_typed(read):
    (deal,) = read(sheet(row("006", "Renewal", "1234.50"))).export.deals
    assert (deal.id, deal.name, deal.account, deal.owner) == ("006", "Renewal", "Acme", "Ann Lee")
    assert (deal.amount, deal.close_date, deal.status) == (Decimal("1234.50"), date(2026, 6, 30), Status.OPEN)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_the_line_ends_do_not_matter(read, delimiter, end):
    text = sheet(row(), row("2"), end=end).replace(",", delimiter)
    assert [deal.id for deal in read(text).export.deals] == ["1", "2"]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "cp1252"),
    ],
)
def test_the_encoding_does_not_matter(read, mark, encoding):
    reading = read(mark + sheet(row(name="Gestión directa")).encode(encoding))
    assert reading.export.deals[0].name == "Gestión directa"
    assert ("Windows-1252" in said(reading)) == (encoding == "cp1252")


def test_a_line_that_names_the_delimiter_is_honoured(read):
    reading = read("sep=;\r\n" + sheet(row(amount="9350")).replace(",", ";"))
    assert reading.export.deals[0].amount == 9350


def test_quoted_names_keep_their_commas_quotes_and_lines(read):
    names = ['"King, Tucker & Rowe"', '"""The Best"" Deal"', '"two\r\nlines"']
    reading = read(sheet(*(row(str(number), name) for number, name in enumerate(names)), end="\r\n"))
    assert [deal.name for deal in reading.export.deals] == ["King, Tucker & Rowe", '"The Best" Deal', "two\r\nlines"]


def test_a_quotation_mark_that_never_closes_is_refused_with_its_row(read):
    with pytest.raises(Refused, match=r"deals\.csv was not imported: row 3: a quotation mark opens"):
        read(sheet(row(), row("2", '"open'), row("3"), row("4")))


def test_a_quotation_mark_that_swallows_rows_up_to_the_next_is_refused(read):
    with pytest.raises(Refused, match="row 3: a quotation mark"):
        read(sheet(row(), row("2", '"open'), row("3"), row("4", '"closed"'), row("5")))


def test_a_stray_quotation_mark_inside_one_cell_is_read_and_said(read):
    reading = read(sheet(row(), row("2", '"5" screens"')))
    assert len(reading.export.deals) == 2
    assert "Row 3: a quotation mark" in said(reading)


def test_the_header_is_found_below_a_title_and_row_numbers_are_the_files(read):
    text = "Team pipeline\n\nAs of 20 May,,\n" + sheet(row(), "Total,,,,100,,")
    reading = read(text)
    assert "header was found in row 4" in said(reading)
    assert [(one.row, one.reason[:16]) for one in reading.report.left_out] == [(6, "a line of sums o")]


def test_footers_sums_groups_and_repeated_headers_are_left_out_and_listed(read):
    junk = [
        "Total,,,,300,,",
        "Grand Totals (5700 records),,,,,,",
        "Confidential Information - Do Not Distribute",
        '"Copyright © 2000-2025 salesforce.com, inc. All rights reserved."',
        "    Proposition (3),,,,300,,",
        "id,name,account,owner,amount,stage,close date",
        "x,name,Acme,Ann Lee,amount,stage,close date",
        ",,,,,,,,",
        "9,Too,Acme,Ann Lee,1,Proposal,2026-06-30,more,cells",
        ",,Acme,,5,,",
    ]
    reading = read(sheet(row(), *junk, row("2")))
    assert [deal.id for deal in reading.export.deals] == ["1", "2"]
    assert [one.row for one in reading.report.left_out] == [3, 4, 5, 6, 7, 8, 9, 11, 12]
    assert reading.report.open_amount == 200


def test_rows_far_down_a_long_file_keep_their_numbers(read):
    rows = [row(str(number), amount="1") for number in range(5000)]
    rows[4500] = ",,,,,,"
    rows[4700] = "Total,,,,5000,,"
    reading = read(sheet(*rows))
    assert [(one.row, one.reason[:14]) for one in reading.report.left_out] == [(4702, "a line of sums")]
    assert (reading.report.rows, reading.report.open_amount) == (4998, 4998)


def test_a_customer_called_total_is_a_deal(read):
    reading = read(sheet("Total,Renewal,Total,Ann Lee,5,Proposal,2026-06-30"))
    assert [deal.id for deal in reading.export.deals] == ["Total"]


def test_short_rows_are_filled_up(read):
    (deal,) = read(sheet("1,Renewal,Acme,Ann Lee,5")).export.deals
    assert (deal.amount, deal.close_date) == (5, None)


def test_the_same_id_with_other_content_is_refused_and_both_rows_are_shown(read):
    with pytest.raises(Unclear, match=r"Rows 2 and 4 are both id D1 \(amount 68000 and 69000\)"):
        read(sheet(row("D1", amount="68000"), row("2"), row("D1", amount="69000")))


def test_the_same_row_twice_is_one_deal_and_listed(read):
    reading = read(sheet(row("D1"), row("2"), row("D1")))
    assert len(reading.export.deals) == 2
    assert [(one.row, one.reason) for one in reading.report.left_out] == [
        (4, "the same deal as row 2, with the same content")
    ]


def test_salesforce_ids_of_15_and_18_characters_are_one_deal_and_case_tells_two(read):
    short, long = "006q000000Hddoh", "006q000000HddohAAB"
    assert len(read(sheet(row(short), row(long))).export.deals) == 1
    assert len(read(sheet(row(short), row(short.lower()))).export.deals) == 2


def test_ids_stay_text_and_damaged_ones_are_named(read):
    reading = read(sheet(row("006387"), row("9.91E+15"), row("10676775052.0")))
    assert [deal.id for deal in reading.export.deals] == ["006387", "9.91E+15", "10676775052.0"]
    assert "9.91E+15" in said(reading)
    assert "10676775052.0" in said(reading)


def test_a_row_without_an_id_is_left_out_and_listed(read):
    reading = read(sheet(row(), row("000000000000000AAA"), row("#N/A")))
    assert [(one.row, one.reason) for one in reading.report.left_out] == [(3, "no id"), (4, "no id")]


def test_without_an_id_column_account_name_and_created_date_tell_deals_apart(read):
    header = "name,account,owner,amount,created date"
    reading = read(sheet("Renewal,Acme,Ann,5,2026-01-02", "Renewal,Acme,Ann,6,", header=header))
    assert [deal.id for deal in reading.export.deals] == ["Acme | Renewal | 2026-01-02", "Acme | Renewal | Ann"]
    assert not reading.export.has_ids
    assert any("no update file" in sentence for sentence in reading.report.missing)
    with pytest.raises(Refused, match=r"rows 2 and 3 are both “Acme \| Renewal \| 2026-01-02”.*Add the record id"):
        read(sheet("Renewal,Acme,Ann,5,2026-01-02", "Renewal,Acme,Ann,5,2026-01-02", header=header))


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("stage", "Closed Won", Status.WON),
        ("stage", "6. Closed Won", Status.WON),
        ("stage", "Closed - Lost", Status.LOST),
        ("stage", "On Hold", Status.OPEN),
        ("stage", "Closed", Status.OPEN),
        ("stage,is_closed,is_won", "Signed,True,True", Status.WON),
        ("stage,is_closed,is_won", "Signed,True,False", Status.LOST),
        ("stage,is_closed,is_won", "Closed Won,False,False", Status.OPEN),
        ("stage,is_closed,is_won", "Closed Won,True,False", Status.LOST),
        ("stage,is_closed", "Closed Won,True", Status.WON),
        ("stage,is_closed", "Signed,True", Status.LOST),
        ("stage,status", "Proposal,Won", Status.WON),
        ("stage,status", "Proposal,Dead", Status.LOST),
        ("stage,status", "Closed Won,Open", Status.OPEN),
        ("stage,forecast category", "Signed,Closed", Status.OPEN),
    ],
)
def test_won_and_lost_follow_status_then_flags_then_stage(read, header, cells, expected):
    reading = read(sheet(f"1,Renewal,{cells}", header=f"id,name,{header}"))
    assert reading.export.deals[0].status is expected


def test_closed_without_a_word_of_won_is_said(read):
    assert "does not say won: taken as lost" in said(read(sheet("1,A,Signed,Yes", header="id,name,stage,is_closed")))
    assert "says neither won nor lost" in said(read(sheet("1,A,Closed", header="id,name,stage")))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Best Case", Category.BEST_CASE),
        ("BestCase", Category.BEST_CASE),
        ("BEST_CASE", Category.BEST_CASE),
        ("Committed", Category.COMMIT),
        ("commit", Category.COMMIT),
        ("Most Likely", Category.BEST_CASE),
        ("Not forecasted", Category.OMITTED),
        ("OMIT", Category.OMITTED),
        ("Upside", Category.PIPELINE),
        ("", Category.PIPELINE),
    ],
)
def test_categories_are_read_in_their_spellings(read, word, expected):
    reading = read(sheet(f"1,A,Proposal,{word}", header="id,name,stage,forecast category"))
    assert reading.export.deals[0].category is expected
    assert ("“Upside” is not known" in said(reading)) == (word == "Upside")


def test_the_teams_own_spelling_of_a_category_comes_first(read):
    settings = Settings(category_aliases={"upside": "best case", "commit": "pipeline"})
    header = "id,name,stage,forecast category"
    reading = read(sheet("1,A,Proposal,Upside", "2,B,Proposal,Commit", header=header), settings=settings)
    assert [deal.category for deal in reading.export.deals] == [Category.BEST_CASE, Category.PIPELINE]


def test_without_a_category_column_the_stage_gives_it(read):
    settings = Settings(category_by_stage={"Proposal": "commit"})
    reading = read(sheet(row(), row("2", stage="Discovery")), settings=settings)
    assert [deal.category for deal in reading.export.deals] == [Category.COMMIT, Category.PIPELINE]
    assert "No forecast category: categories come from stages." in reading.report.missing


def test_stages_that_the_settings_do_not_list_are_named(read):
    reading = read(sheet(row(), row("2", stage="WAIT_CLIENT")), settings=Settings(stages=(Stage(name="proposal"),)))
    assert "“WAIT_CLIENT”" in said(reading)
    assert "“Proposal”" not in said(reading)


def test_several_currencies_are_refused_unless_there_is_a_way_to_one(read):
    header = "id,name,stage,amount,currency"
    rows = ("1,A,Proposal,100,USD", "2,B,Proposal,50,EUR")
    with pytest.raises(Refused, match=r"several currencies \(.*EUR in 1 row.*--rate EUR=…"):
        read(sheet(*rows, header=header))
    rates = read(sheet(*rows, header=header), settings=Settings(rates={"EUR": Decimal("1.1")}))
    assert [deal.amount for deal in rates.export.deals] == [100, 55]
    header += ",amount in company currency"
    converted = read(sheet("1,A,Proposal,100,USD,100", "2,B,Proposal,50,EUR,54", header=header))
    assert [deal.amount for deal in converted.export.deals] == [100, 54]


def test_one_other_currency_is_taken_as_it_stands_and_said(read):
    text = sheet("1,A,Proposal,100,EUR", header="id,name,stage,amount,currency")
    reading = read(text, settings=Settings(team_quota=Decimal(1)))
    assert reading.export.deals[0].amount == 100
    assert "All amounts are in EUR and the settings say USD" in said(reading)


def test_cells_that_cannot_be_read_are_empty_and_named_with_their_row(read):
    reading = read(sheet(row(), row("2", amount="lots", close="soon"), row("3", amount="-5")))
    assert [(deal.amount, deal.close_date) for deal in reading.export.deals][1] == (None, None)
    assert "“amount” in row 3: “lots” is no amount" in said(reading)
    assert "“close date” in row 3: “soon” is no date" in said(reading)
    assert "Amounts below 0 in row 4" in said(reading)


def test_an_undecidable_date_is_a_question_that_an_answer_settles(read):
    text = sheet(row(close="03/04/2026"))
    with pytest.raises(Unclear, match="day/month or month/day") as asked:
        read(text)
    assert [(ask.id, [one.value for one in ask.choices]) for ask in asked.value.open] == [
        ("date_order", ["dmy", "mdy"])
    ]
    assert asked.value.sentence.endswith('date_order = "dmy"  # dmy for day/month, mdy for month/day')
    assert read(text, answers=Answers(date_order="mdy")).export.deals[0].close_date == date(2026, 3, 4)


def test_an_undecidable_amount_is_a_question_too(read):
    with pytest.raises(Unclear, match=r"“1\.000” in “amount”"):
        read(sheet(row(amount="1.000")))


def test_the_age_of_the_last_activity_stands_in_for_its_date(read):
    reading = read(sheet("1,A,Proposal,9", header="id,name,stage,days_since_last_activity"))
    assert reading.export.deals[0].last_activity == date(2026, 5, 11)
    assert "last_activity" in reading.export.columns


def test_deleted_rows_are_left_out_and_a_file_of_them_is_refused(read):
    header = "id,name,stage,is_deleted"
    reading = read(sheet("1,A,Proposal,false", "2,B,Proposal,true", header=header))
    assert [(one.row, one.reason) for one in reading.report.left_out] == [(3, "deleted in the CRM")]
    with pytest.raises(Refused, match="there are no deals in it"):
        read(sheet("2,B,Proposal,true", header=header))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", HEADER.encode(), b",,,\n,,,\n"])
def test_a_file_without_deals_is_refused_with_the_report_to_ask_for(read, data):
    with pytest.raises(Refused, match="Ask the CRM for: all open deals of the team plus everything closed"):
        read(data)


@pytest.mark.parametrize(
    ("data", "word"), [(b"PK\x03\x04rest", "workbook"), (b"\x1f\x8b\x08", "gzip"), (b"%PDF-1.7", "PDF")]
)
def test_another_kind_of_file_is_refused_by_its_name(read, data, word):
    with pytest.raises(Refused, match=word):
        read(data)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"none\.csv cannot be read"):
        read_export(tmp_path / "none.csv", settings=Settings(), day=DAY)
    with pytest.raises(Refused, match="no export in the folder"):
        read_export(tmp_path, settings=Settings(), day=DAY)


def test_guards_of_formulas_are_taken_off_and_words_for_nothing_are_blank(read):
    header = "id,name,stage,next step,owner"
    (deal,) = read(sheet("1,'+1 Tower,Proposal,n/a,Unassigned", header=header)).export.deals
    assert (deal.name, deal.next_step, deal.owner) == ("+1 Tower", "", "")


ORDERED = ["id", "owner", "account", "name", "stage", "amount", "close_date"]
CRMS = {
    "Salesforce": "Opportunity ID,Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date",
    "HubSpot": "Record ID,Deal owner,Associated Company,Deal Name,Deal Stage,Amount,Close Date",
    "Pipedrive": "Deal - ID,Deal - Owner,Deal - Organization,Deal - Title*,Deal - Stage,Deal - Value,"
    "Deal - Expected close date",
    "Zoho CRM": "Record Id,Deal Owner,Account Name,Deal Name,Stage,Amount,Closing Date",
    "Dynamics 365": "(Do Not Modify) Opportunity,Owner,Potential Customer,Topic,Sales Stage,Est. revenue,"
    "Est. Close Date",
    "Odoo": "External ID,Salesperson,Customer,Opportunity,Stage,Expected Revenue,Expected Closing",
    "EspoCRM": "id,assignedUserName,accountName,name,stage,amount,closeDate",
    "SuiteCRM": "ID,Assigned User Name,Account Name,Opportunity Name,Sales Stage,Opportunity Amount,"
    "Expected Close Date",
    "Freshsales": "Deal : id,Deal : Owner,Deal : Account name,Deal : Name,Deal : Deal stage,Deal : Total Deal Value,"
    "Deal : Expected close date",
    "Copper": "Opportunity ID,Owned By,Company,Opportunity,Stage,Value,Close Date,Win Probability",
    "generic": "deal_id,rep_name,company,deal_name,stage,arr,close_date",
}


@pytest.mark.parametrize(
    ("crm", "header"), [*CRMS.items(), ("Salesforce", "ID,OWNERID,Account.Name,NAME,STAGENAME,AMOUNT,CLOSEDATE")]
)
def test_each_crm_is_recognised_and_its_columns_found(read, crm, header):
    reading = read(sheet("1,Ann,Acme,N,S,5,2026-06-30", header=header))
    (deal,) = reading.export.deals
    assert reading.report.crm == crm
    assert [getattr(deal, field) for field in ORDERED] == ["1", "Ann", "Acme", "N", "S", 5, date(2026, 6, 30)]


def test_cents_of_close_are_brought_to_dollars_and_the_lead_names_the_deal(read):
    header = "id,user_name,lead_name,status_label,status_type,value_period,value"
    (deal,) = read(sheet("oppo_1,Ann,Acme,Sent,active,one_time,300000", header=header)).export.deals
    assert (deal.id, deal.name, deal.amount, deal.status) == ("oppo_1", "Acme", 3000, Status.OPEN)


def test_a_weighted_amount_is_not_taken_for_the_amount(read):
    header = "Opportunity ID,Opportunity Owner,Opportunity Name,Account Name,Expected Revenue,Stage,Close Date"
    reading = read(sheet("1,Ann,N,Acme,40,S,2026-06-30", header=header))
    assert reading.export.deals[0].amount is None
    assert "Expected Revenue" in reading.report.left_over


def test_two_columns_that_could_be_the_amount_are_asked_about_once(read):
    text = sheet("1,N,S,40,50", header="id,name,stage,amount,value")
    with pytest.raises(Unclear, match=r"Amount: which is it, “amount” \(40\) or “value” \(50\)\?") as asked:
        read(text)
    assert '[mapping]\n"amount" = "amount"' in asked.value.sentence
    assert read(text, answers=Answers(mapping={"value": "amount"})).export.deals[0].amount == 50


def test_an_empty_column_gives_way_to_a_filled_one(read):
    assert read(sheet("1,N,S,,50", header="id,name,stage,amount,value")).export.deals[0].amount == 50


def test_a_mapping_names_columns_that_nobody_knows(read, tmp_path):
    file = tmp_path / "map.toml"
    file.write_text(
        'date_order = "dmy"\n[mapping]\n"Potwór" = "name"\nKasa = "amount"\nKiedy = "close_date"\nstage = ""\n'
    )
    text = sheet("1,Renewal,77,03/04/2026,X", header="Nr,Potwór,Kasa,Kiedy,stage")
    (deal,) = read(text, answers=load_answers(file)).export.deals
    assert (deal.name, deal.amount, deal.close_date, deal.stage) == ("Renewal", 77, date(2026, 4, 3), "")


@pytest.mark.parametrize("text", ["nonsense = ", 'date_order = "ymd"', '[mapping]\nA = "colour"', "surprise = 1"])
def test_a_mapping_that_makes_no_sense_is_refused(tmp_path, text):
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(Refused, match=r"map\.toml"):
        load_answers(tmp_path / "map.toml")


def test_the_report_counts_lists_and_goes_to_json(read):
    reading = read(sheet(row(), row("2", stage="Closed Won"), row("3", amount="50.5", owner="Bo")))
    text = "\n".join(reading.report.sentences())
    assert "3 deals from deals.csv" in text
    assert "2 open worth 150.50 USD, 1 won, 0 lost" in text
    assert "2 owners: Ann Lee 1 (100), Bo 1 (50.50)" in text
    assert "No stage-change date: stage age counts from today." in text
    told = msgspec.json.decode(reading.report.to_json())
    assert (told["open_amount"], told["columns"]["owner"], told["left_over"]) == ("150.5", "owner", [])


def test_the_same_file_on_the_same_day_has_the_same_export_id(read):
    assert read(sheet(row())).export.id == read(sheet(row())).export.id != read(sheet(row("2"))).export.id


def test_a_crm_that_nobody_knows_is_refused_with_the_known_ones(read):
    with pytest.raises(Refused, match=r"“Acme CRM” is no CRM.*HubSpot.*Salesforce"):
        read(sheet(row()), answers=Answers(crm="Acme CRM"))


def test_what_stands_once_for_each_group_is_repeated_only_when_somebody_says_so(read):
    lines = ("Ann,1,A,Proposal,100", ",2,B,Proposal,50", ",3,C,Demo,20", "Bo,4,D,Demo,10", ",5,E,Demo,10")
    text = sheet(*lines, header="owner,id,name,stage,amount")
    with pytest.raises(
        Unclear, match=r"“owner” stands once for each group and is empty in 3 rows[\s\S]*fill_down = true"
    ):
        read(text)
    owners = [deal.owner for deal in read(text, answers=Answers(fill_down=True)).export.deals]
    assert owners == ["Ann", "Ann", "Ann", "Bo", "Bo"]
    assert [deal.owner for deal in read(text, answers=Answers(fill_down=False)).export.deals][1] == ""


def test_owners_that_stand_twice_are_no_groups(read):
    lines = ("Ann,1,A,Demo,1", ",2,B,Demo,5", ",3,C,Demo,2", ",4,D,Demo,1", "Ann,5,E,Demo,1")
    assert read(sheet(*lines, header="owner,id,name,stage,amount")).export.deals[1].owner == ""


def test_the_one_currency_of_a_file_is_the_teams_until_somebody_says_another(read):
    text = sheet("1,A,Proposal,100,EUR", "2,B,Proposal,100,", header="id,name,stage,amount,currency")
    fresh = read(text)
    assert (fresh.report.currency, fresh.export.currency) == ("EUR", "EUR")
    assert "settings say" not in said(fresh)


@pytest.mark.parametrize(("owners", "said"), [(("REP-01", "REP-02"), True), (("REP-01", "Ada Blum"), False)])
def test_owners_that_are_codes_are_told_apart_from_names(owners, said):
    deals = [Deal(id=owner, name="Ten new lifts", owner=owner) for owner in owners]
    assert bool(coded_owners(deals)) is said


def test_one_deal_is_one_deal(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text("id,name,amount,stage,close date\n1,Ten new lifts,5,Proposal,2026-12-18\n", "utf-8")
    reading = read_export(path, settings=Settings(), day=date(2026, 11, 23))
    assert reading.report.sentences()[0].startswith("1 deal from deals.csv")
