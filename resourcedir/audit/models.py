"""Who saw or did what. Rows are only ever added."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, BigKey, stored_by_value


class AuditEvent(StrEnum):
    """What is written down. None of them names a client, a need or a service in words."""

    SIGN_IN = "sign_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_OUT = "sign_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- a word, not a password
    USER_ADDED = "user_added"
    USER_DISABLED = "user_disabled"
    CLIENT_SEEN = "client_seen"
    CLIENT_ADDED = "client_added"
    CLIENT_CHANGED = "client_changed"
    CLIENT_REASSIGNED = "client_reassigned"
    REFERRAL_SEEN = "referral_seen"
    REFERRAL_CHANGED = "referral_changed"
    REFERRAL_DISCLOSED = "referral_disclosed"
    HANDOUT_PRINTED = "handout_printed"
    LISTING_CHANGED = "listing_changed"
    PRIVATE_PLACE_SEEN = "private_place_seen"
    DIRECTORY_IMPORTED = "directory_imported"
    DIRECTORY_EXPORTED = "directory_exported"


class AuditRow(Base):
    """One event. ``subject`` is an id, never words."""

    __tablename__ = "audit_event"
    __table_args__ = {"sqlite_autoincrement": True}

    number: Mapped[int] = mapped_column(
        BigKey, primary_key=True, autoincrement=True, comment="internal: order of writing"
    )
    at: Mapped[datetime] = mapped_column(index=True, comment="internal: UTC")
    event: Mapped[AuditEvent] = mapped_column(stored_by_value(AuditEvent), comment="internal: what")
    succeeded: Mapped[bool] = mapped_column(comment="internal: outcome")
    actor_id: Mapped[UUID | None] = mapped_column(
        index=True, comment="internal: user; NULL: nobody signed in, or the command line"
    )
    address: Mapped[str | None] = mapped_column(
        comment="internal: network address; NULL: the command line"
    )
    subject_type: Mapped[str | None] = mapped_column(comment="internal: client, referral ...")
    subject_id: Mapped[str | None] = mapped_column(index=True, comment="internal: its id")
