"""The recap as templates see it: plain words in the order of the page, whatever the form they are written in."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from review.clock_words import say_seconds
from review.commitment_rows import CommitmentRow
from review.dates import short_date
from review.money import short_money
from review.recap import CallLine, Recap, SectionLine
from review.timeline import Passage
from review.words import listed
from store.exports.outgoing import Outgoing
from store.exports.profile import names_deal

FORM = 1
"""Version of what templates are given."""


class Item(Struct, frozen=True, kw_only=True):
    """One commitment."""

    id: str
    text: str
    owner: str
    short_owner: str
    email: str
    due: str
    """As people say it: “Thu 26 Nov”."""
    due_iso: str
    deal: str
    """Empty where the text names it already."""
    deal_id: str
    account: str
    origin: str
    status: str
    carried: int
    is_open: bool
    is_red: bool
    """Carried twice or more."""
    is_late: bool
    """Open, and due before the day of the page."""
    known: str
    """What else is known of it: origin, the CRM’s id of its deal, account, how the deal ended."""


class Group(Struct, frozen=True, kw_only=True):
    """What one person promised."""

    owner: str
    email: str
    items: tuple[Item, ...]


class Call(Struct, frozen=True, kw_only=True):
    """One person's forecast."""

    name: str
    figure: str
    reason: str
    lines: tuple[str, ...]


class Deal(Struct, frozen=True, kw_only=True):
    """One deal that left inspection."""

    title: str
    rep: str
    exit: str
    changes: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


class Line(Struct, frozen=True):
    """One line of a list."""

    strong: str
    text: str = ""


class Block(Struct, frozen=True, kw_only=True):
    """A titled list."""

    title: str
    lines: tuple[Line, ...]


class Chapter(Struct, frozen=True, kw_only=True):
    """One section of the hour."""

    title: str
    planned: str
    actual: str
    off: str
    """“4:10 over”, “0:30 early”, or empty."""
    planned_seconds: int
    actual_seconds: int
    decided: tuple[str, ...]


class Page(Struct, frozen=True, kw_only=True):
    """Everything that a template can show."""

    form: int = FORM
    heading: str
    when: str
    day: str
    review: str
    status: str
    """“draft”, “locked”, or empty where no one review is exported."""
    draft: bool
    period: str
    paste: str
    count: int
    new: int
    """How many of them this review made."""
    forecast: tuple[tuple[str, str], ...]
    """Label and figure."""
    calls: tuple[Call, ...]
    deals: tuple[Deal, ...]
    before: tuple[Block, ...]
    """What the rules did, what came and went."""
    groups: tuple[Group, ...]
    changed: tuple[Item, ...]
    withdrawn: tuple[Line, ...]
    after: tuple[Block, ...]
    """What is still without, not in the CRM, not discussed, amended."""
    hour: tuple[Chapter, ...]
    progress: str
    """What has changed since the first lock."""

    @property
    def longest(self) -> int:
        """Give the seconds of the longest section, planned or actual; what bars are drawn to."""
        return max((max(one.planned_seconds, one.actual_seconds) for one in self.hour), default=1) or 1

    @property
    def has_decisions(self) -> bool:
        """Tell whether the hour can be told in what was decided."""
        return any(chapter.decided for chapter in self.hour)


def page_of(outgoing: Outgoing) -> Page:
    """Gather the words of an export."""
    recap, day = outgoing.recap, outgoing.day
    status = "" if not outgoing.review else "draft" if outgoing.draft else "locked"
    return Page(
        heading="Pipeline review" if outgoing.review else "Open commitments",
        when=f"{short_date(day)} {day.year:04}",
        day=day.isoformat(),
        review=outgoing.review,
        status=status,
        draft=outgoing.draft,
        period=recap.period if recap else "",
        paste=recap.paste if recap else "",
        count=len(outgoing.rows),
        new=sum(row.review == outgoing.review for row in outgoing.rows),
        forecast=_forecast(recap, outgoing.shows_target) if recap else (),
        calls=tuple(_call(call) for call in recap.calls) if recap else (),
        deals=_deals(recap) if recap else (),
        before=_before(recap) if recap else (),
        groups=_groups(outgoing.rows, day),
        changed=tuple(_item(row, day) for row in outgoing.changed),
        withdrawn=tuple(Line(gone.text, gone.why) for gone in outgoing.withdrawn),
        after=_after(recap) if recap else (),
        hour=_hour(recap, outgoing.passages) if recap else (),
        progress=recap.progress if recap else "",
    )


