from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from tui.look import Look
from tui.widgets.data import Mode, Tone
from tui.widgets.footer import FooterEntry, KeyFooter, fit

keys = st.lists(
    st.tuples(st.sampled_from(["Enter", "F2", "↑", "d", "Backspace"]), st.just("go")), min_size=1, max_size=5
)
entries = st.lists(
    st.builds(
        FooterEntry,
        keys=keys.map(tuple),
        title=st.text(st.sampled_from("abc é日"), min_size=1, max_size=14),
        rank=st.integers(0, 80),
    ),
    max_size=7,
    unique=True,
).map(tuple)
TYPING = (
    FooterEntry((("Enter", "close_out"),), "close out", 0),
    FooterEntry((("F2", "evidence"),), "evidence", 20),
    FooterEntry((("F4", "park"),), "park", 25),
    FooterEntry((("F5", "commitment"),), "commitment", 58),
    FooterEntry((("F6", "category"),), "category", 55),
    FooterEntry((("F7", "change"),), "change", 57),
    FooterEntry((("Esc", "keys_mode"),), "keys", 10),
)


class Foot(Look[None]):
    def __init__(self, shown: tuple[FooterEntry, ...], mode: Mode, aside: tuple[Tone, str, str]) -> None:
        super().__init__()
        self.shown, self.mode, self.aside = shown, mode, aside
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        footer = KeyFooter()
        footer.entries, footer.mode, footer.aside = self.shown, self.mode, self.aside
        yield footer

    def on_key_footer_chosen(self, message: KeyFooter.Chosen) -> None:
        self.chosen.append(message.command)


def row(app: App[None]) -> str:
    return app.query_one(KeyFooter).render_line(0).text


@given(entries, st.sampled_from(Mode), st.integers(1, 220), st.sampled_from([0, 12, 40]))
def test_what_is_kept_fits_and_keeps_its_order(
    shown: tuple[FooterEntry, ...], mode: Mode, width: int, beside: int
) -> None:
    kept = fit(shown, mode, width, beside)
    gap, edge = (2, 1) if width < 120 else (3, 2)
    taken = sum(gap + entry.width for entry in kept) + len(mode) + 2 + edge + (0 if edge == 1 else 2)
    assert not kept or taken + (beside + 2 if beside else 0) <= width
    assert [entry for entry in shown if entry in kept] == list(kept)


@given(entries, st.integers(40, 200))
def test_a_key_leaves_only_after_all_that_are_less_wanted(shown: tuple[FooterEntry, ...], width: int) -> None:
    kept = fit(shown, Mode.KEYS, width)
    gone = [entry for entry in shown if entry not in kept]
    assert all(lost.rank >= stays.rank for lost in gone for stays in kept)


def test_at_80_columns_the_least_wanted_key_leaves_whole() -> None:
    kept = [entry.title for entry in fit(TYPING, Mode.TYPE, 80)]
    assert kept == ["close out", "evidence", "park", "category", "change", "keys"]


async def test_no_legend_is_cut_at_any_width() -> None:
    for width in (20, 60, 79, 119, 120, 160):
        app = Foot(TYPING, Mode.TYPE, (Tone.OK, "on time", ", ends 11:00"))
        async with app.run_test(size=(width, 3)):
            text = row(app)
            kept = [entry for entry in TYPING if f"{entry.legend} {entry.title}" in text]
            rest = text
            for entry in kept:
                rest = rest.replace(f"{entry.legend} {entry.title}", "")
            assert set(rest.replace("TYPE", "").replace("✓ on time, ends 11:00", "")) <= {" "}
            assert len(text) <= width


async def test_a_click_on_a_key_runs_its_command() -> None:
    verdicts = FooterEntry((("d", "verdict_done"), ("b", "verdict_buyer")), "verdict", 0)
    app = Foot((verdicts, TYPING[1]), Mode.KEYS, (Tone.OK, "", ""))
    async with app.run_test(size=(120, 3)) as pilot:
        text = row(app)
        await pilot.click(KeyFooter, offset=(text.index(" b ") + 1, 0))
        await pilot.click(KeyFooter, offset=(text.index("evidence") + 3, 0))
        await pilot.click(KeyFooter, offset=(text.index("KEYS"), 0))
        assert app.chosen == ["verdict_buyer", "evidence"]


def test_arrows_stand_together() -> None:
    assert FooterEntry((("↑", "up"), ("↓", "down")), "choose a line").legend == "↑↓"


@given(entries, st.integers(30, 220))
def test_the_way_to_help_never_leaves_while_letters_are_commands(shown: tuple[FooterEntry, ...], width: int) -> None:
    way = FooterEntry((("?", "help"),), "help", 99)
    assert way in fit((*shown, way), Mode.KEYS, width)
