import os
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from review.deals import Deal, Export
from review.people import Absence, Person
from review.proposals import propose
from review.settings import Prompt, Section, Settings, Stage, Thresholds, standard_agenda
from store.errors import NotSaved, Refused
from store.settings_fields import GROUPS, PERSON, SECTION, STAGE, thresholds
from store.settings_file import parse_settings, read_seen, read_settings, write_settings
from store.settings_text import fresh, revised

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MONEY = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MEANT = st.sampled_from(["pipeline", "best case", "commit", "omitted"])
INITIALS = st.text("ABCDÉß東", max_size=4)


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Absence(first, last)


@st.composite
def teams(draw: st.DrawFn) -> tuple[Person, ...]:
    names = draw(st.lists(NAMES, max_size=4, unique_by=lambda name: name.casefold().strip()))
    marks = draw(st.lists(INITIALS, min_size=4, max_size=4, unique_by=str.casefold))
    driver = draw(st.integers(-1, 3))
    return tuple(
        Person(
            id=f"p{at}-{draw(st.sampled_from('abc'))}",
            name=name,
            initials=marks[at],
            email=draw(st.sampled_from(["", f"{at}@example.com"])),
            manager=at == driver,
            carries=draw(st.booleans()),
            aliases=draw(st.sampled_from([(), (f"code {at}",)])),
            start=draw(st.none() | DAYS),
            left=draw(st.none() | DAYS),
            quota=draw(st.none() | MONEY),
            absences=tuple(draw(st.lists(absences(), max_size=2))),
        )
        for at, name in enumerate(names)
    )


@st.composite
def agendas(draw: st.DrawFn) -> tuple[Section, ...]:
    sections = tuple(
        replace(
            section,
            title=draw(NAMES),
            minutes=draw(st.integers(1, 60)),
            locked=draw(st.booleans()),
            prompts=tuple(draw(st.lists(st.builds(Prompt, minute=st.integers(0, 1), text=NAMES), max_size=2))),
        )
        for section in standard_agenda()
    )
    return () if sections == standard_agenda() or draw(st.booleans()) else sections


LIMITS = {field.name: st.integers(10, 30) for field in thresholds()} | {"queue_slots": st.integers(1, 9)}
SETTINGS = st.builds(
    Settings,
    people=teams(),
    stages=st.lists(
        st.builds(Stage, name=NAMES, odds=st.none() | st.decimals(0, 100, places=1), stale_days=st.none() | st.just(9)),
        max_size=3,
        unique_by=lambda stage: stage.name.casefold(),
    ).map(tuple),
    qualified_from=LINES,
    category_aliases=st.dictionaries(NAMES.map(str.casefold), MEANT, max_size=2),
    category_by_stage=st.dictionaries(NAMES, MEANT, max_size=2),
    currency=st.sampled_from(["USD", "EUR"]),
    rates=st.dictionaries(st.sampled_from(["GBP", "JPY"]), MONEY.filter(bool), max_size=2),
    period=st.sampled_from(["quarter", "month"]),
    fiscal_start=st.integers(1, 12),
    team_quota=st.none() | MONEY,
    quota_on_screen=st.sampled_from(["team", "each", "none"]),
    call_unit=st.sampled_from(["1", "k", "m"]),
    date_order=st.sampled_from(["dmy", "mdy"]),
    country=st.sampled_from(["", "US", "DE"]),
    holidays=st.lists(DAYS, max_size=2).map(tuple),
    weekday=st.integers(0, 6),
    start=st.times().map(lambda at: time(at.hour, at.minute)),
    late_start=st.sampled_from(["keep end", "keep length"]),
    timezone=st.sampled_from(["", "UTC"]),
    agenda=agendas(),
    thresholds=st.builds(Thresholds, **LIMITS),
    paper_below=st.none() | MONEY,
    stock_phrases=st.lists(NAMES, max_size=2).map(tuple),
    paper_stages=st.lists(NAMES, max_size=2).map(tuple),
    bell=st.booleans(),
    flash=st.booleans(),
    theme=st.sampled_from(["petrol", "paper"]),
    keys=st.dictionaries(NAMES, st.sampled_from(["f8", "g h"]), max_size=2),
)
EVERYTHING = Settings(
    people=(
        Person(id="ann-lee", name="Ann Lee", initials="AL", manager=True, carries=False),
        Person(id="bob-ray", name="Bob Ray", initials="BR", email="bob@example.com"),
    ),
    stages=(Stage(name="Discovery", odds=Decimal(20)), Stage(name="Legal", odds=Decimal("62.5"))),
)


