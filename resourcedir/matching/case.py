"""One client and one listing, together with what the words of a match need of both. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from resourcedir.clients.facts import Known
from resourcedir.directory.asking import Asked, Matter, asked_by
from resourcedir.directory.facts import ListingFacts


@dataclass(frozen=True, slots=True)
class Case:
    """``asked`` is what the listing asks, by matter; ``language`` that of the reader."""

    known: Known
    listing: ListingFacts
    asked: Mapping[Matter, Asked]
    today: date
    language: str

    @classmethod
    def of(cls, known: Known, listing: ListingFacts, today: date, language: str) -> Self:
        asked = {each.matter: each for each in asked_by(listing)}
        return cls(known, listing, asked, today, language)
