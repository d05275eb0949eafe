"""What places do of a need for their own clients, in the codes of their source. Pure."""

from collections.abc import Mapping, Sequence
from functools import cache

from resourcedir.taxonomy.csvtable import read_table, split_list


@cache
def in_house() -> Mapping[str, Sequence[str]]:
    """Return by need the codes of what places do of it for their own clients.

    :raises ValueError: naming the line of the table, if it is faulty.
    """
    rows = read_table("resourcedir.search", "in_house.csv", ("term", "says"))
    return {row.cells["term"]: split_list(row, "says") for row in rows}
