"""Exports with the headers of other languages and of smaller tools: recognised, and read without a question."""

from datetime import date
from decimal import Decimal

import pytest

from review.answers import Answers
from review.deals import Status
from review.settings import Settings, Stage
from review.unclear import Unclear
from store.crm.read import read_bytes
from store.errors import Refused

DAY = date(2026, 5, 20)
FIELDS = ("name", "account", "owner", "amount", "stage", "close_date", "created")
ROW = ("Lifts, ten", "Acme", "Ann Lee", "1234.50", "Proposal", "2026-06-30", "2026-01-31")
DEAL = ("Lifts, ten", "Acme", "Ann Lee", Decimal("1234.50"), "Proposal", date(2026, 6, 30), date(2026, 1, 31))
HEADERS = {
    "Salesforce, French": (
        "Nom de l'opportunité|Nom du compte|Propriétaire de l'opportunité|Montant|Étape|Date de clôture"
        "|Date de création"
    ),
    "Salesforce, Spanish": (
        "Nombre de la oportunidad|Nombre de la cuenta|Propietario de oportunidad|Importe|Etapa|Fecha de cierre"
        "|Fecha de creación"
    ),
    "Salesforce, Italian": (
        "Nome opportunità|Nome account|Titolare opportunità|Importo|Fase|Data di chiusura|Data creazione"
    ),
    "Salesforce, Japanese": "商談名|取引先名|商談 所有者|金額|フェーズ|完了予定日|作成日",
    "HubSpot, German": (
        "Deal-Name|Zugeordnetes Unternehmen (Primary)|Zuständiger Mitarbeiter für Deal|Betrag|Deal-Phase"
        "|Abschlussdatum|Erstelldatum"
    ),
    "HubSpot, French": (
        "Nom de la transaction|Entreprise associée (Primary)|Propriétaire de la transaction|Montant"
        "|Phase de la transaction|Date de fermeture|Date de création"
    ),
    "HubSpot, Portuguese": (
        "Nome do negócio|Empresa associada (primária)|Proprietário do negócio|Valor|Etapa do negócio"
        "|Data de fechamento|Data de criação"
    ),
    "Pipedrive, German": (
        "Deal - Titel|Deal - Organisation|Deal - Besitzer|Deal - Wert|Deal - Phase"
        "|Deal - Voraussichtliches Abschlussdatum|Deal - Deal erstellt"
    ),
    "Pipedrive, Spanish": (
        "Trato - Título|Trato - Organización|Trato - Propietario|Trato - Valor|Trato - Etapa"
        "|Trato - Fecha prevista de cierre|Trato - Trato creado"
    ),
    "Pipedrive, Portuguese": (
        "Negócio - Título|Negócio - Organização|Negócio - Proprietário|Negócio - Valor|Negócio - Etapa"
        "|Negócio - Data de fechamento esperada|Negócio - Negócio criado"
    ),
    "Dynamics 365, German": (
        "Thema|Potenzieller Kunde|Besitzer|Gesch. Umsatz|Vertriebsphase|Gesch. Abschlussdatum|Erstellt am"
    ),
    "Dynamics 365, Spanish": (
        "Tema|Cliente potencial|Propietario|Ingresos est.|Fase de ventas|Fecha est. de cierre|Fecha de creación"
    ),
    "Odoo, French": "Opportunité|Client|Vendeur|Revenu espéré|Étape|Clôture prévue|Créé le",
    "Odoo, German": (
        "Verkaufschance|Kunde|Vertriebsmitarbeiter|Erwarteter Umsatz|Phase|Erwarteter Abschluss|Erstellt am"
    ),
    "EspoCRM, German": "Name|Firma|Zugewiesener Benutzer|Betrag|Verkaufsphase|Abschlussdatum|Erstellt am",
    "monday.com, its own board": (
        "Name|Accounts|Owner|Deal Value|Deal Stage|Expected Close Date|Deal creation date|Subitems|Forecast Value"
    ),
    "Bitrix24, its list": "Deal name|Company|Responsible person|Total|Deal stage|Expected close date|Created on",
    "Attio": ("Deal name|Associated company|Deal owner|Deal value|Deal stage|Expected close date|Created at|Record ID"),
    "GoHighLevel": (
        "Opportunity Name|Business Name|assigned|Lead Value|stage|Expected Close Date|Created on|Contact Name"
    ),
}


def read(header, *rows, settings=None, **answers):
    text = "\n".join((header, *rows)).replace("|", "\t")
    return read_bytes(text.encode(), file="x.tsv", settings=settings or Settings(), day=DAY, answers=Answers(**answers))


@pytest.mark.parametrize("crm", HEADERS)
def test_headers_of_other_languages_and_tools_are_known(crm):
    more = HEADERS[crm].count("|") + 1 - len(ROW)
    reading = read(HEADERS[crm], "|".join((*ROW, *["x"] * more)))
    (deal,) = reading.export.deals
    assert reading.report.crm == crm.partition(",")[0]
    assert tuple(getattr(deal, field) for field in FIELDS) == DEAL


def test_a_stage_that_sounds_closed_in_another_language_is_said_to_be_taken_as_open():
    reading = read("Nome do negócio|Etapa do negócio|Valor", "A|Negócio fechado|1")
    assert reading.export.deals[0].status is Status.OPEN
    assert any("“Negócio fechado”, which sounds closed" in one for one in reading.report.warnings)


def test_a_header_of_nobody_whose_words_are_known_is_proposed_with_its_line():
    with pytest.raises(Unclear) as asked:
        read("Projektbezeichnung|Auftraggeber|Betreuer|Angebotssumme|Status|Abschluss geplant", "A|B|C|5|D|2026-06-30")
    assert '"Angebotssumme" = "amount"' in asked.value.args[0]
    assert '"Betreuer" = "owner"' in asked.value.args[0]


