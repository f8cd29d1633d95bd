"""The text of `closeout.toml`: a new one in the product's own words, or people's own with what changed in it."""

from collections.abc import Iterator, Sequence

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields

from review.settings import Section, Settings, Thresholds
from store.settings_fields import GROUPS, PERSON, SECTION, STAGE, Field, thresholds
from store.settings_kinds import bare, spelled

_HEAD = """\
# Settings of Closeout. Setting up writes this file; edit it as you like, your comments stay.
# An edit counts from the next review; keys and colours count at once.
"""


def fresh(settings: Settings) -> str:
    """Write all settings, each under a comment that says what it is for."""
    parts = [_HEAD]
    parts.extend(_group(group.name, group.says, group.fields, settings) for group in GROUPS)
    parts.append(_records("people", "The people of the review, one [[people]] for each.", PERSON, settings.people))
    parts.append(_records("stages", "The open stages in the order in which deals pass them.", STAGE, settings.stages))
    parts.append(agenda_text(settings.sections))
    parts.append(thresholds_text(settings.thresholds))
    parts.append(keys_text(settings.keys))
    return "\n".join(parts)


def revised(text: str, old: Settings, new: Settings) -> str:
    """Change in people's own text only what differs between `old`, which it says, and `new`."""
    from store.settings_edit import Edit

    return Edit(text).change(old, new)


def _group(name: str, says: str, fields: Sequence[Field], record: Struct) -> str:
    lines = [comment(says), f"[{name}]"]
    for field in fields:
        lines.extend([comment(field.says), setting_line(field, getattr(record, field.name))])
    return "\n".join(lines) + "\n"


def group_text(name: str, record: Struct) -> str:
    """Write one group of settings."""
    group = next(group for group in GROUPS if group.name == name)
    return _group(group.name, group.says, group.fields, record)


def setting_line(field: Field, value: object) -> str:
    """Write one setting; one that is not set stands there as a comment."""
    return f"# {field.name} =" if value is None else f"{field.name} = {field.kind.spell(value)}"


def _records(name: str, says: str, fields: Sequence[Field], rows: Sequence[Struct]) -> str:
    lines = [comment(says), *(comment(f"  {field.name:<12}{field.says}") for field in fields)]
    return "\n".join(lines) + "\n" + "".join(f"\n{row_text(name, fields, row)}" for row in rows)


def row_text(name: str, fields: Sequence[Field], row: Struct) -> str:
    """Write one person or stage: its name, and what is not as it comes."""
    lines = [f"[[{name}]]", *(f"{f.name} = {f.kind.spell(getattr(row, f.name))}" for f in told(fields, row))]
    return "\n".join(lines) + "\n"


def told(fields: Sequence[Field], row: Struct) -> Iterator[Field]:
    """Give the fields of a row that are written: those that are not as they come."""
    usual = {each.name: each.default for each in struct_fields(type(row)) if each.default is not NODEFAULT}
    return (field for field in fields if field.name not in usual or getattr(row, field.name) != usual[field.name])


def agenda_text(sections: Sequence[Section]) -> str:
    """Write the hour."""
    lines = ["# The hour, in its four sections.", *(comment(f"  {field.name:<12}{field.says}") for field in SECTION)]
    return "\n".join(lines) + "\n" + "".join(f"\n{section_text(section)}" for section in sections)


def section_text(section: Section) -> str:
    """Write one section of the hour."""
    lines = [f"{field.name} = {field.kind.spell(getattr(section, field.name))}" for field in SECTION]
    return "\n".join([f"[agenda.{section.id}]", *lines]) + "\n"


def thresholds_text(limits: Thresholds) -> str:
    """Write the thresholds, each with its words and its default behind it."""
    settings = [(f"{field.name} = {getattr(limits, field.name)}", field.says) for field in thresholds()]
    width = max(len(setting) for setting, _ in settings) + 2
    lines = [f"{setting:<{width}}# {says}" for setting, says in settings]
    return "\n".join(["# The numbers that the rules compare with.", "[thresholds]", *lines]) + "\n"


def keys_text(keys: dict[str, str]) -> str:
    """Write people's own keys."""
    lines = [
        comment("Your own keys: a command and its keys, such as park = “f8”. The help names the commands."),
        "[keys]",
        *(f"{bare(name)} = {spelled(value)}" for name, value in keys.items()),
    ]
    return "\n".join(lines) + "\n"


def comment(says: str) -> str:
    """Write a comment; its quotes are those that a value needs, so that it can be copied."""
    return f"# {says}".replace("“", '"').replace("”", '"')
