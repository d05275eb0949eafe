"""Who acts in this request, and the note that somebody looked. For views, also the portal's."""

from datetime import date, datetime
from uuid import UUID

from flask import request
from flask_babel import get_timezone

from resourcedir import clock
from resourcedir.audit.commands import AuditEvent
from resourcedir.db import writing
from resourcedir.extensions import db
from resourcedir.identity import Officer, Provider
from resourcedir.referrals import commands
from resourcedir.referrals.commands import By
from resourcedir.security.guards import (
    current_identity,
    current_officer,
    current_provider,
    shows_nothing,
)


def officer_acts() -> By[Officer]:
    """Return the officer, when and where this request is; 404 for anybody else."""
    at = clock.now()
    return By(who=current_officer(), at=at, today=day_of(at), address=request.remote_addr)


def provider_acts() -> By[Provider]:
    """Return the same of a provider's member of staff."""
    at = clock.now()
    return By(who=current_provider(), at=at, today=day_of(at), address=request.remote_addr)


def day_of(at: datetime) -> date:
    """Return the day that ``at`` is on where the reader is."""
    return at.astimezone(get_timezone()).date()


def note_looking(referral_id: UUID, event: AuditEvent = AuditEvent.REFERRAL_SEEN) -> None:
    """Write down who looks, before anything is shown. If it cannot be written, nothing is shown.

    Only for requests that read: what they have read so far is let go, because a transaction that
    began by reading could not begin to write while others write. HEAD leaves no note.
    """
    if shows_nothing():
        return
    at = clock.now()
    by = By(who=current_identity(), at=at, today=day_of(at), address=request.remote_addr)
    db.session.rollback()
    commands.audit(writing(db.session), referral_id, by, event)
    db.session.commit()
