"""What the app does by itself, and how what it waits for may end. Words only. Pure."""

from enum import StrEnum
from typing import Final


class DueKind(StrEnum):
    """REMIND, ESCALATE and EXPIRE are of an answer that is owed."""

    REMIND = "remind"
    ESCALATE = "escalate"
    EXPIRE = "expire"
    HOLD_ENDS = "hold_ends"
    INTAKE_AHEAD = "intake_ahead"


OF_ANSWER: Final = (DueKind.REMIND, DueKind.ESCALATE, DueKind.EXPIRE)


class HoldEnding(StrEnum):
    """How a hold ended. TAKEN: the client has the opening; else it is free again."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    LAPSED = "lapsed"


class IntakeEnding(StrEnum):
    """How an intake ended."""

    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"
    CANCELED = "canceled"