@pytest.mark.parametrize(
    ("header", "cell", "amount", "currency"),
    [
        ("Volumen T€", "45", 45_000, "EUR"),
        ("Amount (TEUR)", "1,5", 1500, "EUR"),
        ("Value in $k", "12.5", 12_500, ""),
        ("Deal Value (USD)", "12.5", Decimal("12.5"), "USD"),
        ("Amount (k€)", "7", 7000, "EUR"),
        ("Umsatz (Mio. €)", "1,25", 1_250_000, "EUR"),
        ("Amount (£)", "9", 9, "GBP"),
        ("Value in EUR", "9", 9, "EUR"),
        ("ARR", "9", 9, ""),
    ],
)
def test_what_a_header_says_of_currency_and_thousands_counts(header, cell, amount, currency):
    reading = read(f"id|name|stage|{header}", f"1|A|S|{cell}", mapping={header: "amount"})
    assert reading.export.deals[0].amount == amount
    assert reading.export.currency == currency
    assert any("every amount was taken times" in one for one in reading.report.warnings) == (amount >= 1000)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("$45k", 45_000), ("1.5M", 1_500_000), ("€ 2,5 Mio.", 2_500_000), ("12 Tsd", 12_000), ("3K", 3000)],
)
def test_amounts_in_thousands_and_millions_are_read(cell, amount):
    assert read("id|name|stage|amount", f"1|A|S|{cell}").export.deals[0].amount == amount


def test_groups_of_a_summary_report_are_asked_about_however_few_there_are():
    header = "Stage  ↑|Opportunity Owner  ↑|Opportunity Name|Account Name|Amount|Close Date"
    rows = ("Proposal|Ann|A|Acme|1|2026-06-30", "||B|Beta|2|2026-06-30", "Won|Bo|C|Gamma|3|2026-04-30")
    with pytest.raises(Unclear, match=r"“Stage ↑” and “Opportunity Owner ↑” stand once for each group"):
        read(header, *rows)
    filled = read(header, *rows, fill_down=True)
    assert [(deal.stage, deal.owner) for deal in filled.export.deals] == [
        ("Proposal", "Ann"), ("Proposal", "Ann"), ("Won", "Bo")
    ]  # fmt: skip


MIXED = ("id|name|stage|amount|currency", "1|A|S|100|USD", "2|B|S|100|EUR", "3|C|S|1000|JPY")


def test_several_currencies_are_refused_with_what_to_give():
    with pytest.raises(Refused, match=r"1 row\).*--rate EUR=… --rate JPY=…, with --currency for another one than USD"):
        read(*MIXED)


def test_rates_that_are_given_convert_and_are_named_and_remembered():
    reading = read(*MIXED, rates={"EUR": Decimal("1.10"), "JPY": Decimal("0.007")})
    assert [deal.amount for deal in reading.export.deals] == [100, 110, 7]
    assert "Amounts in EUR and JPY are converted: 1 EUR = 1.1 USD, 1 JPY = 0.007 USD." in reading.report.warnings
    assert (reading.export.currency, reading.report.currency) == ("USD", "USD")
    assert reading.learned is not None
    assert reading.learned.answers.rates["EUR"] == Decimal("1.10")
    euros = read(*MIXED, to_currency="EUR", rates={"USD": Decimal("0.9"), "JPY": Decimal("0.006")})
    assert ([deal.amount for deal in euros.export.deals], euros.export.currency) == ([90, 100, 6], "EUR")


STAGES = Settings(stages=(Stage(name="Qualify"), Stage(name="Propose")))
STAGED = ("id|name|stage|amount", "1|A|WAIT_CLIENT|1", "2|B|propose|2", "3|C|Signed!|3", "4|D|WAIT_CLIENT|4")


def test_unknown_stages_are_asked_about_once_each_with_the_stages_there_are():
    reading = read(*STAGED, settings=STAGES)
    asked = {ask.id: ask for ask in reading.asks if ask.id.startswith("stage:")}
    assert list(asked) == ["stage:Signed!", "stage:WAIT_CLIENT"]
    assert [choice.value for choice in asked["stage:WAIT_CLIENT"].choices] == [
        "WAIT_CLIENT", "Qualify", "Propose", "won", "lost"
    ]  # fmt: skip
    assert asked["stage:WAIT_CLIENT"].sentence.startswith("2 open deals are in “WAIT_CLIENT”")
    assert any('"Signed!" = "Qualify", or "won", or "lost"' in one for one in reading.report.warnings)


def test_a_stage_that_was_named_once_is_that_stage_and_is_not_asked_about_again():
    said = {"wait client": "Qualify", "Signed!": "won"}
    reading = read(*STAGED, settings=STAGES, stages=said)
    assert [deal.stage for deal in reading.export.deals] == ["Qualify", "propose", "Signed!", "Qualify"]
    assert [deal.status for deal in reading.export.deals][2] is Status.WON
    assert not [ask for ask in reading.asks if ask.id.startswith("stage:")]
    assert not any("settings do not list" in one for one in reading.report.warnings)
    assert reading.learned is not None
    assert reading.learned.answers.stages == said


def test_a_stage_that_is_its_own_is_kept_and_not_asked_about_again():
    reading = read(*STAGED, settings=STAGES, stages={"WAIT_CLIENT": "WAIT_CLIENT", "Signed!": "Signed!"})
    assert reading.export.deals[0].stage == "WAIT_CLIENT"
    assert not [ask for ask in reading.asks if ask.id.startswith("stage:")]
