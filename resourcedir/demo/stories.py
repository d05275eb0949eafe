"""What happened to each invented referral, told step by step through the app's own commands."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from resourcedir.identity import Officer, Provider
from resourcedir.referrals import commands
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.commands import Asked, By, Checked, Details, Said, Wanted
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Step, WordOf
from resourcedir.referrals.models import Referral

ZONE: Final = ZoneInfo("America/New_York")
URGENCIES: Final = (Urgency.ROUTINE, Urgency.ROUTINE, Urgency.URGENT)
Who = TypeVar("Who", Officer, Provider)
_TOKENS: Final = UUID("3f0e7f0e-5d3b-4c39-9d53-5c2e3f0b9a11")

ACCEPT: Final = Step(Action.ACCEPT)
START: Final = Step(Action.START)
FULL: Final = Step(Action.DECLINE, reason=Reason.FULL)
NOT_ELIGIBLE: Final = Step(Action.DECLINE, reason=Reason.NOT_ELIGIBLE)
WAIT: Final = Step(Action.WAITLIST, reason=Reason.FULL, wait_days=10)
ASK: Final = Step(Action.ASK_INFO, note="Which days can the person come?")
ANSWER: Final = Step(Action.ANSWER_INFO, note="Any weekday before noon.")
INTAKE: Final = Step(Action.SCHEDULE)  # the day is put in when it is told
MISSED: Final = Step(Action.MISS)
DONE: Final = Step(Action.COMPLETE, result=Result.GOT_HELP)
PARTLY: Final = Step(Action.COMPLETE, result=Result.PARTLY)
LEFT: Final = Step(Action.END_EARLY, reason=Reason.DID_NOT_COME, result=Result.NOT_HELPED)
WITHDRAWN: Final = Step(Action.WITHDRAW, reason=Reason.OTHER_PLACE)
ERROR: Final = Step(Action.ERROR, note="Made for another client.")

STORIES: Final[tuple[tuple[Step, ...], ...]] = (
    (),
    (ACCEPT, INTAKE),
    (ACCEPT, START),
    (ACCEPT, INTAKE, START, DONE),
    (FULL,),
    (WAIT,),
    (ACCEPT, LEFT),
    (ACCEPT, START, PARTLY),
    (WITHDRAWN,),
    (WAIT, ACCEPT),
    (NOT_ELIGIBLE,),
    (ACCEPT, INTAKE, MISSED),
    (ASK,),
    (ASK, ANSWER, ACCEPT, START, DONE),
    (ACCEPT,),
    (ACCEPT, INTAKE, START, DONE),
    (ERROR,),
)
_AFTER_INTAKE: Final = frozenset({Action.MISS, Action.START, Action.COMPLETE})
_OFFICERS: Final = frozenset({Action.WITHDRAW, Action.ERROR, Action.ANSWER_INFO})


@dataclass(frozen=True, slots=True)
class Case:
    """One referral to tell: who refers whom where for what, and who could answer in the app."""

    number: int
    officer: Officer
    provider: Provider | None
    client_id: UUID
    listing_number: int
    need_code: str
    at: datetime
    now: datetime


def tell(session: Session, case: Case) -> None:
    """Make the referral and take the steps of its story; every fifteenth stays a draft."""
    by = _by(case.officer, case.at)
    token = uuid5(_TOKENS, str(case.number))
    wanted = Wanted(case.client_id, case.listing_number, case.need_code, token)
    referral = commands.start_draft(session, by, wanted)
    live = case.provider is not None and case.number % 5 != 4
    if case.number % 15 == 14:
        return
    commands.choose_mode(session, by, referral.id, Mode.LIVE if live else Mode.RECORDED)
    _fill_in(session, by, case, referral)
    told = commands.preview(session, by, referral.id)
    checked = Checked(referral.version, told.fingerprint())
    (commands.send if live else commands.record)(session, by, referral.id, checked)
    _follow(session, case, referral)


def _fill_in(session: Session, by: By[Officer], case: Case, referral: Referral) -> None:
    given = (
        Given(Ground.SIGNED_RELEASE, by.today, by.today + timedelta(days=180)),
        Given(Ground.CLIENT_WORD, detail="K. Ames"),
        Given(Ground.CONDITION, detail="Condition 4"),
    )[case.number % 3]
    note = "Can come on weekday mornings." if case.number % 4 == 1 else ""
    details = Details(
        version=referral.version,
        need_code=case.need_code,
        contact_by=None,
        note=note,
        given=given if referral.mode is Mode.LIVE else Given(),
        urgency=URGENCIES[case.number % len(URGENCIES)],
    )
    commands.save_details(session, by, referral.id, details)


def _follow(session: Session, case: Case, referral: Referral) -> None:
    at = case.at
    story = STORIES[case.number % len(STORIES)]
    live = referral.mode is Mode.LIVE and case.provider is not None
    if live and case.provider and (story or case.number % 2):
        at += timedelta(hours=3)
        commands.open_by_provider(session, _by(case.provider, at), referral.id)
    seen = at
    for told in story:
        if told in {ASK, ANSWER} and not live:
            continue
        at = min(at + timedelta(hours=20), case.at + timedelta(days=3))
        step = replace(told, appointment=_intake(case, story, at)) if told is INTAKE else told
        if step.appointment is not None:
            seen = step.appointment.ends_at
        at = max(at, seen) if step.action in _AFTER_INTAKE else at
        if at > case.now:
            return
        _take(session, case, referral, step, at)
    if story and story[-1] is PARTLY:
        by = _by(case.officer, at)
        said = Said(result=Result.GOT_HELP, source=WordOf.CLIENT, on_date=by.today)
        commands.record_outcome(session, by, referral.id, said)


def _take(session: Session, case: Case, referral: Referral, step: Step, at: datetime) -> None:
    asked = Asked(version=referral.version, step=step)
    if step.action in _OFFICERS:
        commands.take_step(session, _by(case.officer, at), referral.id, asked)
    elif referral.mode is Mode.LIVE and case.provider:
        commands.take_step(session, _by(case.provider, at), referral.id, asked)
    else:
        commands.told_by_phone(session, _by(case.officer, at), referral.id, asked)


def _intake(case: Case, story: tuple[Step, ...], at: datetime) -> Appointment:
    """Return an intake on the next day; where nothing more is told, half of them lie ahead."""
    ahead = story[-1] is INTAKE and case.number % 2
    day = case.now + timedelta(days=case.number % 3 - 1) if ahead else at
    local = (day + timedelta(days=1)).astimezone(ZONE)
    return Appointment(local.replace(hour=10, minute=30, second=0, microsecond=0), 60, str(ZONE))


def _by(who: Who, at: datetime) -> By[Who]:
    return By(who=who, at=at, today=at.astimezone(ZONE).date())
