"""Searches as officers type them: words of both languages, misspelt ones, places, filters."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Final
from urllib.parse import urlencode

WORDS: Final = (
    "",
    "methadone",
    "detox tonight",
    "outpatient medicaid",
    "counseling",
    "anger management",
    "sober living",
    "halfway house",
    "vivienda",
    "shelter women kids",
    "GED classes",
    "suboxone",
)
PLACES: Final = (
    "37402",
    "Chattanooga, TN",
    "60601",
    "30303",
    "90012",
    "77002",
    "10001",
    "Hamilton County, TN",
    "Los Angeles County, CA",
    "Texas",
)
MORE: Final[tuple[dict[str, str], ...]] = (
    {},
    {"within": "50"},
    {"within": "100"},
    {"within": "100", "language": "es"},
    {"within": "100", "payer": "medicaid"},
    {"within": "any", "sort": "nearest"},
    {"within": "any", "page": "3"},
    {"within": "any", "open": "now"},
)


def searches(count: int) -> Iterator[str]:
    """Yield paths of searches, the same ones in each run; the first few are all of each kind."""
    every = list(product(WORDS, PLACES, MORE))
    for words, place, more in Random(20).sample(every, min(count, len(every))):
        asked = {"q": words, "near": place, **more}
        yield "/search?" + urlencode({name: value for name, value in asked.items() if value})
