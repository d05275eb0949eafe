"""Judges one listing for one client: every finding and what they come to. Pure, and the truth.

``masks`` says the same of many listings at once; tests hold it to this.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from resourcedir.clients.facts import Known
from resourcedir.directory.asking import Asked, asked_by
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.whereabouts import Offered, offered
from resourcedir.matching import eligibility, limits
from resourcedir.matching.verdicts import Finding, Verdict, combined


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a listing a verdict rests on; two listings with equal ground are judged alike."""

    asked: tuple[Asked, ...]
    offered: Offered

    @classmethod
    def of(cls, facts: ListingFacts) -> Self:
        return cls(asked_by(facts), offered(facts))


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict and its findings, those that decide it first."""

    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """Return the findings that the verdict rests on; of a yes, all."""
        return tuple(each for each in self.findings if each.verdict is self.verdict)


def judge(ground: Ground, known: Known, on: date) -> Judged:
    """Return whether the place would take the client on a day, with each reason."""
    found = (
        *eligibility.findings(ground.asked, known.facts, on),
        *limits.findings(known.limits, ground.offered, on),
    )
    ordered = sorted(found, key=lambda each: -each.verdict)
    return Judged(combined(ordered), tuple(ordered))
