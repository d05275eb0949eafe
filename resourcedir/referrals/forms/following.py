"""What people submit about a referral that has left, and how it becomes a command."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from resourcedir.errors import BadInput
from resourcedir.referrals import appointments, wording
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.commands import Asked, Said
from resourcedir.referrals.forms.parts import TOO_LONG, Dated, DayField, MayBeEmpty, labelled
from resourcedir.referrals.lifecycle import (
    SOURCES,
    WAIT_MAX_DAYS,
    Absence,
    Action,
    Asks,
    Reason,
    Result,
    Step,
    WordOf,
)
from resourcedir.referrals.outcomes import Milestone
from resourcedir.web.errors import words_of

_MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)
_NOT_SAID = ""


class ClockField(TimeField):
    """A time of the day; what is none is told with the mend."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """:raises ValueError: for what is no time."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Put in the time, such as 10:30 am.")) from None


class DaysField(IntegerField):
    """A number of days; what is none is told with the mend."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """:raises ValueError: for what is no number."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Put in days, from 0 to 3650.")) from None


class StepForm(Dated):
    """One step: only the fields that it asks for."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    word_of = RadioField(
        lazy_gettext("Who says so?"),
        validators=[InputRequired(lazy_gettext("Choose who says so."))],
    )
    reason = RadioField(
        lazy_gettext("Why?"), validators=[InputRequired(lazy_gettext("Choose a reason."))]
    )
    result = RadioField(
        lazy_gettext("What came of it?"),
        validators=[InputRequired(lazy_gettext("Say what came of it."))],
    )
    day = DayField(
        lazy_gettext("Day of the intake"),
        validators=[InputRequired(lazy_gettext("Put in the day of the intake."))],
    )
    at = ClockField(
        lazy_gettext("Time, on the clock of the place"),
        validators=[InputRequired(lazy_gettext("Put in the time, such as 10:30 am."))],
    )
    minutes = SelectField(lazy_gettext("How long it lasts"), coerce=int, default=60)
    agreed = HiddenField()
    wait_days = DaysField(
        lazy_gettext("Wait, in days"),
        description=lazy_gettext("May stay empty if nobody knows."),
        validators=[
            MayBeEmpty(),
            NumberRange(0, WAIT_MAX_DAYS, lazy_gettext("Put in days, from 0 to 3650.")),
        ],
    )
    absence = RadioField(lazy_gettext("Is the absence acceptable?"))
    note = TextAreaField(
        lazy_gettext("Note"),
        description=lazy_gettext("May stay empty. No diagnosis, no offense."),
        validators=[MayBeEmpty(), TOO_LONG],
    )

    def __init__(
        self,
        action: Action,
        asks_on: Callable[[WordOf | None], Asks],
        words: Sequence[WordOf],
        *,
        time_zone: str = "UTC",
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**kwargs)
        self._action, self._zone, self._asks_on = action, time_zone, asks_on
        asks = asks_on(None)
        self.word_of.choices = labelled(words, wording.SOURCES)
        self.reason.choices = labelled(asks.reasons, wording.REASONS)
        self.result.choices = labelled(Result, wording.RESULTS)
        self.minutes.choices = [
            (each, gettext("%(minutes)s minutes", minutes=each)) for each in _MINUTES
        ]
        not_said = [] if action is Action.JUDGE else [(_NOT_SAID, gettext("Not said yet"))]
        self.absence.choices = labelled(Absence, wording.ABSENCES) + not_said
        self.absence.default = _NOT_SAID
        if asks.absence_needed:
            said = lazy_gettext("Say if the absence is acceptable.")
            self.absence.validators, self.absence.validate_choice = [InputRequired(said)], False
        if asks.note_needed:
            self.note.validators = [
                InputRequired(lazy_gettext("Write a few words.")),
                TOO_LONG,
            ]
            self.note.description = gettext("No diagnosis, no offense.")
        self._drop(asks, several=len(words) > 1)
        if "absence" in self and self.absence.data is None:
            self.absence.data = _NOT_SAID

    def _drop(self, asks: Asks, *, several: bool) -> None:
        asked = {
            "word_of": several,
            "reason": bool(asks.reasons),
            "result": asks.result,
            "on_date": asks.dated,
            "day": asks.appointment,
            "at": asks.appointment,
            "minutes": asks.appointment,
            "agreed": asks.appointment,
            "wait_days": asks.wait,
            "absence": asks.absence,
            "note": asks.note_allowed,
        }
        for name in (name for name, wanted in asked.items() if not wanted):
            delattr(self, name)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Check the fields that the step asks for on the word that was chosen."""
        asks = self._asks_on(self._word())
        if "result" in self and not asks.result:
            delattr(self, "result")
        valid = bool(super().validate(extra_validators))
        if "note" in self and self.note.data and not asks.note_allowed:
            words = gettext("The client released attendance alone: leave the note empty.")
            self.note.errors = [words]
            return False
        if "reason" in self and valid and Reason(self.reason.data) not in asks.reasons:
            words = gettext(
                "On the word of a place of treatment only attendance is kept: choose another."
            )
            self.reason.errors = [words]
            return False
        return valid

    def _word(self) -> WordOf | None:
        chosen = self.word_of.data if "word_of" in self else None
        return WordOf(chosen) if chosen in set(WordOf) else None

    def validate_at(self, field: TimeField) -> None:
        """Refuse a time that the clock there skips; what else is wrong is said by the command."""
        if self.day.data is None or field.data is None:
            return
        try:
            appointments.typed(self.day.data, field.data, self._zone)
        except BadInput as fault:
            raise ValidationError(words_of(fault)) from None

    def appointment(self) -> Appointment | None:
        """Return when the client is expected; None where the step has no such time."""
        if "day" not in self:
            return None
        starts_at = appointments.typed(self.day.data, self.at.data, self._zone)
        return Appointment(starts_at, self.minutes.data, self._zone)

    def command(self) -> Asked:
        absence = self.absence.data if "absence" in self else _NOT_SAID
        step = Step(
            self._action,
            Reason(self.reason.data) if "reason" in self else None,
            Result(self.result.data) if "result" in self else None,
            (self.note.data or "") if "note" in self else "",
            self.appointment(),
            Absence(absence) if absence else None,
            self.wait_days.data if "wait_days" in self else None,
        )
        return Asked(
            version=self.version.data,
            step=step,
            word_of=WordOf(self.word_of.data) if "word_of" in self else None,
            on_date=self.on_date.data if "on_date" in self else None,
        )


