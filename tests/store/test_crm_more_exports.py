"""More exports as people send them: other languages, warehouses, lists kept by hand; each test is one wrong reading."""

from datetime import date
from decimal import Decimal

import pytest

from review.answers import Answers
from review.deals import Category, Status
from review.people import Person
from review.records import Ledger
from review.settings import Settings
from review.unclear import Unclear
from store.crm.meaning import Experience, Given, deals_of
from store.crm.read import read_bytes
from store.crm.table import table_of
from store.errors import Refused

DAY = date(2026, 11, 22)


def read(text, **answers):
    text = text.replace("|", "\t")
    return read_bytes(text.encode(), file="x.csv", settings=Settings(), day=DAY, answers=Answers(**answers))


def values(reading, field):
    return [getattr(deal, field) for deal in reading.export.deals]


def said(reading):
    return " ".join(reading.report.sentences())


def asked(text):
    with pytest.raises(Unclear) as raised:
        read(text)
    return raised.value.sentence


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Zuständiger Mitarbeiter für den Deal", "owner"),
        ("ID de fiche d'info", "id"),
        ("Catégorie de prévisions", "category"),
        ("Categoría de pronóstico", "category"),
        ("見込みカテゴリー", "category"),
        ("次のステップ", "next_step"),
    ],
)
def test_a_translation_with_other_little_words_is_the_same_header(header, field):
    head = (
        "Deal-Name|Deal-Phase|Betrag|Abschlussdatum"
        if field == "owner"
        else "Nom de la transaction|Phase de la transaction"
    )
    cells = "A|P|5|2026-12-01" if field == "owner" else "A|P"
    assert read(f"{head}|{header}\n{cells}|x1").report.columns[field] == header


@pytest.mark.parametrize(
    ("word", "category"),
    [("Engagement", Category.COMMIT), ("Bester Fall", Category.BEST_CASE), ("Omitido", Category.OMITTED)],
)
def test_forecast_categories_in_other_languages_are_read(word, category):
    reading = read(f"Deal ID|Deal Name|Stage|Amount|Forecast Category\n1|A|P|5|{word}")
    assert values(reading, "category") == [category]
    assert "not known" not in said(reading)


def test_a_header_that_several_crms_share_is_no_question_in_a_list_of_nobodys():
    reading = read(
        "Nom|Compte|Étape|Montant|Date de clôture|Probabilité\nA|Acme|Devis|5|11/12/2026|75 %\nB|Bo|X|6|30/12/2026|5 %"
    )
    assert values(reading, "close_date") == [date(2026, 12, 11), date(2026, 12, 30)]
    assert reading.report.columns["account"] == "Compte"


def test_a_row_that_a_warehouse_keeps_of_a_deleted_deal_is_no_deal():
    reading = read(
        "deal_id|property_dealname|property_dealstage|property_amount|property_hubspot_owner_id|property_hs_is_closed_won"
        "|_fivetran_deleted\n1|A|contractsent|5|77|false|false\n2|B|contractsent|6|77|false|true\n3|C|x|7|77|true|false"
    )
    assert reading.report.crm == "HubSpot"
    assert values(reading, "name") == ["A", "C"]
    assert values(reading, "owner") == ["77", "77"]
    assert values(reading, "status") == [Status.OPEN, Status.WON]


def test_columns_of_a_list_kept_by_hand_are_asked_by_what_their_headers_and_cells_say():
    sentence = asked(
        "Company|Who|Deal size|Where are we?|When?|Chance\nBlue|Ann|12k|3 - Proposal|mid December|hot\n"
        "Red|Ann|9k|✅ Won|15/12/2026|warm\nTan|Bob|7k|❌ Lost|20/11/2026|cold"
    )
    for line in ('"Who" = "owner"', '"Where are we?" = "stage"', '"When?" = "close_date"'):
        assert line in sentence
    assert "(mid December, 15/12/2026, 20/11/2026)" in sentence


def test_a_column_with_ends_among_its_words_is_proposed_as_the_stage_whatever_it_is_called():
    assert '"Lage" = "stage"' in asked("Deal ID|Deal Name|Amount|Lage\n1|A|5|Angebot raus\n2|B|6|Gewonnen\n3|C|7|Demo")


