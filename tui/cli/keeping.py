"""`closeout check`, `backup` and `restore`: what keeps the workspace sound."""

from datetime import UTC, datetime
from pathlib import Path

import click

from store import backup as backups
from store import check as checks
from store.errors import Refused
from tui.cli.options import common, fail, invocation, plainly, say
from tui.cli.place import NONE_YET
from tui.cli.table import wrapped


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended; damaged files are kept under another name.")
@common
@plainly
def check(repair: bool) -> None:
    """Look through every file of the workspace."""
    workspace = invocation().place()
    if not workspace.exists:
        raise Refused(NONE_YET.format(place=workspace.root))
    found = checks.repair(workspace) if repair else checks.check(workspace)
    for finding in found:
        say(*wrapped(f"{finding.file}: {finding.sentence} {finding.remedy if repair else ''}"))
    if not found:
        say("Every file is sound.")
    elif not repair and any(finding.remedy for finding in found):
        fail("Not everything is in order. closeout check --repair mends what can be mended.")
    elif left := [finding for finding in found if not finding.remedy and not finding.harmless]:
        fail(f"Not everything can be mended. {' '.join(dict.fromkeys(finding.otherwise for finding in left))}")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--with-private", is_flag=True, help="Put the manager's private notes in as well.")
@common
@plainly
def backup(file: Path | None, with_private: bool) -> None:
    """Save the workspace in one file."""
    workspace = invocation().place()
    if not workspace.exists:
        raise Refused(NONE_YET.format(place=workspace.root))
    say(f"Saved as {backups.backup(workspace, datetime.now(UTC), file, with_private=with_private)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@common
@plainly
def restore(file: Path) -> None:
    """Put a backup in place of the workspace; what was there is kept beside it."""
    restored = backups.restore(invocation().place(), file, datetime.now(UTC))
    number = f"{restored.count} {'file' if restored.count == 1 else 'files'}"
    say(f"Put {number} in place. What was there before is in {restored.aside}.")


COMMANDS = (check, backup, restore)
