"""What the mouse does on every screen: keys answer wherever they are named, and lines of the rail lead somewhere."""

from textual import events
from textual.reactive import reactive
from textual.screen import Screen

from tui.widgets.data import Mode
from tui.widgets.keywords import key_of, key_under
from tui.widgets.rail import Rail


class Pointing(Screen[None]):
    """A screen that answers the mouse beyond its footer."""

    mode: reactive[Mode] = reactive(Mode.KEYS, init=False)

    def on_click(self, event: events.Click) -> None:
        """Press the key whose words were clicked, wherever on the screen they stand."""
        label = key_under(self.get_widget_at(*event.screen_offset)[0], event)
        if label and (self.mode is Mode.KEYS or len(label) > 1):
            self.app.post_message(key_of(label))

    def on_rail_chosen(self, message: Rail.Chosen) -> None:
        """Go where a line of the rail leads."""
        message.stop()
        self.follow_rail(message.to)

    def follow_rail(self, to: str) -> None:
        """Go to the deal or the person of a line of the rail; subclasses know which."""
