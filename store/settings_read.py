"""Turning the tables of `closeout.toml` into settings, with every mistake collected at its place."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from review.people import Person, person_id
from review.settings import SECTIONS, Section, Settings, Stage, Thresholds, standard_agenda
from store.settings_fields import GROUPS, KEY, PERSON, RECORDS, SECTION, STAGE, Field, thresholds
from store.settings_kinds import Unfit, shown

Path = tuple[str | int, ...]
PLACES: dict[str, tuple[Field, ...]] = {
    **{group.name: group.fields for group in GROUPS},
    **{name: fields for name, _, fields in RECORDS},
    "thresholds": thresholds(),
}
"""Tables whose settings have fixed names."""
_TOP = (*PLACES, "agenda", "keys")


class Mistake(Struct, frozen=True):
    """What is wrong at one place of the file."""

    path: Path
    sentence: str


class Reading:
    """One pass over the parsed file."""

    def __init__(self) -> None:
        """Start without mistakes."""
        self.mistakes: list[Mistake] = []

    def settings(self, parsed: Mapping[str, Any]) -> Settings:
        """Read everything; where there are mistakes, the result is of no use."""
        for name in parsed:
            if name not in _TOP:
                self._unknown((), name, _TOP)
        values: dict[str, Any] = {}
        for group in GROUPS:
            values |= self._fields(self._table(parsed, group.name), group.fields, (group.name,))
        people = tuple(self._people(parsed))
        stages = tuple(self._stages(parsed))
        limits = self._fields(self._table(parsed, "thresholds"), PLACES["thresholds"], ("thresholds",))
        self._twice("stages", "name", ((at, stage.name, stage.name) for at, stage in stages))
        return Settings(
            people=tuple(person for _, person in people),
            stages=tuple(stage for _, stage in stages),
            thresholds=Thresholds(**limits),
            agenda=self._agenda(self._table(parsed, "agenda")),
            keys=self._keys(self._table(parsed, "keys")),
            **values,
        )

    def _table(self, parsed: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = parsed.get(name, {})
        if isinstance(found, dict):
            return found
        self.mistakes.append(Mistake((name,), f"{name} must be a table: write [{name}] above its settings"))
        return {}

    def _rows(self, parsed: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        found = parsed.get(name, [])
        if isinstance(found, list) and all(isinstance(row, dict) for row in found):
            yield from enumerate(found)
        else:
            self.mistakes.append(Mistake((name,), f"{name} must be tables: write [[{name}]] above each of them"))

    def _fields(self, table: Mapping[str, Any], fields: tuple[Field, ...], path: Path) -> dict[str, Any]:
        known = {field.name: field for field in fields}
        values: dict[str, Any] = {}
        for name, value in table.items():
            if name not in known:
                self._unknown(path, name, known)
                continue
            found = self._value(known[name], value, (*path, name), name)
            if found is not None:
                values[name] = found
        for field in fields:
            if field.needed and field.name not in table:
                self.mistakes.append(Mistake(path, f"{field.name} is missing here"))
        return values

    def _value(self, field: Field, value: object, path: Path, name: str) -> object:
        try:
            return field.kind.read(value)
        except Unfit as unfit:
            wrong = _at(value, unfit.at)
            inner = "".join(f" of {step}" for step in unfit.at if isinstance(step, str))
            sentence = f"{name}{inner} {unfit}, not {shown(wrong)}"
            self.mistakes.append(Mistake((*path, *unfit.at), sentence))
            return None

    def _unknown(self, path: Path, name: str, known: Collection[str]) -> None:
        import difflib  # only a setting that nobody knows is compared with those there are

        near = difflib.get_close_matches(name, known, 1, 0.6)
        home = next((table for table, fields in PLACES.items() if any(f.name == name for f in fields)), "")
        if home and not path:
            hint = f"it belongs under [{home}]"
        elif near:
            hint = f"did you mean “{near[0]}”?"
        elif home:
            hint = f"it belongs under [{home}]"
        else:
            hint = f"allowed are {', '.join(known)}"
        where = f" in [{'.'.join(str(step) for step in path if isinstance(step, str))}]" if path else ""
        self.mistakes.append(Mistake((*path, name), f"there is no setting “{name}”{where}; {hint}"))

    def _people(self, parsed: Mapping[str, Any]) -> list[tuple[int, Person]]:
        people = []
        for at, row in self._rows(parsed, "people"):
            values = self._fields(row, PERSON, ("people", at))
            if "name" in values:
                people.append((at, Person(**{"id": person_id(values["name"]), **values})))
        named = [(at, person.name) for at, person in people]
        for field in ("name", "id", "initials", "email"):
            self._twice("people", field, ((at, getattr(p, field), p.name) for at, p in people))
        drivers = [at for at, person in people if person.manager]
        for at in drivers[1:]:
            first = dict(named)[drivers[0]]
            self.mistakes.append(
                Mistake(("people", at, "manager"), f"{first} is the manager already; only one drives the review")
            )
        self._spellings(people)
        return people

    def _spellings(self, people: list[tuple[int, Person]]) -> None:
        """Report an alias that is somebody else's: a deal must have one owner."""
        for at, person in people:
            for each, alias in enumerate(person.aliases):
                others = (p.name for _, p in people if p is not person and alias.casefold() in _known_as(p))
                for other in others:
                    sentence = f"the alias “{alias}” means {other} too; it can be only one person's"
                    self.mistakes.append(Mistake(("people", at, "aliases", each), sentence))

    def _stages(self, parsed: Mapping[str, Any]) -> Iterator[tuple[int, Stage]]:
        for at, row in self._rows(parsed, "stages"):
            values = self._fields(row, STAGE, ("stages", at))
            if "name" in values:
                yield at, Stage(**values)

    def _twice(self, table: str, field: str, rows: Iterable[tuple[int, str, str]]) -> None:
        seen: dict[str, str] = {}
        for at, value, name in rows:
            word = value.casefold()
            if word and word in seen:
                owner = "is there already" if field == "name" else f"is {seen[word]}'s already"
                sentence = f"{field} “{value}” {owner}; it must be different for each of the {table}"
                self.mistakes.append(Mistake((table, at, field), sentence))
            seen.setdefault(word, name)

    def _agenda(self, table: Mapping[str, Any]) -> tuple[Section, ...]:
        standard = {section.id: section for section in standard_agenda()}
        for name in table:
            if name not in SECTIONS:
                self._unknown(("agenda",), name, SECTIONS)
        sections = tuple(self._section(standard[name], table.get(name, {})) for name in SECTIONS)
        return () if sections == standard_agenda() else sections

    def _section(self, standard: Section, table: object) -> Section:
        path: Path = ("agenda", standard.id)
        if not isinstance(table, dict):
            self.mistakes.append(Mistake(path, f"{standard.id} must be a table: write [agenda.{standard.id}]"))
            return standard
        values = self._fields(table, SECTION, path)
        made = {name: values.get(name, getattr(standard, name)) for name in Section.__struct_fields__ if name != "id"}
        section = Section(id=standard.id, **made)
        for at, prompt in enumerate(section.prompts):
            if prompt.minute > section.minutes:
                sentence = f"minute must lie within the {section.minutes} of {section.title}, not “{prompt.minute}”"
                self.mistakes.append(Mistake((*path, "prompts", at), sentence))
        return section

    def _keys(self, table: Mapping[str, Any]) -> dict[str, str]:
        found = {name: self._value(KEY, value, ("keys", name), name) for name, value in table.items()}
        return {name: value for name, value in found.items() if isinstance(value, str)}


def _known_as(person: Person) -> set[str]:
    return {text.casefold() for text in (person.id, person.name, person.email, *person.aliases) if text}


def _at(value: Any, path: Path) -> object:  # noqa: ANN401 - whatever stands in the file
    for step in path:
        value = value[step]
    return value
