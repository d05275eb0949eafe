"""Makes the rows of the tables from drafts, with ids that follow from what they say. Pure."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from resourcedir.exchange.drafts import Rows
from resourcedir.exchange.tables import SIDES, new_id

Values = dict[str, Any]


def location_id(resource_id: UUID) -> UUID:
    """Return the id of the place that a file gives to a service or job lead."""
    return new_id(resource_id, "location")


def service_at_location(service_id: UUID) -> Values:
    """Return the row that says a service is given at its place."""
    place = location_id(service_id)
    return {"id": new_id(service_id, place), "service_id": service_id, "location_id": place}


def side_rows(
    name: str, owner: UUID | int, rows: Rows, *, seed: UUID | None = None
) -> Iterator[Values]:
    """Yield the rows of one table around a listing; ``owner`` is what they hang on.

    Their ids follow from ``seed``. Without one they are random: somebody may have changed a row in
    place, and then the id that follows from its first values is taken.
    """
    side = SIDES[name]
    for row in rows:
        yield {
            "id": uuid4() if seed is None else new_id(seed, name, *row),
            side.owner_column: owner,
            **dict(zip(side.columns, row, strict=True)),
        }
