"""What the forms of referrals share."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import DataRequired, Length, StopValidation, ValidationError

from resourcedir.referrals.lifecycle import NOTE_MAX_LENGTH

TOO_LONG: Final = Length(
    max=NOTE_MAX_LENGTH, message=lazy_gettext("Shorten this to 500 characters.")
)
DAY: Final = lazy_gettext("Put in a day, such as 3/11/2026.")


class DayField(DateField):
    """A day; what is none is told with the mend."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """:raises ValueError: for what is no day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(DAY)) from None


class MayBeEmpty:
    """Lets an empty field pass; the form decides later whether it was needed."""

    def __call__(self, _form: FlaskForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors[:] = []
            raise StopValidation


def labelled(values: Iterable[StrEnum], labels: dict[Any, str]) -> list[tuple[str, str]]:
    return [(str(value), gettext(labels[value])) for value in values]


class Dated(FlaskForm):
    """Asks for the day on which something was true: today, or one before it."""

    on_date = DayField(lazy_gettext("On which day?"), validators=[DataRequired(DAY)])

    def __init__(self, *, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(data={"on_date": today, **kwargs.pop("data", {})}, **kwargs)
        self._today = today

    def validate_on_date(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(gettext("The day is not yet: put in today or an earlier day."))


class PressForm(FlaskForm):
    """A button alone, with its token."""


def released_until() -> DateField:
    """Return the field for the end of a release for more than attendance."""
    return DayField(
        lazy_gettext("The client lets them tell more than attendance, until"),
        description=lazy_gettext(
            "Leave it empty if not. A clinic then tells attended, not attended, finished."
        ),
        validators=[MayBeEmpty(), DataRequired(DAY)],
    )


class ReleaseForm(FlaskForm):
    """Until when the client lets a clinic tell more; empty ends it."""

    report_until_on = released_until()

    def __init__(self, *, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self._today = today

    def validate_report_until_on(self, field: DateField) -> None:
        if field.data and field.data < self._today:
            raise ValidationError(gettext("That day is over: put in a later one, or none."))
