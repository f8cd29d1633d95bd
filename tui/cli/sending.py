"""`closeout export`: the recap and the commitments leave the program."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from store.errors import Refused
from tui.cli.options import common, plainly, say
from tui.cli.place import day_of, standing, there

if TYPE_CHECKING:
    from store.exports.outgoing import Outgoing
    from store.reviews import Reviews

TO_SCREEN = "-"


@click.command()
@click.argument("review", required=False)
@click.option("--to", "target", required=True, metavar="FORMAT", help="markdown, or csv for commitments alone.")
@click.option("--output", metavar="PATH", help="Where to; - is standard output. Otherwise the workspace's exports/.")
@click.option("--all-open", is_flag=True, help="Every open commitment, not only those of one review.")
@click.option("--only", type=click.Choice(["actions"]), help="Without the next steps of deals.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@common
@plainly
def export(
    review: str | None, target: str, output: str | None, all_open: bool, only: Literal["actions"] | None, force: bool
) -> None:
    """Write the recap and the commitments of a review, the last one unless another is named."""
    from store.exports.targets import file_name, render, target_of

    target_of(target)
    reviews = there()
    actions = only == "actions"
    outgoing = (
        _all_open(reviews, actions) if all_open else _of_review(reviews, _named(reviews, review), target, actions)
    )
    data = render(target, outgoing)
    if output == TO_SCREEN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(output).expanduser() if output else reviews.workspace.exports / file_name(outgoing, target)
    _save(path, data, force=force)
    number = len(outgoing.rows)
    what = f"{number} {'commitment' if number == 1 else 'commitments'}"
    say(f"Wrote {path} ({'DRAFT, the review is not locked yet; ' if outgoing.draft else ''}{what}).")


def _named(reviews: "Reviews", review: str | None) -> str:
    """Give the review that is meant: the one named, the running one, otherwise the last locked. Raises Refused."""
    if review is not None:
        if review not in reviews.workspace.review_ids():
            known = ", ".join(reviews.workspace.review_ids()[-4:]) or "none"
            raise Refused(f"There is no review “{review}”. The last ones: {known}.")
        return review
    found = reviews.running() or reviews.last_held()
    if found is None:
        raise Refused(
            "No review was started here yet, so there is nothing to export. "
            "closeout opens the first one; --all-open lists what is promised already."
        )
    return found


def _of_review(reviews: "Reviews", review: str, target: str, actions: bool) -> "Outgoing":
    from store.clock import clock_of
    from store.exports.targets import outgoing_of

    minutes, notes = reviews.minutes(review)
    for note in notes:
        click.echo(note.sentence, err=True)
    return outgoing_of(minutes.meeting, target, clock_of(reviews.workspace).now(), only_actions=actions)


def _all_open(reviews: "Reviews", actions: bool) -> "Outgoing":
    from review.commitment_rows import all_open, rows_of
    from store.exports.outgoing import Outgoing

    day = day_of(reviews)
    now = standing(reviews, day)
    running = reviews.running()
    ledger, settings = now.ledger, now.settings
    if running is not None:
        meeting = reviews.minutes(running)[0].meeting
        ledger, settings = meeting.ledger, meeting.settings
    rows = rows_of(all_open(ledger, only_actions=actions), ledger, settings)
    return Outgoing(day=day, review="", draft=running is not None, rows=rows)


def _save(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file of the user's; one that is there stays unless it may be written over. Raises Refused, NotSaved."""
    from store import files

    if path.exists() and not path.is_file():
        raise Refused(f"{path} is no plain file. Name a file, or - for standard output.")
    if path.exists() and not force:
        raise Refused(f"{path} is there already. Give --force to write over it, or --output to name another file.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Make it first, or name another file.")
    files.write(path.resolve(), [data], keep=False)


COMMANDS = (export,)