@given(SETTINGS)
def test_what_is_written_reads_the_same(settings: Settings) -> None:
    assert parse_settings(fresh(settings), "closeout.toml") == settings


@examples(max_examples=40)
@given(SETTINGS, SETTINGS)
def test_a_changed_file_reads_as_the_new_settings_and_keeps_a_comment(old: Settings, new: Settings) -> None:
    text = fresh(old).replace("[money]\n", "[money]\n# agreed with finance\n", 1)
    changed = revised(text, old, new)
    assert parse_settings(changed, "closeout.toml") == new
    assert "# agreed with finance\n" in changed


@given(st.lists(NAMES, max_size=8, unique_by=lambda name: name.strip().casefold()))
def test_whoever_an_export_names_can_stand_in_the_file(owners: list[str]) -> None:
    deals = tuple(Deal(id=str(at), name="n", owner=owner, stage=owner) for at, owner in enumerate(owners))
    export = Export(id="x", day=date(2026, 11, 23), source="x.csv", crm="", deals=deals)
    settings = propose(export, Settings(), date(2026, 11, 23)).settings
    assert parse_settings(fresh(settings), "closeout.toml") == settings


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "closeout.toml") == Settings()
    assert read_seen(tmp_path / "closeout.toml")[1] is None


def test_an_empty_file_is_all_default() -> None:
    assert parse_settings("", "closeout.toml") == Settings()


def test_the_file_explains_every_setting() -> None:
    text = fresh(Settings())
    fields = [*(field for group in GROUPS for field in group.fields), *PERSON, *STAGE, *SECTION, *thresholds()]
    assert not [field.name for field in fields if not field.says or field.says.startswith("(default")]
    assert all(field.name in text for field in fields)
    assert "slip_tolerance = 3" in text
    assert "(default 3)" in text


def test_the_file_has_room_for_every_field() -> None:
    apart = {"people", "stages", "thresholds", "agenda", "keys"}
    assert {field.name for group in GROUPS for field in group.fields} | apart == set(Settings.__struct_fields__)
    assert {field.name for field in PERSON} == set(Person.__struct_fields__)
    assert {field.name for field in STAGE} == set(Stage.__struct_fields__)
    assert {field.name for field in SECTION} | {"id"} == set(Section.__struct_fields__)
    assert {field.name for field in thresholds()} == set(Thresholds.__struct_fields__)