def test_a_column_of_nothing_but_open_and_won_tells_which_deals_are_closed():
    reading = read(
        "Deal ID|Deal Name|Amount|Stage|How it went\n1|A|5|Proposal|Open\n2|B|6|Contract|Won\n3|C|7|Demo|Lost"
    )
    assert values(reading, "status") == [Status.OPEN, Status.WON, Status.LOST]
    assert "told by “How it went”" in said(reading)


def test_forecast_categories_under_a_header_of_nobodys_are_named_with_values_and_their_line():
    reading = read("Deal ID|Deal Name|Amount|Stage|Gut feel\n1|A|5|P|Commit\n2|B|6|P|Best Case\n3|C|7|P|Pipeline")
    assert "“Gut feel” (Commit, Best Case, Pipeline) looks like the forecast category" in said(reading)
    assert '"Gut feel" = "category"' in said(reading)


def test_a_currency_is_proposed_beside_an_amount_that_is_only_proposed():
    assert '# "BidCurrency" = "currency"' in asked(
        "Deal ID|Deal Name|Stage|BidAmount|BidCurrency\n1|A|P|5|EUR\n2|B|P|6|EUR"
    )


def test_subtotals_between_the_groups_tell_a_grouped_report_however_few_cells_are_blank():
    text = (
        "Opportunity Owner|Opportunity Name|Account Name|Stage|Amount|Close Date\nAnn|A|X|P|5|2026-12-01\n"
        "|B|Y|P|6|2026-12-01\n"
        "Subtotal||||11|\nBob|C|Z|P|7|2026-12-01\nSubtotal||||7|\nTotal||||18|"
    )
    assert "“Opportunity Owner” stands once for each group and is empty in 1 row below" in asked(text)
    assert values(read(text, fill_down=True), "owner") == ["Ann", "Ann", "Bob"]


def test_a_total_below_a_plain_list_makes_no_groups_of_it():
    text = "Owner|Deal Name|Stage|Amount\nAnn|A|P|5\n|B|P|6\nBob|C|P|7\nTotal|||18"
    assert values(read(text), "owner") == ["Ann", "", "Bob"]


def test_a_category_that_one_deal_has_is_no_group():
    text = "Deal ID|Deal Name|Owner|Stage|Amount|Forecast Category\n1|A|Ann|P|5|Commit" + "".join(
        f"\n{n}|B{n}|Bo|P|5|" for n in range(2, 7)
    )
    assert values(read(text), "category") == [Category.COMMIT, *[Category.PIPELINE] * 5]


def test_an_amount_that_shows_its_own_mark_is_read_among_others():
    reading = read("Deal ID|Deal Name|Stage|Amount\n1|A|P|1.2M\n2|B|P|12 500,00 €\n3|C|P|9.5k")
    assert values(reading, "amount") == [1_200_000, Decimal("12500.00"), 9500]


def test_amounts_all_in_one_currency_are_in_that_currency_unless_the_crm_names_the_one_it_converts_to():
    header = "id|name|accountName|assignedUserName|stage|amount|amountCurrency|amountConverted|closeDate"
    text = header + "\n1|A|X|Ann|P|5|EUR|{}|2026-12-01"
    assert read(text.format("5")).export.currency == "EUR"
    named = read(
        "Opportunity Owner|Account Name|Opportunity Name|Close Date|Amount Currency|Amount|Amount (converted) Currency"
        "|Amount (converted)\nAnn|X|A|2026-12-01|EUR|5|GBP|6"
    )
    assert (named.export.currency, values(named, "amount")) == ("GBP", [6])


def test_two_sizes_of_a_contract_are_a_question():
    assert "which is it, “TCV” (37500) or “ACV” (12500)?" in asked("Deal|Owner|Stage|ACV|TCV\nA|Ann|P|12500|37500")


def test_an_empty_column_between_others_parts_no_table():
    text = "Deal Name|Owner|Stage||Amount|Next Step\nA|Ann|P||5|Call\nB|Bo|P||6|\nC|Bo|P|||"
    assert values(read(text), "amount") == [5, 6, None]


def test_the_header_of_subitems_spoils_no_figure():
    reading = read(
        "Name|Subitems|Owner|Stage|Deal Value|Expected Close Date|Item ID\nA|x|Ann|P|5|2026-12-01|11\n"
        "Subitems|Name|Owner|Status|Item ID||\n|Call|Ann|Done|99||\n"
    )
    assert values(reading, "amount") == [5]
    assert "no amount that can be read" not in said(reading)


