"""What `decide` answers where it does not answer with events."""

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """A decision that the method forbids, in a sentence that says what to do instead."""

    sentence: str
    field: str = ""
    """The field it is about, so that the screen shows it where it was typed."""
    confirm: str = ""
    """Where a second Enter would do it: what to pass as `confirmed` with the same intent."""
