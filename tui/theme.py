"""The colour schemes, the only place where colours are written down: “petrol” (dark) and “paper” (light) for the room.

The manager's own terminal has two that nobody takes for the room's: “plum” and “rose”.
"""

from typing import Final

from textual.theme import Theme

PETROL: Final = "petrol"
PAPER: Final = "paper"
PLUM: Final = "plum"
ROSE: Final = "rose"
PRIVATE: Final = {PETROL: PLUM, PAPER: ROSE}
"""The room's scheme to the one of the manager's own terminal."""


VARIABLES: Final = {
    "dim": "dim",
    "line": "line",
    "bright": "bright",
    "on-accent": "on-accent",
    "text-muted": "dim",
    "text-disabled": "dim",
    "foreground-muted": "dim",
    "border": "line",
    "border-blurred": "line",
    "input-cursor-background": "accent",
    "input-cursor-foreground": "on-accent",
    "input-selection-background": "line",
    "input-selection-foreground": "bright",
    "block-cursor-background": "raised",
    "block-cursor-foreground": "bright",
    "block-cursor-blurred-background": "card",
    "block-cursor-blurred-foreground": "text",
    "block-hover-background": "raised",
    "screen-selection-background": "line",
    "screen-selection-foreground": "bright",
    "footer-key-foreground": "accent",
    "footer-background": "card",
    "footer-foreground": "text",
    "scrollbar": "line",
    "scrollbar-hover": "dim",
    "scrollbar-active": "dim",
    "scrollbar-background": "card",
    "scrollbar-background-hover": "card",
    "scrollbar-background-active": "card",
    "scrollbar-corner-color": "card",
    "link-color": "text",
}
"""Textual's variables to the names of the palette."""
STYLES: Final = {
    "input-cursor-text-style": "none",
    "block-cursor-text-style": "bold",
    "link-style": "none",
}
"""Variables that are no colours."""


def _theme(name: str, palette: dict[str, str], *, dark: bool) -> Theme:
    """Make a theme of the thirteen named colours; Textual's own parts take theirs from the same ones."""
    return Theme(
        name=name,
        dark=dark,
        background=palette["ground"],
        surface=palette["card"],
        panel=palette["raised"],
        boost=palette["raised"],
        foreground=palette["text"],
        primary=palette["accent"],
        secondary=palette["line"],
        accent=palette["accent"],
        success=palette["ok"],
        warning=palette["watch"],
        error=palette["act"],
        text_alpha=1.0,
        variables={name: palette[colour] for name, colour in VARIABLES.items()} | STYLES,
    )


DARK_PALETTE: Final = {
    "ground": "#0E191D",
    "card": "#142328",
    "raised": "#1E3239",
    "line": "#40606C",
    "dim": "#8FA5AB",
    "text": "#D8DDD6",
    "bright": "#FFF7E6",
    "accent": "#5CC9F5",
    "on-accent": "#06222E",
    "ok": "#7DD58B",
    "watch": "#F4BE4F",
    "act": "#FF8372",
}
LIGHT_PALETTE: Final = {
    "ground": "#EDE7DA",
    "card": "#F8F4EB",
    "raised": "#FFFFFF",
    "line": "#A5A292",
    "dim": "#5A6A6D",
    "text": "#22363C",
    "bright": "#08191F",
    "accent": "#00688F",
    "on-accent": "#FFFFFF",
    "ok": "#1F6B35",
    "watch": "#8A5200",
    "act": "#B0281A",
}

PLUM_PALETTE: Final = DARK_PALETTE | {
    "ground": "#1F1226",
    "card": "#2A1A33",
    "raised": "#3A2646",
    "line": "#6F5580",
    "dim": "#B5A3C2",
    "text": "#E3DAE8",
    "bright": "#FFF4FB",
    "accent": "#F2A6DC",
    "on-accent": "#33102A",
    "act": "#FF8F80",
}
ROSE_PALETTE: Final = LIGHT_PALETTE | {
    "ground": "#F0DDE8",
    "card": "#F9EEF4",
    "raised": "#FFFFFF",
    "line": "#B596A8",
    "dim": "#6B5063",
    "text": "#3B2435",
    "bright": "#1D0A18",
    "accent": "#8C1F6B",
    "ok": "#17612E",
    "watch": "#7F4A00",
    "act": "#A82415",
}

PALETTES: Final = (
    (PETROL, DARK_PALETTE, True),
    (PAPER, LIGHT_PALETTE, False),
    (PLUM, PLUM_PALETTE, True),
    (ROSE, ROSE_PALETTE, False),
)
"""Names, colours, and whether they are dark: the dark one of each pair first."""


def without_colour(palette: dict[str, str]) -> dict[str, str]:
    """Let the next key be as bright as can be where everything turns grey: as a grey, accent is dimmer than text."""
    return palette | {"accent": palette["bright"], "on-accent": palette["ground"]}


def themes(*, colour: bool = True) -> tuple[Theme, ...]:
    """Make all themes, with colours or for a terminal without them."""
    return tuple(
        _theme(name, palette if colour else without_colour(palette), dark=dark) for name, palette, dark in PALETTES
    )


OWN_VARIABLES: Final = {name: DARK_PALETTE[name] for name in ("dim", "line", "bright", "on-accent")}
"""What our style sheets need beyond Textual's names, so that they can be read under any other theme too."""
