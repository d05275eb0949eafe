"""The life of a referral: which step may be taken, from where, by whom, on whose word.

Pure. Everything else that needs a rule of the lifecycle (buttons, forms, commands, documents) asks
this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from resourcedir.errors import NotAllowed, TransitionNotAllowed
from resourcedir.identity import Role
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle.table import (
    ATTENDANCE,
    ATTENDANCE_REASONS,
    CORRECTABLE,
    PACKET_GONE,
    TRANSITIONS,
    Transition,
)
from resourcedir.referrals.lifecycle.words import (
    Absence,
    Action,
    Mode,
    Reason,
    Result,
    Status,
    WordOf,
)
from resourcedir.texts import N_

NOTE_MAX_LENGTH: Final = 500  # characters; read on one screen
WAIT_MAX_DAYS: Final = 3650


@dataclass(frozen=True, slots=True)
class Undo:
    """The last step that moved a referral: which, from where, and which side wrote it down."""

    action: Action
    back_to: Status
    role: Role | None


@dataclass(frozen=True, slots=True)
class State:
    """Where a referral stands.

    ``opened``: the provider has been shown the client's name. ``limited``: on the clinic's word
    attendance alone may be told. ``last``: what may be taken back, where it may.
    """

    status: Status
    mode: Mode | None
    opened: bool = False
    limited: bool = False
    last: Undo | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody asks to do. ``note`` is free text; it is sealed where it is stored."""

    action: Action
    reason: Reason | None = None
    result: Result | None = None
    note: str = ""
    appointment: Appointment | None = None
    absence: Absence | None = None
    wait_days: int | None = None


@dataclass(frozen=True, slots=True)
class Asks:
    """What a step asks for in one referral."""

    reasons: tuple[Reason, ...] = ()
    result: bool = False
    note_needed: bool = False
    note_allowed: bool = True
    dated: bool = False
    appointment: bool = False
    absence: bool = False
    absence_needed: bool = False
    wait: bool = False

    @property
    def nothing(self) -> bool:
        """Say whether one press is enough."""
        return not (
            self.reasons
            or self.result
            or self.note_needed
            or self.appointment
            or self.absence_needed
            or self.wait
        )


def asks(
    transition: Transition, state: State, role: Role | None, word: WordOf | None = None
) -> Asks:
    """Return what the step asks for on somebody's word; None is the usual one where that is sure.

    Whether an absence is acceptable, officers alone say.
    """
    words = words_of(transition.action, state.mode, role)
    word = word or (words[0] if len(words) == 1 else None)
    limited = state.limited and transition.action in ATTENDANCE and word is WordOf.PROVIDER
    reasons = transition.reasons
    if limited and reasons:
        reasons = ATTENDANCE_REASONS
    return Asks(
        reasons=reasons,
        result=transition.needs_result and not limited,
        note_needed=transition.needs_note,
        note_allowed=not limited,
        dated=transition.needs_result,
        appointment=transition.needs_appointment,
        absence=transition.asks_absence and role is Role.OFFICER,
        absence_needed=transition.action is Action.JUDGE,
        wait=transition.asks_wait,
    )


def step(state: State, role: Role | None, asked: Step, word: WordOf | None = None) -> Status:
    """Return the status that follows when somebody in ``role`` takes the step.

    :raises NotAllowed: if this kind of person never takes it in such a referral.
    :raises TransitionNotAllowed: if it does not start from here, or something is missing.
    """
    transition = TRANSITIONS[asked.action]
    if not _may(transition, state.mode, role):
        raise NotAllowed(N_("This step is not yours to take."))
    if not _starts(transition, state, role):
        raise TransitionNotAllowed(
            N_("This step cannot be taken any more: the referral has moved on.")
        )
    if not _seen_enough(transition, state, role):
        raise TransitionNotAllowed(N_("Open the referral first, then answer it."))
    if fault := _fault(asks(transition, state, role, word), asked):
        raise TransitionNotAllowed(fault)
    last = state.last
    goes_back = asked.action is Action.CORRECT or (
        asked.action is Action.ANSWER_INFO and last is not None and last.action is Action.ASK_INFO
    )
    if goes_back and last is not None:
        return last.back_to
    return transition.target or state.status


