"""Every label of a referral's life, in plain words, in one place.

Pure: English, marked for translation; pages pass it through gettext. It names no client and
guesses no gender. A recorded referral is never called sent: nobody was sent anything.
"""

from collections.abc import Mapping
from typing import Final

from resourcedir.referrals.appointments import ConflictKind
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.ground import Ground
from resourcedir.referrals.lifecycle import (
    Absence,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    WordOf,
)
from resourcedir.referrals.outcomes import Milestone
from resourcedir.texts import N_

NOT_SAID: Final = N_("not said")

_STATUSES: Final = {
    Status.DRAFT: N_("Draft"),
    Status.SENT: N_("Waiting for the provider"),
    Status.INFO_ASKED: N_("The provider asks for more"),
    Status.WAITLISTED: N_("On the waiting list"),
    Status.ACCEPTED: N_("Accepted"),
    Status.INTAKE_SCHEDULED: N_("Intake set"),
    Status.NO_SHOW: N_("Did not come"),
    Status.IN_SERVICE: N_("Started"),
    Status.COMPLETED: N_("Finished"),
    Status.ENDED_EARLY: N_("Ended early"),
    Status.DECLINED: N_("Declined"),
    Status.WITHDRAWN: N_("Withdrawn"),
    Status.EXPIRED: N_("Time ran out"),
    Status.ENTERED_IN_ERROR: N_("Entered in error"),
}
_RECORDED: Final = {Status.SENT: N_("Recorded, nothing heard yet")}

PORTAL_STATUSES: Final = _STATUSES | {
    Status.SENT: N_("Waiting for your answer"),
    Status.INFO_ASKED: N_("You asked the officer for more"),
    Status.EXPIRED: N_("Closed: the time was over"),
}
"""As the provider reads them."""


def status_label(status: Status, mode: Mode | None) -> str:
    """Return how an officer calls a status."""
    own = _RECORDED if mode is Mode.RECORDED else {}
    return own.get(status, _STATUSES[status])


MODES: Final = {
    Mode.LIVE: N_("Sent in the app"),
    Mode.RECORDED: N_("Recorded only"),
}

PROVIDER_ACTIONS: Final = {
    Action.OPEN: N_("Open and see who it is"),
    Action.ACCEPT: N_("Accept"),
    Action.SCHEDULE: N_("Set an intake"),
    Action.WAITLIST: N_("Put on the waiting list"),
    Action.ASK_INFO: N_("Ask for more"),
    Action.DECLINE: N_("Decline"),
    Action.START: N_("The person has started"),
    Action.MISS: N_("The person did not come"),
    Action.COMPLETE: N_("The person has finished"),
    Action.END_EARLY: N_("It ended early"),
    Action.CORRECT: N_("Take back the last step"),
    Action.MESSAGE: N_("Write to the officer"),
}
"""The provider's own buttons."""

OFFICER_ACTIONS: Final = {
    Action.SEND: N_("Send"),
    Action.RECORD: N_("Record"),
    Action.ACCEPT: N_("They accepted"),
    Action.SCHEDULE: N_("They set an intake"),
    Action.WAITLIST: N_("They put the client on the waiting list"),
    Action.ASK_INFO: N_("They ask for more"),
    Action.ANSWER_INFO: N_("Answer their question"),
    Action.DECLINE: N_("They declined"),
    Action.START: N_("The client has started"),
    Action.MISS: N_("The client did not come"),
    Action.COMPLETE: N_("The client has finished"),
    Action.END_EARLY: N_("It ended early"),
    Action.WITHDRAW: N_("Withdraw this referral"),
    Action.ERROR: N_("Mark as entered in error"),
    Action.CORRECT: N_("Take back the last step"),
    Action.JUDGE: N_("Say if the absence is acceptable"),
    Action.MESSAGE: N_("Write to the provider"),
    Action.CALL: N_("Log a call"),
    Action.NUDGE: N_("Remind the provider"),
}
"""The officer's: what somebody told, or what is the officer's own to do."""

