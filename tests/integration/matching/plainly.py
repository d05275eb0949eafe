"""The same as masks and the page of a match say, by looking at one listing after another."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.matching.judging import Ground, judge
from resourcedir.matching.ranking import COLUMNS
from resourcedir.matching.scoring import (
    WEIGHTS,
    Merit,
    Told,
    closeness,
    free_places,
    freshness,
    track_record,
)
from resourcedir.matching.verdicts import EASY, PROTECTED, Verdict, Why
from resourcedir.places.distance import distance_km
from resourcedir.search.documents import LAYOUT, document
from resourcedir.taxonomy.terms import taxonomy
from tests.integration.engine.engine_truth import Memory


def indexed(folder, first, second=(), dropped=()):
    """Return an index of the listings; ``second`` came later, ``dropped`` are gone."""
    source = Memory(map(document, first), LAYOUT)
    indexer = Indexer(folder, source)
    indexer.rebuild()
    for start in range(0, len(second), 200):
        for each in second[start : start + 200]:
            source.put(document(each))
        indexer.catch_up()
    for number in dropped:
        source.drop(number)
    indexer.catch_up()
    return WhooshIndex(folder)


def living(index):
    """Yield each part with the positions of what is not deleted, and its numbers."""
    for each in index.snapshot().parts:
        positions = each.only(each.part.everything)
        yield each.part, positions, each.part.keys[positions].tolist()


def single_question(judged):
    """Return the question that alone is open, or None."""
    if judged.verdict is not Verdict.NOT_KNOWN:
        return None
    open_ones = [each for each in judged.findings if each.verdict is Verdict.NOT_KNOWN]
    asks = {each.asks for each in open_ones}
    return asks.pop() if len(asks) == 1 else None


@dataclass(frozen=True)
class Plain:
    """Every listing judged for one client."""

    judged: dict

    @classmethod
    def of(cls, listings, known, on):
        return cls({each.number: judge(Ground.of(each), known, on) for each in listings})

    @property
    def verdicts(self):
        return {number: each.verdict for number, each in self.judged.items()}

    @property
    def totals(self):
        return Counter(self.verdicts.values())

    @property
    def settled(self):
        """Return the numbers of what one question alone would settle, and how many each."""
        asked = {number: single_question(each) for number, each in self.judged.items()}
        alone = {number: asks for number, asks in asked.items() if asks is not None}
        return set(alone), Counter(alone.values())

    @property
    def missed(self):
        """Return how many of what is not known miss each answer, among others or alone."""
        return Counter(
            asks
            for each in self.judged.values()
            if each.verdict is Verdict.NOT_KNOWN
            for asks in {one.asks for one in each.findings if one.verdict is Verdict.NOT_KNOWN}
            if asks is not None
        )


def points(facts, judged, km, asked):
    """Return the points of each merit of what has all that is asked; ``km`` NaN: by its area."""
    known = document(facts)
    one = {name: np.array([known.columns.get(name, 0)], float) for name in COLUMNS}
    minute = asked.now.timestamp() / 60
    told = Told(one["openings_from"], one["openings_until"], one["openings_at"])
    left_open = [
        0.5 if each.why in EASY else 1.0
        for each in judged.findings
        if each.verdict in {Verdict.CALL, Verdict.NOT_KNOWN}
        and (each.about not in PROTECTED or each.why is Why.IN_WORDS)
    ]
    merits = {
        Merit.CARE: 1.0,
        Merit.CERTAINTY: max(0, 1 - sum(left_open) / 4),
        Merit.OPENINGS: free_places(told, minute)[0],
        Merit.RECORD: track_record(one, asked.averages)[0],
        Merit.FRESHNESS: freshness(one["checked_at"], minute)[0],
    }
    if asked.need:
        root = taxonomy().lineage(asked.need)[-1].code
        of_kind = [code for code in set(facts.terms) if code in taxonomy().within(root)]
        merits[Merit.CARE] = 1.0 if len(of_kind) >= len(set(facts.terms)) / 2 else 0.6
    if km is not None:
        merits[Merit.DISTANCE] = closeness(np.array([km]))[0]
    if asked.languages:
        merits[Merit.LANGUAGE] = _understood(asked.languages, facts.languages or ("en",))
    return {name: WEIGHTS[name].points * float(value) for name, value in merits.items()}


def _understood(wanted, spoken):
    """Return 1 for the language asked for first, less for another, 0 for none of them."""
    if wanted[0] in spoken:
        return 1.0
    return 0.7 if any(each in spoken for each in wanted) else 0.0


def far(facts, where):
    """Return the distance of a listing from a point, NaN where it has none that may be known."""
    if where is None:
        return None
    place = None if facts.confidential else facts.place
    if place is None or place.latitude is None:
        return float("nan")
    return distance_km(where, type(where)(round(place.latitude, 6), round(place.longitude, 6)))


@dataclass(frozen=True)
class Asked:
    """What an order rests on beside the listing."""

    now: object
    averages: object
    languages: tuple
    need: str = ""
