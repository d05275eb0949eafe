"""Forms about what a court or board has ordered."""

from datetime import date
from typing import Final

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from resourcedir.clients import choices
from resourcedir.clients.condition_commands import LONGEST, Ordered
from resourcedir.clients.conditions import ConditionRow
from resourcedir.clients.forms import DayField

_TO_COME: Final = lazy_gettext("This is a day to come. Enter today or a day before.")


class ConditionForm(FlaskForm):
    """One condition."""

    text = TextAreaField(
        lazy_gettext("What was ordered"),
        description=lazy_gettext("In the words of the order."),
        filters=[lambda text: (text or "").replace("\r\n", "\n").strip()],
        validators=[
            DataRequired(lazy_gettext("Write what was ordered.")),
            Length(
                max=LONGEST, message=lazy_gettext("Shorten what was ordered to 1,000 characters.")
            ),
        ],
    )
    ordered_on = DayField(lazy_gettext("Ordered on"), validators=[Optional()])
    due_on = DayField(lazy_gettext("To be met by"), validators=[Optional()])
    need = SelectField(
        lazy_gettext("Need that meets it"),
        description=lazy_gettext("It joins what the client needs, with the date."),
        validators=[Optional()],
    )
    version = HiddenField(default="0")

    def prepare(self, language: str, today: date) -> None:
        """Fill in the list of needs."""
        self.need.choices = choices.none_or(choices.needs(language))
        self.today = today

    def validate_ordered_on(self, field: DayField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_TO_COME)

    def validate_due_on(self, field: DayField) -> None:
        if field.data and self.ordered_on.data and field.data < self.ordered_on.data:
            raise ValidationError(
                lazy_gettext("It was due before it was ordered. Check both days.")
            )

    def command(self) -> Ordered:
        """Return what was entered; only after ``validate``."""
        return Ordered(
            text=self.text.data,
            ordered_on=self.ordered_on.data,
            due_on=self.due_on.data,
            code=self.need.data or None,
        )


def values_of(row: ConditionRow) -> dict[str, object]:
    """Return what the form shows of a condition before anything is entered."""
    return {
        "text": row.text,
        "ordered_on": row.ordered_on,
        "due_on": row.due_on,
        "need": row.code or "",
    }


class MetForm(FlaskForm):
    """On which day a condition was met; ``undo`` is of the button that says it was not."""

    met_on = DayField(lazy_gettext("Met on"))
    undo = HiddenField()
    version = HiddenField(default="0")

    def prepare(self, row: ConditionRow, today: date) -> None:
        """Say which days may be entered."""
        self.first, self.today = row.ordered_on, today

    def validate_met_on(self, field: DayField) -> None:
        if self.undo.data or field.errors:
            return
        if field.data is None:
            raise ValidationError(lazy_gettext("Enter the day on which it was met."))
        if field.data > self.today:
            raise ValidationError(_TO_COME)
        if self.first is not None and field.data < self.first:
            raise ValidationError(
                lazy_gettext("This is before the day of the order. Check both days.")
            )

    def day(self) -> date | None:
        """Return the day; None: it is not met. Only after ``validate``."""
        return None if self.undo.data else self.met_on.data


class LiftForm(FlaskForm):
    """Takes a condition off the record."""

    version = HiddenField(default="0")