@pytest.mark.parametrize(("stage", "status"), [("Сделка успешна", Status.WON), ("Сделка провалена", Status.LOST)])
def test_the_ends_of_a_russian_pipeline_are_ends(stage, status):
    assert values(read(f"ID|Название сделки|Стадия сделки|Сумма|Ответственный\n1|A|{stage}|5|Иван"), "status") == [
        status
    ]


def test_no_owner_is_nobody_who_is_counted():
    assert "1 owner: (none) 1 (6), Ann 1 (5)." in said(
        read("Deal ID|Deal Name|Owner|Stage|Amount\n1|A|Ann|P|5\n2|B||P|6")
    )


def test_what_is_scheduled_in_odoo_is_shown_and_never_written_back():
    reading = read(
        "id|name|stage_id|expected_revenue|date_deadline|activity_ids/summary|activity_ids/date_deadline\n"
        "x.1|A|New|5|2026-12-01|Call|2026-11-25"
    )
    assert values(reading, "next_step") == ["Call"]
    assert values(reading, "next_step_date") == [date(2026, 11, 25)]


def test_two_rows_of_one_deal_are_shown_by_the_headers_of_the_file():
    sentence = asked("Deal ID|Deal Name|Stage|Amount|Forecast\n1|A|P|5|Commit\n1|A|P|5|Committed\n2|B|P|6|Pipeline")
    assert "both id 1 (Forecast Commit and Committed)" in sentence
    assert "category word" not in sentence


def test_an_owner_who_is_not_in_the_list_of_people_is_named():
    known = Experience(before=Ledger(roster=(Person(id="ab", name="Ann Bell"),)))
    table = table_of(
        b"Deal ID,Deal Name,Owner,Stage,Amount\n1,A,Ann Bell,P,5\n2,B,Tom Reed,P,6", file="x", answers=Answers()
    )
    report = deals_of(table, Given(settings=Settings(), day=DAY, experience=known)).report
    assert "Nobody of the team: Tom Reed (1)." in " ".join(report.sentences())


@pytest.mark.parametrize("cell", ["12.500,- €", "CHF 12'500.-", "Fr. 12'500.–", "12.500,–", "12,500.00"])
def test_a_dash_in_place_of_cents_makes_no_amount_negative(cell):
    assert values(read(f"Deal ID|Deal Name|Stage|Amount\n1|A|P|{cell}\n2|B|P|7,50"), "amount")[0] == 12_500


def test_a_day_in_japanese_is_a_day():
    reading = read("Deal ID|Deal Name|Stage|Close Date\n1|A|P|2026年12月11日\n2|B|P|2026年1月5日")
    assert values(reading, "close_date") == [date(2026, 12, 11), date(2026, 1, 5)]


def test_the_sums_of_a_spanish_report_are_no_deals_and_its_groups_are_asked_about():
    text = (
        "Etapa|Propietario de oportunidad|Nombre de la oportunidad|Importe|Fecha de cierre|ID de oportunidad\n"
        "Negociación|Ana Ruiz|Torre|12.500,00|11/12/2026|0064x00000AbCdE\n||Anexo|500,00|12/12/2026|0064x00000AbCdF\n"
        "|Luis Paz|Norte|900,00|30/12/2026|0064x00000AbCdG\nSubtotal||3|13.900,00||\n"
        "Cerrada ganada|Ana Ruiz|Fin|100,00|10/11/2026|0064x00000AbCdH\nSubtotal||1|100,00||\n"
        "Total general||4|14.000,00||"
    )
    assert "“Etapa” and “Propietario de oportunidad” stand once for each group" in asked(text)
    assert values(read(text, fill_down=True), "owner") == ["Ana Ruiz", "Ana Ruiz", "Luis Paz", "Ana Ruiz"]


def test_a_status_that_nobody_knows_is_named_with_its_line_and_the_line_holds():
    text = "Deal ID|Deal Name|Stage|Amount|Status\n1|A|P|5|Open\n2|B|Contract|6|Closed"
    reading = read(text)
    assert "Not known in “Status”, taken as open: “Closed” (1)." in said(reading)
    assert '"Closed" = "won"' in said(reading)
    answered = read(text, stages={"Closed": "won"})
    assert values(answered, "status") == [Status.OPEN, Status.WON]
    assert "Not known" not in said(answered)


