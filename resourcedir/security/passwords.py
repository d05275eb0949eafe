"""Passwords: what may be one, how it is kept, how it is checked.

Kept as argon2id (RFC 9106, the profile for machines with little memory). The rules are those of
NIST SP 800-63B: length counts, composition does not, and what everybody tries first is refused.
It must not know users or tables.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from resourcedir.errors import BadInput
from resourcedir.texts import N_

ASKED_LENGTH: Final = 15  # characters that pages ask for
SHORTEST: Final = 8  # characters; anything shorter is refused
LONGEST: Final = 256  # characters; a limit, so that nobody makes the server hash a book
_SHORTEST_UNIT: Final = 4  # characters; "abcabcabcabcabc" is no better than "abc"

# The hash of a password that nobody knows: somebody unknown takes as long as somebody known.
DECOY: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$Cw+8tgwQ5rNpvWdxbmgsEA"
    "$h4QwmoAM5CUxZUhlBLpgDjlgybsZzevimbIVxLh3hyY"
)

hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hashed(password: str) -> str:
    """Return what to keep of ``password``: algorithm, parameters, salt and hash in one text."""
    return hasher.hash(_as_bytes(password))


def fits(kept: str | None, password: str) -> bool:
    """Say whether ``password`` is the one that ``kept`` was made of.

    Without ``kept`` the answer is no and takes as long as for somebody who exists.
    """
    if len(password) > LONGEST:
        return False
    try:
        hasher.verify(DECOY if kept is None else kept, _as_bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether ``kept`` was made with other parameters than today's."""
    return hasher.check_needs_rehash(kept)


def check_new(password: str, about: Iterable[str] = ()) -> None:
    """:raises BadInput: naming the mend, if ``password`` may not be chosen.

    ``about`` are words that stand for its owner: name, e-mail address.
    """
    folded = _normal(password).casefold()
    if len(folded) < SHORTEST:
        raise BadInput(
            N_("This password is too short. Use %(asked)s characters or more: a sentence is easy."),
            asked=ASKED_LENGTH,
        )
    if len(password) > LONGEST:
        raise BadInput(
            N_("This password is too long. Use %(most)s characters at the most."), most=LONGEST
        )
    unit = _unit(folded)
    if unit in _banned() or len(unit) < _SHORTEST_UNIT or folded in _words(about):
        raise BadInput(
            N_("Others would guess this password first. Choose words that belong to nobody else.")
        )


def _normal(password: str) -> str:
    # The same letters come composed from one keyboard and in two parts from another.
    return unicodedata.normalize("NFKC", password)


def _as_bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")


def _unit(text: str) -> str:
    """Return the shortest piece that, repeated, makes up ``text``; often all of it."""
    size = (text + text).index(text, 1)
    return text[:size]


def _words(about: Iterable[str]) -> set[str]:
    folded = [_normal(text).casefold() for text in about]
    names = [text.partition("@")[0] for text in folded]
    joined = ["".join(text.split()) for text in folded]
    return {*folded, *names, *joined}


@cache
def _banned() -> frozenset[str]:
    path = files("resourcedir.security") / "banned_passwords.txt"
    return frozenset(path.read_text("utf-8").split("\n"))
