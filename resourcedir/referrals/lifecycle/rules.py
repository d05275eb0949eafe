"""The life of a referral: which step may be taken, from where, by whom, on whose word.

Pure. Everything else that needs a rule of the lifecycle (buttons, forms, commands, documents) asks
this module. Status names follow HL7 FHIR R4 ``Task.status`` as profiled for closed-loop social-care
referral (SDOHCC Referral Task Status).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resourcedir.errors import NotAllowed, TransitionNotAllowed
from resourcedir.identity import Role
from resourcedir.texts import N_

NOTE_MAX_LENGTH: Final = 500  # characters; read on one screen


class Mode(StrEnum):
    """Live: the provider answers in the app. Recorded: the officer phoned, or the client goes."""

    LIVE = "live"
    RECORDED = "recorded"


class Status(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    IN_SERVICE = "in_service"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    SEND = "send"
    RECORD = "record"
    OPEN = "open"
    WAITLIST = "waitlist"
    ACCEPT = "accept"
    DECLINE = "decline"
    START = "start"
    COMPLETE = "complete"
    END_EARLY = "end_early"
    WITHDRAW = "withdraw"


class Reason(StrEnum):
    """Why a referral was declined, ended early or withdrawn."""

    FULL = "full"
    NOT_ELIGIBLE = "not_eligible"
    CLOSED = "closed"
    NOT_REACHED = "not_reached"
    DID_NOT_COME = "did_not_come"
    CLIENT_CHOSE = "client_chose"
    ASKED_TO_LEAVE = "asked_to_leave"
    MOVED = "moved"
    OTHER_PLACE = "other_place"
    MISTAKE = "mistake"
    OTHER = "other"


class Result(StrEnum):
    """What came of it, for the need."""

    GOT_HELP = "got_help"
    PARTLY = "partly"
    NOT_HELPED = "not_helped"
    NOT_KNOWN = "not_known"


class WordOf(StrEnum):
    """Who says so; apart from who writes it down."""

    PROVIDER = "provider"
    CLIENT = "client"
    OFFICER = "officer"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One step.

    ``told``: an officer may record it on somebody else's word. ``shortcuts``: where else it starts
    from in a recorded referral, of which nobody hears every step. ``only_in``: None is both modes.
    ``unseen``: the provider may take it before the client's name was shown.
    """

    action: Action
    sources: frozenset[Status]
    target: Status | None  # None: the status stays
    may: Role
    only_in: Mode | None = None
    told: bool = False
    unseen: bool = False
    shortcuts: frozenset[Status] = frozenset()
    reasons: tuple[Reason, ...] = ()
    needs_result: bool = False


_DRAFT: Final = frozenset({Status.DRAFT})
_WAITING: Final = frozenset({Status.SENT, Status.WAITLISTED})
_UNDER_WAY: Final = _WAITING | {Status.ACCEPTED, Status.IN_SERVICE}

_TABLE: Final = (
    Transition(
        action=Action.SEND,
        sources=_DRAFT,
        target=Status.SENT,
        may=Role.OFFICER,
        only_in=Mode.LIVE,
    ),
    Transition(
        action=Action.RECORD,
        sources=_DRAFT,
        target=Status.SENT,
        may=Role.OFFICER,
        only_in=Mode.RECORDED,
    ),
    Transition(
        action=Action.OPEN,
        # Also later: an officer may have recorded an answer by phone before anybody opened it.
        sources=_UNDER_WAY,
        target=None,
        may=Role.PROVIDER,
        only_in=Mode.LIVE,
        unseen=True,
    ),
    Transition(
        action=Action.ACCEPT,
        sources=_WAITING,
        target=Status.ACCEPTED,
        may=Role.PROVIDER,
        told=True,
    ),
    Transition(
        action=Action.WAITLIST,
        sources=frozenset({Status.SENT}),
        target=Status.WAITLISTED,
        may=Role.PROVIDER,
        told=True,
    ),
    Transition(
        action=Action.DECLINE,
        sources=_WAITING,
        target=Status.DECLINED,
        may=Role.PROVIDER,
        told=True,
        unseen=True,  # who has no room need not learn a name to say so
        reasons=(
            Reason.FULL,
            Reason.NOT_ELIGIBLE,
            Reason.CLOSED,
            Reason.NOT_REACHED,
            Reason.CLIENT_CHOSE,
            Reason.OTHER,
        ),
    ),
    Transition(
        action=Action.START,
        sources=frozenset({Status.ACCEPTED}),
        target=Status.IN_SERVICE,
        may=Role.PROVIDER,
        told=True,
        shortcuts=_WAITING,
    ),
    Transition(
        action=Action.COMPLETE,
        sources=frozenset({Status.IN_SERVICE}),
        target=Status.COMPLETED,
        may=Role.PROVIDER,
        told=True,
        shortcuts=_WAITING | {Status.ACCEPTED},
        needs_result=True,
    ),
    Transition(
        action=Action.END_EARLY,
        sources=frozenset({Status.ACCEPTED, Status.IN_SERVICE}),
        target=Status.ENDED_EARLY,
        may=Role.PROVIDER,
        told=True,
        shortcuts=_WAITING,
        reasons=(
            Reason.DID_NOT_COME,
            Reason.CLIENT_CHOSE,
            Reason.ASKED_TO_LEAVE,
            Reason.MOVED,
            Reason.OTHER,
        ),
        needs_result=True,
    ),
    Transition(
        action=Action.WITHDRAW,
        sources=_DRAFT | _UNDER_WAY,
        target=Status.WITHDRAWN,
        may=Role.OFFICER,
        reasons=(
            Reason.OTHER_PLACE,
            Reason.CLIENT_CHOSE,
            Reason.MOVED,
            Reason.MISTAKE,
            Reason.OTHER,
        ),
    ),
)
TRANSITIONS: Final = {transition.action: transition for transition in _TABLE}

