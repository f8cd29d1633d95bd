"""The targets that commitments and recaps can leave to; a new one is a line here and a profile."""

from importlib import import_module
from typing import Final

from msgspec import Struct

from store.errors import Refused
from store.exports.outgoing import Outgoing


class Target(Struct, frozen=True):
    """One form of export."""

    module: str
    """The module of this package that writes it: `render(outgoing, profile) -> bytes`."""
    ending: str
    profile: str = ""
    """What the module is to do for this target; the module knows its profiles by name."""
    with_recap: bool = False
    """Whether it shows the hour, or commitments alone."""


TARGETS: Final = {
    "markdown": Target("markdown", ".md", with_recap=True),
    "csv": Target("delimited", ".csv", profile="csv"),
}
"""Name on the command line to target."""


def target_of(name: str) -> Target:
    """Give a target by its name. Raises Refused with the names there are."""
    found = TARGETS.get(name.strip().casefold())
    if found is None:
        raise Refused(f"There is no export to “{name}”. Targets: {', '.join(TARGETS)}.")
    return found


def render(name: str, outgoing: Outgoing) -> bytes:
    """Write an export as the bytes of its file. Raises Refused for an unknown target."""
    target = target_of(name)
    # Each target loads what it alone needs.
    rendered: bytes = import_module(f"store.exports.{target.module}").render(outgoing, target.profile)
    return rendered
