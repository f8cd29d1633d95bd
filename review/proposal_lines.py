"""The lines of the page that sets a team up: what stands in each, and the sentence that explains it."""

from msgspec import Struct

from review.dates import MONTHS, WEEKDAYS
from review.money import short_money
from review.people import Person
from review.periods import began_lately
from review.proposals import Proposals, Source
from review.settings import Stage
from review.words import counted, day_month, listed


class Line(Struct, frozen=True, kw_only=True):
    """One line of the page."""

    id: str
    label: str
    """What it is about; empty for all but the first line of a group."""
    name: str = ""
    """What stands before the value and is not typed: a person's or a stage's name."""
    text: str = ""
    """The value as one types it."""
    prompt: str = ""
    """What is asked, or holds, while the line is empty."""
    note: str = ""
    """A word behind the value."""
    source: Source
    sentence: str
    """Says what the value is for and where it comes from."""
    gap: bool = False
    """Whether a new group begins here."""


def page(proposals: Proposals) -> tuple[Line, ...]:
    """Give all lines in the order of the page."""
    firsts: set[str] = set()
    lines = []
    for ident in proposals.sources:
        kind = ident.partition(":")[0]
        lines.append(_line(proposals, ident, kind not in firsts))
        firsts.add(kind)
    return tuple(lines)


def line_of(proposals: Proposals, ident: str) -> Line:
    """Give one line by its id."""
    return next(line for line in page(proposals) if line.id == ident)


def _line(proposals: Proposals, ident: str, first: bool) -> Line:
    kind, _, name = ident.partition(":")
    if kind == "person":
        return _person(proposals, ident, name, first)
    if kind == "stage":
        return _stage(proposals, ident, name, first)
    return _SINGLE[kind](proposals)


def _person(proposals: Proposals, ident: str, key: str, first: bool) -> Line:
    label = "Team" if first else ""
    source = proposals.sources[ident]
    person = next((each for each in proposals.settings.people if each.id == key), None)
    deals = counted(proposals.told.owned.get(key, 0), "deal")
    if person is None:
        out = next(each for each in proposals.left_out if each.id == key)
        sentence = f"{out.name} is left out: {deals} will not be looked at. Type initials to take them in again."
        return Line(
            id=ident, label=label, name=out.name, prompt="left out", note=deals, source=source, sentence=sentence,
            gap=first,
        )  # fmt: skip
    owns = f"{person.name} owns {deals}" if person.id in proposals.told.owned else f"{person.name} owns nothing yet"
    return Line(
        id=ident,
        label=label,
        name=person.name,
        text=person.initials,
        prompt="initials",
        note=deals,
        source=source,
        sentence=f"{owns}. {person.initials} is short for the name. Empty the line to leave somebody out.",
        gap=first,
    )


def _stage(proposals: Proposals, ident: str, name: str, first: bool) -> Line:
    stage = next(each for each in proposals.settings.stages if each.name == name)
    said = " Half of its open deals say more, half less." if proposals.sources[ident] is Source.FILE else ""
    passed = proposals.told.passed.get(name.casefold())
    if passed is not None and passed.odds is not None:
        said += f" {passed.won} of {counted(passed.closed, 'deal')} that stood there and closed were won, from exports."
    return Line(
        id=ident,
        label="Stages" if first else "",
        name=name,
        text=odds_text(stage),
        prompt="odds, such as 40",
        note=counted(proposals.told.staged.get(name, 0), "deal"),
        source=proposals.sources[ident],
        sentence=f"The chance that a deal in {name} is won.{said if stage.odds is not None else ''}",
        gap=first,
    )


def odds_text(stage: Stage) -> str:
    """Write the odds of a stage: '40 %'."""
    return "" if stage.odds is None else f"{stage.odds.normalize():f} %"


def _manager(proposals: Proposals) -> Line:
    person = proposals.settings.manager
    if person is None:
        sentence = "One person drives the review. Type your name; the first letters do if you are in the team below."
    elif person.carries:
        sentence = f"{person.name} drives the review and takes a turn in it too."
    else:
        sentence = f"{person.name} drives the review and has no deals in it."
    return Line(
        id="manager",
        label="You",
        text="" if person is None else person.name,
        prompt="Who are you? Your name, please",
        source=proposals.sources["manager"],
        sentence=sentence,
    )


