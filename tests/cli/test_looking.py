import json
import os
import re
from datetime import datetime

import pytest

from tui.cli.sheet import fitted

HEAD = "Id,Name,Account,Owner,Amount,Stage,Forecast Category,Close Date,Created Date,Next Step\n"


def an_export(folder, name, *rows):
    path = folder / name
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def week(tmp_path):
    """Two exports a week apart."""
    last = an_export(
        tmp_path,
        "pipeline-2026-05-13.csv",
        "1,Lifts,Nordwind,Ada Blum,120000,Proposal,Commit,2026-06-05,2026-01-03,Send the draft",
        "2,Pilot,[Orsted /x],Ben Ode,9000,Discovery,Pipeline,2026-06-12,2026-02-03,",
    )
    this = an_export(
        tmp_path,
        "pipeline-2026-05-20.csv",
        "1,Lifts,Nordwind,Ada Blum,120000,Proposal,Commit,2026-06-26,2026-01-03,Send the draft",
        "3,Service,Halm & Co,Ben Ode,48000,Discovery,Best Case,2026-06-19,2026-05-18,",
    )
    return this, last


def test_a_look_says_what_changed_and_writes_nothing(run, week, place, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    result = run("look", *week)
    assert result.exit_code == 0
    assert "Pipeline on Wed 20 May 2026, against Wed 13 May" in result.output
    assert "1 new (48k) · 1 vanished (9k) · 1 date later · 1 slipped in commit (120k)" in result.output
    assert "Nordwind 5 Jun → 26 Jun" in result.output
    assert "[Orsted /x]" in result.output
    assert "unexplained 0" in result.output
    assert not place.exists()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_page_that_is_piped_is_plain_text_of_eighty_columns(run, week):
    output = run("look", *week).output
    assert "\x1b" not in output
    assert max(map(len, output.splitlines())) <= 80


def test_the_real_sample_fits_one_page(run, crm_samples):
    output = run("look", crm_samples / "revops_opportunities.csv", "--as-of", "2026-05-20").output
    assert "224 open deals of 10 people, 21,247k USD · 194 active · 41 days left in Q2" in output
    assert re.search(r"implied commit +4,216k", output)
    assert re.search(r"no next step +31 ", output)
    assert "163 of 194 active deals have a next step; the file has no date for it" in output
    assert "To inspect  17 deals" in output
    assert len(output.splitlines()) <= 66
    assert max(map(len, output.splitlines())) <= 80


def test_a_part_that_is_longer_than_its_line_goes_on_in_the_next_where_there_may_be_one():
    long = ("Pied Piper Technologies - Expansion 12 Jun → 5 Jun", "Acme 6 Jun → 1 Jun")
    assert fitted(long, 48, ", ", 2) == ["Pied Piper Technologies - Expansion 12 Jun → 5", "Jun +1"]
    assert fitted(long[:1], 48, ", ", 1) == ["Pied Piper Technologies - Expansion 12 Jun → 5…"]


@pytest.mark.parametrize(
    "name",
    ["hubspot_pipecheck_sample_deals.csv", "meridian_deals.csv", "opsmadeez_deals.csv", "hubspot_fivetran_deal.csv"],
)
def test_every_sample_of_deals_can_be_looked_at(run, crm_samples, name):
    for form in ((), ("--to", "markdown"), ("--json",)):
        assert run("look", crm_samples / name, "--as-of", "2026-05-20", *form).exit_code == 0


def test_json_is_one_document_with_the_same_figures(run, week):
    told = json.loads(run("look", *week, "--json").output)
    assert (told["open"], told["this"]["day_from"], told["bridge"]["unexplained"]) == (2, "its name", "0")
    assert {line["kind"] for line in told["changes"]} >= {"created", "vanished", "date later"}


def test_markdown_keeps_names_as_they_are(run, week):
    page = run("look", *week, "--to", "markdown").output
    assert page.startswith("# Pipeline on Wed 20 May 2026, against Wed 13 May\n")
    assert r"\[Orsted /x\]" in page
    assert "| vanished | 1 | 9k |" in page


def test_days_come_from_the_option_the_name_the_files_time_or_are_a_week_apart(run, week, tmp_path):
    this, last = week
    plain, older = tmp_path / "now.csv", tmp_path / "then.csv"
    plain.write_bytes(this.read_bytes())
    older.write_bytes(last.read_bytes())
    at = datetime(2026, 5, 20, 12).astimezone().timestamp()
    os.utime(plain, (at, at))
    os.utime(older, (at, at))

    def told(*arguments):
        return " ".join(run("look", *arguments).output.split())

    assert "pipeline-2026-05-20.csv: 21 May (--as-of)" in told(this, "--as-of", "2026-05-21")
    assert "now.csv: 20 May (the file’s time)" in told(plain)
    assert "then.csv: 13 May (a week before, nothing tells)" in told(plain, older)
    os.utime(older, (at - 2 * 86400, at - 2 * 86400))
    assert "then.csv: 18 May (the file’s time)" in told(plain, older)


def test_the_newer_file_comes_first(run, week):
    this, last = week
    result = run("look", last, this)
    assert result.exit_code == 1
    assert "give the newer file first" in result.output


def test_files_without_a_deal_in_common_are_said_to_be_of_two_teams(run, week, deals):
    output = run("look", deals, week[1], "--as-of", "2026-11-23").output
    assert "No deal is in both files." in output


def test_a_file_that_is_no_export_is_refused_in_one_sentence(run, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello", "utf-8")
    result = run("look", path)
    assert result.exit_code == 1
    assert result.output.startswith("closeout: notes.txt was not imported")
