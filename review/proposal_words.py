"""What is typed on the page that sets a team up about money, people's start and the meeting, understood or refused."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Final, Literal

from msgspec.structs import replace

from review.calendar import public_holidays
from review.dates import MONTHS, WEEKDAYS, read_said
from review.deals import Category
from review.money import read_amount, say_money
from review.people import Person
from review.periods import began_lately
from review.proposals import Change, Proposals, settled, with_team_lines
from review.settings import Settings
from review.team import matching, new_person
from review.words import counted, day_month, listed

_MEANT = {category.value: category.value for category in Category} | {"bestcase": "best case"}
_COUNTRIES = {
    **{"uk": "GB", "usa": "US", "united states": "US", "united kingdom": "GB", "germany": "DE", "france": "FR"},
    **{"spain": "ES", "italy": "IT", "netherlands": "NL", "austria": "AT", "switzerland": "CH", "sweden": "SE"},
    **{"canada": "CA", "australia": "AU", "ireland": "IE", "india": "IN", "japan": "JP", "brazil": "BR"},
}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def categories(proposals: Proposals, text: str) -> Change:
    """Read words of the CRM, or stages, with the category each means."""
    pairs: dict[str, str] = {}
    names = {stage.name.casefold(): stage.name for stage in proposals.settings.stages}
    for part in filter(None, (each.strip() for each in text.split(","))):
        word, equals, meaning = (each.strip() for each in part.partition("="))
        meant = _MEANT.get(meaning.casefold().replace("_", " "))
        if not (word and equals and meant):
            known = ", ".join(category.value for category in Category)
            return Change(None, f"“{part}”: type it like upside = best case. Known are {known}.")
        if not proposals.told.has_category and word.casefold() not in names:
            return Change(None, f"“{word}” is no stage of the export.")
        pairs[word.casefold() if proposals.told.has_category else names[word.casefold()]] = meant
    field = "category_aliases" if proposals.told.has_category else "category_by_stage"
    after = settled(proposals, "categories", replace(proposals.settings, **{field: pairs}))
    return Change(after, listed([f"{word} means {meaning}" for word, meaning in pairs.items()]))


def currency(proposals: Proposals, text: str) -> Change:
    """Read a currency's code or sign."""
    code = _SIGNS.get(text, text.upper())
    if not re.fullmatch("[A-Z]{3}", code):
        return Change(None, "A currency has three letters, such as USD or EUR.")
    return Change(settled(proposals, "currency", replace(proposals.settings, currency=code)), f"amounts are in {code}")


def fiscal(proposals: Proposals, text: str) -> Change:
    """Read the month in which the fiscal year begins, and the period."""
    words = re.findall(r"[^\W_]+", text.casefold())
    starts = {at for word in words for at, name in enumerate(MONTHS, 1) if len(word) > 2 and name.startswith(word)}
    starts |= {int(word) for word in words if word.isdecimal() and 1 <= int(word) <= 12}
    period: Literal["quarter", "month"] = proposals.settings.period
    for word in words:
        if word in {"month", "months", "monthly", "quarter", "quarters", "quarterly"}:
            period = "month" if word.startswith("month") else "quarter"
    if len(starts) != 1:
        return Change(None, "Type the month in which the fiscal year begins, such as April.")
    start = starts.pop()
    after = settled(proposals, "fiscal", replace(proposals.settings, fiscal_start=start, period=period))
    return Change(after, f"begins in {MONTHS[start - 1].title()}, calls are for {period}s")


def quota(proposals: Proposals, text: str) -> Change:
    """Read one figure for the team, or a list of names and amounts."""
    settings = proposals.settings
    people = tuple(replace(person, quota=None) for person in settings.people)
    if text.casefold() in {"", "none", "none yet"}:
        after = replace(settings, people=people, team_quota=None)
        return Change(settled(proposals, "quota", after, empty=True), "no quota yet: gap and coverage stay hidden")
    one = read_amount(text, "1")
    if one is not None:
        after = replace(settings, people=people, team_quota=one)
        said = f"{say_money(one, settings.currency)} for the team a {settings.period}"
        return Change(settled(proposals, "quota", after), said)
    quotas: dict[str, Decimal] = {}
    for part in _parts(text):
        found = re.fullmatch(r"(.+?)[\s:=]+(\S+)", part)
        amount = read_amount(found[2], "1") if found else None
        who = matching(people, found[1]) if found else []
        if amount is None or len(who) != 1:
            return Change(None, _which(part, who, "Type a name and an amount, such as Aisha 400k."))
        quotas[who[0].id] = amount
    people = tuple(replace(person, quota=quotas.get(person.id)) for person in people)
    total = say_money(sum(quotas.values(), Decimal(0)), settings.currency)
    said = f"{counted(len(quotas), 'quota')}, {total} together a {settings.period}"
    return Change(settled(proposals, "quota", replace(settings, people=people, team_quota=None)), said)


