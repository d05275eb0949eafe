"""The one table of steps: from where, to where, by whom, on whose word, and what each asks for.

Pure. Buttons, forms, commands, ``docs/lifecycle.md`` and the tests are read off it.
"""

from dataclasses import dataclass
from typing import Final

from resourcedir.identity import Role
from resourcedir.referrals.lifecycle.words import Action, Mode, Reason, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One step.

    ``may``: whose step it is; None is the app itself, when a time has come.
    ``target``: None, where the status stays. CORRECT goes back to the status before, and
    ANSWER_INFO to the waiting list where the question came from there.
    ``told``: an officer may record it on somebody else's word.
    ``shortcuts``: where else it starts from in a recorded referral, of which nobody hears all.
    ``only_in``: None is both modes. ``unseen``: before the provider was shown the name.
    ``both``: the other side may take it as well.
    """

    action: Action
    sources: frozenset[Status]
    target: Status | None
    may: Role | None
    only_in: Mode | None = None
    told: bool = False
    both: bool = False
    unseen: bool = False
    shortcuts: frozenset[Status] = frozenset()
    reasons: tuple[Reason, ...] = ()
    needs_result: bool = False
    needs_note: bool = False
    needs_appointment: bool = False
    asks_absence: bool = False
    asks_wait: bool = False


DRAFT: Final = frozenset({Status.DRAFT})
UNANSWERED: Final = frozenset({Status.SENT, Status.INFO_ASKED})
"""A deadline runs: the provider owes an answer, or the officer one to its question."""

_WAITING: Final = UNANSWERED | {Status.WAITLISTED}
_EXPECTED: Final = frozenset({Status.ACCEPTED, Status.INTAKE_SCHEDULED, Status.NO_SHOW})
UNDER_WAY: Final = _WAITING | _EXPECTED | {Status.IN_SERVICE}
OPEN: Final = DRAFT | UNDER_WAY
CLOSED: Final = frozenset(Status) - OPEN
PACKET_GONE: Final = CLOSED - {Status.COMPLETED, Status.ENDED_EARLY}

_TABLE: Final = (
    Transition(
        action=Action.SEND,
        sources=DRAFT,
        target=Status.SENT,
        may=Role.OFFICER,
        only_in=Mode.LIVE,
    ),
    Transition(
        action=Action.RECORD,
        sources=DRAFT,
        target=Status.SENT,
        may=Role.OFFICER,
        only_in=Mode.RECORDED,
    ),
    Transition(
        action=Action.OPEN,
        # Also later: an officer may have recorded an answer by phone before anybody opened it.
        sources=UNDER_WAY,
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
        action=Action.SCHEDULE,
        sources=_WAITING | _EXPECTED,
        target=Status.INTAKE_SCHEDULED,
        may=Role.PROVIDER,
        told=True,
        needs_appointment=True,
    ),
    Transition(
        action=Action.WAITLIST,
        sources=UNANSWERED,
        target=Status.WAITLISTED,
        may=Role.PROVIDER,
        told=True,
        reasons=(Reason.FULL, Reason.LATER_START, Reason.PAPERS_MISSING, Reason.OTHER),
        asks_wait=True,
    ),
    Transition(
        action=Action.ASK_INFO,
        sources=frozenset({Status.SENT, Status.WAITLISTED}),
        target=Status.INFO_ASKED,
        may=Role.PROVIDER,
        only_in=Mode.LIVE,
        told=True,
        needs_note=True,
    ),
    Transition(
        action=Action.ANSWER_INFO,
        sources=frozenset({Status.INFO_ASKED}),
        target=Status.SENT,
        may=Role.OFFICER,
        only_in=Mode.LIVE,
        needs_note=True,
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
            Reason.PLACE_MOVED,
            Reason.NOT_REACHED,
            Reason.CLIENT_CHOSE,
            Reason.OTHER,
        ),
    ),
    Transition(
        action=Action.START,
        sources=_EXPECTED,
        target=Status.IN_SERVICE,
        may=Role.PROVIDER,
        told=True,
        shortcuts=_WAITING,
    ),
    Transition(
        action=Action.MISS,
        sources=frozenset({Status.INTAKE_SCHEDULED}),
        target=Status.NO_SHOW,
        may=Role.PROVIDER,
        told=True,
        shortcuts=_WAITING | {Status.ACCEPTED},
        asks_absence=True,
    ),
    Transition(
        action=Action.COMPLETE,
        sources=frozenset({Status.IN_SERVICE}),
        target=Status.COMPLETED,
        may=Role.PROVIDER,
        told=True,
        shortcuts=_WAITING | _EXPECTED,
        needs_result=True,
    ),
    Transition(
        action=Action.END_EARLY,
        sources=_EXPECTED | {Status.IN_SERVICE},
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
        sources=OPEN,
        target=Status.WITHDRAWN,
        may=Role.OFFICER,
        reasons=(
            Reason.OTHER_PLACE,
            Reason.CLIENT_CHOSE,
            Reason.MOVED,
            Reason.PLACE_NOT_REACHED,
            Reason.PLACE_MOVED,
            Reason.MISTAKE,
            Reason.OTHER,
        ),
    ),
    Transition(
        action=Action.ERROR,
        sources=frozenset(Status) - DRAFT - {Status.ENTERED_IN_ERROR},
        target=Status.ENTERED_IN_ERROR,
        may=Role.OFFICER,
        needs_note=True,
    ),
    Transition(
        action=Action.CORRECT,
        sources=frozenset(Status) - DRAFT - {Status.ENTERED_IN_ERROR},
        target=None,
        may=Role.OFFICER,
        both=True,
        needs_note=True,
    ),
    Transition(
        action=Action.JUDGE,
        sources=frozenset({Status.NO_SHOW}),
        target=None,
        may=Role.OFFICER,
        asks_absence=True,
    ),
    Transition(
        action=Action.MESSAGE,
        sources=UNDER_WAY,
        target=None,
        may=Role.OFFICER,
        both=True,
        only_in=Mode.LIVE,
        needs_note=True,
    ),
    Transition(
        action=Action.CALL,
        sources=frozenset(Status) - DRAFT - {Status.ENTERED_IN_ERROR},
        target=None,
        may=Role.OFFICER,
        reasons=(Reason.SPOKE, Reason.LEFT_MESSAGE, Reason.NO_ANSWER, Reason.WRONG_NUMBER),
    ),
    Transition(
        action=Action.NUDGE,
        sources=UNDER_WAY - {Status.INFO_ASKED},
        target=None,
        may=Role.OFFICER,
        only_in=Mode.LIVE,
    ),
    Transition(
        action=Action.OFFER,
        sources=frozenset({Status.WAITLISTED}),
        target=None,
        may=None,
        only_in=Mode.LIVE,
    ),
    Transition(
        action=Action.REMIND,
        sources=UNANSWERED | {Status.INTAKE_SCHEDULED},
        target=None,
        may=None,
        only_in=Mode.LIVE,
    ),
    Transition(
        action=Action.ESCALATE,
        sources=UNANSWERED,
        target=None,
        may=None,
        only_in=Mode.LIVE,
    ),
    Transition(
        action=Action.EXPIRE,
        sources=UNANSWERED,
        target=Status.EXPIRED,
        may=None,
        only_in=Mode.LIVE,
        reasons=(Reason.NO_ANSWER, Reason.QUESTION_OPEN),
    ),
    Transition(
        action=Action.LET_GO,
        sources=UNDER_WAY,
        target=None,
        may=None,
        only_in=Mode.LIVE,
    ),
)
TRANSITIONS: Final = {transition.action: transition for transition in _TABLE}

CORRECTABLE: Final = frozenset(
    t.action
    for t in _TABLE
    if t.target and t.may and t.action not in {Action.SEND, Action.RECORD, Action.ERROR}
) - {Action.ANSWER_INFO}
"""Steps that may be taken back: not what has already told somebody something."""

ATTENDANCE: Final = frozenset({Action.START, Action.MISS, Action.COMPLETE, Action.END_EARLY})
"""What a clinic may report without a release for more: attended, not attended, finished."""
ATTENDANCE_REASONS: Final = (Reason.DID_NOT_COME, Reason.OTHER)