def test_flags_called_won_and_lost_close_deals():
    reading = read("Deal ID|Deal Name|Stage|Amount|Won?|Lost?\n1|A|P|5||\n2|B|P|6|yes|\n3|C|P|7||x")
    assert values(reading, "status") == [Status.OPEN, Status.WON, Status.LOST]


def test_the_owner_of_the_account_is_not_taken_for_the_account():
    assert "Account Owner” (Zoe)" not in said(
        read("Deal ID|Deal Name|Account Owner|Deal Owner|Stage|Amount\n1|A|Zoe|Ann|P|5")
    )


def test_a_report_type_of_an_admins_own_is_a_salesforce_report():
    reading = read(
        "Opportunity: Opportunity Name|Opportunity: ID|Opportunity Owner: Full Name|Account Name: Account Name"
        "|Opportunity: Stage|Opportunity: Amount|Opportunity: Close Date\n"
        "A|0064x00000AbCdE|Ann|Blue|P|5|2026-12-11"
    )
    (deal,) = reading.export.deals
    assert reading.report.crm == "Salesforce"
    assert (deal.name, deal.owner, deal.account, deal.stage, deal.amount) == ("A", "Ann", "Blue", "P", 5)


@pytest.mark.parametrize(
    ("cell", "amount"), [("$12,500", 12_500), ("300000", 3000), ("300000.0", 3000), ("12.50", 12.5)]
)
def test_amounts_dressed_for_people_are_no_cents(cell, amount):
    reading = read(f"lead_name|status_label|status_type|value_period|value\nBlue|P|active|one_time|{cell}")
    assert values(reading, "amount") == [Decimal(str(amount))]


def test_a_day_in_a_column_of_wins_says_won():
    reading = read(
        "Deal ID|Deal Name|Stage|Amount|Won Date|Lost Date\n1|A|P|5||\n2|B|P|6|2026-11-10|\n3|C|P|7||2026-11-12"
    )
    assert values(reading, "status") == [Status.OPEN, Status.WON, Status.LOST]


def test_ids_tell_the_crm_where_its_headers_are_in_a_language_nobody_wrote_down():
    text = "Nr.|Bezeichnung|Wer|Stand|Summe\nzcrm_487600|Turm|Ann|Angebot|5"
    fields = {"Nr.": "id", "Bezeichnung": "name", "Wer": "owner", "Stand": "stage", "Summe": "amount"}
    assert read(text, mapping=fields).report.crm == "Zoho CRM"


def test_a_conversion_to_a_currency_that_is_not_said_gives_way_to_the_one_currency_of_the_deals():
    reading = read(
        "Record ID|Deal Name|Deal Stage|Close Date|Amount|Amount in company currency|Currency\n"
        "1|A|P|2026-12-11|100|108|EUR\n2|B|P|2026-12-11|200|216|EUR"
    )
    assert (reading.export.currency, values(reading, "amount")) == ("EUR", [100, 200])


def test_a_stage_that_sounds_closed_comes_with_the_line_that_says_how():
    reading = read("Deal ID|Deal Name|Stage|Amount\n1|A|Lost to competitor|5")
    assert '"Lost to competitor" = "lost"' in said(reading)


def test_digits_of_other_scripts_are_digits():
    assert values(read("Deal ID|Deal Name|Stage|Amount\n1|A|P|١٢٥٠٠\n2|B|P|١٬٢٥٠٫٥٠"), "amount") == [
        12500,
        Decimal("1250.50"),
    ]


def test_a_deal_with_the_day_of_its_deletion_is_no_deal():
    reading = read(
        "id|name|amountAmountMicros|stage|companyId|ownerId|closeDate|deletedAt\nt1|A|5000000|NEW|c|o|2026-12-11|\n"
        "t2|B|6000000|NEW|c|o|2026-12-11|2026-09-01T00:00:00Z"
    )
    assert values(reading, "name") == ["A"]
    assert "deleted in the CRM" in said(reading)


