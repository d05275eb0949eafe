"""In which order places of one verdict are shown. Arithmetic over numbers or arrays; pure.

The score is the sum of the merits by their weights: the one table of them stands below. None rests
on who the client is: age, gender and the like act in verdicts alone, by rules that the listing
itself states, and there is no score of anybody's risk.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.matching.limits import BELIEVED_FULL
from resourcedir.texts import N_

Values = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]


class Merit(StrEnum):
    """What speaks for a place, each from 0 to 1."""

    CARE = "care"
    CERTAINTY = "certainty"
    OPENINGS = "openings"
    DISTANCE = "distance"
    RECORD = "record"
    FRESHNESS = "freshness"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Weight:
    points: float
    reason: str  # marked English


WEIGHTS: Final[Mapping[Merit, Weight]] = {
    Merit.CARE: Weight(
        40,
        N_("The right kind and level of care comes first: a near place of another kind is none."),
    ),
    Merit.CERTAINTY: Weight(
        16,
        N_(
            "Each thing that is yet to be asked may be the one that fails; a paper or a payment is"
            " settled more easily than a rule."
        ),
    ),
    Merit.OPENINGS: Weight(
        16, N_("A place that is free now, told lately, saves a call and a night.")
    ),
    Merit.DISTANCE: Weight(12, N_("People keep going to what they can reach.")),
    Merit.RECORD: Weight(
        8, N_("Places that answered, took and kept earlier clients are likely to again.")
    ),
    Merit.FRESHNESS: Weight(4, N_("What was checked lately is more often still so.")),
    Merit.LANGUAGE: Weight(
        16, N_("Who does not understand a place is not helped there, though it has a free bed.")
    ),
}

QUARTER: Final = 8.0
"""Halves that make nothing certain: each thing to ask takes a quarter, an easy one an eighth."""
HALF_CLOSE_KM: Final = 16.09344  # ten miles, across a town: where closeness has fallen to a half
HALF_FRESH_DAYS: Final = 180.0  # a listing is stale from then on (pages.md U12)
BESIDES: Final = 0.6  # of the care that is sought, where most of what is done is something else
BY_AREA: Final = 0.5  # closeness of what comes to the client, or serves the area
FREE: Final = 0.85  # of a count that is about to fade: believed, but a new one is better
NOT_TOLD: Final = 0.3  # nothing is known of free places
PRIOR: Final = 8.0
"""Referrals that a record is filled up with, all of them average: one failure moves it little."""
RECORD_SHARES: Final[Mapping[str, float]] = {"answered": 0.3, "started": 0.4, "completed": 0.3}
UNTRIED: Final = 0.5  # what the average is as long as there is no referral at all
ENGLISH: Final = "en"
ANOTHER: Final = 0.7  # of the client's languages, but not the one asked for first
_MINUTES: Final = 24 * 60


def certainty(halves: NDArray[Any]) -> Values:
    """Return 1 where nothing is left to be asked, less by each thing (``verdicts.open_points``)."""
    return np.maximum(0.0, 1.0 - halves / QUARTER)


def closeness(km: Values) -> Values:
    """Return 1 at the place itself, a half at ten miles; NaN is a place that serves the area."""
    return np.where(np.isnan(km), BY_AREA, HALF_CLOSE_KM / (HALF_CLOSE_KM + km))


@dataclass(frozen=True, slots=True)
class Told:
    """News of free places, in minutes since 1970, 0 for none.

    ``from_`` is when a pause ends, ``until`` how long the count holds (0: none is free), ``at``
    when it was true.
    """

    from_: Values
    until: Values
    at: Values


def free_places(told: Told, now: float) -> Values:
    """Return how good the news of free places is."""
    free = (told.until > now) & (told.from_ <= now)
    rest = np.clip((told.until - now) / np.maximum(told.until - told.at, 1), 0, 1)
    full = (told.until == 0) & (told.at > 0) & (now - told.at < BELIEVED_FULL)
    return np.where(free, FREE + (1 - FREE) * rest, np.where(full, 0.0, NOT_TOLD))


def freshness(checked: Values, now: float) -> Values:
    """Return 1 for what was checked just now, a half after 180 days, 0 for what never was."""
    days = np.maximum(now - checked, 0) / _MINUTES
    return np.where(checked > 0, 0.5 ** (days / HALF_FRESH_DAYS), 0.0)


@dataclass(frozen=True, slots=True)
class Averages:
    """Of all referrals, the shares that were answered, started and completed."""

    answered: float = UNTRIED
    started: float = UNTRIED
    completed: float = UNTRIED


def track_record(counts: Mapping[str, Values], averages: Averages) -> Values:
    """Return the shares of a record, each drawn towards the average, in one number."""
    referred = counts["referred"]
    parts = [
        weight * (counts[name] + PRIOR * getattr(averages, name)) / (referred + PRIOR)
        for name, weight in RECORD_SHARES.items()
    ]
    return np.sum(parts, axis=0)  # type: ignore[no-any-return]


def care(named: NDArray[Any] | None, fit: Values | None, size: int) -> Values:
    """Return 1 for what has the need, or the term that words name; less for a mention of words."""
    if named is None and fit is None:
        return np.ones(size)
    mention = np.zeros(size) if fit is None else 0.5 * fit
    return mention if named is None else np.where(named > 0, 1.0, mention)


def made_for(of_kind: Values, in_all: Values) -> Values:
    """Return 1 for what does mostly the kind of help sought, less where it does that besides.

    Half is enough: a house with a job club is no less of a house.
    """
    return np.where(2 * of_kind >= in_all, 1.0, BESIDES)


def understood(
    wanted: Sequence[str], naming: Callable[[Sequence[str]], Bools], silent: Bools
) -> Values:
    """Return how well the client is understood there; ``wanted`` is never empty.

    ``naming`` says which places name one of some languages, ``silent`` which name none at all:
    these speak English.
    """
    english = naming((ENGLISH,)) | silent
    first = english if wanted[0] == ENGLISH else naming(wanted[:1])
    another = naming(wanted[1:])
    if ENGLISH in wanted:
        another = another | english
    return np.where(first, 1.0, np.where(another, ANOTHER, 0.0))


def score(merits: Mapping[Merit, Values]) -> Values:
    """Return the weighted sum of all merits."""
    return np.sum([WEIGHTS[name].points * value for name, value in merits.items()], axis=0)  # type: ignore[no-any-return]
