"""What is known of each CRM's headers: the files of `profiles/`, one CRM each, and a team's own `crm.toml`."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert

from store import files
from store.crm.fold import fold, header_keys, plain_words
from store.crm.writing import Write
from store.errors import Refused
from store.settings_lines import syntax_mistake

FIELDS = (
    "id", "name", "account", "owner", "owner_email", "amount", "converted", "converted_currency", "currency", "stage",
    "category", "probability", "close_date", "closed_on", "created", "last_activity", "days_inactive", "last_inbound",
    "stage_entered", "days_in_stage", "next_step", "next_step_date", "type", "status", "is_closed", "is_won", "is_lost",
    "active", "lost_reason", "deleted", "won_amount", "amount_period", "record_type",
    "current", "pipeline", "has_products",
)  # fmt: skip
"""What a column can be taken for. `converted` is the amount in the company's currency, `closed_on` the close date of
closed deals, `won_amount` the amount of won ones where they have their own, `amount_period` whether an amount is paid
once, each month or each year, `record_type` whether a row is a lead, `current` whether a warehouse still counts it,
`active` Odoo's flag that is false for lost deals, `pipeline` the one of the CRM's pipelines that a deal is in,
`has_products` whether its amount is the sum of products; the two `days_` are ages in days."""

GENERIC = "generic"
_SHARED = frozenset({
    "id", "name", "account", "owner", "owner_email", "amount", "currency", "stage", "category", "probability",
    "close_date", "created", "last_activity", "stage_entered", "next_step", "next_step_date", "type", "lost_reason",
})  # fmt: skip
"""Fields whose headers mean the same whichever CRM they come from; flags and ages do not."""


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """One CRM's headers, as people see them, as its interface names them and as warehouses copy them."""

    name: str
    columns: dict[str, tuple[str, ...]]
    """Field to headers, the preferred one first."""
    ids: dict[str, tuple[str, ...]] = {}
    """Field to headers of columns that hold an id: second choice."""
    signs: tuple[tuple[str, ...], ...] = ()
    """Sets of headers; a file that has all of one set comes from this CRM. One behind a `=` is meant as written there,
    where its letters alone are anybody's."""
    prefixes: tuple[str, ...] = ()
    """Beginnings of headers; a file with two such headers comes from this CRM."""
    ids_begin: tuple[str, ...] = ()
    """Beginnings of ids that no other CRM has; they tell it where its headers are in a language nobody wrote down."""
    look_alikes: tuple[str, ...] = ()
    """Headers that another CRM uses for a field and this one for something else."""
    minor_units: dict[str, int] = {}
    """Header of an amount to the number of its units in one of the currency."""
    status: dict[str, tuple[str, ...]] = {}
    """Words or stages that mean open, won or lost in this CRM only."""
    names: dict[str, dict[str, str]] = {}
    """Field to codes and the names that stand for them, of fields that hold text."""
    category: dict[str, tuple[str, ...]] = {}
    """Forecast category of the review to the words for it in this CRM only."""
    write: Write = Write()
    """What goes back, and how."""