WRONG = [
    ('[meeting]\nweekday = "mondy"', 2, "weekday must be one of monday … sunday, not “mondy”."),
    ('[meeting]\n\n# early\nstart = "25:00"', 4, 'start must be a time written like "10:00", not “25:00”.'),
    (
        "[meeting]\nholidays = [\n  2026-12-24,\n  true,\n]",
        4,
        "holidays must be a date written like 2026-11-23, not true.",
    ),
    ('[meeting]\ntimezone = "Europe/Berln"', 2, "timezone must be the name of a time zone such as Europe/Berlin"),
    ("[money]\nfiscal_start = 13", 2, "fiscal_start must be a whole number from 1 to 12, not “13”."),
    ('[money]\nteam_quota = "1m"', 2, "team_quota must be a number of 0 or more, written like 250000 or 0.92"),
    ("[money]\nteam_quota = nan", 2, "team_quota must be a number of 0 or more"),
    ("[money]\nrates = {EUR = 1.1, GBP = -1}", 2, "rates of GBP must be a number above 0"),
    ("[money]\n[money.rates]\nEUR = 1.1\nGBP = 0", 4, "rates of GBP must be a number above 0"),
    ('[money]\ncurrency = "Euro"', 2, "currency must be a currency's three letters such as USD or EUR, not “Euro”."),
    ('[pipeline]\ncategory_aliases = {upside = "bst case"}', 2, "category_aliases of upside must be one of pipeline"),
    ("[screen]\nbell = 1", 2, "bell must be true or false, not “1”."),
    ('[screen]\ntheme = "pink"', 2, "theme must be one of petrol, paper, not “pink”."),
    (
        "[thresholds]\nslip_tolerence = 3",
        2,
        "there is no setting “slip_tolerence” in [thresholds]; did you mean “slip_tolerance”?",
    ),
    ("[thresholds]\nstale_days = 0", 2, "stale_days must be a whole number from 1 to 3650, not “0”."),
    ('[meetings]\nweekday = "monday"', 1, "there is no setting “meetings”; did you mean “meeting”?"),
    ('weekday = "monday"', 1, "there is no setting “weekday”; it belongs under [meeting]."),
    ('[money]\nweekday = "monday"', 2, "there is no setting “weekday” in [money]; it belongs under [meeting]."),
    ("[screen]\nzzz = 1", 2, "there is no setting “zzz” in [screen]; allowed are theme, bell, flash."),
    ("[agenda.forecast]\nminutes = 0", 2, "minutes must be a whole number from 1 to 600, not “0”."),
    (
        "[agenda.inspections]\nminutes = 3",
        1,
        "there is no setting “inspections” in [agenda]; did you mean “inspection”?",
    ),
    (
        '[agenda.forecast]\nprompts = [{minute = 11, text = "x"}]',
        2,
        "minute must lie within the 10 of Forecast, not “11”.",
    ),
    ("agenda = 3", 1, "agenda must be a table: write [agenda] above its settings."),
    ('[[people]]\nname = "A"\n\n[[people]]\ninitials = "AB"', 4, "name is missing here."),
    (
        '[[people]]\nname = "Al Bo"\ninitials = "AB"\n[[people]]\nname = "An Be"\ninitials = "ab"',
        6,
        "initials “ab” is Al Bo's already; it must be different for each of the people.",
    ),
    ('[[people]]\nname = "Al Bo"\n[[people]]\nname = "al bo"\nid = "x"', 4, "name “al bo” is there already"),
    (
        '[[people]]\nname = "A"\nmanager = true\n[[people]]\nname = "B"\nmanager = true',
        6,
        "A is the manager already; only one drives the review.",
    ),
    (
        '[[people]]\nname = "A"\naliases = ["B"]\n[[people]]\nname = "B"',
        3,
        "the alias “B” means B too; it can be only one person's.",
    ),
    (
        '[[people]]\nname = "A"\nabsences = [{first = 2026-12-01}]',
        3,
        "absences must be a list such as [{first = …, last = …}]",
    ),
    (
        '[[people]]\nname = "A"\nabsences = [{first = 2026-12-09, last = 2026-12-01}]',
        3,
        "absences must end on their first day or later",
    ),
    ('[people]\nname = "A"', 1, "people must be tables: write [[people]] above each of them."),
    (
        '[[stages]]\nname = "Won"\nodds = 101',
        3,
        "odds must be a number from 0 to 100, written like 250000 or 0.92, not “101”.",
    ),
    (
        '[[stages]]\nname = "A"\n[[stages]]\nname = "a"',
        4,
        "name “a” is there already; it must be different for each of the stages.",
    ),
    ('[keys]\npark = ""', 2, 'park must be a key in quotes such as "f4", several parted by spaces'),
    ('[meeting]\nstart "10:00"', 2, "a “=” is missing after the name."),
    ("[meeting]\nweekday = monday", 2, "the value is neither a number, a date nor text in quotes."),
    ("[meeting]\nbell = true\n[money]\n[meeting]", 4, "this heading stands here for the second time."),
    ('[money]\nperiod = "month"\nperiod = "month"', 3, "this setting stands here for the second time."),
    ("[meeting]\nholidays = [2026-12-24", 2, "a “]” is missing."),
    ('[money]\nperiod = "month\n', 2, "the closing quote is missing, or a character here is not allowed."),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG, ids=[said[:40] for _, _, said in WRONG])
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(text: str, line: int, said: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_settings(text, "closeout.toml")
    assert refused.value.sentence.startswith(f"closeout.toml, line {line}: {said}")


def test_several_mistakes_are_told_at_once_by_their_lines() -> None:
    with pytest.raises(Refused) as refused:
        parse_settings('[meeting]\nweekday = "x"\nbell = 1\n[screen]\nbell = 1', "closeout.toml")
    assert refused.value.sentence.endswith("There are mistakes on lines 3, 5 too.")


@given(st.integers(0, 200), st.sampled_from(["mondy", "tuesday!"]))
def test_the_line_is_right_wherever_the_setting_stands(above: int, word: str) -> None:
    text = fresh(EVERYTHING).replace("[meeting]", "# x\n" * above + "[meeting]").replace('"monday"', f'"{word}"', 1)
    line = next(at for at, each in enumerate(text.split("\n"), 1) if each.startswith("weekday ="))
    with pytest.raises(Refused) as refused:
        parse_settings(text, "closeout.toml")
    assert refused.value.sentence.startswith(f"closeout.toml, line {line}: weekday")


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    path.write_bytes(b'[money]\ncurrency = "USD"\n# M\xfcller\n')
    with pytest.raises(Refused, match=r"closeout\.toml, line 3: this is no UTF-8 text\."):
        read_settings(path)


def test_a_file_with_a_byte_order_mark_and_foreign_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    path.write_bytes(b'\xef\xbb\xbf[money]\r\ncurrency = "eur"\r\n')
    assert read_settings(path).currency == "EUR"


def test_capitals_and_shorter_times_are_understood() -> None:
    read = parse_settings('[meeting]\nweekday = "Friday"\nstart = "9:05"\n[keys]\npark = ["f8", "x"]', "closeout.toml")
    assert (read.weekday, read.start, read.keys) == (4, time(9, 5), {"park": "f8 x"})


def test_money_is_exact() -> None:
    assert parse_settings("[money]\nteam_quota = 0.1", "closeout.toml").team_quota == Decimal("0.1")


def test_peoples_comments_and_spelling_stay(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    path.write_text(
        "# ours\n[money]\nteam_quota = 1_200_000 # from finance\ncurrency='EUR'\n\n# the crew\n[[people]]\n"
        "name = 'Ann Lee' # since 2019\n\n# new\n[[people]]\nname = 'Bob Ray'\n"
    )
    settings, seen = read_seen(path)
    ann, bob = settings.people
    cat = Person(id="cat-ode", name="Cat Ode", initials="CO")
    write_settings(path, replace(settings, people=(bob, replace(ann, manager=True), cat), weekday=2), seen)
    text = path.read_text()
    assert read_settings(path).people == (bob, replace(ann, manager=True), cat)
    for kept in ("# ours", "team_quota = 1_200_000 # from finance", "currency='EUR'", "'Ann Lee' # since 2019"):
        assert kept in text
    assert text.index("# the crew") < text.index("'Bob Ray'") < text.index("'Ann Lee'") < text.index("Cat Ode")


def test_what_is_not_set_is_filled_in_where_the_file_speaks_of_it() -> None:
    text = revised(fresh(Settings()), Settings(), Settings(team_quota=Decimal(900000)))
    assert "have none of their own.\nteam_quota = 900000\n" in text
    assert text.count("team_quota") == 1


def test_settings_that_did_not_change_leave_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    path.write_text("[money]\ncurrency = 'EUR'\n")
    before = path.stat().st_mtime_ns, path.stat().st_ino
    settings, seen = read_seen(path)
    assert write_settings(path, settings, seen) == seen
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_newer_edit_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    seen = write_settings(path, EVERYTHING, None)
    path.write_text(path.read_text() + "# a later thought\n")
    with pytest.raises(Refused, match="was edited while Setting up was open"):
        write_settings(path, Settings(), seen)
    assert path.read_text().endswith("# a later thought\n")


def test_a_file_that_appeared_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    path.write_text("# mine\n")
    with pytest.raises(Refused):
        write_settings(path, EVERYTHING, None)


def test_the_mark_that_writing_gives_serves_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "closeout.toml"
    seen = write_settings(path, EVERYTHING, None)
    write_settings(path, replace(EVERYTHING, currency="EUR"), seen)
    assert read_settings(path).currency == "EUR"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(NotSaved):
            write_settings(tmp_path / "closeout.toml", EVERYTHING, None)
    finally:
        tmp_path.chmod(0o700)
