"""How many needs and circumstances are understood as people tell them.

``bench/relevance_judging/said.csv`` has sentences with the codes of the need that is meant, and
``whom.csv`` with the circumstances of whom it is for, written without a look at how search
understands them: it has learned from part ``taught``, and has seen none of those ``apart``.
The peer knows names alone: those of needs and their synonyms, and the phrases of the grammar.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.harness import options
from resourcedir.search.ask import Ask
from resourcedir.search.naming import longest_term
from resourcedir.search.phrases import terms_named
from resourcedir.search.understanding.asking import reading
from resourcedir.search.understanding.circumstances import circumstances
from resourcedir.search.understanding.likely import NONE
from resourcedir.search.words import weighed
from resourcedir.taxonomy.terms import taxonomy

SAID: Final = Path(__file__).parent / "relevance_judging" / "said.csv"
WHOM: Final = SAID.with_name("whom.csv")
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
    for language in ("en", "es"):
        figures[f"whom {language}"] = figure = whom_shares(language)
        print(f"whom, apart, {language}: " + "   ".join(f"{k} {v:.1%}" for k, v in figure.items()))
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


def whom_shares(language: str) -> dict[str, float]:
    """Return how much of what is only heard, and of what is named, is true, and how much is found.

    Ours finds what is heard or named.
    """
    found = Counter[str]()
    with WHOM.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["part"], row["language"]) == ("apart", language):
                told = set(row["whom"].split(";")) & circumstances().keys()
                heard, named = heard_of(row["words"]), named_of(row["words"])
                found.update({"heard": len(heard), "heard true": len(told & heard)})
                found.update({"named": len(named), "named true": len(told & named)})
                found.update({"told": len(told), "ours": len(told & (heard | named))})
    return {
        "heard true": found["heard true"] / max(1, found["heard"]),
        "named true": found["named true"] / max(1, found["named"]),
        "ours found": found["ours"] / max(1, found["told"]),
        "named found": found["named true"] / max(1, found["told"]),
    }


def heard_of(words: str) -> set[str]:
    """Return the circumstances that search hears where they are not named."""
    return set(reading(Ask(words=words), None, home_state="").whom)


def named_of(words: str) -> set[str]:
    """Return those that the phrases of the grammar name."""
    pieces = reading(Ask(words=words), None, home_state="").pieces
    values = {value for each in pieces for value in each.values}
    return {
        name
        for name, acts in circumstances().items()
        if name in values or any(act.keyword[1] <= values for act in acts)
    }


def _is_near(meant: Collection[str], codes: Collection[str]) -> bool:
    known = taxonomy()
    kin = {term.code for code in meant for term in known.lineage(code)}
    kin |= {code for each in meant for code in known.within(each)}
    return not kin.isdisjoint(codes)


if __name__ == "__main__":
    main()
