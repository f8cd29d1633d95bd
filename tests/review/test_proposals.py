from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.deals import Category, Deal, Export, Status
from review.importing import take_in
from review.people import Person
from review.proposal_edits import change, move_stage
from review.proposal_lines import line_of, page
from review.proposals import Proposals, Source, propose
from review.records import Ledger
from review.settings import Settings, Stage
from review.team import free_initials, new_person, readable_name

TODAY = date(2026, 11, 25)
COLUMNS = ("id", "owner", "stage", "probability", "category")


def an_export(*deals: Deal, day: date = date(2026, 11, 24), columns: tuple[str, ...] = COLUMNS) -> Export:
    return Export(id="x", day=day, source="deals.csv", crm="generic", deals=deals, columns=columns)


def deals(owner: str, stage: str, odds: int | None, count: int = 1, status: Status = Status.OPEN) -> list[Deal]:
    probability = None if odds is None else Decimal(odds)
    return [
        Deal(id=f"{owner}-{stage}-{at}", name="n", owner=owner, stage=stage, probability=probability, status=status)
        for at in range(count)
    ]


def a_page(settings: Settings | None = None) -> Proposals:
    rows = [
        *deals("Tom Reed", "Proposal", 40, 3),
        *deals("Ann Lee", "Discovery", 10, 2),
        *deals("Ann Lee", "Legal", 85),
        *deals("Gone Long", "Discovery", 10, 4, Status.LOST),
    ]
    return propose(an_export(*rows), settings or Settings(), TODAY)


def took(proposals: Proposals, ident: str, text: str) -> Proposals:
    outcome = change(proposals, ident, text)
    assert outcome.proposals is not None, outcome.sentence
    return outcome.proposals


def refused(proposals: Proposals, ident: str, text: str) -> str:
    outcome = change(proposals, ident, text)
    assert outcome.proposals is None
    return outcome.sentence


def test_the_team_are_the_owners_of_open_deals() -> None:
    assert [(p.id, p.name, p.initials) for p in a_page().settings.people] == [
        ("ann-lee", "Ann Lee", "AL"),
        ("tom-reed", "Tom Reed", "TR"),
    ]


def test_nobody_is_taken_for_the_manager() -> None:
    page = a_page()
    assert page.settings.manager is None
    assert page.sources["manager"] is Source.OPEN
    assert not page.ready


def test_stages_stand_in_the_order_of_their_odds() -> None:
    stages = a_page().settings.stages
    assert [(s.name, s.odds) for s in stages] == [
        ("Discovery", Decimal(10)),
        ("Proposal", Decimal(40)),
        ("Legal", Decimal(85)),
    ]


def test_without_odds_the_names_of_stages_say_their_order_and_odds_stay_open() -> None:
    names = ("Contract sent", "Demo", "Prospecting", "Negotiation", "Appointment scheduled", "Qualified to buy")
    proposals = propose(an_export(*[deal for name in names for deal in deals("A B", name, None)]), Settings(), TODAY)
    assert [stage.name for stage in proposals.settings.stages] == [
        "Prospecting",
        "Appointment scheduled",
        "Qualified to buy",
        "Demo",
        "Negotiation",
        "Contract sent",
    ]
    assert {stage.odds for stage in proposals.settings.stages} == {None}
    assert proposals.sources["stage:Demo"] is Source.OPEN


def test_categories_come_from_the_stages_only_where_the_export_has_none() -> None:
    rows = [*deals("A B", "Start", 10), *deals("A B", "Review", 60), *deals("A B", "Sign", 95)]
    without = propose(an_export(*rows, columns=("owner", "stage")), Settings(), TODAY)
    assert without.settings.category_by_stage == {"Review": "best case", "Sign": "commit"}
    assert propose(an_export(*rows), Settings(), TODAY).settings.category_by_stage == {}


def test_the_meeting_is_proposed_on_the_exports_weekday_or_on_monday() -> None:
    assert a_page().settings.weekday == 1
    on_sunday = an_export(*deals("A B", "S", 10), day=date(2026, 11, 22))
    assert propose(on_sunday, Settings(), TODAY).settings.weekday == 0


