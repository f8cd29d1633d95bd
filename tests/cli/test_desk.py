import json
from pathlib import Path

from review.plain import plain
from tests.cli.running import started
from tui.cli import desk
from tui.cli.table import cells, cut, left, wrapped

DAY = ("--as-of", "2026-11-23")


def test_prep_shows_the_queue_with_a_reason_per_deal(run, demo: Path) -> None:
    lines = run("prep", *DAY).output.splitlines()
    northwind = next(line for line in lines if "Northwind" in line and "184k" in line)
    assert northwind.startswith("Marcus")
    assert "▲ commit: date not confirmed" in northwind
    assert any("Stark" in line and "✓ passes" in line for line in lines)
    assert any("dropped: 16 Nov, time ran out" in line for line in lines)


def test_prep_says_what_is_missing_what_changed_and_what_the_crm_lacks(run, demo: Path) -> None:
    text = " ".join(run("prep", *DAY).output.split())
    assert "Since 16 Nov 4 new, 131k · 2 won, 118k · 1 lost, 40k · 5 dates later · 3 stages on · 1 vanished" in text
    assert "Pinecrest best case" in text
    assert "Redgate lost" in text
    assert "review said 96,000, CRM now 92,000" in text
    assert "Not here Diego Marin" in text
    assert "Without a valid step, date or owner: " in text


def test_prep_stays_a_page_where_much_is_not_in_the_crm() -> None:
    lines = tuple(f"Deal {number} best case" for number in range(30))
    assert desk._first(lines).startswith("Deal 0 best case · Deal 1")
    assert desk._first(lines).endswith("Deal 7 best case · and 22 more, all in --json")
    assert desk._first(lines[:9]).endswith("Deal 8 best case")


def test_prep_fits_eighty_columns(run, demo: Path) -> None:
    assert max(cells(line) for line in run("prep", *DAY).output.splitlines()) < 80


def test_prep_as_json_is_one_document_and_nothing_else(run, demo: Path) -> None:
    found = json.loads(run("prep", "--json", *DAY).stdout)
    assert found["day"] == "2026-11-23"
    assert found["queue"][0]["title"] == "Northwind"
    assert found["queue"][0]["amount"] == "184000"
    assert {each["person"] for each in found["missing"]} >= {"Tom", "Marcus"}


def test_prep_works_before_anybody_was_set_up(run, deals: Path) -> None:
    run("import", deals, *DAY)
    text = run("prep", *DAY).output
    assert "Nordwind" in text
    assert "[Ørsted /x]" in text
    assert "no review was locked yet" in text


def test_prep_without_a_workspace_says_how_to_begin(run, place: Path) -> None:
    result = run("prep")
    assert result.exit_code == 1
    assert "closeout import FILE" in result.stderr
    assert not place.exists()


def test_prep_beside_a_running_review_works_and_says_so(run, demo: Path) -> None:
    started(demo)
    result = run("prep", *DAY)
    assert result.exit_code == 0
    assert "It is running" in result.output


def test_another_day_than_the_running_reviews_is_refused(run, demo: Path) -> None:
    started(demo)
    result = run("prep", "--as-of", "2026-11-24")
    assert result.exit_code == 1
    assert "2026-11-23 is running" in result.stderr


def test_a_day_before_the_last_lock_is_refused_and_its_own_day_is_not(run, demo: Path) -> None:
    assert run("prep", "--as-of", "2026-11-15").exit_code == 1
    assert "before the last locked review, 2026-11-16" in run("prep", "--as-of", "2026-11-15").stderr
    assert run("prep", "--as-of", "2026-11-16").exit_code == 0


def test_options_stand_before_or_after_the_command(run, demo: Path) -> None:
    assert run(*DAY, "prep").output == run("prep", *DAY).output


def test_lines_are_cut_and_filled_by_the_cells_that_letters_take() -> None:
    assert left("日本商事", 6) == "日本… "
    assert cut("Northwind", 9) == "Northwind"
    assert cut("Northwinds", 9) == "Northwin…"
    assert plain("a\x1b[31mb\u202ec\nd") == "a[31mbc d"
    assert wrapped("one two three", "> ", at=10) == ["> one two", "  three"]
