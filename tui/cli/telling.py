"""What is printed of a file that was read."""

from collections.abc import Sequence
from typing import Protocol

from tui.cli.options import say, say_json
from tui.cli.table import wrapped

UNCHANGED = "Nothing was changed."


class Report(Protocol):
    """What was read from a file."""

    def to_json(self) -> str:
        """Give it as one document."""
        ...

    def sentences(self) -> tuple[str, ...]:
        """Say it, a sentence each."""
        ...


def tell(report: Report, *, as_json: bool, dry_run: bool, taken: str, more: Sequence[str] = ()) -> None:
    """Print a report as one document, or in sentences, with `more` and, where it was read in, `taken`."""
    if as_json:
        say_json(report.to_json())
        return
    for sentence in (*report.sentences(), *more):
        say(*wrapped(sentence))
    say("", UNCHANGED if dry_run else taken)
