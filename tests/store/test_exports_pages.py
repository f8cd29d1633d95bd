import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from review.plain import plain
from store.errors import Refused
from store.exports import escape
from tests.store.exporting import ANYTHING, a_row, each_hostile, hostile_row, render, sent, withdrawn

PAGES = ("markdown", "text", "slack", "teams", "html")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def shown(markdown: str) -> list[str]:
    """The texts that a Markdown reader shows, a line each."""
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown):
        if token.type == "inline":
            assert not [child for child in token.children or () if child.type in ("link_open", "html_inline", "image")]
            found.append("".join(child.content for child in token.children or ()))
        assert token.type not in ("html_block", "table_open", "fence", "code_block"), token
    return found


class Reader(HTMLParser):
    """What a page holds: its elements, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.inside: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside += [(tag, name) for name, _ in attrs]
        if tag not in ("meta", "link", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)


def page(data: bytes) -> Reader:
    reader = Reader()
    reader.feed(data.decode())
    reader.close()
    assert reader.open == []
    return reader


def as_shown(text: str) -> str:
    return " ".join(plain(text).split())


# Markdown


@settings(max_examples=60)
@given(ANYTHING, ANYTHING)
def test_in_markdown_every_commitment_is_one_line_with_its_box(text: str, owner: str) -> None:
    data = render("markdown", sent(hostile_row(text, owner=owner), a_row(id="second"))).decode()
    boxes = [line for line in data.splitlines() if line.startswith("- [ ] ")]
    assert [line.rsplit("`", 2)[1] for line in boxes] == ["a3f2c1", "second"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", data)


@each_hostile
@pytest.mark.parametrize("name", ["markdown", "teams"])
def test_a_markdown_reader_shows_text_as_text(name: str, text: str) -> None:
    data = render(name, sent(hostile_row(text))).decode()
    body = data.split("---\n", 2)[2] if name == "markdown" else data
    lines = [" ".join(line.split()) for line in shown(body)]
    assert any(as_shown(text) in line for line in lines), lines


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("[ACME](http://x)", r"\[ACME\](http://x)"),
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("*loud* `code`", r"\*loud\* \`code\`"),
        ("snake_case _lean_", r"snake_case \_lean\_"),
        ("# title", r"\# title"),
        ("## title", r"\## title"),
        ("1. first", r"\1. first"),
        ("---", r"\---"),
        ("Kite & Crown", "Kite & Crown"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_markdown_shows_text_as_text(given_: str, said: str) -> None:
    assert escape.markdown(given_) == said


def test_the_front_matter_says_what_the_file_is() -> None:
    front = render("markdown", sent(a_row(), draft=True)).decode().split("---\n")[1].splitlines()
    assert front == ["closeout: 1", "review: 2026-11-23", "status: draft", "date: 2026-11-23", "commitments: 1"]


def test_a_closed_commitment_is_ticked_and_a_carried_one_says_so() -> None:
    data = render("markdown", sent(a_row(status="done", closed_on=a_row().due), a_row(carried=2))).decode()
    assert "- [x] Call Dana on the two open clauses · Thu 26 Nov · Northwind · done · next step" in data
    assert "Northwind · carried 2× · next step" in data


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_changed_and_what_was_withdrawn(name: str) -> None:
    gone = a_row(id="gone", text="Order form to Hugo", status="dropped", closed_on=a_row().due)
    data = render(name, sent(changed=(a_row(id="other", text="Slides to Ann"),), withdrawn=(withdrawn(gone),)))
    words = " ".join(page(data).words) if name == "html" else data.decode()
    upper = words.upper()
    assert upper.index("CHANGED SINCE") < words.index("Slides to Ann") < upper.index("WITHDRAWN SINCE")
    assert words.index("Slides to Ann") < words.index("Order form to Hugo") < words.index("dropped")


# Slack and Teams


@each_hostile
def test_slack_gets_its_own_bold_and_bullets_and_nothing_that_calls_or_links(text: str) -> None:
    lines = render("slack", sent(hostile_row(text), a_row())).decode().splitlines()
    assert sum(line.startswith("• ") for line in lines) == 2
    assert not [line for line in lines if re.search(r"[<>`~]|\*\*|\]\(|@(here|channel|everyone)|^#|^- ", line)]
    for line in lines:
        assert line.count("*") in (0, 2), line
        assert not re.search(r"(?<!\w)_\S|\S_(?!\w)", line)


def test_teams_gets_bullets_and_neither_tables_nor_headings() -> None:
    data = render("teams", sent(a_row(), a_row(id="second"))).decode()
    kinds = {token.type for token in MarkdownIt("commonmark").enable("table").parse(data)}
    assert "bullet_list_open" in kinds
    assert not kinds & {"table_open", "heading_open"}


# HTML


@each_hostile
def test_the_page_shows_text_as_text_and_loads_nothing(text: str) -> None:
    data = render("html", sent(hostile_row(text, id="a3f2c1")))
    found = page(data)
    assert not {"script", "link", "img", "iframe", "b", "object"} & set(found.tags)
    assert not [name for _, name in found.inside if name.startswith("on") or name in ("src", "href")]
    assert "url(" not in data.decode()
    assert as_shown(text) in " ".join(" ".join(found.words).split())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", data.decode())


def test_the_page_marks_what_is_late_and_what_was_carried_often() -> None:
    late = a_row(due=a_row().first_due.replace(day=20), carried=2)
    html = render("html", sent(late)).decode()
    assert '<li class="red">' in html
    assert '<time class="late" datetime="2026-11-20">' in html


@pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")
def test_a_browser_draws_the_page_within_its_width(tmp_path: Path) -> None:
    assert CHROMIUM is not None
    file, picture = tmp_path / "page.html", tmp_path / "page.png"
    rows = [a_row(id=str(number), owner=f"Rep {number % 4}") for number in range(12)]
    file.write_bytes(render("html", sent(*rows, hostile_row("x" * 400, id="wide"))))
    probe = tmp_path / "probe.html"
    script = "<script>document.title = document.documentElement.scrollWidth + ' of ' + innerWidth</script></body>"
    probe.write_text(file.read_text("utf-8").replace("</body>", script), "utf-8")
    common = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run(
        [*common, "--window-size=1000,1400", f"--screenshot={picture}", file.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000
    drawn = subprocess.run(
        [*common, "--window-size=800,600", "--dump-dom", probe.as_uri()], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    width = re.search(r"<title>(\d+) of (\d+)</title>", drawn)
    assert width is not None
    assert int(width[1]) <= int(width[2])


# Templates of the team's own


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ page.__init__.__globals__ }}",
        "{% for i in range(999999999) %}x{% endfor %}",
        "{{ 'x' * 10000000000 }}",
        "{{ 10000000000 * 'x' }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% include '/etc/passwd' %}",
        "{% include '../closeout.toml' %}",
    ],
)
def test_a_template_reaches_nothing_but_the_page_and_takes_no_more_memory_than_there_is(
    tmp_path: Path, template: str
) -> None:
    (tmp_path / "closeout.toml").write_text("secret")
    own = tmp_path / "templates"
    own.mkdir()
    (own / "markdown.j2").write_text(template)
    with pytest.raises(Refused, match=r"markdown\.j2, line 1"):
        render("markdown", sent(a_row()), tmp_path)


def test_a_template_may_draw_a_line(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "text.j2").write_text("{{ '-' * 20 }} {{ 3 * 4 }}")
    assert render("text", sent(a_row()), tmp_path) == b"-" * 20 + b" 12\n"
