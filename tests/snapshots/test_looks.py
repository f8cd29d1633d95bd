"""The main screens as they are: an unintended change of look fails here.

Each file in `__snapshots__` holds a screen as text, and under it one letter for the style of each cell.
`pytest tests/snapshots --snapshot-update` takes the screens as they are now; read the difference before you commit it.
"""

import os
import string
import time
from functools import cache

import pytest
from rich.style import Style
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from docs.pictures import BESIDE, pose
from docs.scenes import TOURS, beside, make_demo, make_empty, on_stage
from review.intents import OpenDeal
from tui.theme import DARK_PALETTE, LIGHT_PALETTE

LARGE = ("80x24 light", "120x36 dark", "200x60 none")
"""What every screen is held by; its states and dialogs are held where they are most cramped."""
LOOKED_AT: dict[str, dict[str, tuple[str, ...]]] = {
    "welcome": {"welcome": ("80x24 dark", "120x36 light", "200x60 none"), "welcome-help": ("80x24 dark",)},
    "lobby": {
        "lobby": LARGE,
        "lobby-who": ("80x24 dark",),
        "lobby-edit-queue": ("80x24 light", "120x36 dark"),
        "lobby-back-row": ("120x36 light",),
    },
    "call": {
        "call": ("80x24 dark", "120x36 light", "200x60 none"),
        "call-trace": ("80x24 light",),
        "call-part-1": ("80x24 dark",),
    },
    "history": {
        "history": LARGE,
        "history-over-time": ("80x24 dark", "120x36 light"),
        "history-compare": ("80x24 light",),
        "history-people": ("80x24 light",),
        "history-found": ("80x24 dark",),
        "history-story": ("80x24 none",),
    },
    "chair": {"chair": LARGE, "chair-note": ("80x24 dark",)},
    "follow": {"follow": LARGE},
    "forecast": {
        "forecast": ("120x36 light", "80x24 none", "200x60 dark"),
        "forecast-typed": ("80x24 light",),
        "forecast-line": ("80x24 dark", "120x36 light"),
    },
    "inspection": {
        "inspection": ("80x24 light", "120x36 dark", "200x60 dark"),
        "inspection-evidence": ("80x24 dark",),
        "inspection-change": ("80x24 light",),
        "inspection-queue": ("80x24 light",),
        "inspection-help": ("80x24 dark",),
        "inspection-back-row": ("120x36 light",),
        "inspection-typed": ("80x24 dark", "120x36 none"),
        "inspection-refused": ("120x36 dark",),
    },
    "creation": {"creation": LARGE},
    "actions": {
        "actions-cause": ("80x24 light",),
        "actions-aloud": ("80x24 none", "120x36 light", "200x60 dark"),
        "lock": ("80x24 none", "120x36 dark", "200x60 light"),
        "recap": ("120x36 dark", "80x24 light", "200x60 none"),
        "recap-preview": ("80x24 light",),
    },
}  # fmt: skip
"""Tour to its scenes, each with the sizes and looks it is held by."""
NAMES = {colour.lower(): name for palette in (DARK_PALETTE, LIGHT_PALETTE) for name, colour in palette.items()}


class Screens(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.fixture
def screens(snapshot):
    return snapshot.use_extension(Screens)


@pytest.fixture
def zone():
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@cache
def named(style):
    """Say a style in the palette's names with their numbers; what is mixed or grey has a number only."""

    def colour(one):
        code = one.get_truecolor().hex if one is not None else "default"
        return f"{NAMES[code]} {code}" if code in NAMES else code

    weight = f"{'bold ' * bool(style.bold)}{'reverse ' * bool(style.reverse)}"
    return f"{weight}{colour(style.color)} on {colour(style.bgcolor)}"


def as_text(app):
    """Write the screen down: its letters, the style of each cell, and what the letters of the styles mean."""
    legend: dict[str, str] = {}
    lines, styles = [], []
    for strip in app.screen._compositor.render_strips():
        line, marks = "", ""
        for text, style, control in strip:
            if control:
                continue
            said = named(style or Style())
            mark = legend.setdefault(said, string.ascii_letters[len(legend)])
            line += text
            marks += mark * sum(1 for _ in text)
        lines.append(line.rstrip())
        styles.append(marks)
    meaning = [f"{mark} {said}" for said, mark in legend.items()]
    return "\n".join([*lines, "", *styles, "", *meaning, ""])


async def held_still(stage, size, look):
    """Pose and write down what stands there when nothing moves any more."""
    await pose(stage, size, look)
    return as_text(stage.app)


@pytest.mark.parametrize("tour", LOOKED_AT)
async def test_the_screens_look_as_they_did(tour, tmp_path, screens, zone):
    kind, story = TOURS[tour]
    (make_empty if kind == "empty" else make_demo)(tmp_path / "work")
    waited, seen = dict(LOOKED_AT[tour]), {}
    opened = beside(tmp_path / "work", kind, waited.__contains__) if kind in BESIDE else None
    async with opened or on_stage(tmp_path / "work", wants=waited.__contains__) as stage:
        async for name in story(stage):
            for held in waited.pop(name, ()):
                seen[f"{name} {held}"] = await held_still(stage, *held.split())
            if not waited:
                break
            if name in LOOKED_AT[tour]:
                await pose(stage, "120x36", "dark")
    assert not waited
    changed = [held for held, text in seen.items() if text != screens(name=held)]
    assert not changed, f"these look different: {', '.join(changed)}"


async def test_a_window_made_tiny_and_large_again_shows_what_it_did(tmp_path, zone):
    make_demo(tmp_path / "work")
    async with on_stage(tmp_path / "work") as stage:
        for section in ("lobby", "inspection", "actions"):
            if section == "inspection":
                await stage.begin("inspection", minute=10)
            elif section == "actions":
                await stage.go("actions")
            before = await held_still(stage, "120x36", "dark")
            await pose(stage, "20x5", "dark")
            assert await held_still(stage, "120x36", "dark") == before, section


async def test_a_card_is_the_same_whatever_size_the_screen_had_before(tmp_path, zone):
    make_demo(tmp_path / "work")
    async with on_stage(tmp_path / "work") as stage:
        await stage.begin("inspection", minute=10)
        stage.session.do(OpenDeal(deal=stage.deal("Northwind")))
        await stage.settle()
        before = await held_still(stage, "80x24", "dark")
        await pose(stage, "200x60", "dark")
        assert await held_still(stage, "80x24", "dark") == before
