"""What is known of each CRM's headers: the files of `profiles/`, one CRM each."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, convert

from store.crm.fold import fold
from store.crm.writing import Write

FIELDS = (
    "id", "name", "account", "owner", "owner_email", "amount", "converted", "converted_currency", "currency", "stage",
    "category", "probability", "close_date", "closed_on", "created", "last_activity", "days_inactive", "last_inbound",
    "stage_entered", "days_in_stage", "next_step", "next_step_date", "type", "status", "is_closed", "is_won", "is_lost",
    "active", "lost_reason", "deleted",
)  # fmt: skip
"""What a column can be taken for. `converted` is the amount in the company's currency, `closed_on` the close date of
closed deals, `active` Odoo's flag that is false for lost deals; the two `days_` are ages in days."""

GENERIC = "generic"


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """One CRM's headers, as people see them, as its interface names them and as warehouses copy them."""

    name: str
    columns: dict[str, tuple[str, ...]]
    """Field to headers, the preferred one first."""
    ids: dict[str, tuple[str, ...]] = {}
    """Field to headers of columns that hold an id: second choice."""
    signs: tuple[tuple[str, ...], ...] = ()
    """Sets of headers; a file that has all of one set comes from this CRM."""
    prefixes: tuple[str, ...] = ()
    """Beginnings of headers; a file with two such headers comes from this CRM."""
    look_alikes: tuple[str, ...] = ()
    """Headers that another CRM uses for a field and this one for something else."""
    minor_units: dict[str, int] = {}
    """Header of an amount to the number of its units in one of the currency."""
    status: dict[str, tuple[str, ...]] = {}
    """Words or stages that mean open, won or lost in this CRM only."""
    write: Write = Write()
    """What goes back, and how."""


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """Load every profile once, by its file's name."""
    found = sorted((files("store.crm") / "profiles").iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): convert(tomllib.loads(entry.read_text("utf-8")), Profile)
        for entry in found
        if entry.name.endswith(".toml")
    }


@lru_cache(maxsize=32)
def ranks(key: str) -> dict[str, dict[str, int]]:
    """Map folded header → field → place in the profile's order of preference, 0 first."""
    profile = profiles()[key]
    table: dict[str, dict[str, int]] = {}
    for field in FIELDS:
        for place, header in enumerate((*profile.columns.get(field, ()), *profile.ids.get(field, ()))):
            table.setdefault(fold(header), {}).setdefault(field, place)
    return table


@lru_cache(maxsize=1)
def known_keys() -> frozenset[str]:
    """Give the folded header of every alias of every CRM: by them a header row is found."""
    return frozenset(header for key in profiles() for header in ranks(key))


def recognise(headers: tuple[str, ...]) -> str:
    """Tell which profile the headers belong to: the one with the largest set of signs, or the generic one."""
    keys = {fold(header) for header in headers}
    best, weight = GENERIC, 0
    for key, profile in profiles().items():
        signs = max((len(sign) for sign in profile.signs if {fold(header) for header in sign} <= keys), default=0)
        begun = max((sum(h.startswith(prefix) for h in headers) for prefix in profile.prefixes), default=0)
        found = max(signs, 9 if begun > 1 else 0)
        if found > weight:
            best, weight = key, found
    return best


def find_profile(name: str) -> str | None:
    """Find a profile's key by what somebody typed, or None."""
    wanted = fold(name)
    return next((key for key, profile in profiles().items() if wanted in (fold(key), fold(profile.name))), None)
