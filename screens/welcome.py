"""The lobby before there is anything: the two things to do next, and the hour that comes of them."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from review.ask import clicks_for_each, report_to_ask_for
from review.schedule import hour
from review.settings import Settings
from tui.widgets.data import ClockView, RailGroup, RailLine, RailView
from tui.widgets.figures import ROWS
from tui.widgets.headline import Headline
from tui.widgets.rows import Line, Row
from tui.widgets.static import Static

BRIEFLY = "Sixty minutes a week."
"""The same where there is less room."""
FIRST = "The weekly pipeline review, in sixty minutes."
ROOMY = (140, 50)
"""Columns and rows of a terminal from which the clicks are shown too."""
THEN = "Every active deal leaves it with a next step, a date and an owner."


class Welcome(Vertical):
    """Teaches the first two steps."""

    DEFAULT_CSS = """
    Welcome { height: auto; }
    Welcome > .gap { margin-top: 1; }
    Welcome > .command { padding: 0 2; margin-top: 1; height: 1; }
    Welcome > .clicks { display: none; }
    Welcome.-roomy > .clicks { display: block; margin-top: 1; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the promise and the two ways to begin."""
        yield Headline()
        yield Line()
        yield Static(_command("closeout import FILE", "or i, here"), classes="command", markup=False)
        for at, (label, said) in enumerate(_report()):
            yield Row(label, said, classes="gap" if at == 0 else None)
        for at, (crm, clicks) in enumerate(clicks_for_each()):
            yield Row(crm, clicks, classes="clicks gap" if at == 0 else "clicks")
        yield Line()
        yield Static(_command("closeout demo", ""), classes="command", markup=False)
        yield Row("Just looking?", "A made-up team of eight with sixty deals; nothing of it is kept.", classes="gap")

    def on_mount(self) -> None:
        """Say the promise."""
        self.query_one(Headline).show("Closeout", _promise, _short)

    def on_resize(self) -> None:
        """Say where to click, in the CRMs most teams have, where there is room for it."""
        width, height = self.app.size
        self.set_class(width >= ROOMY[0] and height >= ROOMY[1], "-roomy")


def _promise(width: int) -> Content:
    first = Content.styled(FIRST, "bold $bright").wrap(width)
    then = Content.styled(THEN, "$foreground").wrap(width)
    if len(first) + len(then) > ROWS:
        first = Content.styled(BRIEFLY, "bold $bright").wrap(width)
    apart = [Content("")] if len(first) + len(then) < ROWS else []
    return Content("\n").join([*first, *apart, *then][:ROWS])


def _short(_: int) -> Content:
    return Content.styled("Every deal leaves the hour with a step, a date, an owner.", "$foreground")


def _command(command: str, aside: str) -> Content:
    return Content.assemble((command, "bold $bright"), (f"   {aside}" if aside else "", "$dim"))


def _report() -> tuple[tuple[str, str], ...]:
    """Give what to ask the CRM for, in parts: which report, and its columns."""
    what, _, columns = report_to_ask_for(None).partition(" Columns: ")
    ask = what.removeprefix("Ask the CRM for: ")
    return (("Ask the CRM for", ask[:1].upper() + ask[1:]), ("Columns", columns[:1].upper() + columns[1:]))


def teaching_rail(settings: Settings) -> RailView:
    """Show the hour as it will be."""
    lines = tuple(RailLine(section.title, right=f"{section.minutes} min") for section in settings.sections)
    clock = ClockView(f"{hour(settings)}:00", "once a week", pace="two things to do next")
    return RailView(clock, (RailGroup(lines=lines, marked=False),), "two things to do next")
