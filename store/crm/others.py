"""What a table is that holds no deals as rows: calls that were stated, the people of a team, deals as columns."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from store.crm.calls import holds_calls
from store.crm.fold import fold
from store.crm.knowledge import known_keys
from store.crm.sheet import Body

_PEOPLE = (("name", "fullname", "repname", "owner", "rep", "user"), ("quota", "manager", "region", "segment", "role"))
"""Folded beginnings of the headers of a roster: one of each."""
_DEALS = ("amount", "value", "stage", "dealstage", "closedate", "arr", "estrevenue", "expectedrevenue")

_NAMING: Final = frozenset({"dealname", "dealid", "opportunityname", "opportunityid", "potentialname", "topic"})
_MONEY: Final = ("amount", "value", "revenue", "closedate", "arr")
_DEPTH: Final = 20
_KNOWN: Final = 3
"""Headers of deals in the first column from which the table lies on its side."""


def other_kind(headers: Sequence[str]) -> str:
    """Say what else a table holds, as the end of a sentence that begins with its file; empty where it may be deals."""
    if holds_calls(headers):
        return "holds calls that were stated and no deals; read it with closeout import --calls"
    keys = [fold(header) for header in headers]
    if kind := beside_deals(headers):
        return kind
    if any(key.endswith(_DEALS) for key in keys):
        return ""
    if all(any(key.startswith(word) for key in keys for word in words) for words in _PEOPLE):
        return "is a list of people and no deals; read it with closeout import --roster"
    return ""


def beside_deals(headers: Sequence[str]) -> str:
    """Say which list that stands beside deals in a CRM some headers are of, as the end of such a sentence."""
    keys = frozenset(map(fold, headers))
    if keys & _NAMING:
        return ""
    money = any(key.endswith(_MONEY) for key in keys)
    staged = any(key.endswith("stage") and not key.startswith("lifecycle") for key in keys)
    if {"firstname", "lastname"} <= keys and not money and not staged:
        return "is a list of contacts and no deals; export the deals instead"
    if "quantity" in keys and keys & {"unitprice", "listprice", "salesprice"} and not staged:
        return "is a list of products sold and no deals; export the deals instead"
    if keys & {"subject", "activitytype", "task"} and keys & {"duedate", "startdate"} and not money and not staged:
        return "is a list of activities and no deals; export the deals instead"
    return ""


def lying(headers: Sequence[str], body: Body) -> str:
    """Say that a table lies on its side, a deal in each column, as the end of such a sentence; empty where not."""
    first = (*headers[:1], *islice(body.columns[0].cells, _DEPTH)) if body.columns else ()
    if len({fold(cell) for cell in first if fold(cell) in known_keys()}) < _KNOWN:
        return ""
    return (
        "has its deals side by side, one in each column; turn it round (copy it, Paste Special, Transpose), so that"
        " each deal is a row"
    )
