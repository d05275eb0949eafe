"""Every label of a referral's life, in plain words, in one place.

Pure: English, marked for translation; pages pass it through gettext. It names no client and
guesses no gender. A recorded referral is never called sent: nobody was sent anything.
"""

from collections.abc import Mapping
from typing import Final

from resourcedir.referrals.ground import Ground
from resourcedir.referrals.lifecycle import (
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    WordOf,
)
from resourcedir.texts import N_

NOT_SAID: Final = N_("not said")

_STATUSES: Final = {
    Status.DRAFT: N_("Draft"),
    Status.SENT: N_("Waiting for the provider"),
    Status.WAITLISTED: N_("On the waiting list"),
    Status.ACCEPTED: N_("Accepted"),
    Status.IN_SERVICE: N_("Started"),
    Status.COMPLETED: N_("Finished"),
    Status.ENDED_EARLY: N_("Ended early"),
    Status.DECLINED: N_("Declined"),
    Status.WITHDRAWN: N_("Withdrawn"),
}
_RECORDED: Final = {Status.SENT: N_("Recorded, nothing heard yet")}

PORTAL_STATUSES: Final = _STATUSES | {Status.SENT: N_("Waiting for your answer")}
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
    Action.WAITLIST: N_("Put on the waiting list"),
    Action.DECLINE: N_("Decline"),
    Action.START: N_("The person has started"),
    Action.COMPLETE: N_("The person has finished"),
    Action.END_EARLY: N_("It ended early, or the person did not come"),
}
"""The provider's own buttons."""

OFFICER_ACTIONS: Final = {
    Action.SEND: N_("Send"),
    Action.RECORD: N_("Record"),
    Action.ACCEPT: N_("They accepted"),
    Action.WAITLIST: N_("They put the client on the waiting list"),
    Action.DECLINE: N_("They declined"),
    Action.START: N_("The client has started"),
    Action.COMPLETE: N_("The client has finished"),
    Action.END_EARLY: N_("It ended early, or the client did not come"),
    Action.WITHDRAW: N_("Withdraw this referral"),
}
"""The officer's: what somebody told, or what is the officer's own to do."""

EVENTS: Final = {
    Action.SEND: N_("Sent"),
    Action.RECORD: N_("Recorded"),
    Action.OPEN: N_("Opened, the name was shown"),
    Action.ACCEPT: N_("Accepted"),
    Action.WAITLIST: N_("Put on the waiting list"),
    Action.DECLINE: N_("Declined"),
    Action.START: N_("Started"),
    Action.COMPLETE: N_("Finished"),
    Action.END_EARLY: N_("Ended early"),
    Action.WITHDRAW: N_("Withdrawn"),
}
"""A line of the timeline."""

OVERTAKEN: Final = {
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
}
"""Told to the second of two people: what the first did."""

REASONS: Final = {
    Reason.FULL: N_("No room"),
    Reason.NOT_ELIGIBLE: N_("Does not meet the rules"),
    Reason.CLOSED: N_("Closed or not taking people now"),
    Reason.NOT_REACHED: N_("Could not be reached"),
    Reason.DID_NOT_COME: N_("Did not come"),
    Reason.CLIENT_CHOSE: N_("The client chose not to"),
    Reason.ASKED_TO_LEAVE: N_("Was asked to leave"),
    Reason.MOVED: N_("Moved away or is in custody"),
    Reason.OTHER_PLACE: N_("Found another place"),
    Reason.MISTAKE: N_("Made by mistake"),
    Reason.OTHER: N_("Another reason"),
}

RESULTS: Final = {
    Result.GOT_HELP: N_("Got the help"),
    Result.PARTLY: N_("Got part of it"),
    Result.NOT_HELPED: N_("Did not get the help"),
    Result.NOT_KNOWN: N_("Not known"),
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
    Status.WAITLISTED: N_("On the waiting list."),
    Status.ACCEPTED: N_("Accepted. Not started yet."),
    Status.IN_SERVICE: N_("Started. Not finished yet."),
    Status.COMPLETED: N_("Finished."),
    Status.ENDED_EARLY: N_("Ended early."),
    Status.DECLINED: N_("Declined. Another place is needed."),
    Status.WITHDRAWN: N_("Withdrawn."),
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
    Status.WAITLISTED: N_("Next: ask %(place)s if the wait goes on"),
    Status.ACCEPTED: N_("Next: ask %(place)s if it has started"),
    Status.IN_SERVICE: N_("Next: ask %(place)s how it goes"),
    Status.COMPLETED: N_("Next: ask the client what came of it"),
    Status.ENDED_EARLY: N_("Next: see what is still needed"),
    Status.DECLINED: N_("Next: find another place"),
    Status.WITHDRAWN: N_("Nothing more happens to this referral"),
}


def next_step(state: State) -> str:
    """Return what the officer does next, as a heading with ``%(place)s`` for the place's word."""
    if state.status is Status.SENT and state.mode is Mode.RECORDED:
        return N_("Next: ask the client or %(place)s what happened")
    return _NEXT[state.status]


GROUP_DRAFT: Final = N_("Drafts")
GROUP_WAITING: Final = N_("Waiting for an answer")
GROUP_GOING_ON: Final = N_("Accepted or started")
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