def only_asked(state: State, role: Role | None, given: Step, word: WordOf | None = None) -> Step:
    """Return the step without what it does not ask for: nobody tells more than may be told."""
    wanted = asks(TRANSITIONS[given.action], state, role, word)
    return replace(
        given,
        reason=given.reason if wanted.reasons else None,
        result=given.result if wanted.result else None,
        appointment=given.appointment if wanted.appointment else None,
        absence=given.absence if wanted.absence else None,
        wait_days=given.wait_days if wanted.wait else None,
    )


def choices(state: State, role: Role | None) -> Iterator[Transition]:
    """Yield what somebody in ``role`` may do next. Every button on every page comes from here."""
    return (
        t
        for t in TRANSITIONS.values()
        if _starts(t, state, role)
        and _may(t, state.mode, role)
        and _seen_enough(t, state, role)
        and not (t.action is Action.OPEN and state.opened)
    )


def shows_packet(state: State) -> bool:
    """Say whether the provider may read about the client: opened, and neither of them said no."""
    return state.mode is Mode.LIVE and state.opened and state.status not in PACKET_GONE


def word_of(action: Action) -> WordOf:
    """Return whose step it is by its nature, whoever writes it down."""
    match TRANSITIONS[action].may:
        case Role.PROVIDER:
            return WordOf.PROVIDER
        case None:
            return WordOf.CLOCK
        case _:
            return WordOf.OFFICER


def words_of(action: Action, mode: Mode | None, role: Role | None) -> tuple[WordOf, ...]:
    """Return on whose word somebody in ``role`` may record a step; the first is the usual one.

    In a live referral a provider's step stands on the provider's word alone; what the client says
    is an outcome beside it.
    """
    if role is None:
        return (WordOf.CLOCK,)
    if role is Role.PROVIDER:
        return (WordOf.PROVIDER,)
    if TRANSITIONS[action].may is Role.OFFICER:
        return (WordOf.OFFICER,)
    if mode is Mode.RECORDED:
        return (WordOf.PROVIDER, WordOf.CLIENT, WordOf.DOCUMENT, WordOf.OFFICER)
    return (WordOf.PROVIDER,)


def _may(transition: Transition, mode: Mode | None, role: Role | None) -> bool:
    if transition.only_in not in {None, mode}:
        return False
    if role is None or transition.may is None:
        return role is None and transition.may is None
    if role is Role.PROVIDER:
        return mode is Mode.LIVE and (transition.may is Role.PROVIDER or transition.both)
    return role is Role.OFFICER and (transition.may is Role.OFFICER or transition.told)


def _starts(transition: Transition, state: State, role: Role | None) -> bool:
    more = transition.shortcuts if state.mode is Mode.RECORDED else frozenset()
    if state.status not in transition.sources | more:
        return False
    if transition.action is not Action.CORRECT:
        return True
    # A mistake is taken back by the side that made it.
    last = state.last
    return last is not None and last.action in CORRECTABLE and last.role is role


def _seen_enough(transition: Transition, state: State, role: Role | None) -> bool:
    # Who has said no without opening may take that back without opening.
    correcting = transition.action is Action.CORRECT
    return role is not Role.PROVIDER or state.opened or transition.unseen or correcting


def _fault(wanted: Asks, asked: Step) -> str | None:
    if wanted.reasons and asked.reason not in wanted.reasons:
        return N_("Choose a reason.")
    if wanted.result and asked.result is None:
        return N_("Say what came of it.")
    if wanted.appointment and asked.appointment is None:
        return N_("Put in the day and the time of the intake.")
    if wanted.absence_needed and asked.absence is None:
        return N_("Say if the absence is acceptable.")
    return _note_fault(wanted, asked) or _wait_fault(asked)


def _note_fault(wanted: Asks, asked: Step) -> str | None:
    if wanted.note_needed and not asked.note.strip():
        return N_("Write a few words.")
    if len(asked.note) > NOTE_MAX_LENGTH:
        return N_("Shorten the note to 500 characters.")
    if asked.note.strip() and not wanted.note_allowed:
        return N_("The client released attendance alone: leave the note empty.")
    return None


def _wait_fault(asked: Step) -> str | None:
    if asked.wait_days is not None and not 0 <= asked.wait_days <= WAIT_MAX_DAYS:
        return N_("Put in the wait in days, from 0 to 3650.")
    return None
