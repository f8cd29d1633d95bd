"""Which column is which field: the CRM recognised, its headers preferred, the answers of a person above all."""

from msgspec import Struct

from store.crm.answers import Answers
from store.crm.fold import fold, header_keys
from store.crm.knowledge import GENERIC, Profile, find_profile, profiles, ranks, recognise
from store.crm.sheet import Body
from store.errors import Refused

_LATER = 1000
"""Added to the place of a header that only the generic profile knows."""


class Columns(Struct, frozen=True, kw_only=True):
    """Where each field stands in a file."""

    crm: str
    """Key of the profile."""
    headers: tuple[str, ...]
    """Every header as the file has it, white space tidied."""
    place: dict[str, int]
    """Field to the number of its column, from 0."""
    ambiguous: tuple[str, ...] = ()
    """A sentence for each field that two columns could be."""

    @property
    def profile(self) -> Profile:
        """What is known of the CRM."""
        return profiles()[self.crm]

    @property
    def used(self) -> dict[str, str]:
        """Field to header."""
        return {field: self.headers[place] for field, place in self.place.items()}

    @property
    def left_over(self) -> tuple[str, ...]:
        """Headers of the columns that are no field."""
        taken = set(self.place.values())
        return tuple(header for place, header in enumerate(self.headers) if place not in taken and header)

    def header(self, field: str) -> str:
        """Give the header of a field that is there."""
        return self.headers[self.place[field]]


def map_columns(headers: tuple[str, ...], body: Body, answers: Answers) -> Columns:
    """Find each field's column; an empty column gives way to a filled one."""
    crm = _crm(headers, answers)
    said = _said(headers, answers)
    candidates: dict[str, list[tuple[int, int]]] = {}
    for number, header in enumerate(headers):
        if number not in said and header:
            for field, rank in _fields(crm, header).items():
                candidates.setdefault(field, []).append((rank, number))
    place: dict[str, int] = {}
    unclear: list[str] = []
    for field, found in candidates.items():
        filled = [one for one in found if body.columns[one[1]]]
        if field == "id" and not filled:
            continue
        ordered = sorted(filled or found)
        place[field] = ordered[0][1]
        unclear += _unclear(crm, field, [number for _, number in ordered], headers, body)
    _drop_needless(crm, headers, place)
    place |= {field: number for number, field in said.items() if field}
    return Columns(crm=crm, headers=headers, place=place, ambiguous=tuple(unclear))


def _drop_needless(crm: str, headers: tuple[str, ...], place: dict[str, int]) -> None:
    """Leave out an age beside its date, and the id of an account where deals have names: rooms do not speak of C008."""
    for age, dated in (("days_inactive", "last_activity"), ("days_in_stage", "stage_entered")):
        if dated in place:
            place.pop(age, None)
    if "name" in place and "account" in place and fold(headers[place["account"]]) in _id_keys(crm, "account"):
        del place["account"]


def _id_keys(crm: str, field: str) -> set[str]:
    """Give the folded headers of the columns that hold an id of a field."""
    return {fold(one) for one in (*profiles()[crm].ids.get(field, ()), *profiles()[GENERIC].ids.get(field, ()))}


def _crm(headers: tuple[str, ...], answers: Answers) -> str:
    """Take the CRM that was named, or recognise it."""
    if not answers.crm:
        return recognise(headers)
    key = find_profile(answers.crm)
    if key is None:
        names = ", ".join(profile.name for profile in profiles().values())
        raise Refused(f"“{answers.crm}” is no CRM that is known here. Known: {names}.", status=2)
    return key


def _said(headers: tuple[str, ...], answers: Answers) -> dict[int, str]:
    """Give the columns that a person has named: number to field, empty for a column left out."""
    said: dict[int, str] = {}
    for header, field in answers.mapping.items():
        number = next((place for place, one in enumerate(headers) if fold(one) == fold(header)), None)
        if number is not None:
            said[number] = field
    return said


def _fields(crm: str, header: str) -> dict[str, int]:
    """Give the fields that a header can be in this CRM, each with its rank, 0 the best."""
    profile = profiles()[crm]
    for key in header_keys(header):
        if found := ranks(crm).get(key):
            return found
    if fold(header) in {fold(one) for one in profile.look_alikes}:
        return {}
    for key in header_keys(header):
        if found := ranks(GENERIC).get(key):
            return {field: rank + _LATER for field, rank in found.items()}
    return {}


def _unclear(crm: str, field: str, numbers: list[int], headers: tuple[str, ...], body: Body) -> list[str]:
    """Say so where another column that is no id and has other values could be the field too."""
    ids = _id_keys(crm, field)
    first = numbers[0]
    others = [
        f"“{headers[number]}”"
        for number in numbers[1:]
        if fold(headers[number]) not in ids
        and body.columns[number]
        and body.columns[number].cells != body.columns[first].cells
    ]
    if not others:
        return []
    also = " and ".join(others)
    return [f"{field.replace('_', ' ').capitalize()} is taken from “{headers[first]}”; {also} could be meant too."]
