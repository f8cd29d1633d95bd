"""Stages under other names than the settings have: what a person has said of them, and which are still unknown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from review.deals import Status
from review.settings import Settings
from review.unclear import Ask
from store.crm import asking
from store.crm.fold import fold

_SHOWN = 12


def as_meant(stages: Sequence[str], said: Mapping[str, str]) -> Sequence[str]:
    """Put the stages of the settings in the place of the words that a person has said to mean them."""
    known = {fold(word): stage for word, stage in said.items() if stage not in (Status.WON, Status.LOST)}
    if not known:
        return stages
    meant = {stage: known[fold(stage)] for stage in set(stages) if fold(stage) in known}
    return [meant.get(stage, stage) for stage in stages] if meant else stages


def unknown(
    stages: Sequence[str], status: Sequence[Status], settings: Settings, said: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[Ask, ...]]:
    """Warn of the stages of open deals that nobody has named, and ask what each is; nothing before there are any."""
    if not settings.stages:
        return (), ()
    names = [stage.name for stage in settings.stages]
    known = {fold(name) for name in (*names, *said)}
    here = Counter(stage for stage, ending in zip(stages, status, strict=True) if ending is Status.OPEN and stage)
    new = {stage: here[stage] for stage in sorted(here) if fold(stage) not in known}
    if not new:
        return (), ()
    listed = ", ".join(f"“{stage}”" for stage in list(new)[:_SHOWN])
    warning = (
        f"Stages that the settings do not list, taken as open: {listed}. Say once what each is, in a mapping file under"
        f' [stages]: "{next(iter(new))}" = "{names[0]}", or "won", or "lost". The page that the key i in the lobby'
        " opens asks for it too; new ones belong into the settings, in their order."
    )
    return (warning,), tuple(asking.stage(stage, count, names) for stage, count in islice(new.items(), asking.MOST))


def strange(words: Mapping[str, int], header: str) -> tuple[tuple[str, ...], tuple[Ask, ...]]:
    """Warn of words of a status column that say neither open nor closed here, and ask what each means."""
    if not words:
        return (), ()
    listed = ", ".join(f"“{word[:40]}” ({count:,})" for word, count in islice(words.items(), _SHOWN))
    warning = (
        f"Not known in “{header}”, taken as open: {listed}. If one means that a deal has ended, say so in a file for"
        f' --map, under [stages]: "{next(iter(words))}" = "won", or "lost".'
    )
    return (warning,), tuple(asking.status(word, count, header) for word, count in islice(words.items(), asking.MOST))
