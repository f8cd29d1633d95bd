"""`closeout import --roster`: the people of the team, as a file lists them."""

from pathlib import Path

from tui.cli.options import invocation
from tui.cli.place import writing
from tui.cli.telling import tell

TAKEN = "Read in. Owners of exports are known by it from now on."
INSIDE = "Lock it first; a list of people is read in between reviews."


def import_roster(path: Path, *, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Read in a list of people; it takes the place of the one before, and settings say more than it does."""
    from review.events import RosterRead
    from store.crm.answers import load_answers
    from store.crm.roster import read_roster

    reviews = invocation().reviews()
    reading = read_roster(
        path,
        settings=reviews.settings(),
        day=invocation().today,
        answers=load_answers(mapping) if mapping else None,
    )
    if not dry_run:
        reviews.workspace.make()
        with writing("a list of people", INSIDE) as held:
            held.desk_write(RosterRead(people=reading.people, source=path.name), what=f"read in {path.name}")
    tell(reading.report, as_json=as_json, dry_run=dry_run, taken=TAKEN)
