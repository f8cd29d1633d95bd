"""A look at exports as a page: what stands on it, in the order in which a sales leader reads it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from review.clock_words import say_seconds
from review.look import Look, Source
from review.look_changes import Kind, LookDeal, LookLine, say_date
from review.money import short_money
from review.page import Block, Column, Page, Row
from review.words import counted

FIGURES = (Column(most=20), Column(right=True, most=4), Column(right=True, most=8))
_WORDS = {
    Kind.CREATED: "new",
    Kind.WON: "won",
    Kind.LOST: "lost",
    Kind.VANISHED: "vanished",
    Kind.LATER: "date later",
}


def page_of(look: Look) -> Page:
    """Lay a look out as a page."""
    against = f", against {_day(look.last.day)}" if look.last else ""
    files = [_file(look.this), *([_file(look.last)] if look.last else [])]
    blocks = (_changes(look), _mend(look), _forecast(look), _bridge(look), _queue(look))
    return Page(
        title=f"Pipeline on {_day(look.this.day)} {look.this.day.year}{against}",
        lines=(headline(look), _whole(look)),
        blocks=tuple(block for block in blocks if block is not None),
        notes=(" · ".join(files), *look.notes),
    )


def headline(look: Look) -> str:
    """Say the week in one sentence, made to be pasted."""
    label = look.period.label
    lines = {each.kind: each for each in look.changes}
    said = []
    if look.last is not None:
        for kind in (Kind.CREATED, Kind.WON, Kind.LOST, Kind.VANISHED):
            if found := lines.get(kind):
                said.append(f"{len(found.deals)} {_WORDS[kind]} ({short_money(found.amount)})")
        if later := lines.get(Kind.LATER):
            out = lines.get(Kind.OUT)
            later_ids = {deal.deal for deal in later.deals}
            gone = sum(deal.deal in later_ids for deal in out.deals) if out else 0
            left = f", {gone} out of {label}" if gone else ""
            said.append(f"{counted(len(later.deals), 'date')} later{left}")
        if look.slipped.deals:
            said.append(f"{len(look.slipped.deals)} slipped in commit ({short_money(look.slipped.amount)})")
        if not said:
            said.append("nothing won, lost, new or later")
    else:
        past = next((each for each in look.mend if each.kind == "date past"), None)
        if past is not None:
            said.append(f"{counted(len(past.deals), 'close date')} past ({short_money(past.amount)})")
        if look.has_step:
            missing = sum(look.missing_by_rep.values())
            said.append(f"{missing or 'no'} active {'deal' if missing == 1 else 'deals'} without a next step")
    if not look.has_category:
        return " · ".join((*said, f"open in {label} {_moved(look, 'open', look.forecast.open)}"))
    return " · ".join((*said, f"implied commit {label} {_moved(look, 'commit', look.forecast.commit)}"))


def _moved(look: Look, name: str, now: Decimal) -> str:
    before = look.forecast.before.get(name)
    if before is None or before == now:
        return short_money(now)
    return f"{short_money(before)} → {short_money(now)}"


def _whole(look: Look) -> str:
    people = f" of {counted(look.owners, 'person') if look.owners == 1 else f'{look.owners} people'}"
    left = (look.period.last - look.this.day).days
    ends = f"last day of {look.period.label}" if left == 0 else f"{counted(left, 'day')} left in {look.period.label}"
    return (
        f"{look.open:,} open {'deal' if look.open == 1 else 'deals'}{people if look.owners else ''},"
        f" {short_money(look.amount)} {look.currency} · {look.active:,} active"
        f" · {ends}"
    )


def _file(source: Source) -> str:
    return f"{source.file}: {say_date(source.day)} ({source.day_from})" if source.day_from else source.file


def _changes(look: Look) -> Block | None:
    rows = [_row(each) for each in look.changes]
    if look.slipped.deals:
        place = next((at for at, each in enumerate(look.changes) if each.kind == Kind.LATER), len(rows) - 1)
        rows.insert(place + 1, _row(look.slipped))
    title = f"Changed since {say_date(look.last.day)}" if look.last else "Around this day"
    if not rows and look.last:
        return Block(title=title, note="nothing is different")
    return Block(title=title, columns=FIGURES, rows=tuple(rows), deep=2) if rows else None


def _row(found: LookLine, *, signed: bool = False) -> Row:
    amount = _signed(found.amount) if signed or found.kind in (Kind.UP, Kind.DOWN) else short_money(found.amount)
    return Row((found.kind, str(len(found.deals)), amount), tuple(_told(deal) for deal in found.deals))


def _told(deal: LookDeal) -> str:
    return f"{deal.title} {deal.words}".rstrip()


def _mend(look: Look) -> Block:
    rows = []
    missing = sum(look.missing_by_rep.values())
    if missing:
        parts = tuple(f"{name} {number}" for name, number in look.missing_by_rep.items())
        rows.append(Row(("no next step", str(missing), ""), parts))
    rows += [_row(each) for each in look.mend]
    if not look.has_step:
        note = "the file has no column for the next step, so it tells no momentum"
    elif not look.has_step_date:
        note = f"{look.active - missing} of {look.active} active deals have a next step; the file has no date for it"
    else:
        note = f"momentum – step, date and owner – on {look.momentum} of {look.active} active deals"
    return Block(title="To mend", note=note, columns=FIGURES, rows=tuple(rows))


def _forecast(look: Look) -> Block:
    figures, label = look.forecast, look.period.label
    left = tuple(f"{number} {why}" for why, (number, _) in figures.left_out.items())
    told = look.has_category
    rows = [
        ("won", "won", figures.won, ()),
        ("implied commit", "commit", figures.commit if told else None, ("won and the deals in commit",)),
        ("implied best case", "best_case", figures.best_case if told else None, ("with the best-case deals",)),
        ("weighted", "weighted", figures.weighted, (f"without {', '.join(left)}",) if left else ()),
        ("open", "open", figures.open, ("all that closes in it, by its dates",)),
    ]
    shown = []
    for name, key, value, parts in rows:
        now = "n/a" if value is None else short_money(value)
        then = figures.before.get(key)
        before = (short_money(then) if then is not None and value is not None else "",) if look.last else ()
        why = "no stage has odds" if key == "weighted" else "the file has no forecast category"
        words = (why,) if value is None else parts
        shown.append(Row((name, now, *before), words))
    days = [look.this.day, *([look.last.day] if look.last else [])]
    columns = (Column(label), *(Column(say_date(day), right=True, most=8) for day in days))
    return Block(title=f"Forecast {label}", columns=columns, rows=tuple(shown))


def _bridge(look: Look) -> Block | None:
    if look.bridge is None or look.last is None:
        return None
    bridge = look.bridge
    rows = [Row((say_date(look.last.day), "", short_money(bridge.start)))]
    rows += [_row(each, signed=True) for each in bridge.lines]
    rows.append(Row((say_date(look.this.day), "", short_money(bridge.end)), (f"unexplained {bridge.unexplained:f}",)))
    note = f"open deals that close in {look.period.label}"
    return Block(title=f"Bridge {look.period.label}", note=note, columns=FIGURES, rows=tuple(rows))


def _queue(look: Look) -> Block | None:
    if not look.queue:
        return None
    rows: list[Row] = []
    for at, deal in enumerate(look.queue):
        rep = deal.rep if at == 0 or look.queue[at - 1].rep != deal.rep else ""
        rows.append(Row((rep, deal.title, short_money(deal.amount) if deal.amount is not None else "–"), deal.why))
    time = f"{counted(len(rows), 'deal')}, {say_seconds(look.seconds)} of {say_seconds(look.room)}"
    return Block(
        title="To inspect",
        note=f"{time}: what is at stake, then by turn",
        columns=(Column(most=10), Column(most=19), Column(right=True, most=7)),
        rows=tuple(rows),
        deep=2,
    )


def _signed(amount: Decimal) -> str:
    return f"+{short_money(amount)}" if amount > 0 else short_money(amount)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def notes_of(columns: Sequence[str], warnings: Sequence[str]) -> tuple[str, ...]:
    """Say what the file does not have, and what was found odd in it."""
    wanted = ("owner", "amount", "stage", "category", "close_date", "created", "last_activity", "next_step")
    lacking = [field.replace("_", " ") for field in wanted if field not in columns]
    said = [f"Not in the file: {', '.join(lacking)}."] if lacking else []
    return (*said, *warnings)
