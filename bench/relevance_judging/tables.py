"""Reads the judged queries and the two sets of listings that they are asked of. Judges nothing."""

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from resourcedir.exchange import samhsa
from resourcedir.exchange.locating import spot_of
from resourcedir.exchange.xlsx import open_workbook
from resourcedir.places.finding import area_code
from resourcedir.places.point import Point

FOLDER: Final = Path(__file__).parent
CHECKOUT: Final = Path(__file__).parents[2]
SEED: Final = CHECKOUT / "data" / "seed_resources.csv"
WORKBOOK: Final = "samhsa_substance_use_2022.xlsx"


class Half(StrEnum):
    """``HELD`` is looked at once, at the end."""

    OPEN = "open"
    HELD = "held"


class Kind(StrEnum):
    PLAIN = "plain"
    COLLOQUIAL = "colloquial"
    MISSPELT = "misspelt"
    SPANISH = "spanish"


class Corpus(StrEnum):
    SAMHSA = "samhsa"
    SEED = "seed"


@dataclass(frozen=True, slots=True)
class Query:
    """One row. ``judged`` is a rule for SAMHSA's facilities, a list of grades for the seed."""

    query_id: str
    half: Half
    kind: Kind
    corpus: Corpus
    query: str
    near: str
    judged: str
    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What judging needs of a listing: where it is, the areas that it serves, what it is coded.

    ``codes`` are SAMHSA's, none for the seed; ``offered`` is False where it takes nobody just now.
    """

    key: str
    point: Point | None
    state: str
    areas: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    offered: bool = True


def queries(*halves: Half) -> list[Query]:
    """Return the queries of these halves, in the order of the tables."""
    return [_query(row, half) for half in halves for row in _rows(FOLDER / f"{half}.csv")]


@cache
def listed(corpus: Corpus) -> Mapping[str, Listed]:
    """Return the listings of a corpus by their keys.

    :raises FileNotFoundError: without SAMHSA's workbook (``SHARED_DATA``, or ``../shared``).
    """
    found = _facilities() if corpus is Corpus.SAMHSA else _seeded()
    return {each.key: each for each in found}


@cache
def directory() -> samhsa.Directory:
    """Return SAMHSA's directory as the importer reads it."""
    shared = Path(os.environ.get("SHARED_DATA", CHECKOUT.parent / "shared"))
    return samhsa.read(open_workbook((shared / "data" / WORKBOOK).read_bytes()))


def _facilities() -> Iterator[Listed]:
    for each in directory().facilities:
        point = _zip_point(each.zip, each.state)
        yield Listed(each.key, point, each.state, codes=frozenset(each.codes))


def _seeded() -> Iterator[Listed]:
    for row in _rows(SEED):
        areas = [part.strip() for part in row["service_area"].split(";") if part.strip()]
        yield Listed(
            row["key"],
            _seed_point(row),
            row["state"],
            areas=frozenset(map(area_code, areas)),
            offered=row["status"] in ("", "active"),
        )


def _seed_point(row: Mapping[str, str]) -> Point | None:
    if row["confidential"] == "yes" or not row["zip"]:
        return None
    if row["latitude"]:
        return Point(float(row["latitude"]), float(row["longitude"]))
    return _zip_point(row["zip"], row["state"])


def _zip_point(code: str, state: str) -> Point | None:
    spot = spot_of(code, state)
    if spot.latitude is None or spot.longitude is None:
        return None
    return Point(spot.latitude, spot.longitude)


def _query(row: Mapping[str, str], half: Half) -> Query:
    return Query(
        query_id=row["query_id"],
        half=half,
        kind=Kind(row["class"]),
        corpus=Corpus(row["corpus"]),
        query=row["query"],
        near=row["near"],
        judged=row["rule_or_grades"],
        why=row["why"],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
