"""What was said in the four earlier reviews of the demonstration, beyond what any review does."""

from datetime import date, timedelta
from typing import Final

from review.calendar import Workdays
from review.commitments import Origin
from review.deals import Cause, Ending, EndReason, Mark
from review.intents import (
    Change,
    CloseOut,
    Drop,
    EndDeal,
    GiveEvidence,
    GiveMark,
    GrantException,
    Intent,
    Park,
    Promise,
    TakeOffline,
    WriteNote,
)
from store.demo.deals import deal_id

Scene = dict[str, tuple[Intent, ...]]
"""Account to what is done with its deal, in order; the last one is the way out."""


def scenes(week: int, day: date) -> Scene:
    """Give the scripted deals of an earlier review, 0 to 3."""
    return (_first, _second, _third, _fourth)[week](day)


def promises(week: int, day: date) -> tuple[Promise, ...]:
    """Give the actions that were promised at the end of a review."""
    by_week: tuple[tuple[tuple[str, str, int], ...], ...] = (
        (
            ("Put the Harrow group into the CRM as one account", "marcus-bell", 3),
            ("Price list for two-year terms to the team", "elena-vogt", 4),
            ("Two reference customers asked for Aisha", "wei-lin", 3),
        ),
        (
            ("Call @Dana’s counsel about the shared clause", "elena-vogt", 2),
            ("List of deals that wait for security answers", "tom-reed", 3),
        ),
        (
            ("One page on our standard data annex", "elena-vogt", 4),
            ("Ask Leo’s two lost buyers what decided it", "leo-hart", 4),
            ("Deal desk hours for the quarter’s end", "sofia-reyes", 3),
        ),
        (
            ("Legal on call for redlines every Tuesday", "elena-vogt", 3),
            ("Talk Nina through the Halden history", "diego-marin", 2),
            ("Competitor sheet for rail, one page", "aisha-khan", 4),
        ),
    )
    return tuple(
        Promise(line=f"{text} {on(day, days)}", owner=owner, origin=Origin.ACTION)
        for text, owner, days in by_week[week]
    )


CARRIED: Final = "Put the Harrow group into the CRM as one account"
"""The promise that is moved twice and is due again today."""
CARRIED_BY: Final = {1: 3, 2: 10}
"""Week to the days by which it is moved."""
COPIED: Final = {3: "Aisha asked for the date of the board before she offered a price."}
"""Week to the line about a behaviour worth copying."""


def on(day: date, days: int) -> str:
    """Give a working day some days on, as it is typed."""
    return Workdays().on_or_after(day + timedelta(days=days)).isoformat()


def ago(day: date, days: int) -> str:
    """Give a day some days back, as it is typed."""
    return (day - timedelta(days=days)).isoformat()


def _out(account: str, text: str, day: date, days: int) -> CloseOut:
    return CloseOut(deal=deal_id(account), line=f"{text} {on(day, days)}")


def _proof(account: str, line: str) -> GiveEvidence:
    return GiveEvidence(deal=deal_id(account), line=line)


def _note(account: str, question: str, text: str) -> WriteNote:
    return WriteNote(deal=deal_id(account), question=question, text=text)


def _marks(account: str, yes: tuple[Mark, ...], no: tuple[Mark, ...] = ()) -> tuple[GiveMark, ...]:
    ident = deal_id(account)
    given = [GiveMark(deal=ident, mark=mark, yes=True) for mark in yes]
    return (*given, *(GiveMark(deal=ident, mark=mark, yes=False) for mark in no))


def _first(day: date) -> Scene:
    return {**_contested(day), **_settled(day)}


