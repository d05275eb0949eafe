"""The one table of this room: what outside geocoders have answered. Gazetteer data is not in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base

QUERY_LENGTH = 500


class GeocodedAddress(Base):
    """What an outside geocoder said of a provider's address, so that it is asked once.

    Never about a client: see ``address.ProviderAddress``. Without a point: it was asked and knew
    none that can be believed.
    """

    __tablename__ = "geocoded_address"
    __table_args__ = (
        CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (error_m IS NULL)",
            "point_whole_or_absent",
        ),
    )

    query: Mapped[str] = mapped_column(
        String(QUERY_LENGTH),
        primary_key=True,
        comment="public: the provider's address in one line, as it was sent",
    )
    latitude: Mapped[float | None] = mapped_column(comment="public: degrees north, WGS 84")
    longitude: Mapped[float | None] = mapped_column(comment="public: degrees east, WGS 84")
    error_m: Mapped[int | None] = mapped_column(
        comment="public: how far the point may be off, in metres"
    )
    geocoder: Mapped[str] = mapped_column(
        String(100), comment="internal: name of the geocoder that answered"
    )
    outcome: Mapped[str] = mapped_column(
        String(40), comment="internal: found, nothing found or too far"
    )
    at: Mapped[datetime] = mapped_column(comment="internal: when it answered")
