"""A shelf in memory, and weeks whose locks put on it what is settled."""

import msgspec

from review.records import DealRecord
from review.settled import Settled
from review.settling import put_away, settling
from tests.review.weeks import Weeks


class MemoryShelf:
    """Keeps the bytes of boxes, as a disk would; `fetched` names those that were read."""

    def __init__(self):
        self.files = {}
        self.fetched = []

    def fetch(self, boxes):
        self.fetched += [(box.review, box.name) for box in boxes]
        decode = msgspec.json.Decoder(dict[str, DealRecord]).decode
        return [decode(self.files[box.review, box.name]) for box in boxes]

    def tidied(self, ledger):
        """The ledger as the next start reads it from its snapshot."""
        boxes = settling(ledger)
        for name, records in boxes.items():
            self.files[ledger.locks[-1].review, name] = msgspec.json.encode(records)
        away = put_away(ledger, boxes, "digest")
        return msgspec.structs.replace(away, settled=Settled(away.settled.boxes, self))


class TidyWeeks(Weeks):
    """The same weeks, with what is settled put away at each lock."""

    def __init__(self, seed=7):
        self.shelf = MemoryShelf()
        super().__init__(seed)

    def _locked(self):
        return self.shelf.tidied(super()._locked())
