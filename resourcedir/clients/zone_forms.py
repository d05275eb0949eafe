"""The form for a place to keep away from. What is typed into it stands in no message."""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from resourcedir.clients import choices, wording
from resourcedir.clients.facts import FactSource
from resourcedir.clients.forms import DayField
from resourcedir.clients.knowing import ZoneRow
from resourcedir.clients.zone_commands import ZonePlace
from resourcedir.clients.zone_values import USUAL_BUFFER_FT, USUAL_ERROR_M, feet, meters
from resourcedir.places.point import Box, Point


class How(StrEnum):
    """Where the point of a zone comes from."""

    POINT = "point"
    LISTING = "listing"
    LOOK_UP = "look_up"
    WORDS = "words"


class Unit(StrEnum):
    FEET = "feet"
    METERS = "meters"


UNITED_STATES: Final = (Box(-15.0, 144.0, 72.0, -64.0), Box(5.0, 130.0, 25.0, 180.0))
"""Roughly, with the islands: a minus sign that was forgotten, or east before north, is outside."""

_DEGREES: Final = r"([+-]?\d{1,3}(?:\.\d{1,12})?)\s*°?\s*"
_COORDINATES: Final = re.compile(rf"{_DEGREES}([NS]?)[\s,;]+{_DEGREES}([EW]?)", re.I | re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,7}(?:\.\d{1,3})?", re.ASCII)
_LARGEST_BUFFER_FT: Final = 300_000
_LARGEST_ERROR: Final = 300_000


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _digits(text: str | None) -> str:
    return _plain(text).replace(",", "")


def read_point(text: str) -> Point | None:
    """Return the point that "35.0456, -85.3097" or "35.0456 N, 85.3097 W" writes, else None."""
    if (found := _COORDINATES.fullmatch(text)) is None:
        return None
    north, south, east, west = float(found[1]), found[2].upper(), float(found[3]), found[4].upper()
    try:
        return Point(-north if south == "S" else north, -east if west == "W" else east)
    except ValueError:
        return None


def _length(field: Field, most: int) -> float:
    if not _NUMBER.fullmatch(field.data or "") or float(field.data) > most:
        raise ValidationError(gettext("Enter a number, such as 1,000."))
    return float(field.data)