def test_a_day_of_closing_without_a_word_how_is_named():
    reading = read("Deal ID|Deal Name|Stage|Amount|Closed Date\n1|A|405|5|2026-11-11\n2|B|402|6|")
    assert values(reading, "status") == [Status.OPEN, Status.OPEN]
    assert "1 deal is open by all the file says, with a day in “Closed Date”" in said(reading)


def test_a_tracker_of_which_half_the_dates_are_words_is_asked_for_its_close_date():
    sentence = asked(
        "Kunde|Projekt|Status|Volumen TEUR|Auftragseingang erwartet\nMüller|A|Angebot|1,5|Q1 2027\n"
        "Weber|B|Auftrag|2,5|10.11.2026"
    )
    assert '"Auftragseingang erwartet" = "close_date"' in sentence


@pytest.mark.parametrize(
    "header",
    [
        "商机名称|客户名称|负责人|销售阶段|预计成交金额|预计成交日期",
        "案件名|顧客名|担当者|フェーズ|受注予定額|受注予定日",
    ],
)
def test_lists_in_chinese_and_japanese_are_asked_about_column_by_column(header):
    sentence = asked(f"{header}\nA|Acme|Ann|提案|1250000|2026/12/11\nB|Bo|Lee|Demo|300000|2026/11/10")
    for field in ("amount", "close_date"):
        assert f'= "{field}"' in sentence


def test_a_summed_column_of_a_report_is_the_column():
    text = "Opportunity Owner|Account Name|Opportunity Name|Stage|Sum of Amount|Close Date\nAnn|X|A|P|5|2026-12-11"
    assert values(read(text), "amount") == [5]


def test_a_list_in_french_is_no_crms_export_for_two_words_of_it():
    assert read("Nom|Compte|Étape|Montant\nA|Acme|Devis|5").report.crm == "generic"


@pytest.mark.parametrize(
    ("cell", "step"),
    [
        ("<p>Call <a href='x'>Dana</a> &amp; Tom</p>", "Call Dana & Tom"),
        ("Ask<br/>legal", "Ask legal"),
        ("price < 5 and > 3", "price < 5 and > 3"),
        ("mail <dana@x.com>", "mail <dana@x.com>"),
    ],
)
def test_quirk_10_a_next_step_that_is_a_page_is_shown_by_its_words(cell, step):
    assert values(read(f"Deal ID|Deal Name|Stage|Amount|Next Step\n1|A|P|5|{cell}"), "next_step") == [step]


def test_a_stage_that_begins_with_closed_and_goes_on_in_words_nobody_knows_is_named():
    reading = read(
        "Deal ID|Deal Name|Stage|Amount\n1|A|Chiusa rimandata|5\n2|B|Chiusa aggiudicata|6\n3|C|Cierre programado|7"
    )
    assert values(reading, "status") == [Status.OPEN, Status.WON, Status.OPEN]
    assert "“Chiusa rimandata”, which sounds closed" in said(reading)
    assert "Cierre programado”, which" not in said(reading)


GROUPS = """Opportunity Name|Amount|Close Date
Stage: Proposal
Opportunity Owner: Ann Lee (2 records)
Lifts|100|2026-12-01
Stairs|200|2026-12-05
Opportunity Owner: Unassigned|300
Tarn|300|2026-12-09
Stage: Negotiation (1)
Kvist|50|2026-12-11
"""


def test_lines_that_name_a_field_hold_for_the_deals_below_them():
    reading = read(GROUPS)
    assert values(reading, "owner") == ["Ann Lee", "Ann Lee", "", ""]
    assert values(reading, "stage") == ["Proposal", "Proposal", "Proposal", "Negotiation"]
    assert "The stage stands on lines of its own above the deals (“Proposal”, “Negotiation”)" in said(reading)
    assert [one.row for one in reading.report.left_out] == [2, 3, 6, 8]


def test_a_value_alone_in_its_own_column_holds_for_the_rows_below_where_that_column_is_otherwise_empty():
    head = "Owner|Deal|Amount|Stage|Close Date\n"
    rows = "Ann Lee\n|Lifts|100|Demo|2026-12-01\nBo Berg\n|Tarn|300|Demo|2026-12-09\n|Kvist|5|Demo|2026-12-09\n"
    assert values(read(head + rows), "owner") == ["Ann Lee", "Bo Berg", "Bo Berg"]
    above = read(head + "|First|9|Demo|2026-12-01\n" + rows)
    assert values(above, "owner") == ["", "", "", ""]
    assert "Deals stand in groups (“Ann Lee”, “Bo Berg”)" in said(above)