OPEN: Final = frozenset(source for t in TRANSITIONS.values() for source in t.sources)
CLOSED: Final = frozenset(Status) - OPEN
_PACKET_GONE: Final = frozenset({Status.DECLINED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class State:
    """Where a referral stands. ``opened``: the provider has been shown the client's name."""

    status: Status
    mode: Mode | None
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody asks to do. ``note`` is free text; it is sealed where it is stored."""

    action: Action
    reason: Reason | None = None
    result: Result | None = None
    note: str = ""


def step(state: State, role: Role, asked: Step) -> Status:
    """Return the status that follows when somebody in ``role`` takes the step.

    :raises NotAllowed: if this kind of person never takes it in such a referral.
    :raises TransitionNotAllowed: if it does not start from here, or something is missing.
    """
    transition = TRANSITIONS[asked.action]
    if not _may(transition, state.mode, role):
        raise NotAllowed(N_("This step is not yours to take."))
    if state.status not in _sources(transition, state.mode):
        raise TransitionNotAllowed(
            N_("This step cannot be taken any more: the referral has moved on.")
        )
    if not _seen_enough(transition, state, role):
        raise TransitionNotAllowed(N_("Open the referral first, then answer it."))
    if fault := _fault(transition, asked):
        raise TransitionNotAllowed(fault)
    return transition.target or state.status


def choices(state: State, role: Role) -> Iterator[Transition]:
    """Yield what somebody in ``role`` may do next. Every button on every page comes from here."""
    return (
        t
        for t in TRANSITIONS.values()
        if state.status in _sources(t, state.mode)
        and _may(t, state.mode, role)
        and _seen_enough(t, state, role)
        and not (t.action is Action.OPEN and state.opened)
    )


def shows_packet(state: State) -> bool:
    """Say whether the provider may read about the client: opened, and neither of them said no."""
    return state.mode is Mode.LIVE and state.opened and state.status not in _PACKET_GONE


def word_of(action: Action) -> WordOf:
    """Return whose step it is by its nature, whoever writes it down."""
    return WordOf.PROVIDER if TRANSITIONS[action].may is Role.PROVIDER else WordOf.OFFICER


def words_of(action: Action, mode: Mode | None, role: Role) -> tuple[WordOf, ...]:
    """Return on whose word somebody in ``role`` may record a step; the first is the usual one.

    In a live referral a provider's step stands on the provider's word alone; what the client says
    is an outcome beside it.
    """
    if TRANSITIONS[action].may is Role.OFFICER:
        return (WordOf.OFFICER,)
    if role is Role.OFFICER and mode is Mode.RECORDED:
        return (WordOf.PROVIDER, WordOf.CLIENT, WordOf.DOCUMENT, WordOf.OFFICER)
    return (WordOf.PROVIDER,)


def _may(transition: Transition, mode: Mode | None, role: Role) -> bool:
    if transition.only_in not in {None, mode}:
        return False
    if role is Role.PROVIDER:
        return transition.may is Role.PROVIDER and mode is Mode.LIVE
    return role is Role.OFFICER and (transition.may is Role.OFFICER or transition.told)


def _sources(transition: Transition, mode: Mode | None) -> frozenset[Status]:
    more = transition.shortcuts if mode is Mode.RECORDED else frozenset()
    return transition.sources | more


def _seen_enough(transition: Transition, state: State, role: Role) -> bool:
    return role is not Role.PROVIDER or state.opened or transition.unseen


def _fault(transition: Transition, asked: Step) -> str | None:
    if transition.reasons and asked.reason not in transition.reasons:
        return N_("Choose a reason.")
    if transition.needs_result and asked.result is None:
        return N_("Say what came of it.")
    if len(asked.note) > NOTE_MAX_LENGTH:
        return N_("Shorten the note to 500 characters.")
    return None
