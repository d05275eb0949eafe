"""Every label of the page Today, in plain words, in one place.

Pure: English, marked for translation; pages pass it through gettext.
"""

from enum import StrEnum
from typing import Final

from resourcedir.texts import N_
from resourcedir.today.sections import Section

TITLES: Final = {
    Section.ASKED: N_("They ask you for more"),
    Section.OFFERED: N_("An opening is held for them"),
    Section.WROTE: N_("They wrote to you"),
    Section.LATE: N_("No answer, past due"),
    Section.NO_NEXT_STEP: N_("Came to nothing, no next step"),
    Section.MISSED: N_("Did not come"),
    Section.INTAKE: N_("Intake today and tomorrow"),
    Section.NOT_SAID: N_("Intake over, nobody said who came"),
    Section.UNKNOWN: N_("Outcome not known"),
    Section.DRAFTS: N_("Drafts left lying"),
    Section.NO_CONTACT: N_("Nothing done for 30 days"),
}

SHORT: Final = {
    Section.ASKED: N_("Asked for more"),
    Section.OFFERED: N_("Opening held"),
    Section.WROTE: N_("Wrote"),
    Section.LATE: N_("Past due"),
    Section.NO_NEXT_STEP: N_("No next step"),
    Section.MISSED: N_("Missed"),
    Section.INTAKE: N_("Intake"),
    Section.NOT_SAID: N_("Not said"),
    Section.UNKNOWN: N_("Silent"),
    Section.DRAFTS: N_("Drafts"),
    Section.NO_CONTACT: N_("Nothing done"),
}
"""The same over a column of a table."""

ABOUT: Final = {
    Section.ASKED: N_("The provider waits for your answer."),
    Section.OFFERED: N_(
        "It became free while they waited, and goes to the next when it is not taken."
    ),
    Section.WROTE: N_("Until you write back, call or take a step."),
    Section.LATE: N_("Sent in the app; the time to answer is over."),
    Section.NO_NEXT_STEP: N_(
        "Declined, expired or ended early, and no later referral for the same need."
    ),
    Section.MISSED: N_("The intake was missed and no new one is set."),
    Section.INTAKE: N_("By the clock of the place."),
    Section.NOT_SAID: N_("The time of the intake has passed."),
    Section.UNKNOWN: N_(
        "Accepted or recorded and silent for 7 days, waiting for 14, started and silent for 30,"
        " or ended without a known outcome."
    ),
    Section.DRAFTS: N_("Begun 2 days ago or earlier, and never sent."),
    Section.NO_CONTACT: N_(
        "Clients with needs or open referrals, and nothing done on any referral."
    ),
}
"""What stands in a list, in a sentence under its heading."""


class Does(StrEnum):
    """The one action of a row."""

    ANSWER = "answer"
    CALL = "call"
    CALL_CLIENT = "call_client"
    ELSEWHERE = "elsewhere"
    NEW_INTAKE = "new_intake"
    HEAR = "hear"
    OUTCOME = "outcome"
    FINISH = "finish"
    FIND = "find"
    LOOK = "look"
    READ = "read"


ACTIONS: Final = {
    Does.ANSWER: N_("Answer them"),
    Does.CALL: N_("Call and log"),
    Does.CALL_CLIENT: N_("Call the client"),
    Does.ELSEWHERE: N_("Refer elsewhere"),
    Does.NEW_INTAKE: N_("Set a new intake"),
    Does.HEAR: N_("Say if they came"),
    Does.OUTCOME: N_("Record an outcome"),
    Does.FINISH: N_("Finish the draft"),
    Does.FIND: N_("Find a place"),
    Does.LOOK: N_("See the record"),
    Does.READ: N_("Read it"),
}


class Bulk(StrEnum):
    """What may be done with several rows at once."""

    REMIND = "remind"
    SETTLE = "settle"
    THROW_AWAY = "throw_away"


BULK_OF: Final = {
    Section.LATE: Bulk.REMIND,
    Section.NO_NEXT_STEP: Bulk.SETTLE,
    Section.NOT_SAID: Bulk.REMIND,
    Section.UNKNOWN: Bulk.REMIND,
    Section.DRAFTS: Bulk.THROW_AWAY,
}
"""One button a list; the others need a look at each."""

BULK_BUTTONS: Final = {
    Bulk.REMIND: N_("Remind all ticked"),
    Bulk.SETTLE: N_("Nothing more is needed for all ticked"),
    Bulk.THROW_AWAY: N_("Throw away all ticked"),
}

BULK_TITLES: Final = {
    Bulk.REMIND: N_("Remind these providers?"),
    Bulk.SETTLE: N_("Is nothing more needed here?"),
    Bulk.THROW_AWAY: N_("Throw these drafts away?"),
}

BULK_ABOUT: Final = {
    Bulk.REMIND: N_("Each of them stands on top of the provider's list, marked as asked again."),
    Bulk.SETTLE: N_(
        "They leave this list. Each referral keeps, as your word, that nothing more is needed."
    ),
    Bulk.THROW_AWAY: N_("This cannot be taken back. Nothing of them has left the agency."),
}

BULK_SURE: Final = {
    Bulk.REMIND: N_("Remind them"),
    Bulk.SETTLE: N_("Nothing more is needed"),
    Bulk.THROW_AWAY: N_("Throw them away"),
}


class NoMore(StrEnum):
    """Why nothing more is needed."""

    GOT_ELSEWHERE = "got_elsewhere"
    CLIENT_CHOSE = "client_chose"
    AWAY = "away"
    NOT_ORDERED = "not_ordered"


NO_MORE: Final = {
    NoMore.GOT_ELSEWHERE: N_("The client found help elsewhere"),
    NoMore.CLIENT_CHOSE: N_("The client does not want it"),
    NoMore.AWAY: N_("The client moved away or is in custody"),
    NoMore.NOT_ORDERED: N_("It is not asked of the client any more"),
}

NO_MORE_NOTE: Final = N_("Nothing more is needed: %(why)s.")

COUNTS: Final = (
    (
        N_("Open referrals"),
        N_("Sent or recorded, and not ended. Drafts do not count."),
    ),
    (
        N_("Answered in 7 days"),
        N_(
            "Of the referrals sent in the app in the last 90 days that were answered, or were sent"
            " 7 days ago or earlier: how many got a yes, a no, an intake or a place on the waiting"
            " list within 7 days. A question back is no answer. Recorded referrals do not count,"
            " nor those that were withdrawn before the 7 days were over."
        ),
    ),
    (
        N_("Known outcome, 90 days"),
        N_(
            "Of the referrals sent or recorded in the last 90 days that have ended, or that have"
            " been silent too long: how many the provider declined, or somebody has told what came"
            " of them and nobody contradicts. No answer at all counts as not known. Withdrawn"
            " referrals do not count, nor those still under way."
        ),
    ),
    (
        N_("Never counted"),
        N_("Drafts, and what was entered in error."),
    ),
)
"""The definitions, as the page says them: see ``measures``."""
