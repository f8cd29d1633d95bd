"""The two colour schemes, “petrol” (dark) and “paper” (light): the only place where colours are written down."""

from typing import Final

from textual.theme import Theme

PETROL: Final = "petrol"
PAPER: Final = "paper"


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
        variables={
            "dim": palette["dim"],
            "line": palette["line"],
            "bright": palette["bright"],
            "on-accent": palette["on-accent"],
            "text-muted": palette["dim"],
            "text-disabled": palette["dim"],
            "foreground-muted": palette["dim"],
            "border": palette["line"],
            "border-blurred": palette["line"],
            "input-cursor-background": palette["accent"],
            "input-cursor-foreground": palette["on-accent"],
            "input-cursor-text-style": "none",
            "input-selection-background": palette["line"],
            "input-selection-foreground": palette["bright"],
            "block-cursor-background": palette["raised"],
            "block-cursor-foreground": palette["bright"],
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": palette["card"],
            "block-cursor-blurred-foreground": palette["text"],
            "block-hover-background": palette["raised"],
            "screen-selection-background": palette["line"],
            "screen-selection-foreground": palette["bright"],
            "footer-key-foreground": palette["accent"],
            "footer-background": palette["card"],
            "footer-foreground": palette["text"],
            "scrollbar": palette["line"],
            "scrollbar-hover": palette["dim"],
            "scrollbar-active": palette["dim"],
            "scrollbar-background": palette["card"],
            "scrollbar-background-hover": palette["card"],
            "scrollbar-background-active": palette["card"],
            "scrollbar-corner-color": palette["card"],
            "link-color": palette["text"],
            "link-style": "none",
        },
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

THEMES: Final = (_theme(PETROL, DARK_PALETTE, dark=True), _theme(PAPER, LIGHT_PALETTE, dark=False))
"""Both themes, the dark one first."""

OWN_VARIABLES: Final = {name: DARK_PALETTE[name] for name in ("dim", "line", "bright", "on-accent")}
"""What our style sheets need beyond Textual's names, so that they can be read under any other theme too."""
