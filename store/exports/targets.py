"""The targets that commitments and recaps can leave to: what comes with the program, and what the workspace adds."""

import itertools
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from store.errors import Refused
from store.exports.outgoing import Outgoing
from store.workspace import Workspace

Kind = Literal["page", "columns", "mail", "calendar", "document"]


class Target(Struct, frozen=True, kw_only=True):
    """One form of export."""

    name: str
    """As on the command line."""
    title: str
    """As on the screen."""
    kind: Kind
    ending: str
    """Of its files, with the point."""
    with_recap: bool = False
    """Whether it shows the hour, or commitments alone."""
    updates: bool = True
    """Whether it can tell what has changed; otherwise that is said and not written."""
    taken_in: str = ""
    """Where it goes, or where its users click."""
    own: Path | None = None
    """The file of the workspace that it is made by; None for what comes with the program."""


def _page(name: str, title: str, ending: str, taken_in: str) -> Target:
    return Target(name=name, title=title, kind="page", ending=ending, with_recap=True, taken_in=taken_in)


def _columns(name: str, title: str, *, updates: bool = False) -> Target:
    return Target(name=name, title=title, kind="columns", ending=".csv", updates=updates)


STANDARD: Final = {
    target.name: target
    for target in (
        _page("markdown", "Recap, Markdown", ".md", "notes, wikis and repositories; boxes to tick"),
        _page("html", "Recap, a page to print", ".html", "any browser; one file, prints on A4"),
        Target(
            name="eml",
            title="Recap, a mail to send",
            kind="mail",
            ending=".eml",
            with_recap=True,
            taken_in="open it; a draft to everybody, to look over and send",
        ),
        _page("text", "Recap, plain text", ".txt", "anywhere"),
        _page("slack", "Recap for Slack", ".txt", "paste it into a message"),
        _page("teams", "Recap for Teams", ".md", "paste it into a message"),
        _columns("csv", "Commitments, CSV", updates=True),
        _columns("jira", "Jira"),
        _columns("asana", "Asana"),
        _columns("todoist", "Todoist"),
        _columns("linear", "Linear"),
        _columns("salesforce-tasks", "Salesforce tasks"),
        _columns("hubspot-tasks", "HubSpot tasks"),
        Target(
            name="ics-todo",
            title="To-dos for a calendar",
            kind="calendar",
            ending=".ics",
            taken_in="import the file; again to update",
        ),
        Target(
            name="ics-events",
            title="Events for a calendar",
            kind="calendar",
            ending=".ics",
            taken_in="import the file; again to update",
        ),
        Target(
            name="json",
            title="Everything, JSON",
            kind="document",
            ending=".json",
            with_recap=True,
            taken_in="programs; closeout import --minutes reads it back",
        ),
    )
}
"""Name on the command line to target, in the order in which they are offered."""
CRM: Final = "crm"
"""What goes back to the CRM: no commitments, in several files it may be, and so no target like the others."""
_MODULES: Final = {"page": "pages", "mail": "mail", "calendar": "calendars", "document": "document"}
"""Kind to the module of this package that writes it: `render(outgoing, name, own) -> bytes`."""
_NAMES: Final = {
    "markdown": "recap", "html": "recap", "eml": "recap", "text": "recap", "csv": "commitments", "json": "minutes",
    "ics-todo": "to-dos", "ics-events": "events",
}  # fmt: skip
"""Targets whose files are called for what they hold; the others' for their tool."""


def targets(workspace: Workspace) -> dict[str, Target]:
    """Give every target, with those that the workspace's templates/ changes or adds."""
    found = {name: _told(target) for name, target in STANDARD.items()}
    for path in sorted(workspace.templates.glob("*")):
        name = path.stem
        known = STANDARD.get(name)
        if path.suffix == ".toml" and (known is None or known.kind == "columns"):
            found[name] = _own_columns(name, path)
        elif path.suffix == ".j2" and known is not None and known.kind in ("page", "mail"):
            found[name] = replace(known, own=path)
    return found


def _told(target: Target) -> Target:
    """Say of a task list what its profile says."""
    if target.kind != "columns":
        return target
    from store.exports.profile import built_in, read_profile

    return replace(target, taken_in=read_profile(built_in(target.name), target.name).taken_in)


def _own_columns(name: str, path: Path) -> Target:
    from store.exports.profile import read_own

    profile = read_own(path)
    return Target(
        name=name,
        title=profile.title,
        kind="columns",
        ending=".csv",
        updates=profile.updates,
        taken_in=profile.taken_in,
        own=path,
    )


def target_of(name: str, workspace: Workspace) -> Target:
    """Give a target by its name. Raises Refused with the names there are; only the own file it needs is read."""
    wanted = name.strip().casefold()
    own = workspace.templates / f"{wanted}.toml"
    known = STANDARD.get(wanted)
    if wanted.replace("-", "").isalnum() and own.is_file() and (known is None or known.kind == "columns"):
        return _own_columns(wanted, own)
    if known is None:
        names = dict.fromkeys((*STANDARD, CRM, *(path.stem for path in workspace.templates.glob("*.toml"))))
        raise Refused(f"There is no export to “{name}”. Targets: {', '.join(names)}.")
    return known


def render(target: Target, outgoing: Outgoing, workspace: Workspace) -> bytes:
    """Write an export as the bytes of its file. Raises Refused for a broken template or profile of the user's."""
    # Each target loads what it alone needs.
    if target.kind == "columns":
        from store.exports.profile import built_in, read_own, read_profile
        from store.exports.profile import render as write

        own = target.own
        profile = read_own(own) if own else read_profile(built_in(target.name), f"{target.name}.toml")
        return write(outgoing, profile)
    module = import_module(f"store.exports.{_MODULES[target.kind]}")
    rendered: bytes = module.render(outgoing, target.name, workspace.templates)
    return rendered


def pattern(target: Target) -> str:
    """Give the template or the profile that a target is made by, to begin an own one with. Raises Refused."""
    if target.own is not None:
        from store.exports.profile import text_of

        return text_of(target.own)
    if target.kind == "columns":
        from store.exports.profile import built_in

        return built_in(target.name)
    if target.kind in ("page", "mail"):
        from store.exports.templates import built_in as template

        return template(target.name)
    raise Refused(f"{target.title} has a fixed form.")


def free(path: Path) -> Path:
    """Give the path where nothing is yet, with -copy-2 … before its ending where something is."""
    names = (path.with_stem(f"{path.stem}-copy-{number}") for number in itertools.count(2))
    return next(name for name in names if not name.exists()) if path.exists() else path


def file_name(outgoing: Outgoing, target: Target) -> str:
    """Give the name of an export's file."""
    name = _NAMES.get(target.name, target.name)
    if outgoing.recap is None and name in ("recap", "minutes"):
        name = "commitments"
    parts = [
        outgoing.review or f"{outgoing.day.isoformat()}-open",
        name,
        *(["new"] if outgoing.news else []),
        *(["draft"] if outgoing.draft and outgoing.review else []),
    ]
    return "-".join(parts) + target.ending
