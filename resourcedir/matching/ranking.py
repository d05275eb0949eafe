"""The score of many listings at once, from columns beside the index. A hook for the engine.

What a merit is worth, and why, stands in ``scoring``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.documents import Measured, Part, Positions
from resourcedir.matching import scoring
from resourcedir.matching.masks import Verdicts
from resourcedir.matching.scoring import Averages, Bools, Merit, Told, Values
from resourcedir.search.documents import RECORD
from resourcedir.taxonomy.terms import taxonomy

COLUMNS: Final = ("openings_from", "openings_until", "openings_at", "checked_at", *RECORD)
"""Those of the index that the order rests on."""


class Ranker:
    """Gives listings their score; see ``scoring``."""

    def __init__(
        self, verdicts: Verdicts, averages: Averages, now: datetime, need: str = ""
    ) -> None:
        self._verdicts = verdicts
        self._averages = averages
        known = taxonomy()  # a need that is typed by hand may be none
        root = known.lineage(need)[-1].code if need in known else None
        self._kind = frozenset() if root is None else known.within(root)
        self._now = now.timestamp() / 60
        self.languages = verdicts.known.limits.languages
        """Those of the client, the best first."""

    def rank(self, part: Part, positions: Positions, found: Measured) -> NDArray[np.float32]:
        """Return the score of each position: an engine ``Rank``."""
        columns = {name: part.column(name)[positions].astype(np.float64) for name in COLUMNS}
        spoken = None
        if self.languages:
            spoken = self._understood(part, positions)
        care = scoring.care(found.named, found.fit, len(positions))
        if self._kind:
            care = care * scoring.made_for(*self._terms(part, positions))
        left_open = self._verdicts.open_points(part, positions)
        merits = {Merit.CARE: care, **self.merits(columns, left_open, found.km, spoken)}
        return scoring.score(merits).astype(np.float32)

    def _understood(self, part: Part, positions: Positions) -> Values:
        def naming(codes: Sequence[str]) -> Bools:
            found: Bools = part.having("language", codes)[positions]
            return found

        silent = ~naming(part.values("language"))
        return scoring.understood(self.languages, naming, silent)

    def _terms(self, part: Part, positions: Positions) -> tuple[Values, Values]:
        """Return how many terms of the need's kind each position has, and how many in all."""
        of_kind = np.array([code in self._kind for code in part.values("offers")], np.float64)
        ones = np.ones(len(of_kind))
        return (
            part.reduced("offers", of_kind, positions, np.add),
            part.reduced("offers", ones, positions, np.add),
        )

    def merits(
        self,
        columns: Mapping[str, Values],
        left_open: NDArray[Any],
        km: Values | None,
        spoken: Values | None,
    ) -> dict[Merit, Values]:
        """Return what speaks for listings beside their kind, from columns of the index."""
        merits = {
            Merit.CERTAINTY: scoring.certainty(left_open),
            Merit.OPENINGS: scoring.free_places(
                Told(
                    columns["openings_from"],
                    columns["openings_until"],
                    columns["openings_at"],
                ),
                self._now,
            ),
            Merit.RECORD: scoring.track_record(columns, self._averages),
            Merit.FRESHNESS: scoring.freshness(columns["checked_at"], self._now),
        }
        if km is not None:
            merits[Merit.DISTANCE] = scoring.closeness(km)
        if spoken is not None:
            merits[Merit.LANGUAGE] = spoken
        return merits