class Knowledge:
    """Every profile by its key, and what is looked up in them."""

    def __init__(self, profiles: Mapping[str, Profile], own: tuple[str, ...] = ()) -> None:
        self.profiles = profiles
        self.own = own
        """Headers that the team added, by which a header row is found too."""
        self._ranks: dict[str, dict[str, dict[str, int]]] = {}

    def ranks(self, key: str) -> dict[str, dict[str, int]]:
        """Map folded header → field → place in the profile's order of preference, 0 first."""
        if key not in self._ranks:
            profile = self.profiles[key]
            table: dict[str, dict[str, int]] = {}
            for field in FIELDS:
                for place, header in enumerate((*profile.columns.get(field, ()), *profile.ids.get(field, ()))):
                    table.setdefault(fold(header), {}).setdefault(field, place)
            for field in FIELDS:
                for place, header in enumerate((*profile.columns.get(field, ()), *profile.ids.get(field, ()))):
                    if (short := fold(plain_words(header))) not in table:
                        table[short] = {field: place}
            self._ranks[key] = table
        return self._ranks[key]

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """The folded header of every alias of every CRM: by them a header row is found."""
        return frozenset(header for key in self.profiles for header in self.ranks(key))

    @cached_property
    def agreed(self) -> dict[str, tuple[str, int]]:
        """Map folded header → the one field that every CRM which has it uses it for, and how many have it.

        What one of them uses for something else is in it for nobody.
        """
        told: dict[str, Counter[str]] = {}
        for profile in self.profiles.values():
            for header, field in {(fold(one), each) for each in _SHARED for one in profile.columns.get(each, ())}:
                told.setdefault(header, Counter())[field] += 1
        alike = {fold(header) for profile in self.profiles.values() for header in profile.look_alikes}
        found: dict[str, tuple[str, int]] = {}
        for header, fields in told.items():
            if len(fields) == 1 and header not in alike:
                ((field, count),) = fields.items()
                found[header] = (field, count)
        return found

    def recognise(self, headers: tuple[str, ...]) -> str:
        """Tell which profile the headers belong to, or the generic one.

        The one with the largest set of signs; of several with as many, the one that knows most headers.
        """
        written, keys = {*headers}, {fold(header) for header in headers}
        # “Opportunity: Stage” of a report type of an admin's own is Stage.
        keys |= {key for header in headers if ": " in header and " : " not in header for key in header_keys(header)}
        best, weight = GENERIC, (0, 0)
        for key, profile in self.profiles.items():
            there = (
                sign
                for sign in profile.signs
                if all(h[1:] in written if h[0] == "=" else fold(h) in keys for h in sign)
            )
            signs = max(map(len, there), default=0)
            begun = max((sum(h.startswith(prefix) for h in headers) for prefix in profile.prefixes), default=0)
            found = max(signs, 9 if begun > 1 else 0)
            if found and (found, len(keys & self.ranks(key).keys())) > weight:
                best, weight = key, (found, len(keys & self.ranks(key).keys()))
        return best

    def find(self, name: str) -> str | None:
        """Find a profile's key by what somebody typed, or None."""
        wanted = fold(name)
        return next((key for key, one in self.profiles.items() if wanted in (fold(key), fold(one.name))), None)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    """Read the profiles that come with the program, by file name, as written."""
    found = sorted(Path(__file__).with_name("profiles").iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text("utf-8"))
        for entry in found
        if entry.name.endswith(".toml")
    }


@cache
def built_in() -> Knowledge:
    """Give what the program knows by itself."""
    return Knowledge({key: convert(table, Profile) for key, table in _tables().items()})


def profiles() -> Mapping[str, Profile]:
    """Give the profiles that come with the program, by their file's name."""
    return built_in().profiles


def known_keys() -> frozenset[str]:
    """Give the folded header of every alias of every CRM that the program knows by itself."""
    return built_in().known_keys


def with_own(path: Path) -> Knowledge:
    """Add a team's own profiles, each a table as in `profiles/` under its key; raises `Refused` with the mistake."""
    there = files.read(path, files.EDITED)
    if there is None:
        return built_in()
    try:
        text = there[0].decode("utf-8-sig")
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, said = syntax_mistake(text, error)
        raise Refused(f"{path.name}, line {line}: {said}.") from error
    except RecursionError as error:
        raise Refused(f"{path.name} is nested too deeply to be read.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is no UTF-8 text. Save the file as UTF-8.") from error
    found = dict(built_in().profiles)
    for key, table in own.items():
        try:
            found[key] = convert(_over(_tables().get(key, {"name": key, "columns": {}}), table), Profile)
        except (ValidationError, TypeError) as error:
            raise Refused(f"{path}, table “{key}”: {error}.") from error
        unknown = sorted({*found[key].columns, *found[key].ids} - set(FIELDS))
        if unknown:
            raise Refused(
                f"{path}, table “{key}”: there is no field {', '.join(unknown)}. Fields: {', '.join(FIELDS)}."
            )
    headers = (header for key in own for part in (found[key].columns, found[key].ids) for header in _flat(part))
    return Knowledge(found, tuple(headers))


def _flat(part: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(header for headers in part.values() for header in headers)


def _over(known: Any, own: Any) -> Any:  # noqa: ANN401 - TOML has any of its types at any place
    """Put a team's own table over a known one: its headers before the known ones, its values in place of them."""
    if isinstance(known, dict) and isinstance(own, dict):
        return known | {key: _over(known[key], value) if key in known else value for key, value in own.items()}
    if isinstance(known, list) and isinstance(own, list):
        return [*own, *known]
    return own
