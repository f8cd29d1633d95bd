"""The hour on one page as Markdown, with front matter and a box to tick per commitment."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from review.clock_words import say_seconds
from review.commitment_rows import CommitmentRow
from review.money import short_money
from review.plain import plain
from review.recap import CallLine, DealLine, Recap
from store.exports.outgoing import Outgoing

FORM: Final = 1
"""Version of the form, for programs that read it."""
_MARKS = re.compile(r"([\\`*\[\]<>|~])|(?<!\w)_|_(?!\w)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"^(\s*)([#+\-]|\d+[.)])(?=\s|$)")


def render(outgoing: Outgoing, profile: str = "") -> bytes:  # noqa: ARG001 - there is one form only
    """Write the page: the recap where there is one, and the commitments."""
    lines = [*_front(outgoing), *_title(outgoing)]
    recap = outgoing.recap
    if recap is not None:
        lines += [*_forecast(recap, outgoing.shows_target), *_deals(recap), *_listed(recap)]
    lines += _commitments(outgoing.rows)
    if recap is not None:
        lines += [*_open_ends(recap), *_time(recap)]
    return ("\n".join(lines).rstrip() + "\n").encode()


def text(value: str) -> str:
    """Give a text from outside so that Markdown shows it as it stands."""
    marked = _MARKS.sub(lambda found: f"\\{found[0]}", _ENTITY.sub("&amp;", plain(value)))
    return _START.sub(r"\1\\\2", marked)


def _front(outgoing: Outgoing) -> list[str]:
    lines = ["---", f"closeout: {FORM}"]
    if outgoing.review:
        lines += [f"review: {outgoing.review}", f"status: {'draft' if outgoing.draft else 'locked'}"]
    lines.append(f"date: {outgoing.day.isoformat()}")
    if outgoing.recap is not None:
        lines.append(f"period: {outgoing.recap.period}")
    return [*lines, f"commitments: {len(outgoing.rows)}", "---", ""]


def _title(outgoing: Outgoing) -> list[str]:
    what = "Pipeline review" if outgoing.review else "Open commitments"
    lines = [f"# {what}, {_day(outgoing.day)} {outgoing.day.year}", ""]
    if outgoing.draft:
        lines += ["**DRAFT** – the review is not locked yet; everything here can still change.", ""]
    return [*lines, text(outgoing.recap.paste), ""] if outgoing.recap is not None else lines


def _forecast(recap: Recap, shows_target: bool) -> Iterator[str]:
    closing = recap.closing
    said = [f"commit {short_money(closing.commit)}", f"won {short_money(closing.won)}"]
    if shows_target and closing.target is not None and closing.gap is not None:
        over = closing.gap < 0
        said += [
            f"target {short_money(closing.target)}",
            f"{'over by' if over else 'gap'} {short_money(abs(closing.gap))}",
        ]
    yield from (f"## Forecast {recap.period}", "", " · ".join(said), "")
    for call in recap.calls:
        yield f"- {_call(call)}"
        yield from (f"  - {text(line)}" for line in call.lines)
    if recap.calls:
        yield ""


def _call(call: CallLine) -> str:
    said = f"**{text(call.name)}** {short_money(call.stands)}"
    if call.stands != call.stated:
        said += f", stated {short_money(call.stated)}"
    if call.best_case is not None:
        said += f", best case {short_money(call.best_case)}"
    if call.carried:
        said += ", carried over"
    return f"{said} – {text(call.reason)}" if call.reason else said


def _deals(recap: Recap) -> Iterator[str]:
    if not recap.deals:
        return
    yield from ("## Deals", "")
    for deal in recap.deals:
        yield f"- {_deal(deal)}"
        yield from (f"  - {text(change)}" for change in deal.changes)
        yield from (f"  - {question}: {text(answer)}" for question, answer in deal.notes)
    yield ""


def _deal(deal: DealLine) -> str:
    said = f"**{text(deal.title)}** ({text(deal.rep)}): {text(deal.exit)}"
    if not deal.step:
        return said
    when = f", {_day(deal.due)}" if deal.due else ""
    return f"{said} – {text(deal.step)} · {text(deal.owner)}{when}"


def _listed(recap: Recap) -> Iterator[str]:
    """Write what the rules did and what came and went."""
    losses = [
        " – ".join(
            part
            for part in (
                f"**{text(loss.title)}**" + (f" {short_money(loss.amount)}" if loss.amount is not None else ""),
                text(loss.reason),
                text(loss.lesson),
            )
            if part
        )
        for loss in recap.losses
    ]
    yield from _list("Moved by the rules", map(text, recap.moved))
    yield from _list("Changed thresholds", map(text, recap.learning))
    yield from _list("Due to leave commit next week", map(text, recap.told))
    yield from _list("New deals", map(text, recap.new))
    yield from _list("Lost", losses)
    yield from _list("Worth copying this week", [text(recap.row.worth_copying)] if recap.row.worth_copying else [])


def _commitments(rows: Iterable[CommitmentRow]) -> Iterator[str]:
    yield from ("## Commitments", "")
    owner, found = None, False
    for row in rows:
        if row.owner != owner:
            if found:
                yield ""
            yield from (f"### {text(row.owner) or 'Nobody'}", "")
        owner, found = row.owner, True
        yield f"- [{' ' if row.is_open else 'x'}] {_commitment(row)}"
    yield from ("",) if found else ("None.", "")


def _commitment(row: CommitmentRow) -> str:
    parts = [text(row.text), _day(row.due)]
    if row.deal and row.deal.casefold() not in row.text.casefold():
        parts.append(text(row.deal))
    if row.carried:
        parts.append(f"carried {row.carried}×")
    if not row.is_open:
        parts.append(row.status)
    return f"{' · '.join(parts)} `{row.id}`"


def _open_ends(recap: Recap) -> Iterator[str]:
    without = [f"**{text(name)}** {len(deals)}: {text(', '.join(deals))}" for name, deals in recap.without]
    yield from _list("Still without a step, a date or an owner", without)
    yield from _list("Not in the CRM yet", map(text, recap.not_in_crm))
    yield from _list("Not discussed", map(text, recap.not_discussed))
    yield from _list("Amended", map(text, recap.amendments))


def _time(recap: Recap) -> Iterator[str]:
    lines = (
        f"{text(section.title)} {say_seconds(section.actual)} of {say_seconds(section.planned)}"
        for section in recap.sections
    )
    yield from _list("Time", lines)


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Write a titled list; nothing where it is empty."""
    every = [line for line in lines if line]
    if every:
        yield from (f"## {title}", "", *(f"- {line}" for line in every), "")


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
