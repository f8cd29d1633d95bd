"""`closeout actions`, `done` and `drop`: the promises between reviews."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from store.errors import Refused
from tui.cli.options import common, invocation, plainly, say, say_json
from tui.cli.place import day_of, standing, there, writing
from tui.cli.table import SIGNS, cells, columns, left, wrapped

if TYPE_CHECKING:
    from review.commitment_rows import CommitmentRow
    from review.commitments import Commitment
    from review.events import Fact
    from review.records import Ledger
    from review.results import Refusal

INSIDE_DONE = "Open it with “closeout” and press d in Forecast, or v on the deal, to say that a promise was kept."
INSIDE_DROP = "Open it with “closeout” and press x, drop, on it in Actions, or n in Forecast where it is due."


@click.command()
@click.option("--all", "everything", is_flag=True, help="Closed ones of the last weeks too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@common
@plainly
def actions(everything: bool, as_json: bool) -> None:
    """List open commitments by owner, with the ids that done and drop take."""
    from review.commitment_rows import CommitmentRow, rows_of
    from store.kinds import PROMISED

    reviews = there()
    day = day_of(reviews)
    running = reviews.running()

    def worked_out() -> tuple[CommitmentRow, ...]:
        stands = standing(reviews, day) if running is None else reviews.minutes(running)[0].meeting
        return rows_of(stands.ledger.commitments.values(), stands.ledger, stands.settings)

    every = worked_out() if running else reviews.from_now(PROMISED, tuple[CommitmentRow, ...], day, worked_out)
    rows = tuple(row for row in every if everything or row.is_open)
    if as_json:
        import msgspec

        say_json(msgspec.json.encode(rows).decode())
        return
    say(*lines_of(rows, day))


def lines_of(rows: Sequence["CommitmentRow"], day: date) -> list[str]:
    """Lay commitments out by owner; what fell due stands out."""
    if not rows:
        return ["There is no open commitment."]
    room = columns([(row.id,) for row in rows], 14)
    said: list[str] = []
    owner = None
    for row in rows:
        if row.owner != owner:
            owner = row.owner
            number = sum(each.owner == owner for each in rows)
            said += [*([""] if said else []), f"{owner or 'Nobody'} – {number}"]
        said += _line(row, day, room)
    return said


def _line(row: "CommitmentRow", day: date, room: int) -> list[str]:
    late = row.is_open and row.due < day
    sign = SIGNS["act"] if row.is_red else SIGNS["watch"] if late else SIGNS["" if row.is_open else "ok"]
    due = f"{row.due:%a} {row.due.day} {row.due:%b}" + (f" {row.due.year}" if row.due.year != day.year else "")
    notes = [row.deal] if row.deal and row.deal.casefold() not in row.text.casefold() else []
    notes += [f"carried {row.carried}×"] if row.carried else []
    notes += [] if row.is_open else [row.status]
    front = f"  {left(row.id, room)}  {sign} {left(due, 10 if len(due) <= 10 else 15)}  "
    return wrapped(" · ".join((row.text, *notes)), front, cells(front))


WITHOUT = "{} has no next step now: the next review asks for one."


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@common
@plainly
def done(ids: tuple[str, ...]) -> None:
    """Say that commitments were kept; an id's beginning is enough."""
    from review import desk_answers

    texts, without = _record(ids, "done", INSIDE_DONE, lambda found, day: desk_answers.done(found, day))
    say(*(f"Done: {text}" for text in texts), *map(WITHOUT.format, without))


@click.command()
@click.argument("ident", metavar="ID")
@click.option("--why", default="", metavar="TEXT", help="Why it is not needed; the note stays with it.")
@common
@plainly
def drop(ident: str, why: str) -> None:
    """Drop a commitment, with a note."""
    from review import desk_answers

    texts, without = _record((ident,), "dropped", INSIDE_DROP, lambda found, day: desk_answers.drop(found, why, day))
    say(*(f"Dropped: {text}" for text in texts), *map(WITHOUT.format, without))


def _record(
    ids: Sequence[str], what: str, inside: str, decide: "Callable[[Commitment, date], Fact | Refusal]"
) -> tuple[list[str], list[str]]:
    """Write one fact per commitment, all of them or none; give what they were, and the deals left without a step."""
    from review.line import plain_step

    with writing("a word on a commitment", inside) as reviews:
        ledger = reviews.now().ledger
        found = _found(ledger, ids)
        facts = [_taken(decide(commitment, invocation().today)) for commitment in found]
        texts = [plain_step(commitment.text) for commitment in found]
        reviews.desk_write(*facts, what=f"{what}: {', '.join(texts)}")
        return texts, _without_step(reviews.now().ledger, found)


def _without_step(ledger: "Ledger", found: Sequence["Commitment"]) -> list[str]:
    """Name the open deals of these commitments that have no next step any more."""
    from review.deals import Status
    from review.standing import step_of
    from review.truth import effective

    deals = dict.fromkeys(commitment.deal for commitment in found if commitment.deal in ledger.deals)
    left = ((effective(ledger.deals[ident]), step_of(ledger.deals[ident], ledger.commitments)) for ident in deals)
    return [deal.title for deal, step in left if step is None and deal.status is Status.OPEN]


def _found(ledger: "Ledger", ids: Sequence[str]) -> list["Commitment"]:
    """Find every commitment that was named, each once. Raises Refused."""
    from review import desk_answers
    from review.results import Refusal

    found: dict[str, Commitment] = {}
    for ident in ids:
        commitment = desk_answers.find(ledger, ident)
        if isinstance(commitment, Refusal):
            raise Refused(commitment.sentence)
        found[commitment.id] = commitment
    return list(found.values())


def _taken(answer: "Fact | Refusal") -> "Fact":
    from review.results import Refusal

    if isinstance(answer, Refusal):
        raise Refused(answer.sentence)
    return answer


COMMANDS = (actions, done, drop)