EVENTS: Final = {
    Action.SEND: N_("Sent"),
    Action.RECORD: N_("Recorded"),
    Action.OPEN: N_("Opened, the name was shown"),
    Action.ACCEPT: N_("Accepted"),
    Action.SCHEDULE: N_("Intake set"),
    Action.WAITLIST: N_("Put on the waiting list"),
    Action.ASK_INFO: N_("The provider asked for more"),
    Action.ANSWER_INFO: N_("The officer answered"),
    Action.DECLINE: N_("Declined"),
    Action.START: N_("Started"),
    Action.MISS: N_("Did not come"),
    Action.COMPLETE: N_("Finished"),
    Action.END_EARLY: N_("Ended early"),
    Action.WITHDRAW: N_("Withdrawn"),
    Action.ERROR: N_("Marked as entered in error"),
    Action.CORRECT: N_("The step before was taken back"),
    Action.JUDGE: N_("The absence was judged"),
    Action.MESSAGE: N_("Message"),
    Action.CALL: N_("Called"),
    Action.NUDGE: N_("The provider was asked again"),
    Action.OFFER: N_("An opening became free and is held for this referral"),
    Action.REMIND: N_("Reminded"),
    Action.ESCALATE: N_("Past due: the supervisor sees it"),
    Action.EXPIRE: N_("Closed, because the time was over"),
    Action.LET_GO: N_("The opening is no longer held"),
}
"""A line of the timeline."""

_OVERTAKEN: Final = {
    Action.SEND: N_("This referral was sent meanwhile. Nothing of yours was saved over it."),
    Action.RECORD: N_("This referral was recorded meanwhile. Nothing of yours was saved over it."),
    Action.OPEN: N_("This referral was opened meanwhile. Nothing of yours was saved over it."),
    Action.ACCEPT: N_("This referral was accepted meanwhile. Nothing of yours was saved over it."),
    Action.WAITLIST: N_(
        "This referral was put on the waiting list meanwhile. Nothing of yours was saved over it."
    ),
    Action.DECLINE: N_("This referral was declined meanwhile. Nothing of yours was saved over it."),
    Action.START: N_("This was recorded as started meanwhile. Nothing of yours was saved over it."),
    Action.COMPLETE: N_(
        "This was recorded as finished meanwhile. Nothing of yours was saved over it."
    ),
    Action.END_EARLY: N_(
        "This was recorded as ended early meanwhile. Nothing of yours was saved over it."
    ),
    Action.WITHDRAW: N_(
        "This referral was withdrawn meanwhile. Nothing of yours was saved over it."
    ),
    Action.EXPIRE: N_("This referral expired meanwhile. Nothing of yours was saved over it."),
}
_MOVED_ON: Final = N_("This referral has moved on meanwhile. Nothing of yours was saved over it.")
_OVERTAKEN.update({each: _MOVED_ON for each in Action if each not in _OVERTAKEN})
OVERTAKEN: Final[Mapping[Action, str]] = _OVERTAKEN
"""Told to the second of two people: what the first did."""

REASONS: Final = {
    Reason.FULL: N_("No room"),
    Reason.NOT_ELIGIBLE: N_("Does not meet the rules"),
    Reason.CLOSED: N_("Closed or not taking people now"),
    Reason.PLACE_MOVED: N_("The place has moved"),
    Reason.NOT_REACHED: N_("The client could not be reached"),
    Reason.LATER_START: N_("Starts later"),
    Reason.PAPERS_MISSING: N_("Papers are missing"),
    Reason.DID_NOT_COME: N_("Did not come"),
    Reason.CLIENT_CHOSE: N_("The client chose not to"),
    Reason.ASKED_TO_LEAVE: N_("Was asked to leave"),
    Reason.MOVED: N_("Moved away or is in custody"),
    Reason.OTHER_PLACE: N_("Found another place"),
    Reason.PLACE_NOT_REACHED: N_("The place could not be reached"),
    Reason.MISTAKE: N_("Made by mistake"),
    Reason.NO_ANSWER: N_("No answer"),
    Reason.QUESTION_OPEN: N_("The question was not answered"),
    Reason.SPOKE: N_("Spoke with them"),
    Reason.LEFT_MESSAGE: N_("Left a message"),
    Reason.WRONG_NUMBER: N_("Wrong number"),
    Reason.OTHER: N_("Another reason"),
}

