"""What somebody who sends an update must know: what a CRM does with some of its rows without a word."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from review.deals import deal_key
from review.origin import Origin
from review.people import find_person
from store.crm.units import units_of
from store.exports.crm_cells import Changes

if TYPE_CHECKING:
    from store.exports.crm import Source

_SHOWN: Final = 5


def notes_of(source: "Source", origin: Origin, found: Changes) -> Iterator[str]:
    """Give a sentence for each trap that these rows walk into."""
    used = {field for row in found.rows for field in row.cells}
    notes = dict(source.profile.write.notes)
    if "amount" in notes and "has_products" in origin.headers:
        # The export tells which amounts are at stake.
        note = notes.pop("amount")
        sums = [row.title for row in found.rows if "amount" in row.cells and row.ident in origin.with_products]
        if sums:
            yield f"{_listed(sums)} {'has' if len(sums) == 1 else 'have'} products. {note}"
    yield from dict.fromkeys(note for field, note in notes.items() if field in used)
    yield from _units(source, origin, found)
    owners = {deal_key(deal.id): deal.owner or deal.owner_email for deal in source.export.deals}
    gone = [row.title for row in found.rows if _has_left(source, owners.get(deal_key(row.ident), ""))]
    if gone:
        yield (
            f"Owned by somebody who has left: {_listed(gone)}. The owner is never written, and a CRM may refuse such a"
            " row until the deal has another."
        )


def _units(source: "Source", origin: Origin, found: Changes) -> Iterator[str]:
    """Say what a figure is worth where amounts are in cents or in thousands, as the export has them."""
    cell = next((row.cells["amount"] for row in found.rows if row.cells.get("amount")), None)
    if not isinstance(cell, Decimal):
        return
    header = origin.headers["amount"]
    scale = units_of(header, source.profile.minor_units).scale
    if scale != 1:
        yield f"Amounts in “{header}” are as the export has them: {cell:f} there is {cell * scale:,.2f}."


def _has_left(source: "Source", owner: str) -> bool:
    person = find_person(source.settings.people, owner) if owner else None
    return person is not None and person.left is not None and person.left < source.today


def _listed(titles: Sequence[str]) -> str:
    more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
    return f"{', '.join(titles[:_SHOWN])}{more}"
