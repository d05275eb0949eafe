"""What must hold of referrals after any number of acts, read off the tables and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.directory.models import Listing, ServiceCapacity
from resourcedir.referrals.due import DueKind, HoldEnding
from resourcedir.referrals.lifecycle import TRANSITIONS, Action, Mode, Status
from resourcedir.referrals.models import (
    IntakeAppointment,
    OpeningHold,
    Outcome,
    Referral,
    ReferralDue,
    ReferralEvent,
)

OWED: Final = {Status.SENT, Status.INFO_ASKED}
MAY_HOLD: Final = OWED | {Status.WAITLISTED}
MOVES: Final = {a for a, t in TRANSITIONS.items() if t.target is not None} | {Action.CORRECT}


@dataclass
class Kept:
    """All that is stored of one referral."""

    referral: Referral
    events: list[ReferralEvent] = field(default_factory=list)
    due: list[ReferralDue] = field(default_factory=list)
    holds: list[OpeningHold] = field(default_factory=list)
    intakes: list[IntakeAppointment] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    audited: int = 0

    @property
    def owes_answer(self) -> bool:
        return self.referral.mode is Mode.LIVE and self.referral.status in OWED

    @property
    def held(self) -> list[OpeningHold]:
        return [each for each in self.holds if each.ended_at is None]

    def waiting_for(self, *kinds: DueKind) -> list[ReferralDue]:
        return [each for each in self.due if each.kind in kinds and each.done_at is None]


def kept(session: Session, listing: int) -> list[Kept]:
    """Return what is stored of each referral to a listing."""
    here = select(Referral.id).where(Referral.listing_number == listing)
    rows = session.scalars(select(Referral).where(Referral.id.in_(here)))
    found = {row.id: Kept(row) for row in rows}
    for name, table in (
        ("events", ReferralEvent),
        ("due", ReferralDue),
        ("holds", OpeningHold),
        ("intakes", IntakeAppointment),
        ("outcomes", Outcome),
    ):
        for row in session.scalars(select(table).where(table.referral_id.in_(here))):
            getattr(found[row.referral_id], name).append(row)
    changed = select(AuditRow.subject_id).where(AuditRow.event == AuditEvent.REFERRAL_CHANGED)
    for subject in session.scalars(changed):
        if (one := found.get(UUID(subject))) is not None:
            one.audited += 1
    return list(found.values())


def faults(session: Session, listing: int) -> list[str]:
    """Return what is wrong with the referrals to a listing, in words; [] where nothing is."""
    found = kept(session, listing)
    wrong = [
        f"{each.referral.reference} ({each.referral.status}): {words}"
        for each in found
        for words in (
            *_of_events(each),
            *_of_answer(each),
            *_of_holds(each),
            *_of_intakes(each),
        )
    ]
    return wrong + list(_of_openings(session, listing, found))


def _of_events(one: Kept) -> Iterator[str]:
    events = sorted(one.events, key=lambda each: each.sequence)
    if [each.sequence for each in events] != list(range(1, len(events) + 1)):
        yield "events are not numbered 1, 2, 3 ..."
    moves = [each.status for each in events if each.action in MOVES]
    if one.referral.status is not (moves[-1] if moves else Status.DRAFT):
        yield "the last move tells another status"
    if any(before.at > after.at for before, after in pairwise(events)):
        yield "events run backwards"
    # One for the draft, one an event, one an outcome.
    if one.audited != 1 + len(events) + len(one.outcomes):
        yield f"{one.audited} audit rows for {len(events)} events, {len(one.outcomes)} outcomes"


def _of_answer(one: Kept) -> Iterator[str]:
    if (one.referral.answer_due_at is not None) is not one.owes_answer:
        yield "the time of an answer is set for none, or not for one"
    waiting = Counter(each.kind for each in one.waiting_for(*DueKind))
    if waiting[DueKind.EXPIRE] != one.owes_answer:
        yield f"{waiting[DueKind.EXPIRE]} times to expire"
    for kind in (DueKind.REMIND, DueKind.ESCALATE):
        if waiting[kind] > one.owes_answer:
            yield f"{waiting[kind]} times to {kind}"


def _of_holds(one: Kept) -> Iterator[str]:
    held = one.held
    if len(held) > 1:
        yield "holds two openings"
    if held and (one.referral.mode is not Mode.LIVE or one.referral.status not in MAY_HOLD):
        yield "holds an opening without waiting for an answer"
    ends = [each.at for each in one.waiting_for(DueKind.HOLD_ENDS)]
    if ends != [each.until_at for each in held]:
        yield f"{len(ends)} ends of {len(held)} holds are to come"
    if any((each.ended_at is None) is not (each.ending is None) for each in one.holds):
        yield "a hold ended without saying how"
    if sum(each.ending is HoldEnding.TAKEN for each in one.holds) > 1:
        yield "took two openings"


def _of_intakes(one: Kept) -> Iterator[str]:
    ahead = [each for each in one.intakes if each.ended_at is None]
    if len(ahead) != (one.referral.status is Status.INTAKE_SCHEDULED):
        yield f"{len(ahead)} intakes lie ahead"
    told = one.waiting_for(DueKind.INTAKE_AHEAD)
    if len(told) > len(ahead):
        yield f"{len(told)} reminders of {len(ahead)} intakes"
    if len({each.sequence for each in one.intakes}) != len(one.intakes):
        yield "two intakes have one number"


def _of_openings(session: Session, listing: int, found: Iterable[Kept]) -> Iterator[str]:
    told = session.scalar(
        select(ServiceCapacity)
        .join(Listing, Listing.service_id == ServiceCapacity.service_id)
        .where(Listing.number == listing)
    )
    held: dict[UUID, int] = defaultdict(int)
    for one in found:
        for each in one.held:
            held[each.service_id] += 1
    if told is None:
        if held:
            yield "openings are held that nobody has counted"
        return
    if told.available < 0 or (told.maximum is not None and told.available > told.maximum):
        yield f"{told.available} of {told.maximum} are free"
    if set(held) - {told.service_id}:
        yield "an opening of another service is held"


def accounted(session: Session, listing: int) -> tuple[int, int, int]:
    """Return how many openings are free, how many are held, and how many were taken and kept."""
    found = kept(session, listing)
    told = session.scalars(
        select(ServiceCapacity)
        .join(Listing, Listing.service_id == ServiceCapacity.service_id)
        .where(Listing.number == listing)
    ).one()
    taken = sum(
        each.ending is HoldEnding.TAKEN and each.ended_at >= told.updated  # type: ignore[operator]
        for one in found
        for each in one.holds
    )
    return told.available, sum(len(one.held) for one in found), taken
