"""A referral's stored events, taken once more through the pure rules, with nothing else to help."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from bench.simulating.kept import Kept
from resourcedir.errors import DomainError
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
)
from resourcedir.referrals.models import ReferralEvent
from resourcedir.referrals.packet import broad_need


def impossible(kept: Kept, roles: dict[UUID, Role]) -> Iterator[str]:
    """Yield what of the stored events the rules would not have let happen."""
    referral = kept.referral
    limited = broad_need(referral.need_code) == "treatment" and referral.report_until_on is None
    state = State(Status.DRAFT, referral.mode, limited=limited)
    moves: list[tuple[Action, Status, Role | None]] = []
    for number, event in enumerate(kept.events, 1):
        role = roles[event.by_user_id] if event.by_user_id else None
        last = None
        if len(moves) > 1:
            last = Undo(moves[-1][0], moves[-2][1], moves[-1][2])
        opened = state.opened or event.action is Action.OPEN
        before = State(state.status, state.mode, state.opened, limited, last)
        try:
            status = lifecycle.step(before, role, _step(kept, event))
        except DomainError as error:
            yield f"{event.action} from {state.status}: {error}"
            return
        if event.sequence != number or status is not event.status:
            yield f"event {number} ({event.sequence}): {event.action} led to {event.status}"
        if TRANSITIONS[event.action].target is not None or event.action is Action.CORRECT:
            moves.append((event.action, event.status, role))
        state = State(status, state.mode, opened)
    if state.status is not referral.status or state.opened is not (referral.opened_at is not None):
        yield f"the events lead to {state.status}"
    yield from _order(kept.events)


def _order(events: Sequence[ReferralEvent]) -> Iterator[str]:
    if any(a.at > b.at for a, b in pairwise(events)):
        yield "events run backwards"


def _step(kept: Kept, event: ReferralEvent) -> Step:
    """Return what must have been asked for, from what was kept of it."""
    intake = next((each for each in kept.intakes if each.set_at == event.at), None)
    appointment = None
    if event.action is Action.SCHEDULE and intake is not None:
        appointment = Appointment(intake.starts_at, intake.minutes, intake.time_zone)
    said: list[Result] = [each.result for each in kept.outcomes if each.event_id == event.id]
    waits = event.action is Action.WAITLIST
    return Step(
        event.action,
        event.reason,
        said[0] if said else None,
        event.note,
        appointment,
        Absence.ACCEPTABLE if event.action is Action.JUDGE else None,
        kept.referral.wait_days if waits else None,
    )