def test_groups_that_nothing_names_are_left_out_and_said():
    reading = read(
        "Deal|Amount|Close Date|Stage\nAnn Lee\nLifts|100|2026-12-01|Demo\nBo Berg\nTarn|3|2026-12-09|Demo\n"
    )
    assert values(reading, "owner") == ["", ""]
    assert "Deals stand in groups (“Ann Lee”, “Bo Berg”), and nothing says what those are" in said(reading)


@pytest.mark.parametrize("header", ["Deal ID|Deal name|Deal stage|Deal owner", "Id|Deal name|Deal stage|Rep"])
def test_a_list_of_anybodys_is_no_hubspot_export_for_two_of_its_words(header):
    assert read(f"{header}|Amount|Close date\n1|Lifts|Demo|Ann|5|2026-12-01\n").export.crm == "generic"
    kept = "dealname|dealstage|amount|closedate\nLifts|appointmentscheduled|5|2026-12-01\n"
    assert read(kept).export.crm == "HubSpot"


@pytest.mark.parametrize(
    ("owners", "taken"),
    [
        (("Bo Berg, Ann Lee", "Ann Lee"), ["Bo Berg", "Ann Lee"]),
        (("Bo Berg / Ann Lee", "Tom Ode"), ["Bo Berg", "Tom Ode"]),
        (("bo@x.com; ann@x.com", "tom@x.com"), ["bo@x.com", "tom@x.com"]),
        (("Ann & Bo", "Ann"), ["Ann", "Ann"]),
        (("Lee, Ann", "Berg, Bo"), ["Lee, Ann", "Berg, Bo"]),
        (("Santa Cruz, Maria Clara", "Ode, Tom"), ["Santa Cruz, Maria Clara", "Ode, Tom"]),
        (("North/East", "South"), ["North/East", "South"]),
    ],
)
def test_of_several_owners_in_one_cell_the_first_counts_and_is_named(owners, taken):
    reading = read(f"Deal ID|Deal Name|Stage|Amount|Owner\n1|A|P|5|{owners[0]}\n2|B|P|5|{owners[1]}\n")
    assert values(reading, "owner") == taken
    assert ("a deal has one owner" in said(reading)) == (taken[0] != owners[0])


@pytest.mark.parametrize(
    "text",
    [
        "| id | Deal | Owner | Stage | Amount |\n|---|---|:---|---|--:|\n| 1 | A | Ann | P | 5 |\n",
        " id | Deal | Owner | Stage | Amount\n----+------+-------+-------+-----\n 1 | A | Ann | P | 5\n(1 row)\n",
    ],
)
def test_the_ruled_line_of_a_drawn_table_is_no_deal(text):
    reading = read_bytes(text.encode(), file="x.txt", settings=Settings(), day=DAY, answers=Answers())
    assert [(deal.id, deal.name, deal.owner) for deal in reading.export.deals] == [("1", "A", "Ann")]
    assert "row 2: a ruled line" in said(reading)


def test_a_file_that_ends_within_a_row_is_named_as_cut_off():
    whole = "Deal ID|Deal Name|Owner|Stage|Amount\n1|A|Ann|P|5\n2|B|Bo|P|6"
    assert "cut off" not in said(read(whole))
    assert "cut off" not in said(read(whole + "\nConfidential Information - Do Not Distribute"))
    assert "Row 3, the last one, ends after 3 of 5 cells: the file seems to be cut off." in said(read(whole[:-4]))


@pytest.mark.parametrize(
    ("encoding", "client"), [("cp1250", "Łódź Sp."), ("cp850", "Müller"), ("cp1252", "Müller"), ("mac_roman", "Müller")]
)
def test_headers_that_crms_have_tell_in_which_encoding_they_are_words(encoding, client):
    header = "Nazwa,Klient,Etap,Wartość" if encoding == "cp1250" else "Deal-Name,Account,Phase,Nächster Schritt,Betrag"
    row = f"A,{client},Oferta,5" if encoding == "cp1250" else f"A,{client},Angebot,Anrufen,5"
    data = f"{header}\n{row}\n".encode(encoding)
    answers = Answers(mapping={"Klient": "account", "Etap": "stage", "Wartość": "amount"})
    reading = read_bytes(data, file="x.csv", settings=Settings(), day=DAY, answers=answers)
    assert values(reading, "account") == [client]