def _forecast(recap: Recap, shows_target: bool) -> tuple[tuple[str, str], ...]:
    closing = recap.closing
    stated = any(not call.period for call in recap.calls)
    found = [("commit", short_money(closing.commit) if stated else "no call"), ("won", short_money(closing.won))]
    if shows_target and closing.target is not None and closing.gap is not None:
        over = closing.gap < 0
        found.append(("target", short_money(closing.target)))
        if stated:
            found.append(("over by" if over else "gap", short_money(abs(closing.gap))))
    following = next((call.period for call in recap.calls if call.period), "")
    if recap.row.next_after is not None:
        found.append((f"commit for {following}", short_money(recap.row.next_after)))
    return tuple(found)


def _call(call: CallLine) -> Call:
    said = [short_money(call.stands)]
    if call.stands != call.stated:
        said.append(f"stated {short_money(call.stated)}")
    if call.best_case is not None:
        said.append(f"best case {short_money(call.best_case)}")
    if call.carried:
        said.append("carried over")
    name = f"{call.name}, {call.period}" if call.period else call.name
    return Call(name=name, figure=", ".join(said), reason=call.reason, lines=call.lines)


def _deals(recap: Recap) -> tuple[Deal, ...]:
    return tuple(
        Deal(title=deal.title, rep=deal.rep, exit=deal.exit, changes=deal.changes, notes=deal.notes)
        for deal in recap.deals
    )


def _before(recap: Recap) -> tuple[Block, ...]:
    losses = [
        Line(
            f"{loss.title} {short_money(loss.amount)}" if loss.amount is not None else loss.title,
            " – ".join(part for part in (loss.reason, loss.lesson) if part),
        )
        for loss in recap.losses
    ]
    copying = recap.row.worth_copying
    return _blocks(
        ("Moved by the rules", map(Line, recap.moved)),
        ("Slips in commit", map(Line, recap.slips)),
        ("Called early", map(Line, recap.early)),
        ("Changed thresholds", map(Line, recap.learning)),
        ("Due to leave commit next week", [Line(one.reason, listed(one.titles)) for one in recap.told]),
        ("New deals", map(Line, recap.new)),
        ("Lost", losses),
        ("Worth copying this week", [Line(copying)] if copying else []),
    )


def _after(recap: Recap) -> tuple[Block, ...]:
    without = [Line(f"{name} {len(deals)}", ", ".join(deals)) for name, deals in recap.without]
    return _blocks(
        ("Still without a step, a date or an owner", without),
        ("Not in the CRM yet", map(Line, recap.not_in_crm)),
        ("Not discussed", map(Line, recap.not_discussed)),
        ("Amended", map(Line, recap.amendments)),
    )


def _blocks(*lists: tuple[str, Iterable[Line]]) -> tuple[Block, ...]:
    found = (Block(title=title, lines=tuple(lines)) for title, lines in lists)
    return tuple(block for block in found if block.lines)


def _groups(rows: Iterable[CommitmentRow], day: date) -> tuple[Group, ...]:
    """Put rows together by owner, in the order in which they stand."""
    found: dict[tuple[str, str], list[Item]] = {}
    for row in rows:
        found.setdefault((row.owner, row.email), []).append(_item(row, day))
    return tuple(
        Group(owner=owner or "Nobody", email=email, items=tuple(items)) for (owner, email), items in found.items()
    )


def _item(row: CommitmentRow, day: date) -> Item:
    # A deal may be called by its account alone, and several of one row by the same.
    account = row.account if {*row.account.split(", ")} != {*row.deal.split(", ")} else ""
    ended = f"the deal: {row.deal_ended}" if row.deal_ended else ""
    return Item(
        id=row.id,
        text=row.text,
        owner=row.owner,
        short_owner=row.short_owner,
        email=row.email,
        due=short_date(row.due, day),
        due_iso=row.due.isoformat(),
        deal="" if names_deal(row) else row.deal,
        deal_id=row.deal_id,
        account=account,
        origin=row.origin.value,
        status=row.status,
        carried=row.carried,
        is_open=row.is_open,
        is_red=row.is_red,
        is_late=row.is_open and row.due < day,
        known=" · ".join(part for part in (row.origin.value, row.deal_id, account, ended) if part),
    )


def _hour(recap: Recap, passages: Iterable[Passage]) -> tuple[Chapter, ...]:
    decided: dict[str, list[str]] = {}
    for passage in passages:
        decided.setdefault(passage.title, []).extend(passage.decided)
    return tuple(
        Chapter(
            title=section.title,
            planned=say_seconds(section.planned),
            actual=say_seconds(section.actual),
            off=_off(section),
            planned_seconds=section.planned,
            actual_seconds=section.actual,
            decided=tuple(decided.get(section.title, ())),
        )
        for section in recap.sections
    )


def _off(section: SectionLine) -> str:
    off = section.actual - section.planned
    return "" if not off else f"{say_seconds(abs(off))} {'over' if off > 0 else 'early'}"
