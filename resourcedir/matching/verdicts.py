"""Whether a place would take a client, and each reason for it, as plain values. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final, Self

from resourcedir.clients.facts import Fact
from resourcedir.directory.asking import Matter


class Verdict(IntEnum):
    """In the order in which people should see them; of several the highest holds."""

    YES = 0
    CALL = 1
    NOT_KNOWN = 2
    NO = 3


class Limit(StrEnum):
    """What binds the client, in the order in which it is shown."""

    ZONE = "zone"
    STAY_WITHIN = "stay_within"
    REACH = "reach"
    HOURS = "hours"
    ACCESS = "access"
    LANGUAGE = "language"


About = Matter | Limit


class Why(StrEnum):
    """Why a verdict is what it is; with the matter it chooses the words."""

    FITS = "fits"
    NOTHING_ASKED = "nothing_asked"  # they say so
    REFUSED = "refused"
    CASE_BY_CASE = "case_by_case"
    UNSAID = "unsaid"  # the listing says nothing of it, and that leaves a question
    FACT_MISSING = "fact_missing"  # nobody has told it of the client
    OUTSIDE = "outside"
    OUTSIDE_BY_ZIP = "outside_by_zip"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    NOT_LISTED = "not_listed"
    OFFICER_BRINGS = "officer_brings"
    LACKING = "lacking"
    TOO_SOON = "too_soon"
    WORN = "worn"  # an old answer, or one that holds only if nothing happened since
    SELF = "self"  # the client applies
    BY_OTHERS = "by_others"
    SERVICE_ANIMAL = "service_animal"
    PAUSED = "paused"
    CLOSED = "closed"
    FULL = "full"  # it was told lately that nothing is free
    PAYS = "pays"
    CANNOT_PAY = "cannot_pay"
    CLEAR = "clear"
    NEAR = "near"  # neither clear nor inside for sure
    INSIDE = "inside"
    NO_POINT = "no_point"  # the zone is known in words only
    BY_ZIP = "by_zip"  # the place is known by its ZIP code only
    HIDDEN = "hidden"  # the place is confidential
    NO_PLACE = "no_place"
    BEYOND = "beyond"
    BUSY = "busy"
    HOURS_UNKNOWN = "hours_unknown"
    OTHERS = "others"  # an offense that no list names
    IN_WORDS = "in_words"  # a rule that no fact of ours answers


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask the client: a fact, or what of its list."""

    fact: Fact
    code: str = ""

    def to_text(self) -> str:
        """Return it as ``parse`` reads it."""
        return f"{self.fact.value}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what ``to_text`` wrote.

        :raises ValueError: for what it did not write.
        """
        fact, colon, code = text.partition(":")
        if not colon:
            raise ValueError("a question has a fact and a code")
        return cls(Fact(fact), code)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule or one limit comes to.

    ``code`` is a word of the matter's vocabulary, an area, a term; ``number`` what the words need:
    years, days, a day's ordinal, the number of a zone. ``asks`` is what would settle it, if the
    client can tell; ``fact`` is the fact that it rests on. ``codes`` are others that the words
    name. ``measure`` is a distance with its error and the one that counts, in metres.
    """

    verdict: Verdict
    about: About
    why: Why
    code: str = ""
    number: int | None = None
    codes: tuple[str, ...] = ()
    measure: "Measure | None" = None
    fact: Fact | None = None
    asks: Question | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A straight line in metres: how long, how far off it may be, and what it is held to."""

    distance_m: float
    error_m: float
    limit_m: float


NOTHING_AGAINST: Final = Verdict.YES
OPEN: Final = frozenset({Verdict.CALL, Verdict.NOT_KNOWN})
PROTECTED: Final[frozenset[About]] = frozenset(
    {
        Matter.GENDER,
        Matter.AGE,
        Matter.POPULATION,
        Matter.CHILDREN,
        Matter.MEDICATION,
        Matter.PETS,
        Limit.ACCESS,
        Limit.LANGUAGE,
    }
)
"""What rests on who the client is, or on a disability (medication for it, an animal that helps): it
acts in the verdict, and never in the order."""


EASY: Final = frozenset({Why.LACKING, Why.PAYS, Why.WORN, Why.OTHERS})
"""What one mostly settles with a call or a visit: a paper that may follow, a fee, an answer to be
asked for again, an offense that no list names."""


def open_points(findings: Iterable[Finding]) -> int:
    """Return what is yet to be asked that the order may rest on, in halves: an easy thing is one.

    What a place says in words of its own it says of everybody, so it tells nothing of the client.
    """
    counted = (
        each
        for each in findings
        if each.verdict in OPEN and (each.about not in PROTECTED or each.why is Why.IN_WORDS)
    )
    return sum(1 if each.why in EASY else 2 for each in counted)


def combined(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict of all findings: the highest of theirs; of none, yes."""
    return max((each.verdict for each in findings), default=NOTHING_AGAINST)