def test_joined_reports_and_aliases_of_owners_are_salesforces():
    reading = read(
        "Opportunities: Opportunity Name|Opportunities: Amount|Opportunities: Stage|Opportunity Owner Alias"
        "|Opportunities: Close Date|Cases: Status\nA|5|P|alee|12/18/2026\n|||||New\n"
    )
    assert (values(reading, "name"), values(reading, "owner")) == (["A"], ["alee"])


def test_a_tracker_with_air_at_its_left_edge_is_found_and_asked_about():
    sentence = asked(
        "|Q4 PIPELINE|\n||||\n|Who|Customer|What|How much|Notes\n|Ann|Acme|Lifts|12k|hot\n|Bo|Tarn|Ramp|9k|\n"
    )
    assert '"Who" = "owner"' in sentence
    assert '"How much" = "amount"' in sentence


@pytest.mark.parametrize("cell", ["3 de enero de 2026", "3 de janeiro de 2026", "3 ene. 2026", "3 de Enero del 2026"])
def test_a_day_in_spanish_and_portuguese_words_is_a_day(cell):
    reading = read(f"Deal ID|Deal Name|Stage|Amount|Close Date\n1|A|P|5|{cell}\n")
    assert values(reading, "close_date") == [date(2026, 1, 3)]


def test_the_page_behind_a_name_of_notion_is_no_part_of_it():
    row = "A|Acme (https://www.notion.so/Acme-1a2b?pvs=21)|P|5|See (https://x.com/plan)"
    reading = read(f"Deal|Account|Stage|Amount|Next Step\n{row}\n")
    assert (values(reading, "account"), values(reading, "next_step")) == (["Acme"], ["See (https://x.com/plan)"])


def test_a_legend_below_a_list_is_no_deal_and_a_deal_of_a_group_is_one():
    head = "Deal ID|Deal|Owner|Stage|Amount|Close Date\n"
    reading = read(head + "1|A|Ann|Demo|5|2026-12-01\n\nLegend:\nGreen|on track\n2|B||Demo\n")
    assert values(reading, "name") == ["A", "B"]
    assert "2 rows (4, 5): no owner, no stage, no amount, no close date" in said(reading)
    unused = "Deal ID|Deal|Owner|Stage|Amount|Close Date\n1|A|Ann\n2|B\n"
    assert values(read(unused), "name") == ["A", "B"]
    grouped = "Owner|Stage|Deal|Amount|Close Date\nAnn|Demo|A|5|2026-12-01\n||B\n||C\n"
    assert values(read(grouped, fill_down=True), "name") == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("2.5 Cr", "25000000"), ("15 Lakh", "1500000"), ("₹12,34,567.00", "1234567"), ("1.5 crores", "15000000")],
)
def test_amounts_are_read_as_they_are_counted_in_india(cell, amount):
    assert values(read(f"Deal ID|Deal Name|Stage|Amount\n1|A|P|{cell}\n"), "amount") == [Decimal(amount)]


def test_an_amount_in_thousands_of_a_currency_says_so_whichever_stands_first():
    for header in ("Amount ($K)", "Amount (K$)", "Amount (EUR k)"):
        assert values(read(f"Deal ID|Deal Name|Stage|{header}\n1|A|P|45.5\n"), "amount") == [Decimal(45500)], header


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Lost - other", "lost"), ("Won (renewal)", "won"), ("No Decision", "lost"), ("Geweigerd", "lost"),
        ("In Process", "open"), ("Won't happen", "open"),
    ],
)  # fmt: skip
def test_a_status_that_goes_on_behind_its_end_is_that_end(word, status):
    reading = read(f"Deal ID|Deal Name|Stage|Amount|Status\n1|A|P|5|{word}\n2|B|P|6|Open\n")
    assert values(reading, "status")[0] == status


