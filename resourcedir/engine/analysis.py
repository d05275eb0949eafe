"""Cuts text into the words that are compared. The same for documents and questions.

It must stay the only place that does so: a word cut in two ways is never found.
"""

import re
from functools import lru_cache
from typing import Final

from whoosh.analysis import STOP_WORDS
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
_WORD: Final = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` in order: folded, English-stemmed, without stop words.

    Single letters and digits stay ("hepatitis C", "section 8"). Nothing in ``text`` is syntax.
    """
    return [token for token in map(token_of, raw_words(text)) if token]


def raw_words(text: str) -> list[str]:
    """Return the words of ``text`` in order, folded, for ``token_of``."""
    folded = fold(text) if text.isascii() else " ".join(map(_folded, text.split(" ")))
    if "'" in folded or "\u2019" in folded:
        folded = _APOSTROPHE.sub("", folded)
    return _WORD.findall(folded)


@lru_cache(maxsize=50_000)
def token_of(raw_word: str) -> str:
    """Return what is compared in place of a raw word; "" of a stop word."""
    word = raw_word[:LONGEST_TOKEN]
    return "" if word in _STOP else str(stem(word))


def _folded(piece: str) -> str:
    # A blank parts what folding looks at together. One accent in a long text is common.
    return fold(piece) if piece.isascii() or len(piece) > LONGEST_TOKEN else _fold_once(piece)


_fold_once = lru_cache(maxsize=50_000)(fold)
