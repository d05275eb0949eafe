"""Results as one JSON object, for the command line. Labels are English; codes are the table's."""

from typing import TypedDict

from resourcedir.places.distance import KM_PER_MILE
from resourcedir.search.results import Found, Results


class ResultObject(TypedDict):
    """One listing. Distances are in miles over the ground; precision says from which points."""

    listing: int
    organization: str
    service: str
    city: str | None
    zip: str | None
    distance_miles: float | None
    distance_precision: str | None
    distance_error_miles: float | None
    serves: str | None
    terms: list[str]
    attributes: list[str]
    source: str


class PieceObject(TypedDict):
    """Words of the query and what they set."""

    words: str
    sets: str
    values: list[str]


class ResultsObject(TypedDict):
    """A page of results; ``facets`` are counts by field and code, none without an index.

    ``exact`` is false where there may be more than ``total``: not all places were looked through.
    ``query`` has what the words set as filters; ``understood`` says which, ``repaired`` what was
    put right, by the word as typed. ``left_out`` are words that nothing has with the others.
    ``related`` have not all that was asked for, and count nowhere.
    """

    query: str
    total: int
    exact: bool
    every_word: bool
    understood: list[PieceObject]
    repaired: dict[str, str]
    left_out: list[str]
    facets: dict[str, dict[str, int]]
    results: list[ResultObject]
    related: list[ResultObject]


def results_object(results: Results) -> ResultsObject:
    """Return ``results`` as JSON can hold it."""
    facets = {name: dict(counts) for name, counts in results.facets.items()}
    if results.open_now is not None:
        facets["open"] = {
            "now": results.open_now,
            "tonight": results.open_tonight or 0,
            "weekend": results.open_weekend or 0,
        }
    if results.with_openings is not None:
        facets["openings"] = {"free": results.with_openings}
    return ResultsObject(
        query=results.ask.query(),
        total=results.total,
        exact=not results.in_part,
        every_word=results.every_word,
        understood=[
            PieceObject(words=each.words, sets=each.sets.value, values=list(each.values))
            for each in results.reading.pieces
        ],
        repaired={each.typed: each.meant for each in results.reading.repairs},
        left_out=list(results.left_out),
        facets=facets,
        results=[_result(found) for found in results.found],
        related=[_result(found) for found in results.related],
    )


def _result(found: Found) -> ResultObject:
    facts = found.facts
    place = None if facts.confidential else facts.place
    near = found.distance_km is not None
    return ResultObject(
        listing=facts.number,
        organization=facts.organization,
        service=facts.name,
        city=place.city if place else None,
        zip=place.zip if place else None,
        distance_miles=_miles(found.distance_km),
        distance_precision=("address" if found.from_address else "zip") if near else None,
        distance_error_miles=_miles(None if found.error_m is None else found.error_m / 1000),
        serves=found.area,
        terms=list(facts.terms),
        attributes=[attribute.name for attribute in facts.attributes],
        source=facts.source,
    )


def _miles(km: float | None) -> float | None:
    return None if km is None else round(km / KM_PER_MILE, 2)