def test_lines_that_stand_whole_within_quotation_marks_are_rows():
    text = '"Deal ID,Deal,Owner,Stage,Amount"\r\n"1,""A, Inc"",Ann,P,5"\r\n"2,B,Bo,P,6"\r\n'
    reading = read_bytes(text.encode(), file="x.csv", settings=Settings(), day=DAY, answers=Answers())
    assert [(deal.id, deal.name, deal.amount) for deal in reading.export.deals] == [
        ("1", "A, Inc", Decimal(5)),
        ("2", "B", Decimal(6)),
    ]
    assert "Every line stood within quotation marks" in said(reading)


def test_what_a_spreadsheet_shows_in_place_of_a_value_is_no_owner():
    assert values(read("Deal ID|Deal|Stage|Amount|Owner\n1|A|P|5|#NAME?\n2|B|P|5|Loading...\n"), "owner") == ["", ""]


def test_the_account_of_a_list_in_another_language_is_taken_by_its_plain_name():
    reading = read("Nr.|Kunde|Projekt|Owner|Amount|Phase\n1|Acme|Lift|Ann|5|Offerte\n2|Tarn|Rampe|Bo|6|Offerte\n")
    assert (values(reading, "account"), values(reading, "name")) == (["Acme", "Tarn"], ["Lift", "Rampe"])


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("First Name|Last Name|Email|Company|Owner|Lifecycle Stage|Create Date", "a list of contacts"),
        ("Line item ID|Name|Quantity|Unit price|Amount|Close Date", "a list of products sold"),
        ("Subject|Type|Due Date|Assigned To|Deal|Status", "a list of activities"),
    ],
)
def test_what_a_crm_lists_beside_its_deals_is_no_list_of_deals(header, kind):
    row = "|".join("1" for _ in header.split("|"))
    with pytest.raises(Refused, match=f"it is {kind} and no deals; export the deals instead"):
        read(f"{header}\n{row}\n")


def test_a_report_of_deals_with_their_products_or_contacts_is_one_of_deals():
    head = "Opportunity Name|Product Name|Quantity|Unit Price|Amount|Close Date"
    assert values(read(f"{head}\nLifts|Seat|1|5|5|12/18/2026\n"), "name") == ["Lifts"]
    head = "Deal Name|First Name|Last Name|Owner|Stage|Amount"
    assert values(read(f"{head}\nLifts|Dana|Reed|Ann|P|5\n"), "name") == ["Lifts"]


def test_an_owner_pasted_with_another_space_is_one_person():
    reading = read("Deal ID|Deal|Stage|Amount|Owner\n1|A|P|5|Ann\u00a0Lee\n2|B|P|5|Ann Lee\n3|C|P|5|Ann\u200b  Lee\n")
    assert set(values(reading, "owner")) == {"Ann Lee"}


def test_a_day_in_digits_of_another_script_is_a_day():
    reading = read("Deal ID|Deal|Stage|Amount|Close Date\n1|A|P|5|٢٠٢٦-١٢-١٨\n2|B|P|5|２０２６/１２/１９\n")
    assert values(reading, "close_date") == [date(2026, 12, 18), date(2026, 12, 19)]


def test_sums_between_groups_are_no_group_and_the_first_label_may_stand_above_the_header():
    rows = "Ann Lee (2)\n|Lifts|100|P\nSubtotal||100\n|Ramp|50|P\nBo Berg (1)\n|Tarn|70|P\nGrand Total||220\n"
    reading = read("Owner|Deal|Amount|Stage\n" + rows)
    assert values(reading, "owner") == ["Ann Lee", "Ann Lee", "Bo Berg"]
    assert "(“Ann Lee”, “Bo Berg”)" in said(reading)
    sections = read("Rep: Ann Lee\nDeal|Amount|Stage\nLifts|1|P\nRep: Bo Berg\nDeal|Amount|Stage\nTarn|2|P\n")
    assert values(sections, "owner") == ["Ann Lee", "Bo Berg"]
    titled = read("Owner: Ann Lee\nDeal|Amount|Stage\nLifts|1|P\n")
    assert values(titled, "owner") == [""]


def test_owners_in_brackets_are_the_same_people():
    reading = read("Deal ID|Deal|Stage|Amount|Owner\n1|A|P|5|[Ann Lee]\n2|B|P|5|[Bo Berg,Ann Lee]\n")
    assert values(reading, "owner") == ["Ann Lee", "Bo Berg"]
