"""Reading the minutes of a review, and of no other."""

from review.events import Batch, Started
from store.errors import another
from store.log import Loaded, Log


def its_own(log: Log[Batch], review: str) -> Loaded[Batch]:
    """Read the log under the name of a review. Raises Damaged where it is another’s, NotReadable and TooNew."""
    loaded = log.read()
    begun = next((event for batch in loaded.batches[:1] for event in batch.events), None)
    if isinstance(begun, Started) and begun.review != review:
        raise another(f"reviews/{review}.json", f"the minutes of {begun.review}")
    return loaded
