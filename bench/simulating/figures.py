"""What the month came to, counted from the tables."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.simulating.month import World
from resourcedir.referrals.due import DueKind, HoldEnding
from resourcedir.referrals.lifecycle import Action, Mode, Result, Status, WordOf
from resourcedir.referrals.models import OpeningHold, Outcome, Referral, ReferralEvent
from resourcedir.referrals.outcomes import counts_as
from resourcedir.today.measures import Share
from resourcedir.today.queries import work

_ANSWERS: Final = frozenset(
    {
        Action.ACCEPT,
        Action.SCHEDULE,
        Action.WAITLIST,
        Action.DECLINE,
        Action.START,
        Action.MISS,
        Action.COMPLETE,
        Action.END_EARLY,
    }
)
WITHIN: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Part:
    """``part`` of ``whole``."""

    part: int
    whole: int

    def __str__(self) -> str:
        share = f"{100 * self.part / self.whole:5.1f} %" if self.whole else "    -"
        return f"{share}  ({self.part} of {self.whole})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one world.

    ``known``: of all that left, of how many some source has said what came of it, or that the
    answer was no; the rest is not known. ``known_by_today``: as the page Today counts it, that is
    of those that have ended or were silent for so long that somebody should have asked.
    """

    left: int
    statuses: dict[str, int]
    known: Part
    known_by_today: Part
    got_help: Part
    answered: Part
    clock: dict[str, int]
    holds: dict[str, int]
    offers: int
    rows: dict[str, int]
    refused: dict[str, int]
    checked: dict[str, int]
    acts: int
    faults: list[str]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def figures(world: World) -> Figures:
    """Return the figures of a world that has come to its end."""
    with world.hands.sessions() as session:
        rows = session.execute(
            select(Referral.id, Referral.status, Referral.mode, Referral.sent_at)
        ).all()
        said = _said(session)
        left = [row for row in rows if row.sent_at is not None]
        known = [
            row
            for row in left
            if row.status is Status.DECLINED or said.get(row.id, Result.NOT_KNOWN) != "not_known"
        ]
        helped = {Result.GOT_HELP, Result.PARTLY}
        live = [row for row in left if row.mode is Mode.LIVE]
        answers = _answers(session)
        in_time = [
            row for row in live if row.id in answers and answers[row.id] - row.sent_at <= WITHIN
        ]
        endings = select(OpeningHold.ending, func.count()).group_by(OpeningHold.ending)
        holds = {str(ending or "present"): n for ending, n in session.execute(endings)}
        return Figures(
            left=len(left),
            statuses=dict(Counter(str(row.status) for row in rows).most_common()),
            known=Part(len(known), len(left)),
            known_by_today=_by_today(session, world),
            got_help=Part(sum(said.get(row.id) in helped for row in left), len(left)),
            answered=Part(len(in_time), len(live)),
            clock={str(kind): world.hands.done[kind] for kind in DueKind},
            holds={each: holds.get(each, 0) for each in (*HoldEnding, "present")},
            offers=_offers(session),
            rows=dict(world.officers.rows),
            refused=dict(world.hands.refused),
            checked=dict(world.checks.counts),
            acts=world.hands.acts,
            faults=world.checks.faults,
        )


def _said(session: Session) -> dict[UUID, Result]:
    words: dict[UUID, dict[WordOf, Result]] = defaultdict(dict)
    rows = select(Outcome).where(Outcome.taken_back_at.is_(None)).order_by(Outcome.recorded_at)
    for each in session.scalars(rows):
        words[each.referral_id][each.source] = each.result
    return {referral: counts_as(said) for referral, said in words.items()}


def _answers(session: Session) -> dict[UUID, object]:
    statement = (
        select(ReferralEvent.referral_id, func.min(ReferralEvent.at).label("at"))
        .where(ReferralEvent.action.in_(_ANSWERS))
        .group_by(ReferralEvent.referral_id)
    )
    return {row.referral_id: row.at for row in session.execute(statement)}


def _offers(session: Session) -> int:
    made = select(func.count()).where(ReferralEvent.action == Action.OFFER)
    return session.scalar(made) or 0


def _by_today(session: Session, world: World) -> Part:
    """Add up what each officer reads over the lists: of what should be known by now."""
    shares: list[Share] = [
        work(session, each, world.hands.now).measures.known for each in world.town.officers
    ]
    return Part(sum(each.part for each in shares), sum(each.whole for each in shares))
