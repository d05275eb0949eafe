"""Why a client's details may be sent, and whether what is recorded of it is complete.

Pure. It does not decide what may be sent: that is ``packet``.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resourcedir.errors import BadInput
from resourcedir.texts import N_


class Ground(StrEnum):
    """Why the client's details may be sent."""

    SIGNED_RELEASE = "signed_release"
    CLIENT_WORD = "client_word"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer recorded. ``detail``: the witness, or which condition it is."""

    ground: Ground | None = None
    from_on: date | None = None
    until_on: date | None = None
    detail: str = ""


def check(given: Given, today: date) -> None:
    """Pass if details may be sent on ``today``.

    A release must hold on that day, both ends included (42 CFR 2.31 asks for an end). Word of
    mouth needs somebody who heard it; a condition must be named.

    :raises BadInput: naming what is missing and the mend.
    """
    if fault := _fault(given, today):
        raise BadInput(fault)


def still_holds(given: Given, today: date) -> bool:
    """Say whether the ground of a sent referral still lets the provider open it."""
    return _fault(given, today) is None


def _fault(given: Given, today: date) -> str | None:
    match given.ground:
        case None:
            return N_("Choose why the client's details may be sent.")
        case Ground.SIGNED_RELEASE:
            return _release_fault(given.from_on, given.until_on, today)
        case Ground.CLIENT_WORD if not given.detail.strip():
            return N_("Name the witness who heard the client agree.")
        case Ground.CONDITION if not given.detail.strip():
            return N_("Say which condition of the court or board it is.")
        case _:
            return None


def _release_fault(from_on: date | None, until_on: date | None, today: date) -> str | None:
    if from_on is None or until_on is None:
        return N_("Give both dates of the release: when it was signed and when it ends.")
    if from_on > until_on:
        return N_("The release ends before it was signed: put its dates right.")
    if today < from_on:
        return N_("The release was signed after today: put its date right.")
    if today > until_on:
        return N_("The release has ended: have the client sign a new one.")
    return None
