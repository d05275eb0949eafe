"""Does one thing with several referrals; each is checked again in its own right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.errors import NotFound, StaleRecord, TransitionNotAllowed
from resourcedir.identity import Officer
from resourcedir.referrals.commands import Asked, By, Said, record_outcome, take_step
from resourcedir.referrals.lifecycle import Action, Reason, Result, Step, WordOf
from resourcedir.today.queries import Referred, Work
from resourcedir.today.sections import Section
from resourcedir.today.wording import BULK_OF, Bulk


@dataclass(frozen=True, slots=True)
class Ticked:
    """A referral that was ticked, and its version as it was read; None: not read yet."""

    id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """How many it was done with, and the references of those that had changed meanwhile."""

    count: int
    left: tuple[str, ...] = ()


def found(work: Work, ticked: Iterable[Ticked]) -> tuple[Referred, ...]:
    """Return what was ticked, in the order of the ticks.

    :raises NotFound: if any of it is not this officer's; then none of it is there.
    """
    known = {each.id: each for each in work.referrals}
    try:
        return tuple(known[each.id] for each in ticked)
    except KeyError:
        raise NotFound from None


def still_listed(work: Work, section: Section, some: Iterable[Referred]) -> set[UUID]:
    """Return which of ``some`` stand in the list now."""
    listed = {each.id for each in work.lists.get(section, ())}
    return {each.id for each in some} & listed


def do_all(
    session: Session,
    by: By[Officer],
    work: Work,
    section: Section,
    ticked: Sequence[Ticked],
    note: str = "",
) -> Done:
    """Do what the list's button does with each that was ticked and still stands in the list.

    ``work`` is read in the same transaction. What has moved on, or was changed after it was read,
    is left as it is.

    :raises NotFound: if the list has no such button, or anything ticked is not this officer's.
    """
    bulk = BULK_OF.get(section)
    if bulk is None:
        raise NotFound
    chosen = found(work, ticked)
    listed = still_listed(work, section, chosen)
    count, left = 0, []
    for each, tick in zip(chosen, ticked, strict=True):
        version = each.version if tick.version is None else tick.version
        if each.id in listed and _did(session, by, bulk, Ticked(each.id, version), note):
            count += 1
        else:
            left.append(each.reference)
    return Done(count, tuple(left))


def _did(session: Session, by: By[Officer], bulk: Bulk, tick: Ticked, note: str) -> bool:
    try:
        with session.begin_nested():
            _do(session, by, bulk, tick, note)
    except (TransitionNotAllowed, StaleRecord, NotFound):
        return False
    return True


def _do(session: Session, by: By[Officer], bulk: Bulk, tick: Ticked, note: str) -> None:
    version = tick.version or 0
    match bulk:
        case Bulk.REMIND:
            take_step(session, by, tick.id, Asked(version=version, step=Step(Action.NUDGE)))
        case Bulk.THROW_AWAY:
            step = Step(Action.WITHDRAW, reason=Reason.OTHER)
            take_step(session, by, tick.id, Asked(version=version, step=step))
        case Bulk.SETTLE:
            # It tells of the need that nothing more is to be done, not what came of the place.
            said = Said(result=Result.NOT_KNOWN, source=WordOf.OFFICER, on_date=by.today, note=note)
            record_outcome(session, by, tick.id, said)
        case _:
            assert_never(bulk)