def test_what_is_set_stays_and_a_new_owner_joins() -> None:
    ann = Person(id="al", name="Ann Lee", initials="X", manager=True, quota=Decimal(5))
    before = Settings(
        people=(ann,), stages=(Stage(name="Legal", odds=Decimal(90)),), currency="EUR", weekday=4, country="DE"
    )
    proposals = a_page(before)
    now = proposals.settings
    assert now.people == (ann, now.people[1])
    assert now.people[1].name == "Tom Reed"
    assert [(s.name, s.odds) for s in now.stages] == [
        ("Discovery", Decimal(10)), ("Proposal", Decimal(40)), ("Legal", Decimal(90)),
    ]  # fmt: skip
    assert (now.currency, now.weekday, now.country) == ("EUR", 4, "DE")
    for ident in ("manager", "person:al", "stage:Legal", "currency", "quota", "meeting", "country"):
        assert proposals.sources[ident] is Source.YOU
    assert proposals.sources["person:tom-reed"] is Source.FILE


def test_the_summary_counts_every_line_once() -> None:
    proposals = a_page()
    # 2 people, 3 stages, categories, meeting; manager, own deals, currency, fiscal, quota, starters, country
    assert proposals.summary == "7 from the file, 7 open – say who you are, then you can start."
    proposals = took(proposals, "manager", "Dana Fox")
    assert proposals.summary == "7 from the file, 2 from you, 5 open – you can start."
    assert len(page(proposals)) == 14


def test_every_line_has_a_sentence_and_something_to_read() -> None:
    for line in page(a_page()):
        assert line.sentence.endswith(".")
        assert line.text or line.prompt


def test_everything_can_be_taken_as_it_stands_but_who_drives() -> None:
    proposals = took(a_page(), "manager", "ann")
    for line in page(proposals):
        proposals = took(proposals, line.id, line.text)
    assert proposals.ready
    assert proposals.sources["currency"] is Source.YOU
    assert proposals.sources["quota"] is Source.OPEN
    assert proposals.settings == took(a_page(), "manager", "ann").settings


def test_an_owner_who_drives_is_found_by_the_first_letters_and_keeps_a_turn() -> None:
    settings = took(a_page(), "manager", "to").settings
    assert settings.manager is not None
    assert (settings.manager.id, settings.manager.carries) == ("tom-reed", True)
    assert [person.id for person in settings.reps] == ["ann-lee", "tom-reed"]


def test_somebody_else_who_drives_has_no_deals_and_leaves_when_another_takes_over() -> None:
    proposals = took(a_page(), "manager", "Dana Fox")
    assert proposals.settings.manager == Person(
        id="dana-fox", name="Dana Fox", initials="DF", manager=True, carries=False
    )
    assert "person:dana-fox" not in proposals.sources
    proposals = took(proposals, "manager", "ann")
    assert [(p.id, p.manager) for p in proposals.settings.people] == [("ann-lee", True), ("tom-reed", False)]


def test_whoever_drives_can_give_their_turn_away_and_gets_it_back_with_the_wheel() -> None:
    proposals = took(took(a_page(), "manager", "ann"), "carries", "no")
    assert [person.id for person in proposals.settings.reps] == ["tom-reed"]
    assert "person:ann-lee" not in proposals.sources
    proposals = took(proposals, "manager", "tom")
    assert {p.id: p.carries for p in proposals.settings.people} == {"ann-lee": True, "tom-reed": True}
    assert {"person:ann-lee", "person:tom-reed"} <= set(proposals.sources)


def test_a_start_that_two_names_share_asks_for_more() -> None:
    proposals = propose(an_export(*deals("Tom Reed", "S", 1), *deals("Tom Ray", "S", 1)), Settings(), TODAY)
    assert refused(proposals, "manager", "tom") == "Tom Ray and Tom Reed: which one? Type a little more."
    assert refused(proposals, "manager", "") == "Type your name: somebody has to drive the review."