RESULTS: Final = {
    Result.GOT_HELP: N_("Got the help"),
    Result.PARTLY: N_("Got part of it"),
    Result.NOT_HELPED: N_("Did not get the help"),
    Result.NOT_KNOWN: N_("Not known"),
}

ABSENCES: Final = {
    Absence.ACCEPTABLE: N_("Acceptable: there was a good reason"),
    Absence.UNACCEPTABLE: N_("Not acceptable"),
}

MILESTONES: Final = {
    Milestone.INTERVIEWED: N_("Interviewed"),
    Milestone.HIRED: N_("Hired"),
    Milestone.KEPT_30: N_("Still in the job after 30 days"),
    Milestone.KEPT_60: N_("Still in the job after 60 days"),
    Milestone.KEPT_90: N_("Still in the job after 90 days"),
    Milestone.KEPT_180: N_("Still in the job after 180 days"),
    Milestone.JOB_LOST: N_("No longer in the job"),
    Milestone.MOVED_IN: N_("Moved in"),
    Milestone.HOUSED_30: N_("Still there after 30 days"),
    Milestone.HOUSED_90: N_("Still there after 90 days"),
    Milestone.LEFT_FOR_HOME: N_("Left for a home that can last"),
    Milestone.LEFT_WITHOUT_HOME: N_("Left without a place to live"),
    Milestone.ENROLLED: N_("Enrolled"),
    Milestone.CLASS_FINISHED: N_("Finished the class"),
    Milestone.CREDENTIAL: N_("Earned the credential"),
    Milestone.ATTENDED: N_("Attended"),
    Milestone.TREATMENT_FINISHED: N_("Finished treatment"),
}

URGENCIES: Final = {
    Urgency.CRISIS: N_("Crisis: an answer within 2 hours, on any day"),
    Urgency.URGENT: N_("Urgent: an answer on the next working day"),
    Urgency.ROUTINE: N_("Routine: an answer within 5 working days"),
}

CONFLICTS: Final = {
    ConflictKind.APPOINTMENT: N_("Another appointment, %(reference)s: %(begins)s to %(ends)s"),
    ConflictKind.CURFEW: N_("In the client's curfew from %(begins)s to %(ends)s"),
    ConflictKind.WORK: N_("The client is at work from %(begins)s to %(ends)s"),
}

SOURCES: Final = {
    WordOf.PROVIDER: N_("The provider says so"),
    WordOf.CLIENT: N_("The client says so"),
    WordOf.DOCUMENT: N_("A document says so"),
    WordOf.OFFICER: N_("I saw it myself"),
}
"""As choices of a form."""

SAID_BY: Final = {
    WordOf.PROVIDER: N_("Provider says"),
    WordOf.CLIENT: N_("Client says"),
    WordOf.DOCUMENT: N_("Document"),
    WordOf.OFFICER: N_("Officer saw"),
    WordOf.CLOCK: N_("By itself"),
}
"""As headings and notes."""

GROUNDS: Final = {
    Ground.SIGNED_RELEASE: N_("The client signed a release"),
    Ground.CLIENT_WORD: N_("The client agreed aloud before a witness"),
    Ground.CONDITION: N_("The court or board ordered it"),
}

CONTACTS: Final = {
    "call": N_("Call the client"),
    "text": N_("Text the client"),
    "officer": N_("Through the officer only"),
}

