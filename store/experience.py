"""What a workspace knows about files: its own profiles, what was said of earlier ones, what stood before."""

from review.events import ColumnsConfirmed
from review.records import Ledger
from store.crm.knowledge import with_own
from store.crm.meaning import Experience
from store.reviews import Reviews


def experience_of(reviews: Reviews, ledger: Ledger | None) -> Experience:
    """Give what a workspace knows; `ledger` is what the next export is compared with. Raises Refused."""
    remembered = {
        event.headers: event.answers
        for batch in reviews.desk.read().batches
        for event in batch.events
        if isinstance(event, ColumnsConfirmed)
    }
    return Experience(remembered=remembered, knowledge=with_own(reviews.workspace.crm), before=ledger)
