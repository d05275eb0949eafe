"""What people may submit about referrals, and how it becomes a command."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from resourcedir.clients.models import ContactBy
from resourcedir.errors import BadInput, NotFound
from resourcedir.numbers import whole_number
from resourcedir.referrals import ground, wording
from resourcedir.referrals.commands import Asked, Checked, Details, Said
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import (
    NOTE_MAX_LENGTH,
    Mode,
    Reason,
    Result,
    Step,
    Transition,
    WordOf,
)

_TOO_LONG: Final = Length(
    max=NOTE_MAX_LENGTH, message=lazy_gettext("Shorten this to 500 characters.")
)
_DAY: Final = lazy_gettext("Put in a day, such as 3/11/2026.")


class _MayBeEmpty:
    """Lets an empty field pass; the form decides later whether it was needed."""

    def __call__(self, _form: FlaskForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors[:] = []
            raise StopValidation


def _labelled(values: Iterable[StrEnum], labels: dict[Any, str]) -> list[tuple[str, str]]:
    return [(str(value), gettext(labels[value])) for value in values]


class _Dated(FlaskForm):
    """Asks for the day on which something was true: today, or one before it."""

    on_date = DateField(lazy_gettext("On which day?"), validators=[DataRequired(_DAY)])

    def __init__(self, *, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(data={"on_date": today, **kwargs.pop("data", {})}, **kwargs)
        self._today = today

    def validate_on_date(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(gettext("The day is not yet: put in today or an earlier day."))


class StartForm(FlaskForm):
    """From a row of results: this client, this listing. Hidden fields alone."""

    client_search = StringField()
    client_id = StringField()
    listing = StringField()
    need = StringField()
    form_token = StringField()

    def ids(self) -> tuple[UUID, int]:
        """Return the form's token and the listing's number.

        :raises NotFound: if they are none: nobody typed them.
        """
        number = whole_number(self.listing.data)
        try:
            token = UUID(self.form_token.data or "")
        except ValueError:
            raise NotFound from None
        if number is None:
            raise NotFound
        return token, number


class ModeForm(FlaskForm):
    """Live or recorded, in words, before anything else is asked."""

    mode = RadioField(
        lazy_gettext("Choose one"),
        validators=[InputRequired(lazy_gettext("Choose how this referral shall go."))],
    )

    def __init__(self, *, live: bool, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        record = (
            Mode.RECORDED,
            gettext("Record only: I have phoned, or the client goes alone"),
        )
        send = (Mode.LIVE, gettext("Send it in the app"))
        self.mode.choices = [(str(v), label) for v, label in ([send] if live else []) + [record]]


class DetailsForm(FlaskForm):
    """What the draft says; the ground only where it is to be sent."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    need = SelectField(
        lazy_gettext("What the client needs"),
        description=lazy_gettext("Only the broad kind of need is told, such as Housing."),
    )
    contact_by = RadioField(
        lazy_gettext("How may they reach the client?"),
        validators=[InputRequired(lazy_gettext("Choose how they may reach the client."))],
    )
    note = TextAreaField(
        lazy_gettext("Note to the provider"),
        description=lazy_gettext("No diagnosis, no offense. What they need to say yes or no."),
        validators=[_MayBeEmpty(), _TOO_LONG],
    )
    ground = RadioField(lazy_gettext("Why may the client's details be sent?"))
    release_from_on = DateField(
        lazy_gettext("Release signed on"), validators=[_MayBeEmpty(), DataRequired(_DAY)]
    )
    release_until_on = DateField(
        lazy_gettext("Release ends on"), validators=[_MayBeEmpty(), DataRequired(_DAY)]
    )
    witness = StringField(
        lazy_gettext("Who heard the client agree?"), validators=[_MayBeEmpty(), _TOO_LONG]
    )
    condition = StringField(
        lazy_gettext("Which condition is it?"),
        description=lazy_gettext("The provider does not see this."),
        validators=[_MayBeEmpty(), _TOO_LONG],
    )

    def __init__(
        self,
        *,
        live: bool,
        needs: Sequence[tuple[str, str]],
        contacts: Sequence[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**kwargs)
        self.need.choices = [("", gettext("Choose a need")), *needs]
        self.contact_by.choices = [(each, gettext(wording.CONTACTS[each])) for each in contacts]
        self.ground.choices = _labelled(Ground, wording.GROUNDS)
        if not live:
            for name in ("ground", "release_from_on", "release_until_on", "witness", "condition"):
                delattr(self, name)

    def validate(self, extra_validators: Any = None, *, today: date | None = None) -> bool:  # noqa: ANN401
        """Check the fields; with ``today`` also that the ground is complete on that day."""
        if "ground" not in self:
            return bool(super().validate(extra_validators))
        if self.ground.data in {None, "None"}:
            self.ground.validate_choice = False  # said below, in words that name the mend
        valid = bool(super().validate(extra_validators))
        if not valid or today is None:
            return valid
        try:
            ground.check(self.given(), today)
        except BadInput as fault:
            self._place_of_fault().errors = [gettext(fault.message)]
            return False
        return True

    def given(self) -> Given:
        """Return the ground as it was entered."""
        if "ground" not in self or self.ground.data not in {str(each) for each in Ground}:
            return Given()
        chosen = Ground(self.ground.data)
        if chosen is Ground.SIGNED_RELEASE:
            return Given(chosen, self.release_from_on.data, self.release_until_on.data)
        words = self.witness.data if chosen is Ground.CLIENT_WORD else self.condition.data
        return Given(chosen, detail=words or "")

    def command(self) -> Details:
        return Details(
            version=self.version.data,
            need_code=self.need.data or None,
            contact_by=ContactBy(self.contact_by.data),
            note=self.note.data or "",
            given=self.given(),
        )

    def _place_of_fault(self) -> Any:  # noqa: ANN401
        match self.given().ground:
            case Ground.SIGNED_RELEASE:
                return self.release_until_on
            case Ground.CLIENT_WORD:
                return self.witness
            case Ground.CONDITION:
                return self.condition
            case None:
                return self.ground


class CheckForm(FlaskForm):
    """The last look: it is about this person, and these words."""

    right = BooleanField(
        validators=[DataRequired(lazy_gettext("Check that this is the right person, and say so."))]
    )
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    fingerprint = HiddenField(validators=[InputRequired()])

    def command(self) -> Checked:
        return Checked(self.version.data, self.fingerprint.data or "")


class StepForm(_Dated):
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
    note = TextAreaField(
        lazy_gettext("Note"),
        description=lazy_gettext("May stay empty. No diagnosis, no offense."),
        validators=[_MayBeEmpty(), _TOO_LONG],
    )

    def __init__(self, transition: Transition, words: Sequence[WordOf], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self._action = transition.action
        self.word_of.choices = _labelled(words, wording.SOURCES)
        self.reason.choices = _labelled(transition.reasons, wording.REASONS)
        self.result.choices = _labelled(Result, wording.RESULTS)
        asked = {
            "word_of": len(words) > 1,
            "reason": bool(transition.reasons),
            "result": transition.needs_result,
            "on_date": transition.needs_result,
        }
        for name in (name for name, wanted in asked.items() if not wanted):
            delattr(self, name)

    def command(self) -> Asked:
        step = Step(
            self._action,
            Reason(self.reason.data) if "reason" in self else None,
            Result(self.result.data) if "result" in self else None,
            self.note.data or "",
        )
        return Asked(
            version=self.version.data,
            step=step,
            word_of=WordOf(self.word_of.data) if "word_of" in self else None,
            on_date=self.on_date.data if "on_date" in self else None,
        )


class OutcomeForm(_Dated):
    """What one source says came of it. Nothing is chosen beforehand: the page must not lead."""

    result = RadioField(
        lazy_gettext("What came of it?"),
        validators=[InputRequired(lazy_gettext("Say what came of it."))],
    )
    source = RadioField(
        lazy_gettext("Who says so?"),
        validators=[InputRequired(lazy_gettext("Choose who says so."))],
    )
    note = TextAreaField(
        lazy_gettext("Note"),
        description=lazy_gettext("May stay empty. No diagnosis, no offense."),
        validators=[_MayBeEmpty(), _TOO_LONG],
    )

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.result.choices = _labelled(Result, wording.RESULTS)
        self.source.choices = _labelled(WordOf, wording.SOURCES)

    def command(self) -> Said:
        return Said(
            result=Result(self.result.data),
            source=WordOf(self.source.data),
            on_date=self.on_date.data,
            note=self.note.data or "",
        )


class PressForm(FlaskForm):
    """A button alone, with its token."""