def _carries(proposals: Proposals) -> Line:
    person = proposals.settings.manager
    return Line(
        id="carries",
        label="Own deals",
        text="" if person is None else "yes" if person.carries else "no",
        prompt="yes or no",
        source=proposals.sources["carries"],
        sentence="Whether you have deals of your own and take a turn in the room: yes or no.",
    )


def _categories(proposals: Proposals) -> Line:
    told, settings = proposals.told, proposals.settings
    if told.has_category:
        aliases = ", ".join(f"{word} = {meaning}" for word, meaning in settings.category_aliases.items())
        found = listed([f"{count} {name}" for name, count in told.categories.items()])
        return Line(
            id="categories",
            label="Categories",
            text=aliases,
            prompt=found or "as the export says",
            source=proposals.sources["categories"],
            sentence=f"The export says them: {found}. Add words of yours, such as upside = best case.",
            gap=True,
        )
    by_stage = ", ".join(f"{stage} = {meaning}" for stage, meaning in settings.category_by_stage.items())
    return Line(
        id="categories",
        label="Categories",
        text=by_stage,
        prompt="all pipeline – say stage = commit, stage = best case",
        source=proposals.sources["categories"],
        sentence="The export has no column for them, so the stage says which: stage = commit, stage = best case.",
        gap=True,
    )


def _currency(proposals: Proposals) -> Line:
    return Line(
        id="currency",
        label="Currency",
        text=proposals.settings.currency,
        prompt="USD",
        source=proposals.sources["currency"],
        sentence="Amounts are shown in this currency: three letters such as USD, EUR or GBP.",
    )


def _fiscal(proposals: Proposals) -> Line:
    settings = proposals.settings
    month = MONTHS[settings.fiscal_start - 1].title()
    return Line(
        id="fiscal",
        label="Fiscal year",
        text=f"{month}, {settings.period}s",
        prompt="January, quarters",
        source=proposals.sources["fiscal"],
        sentence="The month in which the fiscal year begins, and whether calls are for quarters or months.",
    )


def _quota(proposals: Proposals) -> Line:
    settings = proposals.settings
    each = ", ".join(f"{p.name} {short_quota(p)}" for p in settings.people if p.quota is not None)
    team = "" if settings.team_quota is None else f"{settings.team_quota:,f}"
    return Line(
        id="quota",
        label="Quota",
        text=each or team,
        prompt="none yet",
        source=proposals.sources["quota"],
        sentence=f"One figure for the team a {settings.period}, such as 1.2m, or a pasted list: a name and an amount "
        "a line. Without it gap and coverage are hidden.",
    )


def short_quota(person: Person) -> str:
    """Write somebody's quota so that it can be typed again without loss."""
    quota = person.quota
    if quota is None:
        return ""
    return short_money(quota) if quota >= 1000 and quota % 1000 == 0 else f"{quota:,f}"


def _starters(proposals: Proposals) -> Line:
    new = [person for person in proposals.settings.people if began_lately(person, proposals.today)]
    said = [f"{p.name} {day_month(p.start)} {p.start.year}" for p in new if p.start is not None]
    return Line(
        id="starters",
        label="New people",
        text=", ".join(said),
        prompt="nobody new",
        source=proposals.sources["starters"],
        sentence="Who began in the last five months, and when: Nina Park 1 Oct. Their quota grows from nothing.",
    )


def _meeting(proposals: Proposals) -> Line:
    settings = proposals.settings
    from_file = " The export is of that weekday." if proposals.sources["meeting"] is Source.FILE else ""
    return Line(
        id="meeting",
        label="Review",
        text=f"{WEEKDAYS[settings.weekday].title()} {settings.start:%H:%M}",
        prompt="Monday 10:00",
        source=proposals.sources["meeting"],
        sentence=f"Day and time of the weekly review, sixty minutes.{from_file}",
        gap=True,
    )


def _country(proposals: Proposals) -> Line:
    country = proposals.settings.country
    return Line(
        id="country",
        label="Holidays",
        text=country,
        prompt="weekends only",
        source=proposals.sources["country"],
        sentence="A country's two letters, such as US or DE: its public holidays are no working days.",
    )


_SINGLE = {
    "manager": _manager,
    "carries": _carries,
    "categories": _categories,
    "currency": _currency,
    "fiscal": _fiscal,
    "quota": _quota,
    "starters": _starters,
    "meeting": _meeting,
    "country": _country,
}
