"""A search for a client: who and what, so that no URL holds both."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, Id
from resourcedir.security.sealing import SealedText


class ClientSearch(Base):
    """One search for one client, at ``/match/<id>``."""

    __tablename__ = "client_search"

    id: Mapped[Id] = mapped_column(comment="internal: random, stands in the URL")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: for whom"
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who searches"
    )
    question_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: words, need, place and filters as a query string, sealed"
    )
    question = SealedText()
    instead_of_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral.id"), comment="internal: the referral that another place is sought for"
    )
    tried_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: listings tried before, as number:status, sealed"
    )
    tried = SealedText()
    skipped_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: questions that the client cannot answer, sealed"
    )
    skipped = SealedText()
    created_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    changed_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
