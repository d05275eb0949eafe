"""The lists that forms about clients offer, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask_babel import lazy_gettext
from wtforms import SelectChoice

from resourcedir.clients.card import OfficerRow
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import Term, taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

E = TypeVar("E", bound=StrEnum)


def of_words(words: Mapping[E, str]) -> list[SelectChoice]:
    """Return what a table of marked words offers."""
    return [SelectChoice(member.value, lazy_gettext(text)) for member, text in words.items()]


def none_or(choices: Sequence[SelectChoice]) -> list[SelectChoice]:
    """Return ``choices`` after one that says none of them."""
    return [SelectChoice("", lazy_gettext("None")), *choices]


def languages(language: str) -> list[SelectChoice]:
    """Return the languages that people speak."""
    return [SelectChoice(*row) for row in vocabulary.choices(Vocabulary.LANGUAGE, language)]


def needs(language: str) -> list[SelectChoice]:
    """Return each need, set in under the wider ones."""
    tree = taxonomy()

    def under(term: Term, depth: int) -> list[SelectChoice]:
        own = SelectChoice(term.code, "\N{EM DASH} " * depth + term.name(language))
        return [
            own,
            *(row for child in tree.children(term.code) for row in under(child, depth + 1)),
        ]

    return [row for root in tree.roots for row in under(root, 0)]


def officers(rows: Sequence[OfficerRow], *, besides: UUID | None = None) -> list[SelectChoice]:
    """Return the officers whom clients can be given to."""
    open_to_more = (row for row in rows if not row.disabled and row.id != besides)
    return _choose(SelectChoice(str(row.id), row.name) for row in open_to_more)


def officers_with_clients(rows: Sequence[OfficerRow]) -> list[SelectChoice]:
    """Return the officers who have clients, and how many."""
    return _choose(
        SelectChoice(str(row.id), f"{row.name} ({row.clients})") for row in rows if row.clients
    )


def _choose(choices: Iterable[SelectChoice]) -> list[SelectChoice]:
    return [SelectChoice("", lazy_gettext("Choose")), *choices]
