"""What people and the app do in the town, each act by the app's own command in its own transaction.

Who does what, and when, is decided elsewhere. ``now`` is moved from outside; nothing here waits.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bench.simulating.case import Case
from bench.simulating.town import Place
from resourcedir.db import writing
from resourcedir.directory.commands import Hand, set_openings
from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.models import Listing
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import DomainError
from resourcedir.identity import Identity, Provider
from resourcedir.referrals import commands, queries
from resourcedir.referrals.commands import Asked, By, Checked, Details, Said, Wanted
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Mode, Result, Status, Step, WordOf
from resourcedir.referrals.models import OpeningHold, Referral, ReferralDue

HOME: Final = ZoneInfo("America/New_York")
AGAIN_EVERY: Final = 10
_FORMS: Final = UUID("5b1f0d7e-1b2c-4d59-8a3f-000000000000")
Came = TypeVar("Came")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look of the worker did to which referral, and which were offered an opening since."""

    done: list[tuple[DueKind, UUID]] = field(default_factory=list)
    offered: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class Hands:
    sessions: sessionmaker[Session]
    now: datetime
    seed: int
    acts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    told: dict[UUID, list[OpeningsFact]] = field(default_factory=lambda: defaultdict(list))
    done: Counter[DueKind] = field(default_factory=Counter)
    claimed: set[UUID] = field(default_factory=set)
    offered: int = 0
    seen: int = -1  # of ``acts``, when the worker looked last
    looked_at: datetime | None = None
    next_at: datetime | None = None  # what was due next, then
    faults: list[str] = field(default_factory=list)

    def act(self, doing: Callable[[Session], Came]) -> Came:
        with self.sessions() as session:
            came = doing(writing(session))
            session.commit()
        self.acts += 1
        return came

    def try_to(self, what: str, doing: Callable[[Session], Came]) -> Came | None:
        """Do it, or count that the app refused it."""
        try:
            return self.act(doing)
        except DomainError as error:
            self.refused[f"{what}: {error}"] += 1
            return None

    def by(self, who: Identity) -> By:
        return By(who=who, at=self.now, today=self.today())

    def today(self) -> date:
        return self.now.astimezone(HOME).date()

    def draft(self, case: Case) -> bool:
        by, place = self.by(case.officer), case.place

        def doing(session: Session) -> UUID:
            instead = case.before.id if case.before else None
            token = uuid5(_FORMS, f"{self.seed} {case.key}")
            need = place.kind.need
            wanted = Wanted(case.client, place.listing, need, token, instead)
            made = commands.start_draft(session, by, wanted)
            commands.choose_mode(session, by, made.id, case.mode)
            facts = listing_facts(session, [place.listing])[place.listing]
            holds = case.mode is Mode.LIVE and queries.holds_openings(facts, self.now)
            details = Details(
                version=made.version,
                need_code=need,
                contact_by=None,
                note="Comes by bus.",
                given=Given(Ground.SIGNED_RELEASE, by.today, by.today + timedelta(days=365)),
                urgency=case.urgency,
                wants_hold=holds and case.chance(0.7),
            )
            commands.save_details(session, by, made.id, details)
            return made.id

        found = self.try_to("draft", doing)
        case.id = found or case.id
        return found is not None

    def send(self, case: Case) -> bool:
        """Send the draft; without a hold where none is free any more."""
        by = self.by(case.officer)
        leave = commands.send if case.mode is Mode.LIVE else commands.record

        def doing(session: Session) -> None:
            told = commands.preview(session, by, case.id)
            row = session.get_one(Referral, case.id)
            if row.wants_hold and not self._may_hold(session, case):
                row.wants_hold = False
                session.flush()
            leave(session, by, case.id, Checked(row.version, told.fingerprint()))

        if self.try_to("send", lambda s: (doing(s), True)[1]) is None:
            return False
        case.status = Status.SENT
        return True

    def _may_hold(self, session: Session, case: Case) -> bool:
        number = case.place.listing
        return queries.holds_openings(listing_facts(session, [number])[number], self.now)

    def stands_open(self, case: Case) -> bool:
        """Say whether the page warns of an open referral to the same place for the same need."""
        with self.sessions() as session:
            return queries.earlier_open(session, case.officer, case.id) is not None

    def step(
        self,
        case: Case,
        who: Identity,
        step: Step,
        word_of: WordOf | None = None,
        on_date: date | None = None,
    ) -> bool:
        by = self.by(who)
        if isinstance(who, Provider) and not self.opens(case, who):
            return False

        def doing(session: Session) -> Status:
            version = session.get_one(Referral, case.id).version
            asked = Asked(version=version, step=step, word_of=word_of, on_date=on_date)
            return commands.take_step(session, by, case.id, asked).status

        found = self.try_to(f"{step.action} from {case.status}", doing)
        case.status = found or case.status
        return found is not None

    def opens(self, case: Case, who: Provider) -> bool:
        by = self.by(who)
        if not case.opened:
            done = self.try_to(
                f"open from {case.status}",
                lambda s: commands.open_by_provider(s, by, case.id).opened_at is not None,
            )
            case.opened = bool(done)
        return case.opened

    def hear(self, case: Case, result: Result, source: WordOf, note: str = "") -> bool:
        said = Said(result=result, source=source, on_date=self.today(), note=note)
        by = self.by(case.officer)
        what = f"outcome from {case.status}"
        return bool(self.try_to(what, lambda s: commands.record_outcome(s, by, case.id, said).id))

    def tell(self, place: Place) -> None:
        """Let the provider count what is free and not held."""
        if place.provider is None:
            return
        hand, kind = Hand(place.provider, self.now), place.kind

        def doing(session: Session) -> OpeningsFact:
            present = select(OpeningHold.id).where(
                OpeningHold.service_id == place.service, OpeningHold.ended_at.is_(None)
            )
            held = len(session.scalars(present).all())
            free = min(max(place.room - held, 0), kind.openings)
            told = OpeningsFact(
                kind.unit, free, kind.openings, self.now, hold_hours=kind.hold_hours or None
            )
            set_openings(session, session.get_one(Listing, place.listing), told, hand)
            return told

        if (told := self.try_to("tell openings", doing)) is not None:
            self.told[place.service].append(told)

    def work(self) -> "Looked":
        """Do what a worker does at one look.

        Where nobody has done anything since the last look, and nothing has become due, there is
        nothing that a look could find.
        """
        if self.seen == self.acts and (self.next_at is None or self.now < self.next_at):
            return Looked()
        with self.sessions() as session:
            ids = list(queries.due_ids(session, self.now, 10_000))
            rows = {
                row.id: (row.kind, row.referral_id)
                for row in session.scalars(select(ReferralDue).where(ReferralDue.id.in_(ids)))
            }
            waited_for = queries.services_waited_for(session)
        found = [rows[each] for each in ids if self._does(each, rows[each][0])]
        for service in waited_for:
            self.offered += self.act(
                lambda s, service=service: commands.offer_freed(s, service, self.now)
            )
        with self.sessions() as session:
            ahead = select(func.min(ReferralDue.at)).where(ReferralDue.done_at.is_(None))
            self.next_at = session.scalar(ahead)
            offered = _offered(session, self.looked_at)
        self.seen, self.looked_at = self.acts, self.now
        return Looked(found, offered)

    def _does(self, due: UUID, kind: DueKind) -> bool:
        """Do what is due; what was done is asked for again, now and then: it must not happen."""

        def do() -> bool:
            return self.act(lambda s: commands.do_due(s, due, self.now))

        if not do():
            return False
        if due in self.claimed:
            self.faults.append(f"{kind} was done twice")
        self.claimed.add(due)
        self.done[kind] += 1
        if len(self.claimed) % AGAIN_EVERY == 0 and do():
            self.faults.append(f"{kind} was done again when asked again")
        return True


def _offered(session: Session, since: datetime | None) -> list[UUID]:
    """Return the referrals that were offered an opening after ``since`` and hold it."""
    statement = select(OpeningHold.referral_id).where(
        OpeningHold.ended_at.is_(None), OpeningHold.offered
    )
    if since is not None:
        statement = statement.where(OpeningHold.held_at > since)
    return list(session.scalars(statement.order_by(OpeningHold.held_at)))
