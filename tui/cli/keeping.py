"""`closeout check`, `backup` and `restore`: what keeps the workspace sound."""

from datetime import UTC, datetime
from pathlib import Path

import click

from store import backup as backups
from store import check as checks
from store.errors import Refused
from store.lock import WorkspaceLock
from tui.cli.options import common, fail, invocation, plainly, say


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended; damaged files are kept under another name.")
@common
@plainly
def check(repair: bool) -> None:
    """Look through every file of the workspace."""
    workspace = invocation().place()
    if not workspace.exists:
        raise Refused(f"There is no workspace at {workspace.root}. closeout import FILE makes one.")
    if repair:
        with WorkspaceLock(workspace.lock, "a repair"):
            found = checks.repair(workspace)
    else:
        found = checks.check(workspace)
    for finding in found:
        say(finding.sentence)
    if not found:
        say("Every file is sound.")
    elif not repair:
        fail("closeout check --repair mends what can be mended.")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--with-private", is_flag=True, help="Put the manager's private notes in as well.")
@common
@plainly
def backup(file: Path | None, with_private: bool) -> None:
    """Save the workspace in one file."""
    workspace = invocation().place()
    if not workspace.exists:
        raise Refused(f"There is no workspace at {workspace.root}, so there is nothing to save.")
    say(f"Saved as {backups.backup(workspace, datetime.now(UTC), file, with_private=with_private)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@common
@plainly
def restore(file: Path) -> None:
    """Put a backup in place of the workspace; what was there is kept beside it."""
    restored = backups.restore(invocation().place(), file, datetime.now(UTC))
    say(restored.sentence)


COMMANDS = (check, backup, restore)
