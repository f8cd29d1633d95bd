"""What setting up proposes from the first export: each line with its value, where that comes from, and a sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median_low

from msgspec import Struct
from msgspec.structs import replace

from review.deals import Category, Deal, Export, Status
from review.people import Person, find_person
from review.records import Ledger
from review.roster import with_roster
from review.settings import Settings, Stage
from review.stage_odds import Passed, passed_stages
from review.team import new_person

FRIDAY = 4
_USUAL = Settings()
_PASSED = (
    ("legal procurement security contract redline paper", 85),
    ("verbal commit signature sign", 92),
    ("negotiat decision review", 75),
    ("proposal quote pricing offer solution", 55),
    ("demo presentation evaluation trial pilot poc", 45),
    ("discovery needs analysis", 25),
    ("qualif", 20),
    ("appointment meeting outreach contact", 15),
    ("lead new prospect inbound", 10),
)
"""Words in the names of stages, and about how far a deal is there; for the order only, never as odds."""
_MIDDLE = 50
_COMMIT_FROM, _BEST_CASE_FROM = 90, 60


class Source(StrEnum):
    """Where the value of a line comes from."""

    FILE = "from the file"
    PAST = "from exports"
    """From what became of the deals of exports that were read in before."""
    YOU = "from you"
    OPEN = "open"


class Told(Struct, frozen=True, kw_only=True):
    """What the export tells a team about itself."""

    file: str
    deals: int
    """Open ones."""
    owned: dict[str, int]
    """Person to open deals."""
    staged: dict[str, int]
    """Stage to open deals."""
    categories: dict[str, int]
    """Category to open deals."""
    has_category: bool
    passed: dict[str, Passed] = {}
    """Stage, case folded, to what became of deals that stood there."""


class Proposals(Struct, frozen=True, kw_only=True):
    """The page as it stands: the settings it comes to, and where each of its lines comes from."""

    settings: Settings
    told: Told
    today: date
    sources: dict[str, Source]
    """Line to where its value comes from, in the order of the page; people are `person:ID`, stages `stage:NAME`."""
    left_out: tuple[Person, ...] = ()
    """Owners that are not to be in the team."""

    @property
    def ready(self) -> bool:
        """Whether the review can start: it is known who drives."""
        return self.settings.manager is not None

    @property
    def summary(self) -> str:
        """Say how far it is: '12 from the file, 3 from you, 4 open – you can start.'."""
        counts = Counter(self.sources.values())
        parts = ", ".join(f"{counts[source]} {source.value}" for source in Source if counts[source])
        return f"{parts} – {'you can start' if self.ready else 'say who you are, then you can start'}."

    def count(self, source: Source) -> int:
        """Count the lines that come from there."""
        return sum(each is source for each in self.sources.values())


def propose(
    export: Export, settings: Settings, today: date, roster: Iterable[Person] = (), past: Ledger | None = None
) -> Proposals:
    """Propose settings from an export, a list of people and what is known of the past; what is set already stays."""
    deals = [deal for deal in export.deals if deal.status is Status.OPEN]
    owners = {owner_of(deal).casefold() for deal in deals}
    known = with_roster(settings, roster, lambda person: not owners.isdisjoint(_spellings(person)))
    people = _people(deals, known)
    stages = _stages(deals, settings.stages)
    passed = passed_stages(past, settings, today) if past is not None else {}
    has_category = "category" in export.columns
    by_stage = settings.category_by_stage or ({} if has_category else guess_categories(stages))
    weekday = settings.weekday
    if not settings.people and _tells_weekday(export):
        weekday = export.day.weekday()
    owned = Counter(person.id for deal in deals if (person := find_person(people, owner_of(deal))))
    currency = (settings.untouched and export.currency) or settings.currency
    stages = tuple(_with_odds(stage, passed) for stage in stages)
    proposed = replace(
        settings, people=people, stages=stages, category_by_stage=by_stage, weekday=weekday, currency=currency
    )
    told = Told(
        file=export.source,
        deals=len(deals),
        owned=dict(owned),
        staged=dict(Counter(deal.stage for deal in deals if deal.stage)),
        categories={each.value: n for each in Category if (n := sum(deal.category is each for deal in deals))},
        has_category=has_category,
        passed=passed,
    )
    return Proposals(settings=proposed, told=told, today=today, sources=_sources(settings, proposed, told, export))


def _tells_weekday(export: Export) -> bool:
    """Tell whether the export was made on a working day: one of a weekend says nothing about the day of the review."""
    return export.day.weekday() <= FRIDAY


def _sources(before: Settings, now: Settings, told: Told, export: Export) -> dict[str, Source]:
    """Say where each line comes from, in the order of the page."""
    manager = now.manager
    sources = {"manager": Source.YOU if manager else Source.OPEN, "carries": Source.YOU if manager else Source.OPEN}
    for person in now.people:
        if person.carries or not person.manager:
            sources[f"person:{person.id}"] = Source.YOU if person in before.people else Source.FILE
    for stage in now.stages:
        sources[f"stage:{stage.name}"] = Source.YOU if stage in before.stages else _odds_from(stage, before, export)
    worded = bool(before.category_aliases or before.category_by_stage)
    sources["categories"] = _either(worded, Source.FILE if told.has_category or now.category_by_stage else Source.OPEN)
    in_file = Source.FILE if before.untouched and export.currency else Source.OPEN
    sources["currency"] = _either(before.currency != _USUAL.currency, in_file)
    sources["fiscal"] = _either((before.fiscal_start, before.period) != (_USUAL.fiscal_start, _USUAL.period))
    quotas, starts = any(p.quota is not None for p in now.people), any(person.start for person in now.people)
    known = before.team_quota is not None or any(p.quota is not None for p in before.people)
    sources["quota"] = _either(known, Source.FILE if quotas else Source.OPEN)
    sources["starters"] = _either(any(p.start for p in before.people), Source.FILE if starts else Source.OPEN)
    sources["meeting"] = _either(bool(before.people), Source.FILE if _tells_weekday(export) else Source.OPEN)
    sources["country"] = _either(bool(before.country))
    return sources


def _odds_from(stage: Stage, before: Settings, export: Export) -> Source:
    """Say where the odds come from that nobody has set."""
    if stage.odds is None:
        return Source.OPEN
    name = stage.name.casefold()
    known = any(each.name.casefold() == name for each in before.stages)
    in_file = any(deal.probability is not None for deal in export.deals if deal.stage.casefold() == name)
    return Source.FILE if in_file and not known else Source.PAST


def _with_odds(stage: Stage, passed: Mapping[str, Passed]) -> Stage:
    """Give a stage whose odds nobody says the share of its deals that were won."""
    known = passed.get(stage.name.casefold())
    return stage if stage.odds is not None or known is None else replace(stage, odds=known.odds)


def _either(from_you: bool, otherwise: Source = Source.OPEN) -> Source:
    return Source.YOU if from_you else otherwise


def owner_of(deal: Deal) -> str:
    """Give the text by which the export names the owner."""
    return deal.owner or deal.owner_email


def _people(deals: Iterable[Deal], settings: Settings) -> tuple[Person, ...]:
    """Give the team: who is set already, and every owner of an open deal who is not, by name."""
    people = list(settings.people)
    emails: dict[str, str] = {}
    for deal in deals:
        emails.setdefault(owner_of(deal).strip(), deal.owner_email.strip())
    for owner in sorted(filter(None, emails), key=str.casefold):
        if find_person(people, owner) is None and not any(owner.casefold() in _spellings(each) for each in people):
            taken = {person.email.casefold() for person in people}
            email = emails[owner]
            people.append(new_person(owner, people, "" if email.casefold() in taken else email))
    return tuple(people)


def _spellings(person: Person) -> set[str]:
    return {text.casefold() for text in (person.name, person.email, *person.aliases)}


def _stages(deals: Sequence[Deal], known: Sequence[Stage]) -> tuple[Stage, ...]:
    """Give the open stages in their order, with the odds that their open deals have in the middle."""
    names = {stage.name.casefold() for stage in known}
    found: dict[str, list[Decimal]] = {}
    for deal in deals:
        if deal.stage.strip() and deal.stage.casefold() not in names:
            found.setdefault(deal.stage, []).extend(() if deal.probability is None else (deal.probability,))
    once: dict[str, Stage] = {}
    for name, odds in found.items():
        once.setdefault(name.casefold(), Stage(name=name, odds=median_low(odds) if odds else None))
    stages = list(known)
    for stage in sorted(once.values(), key=lambda stage: (how_far(stage), stage.name)):
        place = next((at for at, each in enumerate(stages) if how_far(each) > how_far(stage)), len(stages))
        stages.insert(place, stage)
    return tuple(stages)


def how_far(stage: Stage) -> Decimal:
    """Say about how far a deal in this stage is, 0 to 100: by its odds, else by the words in its name."""
    if stage.odds is not None:
        return stage.odds
    name = stage.name.casefold()
    return Decimal(next((far for words, far in _PASSED if any(word in name for word in words.split())), _MIDDLE))


def guess_categories(stages: Iterable[Stage]) -> dict[str, str]:
    """Propose a category for each stage whose odds say one; the others stay pipeline."""
    guessed = {}
    for stage in stages:
        if stage.odds is not None and stage.odds >= _BEST_CASE_FROM:
            category = Category.COMMIT if stage.odds >= _COMMIT_FROM else Category.BEST_CASE
            guessed[stage.name] = category.value
    return guessed


class Change(Struct, frozen=True):
    """What becomes of a line: the page after it, or nothing where it is refused, and the sentence that says so."""

    proposals: Proposals | None
    sentence: str = ""


def settled(proposals: Proposals, ident: str, settings: Settings | None = None, *, empty: bool = False) -> Proposals:
    """Give the page with a line from the manager, or open again where it was emptied."""
    sources = {**proposals.sources, ident: Source.OPEN if empty else Source.YOU}
    return replace(proposals, settings=settings or proposals.settings, sources=sources)


def with_team_lines(proposals: Proposals) -> Proposals:
    """Give everybody who takes a turn a line, also those left out; who drives has none without deals."""
    everybody = (*proposals.settings.people, *proposals.left_out)
    wanted = [f"person:{person.id}" for person in everybody if person.carries or not person.manager]
    known = [ident for ident in proposals.sources if ident in wanted]
    team = {ident: proposals.sources.get(ident, Source.YOU) for ident in dict.fromkeys((*known, *wanted))}
    rest = {ident: source for ident, source in proposals.sources.items() if not ident.startswith("person:")}
    first = {ident: rest.pop(ident) for ident in ("manager", "carries")}
    return replace(proposals, sources={**first, **team, **rest})
