"""What a person stated: a forecast, in the room or in writing, and the other answers of a sheet."""

from datetime import date
from decimal import Decimal
from sys import intern

from msgspec import Struct
from msgspec.structs import force_setattr


class Call(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One person's stated forecast for a period."""

    person: str
    period: date
    """First day of the period that the call is for."""
    commit: Decimal
    best_case: Decimal | None = None
    review: str = ""
    day: date
    reason: str = ""
    carried: bool = False
    """Taken over from the review before because the rep was absent."""
    after_room: Decimal | None = None
    """The commit after inspection changed it; None: as stated."""
    lines: tuple[str, ...] = ()
    """Why the call after the room differs, one line per deal."""
    titles: tuple[str, ...] = ()
    """The deals of those lines."""
    proposed: Decimal | None = None
    """What the room had made of the call when it was taken; it is asked again once that differs."""
    from_exports: bool = False
    team: bool = False
    """The manager's own call for the whole team, beside the roll-up and never in it."""

    in_writing: bool = False
    """Stated on the rep's sheet."""

    def __post_init__(self) -> None:
        """Share the names of person and review: with the years they stand in thousands of calls."""
        force_setattr(self, "person", intern(self.person))
        force_setattr(self, "review", intern(self.review))

    @property
    def stands(self) -> Decimal:
        """The commit that holds: after the room where that was taken, else as stated."""
        return self.commit if self.after_room is None else self.after_room


class Written(Struct, frozen=True, kw_only=True, gc=False):
    """What one person answered in writing since the last lock."""

    on: date
    """The day of the last answer."""
    lines: dict[str, str] = {}
    """Key of each line that was answered, to what was written there."""
    call: Call | None = None
    next_call: Call | None = None
    """For the period after the review's."""
