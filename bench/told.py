"""How many needs are understood as people tell them, of which many were never tuned to.

``bench/relevance_judging/said.csv`` has sentences with the codes of the need that is meant, written
without a look at how search understands them: it has learned from those of part ``taught``, and has
seen none of those ``apart``.
The peer knows the names and synonyms of needs alone.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.harness import options
from resourcedir.search.naming import longest_term
from resourcedir.search.phrases import terms_named
from resourcedir.search.understanding.likely import NONE
from resourcedir.search.words import weighed
from resourcedir.taxonomy.terms import taxonomy

SAID: Final = Path(__file__).parent / "relevance_judging" / "said.csv"
QUICK: Final = 10  # one sentence in so many

Needs = list[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says, and the codes of the need: any of them is right."""

    part: str
    language: str
    words: str
    codes: frozenset[str]


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__ or "")
    sentences = list(said())[:: QUICK if chosen.quick else 1]
    figures = {}
    for part in ("taught", "apart"):
        for language in ("en", "es"):
            some = [each for each in sentences if (each.part, each.language) == (part, language)]
            ours, peer = shares(some, understood), shares(some, by_name)
            figures[f"{part} {language}"] = {"sentences": len(some), "ours": ours, "names": peer}
            print(f"{part} {language}: {len(some)} sentences")
            for name, share in (("ours", ours), ("names alone", peer)):
                print(f"    {name:12}" + "".join(f"{k} {v:6.1%}   " for k, v in share.items()))
            print(f"    right, against names alone: {ours['right'] / peer['right']:.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))


def said() -> Iterator[Said]:
    """Yield the table."""
    with SAID.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["codes"] == NONE:
                continue
            codes = frozenset(row["codes"].split(";"))
            yield Said(row["part"], row["language"], row["words"], codes)


def shares(sentences: Collection[Said], needs: Callable[[str], Needs]) -> dict[str, float]:
    """Return of how many what is named is right, near (its kind), more than it, wrong, nothing."""
    found = Counter(judged(each.codes, needs(each.words)) for each in sentences)
    kinds = ("right", "near", "more", "wrong", "nothing")
    return {kind: found[kind] / max(1, len(sentences)) for kind in kinds}


def judged(meant: Collection[str], named: Needs) -> str:
    """Return how well what is named fits what is meant."""
    if not named:
        return "nothing"
    near = [_is_near(meant, codes) for codes in named]
    if not all(near):
        return "more" if any(near) else "wrong"
    return "right" if any(set(meant) & codes for codes in named) else "near"


def understood(words: str) -> Needs:
    """Return the needs that search asks for."""
    clauses = weighed(words).must
    return [one.keyword[1] for one in clauses if one.keyword and one.keyword[0] == "term"]


def by_name(words: str) -> Needs:
    """Return the needs whose names or synonyms stand in the words, the longest first."""
    units, found, at = words.split(), [], 0
    while at < len(units):
        size = longest_term(units[at:])
        if size:
            found.append(terms_named(units[at : at + size], units))
        at += max(1, size)
    return found


def _is_near(meant: Collection[str], codes: Collection[str]) -> bool:
    known = taxonomy()
    kin = {term.code for code in meant for term in known.lineage(code)}
    kin |= {code for each in meant for code in known.within(each)}
    return not kin.isdisjoint(codes)


if __name__ == "__main__":
    main()
