from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import strategies as st

from review.commitment_rows import CommitmentRow
from review.commitments import Origin
from review.sent import Withdrawn
from store.exports.outgoing import Outgoing, Recipient
from store.exports.targets import STANDARD
from store.exports.targets import render as render_target
from store.workspace import Workspace

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 11, 4, 30, tzinfo=UTC)
FORMULAS = (
    "=HYPERLINK(\"x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\x00=1", "\u202e=1",
)  # fmt: skip
HOSTILE = (
    *FORMULAS, "[ACME](http://x)", "a\nb", "a\r\nBEGIN:VEVENT", 'say "x", y; z\\n', "# title", "x" * 10_000, "1. one",
    "- [x] done", "| a | b |", "<script>alert(1)</script>", "</style><b>", "&lt;b&gt; &amp;", "*loud* _lean_ `code`",
    "\x1b[31mred\x1b[0m", "👩‍👩‍👧 emoji 🇩🇪", "עברית \u202eback", "{{ page }} {% if %}", "<!channel> @here", "---",
    "a;b,c:d", "=== ---", "~~gone~~", "> said", "\u2028line", "'quoted'", "<@U123>", "%0A", "{text}",
)  # fmt: skip
each_hostile = pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
ANYTHING = st.text(max_size=60) | st.sampled_from(HOSTILE)


def a_row(**changes: object) -> CommitmentRow:
    fields: dict[str, object] = {
        "id": "a3f2c1", "text": "Call Dana on the two open clauses", "owner": "Wei Lin", "short_owner": "Wei",
        "email": "wei@example.com", "due": date(2026, 11, 26), "deal": "Northwind", "deal_id": "006A100000XyZab",
        "deal_name": "Ten new lifts", "account": "Northwind", "origin": Origin.STEP, "status": "open", "carried": 0,
        "review": "2026-11-23", "first_due": DAY,
    }  # fmt: skip
    return CommitmentRow(**{**fields, **changes})  # type: ignore[arg-type]  # a builder for any field


def hostile_row(text: str, **changes: object) -> CommitmentRow:
    """A row with `text` wherever a text from outside can stand."""
    named = dict.fromkeys(("text", "owner", "short_owner", "email", "deal", "deal_id", "deal_name", "account"), text)
    return a_row(**{**named, **changes})


def sent(*rows: CommitmentRow, draft: bool = False, **changes: object) -> Outgoing:
    fields: dict[str, object] = {
        "day": DAY, "review": "2026-11-23", "draft": draft, "rows": rows, "now": NOW,
        "recipients": (Recipient("Wei Lin", "wei@example.com"), Recipient("Bell, Marcus", "marcus@example.com")),
        "sender": Recipient("Elena Vogt", "elena@example.com"),
    }  # fmt: skip
    return Outgoing(**{**fields, **changes})  # type: ignore[arg-type]  # a builder for any field


def withdrawn(row: CommitmentRow) -> Withdrawn:
    return Withdrawn(id=row.id, text=row.text, why=row.status, row=row)


def render(name: str, outgoing: Outgoing, folder: Path = Path("nowhere")) -> bytes:
    return render_target(STANDARD[name], outgoing, Workspace(folder))
