"""How a word sounds, in English and Spanish alike, so that one that is spelt by ear is known. Pure.

Rough on purpose: vowels within a word say nothing, and letters that one of the languages does not
tell apart are one. So words that sound alike are only likely, never sure, to be the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

LEAST: Final = 3  # sounds of a word that can be known by them

_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:ps|pz)", "s"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^(?:wr)", "r"),
        (r"^h(?=[aeiouy])", ""),
        (r"(?:tion|sion|cion|shun|xion|zion|ssion)(?=s?$|[aei])", "xn"),
        (r"(?:tch|sch|sh)", "x"),
        (r"ch(?=[rlo]|i[ae]t)", "k"),
        (r"ch", "x"),
        (r"ph", "f"),
        (r"gh(?=t|$)", ""),
        (r"ck|q+u?|cq", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"z", "s"),
        (r"dg(?=e)", "j"),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"v", "b"),
        (r"m(?=[bpfv])", "n"),
        (r"(?<=[a-z])h", ""),
        (r"[y]", "i"),
        (r"(?<=.)[aeiouw]", ""),
        (r"^[aeiouw]", "a"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Return how a word, folded, sounds."""
    for pattern, said in _RULES:
        word = pattern.sub(said, word)
    return word


def by_sound(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the words by their sounds; those of too few are left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(said := sound(word)) >= LEAST:
            found[said].append(word)
    return {said: tuple(alike) for said, alike in found.items()}
