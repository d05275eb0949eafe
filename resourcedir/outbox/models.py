"""Changes that copies of the directory follow. Rows are only ever added."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, BigKey


class Change(Base):
    """A listing was changed. Each copy of the index remembers the last number it has read."""

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}

    number: Mapped[int] = mapped_column(
        BigKey, primary_key=True, autoincrement=True, comment="internal: order of commits"
    )
    listing_number: Mapped[int] = mapped_column(BigKey, comment="internal: which listing")
    at: Mapped[datetime] = mapped_column(comment="internal: UTC")