def _contested(day: date) -> Scene:
    """Give the commit deals whose evidence has to be kept up."""
    buyer, champion, plan = Mark.ECONOMIC_BUYER, Mark.CHAMPION, Mark.PLAN
    return {
        "Northwind": (
            _note("Northwind", "buyer", "Dana (CFO) asked for a three-year price"),
            *_marks("Northwind", (buyer, Mark.EVENT)),
            _proof("Northwind", f"Dana confirmed, legal {ago(day, 2)}"),
            _out("Northwind", "Send @Dana the three-year offer !", day, 3),
        ),
        "Initech": (
            *_marks("Initech", (buyer, champion, Mark.EVENT, Mark.CRITERIA, plan)),
            _proof("Initech", "Ravi signed, none needed renewal"),
            _out("Initech", "Order form to @Ravi !", day, 4),
        ),
        "Ostrava Rail": (
            _proof("Ostrava Rail", f"Oskar confirmed, procurement {ago(day, 3)}"),
            *_marks("Ostrava Rail", (buyer, plan)),
            _out("Ostrava Rail", "Walk @Oskar’s buyers through the plan !", day, 3),
        ),
        "Pinecrest": (
            _proof("Pinecrest", f"Greta confirmed, legal {ago(day, 4)}"),
            _out("Pinecrest", "Collect the signed annex from @Greta", day, 2),
        ),
        "Kestrel Freight": (
            _proof("Kestrel Freight", f"Ines confirmed, procurement {ago(day, 1)}"),
            _out("Kestrel Freight", "Supplier form back to @Ines !", day, 3),
        ),
        "Hollis Steel": (
            _proof("Hollis Steel", f"Yara confirmed, legal {ago(day, 2)}"),
            _out("Hollis Steel", "Liability clause with @Yara’s counsel !", day, 2),
        ),
    }


def _settled(day: date) -> Scene:
    """Give the commit deals that were signed, and need no paper."""
    return {
        "Brantley": (
            _proof("Brantley", "Ines signed, none needed renewal"),
            _out("Brantley", "Agree the support hours with @Ines !", day, 4),
        ),
        "Merrow Bank": (
            _proof("Merrow Bank", "Clara signed, none needed renewal"),
            *_marks("Merrow Bank", (Mark.ECONOMIC_BUYER, Mark.CHAMPION)),
            _out("Merrow Bank", "Licence count from @Clara", day, 3),
        ),
        "Ilford": (
            _proof("Ilford", "Mei signed, none needed renewal"),
            _out("Ilford", "Security answers with @Mei !", day, 4),
        ),
        "Castell": (
            _proof("Castell", "Amir signed, none needed renewal"),
            _out("Castell", "Renewal quote for @Amir", day, 3),
        ),
        "Norden Foods": (
            _proof("Norden Foods", "Paula signed, none needed renewal"),
            _out("Norden Foods", "Start date with @Paula !", day, 9),
        ),
        "Wyeth Paper": (
            _proof("Wyeth Paper", "Lena signed, none needed renewal"),
            _out("Wyeth Paper", "Signature pages from @Lena !", day, 10),
        ),
        "Kite & Crown": (
            _proof("Kite & Crown", "Ben signed, none needed renewal"),
            _out("Kite & Crown", "Signed order from @Ben !", day, 4),
        ),
    }


def _second(day: date) -> Scene:
    return {
        "Northwind": (
            _proof("Northwind", f"Dana confirmed, legal {ago(day, 0)}"),
            _out("Northwind", "Security review booked with @Jonas !", day, 2),
        ),
        "Pinecrest": (_out("Pinecrest", "New board date from @Greta", day, 2),),
        "Hollis Steel": (
            _note("Hollis Steel", "cause", "Their counsel was on leave"),
            _proof("Hollis Steel", f"Yara confirmed, legal {ago(day, 1)}"),
            _out("Hollis Steel", "Second redline back from @Yara", day, 3),
        ),
        "Umbrella": (_out("Umbrella", "Build the business case on one page", day, 4),),
        "Elmwood": (TakeOffline(deal=deal_id("Elmwood"), who="Elena Vogt", when=on(day, 2)),),
        "Elm Wood Ltd": (EndDeal(deal=deal_id("Elm Wood Ltd"), kind=Ending.DUPLICATE),),
    }


