"""A line that names keys and what they do; a click on it presses the key whose words it hits."""

import re
import unicodedata
from typing import Final

from textual import events
from textual.content import Content

from tui.widgets.static import Static

KEY_STYLE: Final = "bold $accent"
"""How every line writes a key, and nothing else."""
_NAMED: Final = {"Esc": "escape", "PgUp": "pageup", "PgDn": "pagedown"}
_LABEL: Final = re.compile(r"Enter|Esc|Tab|Space|Backspace|Shift\+Tab|PgUp|PgDn|F[1-9]|\S")
_ARROWS: Final = "↑↓←→"


class KeyWords(Static):
    """Text with keys in it that answers the mouse."""

    def on_click(self, event: events.Click) -> None:
        """Press the key that the click means, as if it had been typed."""
        offset = event.get_content_offset(self)
        if offset is None or not isinstance(self.content, Content):
            return
        label = label_at(self.content, offset.x if offset.y == 0 else 0)
        if label:
            event.stop()
            self.app.post_message(key_of(label))


def label_at(line: Content, x: int) -> str:
    """Give the key whose words stand in a cell of a line: the last one named before it, the first one at the start."""
    found = ""
    for span in sorted(line.spans, key=lambda span: span.start):
        label = line.plain[span.start : span.end].strip()
        if str(span.style) != KEY_STYLE or not _LABEL.fullmatch(label) or label in _ARROWS:
            continue
        if found and line[: span.start].cell_length > x:
            break
        found = label
    return found


def key_of(label: str) -> events.Key:
    """Give the key that stands under a label."""
    if len(label) > 1:
        return events.Key(_NAMED.get(label, label.lower()), None)
    name = label if label.isalnum() else re.sub(r"\W", "_", unicodedata.name(label).lower())
    return events.Key(name, label)
