"""What the figures of Creation rest on, line by line, as far as the room may see it (method, sections 2 and 8)."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from review.bridge import build_bridge
from review.coverage import CreationNumber, coverage, creation_number
from review.creation import creation, replacement
from review.dates import short_date
from review.figures import Figure, Lack, whole
from review.from_exports import say_compared
from review.meeting import Meeting
from review.money import say_money, short_money
from review.newcomers import is_new_rep
from review.people import Person
from review.periods import period_of
from review.targets import target
from review.truth import effective
from review.words import counted


class Basis(Struct, frozen=True):
    """One line: a figure of the screen, or a deal that it rests on."""

    name: str
    what: str = ""
    amount: str = ""
    deal: str = ""
    """The deal's id; empty for a figure."""


def own_quota(meeting: Meeting, person: Person) -> Decimal | None:
    """Give a rep's quota of the period where the room may see it, and with it coverage and gap.

    Only where the settings show each; of somebody new nothing is shown (method, section 6, “New”).
    """
    quota = target(meeting.settings, period_of(meeting.day, meeting.settings), person.id).value
    if meeting.settings.quota_on_screen != "each" or quota is None:
        return None
    return None if is_new_rep(person, meeting.since, meeting.settings, meeting.day) else quota


def number_of_rep(meeting: Meeting, person: Person) -> CreationNumber | None:
    """Give a rep's creation number where the room may see it: it tells the own quota."""
    if own_quota(meeting, person) is None:
        return None
    return creation_number(meeting.since, meeting.settings, meeting.day, person.id)


def coverage_of_rep(meeting: Meeting, person: Person) -> str:
    """Say a rep's coverages; empty where the room may not see the own quota."""
    if own_quota(meeting, person) is None:
        return ""
    cover = coverage(meeting.since, meeting.settings, meeting.day, person.id)
    return f"{_times(cover.total)} of the own quota · to go {_times(cover.to_go)}"


def say_number(number: CreationNumber | None) -> str:
    """Say a creation number for the room: '111k a week for Q1, until 6 Jan'; why there is none where there is none."""
    if number is None:
        return ""
    if number.a_week.value is None or number.period is None or number.cut_off is None:
        return f"no creation number: {number.a_week.why}"
    return f"{short_money(number.a_week.value)} a week for {number.period.label}, until {short_date(number.cut_off)}"


def coverage_words(meeting: Meeting) -> str:
    """Say the team's coverages and creation number; empty where the settings keep the quota off the screen."""
    if meeting.settings.quota_on_screen == "none":
        return ""
    ledger, settings, day = meeting.since, meeting.settings, meeting.day
    cover = coverage(ledger, settings, day)
    if cover.total.value is None:
        return cover.total.why
    parts = [f"{_times(cover.total)} of quota", f"to go {_times(cover.to_go)}"]
    parts += [f"{cover.next_period.label} {_times(cover.next)}, needed {_times(cover.next_needs)}"]
    return " · ".join((*parts, say_number(creation_number(ledger, settings, day))))


def basis(meeting: Meeting) -> tuple[Basis, ...]:
    """List every figure of Creation with the deals that it rests on; nothing in it rates a person."""
    return (*_gone_and_come(meeting), *_bridge(meeting), *_enough(meeting))


def _gone_and_come(meeting: Meeting) -> Iterable[Basis]:
    since, pace = creation(meeting.since), replacement(meeting.since)
    for name, figure in (
        ("created", since.created), ("appeared", since.appeared), ("changed hands", since.transferred),
        ("won", since.won), ("lost", since.lost),
    ):  # fmt: skip
        yield from _with_deals(meeting, name, figure)
    over = counted(pace.intervals, "interval")
    said = f"{short_money(pace.created)} created ÷ {short_money(pace.gone)} won and lost, {over}"
    yield Basis("replacement", said if pace.recent.value is not None else pace.recent.why, _plain(pace.recent))


def _bridge(meeting: Meeting) -> Iterable[Basis]:
    built = build_bridge(meeting.since, meeting.settings, meeting.day)
    if built.start is None:
        return
    yield Basis(f"bridge {built.period.label}", f"open on {say_compared(meeting.since)}", _money(meeting, built.start))
    for line in built.lines:
        yield Basis(line.kind.value, counted(len(line.steps), "deal"), _money(meeting, line.amount))
        for step in line.steps:
            yield _deal(meeting, step.deal, step.amount)
    yield Basis("now", "open, not omitted, closing in the period", _money(meeting, built.end))
    yield Basis("unexplained", "", _money(meeting, built.unexplained))


def _enough(meeting: Meeting) -> Iterable[Basis]:
    settings = meeting.settings
    if settings.quota_on_screen == "none":
        return
    ledger, day = meeting.since, meeting.day
    cover, number = coverage(ledger, settings, day), creation_number(ledger, settings, day)
    healthy = "open in the period ÷ quota, healthy 3 to 4 at its start"
    yield Basis("coverage", cover.total.why or healthy, _times(cover.total))
    yield Basis("to go", cover.to_go.why or "weighted open ÷ (quota − won), 1.0 is enough", _times(cover.to_go))
    needs = f"qualified open ÷ quota, needed {_times(cover.next_needs)}"
    yield Basis(f"next, {cover.next_period.label}", cover.next.why or needs, _times(cover.next))
    yield Basis("creation number", say_number(number), _short(number.a_week))
    if number.a_week.value is None or number.cycle.value is None or number.quota.value is None:
        return
    yield Basis("", f"quota {short_money(number.quota.value)} ÷ win rate = {short_money(number.needed or Decimal(0))}")
    yield Basis("", f"less open {short_money(number.open)}, over {number.weeks.quantize(Decimal('0.1'))} weeks")
    yield Basis("", f"cut-off: end of the period less the cycle of {whole(number.cycle.value)} days")


def _with_deals(meeting: Meeting, name: str, figure: Figure) -> Iterable[Basis]:
    if not figure.deals:
        return
    yield Basis(name, counted(len(figure.deals), "deal"), _money(meeting, figure.value or Decimal(0)))
    for ident in figure.deals:
        yield _deal(meeting, ident, effective(meeting.since.deals[ident]).amount or Decimal(0))


def _deal(meeting: Meeting, ident: str, amount: Decimal) -> Basis:
    record = meeting.since.deals[ident]
    rep = meeting.name(record.rep) if record.rep else record.crm.owner
    return Basis(f"  {record.crm.title}", f"{record.crm.name}, {rep}", _money(meeting, amount), ident)


def _money(meeting: Meeting, amount: Decimal) -> str:
    return say_money(amount, meeting.settings.currency)


def _short(figure: Figure) -> str:
    return (figure.lack or Lack.NOT_KNOWN).value if figure.value is None else short_money(figure.value)


def _times(figure: Figure) -> str:
    return f"{_plain(figure)}×" if figure.value is not None else _plain(figure)


def _plain(figure: Figure) -> str:
    if figure.value is None:
        return (figure.lack or Lack.NOT_KNOWN).value
    return str(figure.value.quantize(Decimal("0.1"), ROUND_HALF_UP))