class ZoneForm(FlaskForm):
    """One place; ``how`` says which of the fields for the point counts."""

    label = StringField(
        lazy_gettext("What it is"),
        filters=[_plain],
        validators=[
            Optional(),
            Length(max=120, message=lazy_gettext("Shorten this to 120 characters.")),
        ],
        description=lazy_gettext(
            "Stands on this client's record only; elsewhere it is “Keep-away place” and a number."
        ),
    )
    address = StringField(
        lazy_gettext("Address or place in words"),
        filters=[_plain],
        validators=[
            Length(max=200, message=lazy_gettext("Shorten this to 200 characters.")),
        ],
        description=lazy_gettext("Sealed. It is sent to nobody outside your network."),
    )
    how = RadioField(
        lazy_gettext("Where is it on the map?"),
        default=How.POINT.value,
        validators=[InputRequired(lazy_gettext("Choose how the place is known."))],
    )
    point = StringField(
        lazy_gettext("Latitude and longitude"),
        filters=[_plain],
        description=lazy_gettext("In degrees, such as 35.0456, -85.3097. West is negative."),
    )
    error = StringField(
        lazy_gettext("How far off they may be"),
        filters=[_digits],
        default=f"{USUAL_ERROR_M:g}",
    )
    error_unit = SelectField(
        lazy_gettext("Unit"),
        choices=[
            SelectChoice(Unit.METERS.value, lazy_gettext("meters")),
            SelectChoice(Unit.FEET.value, lazy_gettext("feet")),
        ],
        default=Unit.METERS.value,
    )
    listing = StringField(
        lazy_gettext("Number or name of the listing"),
        filters=[_plain],
        validators=[Length(max=200, message=lazy_gettext("Shorten this to 200 characters."))],
    )
    buffer = StringField(
        lazy_gettext("How far to stay away, in feet"),
        filters=[_digits],
        default=f"{USUAL_BUFFER_FT}",
    )
    source = SelectField(
        lazy_gettext("Who says so"),
        choices=lambda: choices.of_words(wording.FACT_SOURCES),
        default=FactSource.COURT.value,
    )
    on = DayField(
        lazy_gettext("Day of the order"),
        validators=[Optional()],
        description=lazy_gettext("Empty: today."),
    )
    version = HiddenField(default="0")

    def prepare(self, *, today: date, looks_up: bool) -> None:
        """Fill in the ways; ``looks_up``: there is a geocoder of the agency's own."""
        self.today = today
        self.address.flags.optional = True  # by itself; what is chosen may ask for it
        own_map = lazy_gettext("Look the address up in our own map")
        self.how.choices = [
            SelectChoice(How.POINT.value, lazy_gettext("I have its coordinates")),
            SelectChoice(How.LISTING.value, lazy_gettext("It is a place of the directory")),
            *([SelectChoice(How.LOOK_UP.value, own_map)] if looks_up else []),
            SelectChoice(How.WORDS.value, lazy_gettext("Not known: keep the words only")),
        ]

    def validate_point(self, field: Field) -> None:
        if self.how.data != How.POINT:
            return
        point = read_point(field.data)
        if point is None:
            raise ValidationError(
                gettext("Enter latitude and longitude in degrees: 35.0456, -85.3097.")
            )
        if not any(box.holds(point) for box in UNITED_STATES):
            raise ValidationError(
                gettext(
                    "This is not in the United States. North comes first, and west is negative."
                )
            )

    def validate_error(self, field: Field) -> None:
        if self.how.data == How.POINT:
            _length(field, _LARGEST_ERROR)

    def validate_listing(self, field: Field) -> None:
        if self.how.data == How.LISTING and not field.data:
            raise ValidationError(gettext("Enter the number or the name of the listing."))

    def validate_address(self, field: Field) -> None:
        if self.how.data == How.LOOK_UP and not field.data:
            raise ValidationError(gettext("Enter the address to look up."))
        if self.how.data == How.WORDS and not field.data and not self.label.data:
            raise ValidationError(gettext("Say in words what or where it is."))

    def validate_buffer(self, field: Field) -> None:
        if _length(field, _LARGEST_BUFFER_FT) == 0:
            raise ValidationError(gettext("Enter how many feet, such as 1,000."))

    def validate_on(self, field: DayField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("This day is still to come. Check it."))

    @property
    def known_by(self) -> How:
        """Which way was chosen; only after ``validate``."""
        return How(self.how.data)

    @property
    def typed(self) -> tuple[Point | None, float]:
        """The point that was typed in and its error in meters; only after ``validate``."""
        if self.known_by is not How.POINT:
            return None, 0.0
        error = float(self.error.data)
        return read_point(self.point.data), meters(
            error
        ) if self.error_unit.data == Unit.FEET else error

    def command(self, point: Point | None, error_m: float, words: str = "") -> ZonePlace:
        """Return what was entered, at ``point``; ``words`` stand where no address was typed."""
        return ZonePlace(
            label=self.label.data,
            address=self.address.data or words,
            point=point,
            error_m=error_m,
            buffer_m=meters(float(self.buffer.data)),
            source=FactSource(self.source.data),
            on=self.on.data,
        )


class EndZoneForm(FlaskForm):
    """That a zone is to end; the page says what that does."""

    version = HiddenField(default="0")


def values_of(zone: ZoneRow) -> dict[str, object]:
    """Return what the form shows of a zone."""
    shown: dict[str, object] = {
        "label": zone.label,
        "address": zone.address,
        "how": How.POINT.value if zone.point else How.WORDS.value,
        "buffer": f"{feet(zone.buffer_m):g}",
        "source": zone.told.source.value,
        "on": zone.told.on,
    }
    if zone.point is not None:
        shown["point"] = f"{zone.point.latitude!r}, {zone.point.longitude!r}"
        shown["error"] = f"{zone.error_m:g}"
    return shown