def _parts(text: str) -> list[str]:
    """Part a list that was typed or pasted: by semicolons, or by commas that have a space behind them."""
    return [part.strip() for part in re.split(r";|,\s+|\n", text) if part.strip()]


def _which(part: str, who: Sequence[Person], otherwise: str) -> str:
    if len(who) > 1:
        return f"“{part}”: {listed([person.name for person in who])} could be meant."
    return f"“{part}” is not understood. {otherwise}"


_SINCE: Final = {"", "since", "from", "started", "starts", "joined", "joins", "began", "on"}
"""Words that stand between a name and a first day."""


def starters(proposals: Proposals, text: str) -> Change:
    """Read names with their first day; who is not known yet joins the team."""
    settings = proposals.settings
    # The first days of those who began long ago stay as they are known: they are not what the line shows.
    people = {p.id: replace(p, start=None) if began_lately(p, proposals.today) else p for p in settings.people}
    known, said = set(people), list[str]()
    for part in _parts(text):
        found = _named_day(part, proposals.today, settings)
        who = matching(people.values(), found[0]) if found else []
        if found is None or len(who) > 1:
            return Change(None, _which(part, who, "Type a name and a first day, such as Nina Park 1 Oct."))
        name, day = found
        person = who[0] if who else new_person(name, (*people.values(), *proposals.left_out))
        people[person.id] = replace(person, start=day)
        said.append(f"{person.name} since {day_month(day)}{'' if person.id in known else ', added to the team'}")
    after = settled(proposals, "starters", replace(settings, people=tuple(people.values())), empty=not said)
    return Change(with_team_lines(after), "; ".join(said) or "nobody is new")


def _named_day(part: str, today: date, settings: Settings) -> tuple[str, date] | None:
    """Divide 'Nina Park 1 Oct' into name and day."""
    words = part.split()
    for at in range(1, len(words)):
        said = read_said(" ".join(words[at:]), today, settings.date_order)
        if said is not None:
            while at > 1 and words[at - 1].casefold().strip(":,–-") in _SINCE:
                at -= 1
            return " ".join(words[:at]).rstrip(":,"), said.day
    return None


def meeting(proposals: Proposals, text: str) -> Change:
    """Read a weekday, a time or both."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    days = {at for word in words for at, day in enumerate(WEEKDAYS) if len(word) > 1 and day.startswith(word)}
    clock = re.search(r"(\d{1,2})(?:[:.h](\d{2}))?", text)
    start = proposals.settings.start
    if clock:
        hour, minute = int(clock[1]), int(clock[2] or 0)
        hour += 12 if "pm" in words and hour < 12 else 0
        if hour > 23 or minute > 59:
            return Change(None, f"“{clock[0]}” is no time. Type it like 14:30.")
        start = time(hour, minute)
    if len(days) > 1 or not (days or clock):
        return Change(None, "Type a weekday and a time, such as Monday 10:00.")
    weekday = days.pop() if days else proposals.settings.weekday
    after = settled(proposals, "meeting", replace(proposals.settings, weekday=weekday, start=start))
    return Change(after, f"every {WEEKDAYS[weekday].title()} at {start:%H:%M}")


def country(proposals: Proposals, text: str) -> Change:
    """Read a country by its code or name."""
    if not text:
        nowhere = replace(proposals.settings, country="")
        return Change(settled(proposals, "country", nowhere, empty=True), "only weekends are no working days")
    code = _COUNTRIES.get(text.casefold(), text.upper())
    if not re.fullmatch("[A-Z]{2}", code):
        return Change(None, "Type a country's two letters, such as US or DE.")
    days = public_holidays(code, proposals.today.year)
    if not days:
        return Change(None, f"The holidays of “{code}” are not known. Leave it empty, or try another.")
    after = settled(proposals, "country", replace(proposals.settings, country=code))
    return Change(after, f"{len(days)} public holidays this year in {code}")
