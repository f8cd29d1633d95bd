"""The whole recap of a held review through every format: what a reader makes of it, and hostile words in it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from review.events import Batch, Undone
from review.fold import Minutes
from review.handing_on import as_it_was, for_everybody
from review.plain import plain
from review.recap import CallLine, DealLine, LossLine, Recap
from review.timeline import timeline
from review.told import Told
from store.exports.gather import of_one
from store.exports.outgoing import Outgoing
from store.exports.targets import STANDARD, render
from store.reviews import Reviews
from store.workspace import Workspace
from tests.store.exporting import each_hostile
from tests.store.test_exports_pages import CHROMIUM, page, shown

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOWHERE = Workspace(Path("nowhere"))


@pytest.fixture(scope="module")
def minutes(demo_once: Path) -> Minutes:
    return Reviews(Workspace(demo_once)).minutes("2026-11-16")[0]


def with_words(recap: Recap, text: str) -> Recap:
    """The recap with `text` wherever somebody typed something."""
    deal = DealLine(
        deal="x", title=text, rep=text, exit="closed out", step=text, owner=text, due=None,
        notes=((text, text),), changes=(text,),
    )  # fmt: skip
    call = CallLine(
        name=text, stated=recap.closing.commit, stands=recap.closing.won, best_case=None, reason=text, lines=(text,),
        carried=False,
    )  # fmt: skip
    return replace(
        recap, paste=text, period=text, calls=(call,), deals=(deal,), moved=(text,),
        told=(Told(text, (text,)),), new=(text,), losses=(LossLine(text, None, text, text),),
        without=((text, (text,)),), not_discussed=(text,),
        not_in_crm=(text,), amendments=(text,), row=replace(recap.row, worth_copying=text),
    )  # fmt: skip


def hostile(minutes: Minutes, name: str, text: str) -> Outgoing:
    outgoing = of_one(minutes, STANDARD[name], NOW)
    assert outgoing.recap is not None
    passages = tuple(replace(each, decided=(text,)) for each in outgoing.passages)
    return replace(outgoing, recap=with_words(outgoing.recap, text), passages=passages, rows=outgoing.rows[:1])


@each_hostile
@pytest.mark.parametrize("name", ["markdown", "teams"])
def test_a_markdown_reader_shows_what_was_typed_as_text(minutes: Minutes, name: str, text: str) -> None:
    data = render(STANDARD[name], hostile(minutes, name, text), NOWHERE).decode()
    lines = shown(data.split("\n---\n", 1)[1] if name == "markdown" else data)
    assert sum(" ".join(plain(text).split()) in " ".join(line.split()) for line in lines) >= 5


@each_hostile
def test_a_browser_is_given_what_was_typed_as_text(minutes: Minutes, text: str) -> None:
    found = page(render(STANDARD["html"], hostile(minutes, "html", text), NOWHERE))
    assert not {"script", "img", "iframe", "link"} & set(found.tags)
    words = " ".join(" ".join(found.words).split())
    assert words.count(" ".join(plain(text).split())) >= 5


@pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")
@pytest.mark.parametrize(("medium", "there"), [("print", False), ("screen", True)])
def test_what_the_page_folds_away_on_screen_is_on_paper(
    minutes: Minutes, tmp_path: Path, medium: str, there: bool
) -> None:
    assert CHROMIUM is not None
    html = render(STANDARD["html"], of_one(minutes, STANDARD["html"], NOW), NOWHERE).decode()
    # What holds for paper is made to hold for the screen: that can be asked for in a headless browser.
    html = html.replace("@media print", f"@media {medium}")
    script = "<script>document.title = document.querySelector('.folded').offsetHeight > 100</script></body>"
    (tmp_path / "page.html").write_text(html.replace("</body>", script), "utf-8")
    asked = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    uri = (tmp_path / "page.html").as_uri()
    drawn = subprocess.run([*asked, "--dump-dom", uri], check=True, capture_output=True, timeout=60).stdout.decode()
    assert f"<title>{str(there).lower()}</title>" in drawn


@each_hostile
def test_no_format_breaks_on_what_was_typed(minutes: Minutes, text: str) -> None:
    for name in ("text", "slack", "json"):
        data = render(STANDARD[name], hostile(minutes, name, text), NOWHERE)
        assert not {0, 7, 8, 11, 12, 27, 127} & set(data)


def test_changes_are_said_as_people_say_them_with_the_cause_of_a_slip(minutes: Minutes) -> None:
    data = render(STANDARD["markdown"], of_one(minutes, STANDARD["markdown"], NOW), NOWHERE).decode()
    assert "  - close date Thu 17 Dec → Mon 21 Dec (legal)" in data
    assert "  - category commit → best case" in data
    assert "Since 26 Oct: minutes past the hour 0 · with a step " in data


def test_the_markdown_has_a_box_for_every_commitment_under_its_owner(minutes: Minutes) -> None:
    outgoing = of_one(minutes, STANDARD["markdown"], NOW)
    data = render(STANDARD["markdown"], outgoing, NOWHERE).decode()
    tokens = MarkdownIt("commonmark").parse(data.split("\n---\n", 1)[1])
    items = [token.content for token in tokens if token.type == "inline" and token.content.startswith("[ ] ")]
    assert [item.rsplit("`", 2)[1] for item in items] == [row.id for row in outgoing.rows]


def test_the_hour_is_told_in_the_order_of_its_decisions_without_what_was_taken_back(minutes: Minutes) -> None:
    passages = timeline(minutes)
    assert [each.section for each in passages] == ["forecast", "inspection", "creation", "actions"]
    inspection = passages[1].decided
    assert inspection.index("closed out Northwind") < inspection.index("parked Hartwell")
    assert not [said for each in passages for said in each.decided if "@" in said]
    last = next(batch for batch in reversed(minutes.batches) if batch.what == "parked Hartwell")
    back = Batch(id="back", at=last.at, events=(Undone(batch=last.id, what=last.what),))
    undone = replace(minutes, batches=(*minutes.batches, back))
    assert "parked Hartwell" not in timeline(undone)[1].decided


def test_minutes_that_were_handed_on_are_again_as_they_were(minutes: Minutes) -> None:
    handed = for_everybody(minutes.batches)
    assert handed != minutes.batches
    assert for_everybody(handed) == handed
    assert as_it_was(handed, minutes.meeting.settings, minutes.opening, minutes.exports) == minutes.batches
