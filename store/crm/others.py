"""What a table is that holds no deals: calls that were stated, or the people of a team."""

from collections.abc import Sequence

from store.crm.calls import holds_calls
from store.crm.fold import fold

_PEOPLE = (("name", "fullname", "repname", "owner", "rep", "user"), ("quota", "manager", "region", "segment", "role"))
"""Folded beginnings of the headers of a roster: one of each."""
_DEALS = ("amount", "value", "stage", "dealstage", "closedate", "arr", "estrevenue", "expectedrevenue")


def other_kind(headers: Sequence[str]) -> str:
    """Say what else a table holds, as the end of a sentence that begins with its file; empty where it may be deals."""
    if holds_calls(headers):
        return "holds calls that were stated and no deals; read it with closeout import --calls"
    keys = [fold(header) for header in headers]
    if any(key.endswith(_DEALS) for key in keys):
        return ""
    if all(any(key.startswith(word) for key in keys for word in words) for words in _PEOPLE):
        return "is a list of people and no deals; read it with closeout import --roster"
    return ""
