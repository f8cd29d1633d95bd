"""A line to type in: label, text, and under it what is understood so far."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widgets import Input

from review.plain import plain as text_alone
from tui.widgets.data import Feedback, plain
from tui.widgets.static import Static


class LineInput(Input):
    """Textual's input without its blink and without the keys that other programs take."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Of the text; unlike Textual's, a longer text lays nothing out anew: the line is as wide as it is."""

    def __init__(self, placeholder: str) -> None:
        """Start empty; on focus nothing is selected, because the first key would wipe a prefilled text."""
        super().__init__(placeholder=plain(placeholder), compact=True, select_on_focus=False)
        self.cursor_blink = False

    def render_line(self, y: int) -> Strip:
        """Draw the line; a longer one shows its beginning while nobody types in it, and ends in “…”."""
        width = self.scrollable_content_region.width
        if y or self.has_focus or cell_len(self.value) <= width:
            return super().render_line(y)
        said = Content(self.value).truncate(width, ellipsis=True).plain
        return Strip([Segment(said)]).extend_cell_length(width + 1).apply_style(self.rich_style)

    def validate_value(self, value: str) -> str:
        """Take what was pasted, or comes from a file, as text alone."""
        return text_alone(value)


class FieldRow(Vertical):
    """One line of a form; with the focus it is the raised row, and never changes its height."""

    DEFAULT_CSS = """
    FieldRow { height: 1; padding: 0 2; width: 1fr; }
    FieldRow > Horizontal { height: 1; }
    FieldRow .label { width: 16; color: $dim; height: 1; }
    FieldRow Input { width: 1fr; background: transparent; color: $foreground; background-tint: transparent; }
    FieldRow Input:focus { background-tint: transparent; text-style: bold; color: $bright; }
    FieldRow Input > .input--placeholder { color: $dim; text-style: not bold; }
    FieldRow .feedback { margin-left: 16; height: 1; display: none; text-overflow: ellipsis; }
    FieldRow.-tall { height: 4; padding: 1 2 0 2; }
    FieldRow.-tall .feedback { height: 2; }
    FieldRow.-tall .feedback, FieldRow.-explained .feedback { display: block; }
    FieldRow.-explained { height: 2; }
    FieldRow:focus-within { background: $panel; border-left: outer $accent; padding: 0 2 0 1; }
    FieldRow.-tall:focus-within { padding: 1 2 0 1; }
    FieldRow:focus-within .label { color: $bright; text-style: bold; }
    FieldRow:focus-within Input > .input--placeholder { color: $foreground; }
    """

    class Changed(Message):
        """The text changed under the user's hands."""

        def __init__(self, field: "FieldRow", text: str) -> None:
            """Say which row, and what stands in it."""
            super().__init__()
            self.field = field
            self.text = text

        @property
        def control(self) -> "FieldRow":
            """The row, for handlers that select by its id."""
            return self.field

    class Entered(Message):
        """Enter was pressed in the row."""

        def __init__(self, field: "FieldRow", text: str) -> None:
            """Say which row, and what stands in it."""
            super().__init__()
            self.field = field
            self.text = text

        @property
        def control(self) -> "FieldRow":
            """The row, for handlers that select by its id."""
            return self.field

    feedback: reactive[Feedback] = reactive(Feedback(), init=False)
    """What stands under the text."""

    def __init__(
        self,
        label: str,
        prompt: str = "",
        value: str = "",
        *,
        tall: bool = False,
        explained: bool = False,
        id: str | None = None,
    ) -> None:
        """Make a row of one line; `explained` keeps a second for feedback, `tall` four with air around both."""
        super().__init__(id=id, classes=" ".join(["-tall"] * tall + ["-explained"] * explained))
        self._label = plain(label)
        # An input takes a text only inside a running app; a row may be made before there is one.
        self._first: str | None = value
        self._input = LineInput(prompt)

    def compose(self) -> ComposeResult:
        """Lay out the row."""
        with Horizontal():
            yield Static(self._label, classes="label", markup=False)
            yield self._input
        yield Static(classes="feedback", markup=False)

    @property
    def label(self) -> str:
        """The row's name."""
        return self._label

    @label.setter
    def label(self, text: str) -> None:
        self._label = plain(text)
        if self.is_mounted:
            self.query_one(".label", Static).update(Content(self._label))

    @property
    def text(self) -> str:
        """What is in the line."""
        return self._input.value if self._first is None else self._first

    @text.setter
    def text(self, value: str) -> None:
        """Prefill the line without the message that typing sends; the cursor goes behind the text."""
        if self._first is not None:
            self._first = value
            return
        with self._input.prevent(Input.Changed):
            self._input.value = value
        self._input.cursor_position = len(value)
        if self._input.select_on_focus and self._input.has_focus:
            self._input.action_select_all()

    @property
    def prompt(self) -> str:
        """What is asked while the line is empty."""
        return self._input.placeholder if isinstance(self._input.placeholder, str) else ""

    @prompt.setter
    def prompt(self, text: str) -> None:
        self._input.placeholder = plain(text)

    @property
    def line(self) -> Input:
        """The input itself."""
        return self._input

    def type_here(self) -> None:
        """Put the cursor into the line."""
        self._input.focus()

    def on_click(self, event: events.Click) -> None:
        """Type here wherever the row is clicked."""
        event.stop()
        self.type_here()

    def watch_feedback(self, feedback: Feedback) -> None:
        """Say what is understood."""
        if self.is_mounted:
            self.draw()

    def on_resize(self) -> None:
        """Break what is understood for the new width."""
        self.draw()

    def draw(self) -> None:
        """Show what is understood, where there are two lines for it broken between two marks."""
        said = self.query_one(".feedback", Static)
        height = said.styles.height
        two = height is not None and (height.is_auto or height.value > 1)
        said.update(self.feedback.line(said.size.width if two else 0))

    def on_mount(self) -> None:
        """Take over what was given before the row was shown."""
        first, self._first = self._first, None
        self.text = first or ""
        self.draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass a change on in the row's own words."""
        event.stop()
        self.post_message(self.Changed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass Enter on in the row's own words."""
        event.stop()
        self.post_message(self.Entered(self, event.value))
