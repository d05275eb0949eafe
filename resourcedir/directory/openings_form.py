"""The forms on which somebody who works there tells how many are free, or takes nobody."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from resourcedir.directory import wording
from resourcedir.directory.facts import ListingFacts, OpeningsFact
from resourcedir.directory.kinds import Unit
from resourcedir.directory.offering import day_there
from resourcedir.directory.openings import MOST_HOLD_HOURS, MOST_WAIT_DAYS, begun
from resourcedir.numbers import whole_number

MOST_FREE: Final = 9999
LONGEST_PAUSE: Final = timedelta(days=366)
LONGEST_AHEAD: Final = timedelta(days=3 * 365)


class OpeningsForm(FlaskForm):
    """How many are free, as of now. A button sends the number alone, and all else stays as it was.

    ``whole`` says that the other fields were on the page, too; ``seen`` is the number it showed.
    """

    seen = HiddenField()
    whole = HiddenField()
    available = IntegerField(
        lazy_gettext("Free now"),
        [
            InputRequired(lazy_gettext("Write how many are free.")),
            NumberRange(0, MOST_FREE, lazy_gettext("Write a whole number, 0 or more.")),
        ],
    )
    unit = SelectField(
        lazy_gettext("What is counted"),
        [Optional()],
        choices=lambda: [(each.value, gettext(words)) for each, words in wording.UNITS.items()],
    )
    maximum = IntegerField(
        lazy_gettext("Of how many"),
        [
            Optional(),
            NumberRange(0, MOST_FREE, lazy_gettext("Write how many there are, 0 or more.")),
        ],
    )
    wait_days = IntegerField(
        lazy_gettext("Wait, in days"),
        [
            Optional(),
            NumberRange(
                0, MOST_WAIT_DAYS, lazy_gettext("Write the wait in days: a number from 0 to 3650.")
            ),
        ],
        description=lazy_gettext("0 if nobody waits. Leave it empty if you do not know."),
    )
    hold_hours = IntegerField(
        lazy_gettext("Hold an opening for a referral, in hours"),
        [
            Optional(),
            NumberRange(
                1, MOST_HOLD_HOURS, lazy_gettext("Write the hours: a number from 1 to 336.")
            ),
        ],
        description=lazy_gettext("Up to 336, two weeks. Leave it empty if you hold none."),
    )
    starts_on = DateField(
        lazy_gettext("First day of the class"),
        [Optional()],
        description=lazy_gettext("The number holds until then. For seats only."),
    )
    waiting_list = BooleanField(lazy_gettext("We keep a waiting list"))

    def __init__(self, facts: ListingFacts, now: datetime, *, fresh: bool = False) -> None:
        """Read what was sent; ``fresh``: what was sent is of another form of the page."""
        told = facts.openings
        data = _data_of(told, _next_start(facts, now)) if told else _NOTHING_TOLD
        super().__init__(**({"formdata": None} if fresh else {}), data=data)
        self._facts = facts
        self._now = now
        if told is not None and told.unit is not Unit.SEAT:
            del self.starts_on

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 -- as WTForms has it
        """Ask for a unit where none is known; an optional field is not looked at when empty."""
        valid = super().validate(extra_validators)
        if self._facts.openings is None and self.unit.data not in list(Unit):
            self.unit.errors = [gettext("Choose what is counted.")]
            return False
        return bool(valid)

    def validate_available(self, field: IntegerField) -> None:
        most = self._most()
        if field.data is not None and most is not None and field.data > most:
            raise ValidationError(
                gettext("There are only %(maximum)s: write that or fewer.", maximum=most)
            )

    def validate_starts_on(self, field: DateField) -> None:
        if not self.whole.data or field.data is None:
            return
        today = day_there(self._facts, self._now)
        if self._unit() is not Unit.SEAT:
            raise ValidationError(gettext("Leave it empty: only seats have a first day."))
        if field.data <= today:
            raise ValidationError(
                gettext("That day has come. Write the first day of the next class.")
            )
        if field.data - today > LONGEST_AHEAD:
            raise ValidationError(gettext("Write a day within the next three years."))

    def told(self) -> OpeningsFact:
        """Return what is told; what was not on the page stays as it was told before."""
        before, at = self._facts.openings, self._now
        free = self.available.data
        if not self.whole.data:
            told = before or OpeningsFact(self._unit(), free, None, at)
            start = _next_start(self._facts, at)
            return replace(told, available=free, as_of=at, starts_on=start)
        return OpeningsFact(
            self._unit(),
            free,
            self.maximum.data,
            at,
            wait_days=self.wait_days.data,
            hold_hours=self.hold_hours.data,
            starts_on=self.starts_on.data if "starts_on" in self else None,
            waiting_list=self.waiting_list.data,
        )

    def number_seen(self) -> int | None:
        """Return how many were free on the page, None where it showed no number."""
        return whole_number(self.seen.data)

    def _unit(self) -> Unit:
        told = self._facts.openings
        return told.unit if told else Unit(self.unit.data)

    def _most(self) -> int | None:
        told = self._facts.openings
        if self.whole.data:
            most: int | None = self.maximum.data
            return most
        return told.maximum if told else None


class PauseForm(FlaskForm):
    """For how long nobody is taken: today, a week, through a day; or that the pause ends."""

    pause = RadioField(choices=lambda: [(each, each) for each in ("today", "week", "until", "end")])
    until = DateField(lazy_gettext("Pause through this day"), [Optional()])

    def __init__(self, facts: ListingFacts, now: datetime) -> None:
        super().__init__()
        self._today = day_there(facts, now)

    def validate_until(self, field: DateField) -> None:
        if self.pause.data != "until" or field.data is None:
            return
        if not self._today <= field.data <= self._today + LONGEST_PAUSE:
            raise ValidationError(gettext("Write a day from today on, within a year."))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 -- as WTForms has it
        """Ask for the last day where one is needed; an empty field is not looked at."""
        valid = super().validate(extra_validators)
        if valid and self.pause.data == "until" and self.until.data is None:
            self.until.errors = [gettext("Write the last day of the pause.")]
            return False
        return bool(valid)

    def last_day(self) -> date | None:
        """Return the last day of the pause, None where it ends."""
        match self.pause.data:
            case "today":
                return self._today
            case "week":
                return self._today + timedelta(days=6)
            case "until":
                last: date | None = self.until.data
                return last
        return None


_NOTHING_TOLD: Final = {"waiting_list": True}


def _next_start(facts: ListingFacts, now: datetime) -> date | None:
    """Return the first day of the class, None where that has come: the number is of another."""
    told = facts.openings
    return None if told is None or begun(told, facts.time_zone, now) else told.starts_on


def _data_of(told: OpeningsFact, starts_on: date | None) -> dict[str, object]:
    return {
        "available": told.available,
        "unit": told.unit.value,
        "maximum": told.maximum,
        "wait_days": told.wait_days,
        "hold_hours": told.hold_hours,
        "starts_on": starts_on,
        "waiting_list": told.waiting_list,
    }
