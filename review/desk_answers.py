"""What is decided between reviews, from the command line: a promise done early, or dropped (method, section 3)."""

from datetime import date

from review.commitments import Commitment, Verdict
from review.events import CommitmentDropped, VerdictGiven
from review.line import plain_step
from review.records import Ledger
from review.results import Refusal


def find(ledger: Ledger, typed: str) -> Commitment | Refusal:
    """Find an open commitment by its id or by a beginning that only it has."""
    wanted = typed.strip().casefold()
    every = ledger.commitments.values()
    found = [c for c in every if c.id.casefold() == wanted] or [
        c for c in every if wanted and c.id.casefold().startswith(wanted) and c.is_open
    ]
    if not found:
        return Refusal(f"There is no commitment “{typed}”. closeout actions lists them with their ids.")
    if len(found) > 1:
        ids = ", ".join(sorted(c.id for c in found)[:6])
        return Refusal(f"“{typed}” begins {len(found)} ids ({ids}). Give one more letter.")
    if not found[0].is_open:
        return Refusal(f"“{plain_step(found[0].text)}” ({found[0].id}) is closed already: {found[0].standing.value}.")
    return found[0]


def done(commitment: Commitment, day: date) -> VerdictGiven:
    """Say that a promise was kept."""
    return VerdictGiven(commitment=commitment.id, verdict=Verdict.DONE, on=day)


def drop(commitment: Commitment, why: str, day: date) -> CommitmentDropped | Refusal:
    """Drop a promise; the note stays with it."""
    words = " ".join(why.split())
    if not words:
        return Refusal("Why is it dropped? Give a few words: --why TEXT", "why")
    return CommitmentDropped(commitment=commitment.id, why=words, on=day)
