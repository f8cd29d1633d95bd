"""What the mouse does on every screen: keys answer wherever they are named, and lines of lists can be chosen."""

from textual import events
from textual.reactive import reactive

from tui.sizes import Sized
from tui.widgets.data import Mode
from tui.widgets.keywords import key_of, key_under, led_to, line_under
from tui.widgets.listing import Listing
from tui.widgets.rail import Rail


class Pointing(Sized):
    """A screen that answers the mouse beyond its footer."""

    mode: reactive[Mode] = reactive(Mode.KEYS, init=False)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked, or press the key whose words were, wherever on the screen they stand."""
        said = self.get_widget_at(*event.screen_offset)[0]
        to, label = led_to(line_under(said, event)), key_under(said, event)
        if to:
            self.set_focus(None)
            self.follow_line(to)
        elif label:
            if len(label) == 1:
                # A letter that is named is a command, also while one types.
                self.set_focus(None)
            self.app.post_message(key_of(label))

    def follow_line(self, to: str) -> None:
        """Choose a line of the plane by its id; subclasses know which."""

    def on_listing_chosen(self, message: Listing.Chosen) -> None:
        """Choose a line of a long list."""
        message.stop()
        self.set_focus(None)
        self.follow_line(message.to)

    def on_rail_chosen(self, message: Rail.Chosen) -> None:
        """Go where a line of the rail leads."""
        message.stop()
        self.follow_rail(message.to)

    def follow_rail(self, to: str) -> None:
        """Go to the deal or the person of a line of the rail; subclasses know which."""
