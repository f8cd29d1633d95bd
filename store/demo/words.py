"""What people say in the demonstration where nothing else is scripted."""

import random
from typing import Final

CUSTOMERS: Final = (
    "Dana", "Ruth", "Jonas", "Ines", "Karim", "Mei", "Oskar", "Paula", "Ravi", "Greta", "Hugo", "Lena", "Amir", "Clara",
    "Yara", "Ben",
)  # fmt: skip
STEPS: Final = (
    (
        "Map who decides with @{who}",
        "Agree the event that sets the date with @{who} !",
        "First meeting with @{who} and the team lead !",
    ),
    (
        "Write the criteria down with @{who}",
        "Budget holder named by @{who}",
        "Meet @{who} on what success looks like !",
    ),
    (
        "Walk @{who} through the trial results !",
        "Security questionnaire back to @{who}",
        "Two reference customers for @{who}",
        "Trial plan into one page",
    ),
    (
        "Go through the offer with @{who} line by line !",
        "Mutual plan sent to @{who}",
        "Three-year price to @{who}",
    ),
    (
        "Open clauses with @{who}’s counsel !",
        "Supplier form back to @{who}",
        "Order form to @{who} !",
    ),
)
"""Lines for the next step, by stage."""
REASONS: Final = (
    "one deal came in, one went back",
    "the date of the largest one moved",
    "two renewals are signed",
    "took one out that has no buyer yet",
)
"""What changed a call."""
LESSONS: Final = (
    "We learned who signs when it was over.",
    "A trial without an end date has no end.",
    "Nobody there had felt the problem.",
)
_MOVED: Final = (
    "{who} brought the head of finance in",
    "{who} sent the criteria in writing",
    "{who} asked for references",
    "{who} named the person who signs",
    "nothing since the last call",
)


def movement(chance: random.Random, who: str) -> str:
    """Say what the buyer did."""
    return chance.choice(_MOVED).format(who=who)
