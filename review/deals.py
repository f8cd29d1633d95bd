"""A deal as an export shows it, and the words that describe one."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from msgspec import Struct

from review.origin import Origin


class Status(StrEnum):
    """Whether a deal is still being worked on."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"

    # The enum's own hash is slow, and exports have these by the hundred thousand.
    __hash__ = str.__hash__


class Category(StrEnum):
    """The forecast category of an open deal."""

    PIPELINE = "pipeline"
    BEST_CASE = "best case"
    COMMIT = "commit"
    OMITTED = "omitted"

    __hash__ = str.__hash__


class Ending(StrEnum):
    """How a deal was ended in a review."""

    WON = "won"
    LOST = "lost"
    NO_DECISION = "no decision"
    DUPLICATE = "duplicate"


class EndReason(StrEnum):
    """Why a deal was ended (method, section 4)."""

    PRICE = "price"
    COMPETITOR = "competitor"
    NO_BUDGET = "no budget"
    NO_DECISION = "no decision"
    TIMING = "timing"
    PRODUCT = "product"
    EXECUTION = "our execution"
    OTHER = "other"


class Cause(StrEnum):
    """Why a close date moved later (method, section 4, question 4)."""

    LEGAL = "legal"
    SECURITY = "security"
    PROCUREMENT = "procurement"
    BUDGET = "budget"
    ACCESS = "no access to the buyer"
    COMPETITOR = "competitor"
    OUR_SIDE = "our side"
    PRIORITY = "priority changed"


class Mark(StrEnum):
    """The five qualification marks, each yes, no or unknown."""

    ECONOMIC_BUYER = "economic buyer"
    CHAMPION = "champion"
    EVENT = "compelling event"
    CRITERIA = "decision criteria"
    PLAN = "mutual action plan"


APART: Final = ("-", "–", "—", ":", "|", "/", "·", ",")
"""What stands in a deal's name between the account and the rest."""


class Deal(Struct, frozen=True, omit_defaults=True, gc=False):
    """One row of an export, cleaned: what the CRM says of one opportunity."""

    id: str
    """The CRM's id, opaque text; where the export has none, the key of the method's section 2."""
    name: str
    account: str = ""
    owner: str = ""
    """The owner's name as exported."""
    amount: Decimal | None = None
    """In the reporting currency."""
    stage: str = ""
    category: Category = Category.PIPELINE
    probability: Decimal | None = None
    """0 to 100."""
    close_date: date | None = None
    created: date | None = None
    last_activity: date | None = None
    last_inbound: date | None = None
    """Last mail or meeting that came from the customer, where the export tells."""
    stage_entered: date | None = None
    next_step: str = ""
    next_step_date: date | None = None
    type: str = ""
    status: Status = Status.OPEN
    lost_reason: str = ""
    owner_email: str = ""
    category_word: str = ""
    """The forecast category as the export has it; the team's aliases are read from it."""
    id_damaged: bool = False
    """Whether the id looks damaged by a spreadsheet or mistyped: it is never written back."""

    @property
    def title(self) -> str:
        """The words a room calls the deal by: the account, or the name where there is none."""
        return self.account or self.name

    @property
    def detail(self) -> str:
        """What the deal's name says beside its title; an account in front of it is said once."""
        if self.name == self.title:
            return ""
        before, rest = self.name[: len(self.account)], self.name[len(self.account) :].lstrip()
        named = bool(self.account) and before.lower() == self.account.lower() and rest.startswith(APART)
        return rest.lstrip(" ".join(APART)) if named else self.name


def deal_key(ident: str) -> str:
    """Give the key by which two exports show the same deal: Salesforce ids by their first 15 characters."""
    return ident[:15] if len(ident) == 18 and ident[:3] == "006" and ident.isalnum() else ident


def is_made_up(deal: Deal) -> bool:
    """Tell whether the id is the key that stands for a deal whose export has no ids (method, section 2)."""
    return deal.id.startswith(f"{deal.account} | {deal.name} | ")


class Export(Struct, frozen=True, kw_only=True):
    """One export as read in: a picture of the CRM on one day."""

    id: str
    day: date
    """The day the export shows."""
    source: str
    """The file's name, for people."""
    crm: str
    """Which CRM's headers were recognised, for people."""
    deals: tuple[Deal, ...]
    columns: tuple[str, ...] = ()
    """Canonical fields that the file had a column for."""
    read_at: str = ""
    """Instant of reading, ISO 8601 in UTC."""
    has_ids: bool = True
    """False where the ids are keys made from account, name and created date."""
    currency: str = ""
    """The one currency that the file names for its amounts, or that they were converted to; empty for none."""
    origin: Origin | None = None
    """The form in which it came; None for one that was read in before this was kept, or made up."""
