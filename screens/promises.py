"""Whose promises stand on the screen, and which one is asked."""

from review.commitments import Commitment
from review.onscreen import asked_promise
from review.people import Person
from screens.live import LiveScreen


class Promises(LiveScreen):
    """Knows a person's promises that fell due; a subclass says whose."""

    @property
    def person(self) -> Person | None:
        """Whose turn it is."""
        return None

    @property
    def promises(self) -> tuple[Commitment, ...]:
        """What fell due of the person whose turn it is."""
        return self.meeting.due_of(self.person.id) if self.person else ()

    @property
    def chosen(self) -> Commitment | None:
        """The promise that the keys judge: the one gone to, else the first without a verdict."""
        return asked_promise(self.meeting, self.promises, self.drafting.at("promise"))

    @property
    def asks(self) -> tuple[str, str]:
        """What is asked, and the promise it is about; both empty where nothing is."""
        kind, _, ident = self.drafting.at("asks").partition(":")
        return (kind, ident) if any(promise.id == ident for promise in self.promises) else ("", "")

    def choose(self, place: str = "", *, asks: str = "") -> None:
        """Go to a promise by its id, to the number (`none`), or to what comes next (empty)."""
        self.drafting.be(promise=place, asks=asks)
