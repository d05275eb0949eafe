"""What comes of one saying of a listing and one fact, whatever they are about. Pure.

``eligibility`` has a function for each matter; this is what several of them share.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from resourcedir.clients.facts import Answers, Fact
from resourcedir.directory.asking import ANY, Asked, Matter
from resourcedir.directory.kinds import Stance
from resourcedir.matching.verdicts import Finding, Question, Verdict, Why

Findings = Iterator[Finding]

NEEDED_MEDICATIONS: Final = ("methadone", "buprenorphine", "naltrexone")
"""Of these a house that says nothing must be asked: refusing them is common, and often unlawful."""
GRAVE_OFFENSES: Final = (
    "arson",
    "sexual",
    "violent",
    "meth-manufacture",
    "registry",
    "against-children",
)
"""Of these too: insurers and landlords ask about them, whatever the page says."""
_OFTEN_REFUSED: Final = frozenset({*NEEDED_MEDICATIONS, *GRAVE_OFFENSES})


def named(asked: Asked, *stances: Stance) -> tuple[str, ...]:
    """Return the codes of which one of ``stances`` is said, each once."""
    found = (code for stance in stances for code in asked.with_stance(stance) if code != ANY)
    return tuple(dict.fromkeys(found))


def by_stance(about: Matter, code: str, stance: Stance, asks: Question | None) -> Finding:
    """Return what comes of something that is so, and refused or looked at case by case."""
    fact = asks.fact if asks else None
    if stance is Stance.EXCLUDED:
        return Finding(Verdict.NO, about, Why.REFUSED, code, fact=fact)
    return Finding(Verdict.CALL, about, Why.CASE_BY_CASE, code, fact=fact)


def if_so(
    about: Matter, code: str, stance: Stance, asks: Question | None, *, is_so: bool | None
) -> Findings:
    """Yield what comes of something that is not taken as it is, if it is so or may be."""
    if is_so is None:
        yield Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, code, asks=asks)
    elif is_so:
        yield by_stance(about, code, stance, asks)


def must_be_so(about: Matter, fact: Fact, *, is_so: bool | None) -> Finding:
    """Return what comes of something without which they take nobody."""
    if is_so is None:
        return Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, asks=Question(fact))
    verdict, why = (Verdict.YES, Why.FITS) if is_so else (Verdict.NO, Why.NOT_LISTED)
    return Finding(verdict, about, why, fact=fact)


def listed(asked: Asked, answers: Answers, every: Iterable[str], fact: Fact) -> Findings:
    """Yield what comes of each entry of a list that is so of the client, or may be."""
    if wanted := named(asked, Stance.REQUIRED):
        yield _one_listed(asked.matter, wanted, answers, fact)
    elif (ANY, Stance.REQUIRED) in asked.said:
        yield must_be_so(asked.matter, fact, is_so=True if answers.yes else None)
    found = [one for each in _said_of(asked, every) if (one := _entry(asked, *each, answers, fact))]
    missing = tuple(one.code for one in found if one.why is Why.FACT_MISSING)
    if missing and not answers.any_known:  # one question is asked about all of them
        asks = Question(fact)
        yield Finding(Verdict.NOT_KNOWN, asked.matter, Why.FACT_MISSING, codes=missing, asks=asks)
    else:
        yield from found
    if not found and not wanted and answers.any_known:
        yield Finding(Verdict.YES, asked.matter, Why.NOTHING_ASKED, fact=fact)


def _said_of(asked: Asked, every: Iterable[str]) -> Iterator[tuple[str, Stance | None]]:
    """Yield the entries that something is said of, or whose silence is a question."""
    said = dict(asked.said)
    general = said.get(ANY)
    for code in every:
        stance = said.get(code, general)
        if stance is not None or (asked.expected and code in _OFTEN_REFUSED):
            yield code, stance


def _one_listed(about: Matter, wanted: tuple[str, ...], answers: Answers, fact: Fact) -> Finding:
    """Return whether one of the entries is so without which they take nobody."""
    if shared := [code for code in wanted if answers.of(code)]:
        return Finding(Verdict.YES, about, Why.FITS, shared[0], codes=wanted, fact=fact)
    if missing := tuple(code for code in wanted if answers.of(code) is None):
        asks = Question(fact, missing[0] if len(missing) == 1 else "")
        return Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, codes=missing, asks=asks)
    return Finding(Verdict.NO, about, Why.NOT_LISTED, codes=wanted, fact=fact)


def _entry(
    asked: Asked, code: str, stance: Stance | None, answers: Answers, fact: Fact
) -> Finding | None:
    if (is_so := answers.of(code)) is False:
        return None
    if stance in {Stance.ACCEPTED, Stance.REQUIRED}:
        taken = is_so and stance is Stance.ACCEPTED  # what is required has a finding of its own
        return Finding(Verdict.YES, asked.matter, Why.FITS, code, fact=fact) if taken else None
    asks = Question(fact, code)
    if is_so is None:
        return Finding(Verdict.NOT_KNOWN, asked.matter, Why.FACT_MISSING, code, asks=asks)
    if stance is None:
        return Finding(Verdict.NOT_KNOWN, asked.matter, Why.UNSAID, code, fact=fact)
    return by_stance(asked.matter, code, stance, asks)
