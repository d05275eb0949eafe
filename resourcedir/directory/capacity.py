"""What referrals do to a listing: they take openings, give them back, and find out what is wrong.

It knows nothing of referrals. Who holds an opening, and until when, is kept by whoever calls this.
Nothing here commits, and nothing is written into the listing's public history: that somebody was
sent somewhere is nobody's business who reads the directory.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from resourcedir.directory.kinds import WrongFact
from resourcedir.directory.models import Listing, ListingReport, ServiceCapacity
from resourcedir.outbox.commands import note_changes


def take_opening(session: Session, service_id: UUID, at: datetime) -> bool:
    """Take one free opening of the service; False if there is none, or none was ever counted.

    One statement decides, so that the last one goes to exactly one of those who ask at once.
    """
    return _count(session, service_id, -1, at)


def give_back_opening(session: Session, service_id: UUID, at: datetime) -> None:
    """Give back one opening that was taken, never above how many there are.

    Where the provider has told a full count since, or counts no more, nothing changes.
    """
    _count(session, service_id, +1, at)


def report_from_referral(
    session: Session, listing_number: int, fact: WrongFact, at: datetime, by_user_id: UUID | None
) -> bool:
    """Write down that a referral found ``fact`` to be wrong; False if one has said so already.

    ``by_user_id`` None: the app itself says so, as when nobody answered in time.
    """
    said = exists().where(
        ListingReport.listing_number == listing_number,
        ListingReport.fact == fact,
        ListingReport.from_referral,
        ListingReport.settled_at.is_(None),
    )
    if session.scalar(select(said)):
        return False
    report = ListingReport(
        listing_number=listing_number,
        fact=fact,
        reported_at=at,
        reported_by=by_user_id,
        from_referral=True,
    )
    session.add(report)
    session.flush()
    return True


def take_back_report(
    session: Session, listing_number: int, reported_at: datetime, at: datetime
) -> None:
    """Settle what a referral's step at ``reported_at`` found, because that step was a mistake."""
    session.execute(
        update(ListingReport)
        .where(
            ListingReport.listing_number == listing_number,
            ListingReport.from_referral,
            ListingReport.reported_at == reported_at,
            ListingReport.settled_at.is_(None),
        )
        .values(settled_at=at)
    )


def _count(session: Session, service_id: UUID, change: int, at: datetime) -> bool:
    """Change the number of free openings by ``change``, where the result stays within bounds."""
    free, most = ServiceCapacity.available, ServiceCapacity.maximum
    within = free > 0 if change < 0 else or_(most.is_(None), free < most)
    changed = session.execute(
        update(ServiceCapacity)
        .where(ServiceCapacity.service_id == service_id, within)
        .values(available=free + change)
        .returning(ServiceCapacity.service_id),
        execution_options={"synchronize_session": "fetch"},
    ).all()
    if changed:
        listings = select(Listing.number).where(Listing.service_id == service_id)
        note_changes(session, session.scalars(listings.order_by(Listing.number)).all(), at)
    return bool(changed)
