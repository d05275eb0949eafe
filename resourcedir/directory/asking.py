"""What a listing asks of people, matter by matter, as rules and index share it. Pure.

It says what is asked, never of whom or with what result: that is ``matching``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from resourcedir.directory.facts import ListingFacts, RuleFact
from resourcedir.directory.kinds import CostKind, RuleKind, ServiceStatus, Stance
from resourcedir.taxonomy.terms import taxonomy


class Matter(StrEnum):
    """What can be asked about, in the order in which it is shown."""

    STATUS = "status"
    GENDER = "gender"
    AGE = "age"
    POPULATION = "population"
    OFFENSE = "offense"
    WARRANT = "warrant"
    MEDICATION = "medication"
    SOBRIETY = "sobriety_days"
    RESIDENCY = "residency"
    PAYER = "payer"
    DOCUMENT = "document"
    REFERRAL_SOURCE = "referral_source"
    CHILDREN = "children"
    PETS = "pets"


Sayings = tuple[tuple[str, Stance], ...]

ANY: Final = ""
"""The code of what is said in general."""
CLOSED: Final = "closed"

BEDS: Final = frozenset(
    {
        "emergency-shelter",
        "transitional-housing",
        "room-rental",
        "affordable-apartments",
        "supportive-housing",
        "residential-treatment",
        "inpatient-treatment",
        "residential-detox",
        "hospital-detox",
    }
)
"""Needs that are met by a place to sleep."""

EXPECTED: Final[Mapping[Matter, frozenset[str]]] = {
    # Houses, landlords and employers refuse by offense, whether they say so or not.
    Matter.OFFENSE: BEDS - {"inpatient-treatment", "residential-detox", "hospital-detox"}
    | {"job-lead", "temp-work"},
    # Recovery houses and programs part over medication for opioid use.
    Matter.MEDICATION: frozenset({"transitional-housing", "residential-treatment"}),
}
"""By matter the needs for which silence leaves a question; on all others it says that none asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a listing says on one matter.

    ``said`` are codes with what is said of them, in the order of the codes; ``ANY`` is in general.
    Of several sayings on one code the strictest is last, and holds.
    ``low`` and ``high`` are years of age with both ends included, or the days of sobriety that are
    required (``low``; None: how many is not said), or ordinals of the last day of a pause (``low``)
    and of the last day to apply (``high``).
    ``expected``: what it does not say of, nobody knows; else it does not matter to them.
    """

    matter: Matter
    said: Sayings = ()
    low: int | None = None
    high: int | None = None
    expected: bool = False

    def stance(self, code: str) -> Stance | None:
        """Return what is said of ``code``, by its name or in general; None: nothing."""
        said = dict(self.said)
        return said.get(code, said.get(ANY))

    def with_stance(self, stance: Stance) -> tuple[str, ...]:
        """Return the codes of which ``stance`` is said."""
        return tuple(code for code, said in self.said if said is stance)

    def to_text(self) -> str:
        """Return it as ``parse`` reads it."""
        said = ",".join(f"{code}:{stance.value}" for code, stance in self.said)
        numbers = "/".join("" if each is None else str(each) for each in (self.low, self.high))
        return "|".join((self.matter.value, "!" if self.expected else "", said, numbers))


@lru_cache(maxsize=65_536)
def parse(text: str) -> Asked:
    """Return what ``to_text`` wrote."""
    matter, expected, said, numbers = text.split("|")
    pairs = (each.rpartition(":") for each in said.split(",") if each)
    low, high = (int(each) if each else None for each in numbers.split("/"))
    return Asked(
        Matter(matter),
        tuple((code, Stance(stance)) for code, _, stance in pairs),
        low,
        high,
        bool(expected),
    )


def asked_by(facts: ListingFacts) -> tuple[Asked, ...]:
    """Return what a listing asks, in the order of the matters; nothing on those of no weight."""
    return tuple(_asked(facts))


def asked_on(facts: ListingFacts, matter: Matter) -> Asked | None:
    """Return the same on one matter; None: nothing."""
    if matter is Matter.STATUS:
        return _status(facts)
    kind = _KINDS.get(matter)
    return _on(facts, matter, [rule for rule in facts.rules if rule.kind is kind])


def gives_a_bed(facts: ListingFacts) -> bool:
    """Say whether somebody would sleep there."""
    return not BEDS.isdisjoint(_with_wider(facts.terms))


def _asked(facts: ListingFacts) -> Iterator[Asked]:
    if (status := _status(facts)) is not None:
        yield status
    rules: dict[str, list[RuleFact]] = {}  # a kind of rules and its matter are one word
    for rule in facts.rules:
        rules.setdefault(rule.kind, []).append(rule)
    for matter in _OF_PEOPLE:
        if (found := _on(facts, matter, rules.get(matter, ()))) is not None:
            yield found


def _on(facts: ListingFacts, matter: Matter, rules: Sequence[RuleFact]) -> Asked | None:
    """Return what is asked of people on a matter; ``rules`` are those of its kind."""
    if matter is Matter.AGE:
        low, high = facts.minimum_age, facts.maximum_age
        return None if low is None and high is None else Asked(matter, (), low, high)
    if matter is Matter.SOBRIETY:
        return _sobriety(rules) if rules else None
    said = _SAYINGS.get(matter, _ruled)(facts, rules)
    expected = matter in EXPECTED and not EXPECTED[matter].isdisjoint(_with_wider(facts.terms))
    return Asked(matter, said, expected=expected) if said or expected else None


def _status(facts: ListingFacts) -> Asked | None:
    closed = facts.status is not ServiceStatus.ACTIVE or facts.withdrawn
    paused = None if facts.paused_until is None else facts.paused_until.toordinal()
    closes = facts.job.closes_on if facts.job else None
    if not (closed or paused or closes):
        return None
    said = ((CLOSED, Stance.EXCLUDED),) if closed else ()
    return Asked(Matter.STATUS, said, paused, None if closes is None else date.toordinal(closes))


def _ruled(_: ListingFacts, rules: Sequence[RuleFact]) -> Sayings:
    return _in_order((rule.code or ANY, rule.stance) for rule in rules) if rules else ()


def _in_order(said: Iterable[tuple[str, Stance]]) -> Sayings:
    """Return it by code, the strictest that is said of one code last: that one holds."""
    return tuple(sorted(set(said), key=lambda each: (each[0], _STRICTER.index(each[1]))))


def _medications(facts: ListingFacts, rules: Sequence[RuleFact]) -> Sayings:
    given = ((code, Stance.ACCEPTED) for code in facts.medications)  # takes those who are on it
    return _in_order((*given, *_ruled(facts, rules)))


def _payers(facts: ListingFacts, _: Sequence[RuleFact]) -> Sayings:
    codes = set(facts.payers)
    if facts.cost is not None:
        codes.add(_COSTS[facts.cost.kind])
    return tuple((code, Stance.ACCEPTED) for code in sorted(codes))


def _sobriety(rules: Sequence[RuleFact]) -> Asked:
    told = [rule.amount for rule in rules if rule.stance is Stance.REQUIRED]
    low = max((each for each in told if each is not None), default=None)
    return Asked(Matter.SOBRIETY, _in_order((ANY, rule.stance) for rule in rules), low)


@lru_cache(maxsize=16_384)
def _with_wider(codes: tuple[str, ...]) -> frozenset[str]:
    known = taxonomy()
    return frozenset(term.code for code in codes if code in known for term in known.lineage(code))


_OF_PEOPLE: Final = tuple(each for each in Matter if each is not Matter.STATUS)
_KINDS: Final = {Matter(each.value): each for each in RuleKind}
_STRICTER: Final = (Stance.ACCEPTED, Stance.REQUIRED, Stance.CASE_BY_CASE, Stance.EXCLUDED)
_SAYINGS: Final = {Matter.MEDICATION: _medications, Matter.PAYER: _payers}
_COSTS: Final = {
    CostKind.FREE: "free",
    CostKind.SLIDING: "sliding-fee",
    CostKind.FEE: "self-pay",
}
