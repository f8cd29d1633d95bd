"""`closeout history`: the locks and the figures of the team; people only where they are asked for by name."""

import click

from tui.cli.options import common, plainly, say, say_json
from tui.cli.place import day_of, standing, there


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--private", is_flag=True, help="Also what rates people: for the manager alone.")
@common
@plainly
def history(as_json: bool, private: bool) -> None:
    """Show the locks and the figures of the team."""
    from review.history_page import history as gather

    reviews = there()
    day = day_of(reviews)
    now = standing(reviews, day)
    for note in now.notes:
        say(note.sentence, err=True)
    found = gather(now.ledger, now.settings, day, private=private)
    if as_json:
        import msgspec

        say_json(msgspec.json.encode(found).decode())
        return
    from review.history_words import page_of
    from tui.cli.sheet import as_text

    click.echo("\n".join(as_text(page_of(found))))


COMMANDS = (history,)
"""What this module brings."""
