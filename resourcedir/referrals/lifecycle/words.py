"""The words of a referral's life: its statuses, steps, reasons, and who says so. Pure.

Status names follow HL7 FHIR R4 ``Task.status`` as profiled for closed-loop social-care referral
(SDOHCC Referral Task Status); ``FHIR_STATUS`` says how each goes out.
"""

from enum import StrEnum
from typing import Final


class Mode(StrEnum):
    """Live: the provider answers in the app. Recorded: the officer phoned, or the client goes."""

    LIVE = "live"
    RECORDED = "recorded"


class Status(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    INFO_ASKED = "info_asked"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    INTAKE_SCHEDULED = "intake_scheduled"
    NO_SHOW = "no_show"
    IN_SERVICE = "in_service"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ENTERED_IN_ERROR = "entered_in_error"


FHIR_STATUS: Final = {
    Status.DRAFT: "draft",
    Status.SENT: "requested",
    Status.INFO_ASKED: "on-hold",
    Status.WAITLISTED: "on-hold",
    Status.ACCEPTED: "accepted",
    Status.INTAKE_SCHEDULED: "accepted",
    Status.NO_SHOW: "accepted",
    Status.IN_SERVICE: "in-progress",
    Status.COMPLETED: "completed",
    Status.ENDED_EARLY: "failed",
    Status.DECLINED: "rejected",
    Status.WITHDRAWN: "cancelled",
    Status.EXPIRED: "cancelled",
    Status.ENTERED_IN_ERROR: "entered-in-error",
}
"""Status -> ``Task.status``. The guide wants a reason with on-hold, cancelled, rejected, failed."""


class Action(StrEnum):
    SEND = "send"
    RECORD = "record"
    OPEN = "open"
    ACCEPT = "accept"
    SCHEDULE = "schedule"
    WAITLIST = "waitlist"
    ASK_INFO = "ask_info"
    ANSWER_INFO = "answer_info"
    DECLINE = "decline"
    START = "start"
    MISS = "miss"
    COMPLETE = "complete"
    END_EARLY = "end_early"
    WITHDRAW = "withdraw"
    ERROR = "error"
    CORRECT = "correct"
    JUDGE = "judge"
    MESSAGE = "message"
    CALL = "call"
    NUDGE = "nudge"
    OFFER = "offer"
    LET_GO = "let_go"
    REMIND = "remind"
    ESCALATE = "escalate"
    EXPIRE = "expire"


class Reason(StrEnum):
    """Why a step was taken; of a call: how it went."""

    FULL = "full"
    NOT_ELIGIBLE = "not_eligible"
    CLOSED = "closed"
    PLACE_MOVED = "place_moved"
    NOT_REACHED = "not_reached"
    LATER_START = "later_start"
    PAPERS_MISSING = "papers_missing"
    DID_NOT_COME = "did_not_come"
    CLIENT_CHOSE = "client_chose"
    ASKED_TO_LEAVE = "asked_to_leave"
    MOVED = "moved"
    OTHER_PLACE = "other_place"
    PLACE_NOT_REACHED = "place_not_reached"
    MISTAKE = "mistake"
    NO_ANSWER = "no_answer"
    QUESTION_OPEN = "question_open"
    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"
    OTHER = "other"


class Result(StrEnum):
    """What came of it, for the need."""

    GOT_HELP = "got_help"
    PARTLY = "partly"
    NOT_HELPED = "not_helped"
    NOT_KNOWN = "not_known"


class WordOf(StrEnum):
    """Who says so; apart from who writes it down. CLOCK: the app itself, when a time has come."""

    PROVIDER = "provider"
    CLIENT = "client"
    OFFICER = "officer"
    DOCUMENT = "document"
    CLOCK = "clock"


SOURCES: Final = (WordOf.PROVIDER, WordOf.CLIENT, WordOf.DOCUMENT, WordOf.OFFICER)
"""Who may say what came of it."""


class Absence(StrEnum):
    """What the officer makes of a missed intake."""

    ACCEPTABLE = "acceptable"
    UNACCEPTABLE = "unacceptable"
