"""Which report to ask the CRM for, in words that can be followed click by click."""

_WHAT = (
    "Ask the CRM for: all open deals of the team plus everything closed since the quarter began, one row per deal,"
    " saved as CSV in UTF-8."
)
_COLUMNS = (
    "Columns: record id, deal name, account, owner, amount, currency (if there are several), stage, forecast category,"
    " probability, close date, created date, last activity date, date of the last stage change, next step, type, and"
    " whether it is won or lost."
)
_CLICKS = {
    "salesforce": (
        "In Salesforce: Reports → New Report → Opportunities. Filters: Show Me “My team’s opportunities”,"
        " Opportunity Status “Any”, Close Date “All Time”; add the filter “Closed equals False, or Close Date is"
        " in the current quarter”. Columns: add Opportunity ID, Forecast Category, Next Step, Last Activity, Last Stage"
        " Change Date, Closed and Won. Run → Export → Details Only → Comma Delimited .csv, encoding UTF-8."
    ),
    "hubspot": (
        "In HubSpot: CRM → Deals → list view. Filters: Deal owner is one of your team, and Is closed is false or Close"
        " date is this quarter. Edit columns: add Record ID, Associated Company, Forecast category, Next step, Create"
        " date, Last activity date, Date entered current stage, Is closed won and Is closed lost. Export → CSV."
    ),
    "pipedrive": (
        "In Pipedrive: Deals → list view. Filter: Status is open, or Deal closed on is this quarter; owner: the team."
        " Cog wheel: add ID, Organization, Owner, Currency, Stage, Status, Probability, Expected close date, Deal"
        " created, Last activity date and Last stage change. “…” → Export filter results → CSV."
    ),
}


def whole_request() -> tuple[str, ...]:
    """Give the request with the clicks for every CRM, a paragraph each."""
    return (f"{_WHAT} {_COLUMNS}", *_CLICKS.values())


def clicks_for_each() -> tuple[tuple[str, str], ...]:
    """Give each CRM's name with the clicks that lead to the report there."""
    parted = (clicks.removeprefix("In ").partition(": ") for clicks in _CLICKS.values())
    return tuple((name, clicks) for name, _, clicks in parted)


def report_to_ask_for(crm: str | None) -> str:
    """Say which report to ask for; with the clicks for Salesforce, HubSpot and Pipedrive, for any other in general."""
    clicks = _CLICKS.get((crm or "").strip().casefold())
    return " ".join(part for part in (_WHAT, _COLUMNS, clicks) if part)
