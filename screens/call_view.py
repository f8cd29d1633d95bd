"""What the forecast call stands on: the figures of the period, and those of a what-if."""

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from rich.cells import cell_len

from review.accuracy import Accuracy, accuracies
from review.deals import Category
from review.desk_call import waiting_picks
from review.forecast import Verification, verification
from review.likely import LikelyPullIn, LikelySlip, likely_pull_ins, likely_slips
from review.methods import Methods
from review.people import display_names
from review.pipeline import Item
from review.ports import Standing
from review.records import Ledger
from review.scored import Picks
from review.settings import Settings
from review.what_if import WhatIf, what_if


class CallView(Struct, frozen=True, kw_only=True):
    """Everything that the screen shows, worked out once for a state."""

    ledger: Ledger
    settings: Settings
    day: date
    names: dict[str, str]
    supposed: WhatIf
    verified: Verification
    slips: tuple[LikelySlip, ...]
    pull_ins: tuple[LikelyPullIn, ...]
    """Every deal that closes soon after the period, the proposed three first."""
    waiting: Picks | None
    scored_people: tuple[Accuracy, ...]
    """Accuracy of the reps and of the manager's own call."""
    read_only: bool = False
    """Whether nothing can be recorded here: no key that would is named."""
    wide: bool = False
    """Whether a line has room for a deal's whole name."""

    @property
    def now(self) -> Methods:
        """The figures as they are."""
        return self.supposed.before

    @property
    def then(self) -> Methods:
        """The figures as they would be."""
        return self.supposed.after

    @property
    def toggled(self) -> frozenset[str]:
        """The deals that a what-if moves."""
        return frozenset((*self.supposed.slips, *self.supposed.pull_ins))

    @property
    def chosen(self) -> frozenset[str]:
        """The deals chosen as likely slips and pull-ins."""
        picks = self.waiting
        return frozenset(pick.deal for pick in (*picks.slips, *picks.pull_ins)) if picks else frozenset()

    @property
    def choosable(self) -> frozenset[str]:
        """The deals that can be chosen as a likely slip or pull-in."""
        may_slip = (item.deal for item in (*self.of(Category.COMMIT), *self.of(Category.BEST_CASE)))
        return frozenset((*may_slip, *(pull.item.deal for pull in self.pull_ins)))

    @property
    def scored(self) -> Picks | None:
        """The last choice that a lock scored."""
        return next((picks for picks in reversed(self.ledger.picks) if picks.hits is not None), None)

    def of(self, category: Category) -> tuple[Item, ...]:
        """Give the open deals of a category that close in the period, the largest first."""
        found = (item for item in self.now.pipeline.open if item.category is category)
        return tuple(sorted(found, key=lambda item: (-item.worth, item.deal)))

    @property
    def longest_name(self) -> int:
        """Cells of the longest name."""
        return max(map(cell_len, self.names.values()), default=0)

    def name(self, person: str) -> str:
        """Name a person briefly."""
        return self.names.get(person, person or "nobody")


def call_view(standing: Standing, day: date, slips: Collection[str], pull_ins: Collection[str]) -> CallView:
    """Work out the figures of the period of `day`, and what they would be if deals slipped or came in."""
    ledger, settings = standing.ledger, standing.settings
    return CallView(
        ledger=ledger,
        settings=settings,
        day=day,
        names=display_names(settings.people),
        supposed=what_if(ledger, settings, day, slips=slips, pull_ins=pull_ins, factor=ledger.factor),
        verified=verification(ledger, settings, day),
        slips=likely_slips(ledger, settings, day),
        pull_ins=likely_pull_ins(ledger, settings, day, most=None),
        waiting=waiting_picks(ledger, settings, day),
        scored_people=accuracies(ledger, settings, day),
    )
