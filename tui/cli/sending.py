"""`closeout export`: the recap and the commitments leave the program."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from store.errors import Refused
from tui.cli.options import common, invocation, plainly, say
from tui.cli.place import day_of, standing, there, writing
from tui.cli.saving import check_free, save
from tui.cli.table import wrapped

if TYPE_CHECKING:
    from review.ports import Clock
    from store.exports.outgoing import Outgoing
    from store.exports.targets import Target
    from store.reviews import Reviews

TO_SCREEN = "-"
INSIDE = "Lock it first: p in its recap exports, and there n takes only what is new."
TARGETS = (
    "markdown, html, eml, text, slack, teams; csv, jira, asana, todoist, linear, salesforce-tasks, hubspot-tasks; "
    "ics-todo, ics-events; json; crm, what goes back to the CRM; or a list of your own in the workspace’s templates/."
)


@click.command()
@click.argument("review", required=False)
@click.option("--to", "name", required=True, metavar="FORMAT", help=TARGETS)
@click.option("--output", metavar="PATH", help="Where to; - is standard output. Otherwise the workspace's exports/.")
@click.option("--all-open", is_flag=True, help="Every open commitment, not only those of one review.")
@click.option("--since-last", is_flag=True, help="Only what this format has not had yet; remembered for each format.")
@click.option("--only", type=click.Choice(["actions"]), help="Without the next steps of deals.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--template", is_flag=True, help="Print what the format is made by, to begin one of your own with.")
@common
@plainly
def export(
    review: str | None,
    name: str,
    output: str | None,
    all_open: bool,
    since_last: bool,
    only: Literal["actions"] | None,
    force: bool,
    template: bool,
) -> None:
    """Write the recap and the commitments of a review, the last one unless another is named."""
    from store.exports.targets import CRM, pattern, target_of

    if name.strip().casefold() == CRM:
        from tui.cli.updating import export_update

        if all_open or since_last or only or template:
            raise click.UsageError("--to crm writes what the CRM does not show yet; it takes no choice but --output.")
        export_update(there(), review, output, force=force)
        return
    if all_open and review is not None:
        raise click.UsageError("--all-open is over all reviews; name no review beside it.")
    target = target_of(name, invocation().place())
    if template:
        click.echo(pattern(target), nl=False)
        return
    actions = only == "actions"
    if since_last:
        with writing("an export", INSIDE) as reviews:
            _send_news(reviews, review, target, output, all_open=all_open, actions=actions, force=force)
        return
    reviews = there()
    outgoing = _gathered(reviews, review, target, all_open=all_open, actions=actions)
    if _send(reviews, target, outgoing, output, force=force) is not None:
        from store.exports.sender import note

        note(reviews, target, outgoing)


def _send_news(
    reviews: "Reviews",
    review: str | None,
    target: "Target",
    output: str | None,
    *,
    all_open: bool,
    actions: bool,
    force: bool,
) -> None:
    """Send what is new since the last time, and remember it."""
    from store.exports.gather import since_last
    from store.exports.sender import by_hand, remember

    now = standing(reviews, day_of(reviews))
    whole = _gathered(reviews, review, target, all_open=all_open, actions=actions)
    desk = reviews.desk.read().batches
    news, fact = since_last(whole, target, desk, now.ledger, now.settings, only_actions=actions)
    if news.is_empty:
        say(f"Nothing is new for {target.title} since the last time.", err=output == TO_SCREEN)
        return
    written = None
    if target.updates or news.rows:
        written = _send(reviews, target, news, output, force=force)
    remember(reviews, target, fact, written)
    for line in by_hand(target, news):
        say(*wrapped(line, " " * (len(line) - len(line.lstrip()))), err=output == TO_SCREEN)


def _gathered(reviews: "Reviews", review: str | None, target: "Target", *, all_open: bool, actions: bool) -> "Outgoing":
    if all_open:
        return _all_open(reviews, actions)
    from store.exports.addresses import addressed

    named, now = _named(reviews, review), _clock(reviews).now()
    if reviews.is_locked(named):
        from store.exports.locked import of_locked

        outgoing = of_locked(reviews, named, target, now, only_actions=actions)
    else:
        from store.exports.gather import of_one

        outgoing = of_one(reviews.minutes(named)[0], target, now, only_actions=actions)
    for note in reviews.met:
        say(note.sentence, err=True)
    return addressed(outgoing, reviews.settings().people)


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


def _all_open(reviews: "Reviews", actions: bool) -> "Outgoing":
    from store.exports.gather import of_all

    day = day_of(reviews)
    now = standing(reviews, day)
    running = reviews.running()
    ledger, settings = now.ledger, now.settings
    if running is not None:
        meeting = reviews.minutes(running)[0].meeting
        ledger, settings = meeting.ledger, meeting.settings
    return of_all(ledger, settings, day, _clock(reviews).now(), draft=running is not None, only_actions=actions)


def _clock(reviews: "Reviews") -> "Clock":
    from store.clock import clock_of

    return clock_of(reviews.workspace)


def _send(
    reviews: "Reviews", target: "Target", outgoing: "Outgoing", output: str | None, *, force: bool
) -> Path | None:
    """Write to standard output, or to a file and give it."""
    from store.exports.targets import file_name, free, render

    data = render(target, outgoing, reviews.workspace)
    if output == TO_SCREEN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return None
    path = Path(output).expanduser() if output else reviews.workspace.exports / file_name(outgoing, target)
    if outgoing.news and not output:
        path = free(path)
    check_free(path, reviews.workspace.exports, force=force)
    save(path, data)
    say(
        f"Wrote {path} ({'DRAFT, the review is not locked yet; ' if outgoing.draft else ''}{_holds(target, outgoing)})."
    )
    if target.kind == "page":
        from store.exports.chat import said_of

        say(*(line for one in said_of(data.decode(), target.name) for line in wrapped(one, "")))
    return path


def _holds(target: "Target", outgoing: "Outgoing") -> str:
    """Count what a file holds: '3 commitments', '1 changed, 2 withdrawn'."""
    number = f"{len(outgoing.rows)} {'commitment' if len(outgoing.rows) == 1 else 'commitments'}"
    if not outgoing.news:
        return number
    told = ((outgoing.changed, "changed"), (outgoing.withdrawn, "withdrawn"))
    parts = [f"{number}, only what is new"] if outgoing.rows else []
    return ", ".join((*parts, *(f"{len(each)} {word}" for each, word in told if each and target.updates)))


COMMANDS = (export,)