@pytest.mark.parametrize(
    ("text", "name", "initials"),
    [
        ("tr2", "Tom Reed", "TR2"),
        ("Thomas Reed", "Thomas Reed", "TR"),
        ("Thomas Reed, th", "Thomas Reed", "TH"),
        ("Tom Reed, X", "Tom Reed", "X"),
    ],
)
def test_a_person_is_called_as_typed_and_known_by_the_crms_name(text: str, name: str, initials: str) -> None:
    proposals = took(a_page(), "person:tom-reed", text)
    tom = proposals.settings.people[1]
    assert (tom.id, tom.name, tom.initials) == ("tom-reed", name, initials)
    assert tom.aliases == (() if name == "Tom Reed" else ("Tom Reed",))


def test_initials_are_nobody_elses() -> None:
    assert refused(a_page(), "person:tom-reed", "al") == "AL is Ann Lee already. Take others."
    assert refused(a_page(), "person:tom-reed", "Tom, a-b") == "Initials are one to four letters, not “A-B”."


def test_somebody_left_out_can_be_taken_back_to_their_place() -> None:
    proposals = took(a_page(), "person:ann-lee", "")
    assert [person.id for person in proposals.settings.people] == ["tom-reed"]
    assert line_of(proposals, "person:ann-lee").prompt == "left out"
    proposals = took(proposals, "person:ann-lee", "al")
    assert [person.id for person in proposals.settings.people] == ["ann-lee", "tom-reed"]
    assert proposals.left_out == ()


def test_odds_are_read_and_can_be_unknown() -> None:
    proposals = took(took(a_page(), "stage:Proposal", "37,5 %"), "stage:Legal", "")
    assert [stage.odds for stage in proposals.settings.stages] == [Decimal(10), Decimal("37.5"), None]
    assert refused(proposals, "stage:Legal", "101") == "Odds are from 0 to 100."
    assert refused(proposals, "stage:Legal", "often") == "“often” is no number. Type odds from 0 to 100."
    assert refused(proposals, "stage:Legal", "nan") == "Odds are from 0 to 100."


def test_a_stage_moves_and_stops_at_the_ends() -> None:
    proposals = move_stage(a_page(), "Discovery", 1)
    assert [stage.name for stage in proposals.settings.stages] == ["Proposal", "Discovery", "Legal"]
    assert [line.name for line in page(proposals) if line.id.startswith("stage:")] == ["Proposal", "Discovery", "Legal"]
    assert move_stage(proposals, "Proposal", -1) == proposals


def test_words_of_the_crm_get_a_category() -> None:
    proposals = took(a_page(), "categories", "Upside = best case, Sure = Commit")
    assert proposals.settings.category_aliases == {"upside": "best case", "sure": "commit"}
    assert refused(proposals, "categories", "upside").startswith("“upside”: type it like upside = best case.")


def test_stages_get_a_category_where_the_export_has_no_column() -> None:
    proposals = propose(an_export(*deals("A B", "Sign", 10), columns=("owner", "stage")), Settings(), TODAY)
    assert took(proposals, "categories", "sign = commit").settings.category_by_stage == {"Sign": "commit"}
    assert refused(proposals, "categories", "Sing = commit") == "“Sing” is no stage of the export."


@pytest.mark.parametrize(
    ("text", "month", "period"),
    [("april", 4, "quarter"), ("Feb, months", 2, "month"), ("10", 10, "quarter"), ("monthly from July", 7, "month")],
)
def test_the_fiscal_year_is_read(text: str, month: int, period: str) -> None:
    settings = took(a_page(), "fiscal", text).settings
    assert (settings.fiscal_start, settings.period) == (month, period)


