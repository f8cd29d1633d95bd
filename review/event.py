"""What every event is."""

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Anything that happened."""
