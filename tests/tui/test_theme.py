"""Whoever reads the screen from the last row can: contrast after WCAG 2.1, every theme and plane."""

from itertools import product

import pytest

from tui import theme as themed

PALETTES = {name: palette for name, palette, _ in themed.PALETTES}
PLANES = ("ground", "card", "raised")
READ = ("text", "bright", "dim", "accent", "ok", "watch", "act")
BLOCKS = (("on-accent", "accent"), ("ground", "text"), ("ground", "bright"), ("ground", "watch"), ("ground", "act"))
"""Text on a colour: the badges TYPE and KEYS, and the chip of the time."""


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def grey(colour: str) -> str:
    """What NO_COLOR makes of a colour: the brightness that the eye gives it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + f"{round(red * 0.2126 + green * 0.7152 + blue * 0.0722):02X}" * 3


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#8FA5AB", "#0E191D", 6.9),
        ("#FFFFFF", "#FFFFFF", 1),
    ],
)
def test_contrast_is_counted_as_the_guideline_does(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("colour", "plane"), [*product(READ, PLANES), *BLOCKS])
def test_what_is_read_has_the_contrast_that_text_needs(name: str, colour: str, plane: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette[colour], palette[plane]) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("colour", "plane"), [*product(READ, PLANES), *BLOCKS])
def test_it_is_readable_without_colour_too(name: str, colour: str, plane: str) -> None:
    palette = themed.without_colour(PALETTES[name])
    assert contrast(grey(palette[colour]), grey(palette[plane])) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_without_colour_a_key_stands_out_from_the_word_behind_it(name: str) -> None:
    palette = themed.without_colour(PALETTES[name])
    key, word = (contrast(grey(palette[colour]), grey(palette["card"])) for colour in ("accent", "text"))
    assert key >= word * 1.1


def test_a_theme_says_no_colour_that_the_palette_does_not_have() -> None:
    for theme in themed.themes():
        palette = PALETTES[theme.name]
        said = [theme.background, theme.surface, theme.panel, theme.foreground, theme.accent, theme.success]
        said += [value for value in theme.variables.values() if value.startswith("#")]
        assert set(said) <= set(palette.values())
