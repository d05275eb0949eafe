"""A whole step, and how a referral stands after one, by the rules alone. Pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from resourcedir.identity import Role
from resourcedir.referrals import lifecycle
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import (
    TRANSITIONS,
    Absence,
    Action,
    Result,
    State,
    Status,
    Step,
    Undo,
    WordOf,
)

NOON: Final = datetime(2026, 3, 12, 16, tzinfo=UTC)
_AHEAD: Final = timedelta(days=2)
_BEGUN: Final = timedelta(hours=1)


def usual_word(action: Action, state: State, role: Role | None) -> WordOf:
    """Return on whose word a step stands where nobody says."""
    return lifecycle.words_of(action, state.mode, role)[0]


def complete(action: Action, state: State, role: Role | None, at: datetime = NOON) -> Step:
    """Return the step with all that it asks for in this referral, and no more.

    An intake lies ahead, or at an even minute has begun: only then can anybody have missed it.
    """
    word = usual_word(action, state, role)
    wanted = lifecycle.asks(TRANSITIONS[action], state, role, word)
    starts_at = at + _AHEAD if at.minute % 2 else at - _BEGUN
    intake = Appointment(starts_at, 60, "America/New_York")
    return Step(
        action,
        wanted.reasons[0] if wanted.reasons else None,
        Result.PARTLY if wanted.result else None,
        "a few words" if wanted.note_needed else "",
        intake if wanted.appointment else None,
        Absence.ACCEPTABLE if wanted.absence else None,
        7 if wanted.wait else None,
    )


def moved(state: State, role: Role | None, given: Step) -> State:
    """Return how a referral stands after a step, as its rows would say.

    :raises DomainError: if the rules refuse.
    """
    word = usual_word(given.action, state, role)
    step = lifecycle.only_asked(state, role, given, word)
    status = lifecycle.step(state, role, step, word)
    last = state.last
    if TRANSITIONS[step.action].target is not None or step.action is Action.CORRECT:
        # What left the draft was the first move: before it there is nothing to go back to.
        left = state.status is Status.DRAFT
        last = None if left else Undo(step.action, state.status, role)
    opened = state.opened or step.action is Action.OPEN
    return replace(state, status=status, opened=opened, last=last)
