"""Words that name keys and what they do; a click on them presses the key."""

import re
import unicodedata
from typing import Final

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui.widgets.drawing import Fitted
from tui.widgets.static import KEY_STYLE, Static

LEADS_TO: Final = "leads_to"
_WORD: Final = re.compile(r"\S+")
_NAMED: Final = {"Esc": "escape", "PgUp": "pageup", "PgDn": "pagedown", "←": "left", "→": "right"}
_LABEL: Final = re.compile(r"Enter|Esc|Tab|Space|Backspace|Shift\+Tab|PgUp|PgDn|F[1-9]|Ctrl\+[a-z]|[!-~←→]")


class KeyWords(Static):
    """Text with keys in it that answers the mouse."""

    def on_click(self, event: events.Click) -> None:
        """Press the key that the click means, as if it had been typed."""
        label = key_under(self, event)
        if label:
            event.stop()
            self.app.post_message(key_of(label))


def key_under(said: Widget, event: events.Click) -> str:
    """Give the key whose words in a widget were clicked; nothing where there are none."""
    offset = event.screen_offset - said.content_region.offset
    return label_at(line_under(said, event), offset.x)


def line_under(said: Widget, event: events.Click) -> Content:
    """Give the line of a widget's text that was clicked, empty where there is none."""
    if not isinstance(said, Static | Fitted) or not isinstance(said.content, Content):
        return Content("")
    if not said.content_region.contains_point(event.screen_offset):
        return Content("")
    at = event.screen_offset.y - said.content_region.y
    wraps = said.styles.text_wrap == "wrap"
    lines = said.content.wrap(max(1, said.content_size.width)) if wraps else said.content.split("\n")
    return lines[at] if at < len(lines) else Content("")


def leading(line: Content, to: str) -> Content:
    """Let a line lead somewhere when it is clicked."""
    return line.stylize(Style.from_meta({LEADS_TO: to})) if to else line


def led_to(line: Content) -> str:
    """Give where a line leads, wherever on it the click fell."""
    metas = (span.style.meta for span in line.spans if isinstance(span.style, Style))
    return next((str(meta[LEADS_TO]) for meta in metas if LEADS_TO in meta), "")


def label_at(line: Content, x: int) -> str:
    """Give the key whose words stand in a cell of a line: the last one named before it, up to the next one."""
    found = ""
    for span in sorted(line.spans, key=lambda span: span.start):
        if str(span.style) != KEY_STYLE:
            continue
        for word in _WORD.finditer(line.plain, span.start, span.end):
            if line[: word.start()].cell_length > x:
                return found
            # Arrows up and down stand for lines that can be clicked themselves.
            found = word[0] if _LABEL.fullmatch(word[0]) else ""
    return found


def key_of(label: str) -> events.Key:
    """Give the key that stands under a label."""
    if len(label) > 1 or label in _NAMED:
        return events.Key(_NAMED.get(label, label.lower()), None)
    name = label if label.isalnum() else re.sub(r"\W", "_", unicodedata.name(label).lower())
    return events.Key(name, label)