@pytest.mark.parametrize(
    ("text", "weekday", "start"),
    [
        ("thu 14:30", 3, time(14, 30)),
        ("Friday", 4, time(10)),
        ("9.15", 1, time(9, 15)),
        ("tue 2pm", 1, time(14)),
        ("wed 12 pm", 2, time(12)),
    ],
)
def test_the_meeting_is_read(text: str, weekday: int, start: time) -> None:
    settings = took(a_page(), "meeting", text).settings
    assert (settings.weekday, settings.start) == (weekday, start)


@pytest.mark.parametrize("text", ["25:00", "someday", "mon tue 10:00"])
def test_what_is_no_meeting_is_refused(text: str) -> None:
    assert refused(a_page(), "meeting", text)


def test_one_quota_or_a_pasted_list_or_none() -> None:
    proposals = took(a_page(), "quota", "1.2m")
    assert proposals.settings.team_quota == Decimal(1_200_000)
    proposals = took(proposals, "quota", "Ann Lee\t400,000\ntom 300k\n")
    assert proposals.settings.team_quota is None
    assert [person.quota for person in proposals.settings.people] == [Decimal(400_000), Decimal(300_000)]
    assert line_of(proposals, "quota").text == "Ann Lee 400k, Tom Reed 300k"
    assert refused(proposals, "quota", "Ann 400k, Nobody 3k").startswith("“Nobody 3k” is not understood.")
    proposals = took(proposals, "quota", "")
    assert [person.quota for person in proposals.settings.people] == [None, None]
    assert proposals.sources["quota"] is Source.OPEN


@pytest.mark.parametrize("between", ["", "since ", "from ", "started on ", "– ", "joined: "])
def test_what_stands_between_a_name_and_a_first_day_is_no_name(between):
    names = {person.name for person in a_page().settings.people}
    proposals = took(a_page(), "starters", f"tom {between}1 Oct")
    assert {person.name for person in proposals.settings.people} == names
    assert [person.start for person in proposals.settings.people if person.start] == [date(2026, 10, 1)]


def test_who_is_new_gets_a_first_day_and_whoever_is_not_known_joins() -> None:
    proposals = took(a_page(), "starters", "tom 1 Oct, Nina Park since 15 Nov")
    starts = {person.name: person.start for person in proposals.settings.people}
    assert starts == {"Ann Lee": None, "Tom Reed": date(2026, 10, 1), "Nina Park": date(2026, 11, 15)}
    assert "person:nina-park" in proposals.sources
    assert refused(proposals, "starters", "Tom").startswith("“Tom” is not understood.")
    again = took(proposals, "starters", line_of(proposals, "starters").text + " ")
    assert again.settings == proposals.settings


@pytest.mark.parametrize(("text", "code"), [("us", "US"), ("Germany", "DE"), ("uk", "GB")])
def test_a_country_is_known_by_its_code_or_name(text: str, code: str) -> None:
    assert took(a_page(), "country", text).settings.country == code


def test_a_country_without_known_holidays_is_refused() -> None:
    assert refused(a_page(), "country", "XX") == "The holidays of “XX” are not known. Leave it empty, or try another."
    assert refused(a_page(), "country", "nowhere land")


def test_the_currency_is_that_of_the_file_until_somebody_has_set_up() -> None:
    in_euros = replace(an_export(*deals("Ann", "Demo", 10)), currency="EUR")
    proposed = propose(in_euros, Settings(), TODAY)
    assert (proposed.settings.currency, proposed.sources["currency"]) == ("EUR", Source.FILE)
    assert propose(in_euros, Settings(country="US"), TODAY).settings.currency == "USD"


def test_a_currency_is_three_letters_or_its_sign() -> None:
    assert took(a_page(), "currency", "€").settings.currency == "EUR"
    assert took(a_page(), "currency", "chf").settings.currency == "CHF"
    assert refused(a_page(), "currency", "euros")


@pytest.mark.parametrize(
    ("text", "name"),
    [("Bell, Marcus", "Marcus Bell"), ("mia.o-hara@example.com", "Mia O Hara"), ("REP-01", "REP-01"), ("Li", "Li")],
)
def test_owners_are_named_as_people_say_them(text: str, name: str) -> None:
    assert readable_name(text) == name
    person = new_person(text, ())
    assert text in (person.name, *person.aliases)