_PLACES: Final = {
    "housing": N_("the house"),
    "treatment": N_("the clinic"),
    "health": N_("the clinic"),
    "mental-health": N_("the clinic"),
    "education": N_("the school"),
    "employment": N_("the employer"),
}
# Translators: in Spanish each is feminine ("la casa", "la empresa"), so that "de la" fits.
_ANY_PLACE: Final = N_("the organization")


def place_word(need: str | None) -> str:
    """Return what people call the place where a need of this widest term is met."""
    return _PLACES.get(need or "", _ANY_PLACE)


_SENTENCES: Final[Mapping[Status, str]] = {
    Status.DRAFT: N_("Draft. Nothing has left yet."),
    Status.SENT: N_("Sent. Not opened yet."),
    Status.INFO_ASKED: N_("They ask for more. The answer is yours."),
    Status.WAITLISTED: N_("On the waiting list."),
    Status.ACCEPTED: N_("Accepted. Not started yet."),
    Status.INTAKE_SCHEDULED: N_("Accepted. The intake is set."),
    Status.NO_SHOW: N_("Did not come to the intake."),
    Status.IN_SERVICE: N_("Started. Not finished yet."),
    Status.COMPLETED: N_("Finished."),
    Status.ENDED_EARLY: N_("Ended early."),
    Status.DECLINED: N_("Declined. Another place is needed."),
    Status.WITHDRAWN: N_("Withdrawn."),
    Status.EXPIRED: N_("Closed: the time to answer was over. Another place is needed."),
    Status.ENTERED_IN_ERROR: N_("Entered in error. It does not count."),
}


def sentence(state: State) -> str:
    """Return the sentence that says where a referral stands; title and heading of its page."""
    if state.status is Status.SENT and state.mode is Mode.RECORDED:
        return N_("Recorded. Nothing heard yet.")
    if state.status is Status.SENT and state.opened:
        return N_("Opened. Not answered yet.")
    return _SENTENCES[state.status]


_NEXT: Final[Mapping[Status, str]] = {
    Status.DRAFT: N_("Next: finish this draft or throw it away"),
    Status.SENT: N_("Next: wait for the answer of %(place)s, or call"),
    Status.INFO_ASKED: N_("Next: answer the question of %(place)s"),
    Status.WAITLISTED: N_("Next: ask %(place)s if the wait goes on"),
    Status.ACCEPTED: N_("Next: ask %(place)s for an intake, or if it has started"),
    Status.INTAKE_SCHEDULED: N_("Next: the intake; then hear from %(place)s if the client came"),
    Status.NO_SHOW: N_("Next: hear why, and have %(place)s set a new intake"),
    Status.IN_SERVICE: N_("Next: ask %(place)s how it goes"),
    Status.COMPLETED: N_("Next: ask the client what came of it"),
    Status.ENDED_EARLY: N_("Next: see what is still needed"),
    Status.DECLINED: N_("Next: find another place"),
    Status.WITHDRAWN: N_("Nothing more happens to this referral"),
    Status.EXPIRED: N_("Next: find another place"),
    Status.ENTERED_IN_ERROR: N_("Nothing more happens to this referral"),
}


def next_step(state: State) -> str:
    """Return what the officer does next, as a heading with ``%(place)s`` for the place's word."""
    if state.status is Status.SENT and state.mode is Mode.RECORDED:
        return N_("Next: ask the client or %(place)s what happened")
    return _NEXT[state.status]


GROUP_DRAFT: Final = N_("Drafts")
GROUP_WAITING: Final = N_("Waiting for an answer")
GROUP_GOING_ON: Final = N_("Answered, or under way")
GROUP_ENDED: Final = N_("Ended")

OBSTACLES: Final = {
    "no_staff": N_(
        "It cannot be sent in the app: nobody of this provider can sign in."
        " Call them, then record it."
    ),
    "closed_now": N_(
        "It cannot be sent in the app: this place is closed for now. Call before the client goes."
    ),
    "applications_closed": N_(
        "It cannot be sent in the app: the last day to apply is over. Call before the client goes."
    ),
}
"""Why sending is not offered; by the values of ``queries.Obstacle``."""
