"""What came of a referral: in whose words, how far, and what several words come to. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from resourcedir.referrals.lifecycle.words import Result, WordOf


class Milestone(StrEnum):
    """How far it came, as the field counts it.

    Jobs: retention at 30, 60, 90 and 180 days (as workforce programs report it). Housing: moved
    in, stayed, and where to (as HMIS records a destination). Classes: enrolled, finished,
    credential. Treatment: attended, finished.
    """

    INTERVIEWED = "interviewed"
    HIRED = "hired"
    KEPT_30 = "kept_30"
    KEPT_60 = "kept_60"
    KEPT_90 = "kept_90"
    KEPT_180 = "kept_180"
    JOB_LOST = "job_lost"
    MOVED_IN = "moved_in"
    HOUSED_30 = "housed_30"
    HOUSED_90 = "housed_90"
    LEFT_FOR_HOME = "left_for_home"
    LEFT_WITHOUT_HOME = "left_without_home"
    ENROLLED = "enrolled"
    CLASS_FINISHED = "class_finished"
    CREDENTIAL = "credential"
    ATTENDED = "attended"
    TREATMENT_FINISHED = "treatment_finished"


MILESTONES: Final[Mapping[str, tuple[Milestone, ...]]] = {
    "employment": (
        Milestone.INTERVIEWED,
        Milestone.HIRED,
        Milestone.KEPT_30,
        Milestone.KEPT_60,
        Milestone.KEPT_90,
        Milestone.KEPT_180,
        Milestone.JOB_LOST,
    ),
    "housing": (
        Milestone.MOVED_IN,
        Milestone.HOUSED_30,
        Milestone.HOUSED_90,
        Milestone.LEFT_FOR_HOME,
        Milestone.LEFT_WITHOUT_HOME,
    ),
    "education": (Milestone.ENROLLED, Milestone.CLASS_FINISHED, Milestone.CREDENTIAL),
    "treatment": (Milestone.ATTENDED, Milestone.TREATMENT_FINISHED),
}
"""Widest need -> what may be recorded of it, besides whether it helped."""


def milestones(need: str | None) -> tuple[Milestone, ...]:
    """Return what may be recorded of a widest need."""
    return MILESTONES.get(need or "", ())


def counts_as(said: Mapping[WordOf, Result]) -> Result:
    """Return what the latest word of each source comes to.

    A document settles it. Provider and client who contradict each other leave it not known: the
    one with more to lose must not be outvoted in silence.
    """
    known = {source: result for source, result in said.items() if result is not Result.NOT_KNOWN}
    if (
        WordOf.DOCUMENT not in known
        and {WordOf.PROVIDER, WordOf.CLIENT} <= set(known)
        and known[WordOf.PROVIDER] is not known[WordOf.CLIENT]
    ):
        return Result.NOT_KNOWN
    order = (WordOf.DOCUMENT, WordOf.PROVIDER, WordOf.CLIENT, WordOf.OFFICER)
    return next((known[source] for source in order if source in known), Result.NOT_KNOWN)
