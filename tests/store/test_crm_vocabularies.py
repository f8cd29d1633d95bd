"""A small export in the vocabulary of each CRM, and the deal that it must come out as."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from review.deals import Category, Status
from review.settings import Settings
from store.crm.answers import Answers
from store.crm.read import read_bytes

DAY = date(2026, 5, 20)
EUR = Settings(currency="EUR")


def read(rows, *, delimiter=",", settings=None, answers=None):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([list(rows[0]), *(row.values() for row in rows)])
    return read_bytes(
        text.getvalue().encode(), file="x.csv", settings=settings or Settings(), day=DAY, answers=answers or Answers()
    )


USUAL: dict[str, object] = {
    "name": "Acme renewal",
    "account": "Acme",
    "owner": "Ann Lee",
    "amount": Decimal("1234.5"),
    "stage": "Proposal",
    "close_date": date(2026, 6, 30),
    "created": date(2026, 1, 31),
    "status": Status.OPEN,
}
SALESFORCE_ID = "006q000000HddohAAB"

CASES: dict[str, tuple[str, dict[str, str], dict[str, object]]] = {
    "a Salesforce report": (
        "Salesforce",
        {
            "Opportunity Owner": "Ann Lee", "Account Name": "Acme", "Opportunity Name": "Acme renewal",
            "Stage": "Proposal", "Fiscal Period": "Q2-2026", "Amount": "1,234.50", "Expected Revenue": "617.25",
            "Probability (%)": "50", "Age": "90", "Close Date": "6/30/2026", "Created Date": "1/31/2026",
            "Next Step": "Send it", "Type": "Renewal", "Opportunity ID": "006q000000Hddoh",
            "Forecast Category": "Best Case", "Last Activity": "5/13/2026",
        },
        {"id": "006q000000Hddoh", "probability": 50, "next_step": "Send it", "type": "Renewal",
         "category": Category.BEST_CASE, "category_word": "Best Case", "last_activity": date(2026, 5, 13)},
    ),
    "a Salesforce report of several currencies": (
        "Salesforce",
        {
            "Opportunity Owner": "Ann Lee", "Account Name": "Acme", "Opportunity Name": "Acme renewal",
            "Stage": "Proposal", "AMOUNT CURRENCY": "EUR", "AMOUNT": "1,000.00",
            "AMOUNT (CONVERTED) CURRENCY": "USD", "AMOUNT (CONVERTED)": "1,234.50", "Close Date": "6/30/2026",
            "Created Date": "1/31/2026",
        },
        {},
    ),
    "Salesforce's Data Loader": (
        "Salesforce",
        {
            "ID": SALESFORCE_ID, "ISDELETED": "false", "ACCOUNTID": "001A", "NAME": "Acme renewal",
            "STAGENAME": "Proposal", "AMOUNT": "1234.5", "PROBABILITY": "50", "EXPECTEDREVENUE": "617.25",
            "CLOSEDATE": "2026-06-30", "TYPE": "Renewal", "NEXTSTEP": "#N/A", "ISCLOSED": "false", "ISWON": "false",
            "FORECASTCATEGORY": "Forecast", "OWNERID": "005A", "CREATEDDATE": "2026-01-31T20:47:07.000Z",
        },
        {"id": SALESFORCE_ID, "account": "", "owner": "005A", "next_step": "", "category": Category.COMMIT,
         "probability": 50},
    ),
    "a Salesforce query": (
        "Salesforce",
        {
            "Id": SALESFORCE_ID, "Name": "Acme renewal", "Account.Name": "Acme", "Owner.Name": "Ann Lee",
            "Owner.Email": "ann@x.com", "Amount": "1234.5", "StageName": "Proposal", "CloseDate": "2026-06-30",
            "CreatedDate": "2026-01-31", "LastStageChangeDate": "2026-05-01", "NextStep": "Send it",
        },
        {"owner_email": "ann@x.com", "stage_entered": date(2026, 5, 1), "next_step": "Send it"},
    ),
    "a warehouse's copy of Salesforce": (
        "Salesforce",
        {
            "_fivetran_synced": "2026-05-19", "id": SALESFORCE_ID, "name": "Acme renewal", "account_id": "001",
            "owner_id": "005A", "amount": "1234.5", "stage_name": "Proposal", "close_date": "2026-06-30 00:00:00",
            "created_date": "2026-01-31 10:00:00", "is_closed": "false", "is_won": "false", "is_deleted": "false",
            "forecast_category_name": "Commit", "_fivetran_active": "true",
        },
        {"account": "", "owner": "005A", "category": Category.COMMIT},
    ),
    "a German Salesforce": (
        "Salesforce",
        {
            "Opportunity-Name": "Acme renewal", "Accountname": "Acme", "Phase": "Proposal",
            "Schlusstermin": "30.06.2026", "Erstelldatum": "31.01.2026", "Opportunity-Inhaber": "Ann Lee",
            "Nächster Schritt": "Senden", "Wahrscheinlichkeit (%)": "50", "Letzte Aktivität": "13.05.2026",
            "Opportunity-ID": "006q000000Hddoh", "Opportunity-Betrag Währung": "EUR",
            "Opportunity-Betrag": "1.234,50", "Accountinhaber": "Bob",
        },
        {"next_step": "Senden", "probability": 50, "last_activity": date(2026, 5, 13)},
    ),
    "a HubSpot view": (
        "HubSpot",
        {
            "Record ID": "10676775052", "Deal Name": "Acme renewal", "Last Activity Date": "2026-05-13 09:16",
            "Deal Stage": "Proposal", "Close Date": "2026-06-30 10:00", "Deal owner": "Ann Lee", "Amount": "1234.5",
            "Create Date": "2026-01-31 08:00", "Deal probability": "0.5", "Associated Company (Primary)": "Acme",
            "Forecast category": "Most likely", "Next step": "Send it", "Forecast amount": "617",
            "HubSpot Owner Id": "99", "Is Closed Won": "false",
        },
        {"id": "10676775052", "probability": 50, "category": Category.BEST_CASE, "next_step": "Send it"},
    ),
    "HubSpot's interface": (
        "HubSpot",
        {
            "hs_object_id": "1067", "dealname": "Acme renewal", "dealstage": "Proposal", "closedate": "2026-06-30",
            "hubspot_owner_id": "77", "amount": "1234.5", "createdate": "2026-01-31",
            "hs_manual_forecast_category": "BEST_CASE", "hs_deal_stage_probability": "0.5", "hs_next_step": "Send it",
        },
        {"account": "", "owner": "77", "category": Category.BEST_CASE, "probability": 50},
    ),
    "a Spanish HubSpot": (
        "HubSpot",
        {
            "ID de registro": "1067", "Nombre del negocio": "Acme renewal", "Etapa del negocio": "Proposal",
            "Fecha de cierre": "2026-06-30", "Propietario del negocio": "Ann Lee", "Valor": "1234.5",
            "Fecha de creación": "2026-01-31", "Empresa asociada (principal)": "Acme",
        },
        {"id": "1067"},
    ),
    "a German HubSpot": (
        "HubSpot",
        {
            "Datensatz-ID": "1067", "Deal-Name": "Acme renewal", "Deal-Phase": "Proposal",
            "Abschlussdatum": "2026-06-30", "Zuständiger Mitarbeiter": "Ann Lee", "Betrag": "1234.5",
            "Erstellungsdatum": "2026-01-31", "Zugehöriges Unternehmen": "Acme",
        },
        {"id": "1067"},
    ),
    "a Pipedrive view": (
        "Pipedrive",
        {
            "Deal - ID": "12", "Deal - Title": "Acme renewal", "Deal - Organization": "Acme", "Deal - Owner": "Ann Lee",
            "Deal - Creator": "Bob", "Deal - Value": "1234.5", "Deal - Currency of Value": "USD",
            "Deal - Weighted value": "617", "Deal - Stage": "Proposal", "Deal - Probability": "50",
            "Deal - Expected close date": "2026-06-30", "Deal - Deal created": "2026-01-31 08:00:00",
            "Deal - Last activity date": "2026-05-13", "Deal - Last stage change": "2026-05-01",
            "Deal - Next activity date": "2026-05-25", "Deal - Status": "Open",
        },
        {"id": "12", "probability": 50, "stage_entered": date(2026, 5, 1), "next_step_date": date(2026, 5, 25)},
    ),
    "Pipedrive's import sheet": (
        "Pipedrive",
        {
            "Deal - Title*": "Acme renewal", "Organization*": "Acme", "Deal - Owner": "Ann Lee",
            "Deal - Value": "1234.5", "Deal - Stage": "Proposal", "Deal - Expected close date": "2026-06-30",
            "Deal - Creation date": "2026-01-31",
        },
        {},
    ),
    "a Czech Pipedrive": (
        "Pipedrive",
        {
            "Obchod - Název": "Acme renewal", "Organizace": "Acme", "Obchod - Vlastník": "Ann Lee",
            "Obchod - Hodnota": "1234.5", "Obchod - Fáze": "Proposal", "Obchod - Stav": "Vyhráno",
            "Obchod - Očekávané datum uzavření": "2026-06-30", "Deal - Deal created": "2026-01-31",
        },
        {"status": Status.WON},
    ),
    "a modern Zoho": (
        "Zoho CRM",
        {
            "Record Id": "zcrm_4876876000000624001", "Deal Owner.id": "zcrm_1", "Deal Owner": "Ann Lee",
            "Deal Name": "Acme renewal", "Account Name.id": "zcrm_2", "Account Name": "Acme", "Amount": "$1,234.50",
            "Expected Revenue": "617", "Stage": "Proposal", "Closing Date": "2026-06-30",
            "Created Time": "2026-01-31 08:00:00", "Probability (%)": "50", "Next Step": "Send it",
            "Last Activity Time": "2026-05-13 09:00:00",
        },
        {"id": "zcrm_4876876000000624001", "next_step": "Send it", "last_activity": date(2026, 5, 13)},
    ),
    "an older Zoho": (
        "Zoho CRM",
        {
            "Potential Name": "Acme renewal", "Potential Owner": "Ann Lee", "Account Name": "Acme",
            "Amount": "$1,234.50", "Stage": "Proposal", "Closing Date": "30 Jun, 2026 00:00:00",
            "Created Time": "31 Jan, 2026 00:02:00", "LEADID": "5", "Forecast Type": "Best Case",
        },
        {"category": Category.BEST_CASE},
    ),
    "Dynamics 365": (
        "Dynamics 365",
        {
            "(Do Not Modify) Opportunity": "a1b2-c3", "(Do Not Modify) Row Checksum": "+x/=",
            "(Do Not Modify) Modified On": "2026-05-19 10:00:00", "Created On": "2026-01-31 09:00:00",
            "Opportunity ID": "OPP-1", "Topic": "Acme renewal", "Potential Customer": "Acme", "Status": "Open",
            "Forecast category": "Committed", "Probability": "50", "Est. revenue": "1234.5", "Actual Revenue": "",
            "Est. Close Date": "2026-06-30", "Actual Close Date": "", "Owner": "Ann Lee",
            "Status Reason": "In Progress", "Sales Stage": "Proposal",
        },
        {"id": "a1b2-c3", "category": Category.COMMIT, "probability": 50},
    ),
    "Dynamics 365 by codes, a won deal": (
        "Dynamics 365",
        {
            "opportunityid": "a1b2-c3", "name": "Acme renewal", "customeridname": "Acme", "owneridname": "Ann Lee",
            "estimatedvalue": "1000", "actualvalue": "1234.5", "salesstage": "2", "estimatedclosedate": "2026-05-01",
            "actualclosedate": "2026-06-30", "createdon": "2026-01-31", "statecode": "1", "statuscode": "3",
            "msdyn_forecastcategory": "100000005",
        },
        {"status": Status.WON, "stage": "Propose"},
    ),
    "Odoo's labels": (
        "Odoo",
        {
            "External ID": "__export__.crm_lead_12_ab", "Opportunity": "Acme renewal", "Salesperson": "Ann Lee",
            "Company": "Ourselves", "Stage": "Proposal", "Expected Revenue": "1234.5", "Prorated Revenue": "617",
            "Expected Closing": "2026-06-30", "Customer": "Acme", "Email": "buyer@acme.com", "Probability": "50.0",
            "Created on": "2026-01-31 10:00:00", "Active": "True", "Type": "opportunity",
        },
        {"id": "__export__.crm_lead_12_ab", "owner_email": "", "probability": 50},
    ),
    "Odoo's technical names": (
        "Odoo",
        {
            "id": "__export__.crm_lead_12_ab", "name": "Acme renewal", "user_id": "Ann Lee", "stage_id": "Proposal",
            "expected_revenue": "1234.5", "date_deadline": "2026-06-30", "probability": "50", "partner_id": "Acme",
            "create_date": "2026-01-31", "active": "False",
        },
        {"status": Status.LOST},
    ),
    "EspoCRM": (
        "EspoCRM",
        {
            "id": "5f1", "name": "Acme renewal", "accountId": "77", "accountName": "Acme", "stage": "Proposal",
            "amount": "1234.5", "amountCurrency": "USD", "probability": "50", "closeDate": "2026-06-30",
            "assignedUserId": "9", "assignedUserName": "Ann Lee", "createdAt": "2026-01-31 10:00:00",
            "lastStage": "Qualification", "contactsIds": '["1"]',
        },
        {"id": "5f1", "probability": 50},
    ),
    "SuiteCRM": (
        "SuiteCRM",
        {
            "Opportunity Name": "Acme renewal", "ID": "5f1", "Opportunity Amount": "$1,234.50", "Currency": "-99",
            "Expected Close Date": "06/30/2026", "Sales Stage": "Proposal", "Probability (%)": "50",
            "Next Step": "Send it", "Opportunity Type": "New", "Account Name": "Acme", "Amount": "999",
            "Assigned User Name": "Ann Lee", "Assigned User ID": "1", "Date Created": "01/31/2026 10:00",
            "Deleted": "0",
        },
        {"id": "5f1", "next_step": "Send it", "type": "New"},
    ),
    "Twenty": (
        "Twenty",
        {
            "Id": "u-1", "Name": "Acme renewal", "Amount / Amount": "1234.5", "Amount / Currency": "USD",
            "Close date": "2026-06-30T00:00:00Z", "Stage": "PROPOSAL", "Company Id": "c-1",
            "Point of Contact Id": "p-1", "Owner Id": "o-1", "Creation date": "2026-01-31T00:00:00Z",
        },
        {"account": "", "owner": "o-1", "stage": "PROPOSAL"},
    ),
    "Twenty's database": (
        "Twenty",
        {
            "id": "u-1", "name": "Acme renewal", "amountAmountMicros": "1234500000", "amountCurrencyCode": "USD",
            "closeDate": "2026-06-30", "stage": "CUSTOMER", "companyId": "c-1", "createdAt": "2026-01-31",
        },
        {"account": "", "owner": "", "stage": "CUSTOMER", "status": Status.WON},
    ),
    "Close": (
        "Close",
        {
            "id": "oppo_1", "lead_id": "lead_1", "lead_name": "Acme", "status_label": "Proposal",
            "status_type": "active", "confidence": "50", "value": "123450", "value_currency": "USD",
            "value_period": "one_time", "user_name": "Ann Lee", "date_created": "2026-01-31T10:00:00+00:00",
            "date_won": "2026-06-30", "note": "Send it", "date_updated": "2026-05-19",
        },
        {"name": "Acme", "probability": 50, "next_step": "Send it"},
    ),
    "Freshsales": (
        "Freshsales",
        {
            "Deal : id": "70001", "Deal : Name": "Acme renewal", "Deal : Total Deal Value": "1234.5",
            "Deal : Expected close date": "2026-06-30", "Deal : Closed date": "", "Deal : Owner": "Ann Lee",
            "Deal : Deal stage": "Proposal", "Deal : Probability (%)": "50", "Deal : Created at": "2026-01-31",
            "Deal : Age (in days)": "109", "Deal : Account name": "Acme",
        },
        {"id": "70001", "probability": 50},
    ),
    "Copper": (
        "Copper",
        {
            "Opportunity ID": "31", "Opportunity": "Acme renewal", "Company": "Acme", "Primary Contact": "Joe",
            "Owned By": "Ann Lee", "Pipeline": "Sales", "Stage": "Proposal", "Status": "Abandoned",
            "Value": "1234.5", "Currency": "USD", "Win Probability": "50", "Close Date": "2026-06-30",
            "Created At": "2026-01-31", "Days in Stage": "19", "Loss Reason": "Price",
        },
        {"status": Status.LOST, "lost_reason": "Price", "stage_entered": date(2026, 5, 1)},
    ),
    "Copper's interface": (
        "Copper",
        {
            "id": "31", "name": "Acme renewal", "company_name": "Acme", "assignee_id": "Ann Lee",
            "monetary_value": "1234.5", "stage": "Proposal", "status": "Open", "close_date": "6/30/2026",
            "date_created": "1769817600", "win_probability": "50",
        },
        {},
    ),
    "a board of monday.com": (
        "monday.com",
        {
            "Deal Name": "Acme renewal", "Owner code": "Ann Lee", "Client Code": "Acme", "Deal Status": "On Hold",
            "Close Date (A)": "", "Closure Probability": "High", "Masked Deal value": "1234.5",
            "Tentative Close Date": "2026-06-30", "Deal Stage": "Proposal", "Created Date": "2026-01-31",
        },
        {"probability": None},
    ),
    "Frappe CRM": (
        "Frappe CRM",
        {
            "ID": "CRM-DEAL-2026-1", "Organization": "Acme", "Deal Owner": "Ann Lee", "Status": "Proposal",
            "Deal Value": "1234.5", "Expected Deal Value": "617", "Expected Closure Date": "2026-06-30",
            "Created On": "2026-01-31", "Next Step": "Send it",
        },
        {"name": "Acme", "id": "CRM-DEAL-2026-1", "next_step": "Send it"},
    ),
    "a list of the kind that Bitrix24 gives": (
        "Bitrix24",
        {
            "deal_id": "9", "title": "Acme renewal", "created_at": "2026-01-31T10:00:00+05:00",
            "stage_id": "WAIT_CLIENT", "manager_id": "3", "company_id": "7", "expected_amount": "1234.5",
            "currency": "USD", "custom_deadline": "2026-06-30",
        },
        {"account": "", "owner": "3", "stage": "WAIT_CLIENT"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_export_in_each_crms_own_words_gives_the_deal(case):
    crm, row, more = CASES[case]
    reading = read([row], settings=EUR if "German Sales" in case else None)
    (deal,) = reading.export.deals
    expected = USUAL | more
    assert (reading.report.crm, {field: getattr(deal, field) for field in expected}) == (crm, expected)


def test_a_lead_of_odoo_is_no_deal():
    row = CASES["Odoo's labels"][1]
    reading = read([row, {**row, "External ID": "x", "Type": "lead"}])
    assert [(one.row, one.reason) for one in reading.report.left_out] == [(3, "a lead and no opportunity")]


def test_an_older_state_in_a_warehouse_is_no_deal():
    row = CASES["a warehouse's copy of Salesforce"][1]
    reading = read([row, {**row, "stage_name": "Old", "_fivetran_active": "false"}])
    assert [(one.row, one.reason) for one in reading.report.left_out] == [(3, "an older state of a deal")]


def test_what_is_paid_each_month_is_taken_for_a_year_and_said():
    row = CASES["Close"][1]
    reading = read([row, {**row, "id": "oppo_2", "value_period": "monthly", "value": "5000"}])
    assert [deal.amount for deal in reading.export.deals] == [Decimal("1234.5"), 600]
    assert "Amounts in row 3 are paid each month or quarter: taken for a year." in reading.report.warnings
