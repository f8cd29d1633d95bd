"""What filled-in sheets come to, in lines: the difference as a whole, then what is refused and why."""

from review.people import display_names
from review.settings import Settings
from review.sheets.filled import Answered, Returned
from review.words import counted

INDENT = "  "
"""Before every line that belongs to the one above."""


def report_lines(answered: Answered, settings: Settings, *, dry_run: bool = True) -> tuple[str, ...]:
    """Say what is taken, person by person, and what is not."""
    end = ("", "Nothing was changed.") if dry_run else ()
    return (summary(answered, dry_run=dry_run), *difference_lines(answered, settings), *end)


def summary(answered: Answered, *, dry_run: bool = True) -> str:
    """Count what is taken and what is not, in one line."""
    verb = "would be taken" if dry_run else "taken"
    return f"{counted(len(answered.taken), 'answer')} {verb}" + _others(answered)


def difference_lines(answered: Answered, settings: Settings) -> tuple[str, ...]:
    """Say what each answer changes, person by person, then what is refused and why."""
    names = display_names(settings.people)
    changes: dict[str, dict[str, list[str]]] = {}
    for one in answered.taken:
        caution = f" ({one.caution})" if one.caution else ""
        changes.setdefault(one.person, {}).setdefault(one.about, []).append(f"{one.said}{caution}")
    said: list[str] = []
    for person, mine in changes.items():
        said += ["", names.get(person, person)]
        said += [f"{INDENT}{about}: {'; '.join(parts)}" for about, parts in mine.items()]
    if answered.refused:
        back = "it goes back with its" if len(answered.refused) == 1 else "each goes back with its"
        back = f"; {back} question" if all(one.asks for one in answered.refused) else ""
        said += ["", f"{counted(len(answered.refused), 'line')} refused{back}:"]
        said += [f"{INDENT}{_refused(one)}" for one in answered.refused]
    return tuple(said)


def _others(answered: Answered) -> str:
    parts = []
    if answered.refused:
        parts.append(f"{len(answered.refused)} refused")
    if answered.same:
        parts.append(f"{answered.same} taken before")
    if answered.empty:
        parts.append(f"{answered.empty} left empty")
    return f" · {' · '.join(parts)}" if parts else ""


def _refused(one: Returned) -> str:
    place = " ".join(part for part in (one.source, one.where) if part)
    about = f", {one.about}" if one.about else ""
    return f"{place}{about}: {one.sentence}"
