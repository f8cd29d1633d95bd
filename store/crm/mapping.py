"""Which column is which field: the CRM recognised, its headers preferred, the answers of a person above all."""

from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from review.answers import Answers
from store.crm.by_cells import near_by_cells, status_by_cells
from store.crm.fold import fold, header_keys
from store.crm.knowledge import GENERIC, Knowledge, Profile
from store.crm.nearest import MEASURED, looks_like, nearest
from store.crm.sheet import Body
from store.crm.words import nulls, statuses, words
from store.errors import Refused

_LATER = 1000
"""Added to the place of a header that only the generic profile knows; twice for one that several other CRMs have."""
_FIRST = 3
_NEAR = 400
"""Columns without a known header that are looked at more closely."""
_RIVALS = ("amount", "close_date")
"""Fields of which the wrong one of two columns spoils every figure: where no CRM's rule decides, a person does."""


class Columns(Struct, frozen=True, kw_only=True):
    """Where each field stands in a file."""

    crm: str
    """Key of the profile."""
    profile: Profile
    """What is known of the CRM."""
    headers: tuple[str, ...]
    """Every header as the file has it, white space tidied."""
    place: dict[str, int]
    """Field to the number of its column, from 0."""
    likely: dict[str, tuple[int, ...]] = {}
    """Field without a column to the columns whose headers come near, the nearest first."""
    rivals: dict[str, tuple[int, ...]] = {}
    """Field to the columns it could be, where the choice matters and nothing decides it."""
    asked: bool = False
    """Whether some of these columns are proposed only."""
    ambiguous: tuple[str, ...] = ()
    """A sentence for each field that two columns could be, where one is taken all the same."""

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


def map_columns(headers: tuple[str, ...], body: Body, answers: Answers, known: Knowledge) -> Columns:
    """Find each field's column; an empty column gives way to a filled one."""
    finder = _Finder(headers, body, answers, known)
    return finder.columns()


