"""Five hundred clients whom a place would take but for one fact: never a yes, and it is named."""

import random
from dataclasses import dataclass

import pytest

from resourcedir.matching.verdicts import Verdict
from tests.unit.matching.scenarios import Scenario, known, listing
from tests.unit.matching.strategies import TODAY

PAIRS = 500
HERE = "at: 35.0600 -85.3097, +-50 m; in: TN/Hamilton"


@dataclass(frozen=True)
class Rule:
    """What is asked or binds, a client whom it fits, clients whom it does not, and what is named.

    ``fails`` has the client's side; "" is a client of whom the fact is not known.
    """

    asks: str
    fits: str
    fails: tuple[str, ...]
    names: str
    place: str = ""


RULES = (
    Rule(
        "gender: men required",
        "gender: men",
        ("gender: women", "gender: nonbinary", ""),
        "men|gender|nonbinary",
    ),
    Rule("gender: women required", "gender: women", ("gender: men", ""), "women|gender"),
    Rule("aged at least: 18", "born: 1989-05-01", ("born: 2010-01-01", "born: 2008", ""), "18"),
    Rule("aged at most: 64", "born: 1989-05-01", ("born: 1950-01-01", ""), "64"),
    Rule(
        "population: veterans required",
        "veteran: yes",
        ("veteran: no", ""),
        "veterans",
    ),
    Rule("population: families excluded", "children: 0", ("children: 2", ""), "families"),
    Rule(
        "offense: arson excluded, sexual case by case",
        "offenses: theft, no others",
        ("offenses: arson, no others", "offenses: sexual, no others", ""),
        "arson|sexual",
    ),
    Rule(
        "offense: any accepted, registry excluded",
        "offenses: arson, no others",
        ("offenses: registry, no others", "offenses: arson"),
        "registration",
    ),
    Rule("warrant: excluded", "warrant: no", ("warrant: yes", ""), "warrant"),
    Rule(
        "population: women required",
        "gender: women",
        ("gender: men", "gender: nonbinary", ""),
        "women",
    ),
    Rule(
        "medication: methadone excluded",
        "medications: none",
        ("medications: methadone, no others", ""),
        "methadone",
    ),
    Rule(
        "medication: any accepted, benzodiazepines case by case",
        "medications: buprenorphine, no others",
        ("medications: benzodiazepines, no others", "medications: buprenorphine"),
        "benzodiazepines",
    ),
    Rule(
        "sobriety days: 30 days required",
        "sober: 60 on 2026-03-10",
        ("sober: 5 on 2026-03-10", "sober: 60 on 2026-01-10", ""),
        "sober",
    ),
    Rule(
        "residency: TN/Hamilton",
        "lives in: TN/Hamilton",
        ("lives in: GA/Walker", "lives in: TN/Marion by ZIP code", ""),
        "Hamilton",
    ),
    Rule(
        "payers: medicaid",
        "payers: medicaid",
        ("payers: medicare", "payers: nobody", ""),
        "Medicaid",
    ),
    Rule("document: state-id", "documents: state-id", ("documents: no state-id", ""), "state ID"),
    Rule(
        "document: photo-id",
        "documents: drivers-license",
        ("documents: no photo-id", ""),
        "photo ID",
    ),
    Rule("children: excluded", "children: 0", ("children: 1", ""), "children"),
    Rule(
        "pets: excluded",
        "animal: none",
        ("animal: pet", "animal: service-animal", ""),
        "pet|animal",
    ),
    Rule(
        "",
        "zone: 35.0900 -85.3097, 1000 ft, +-50 m",
        (
            "zone: 35.0600 -85.3097, 1000 ft, +-50 m",
            "zone: 35.0630 -85.3097, 1000 ft, +-50 m",
            "zone: in words, 1000 ft",
        ),
        "keep-away place",
        HERE,
    ),
    Rule(
        "",
        "may not leave: TN",
        ("may not leave: GA", "may not leave: TN/Marion"),
        "may not leave",
        HERE,
    ),
    Rule(
        "",
        "home: 35.0600 -85.3000, +-2000 m; farthest: 3 mi",
        ("home: 35.2600 -85.3000, +-2000 m; farthest: 3 mi",),
        "from home",
        HERE,
    ),
    Rule(
        "",
        "curfew: Mo-Su 20:00-06:00",
        ("curfew: Mo-Su 08:30-17:30",),
        "curfew",
        "hours: Mo-Fr 09:00-17:00",
    ),
    Rule("", "languages: es", ("languages: vi",), "Vietnamese", "languages: en, es"),
    Rule(
        "", "access: wheelchair", ("access: elevator",), "elevator", f"{HERE}; access: wheelchair"
    ),
)


@dataclass(frozen=True)
class Pair:
    """``good`` fits in everything; ``bad`` is the same but for one fact."""

    good: Scenario
    bad: Scenario
    names: str


def topic(cell: str) -> set[str]:
    """Return the names that stand in a cell."""
    return {part.partition(":")[0].strip() for part in cell.split(";") if part.strip()}


def pairs():
    """Draw a rule that fails and others, about other facts and things, that fit."""
    dice = random.Random(20260312)  # noqa: S311 -- the same pairs each time
    for number in range(PAIRS):
        failing = RULES[number % len(RULES)]
        chosen, taken = [failing], topic(f"{failing.asks}; {failing.fits}; {failing.place}")
        for other in dice.sample(RULES, len(RULES)):
            names = topic(f"{other.asks}; {other.fits}; {other.place}")
            shared = {"at", "in"} if other.place.startswith(HERE) else set()
            if len(chosen) < 8 and not (names - shared) & taken:
                chosen.append(other)
                taken |= names
        fitting = [rule.fits for rule in chosen[1:]]
        asks = "; ".join(rule.asks for rule in chosen)
        place = "; ".join(dict.fromkeys("; ".join(rule.place for rule in chosen).split("; ")))
        clients = [
            "; ".join([each, *fitting]) for each in (failing.fits, dice.choice(failing.fails))
        ]
        good, bad = (
            Scenario(
                number,
                each,
                known(each),
                listing(asks, place, "ged-classes"),
                TODAY,
                Verdict.YES,
                "",
            )
            for each in clients
        )
        yield Pair(good, bad, failing.names)


ALL = list(pairs())


def test_there_are_five_hundred_and_each_differs_in_one_fact_or_limit():
    assert len(ALL) == PAIRS
    for pair in ALL:
        facts = _differing(pair.good.known.facts, pair.bad.known.facts)
        limits = _differing(pair.good.known.limits, pair.bad.known.limits)
        assert len(facts) + len(limits) == 1, (facts, limits)


def _differing(one, other):
    return [name for name in one.__slots__ if getattr(one, name) != getattr(other, name)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.asks or rule.fits)
def test_one_fact_that_fails_one_rule_is_never_a_yes_and_is_named(rule):
    found = [pair for number, pair in enumerate(ALL) if RULES[number % len(RULES)] is rule]

    assert found
    for pair in found:
        assert pair.good.explained().verdict is Verdict.YES, pair.good.situation
        explained = pair.bad.explained()
        assert explained.verdict is not Verdict.YES, pair.bad.situation
        assert any(
            word in explained.line.replace("Keep", "keep") for word in rule.names.split("|")
        ), explained.line
        against = [each for each in explained.reasons if each.verdict is not Verdict.YES]
        assert {each.verdict for each in against} == {explained.verdict}