def _third(day: date) -> Scene:
    vantor = deal_id("Vantor")
    return {
        "Northwind": (
            _proof("Northwind", "Dana confirmed"),
            _note("Northwind", "risk", "The annex waits for their security officer"),
            _out("Northwind", "Security annex to @Dana and @Jonas", day, 3),
        ),
        "Vantor": (
            Change(deal=vantor, field="close_date", text=ago(day, -67), cause=Cause.LEGAL),
            _note("Vantor", "cause", "Their group counsel wants its own paper"),
            _out("Vantor", "Joint paper with @Hugo’s counsel !", day, 4),
        ),
        "Ostrava Rail": (
            _proof("Ostrava Rail", f"security {ago(day, 0)}"),
            _out("Ostrava Rail", "Security answers to @Oskar", day, 3),
        ),
        "Kestrel Freight": (
            _proof("Kestrel Freight", f"procurement {ago(day, 1)}"),
            _out("Kestrel Freight", "Order number from @Ines !", day, 3),
        ),
        "Hollis Steel": (
            _proof("Hollis Steel", f"Yara confirmed, signature {ago(day, 1)}"),
            GrantException(
                deal=deal_id("Hollis Steel"), reason="their general meeting fixes the date, the minutes are in"
            ),
            _out("Hollis Steel", "Signed minutes from @Yara !", day, 3),
        ),
        "Larkin Steel": (
            Change(deal=deal_id("Larkin Steel"), field="amount", text="96000"),
            _out("Larkin Steel", "Third site into the offer for @Paula", day, 3),
        ),
        "Elmwood": (
            EndDeal(
                deal=deal_id("Elmwood"), kind=Ending.NO_DECISION, reason=EndReason.NO_BUDGET,
                lesson="Ask for the budget line before the trial.",
            ),
        ),
    }  # fmt: skip


def _fourth(day: date) -> Scene:
    moved = Change(deal=deal_id("Birch Clinics"), field="close_date", text=ago(day, -35), cause=Cause.LEGAL)
    return {
        "Northwind": (
            _proof("Northwind", "Dana confirmed"),
            _note("Northwind", "buyer", "Dana’s team booked the security review"),
            _out("Northwind", "Redlines back, call @Dana on the open clauses !", day, 3),
        ),
        "Stark": (
            _note("Stark", "buyer", "Hugo named the signing date in their plan"),
            _proof("Stark", f"Hugo confirmed, legal {ago(day, 1)}"),
            *_marks("Stark", (Mark.ECONOMIC_BUYER, Mark.CHAMPION, Mark.PLAN)),
            _out("Stark", "Order form to @Hugo !", day, 4),
        ),
        "Calder Foods": (
            _proof("Calder Foods", "Paula confirmed"),
            _out("Calder Foods", "Supplier set-up with @Paula", day, 3),
        ),
        "Tallis Bank": (
            _proof("Tallis Bank", f"Lena confirmed, security {ago(day, 1)}"),
            _out("Tallis Bank", "Risk committee papers to @Lena !", day, 3),
        ),
        "Brantley": (
            Change(deal=deal_id("Brantley"), field="category", text="best case"),
            _note("Brantley", "risk", "A new head of support looks at three others"),
            _out("Brantley", "Meet the new head of support with @Ines !", day, 4),
        ),
        "Birch Clinics": (moved, _out("Birch Clinics", "Data terms with @Clara’s counsel", day, 4)),
        "Ostrava Rail": (
            _proof("Ostrava Rail", f"signature {ago(day, 1)}"),
            _out("Ostrava Rail", "Signature page from @Oskar !", day, 4),
        ),
        "Redgate": (
            EndDeal(
                deal=deal_id("Redgate"), kind=Ending.LOST, reason=EndReason.COMPETITOR,
                lesson="We met the economic buyer after the decision.",
            ),
        ),
        "Umbrella": (_out("Umbrella", "Turn the case into three slides", day, 3),),
        "Hartwell": (Park(deal=deal_id("Hartwell")),),
        "Quillon": (Drop(deal=deal_id("Quillon")),),
        "Halden Energy": (_out("Halden Energy", "Meet @Ruth with the plan so far !", day, 4),),
    }  # fmt: skip
