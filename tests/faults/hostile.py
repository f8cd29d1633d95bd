"""Text that attacks whatever shows or writes it, in every field that comes from outside."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from unittest import mock

from msgspec.structs import replace

from review.deals import Deal, Export
from review.people import Person
from review.settings import Prompt, Section, Settings, standard_agenda
from store.demo import build as demo
from store.demo.deals import deal_id, export_of
from store.demo.team import settings_on
from store.workspace import Workspace

HOSTILE = (
    "[/x]", "[ACME]", "[bold red]loud[/]", "[@click=app.quit]press[/]", "\x1b[31mred\x1b[0m", "\x1b]0;owned\x07title",
    "\x9b2Jcleared", "\u202egnp.exe\u202c \u2066left", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "two\nlines",
    "two\r\nBEGIN:VEVENT", "x" * 10_000, "👩‍👩‍👧 🇩🇪 emoji", "עברית مرحبا", "a\u2028b\u0085c", "nul\x00l",
    "{{ page }} {x} %s", "<b>&amp;</b>", '"quoted", ‘’ \\', "../../etc/passwd", "日本語の顧客",
)  # fmt: skip
KEPT = "Northwind"
"""The account by which the tours find their deal."""
WORDS = ("name", "account", "next_step", "type", "lost_reason")
"""Fields of a deal that are text and decide nothing."""


def worded(deal: Deal, turn: Iterator[int]) -> Deal:
    """Give a deal with something hostile in each of its texts."""
    words = {field: f"{HOSTILE[next(turn) % len(HOSTILE)]}" for field in WORDS}
    if deal.id == deal_id(KEPT):
        words["account"] = deal.account
    else:
        words["account"] = f"{words['account']} {deal.account}"
    return replace(deal, **words)


def hostile_export(week: int, *rest: object) -> Export:
    """Give the demonstration's export of a week, with hostile words in every field."""
    made = export_of(week, *rest)  # type: ignore[arg-type]  # what the demonstration hands on
    # A deal keeps its words from week to week, or every week would be a renaming.
    deals = tuple(worded(deal, count(int(deal.id[3:]))) for deal in made.deals)
    return replace(made, deals=deals, source=f"[/x] {HOSTILE[4]} pipeline.csv")


def hostile_settings(day: date) -> Settings:
    """Give the demonstration's settings, with hostile words wherever people write some."""
    made, turn = settings_on(day), count()

    def person(each: Person) -> Person:
        text = HOSTILE[next(turn) % len(HOSTILE)]
        return replace(each, name=f"{each.name} {text}", aliases=(text,), email=f"{text}@example.com")

    def section(each: Section) -> Section:
        text = HOSTILE[next(turn) % len(HOSTILE)]
        return replace(each, title=f"{each.title} {text}", prompts=(Prompt(minute=1, text=text),))

    return replace(
        made,
        people=tuple(map(person, made.people)),
        agenda=tuple(map(section, standard_agenda())),
        stock_phrases=HOSTILE,
        category_aliases=dict.fromkeys((text.strip().casefold() for text in HOSTILE), "pipeline"),
    )


def make_hostile(folder: Path) -> Workspace:
    """Make the demonstration's workspace in a hostile form."""
    from docs.scenes import TODAY, _stand_in_utc

    _stand_in_utc()
    workspace = Workspace(folder)
    with mock.patch.object(demo, "export_of", hostile_export), mock.patch.object(demo, "settings_on", hostile_settings):
        demo.build(workspace, TODAY)
    return workspace


def hostile_file(path: Path) -> Path:
    """Write an export of a CRM in which every cell that may be text is hostile."""
    header = ("Opportunity ID", "Opportunity Name", "Account Name", "Opportunity Owner", "Amount", "Stage", "Next Step",
              "Type", "Close Date", "Created Date")  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(header)
        for at, text in enumerate(HOSTILE):
            owner = f"Ann Lee {HOSTILE[(at + 3) % len(HOSTILE)]}" if at % 2 else "Tom Reed"
            words = (f"{text} deal", f"{text} account", owner, f"{at + 1}000", f"Stage {HOSTILE[at % 4]}", text, text)
            rows.writerow((f"0061t00000Xy{at:03}", *words, "2026-06-18", "2026-03-01"))
    return path
