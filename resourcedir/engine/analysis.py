"""Cuts text into the words that are compared. The same for documents and questions.

It must stay the only place that does so: a word cut in two ways is never found.
"""

import re
from functools import lru_cache
from typing import Final

from whoosh.analysis import STOP_WORDS, RegexTokenizer
from whoosh.lang.porter import stem

from resourcedir.engine.folding import fold

LONGEST_TOKEN: Final = 64  # letters; a longer "word" is a number or noise and is cut

# Function words of Spanish that a mixed question carries ("trabajo de noche"). "la" is among them
# as "the"; a place of that name is recognized before the words come here.
_SPANISH: Final = frozenset(
    ("de", "del", "el", "en", "la", "las", "los", "para", "por", "un", "una", "y")
)
_STOP: Final = frozenset(STOP_WORDS) | _SPANISH

_APOSTROPHE: Final = re.compile(r"(?<=\w)['\u2019](?=\w)")
_cut = RegexTokenizer(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` in order: folded, English-stemmed, without stop words.

    Single letters and digits stay ("hepatitis C", "section 8"). Nothing in ``text`` is syntax.
    """
    joined = _APOSTROPHE.sub("", fold(text))
    words = (token.text[:LONGEST_TOKEN] for token in _cut(joined))
    return [_stem(word) for word in words if word not in _STOP]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stemmed: str = stem(word)
    return stemmed
