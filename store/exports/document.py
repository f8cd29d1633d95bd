"""Everything that a review holds as one JSON document, which `closeout import --minutes` reads back equal."""

from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from review.commitment_rows import CommitmentRow
from review.events import Batch
from review.plain import in_json
from review.recap import Recap
from review.sent import Withdrawn
from store.errors import Refused
from store.exports.outgoing import Outgoing

FORM = 1
"""Version of the form."""


class Document(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file holds."""

    closeout: int = FORM
    review: str
    day: date
    draft: bool
    commitments: tuple[CommitmentRow, ...]
    changed: tuple[CommitmentRow, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    recap: Recap | None = None
    minutes: tuple[Batch, ...] = ()
    """Every fact of the review in order, without what only the manager may see; empty where no review is exported."""


def render(outgoing: Outgoing, name: str = "json", own: Path | None = None) -> bytes:  # noqa: ARG001 - one form only
    """Write the document."""
    document = Document(
        review=outgoing.review,
        day=outgoing.day,
        draft=outgoing.draft,
        commitments=outgoing.rows,
        changed=outgoing.changed,
        withdrawn=outgoing.withdrawn,
        recap=outgoing.recap,
        minutes=outgoing.minutes,
    )
    written = msgspec.json.format(msgspec.json.encode(document).decode(), indent=1)
    return in_json(written).encode() + b"\n"


def read(data: bytes, where: str) -> Document:
    """Read a document back. Raises Refused for what is none, with the reason."""
    try:
        form = msgspec.json.decode(data, type=_Form).closeout
        if form > FORM:
            raise Refused(f"{where} was written by a later Closeout. Update this one, then read it in.")
        return msgspec.json.decode(data, type=Document)
    except RecursionError as error:
        raise Refused(f"{where} is nested too deeply to be a review of Closeout’s.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(
            f"{where} is no review of Closeout’s ({error}). “closeout export --to json” writes one."
        ) from error


class _Form(Struct):
    closeout: int
