"""What the lobby says, worked out once for a day and for what stands then."""

from datetime import date

from review.outlook import Outlook
from review.settings import Settings
from store.kinds import OUTLOOK
from store.reviews import Reviews


def outlook_of(reviews: Reviews, written: Settings, resting: str, day: date) -> Outlook:
    """Give what the lobby says on a day of what is `resting`; that is read only where the answer was not kept."""

    def worked_out() -> Outlook:
        from review.outlook import outlook

        now = reviews.now(written)
        return outlook(now.ledger, now.settings, day, plans=bool(written.people))

    return reviews.kept(OUTLOOK, Outlook).at(f"{resting} {day}", worked_out)