class _Finder:
    """One file's headers against what is known."""

    def __init__(self, headers: tuple[str, ...], body: Body, answers: Answers, known: Knowledge) -> None:
        self.headers, self.body, self.known = headers, body, known
        self.crm = _crm(headers, answers, known)
        if self.crm == GENERIC and not answers.crm:
            self.crm = self._by_ids()
        self.said = _said(headers, answers)
        self.rivals: dict[str, tuple[int, ...]] = {}
        self.ambiguous: list[str] = []

    def _by_ids(self) -> str:
        """Tell the CRM by how the first ids begin, where its headers do not."""
        first = [cell for column in self.body.columns for cell in islice(column.cells, _FIRST)]
        told = (
            key
            for key, profile in self.known.profiles.items()
            if profile.ids_begin and any(cell.startswith(profile.ids_begin) for cell in first)
        )
        return next(told, GENERIC)

    def columns(self) -> Columns:
        """Take the certain columns, and look for those that come near to what is missing."""
        place = self._certain()
        self._drop_needless(place)
        place |= {field: number for number, field in self.said.items() if field}
        taken = {*place.values(), *self.said}
        free = [number for number, header in enumerate(self.headers) if header and number not in taken]
        alike = {fold(header) for header in self.known.profiles[self.crm].look_alikes}
        alike |= {key for field in ("account", "owner", "stage") for key in self._id_keys(field)}
        # Looking for what comes near is slow, and of hundreds of columns the first ones are a deal's own.
        free = [number for number in free if not alike & set(header_keys(self.headers[number]))][:_NEAR]
        self._add_status(place, free)
        likely = nearest(self.headers, self.body, free, place, self.known)
        self._take_names(place, likely)
        proposed = {number for numbers in likely.values() for number in numbers}
        rest = [number for number in free if number not in proposed]
        likely |= near_by_cells(self.body, rest, {*place, *likely})
        if "stage" not in {*place, *likely} and "status" in place and self._has_stages(place["status"]):
            place["stage"] = place["status"]
        return Columns(
            crm=self.crm,
            profile=self.known.profiles[self.crm],
            headers=self.headers,
            place=place,
            likely=likely,
            rivals=self.rivals,
            ambiguous=tuple(self.ambiguous),
        )

    def _take_names(self, place: dict[str, int], likely: dict[str, tuple[int, ...]]) -> None:
        """Take the one column of nobody's list that is called Oportunidad for the deal's name, Kunde for its account.

        Without a name deals would go by their account, and several of one account by one name.
        """
        for field in ("name", "account"):
            found = likely.get(field, ())
            plain = {fold(phrase) for phrase in words().near[field]}
            if self.crm == GENERIC and len(found) == 1 and fold(self.headers[found[0]]) in plain:
                place[field] = likely.pop(field)[0]

    def _add_status(self, place: dict[str, int], free: list[int]) -> None:
        """Take a column of nobody's CRM that holds nothing but open, won and lost for what it says."""
        if self.crm != GENERIC or place.keys() & {"status", "is_won", "is_closed"} or "status" in self.said.values():
            return
        number = status_by_cells(self.body, free)
        if number is not None:
            place["status"] = number
            free.remove(number)
            self.ambiguous.append(f"Open, won and lost are told by {self._shown(number)}, by what it holds.")

    def _has_stages(self, number: int) -> bool:
        """Tell whether a column called status holds more than open, won and lost, as lists kept by hand have it."""
        own = (word for words in self.known.profiles[self.crm].status.values() for word in words)
        plain = {*statuses(), *map(fold, own)}
        return any(
            cell.strip().lower() not in nulls() and fold(cell) not in plain
            for cell in self.body.columns[number].distinct
        )

    def _certain(self) -> dict[str, int]:
        candidates: dict[str, list[tuple[int, int]]] = {}
        for number, header in enumerate(self.headers):
            if number not in self.said and header:
                for field, rank in self._fields(header).items():
                    candidates.setdefault(field, []).append((rank, number))
        place: dict[str, int] = {}
        for field in candidates.keys() - set(self.said.values()):
            found = candidates[field]
            filled = [one for one in found if self.body.columns[one[1]]]
            if field == "id" and not filled:
                continue
            ordered = sorted(self._fitting(field, filled) or filled or found)
            place[field] = ordered[0][1]
            self._weigh(field, [number for _, number in ordered])
        return {field: place[field] for field in candidates if field in place}

    def _fitting(self, field: str, filled: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give those of several columns whose cells are what the field is made of; one alone needs no look."""
        if len(filled) < 2 or field not in MEASURED:
            return list(filled)
        return [one for one in filled if looks_like(field, self.body.columns[one[1]])]

    def _fields(self, header: str) -> dict[str, int]:
        """Give the fields that a header can be in this CRM, each with its rank, 0 the best."""
        keys = header_keys(header)
        for key in keys:
            if found := self.known.ranks(self.crm).get(key):
                return found
        if {fold(one) for one in self.known.profiles[self.crm].look_alikes} & set(keys):
            return {}
        for key in keys:
            if found := self.known.ranks(GENERIC).get(key):
                return {field: rank + _LATER for field, rank in found.items()}
        for key in keys:
            field, profiles = self.known.agreed.get(key, ("", 0))
            if profiles > 1:
                return {field: 2 * _LATER}
        return {}

    def _weigh(self, field: str, numbers: Sequence[int]) -> None:
        """Note where another column that is no id and has other values could be the field too."""
        ids, first = self._id_keys(field), numbers[0]
        others = [
            number
            for number in numbers[1:]
            if fold(self.headers[number]) not in ids
            and self.body.columns[number]
            and self.body.columns[number].cells != self.body.columns[first].cells
        ]
        if not others:
            return
        if field in _RIVALS and self.crm == GENERIC:
            self.rivals[field] = (first, *others)
        also = " and ".join(self._shown(number) for number in others)
        named = field.replace("_", " ").capitalize()
        self.ambiguous.append(f"{named} is taken from {self._shown(first)}; {also} could be meant too.")

    def _shown(self, number: int) -> str:
        """Name a column, by its place as well where others have the same header."""
        header = self.headers[number]
        return f"“{header}”" + (f" (column {number + 1})" if self.headers.count(header) > 1 else "")

    def _drop_needless(self, place: dict[str, int]) -> None:
        """Leave out an age beside its date, and an account's id where deals have names: rooms do not speak of C008."""
        for age, dated in (("days_inactive", "last_activity"), ("days_in_stage", "stage_entered")):
            if dated in place:
                place.pop(age, None)
        account = place.get("account")
        if "name" in place and account is not None and fold(self.headers[account]) in self._id_keys("account"):
            del place["account"]

    def _id_keys(self, field: str) -> set[str]:
        """Give the folded headers of the columns that hold an id of a field."""
        profiles = self.known.profiles
        return {fold(one) for one in (*profiles[self.crm].ids.get(field, ()), *profiles[GENERIC].ids.get(field, ()))}


def _crm(headers: tuple[str, ...], answers: Answers, known: Knowledge) -> str:
    """Take the CRM that was named, or recognise it."""
    if not answers.crm:
        return known.recognise(headers)
    key = known.find(answers.crm)
    if key is None:
        names = ", ".join(profile.name for profile in known.profiles.values())
        raise Refused(f"“{answers.crm}” is no CRM that is known here. Known: {names}.", status=2)
    return key


def _said(headers: tuple[str, ...], answers: Answers) -> dict[int, str]:
    """Give the columns that a person has named: number to field, empty for a column left out."""
    said: dict[int, str] = {}
    for header, field in answers.mapping.items():
        exact = next((place for place, one in enumerate(headers) if one == header), None)
        number = next((place for place, one in enumerate(headers) if fold(one) == fold(header)), exact)
        number = number if exact is None else exact
        if number is not None:
            said[number] = field
    return said