@given(
    st.lists(
        st.text(min_size=1, max_size=8).filter(str.strip), max_size=25, unique_by=lambda name: name.strip().casefold()
    )
)
def test_ids_and_initials_are_everybodys_own(names: list[str]) -> None:
    people: list[Person] = []
    for name in names:
        people.append(new_person(name, people))
    assert len({person.id for person in people}) == len(people)
    assert len({person.initials.casefold() for person in people}) == len(people)
    assert all(1 <= len(person.initials) <= 4 for person in people)


def test_numbered_codes_get_numbered_initials() -> None:
    assert free_initials("REP-07", ()) == "R7"


@given(st.data())
def test_nothing_that_is_typed_breaks_the_page(data: st.DataObject) -> None:
    proposals = a_page()
    for _ in range(4):
        ident = data.draw(st.sampled_from(list(proposals.sources)))
        outcome = change(
            proposals, ident, data.draw(st.text(max_size=20) | st.sampled_from(["", "ann", "no", "1 oct"]))
        )
        proposals = outcome.proposals or proposals
        people = proposals.settings.people
        assert len({person.id for person in people}) == len(people)
        assert len({person.initials.casefold() for person in people}) == len(people)
        assert sum(person.manager for person in people) <= 1
        assert {line.id for line in page(proposals)} == set(proposals.sources)


def test_the_deals_category_words_of_the_file_are_counted() -> None:
    rows = [replace(deal, category=Category.COMMIT) for deal in deals("A B", "S", 10, 2)]
    line = line_of(propose(an_export(*rows), Settings(), TODAY), "categories")
    assert "2 commit" in line.sentence


# From the past


def history(*ends: Status, days: int = 7) -> Ledger:
    """What exports of before leave of deals that stood in Pitch and closed."""
    day = TODAY - timedelta(days=28)
    rows = [Deal(id=f"p{n}", name="n", owner="Ann Lee", stage="Pitch", close_date=TODAY) for n, _ in enumerate(ends)]
    closed = [replace(row, stage="Closed", status=end) for row, end in zip(rows, ends, strict=True)]
    before = take_in(Ledger(), an_export(*rows, day=day), Settings())
    return take_in(before, an_export(*closed, day=day + timedelta(days=days)), Settings())


def test_odds_that_the_file_does_not_say_are_those_of_deals_that_closed() -> None:
    past = history(Status.WON, Status.WON, Status.LOST, Status.LOST, Status.LOST)
    rows = [*deals("Ann Lee", "pitch", None, 2), *deals("Ann Lee", "Proposal", 40), *deals("Ann Lee", "Demo", None)]
    page = propose(an_export(*rows), Settings(), TODAY, past=past)
    odds = {stage.name: stage.odds for stage in page.settings.stages}
    assert odds == {"pitch": Decimal(40), "Proposal": Decimal(40), "Demo": None}
    assert page.sources["stage:pitch"] is Source.PAST
    assert page.sources["stage:Proposal"] is Source.FILE
    assert page.sources["stage:Demo"] is Source.OPEN
    said = line_of(page, "stage:pitch").sentence
    assert said == (
        "The chance that a deal in pitch is won. 2 of 5 deals that stood there and closed were won, from exports."
    )


def test_odds_of_a_few_deals_are_not_proposed_and_those_of_the_team_stay() -> None:
    few = history(*[Status.WON] * 4)
    assert propose(an_export(*deals("Ann Lee", "Pitch", None)), Settings(), TODAY, past=few).settings.stages == (
        Stage(name="Pitch"),
    )
    set_up = Settings(stages=(Stage(name="Pitch", odds=Decimal(70)),))
    many = history(*[Status.WON] * 9)
    page = propose(an_export(*deals("Ann Lee", "Pitch", None)), set_up, TODAY, past=many)
    assert (page.settings.stages, page.sources["stage:Pitch"]) == (set_up.stages, Source.YOU)