class OutcomeForm(Dated):
    """What one source says came of it. Nothing is chosen beforehand: the page must not lead."""

    result = RadioField(
        lazy_gettext("What came of it?"),
        validators=[InputRequired(lazy_gettext("Say what came of it."))],
    )
    milestone = SelectField(
        lazy_gettext("How far did it come?"),
        description=lazy_gettext("May stay empty."),
    )
    source = RadioField(
        lazy_gettext("Who says so?"),
        validators=[InputRequired(lazy_gettext("Choose who says so."))],
    )
    note = TextAreaField(
        lazy_gettext("Note"),
        description=lazy_gettext("May stay empty. No diagnosis, no offense."),
        validators=[MayBeEmpty(), TOO_LONG],
    )

    def __init__(self, milestones: Sequence[Milestone], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.result.choices = labelled(Result, wording.RESULTS)
        self.source.choices = labelled(SOURCES, wording.SOURCES)
        none = (_NOT_SAID, gettext("Not said"))
        self.milestone.choices = [none, *labelled(milestones, wording.MILESTONES)]
        if not milestones:
            delattr(self, "milestone")

    def command(self) -> Said:
        milestone = self.milestone.data if "milestone" in self else None
        return Said(
            result=Result(self.result.data),
            source=WordOf(self.source.data),
            on_date=self.on_date.data,
            note=self.note.data or "",
            milestone=Milestone(milestone) if milestone else None,
        )


class CallForm(FlaskForm):
    """How a call went: one of four buttons, and a note that may stay empty."""

    reason = RadioField(
        lazy_gettext("How did it go?"),
        validators=[InputRequired(lazy_gettext("Say how the call went."))],
    )
    note = TextAreaField(
        lazy_gettext("Note"),
        description=lazy_gettext("May stay empty. Only your side reads it."),
        validators=[MayBeEmpty(), TOO_LONG],
    )

    def __init__(self, reasons: Sequence[Reason], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.reason.choices = labelled(reasons, wording.REASONS)

    def command(self) -> Step:
        return Step(Action.CALL, Reason(self.reason.data), note=self.note.data or "")
