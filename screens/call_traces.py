"""The deals behind every line of the forecast call, so that one key traces a figure to what it rests on."""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from review.dates import short_date
from review.evidence_gaps import gaps_now
from review.figures import ZERO
from review.forecast import Weighed
from review.history import PastYear
from review.likely import LikelyPullIn, LikelySlip
from review.methods import Difference, DifferenceLine, Finding, Method, Methods, Side
from review.money import say_money
from review.people import Person
from review.periods import Period, months_of, period_quota, ramp_share
from review.pipeline import Item, total
from review.records import Call
from review.rollup import RollUp
from review.truth import effective
from review.words import counted, day_month
from screens.call_view import CallView


class TraceRow(Struct, frozen=True):
    """One line of a trace."""

    name: str
    what: str = ""
    amount: str = ""
    share: str = ""


class Trace(Struct, frozen=True):
    """What a line rests on; rows with an amount add up to `total` where it says one."""

    title: str
    rows: tuple[TraceRow, ...]
    note: str = ""
    total: TraceRow | None = None


def percent(value: Decimal | None) -> str:
    """Write a share: '38 %', '−4 %'; nothing where there is none."""
    if value is None:
        return ""
    whole = value * 100
    return f"{'−' if whole < 0 else ''}{abs(whole):.0f} %"


def by_deals(view: CallView, title: str, items: Iterable[Item], note: str = "") -> Trace:
    """List deals with their amounts, and add them up."""
    listed = sorted(items, key=lambda item: (-item.worth, item.deal))
    rows = tuple(TraceRow(_named(view, item), _about(item), _money(view, item.worth)) for item in listed)
    return Trace(title, rows, note, TraceRow(counted(len(rows), "deal"), "", _money(view, total(listed))))


def of_category(view: CallView, title: str, methods: Methods, wanted: frozenset[str]) -> Trace:
    """List what is won and the deals of an implied figure."""
    found = [*methods.pipeline.won, *(item for item in methods.pipeline.open if item.category.value in wanted)]
    return by_deals(view, title, found)


def of_roll_up(view: CallView) -> Trace:
    """List the reps' calls of the period."""
    return of_calls(view, "Roll-up", view.now.roll_up)


def of_target(view: CallView) -> Trace:
    """List what each rep owes in the period: the quota, and the share of each month while it grows."""
    period, target = view.now.pipeline.period, view.now.target.value
    owed = ((person, quota) for person in view.settings.reps if (quota := period_quota(person, period)) is not None)
    rows = tuple(
        TraceRow(view.name(person.id), _owed_words(view, person, period), _money(view, quota)) for person, quota in owed
    )
    if target is None or not rows:
        return Trace("Target", (), view.now.target.why or "The team’s quota as it stands in the settings.")
    return Trace("Target", rows, "", TraceRow(f"target of {period.label}", "", _money(view, target)))


def _owed_words(view: CallView, person: Person, period: Period) -> str:
    """Say a quota, and month by month what of it counts where it is not all."""
    quota = f"quota {_money(view, person.quota or ZERO)}"
    shares = [(month, ramp_share(person, month)) for month in months_of(period)]
    if all(share == 1 for _, share in shares):
        return quota
    return f"{quota}: {', '.join(f'{month:%b} {percent(share)}' for month, share in shares)}"


def of_gap(view: CallView) -> Trace:
    """Set the roll-up against the target."""
    target, called, gap = view.now.target, view.now.roll_up.figure, view.now.gap
    if target.value is None or called.value is None or gap.value is None:
        return Trace("Gap", (), gap.why)
    rows = (
        TraceRow("target", "the quotas of the period", _money(view, target.value)),
        TraceRow("roll-up", counted(len(view.now.roll_up.calls), "call"), _money(view, -called.value)),
    )
    return Trace(
        "Gap",
        rows,
        "What stands behind each is one key away on its own line.",
        TraceRow("gap", "", _money(view, gap.value)),
    )


def of_calls(view: CallView, title: str, stated: RollUp) -> Trace:
    """List the reps' calls; each is a stated number, and what inspection did to it stands behind it."""
    rows = [TraceRow(view.name(call.person), _call_words(call), _money(view, call.stands)) for call in stated.calls]
    rows += [TraceRow(view.name(person), "has stated no call for this period") for person in stated.missing]
    value = stated.figure.value
    note = "Stated numbers rest on no deal; the implied commit beside them does."
    together = TraceRow("roll-up", "", _money(view, value)) if value is not None else None
    return Trace(title, tuple(rows), note, together)


def _call_words(call: Call) -> str:
    when = f"on {short_date(call.day)}"
    if call.after_room is not None and call.lines:
        return f"{when}, {' · '.join(call.lines)}"
    return f"{when}: {call.reason}" if call.reason else when


def of_weighted(view: CallView, methods: Methods) -> Trace:
    """List every deal with its odds and what it adds, won first."""
    odds = methods.weighted
    won = tuple(TraceRow(_named(view, item), "won", _money(view, item.worth)) for item in methods.pipeline.won)
    open_ = tuple(_weighed(view, one) for one in sorted(odds.weighed, key=lambda one: -one.value))
    out = tuple(TraceRow(_named(view, one.item), f"left out: {one.why.value}", "–") for one in odds.left_out)
    note = "Amount × the odds of its stage. Deals left out have no weight."
    return Trace("Weighted", (*won, *open_, *out), note, TraceRow("weighted", "", _money(view, odds.value)))


