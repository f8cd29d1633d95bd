"""The history as a page: a line per lock, a line per figure, and people where they were asked for."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from review.clock_words import say_seconds
from review.figures import Figure, Lack, mean, whole
from review.history_page import History, PastLock, PersonFigures, TeamFigures
from review.kept import KeptOver
from review.money import short_money
from review.page import Block, Column, Page, Row
from review.words import counted, day_month

SHOWN = 13
"""Locks on the page: a quarter of weekly reviews."""
NONE = "–"
PERCENT = Decimal(100)


def page_of(history: History) -> Page:
    """Lay the history out as a page."""
    held = len(history.locks)
    line = "No review was locked yet: the figures rest on exports alone"
    if history.locks:
        line = f"{counted(held, 'review')} held, {_span(history.locks[0].day, history.locks[-1].day)}"
        if history.own_kept is not None and history.own_kept.judged:
            line += f" · the manager kept {history.own_kept.kept} of {history.own_kept.judged} promises"
    blocks = [*([_locks(history)] if history.locks else []), _team(history.team)]
    if history.people is not None:
        blocks += [_people(history.people), _accuracy(history.people)]
    return Page(
        title=f"History on {history.day:%a} {day_month(history.day)} {history.day.year}",
        lines=(f"{line} · amounts in {history.currency}",),
        blocks=tuple(blocks),
        notes=(f"From exports: {history.past}, are in these figures too.",) if history.past else (),
    )


def _span(first: date, last: date) -> str:
    return day_month(last) if first == last else f"{day_month(first)} to {day_month(last)}"


def _locks(history: History) -> Block:
    shown = history.locks[-SHOWN:]
    earlier = len(history.locks) - len(shown)
    heads = ("time", "deals", "momentum", "kept", "commit", "created", "won", "lost")
    return Block(
        title="Locks",
        note=f"the last {SHOWN}; {earlier} earlier ones are in --json" if earlier else "",
        columns=(Column(), *(Column(head, right=True, most=9) for head in heads)),
        rows=tuple(_lock(row) for row in shown),
    )


def _lock(row: PastLock) -> Row:
    return Row(
        (
            day_month(row.day),
            say_seconds(row.seconds),
            str(row.opened),
            NONE if row.momentum is None else f"{row.momentum} %",
            f"{row.kept} of {row.judged}" if row.judged else NONE,
            NONE if row.commit_after is None else short_money(row.commit_after),
            short_money(row.created),
            short_money(row.won_amount),
            short_money(row.lost_amount),
        )
    )


def _team(team: TeamFigures) -> Block:
    rows = [*_promises(team), *_closing(team), *_enough(team), *_quality(team)]
    return Block(title="Team", columns=(Column(most=18), Column(right=True, most=12)), rows=tuple(rows), deep=2)


def _promises(team: TeamFigures) -> list[Row]:
    rows = []
    if team.momentum is not None:
        share = team.momentum.percent
        rows.append(Row(("momentum", NONE if share is None else f"{share} %"), (team.momentum.sentence,)))
    kept = f"{team.kept.kept} of {team.kept.judged} promises" if team.kept.judged else team.kept.rate.why
    rows.append(Row(("kept rate", percent(team.kept.rate)), (kept, f"target {team.kept_target} %")))
    over = mean([each.over for each in team.punctuality])
    if over is not None:
        sections: dict[str, list[int]] = {}
        for review in team.punctuality:
            for section in review.sections:
                sections.setdefault(section.section, []).append(section.over)
        means = ((name, whole(mean(values) or Decimal(0))) for name, values in sections.items())
        rows.append(Row(("punctuality", _signed(whole(over))), tuple(f"{name} {_signed(by)}" for name, by in means)))
    return rows


def _closing(team: TeamFigures) -> list[Row]:
    rates, days, speed = team.win_rate, team.cycle, team.velocity
    closed = (f"{percent(rates.by_amount)} by amount", f"{len(rates.won)} won, {len(rates.lost)} lost")
    rows = [
        Row(("win rate", percent(rates.by_count)), _or_why(rates.by_count, closed)),
        Row(("cycle", _days(days.median)), _or_why(days.median, (f"median, mean {_days(days.mean)}", *_types(team)))),
    ]
    sizes = [each for each in team.won_sizes if each.average.value is not None]
    if sizes:
        parts = tuple(f"{each.period.label} {_money(each.average)} ({each.count})" for each in sizes)
        rows.append(Row(("average won", _money(sizes[-1].average)), parts))
    factors = (f"{len(speed.qualified)} qualified deals × {_money(speed.average_won)} × {percent(speed.win_rate)}",)
    rows.append(Row(("velocity", _money(speed.a_day)), _or_why(speed.a_day, ("a day", *factors))))
    return rows


def _types(team: TeamFigures) -> tuple[str, ...]:
    if len(team.cycles) < 2:
        return ()
    return tuple(f"{each.type or 'no type'} {_days(each.median)}" for each in team.cycles)


def _enough(team: TeamFigures) -> list[Row]:
    cover, pace, number = team.coverage, team.replacement, team.creation_number
    needed = f"{cover.next_period.label}: needed {_times(cover.next_needs)}"
    created = f"{short_money(pace.created)} created against {short_money(pace.gone)} won and lost"
    weekly = f"a week for {number.period.label}" if number.period else ""
    return [
        Row(("coverage", _times(cover.total)), _or_why(cover.total, ("open ÷ quota, healthy 3 to 4 at the start",))),
        Row(
            ("coverage to go", _times(cover.to_go)),
            _or_why(cover.to_go, ("weighted ÷ what is missing, 1.0 is enough",)),
        ),
        Row(("coverage next", _times(cover.next)), _or_why(cover.next, (needed,))),
        Row(("replacement", _plain(pace.recent)), _or_why(pace.recent, (created, counted(pace.intervals, "interval")))),
        Row(("creation number", _money(number.a_week)), _or_why(number.a_week, (weekly,))),
    ]


def _quality(team: TeamFigures) -> list[Row]:
    rows = []
    shares = [("economic buyer", team.economic_buyer), ("champion", team.champion)]
    if team.agreed is not None:
        shares.append(("agreed steps", team.agreed))
    for name, share in shares:
        rows.append(Row((name, percent(share.rate)), _or_why(share.rate, (f"{len(share.yes)} of {share.of}",))))
    passed = [each for each in team.conversions if each.left]
    if passed:
        parts = tuple(
            f"{each.stage} {percent(each.rate)}" + (f" (of {each.left} only)" if each.few else "") for each in passed
        )
        rows.append(Row(("conversion", ""), parts))
    return rows


def _people(people: tuple[PersonFigures, ...]) -> Block:
    heads = ("kept", "bias", "win rate", "cycle", "won/quota", "born late")
    return Block(
        title="People",
        note="for the manager alone",
        columns=(Column(most=14), *(Column(head, right=True, most=9) for head in heads)),
        rows=tuple(_person(each) for each in people),
        deep=2,
    )


def _person(one: PersonFigures) -> Row:
    cells = (
        one.name,
        _kept(one.kept),
        percent(one.accuracy.bias),
        percent(one.win_rate.by_count),
        _days(one.cycle.median),
        percent(one.attainment),
        str(one.born_late),
    )
    return Row(cells, ("ramping",) if one.ramping else ())


def _accuracy(people: tuple[PersonFigures, ...]) -> Block:
    """Show won ÷ forecast of the last completed periods, with bias, mean error and pattern."""
    periods = people[0].accuracy.periods if people else ()
    heads = (*(f"{each.period.label} ’{each.period.first:%y}" for each in periods), "bias", "error")
    lacks = Counter(why for each in people for why in _unscored(each))
    shared = tuple(why for why, many in lacks.items() if many > 1)
    note = "won ÷ forecast, for the manager alone; good is 90 to 110 %"
    return Block(
        title="Accuracy",
        note=f"{note}; not scored: {', '.join(shared)}" if shared else note,
        columns=(Column(most=14), *(Column(head, right=True, most=9) for head in heads)),
        rows=tuple(_scored(each, shared) for each in people),
        deep=2,
    )


def _unscored(one: PersonFigures) -> tuple[str, ...]:
    """Say why periods are not scored, each reason once."""
    return tuple(dict.fromkeys(each.ratio.why for each in one.accuracy.periods if each.ratio.value is None))


def _scored(one: PersonFigures, shared: Sequence[str]) -> Row:
    scored = one.accuracy
    errors = [each.error for each in scored.periods if each.error is not None]
    error = mean(errors)
    cells = (
        one.name,
        *(NONE if each.ratio.value is None else percent(each.ratio) for each in scored.periods),
        percent(scored.bias) if errors else NONE,
        NONE if error is None else f"{_rounded(error * PERCENT, '1')} %",
    )
    some = scored.scored < len(scored.periods)
    said = (
        scored.pattern.value if scored.pattern else f"{scored.scored} of {len(scored.periods)} scored" if some else ""
    )
    own = (why for why in _unscored(one) if why not in shared)
    return Row(cells, (*((said,) if said else ()), *own))


def _kept(kept: KeptOver) -> str:
    return f"{kept.kept} of {kept.judged}" if kept.judged else NONE


def percent(figure: Figure) -> str:
    """Write a share in whole percent, or what stands in its place."""
    return _lack(figure) if figure.value is None else f"{_rounded(figure.value * PERCENT, '1')} %"


def _times(figure: Figure) -> str:
    return _lack(figure) if figure.value is None else f"{_rounded(figure.value, '0.1')}×"


def _plain(figure: Figure) -> str:
    return _lack(figure) if figure.value is None else str(_rounded(figure.value, "0.1"))


def _days(figure: Figure) -> str:
    return _lack(figure) if figure.value is None else counted(whole(figure.value), "day")


def _money(figure: Figure) -> str:
    return _lack(figure) if figure.value is None else short_money(figure.value)


def _lack(figure: Figure) -> str:
    return (figure.lack or Lack.NOT_KNOWN).value


def _or_why(figure: Figure, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words of a figure, or why there is none."""
    if figure.value is None:
        return (figure.why,) if figure.why else ()
    return tuple(part for part in parts if part)


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), ROUND_HALF_UP)


def _signed(seconds: int) -> str:
    return f"+{say_seconds(seconds)}" if seconds > 0 else say_seconds(seconds).replace("–", "−")