def _weighed(view: CallView, one: Weighed) -> TraceRow:
    own = (
        f", its own {one.item.probability.normalize():f} %" if one.differs and one.item.probability is not None else ""
    )
    what = f"{one.item.stage} {one.odds.normalize():f} %{own} × {_money(view, one.item.worth)}"
    return TraceRow(_named(view, one.item), what, _money(view, one.value))


def of_history(view: CallView) -> Trace:
    """List the earlier years with the deals that were won in them."""
    past = view.now.historical
    rows: list[TraceRow] = []
    for year in (*past.years, *past.left_out):
        heads = "headcount not known, left out" if year.headcount is None else _heads(view, year)
        rows.append(TraceRow(year.period.name, heads, _money(view, year.won)))
        rows += [_won(view, deal) for deal in year.deals]
    now = _ramped(past.headcount) if past.headcount else ""
    note = past.figure.why or f"Mean of won a head × {now} now × your factor {past.factor.normalize():f}."
    value = past.figure.value
    return Trace(
        "Historical", tuple(rows), note, TraceRow("historical", "", _money(view, value)) if value is not None else None
    )


def _heads(view: CallView, year: PastYear) -> str:
    heads = _ramped(year.headcount) if year.headcount is not None else ""
    return f"{heads}, {_money(view, year.a_head)} a head" if year.a_head is not None else f"{heads}, left out"


def _ramped(headcount: Decimal) -> str:
    """Say a headcount to the hundredth: '1 ramped head', '2.08 ramped heads'."""
    number = f"{headcount.quantize(Decimal('0.01')).normalize():f}"
    return f"{number} ramped head{'' if number == '1' else 's'}"


def _won(view: CallView, deal: str) -> TraceRow:
    found = effective(view.ledger.deals[deal])
    return TraceRow(f"  {found.title}", "won", _money(view, found.amount or ZERO))


def which(finding: Finding) -> str:
    """Name the implied figure that a difference is explained to: a stated number has the weights of commit."""
    low = finding.side is Side.BELOW or finding.method is Method.ROLL_UP
    return "implied commit" if low else "implied best case"


def of_finding(view: CallView, finding: Finding) -> Trace:
    """List the deals that explain a difference, with what none explains: together they are the difference."""
    title = f"{finding.method.value.capitalize()} less {which(finding)}"
    note = f"{_money(view, finding.value)} less {_money(view, finding.against)}."
    if not finding.by_deals:
        return Trace(title, (), f"{note} No deal explains it: history stands on earlier years.")
    rows = tuple(difference_row(view, finding.difference, line) for line in finding.difference.lines)
    rest = finding.difference.unexplained
    if rest:
        share = percent(finding.difference.share(rest))
        rows = (*rows, TraceRow("no deal explains", "stated, not in the export", _money(view, rest), share))
    whole = TraceRow("difference", "", _money(view, finding.difference.amount), "100 %")
    return Trace(title, rows, f"{note} Weight here less weight there, times amount.", whole)


def difference_row(view: CallView, difference: Difference, line: DifferenceLine) -> TraceRow:
    """Say one deal's part of a difference."""
    what = f"{percent(line.weight)} here, {percent(line.other)} there × {_money(view, line.item.worth)}"
    return TraceRow(_named(view, line.item), what, _money(view, line.amount), percent(difference.share(line.amount)))


def of_deal(view: CallView, item: Item, why: tuple[str, ...] = ()) -> Trace:
    """Show what the figures take from one deal, and what its evidence lacks."""
    record = view.ledger.deals[item.deal]
    word = record.verified
    rows = [
        TraceRow("amount", "not known: counts as 0" if item.amount is None else _money(view, item.amount)),
        TraceRow("category", item.category.value),
        TraceRow("stage", item.stage),
        TraceRow("close date", short_date(item.close_date) if item.close_date else "none"),
        TraceRow("pushes", str(record.pushes)),
        *(TraceRow(gap.word, gap.evidence) for gap in gaps_now(record, effective(record), view.day, view.settings)),
        *(TraceRow("why", reason) for reason in why),
    ]
    if word is not None:
        rows.append(TraceRow("verified", f"on {short_date(word.on)}, holds while date, amount and category stay"))
    return Trace(f"{item.title}, {view.name(item.rep)}", tuple(rows))


def slip_reasons(slip: LikelySlip) -> tuple[str, ...]:
    """Say what speaks for a slip."""
    found = ["evidence missing"] if slip.no_evidence else []
    found += [f"{slip.pushes} {'push' if slip.pushes == 1 else 'pushes'}"] if slip.pushes else []
    if slip.short:
        left = "close date past" if slip.days_left < 0 else f"{counted(slip.days_left, 'day')} left"
        usual = f", usually {slip.usual_days:.0f} from {slip.item.stage}" if slip.usual_days is not None else ""
        found.append(f"{left}{usual}")
    return tuple(found)


def pull_reasons(pull: LikelyPullIn) -> tuple[str, ...]:
    """Say what speaks for a pull-in."""
    found = ["date and paper hold"] if pull.passes else []
    found += [f"buyer moved {day_month(pull.buyer_moved)}"] if pull.buyer_moved else []
    return tuple(found) or ("its size alone",)


def _named(view: CallView, item: Item) -> str:
    return f"{item.title}, {view.name(item.rep)}"


def _about(item: Item) -> str:
    closes = f"closes {day_month(item.close_date)}" if item.close_date else "no close date"
    return f"{item.category.value} · {item.stage} · {closes}"


def _money(view: CallView, amount: Decimal) -> str:
    return say_money(amount, view.settings.currency)
