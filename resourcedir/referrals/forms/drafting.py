"""What an officer submits on the way to a referral, and how it becomes a command."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from resourcedir.clients.models import ContactBy
from resourcedir.errors import BadInput, NotFound
from resourcedir.numbers import whole_number
from resourcedir.referrals import ground, wording
from resourcedir.referrals.commands import Checked, Details
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.forms.parts import (
    DAY,
    TOO_LONG,
    DayField,
    MayBeEmpty,
    labelled,
    released_until,
)
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Mode

_OF_GROUND: Final = ("ground", "release_from_on", "release_until_on", "witness", "condition")


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
        validators=[MayBeEmpty(), TOO_LONG],
    )
    urgency = RadioField(
        lazy_gettext("How soon must they answer?"),
        validators=[InputRequired(lazy_gettext("Choose how soon they must answer."))],
    )
    wants_hold = BooleanField(lazy_gettext("Hold an opening until they answer"))
    report_until_on = released_until()
    ground = RadioField(lazy_gettext("Why may the client's details be sent?"))
    release_from_on = DayField(
        lazy_gettext("Release signed on"), validators=[MayBeEmpty(), DataRequired(DAY)]
    )
    release_until_on = DayField(
        lazy_gettext("Release ends on"), validators=[MayBeEmpty(), DataRequired(DAY)]
    )
    witness = StringField(
        lazy_gettext("Who heard the client agree?"), validators=[MayBeEmpty(), TOO_LONG]
    )
    condition = StringField(
        lazy_gettext("Which condition is it?"),
        description=lazy_gettext("The provider does not see this."),
        validators=[MayBeEmpty(), TOO_LONG],
    )

    def __init__(
        self,
        *,
        live: bool,
        needs: Sequence[tuple[str, str]],
        contacts: Sequence[str],
        holds: bool = False,
        clinical: bool = False,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**kwargs)
        self.need.choices = [("", gettext("Choose a need")), *needs]
        self.contact_by.choices = [(each, gettext(wording.CONTACTS[each])) for each in contacts]
        self.ground.choices = labelled(Ground, wording.GROUNDS)
        self.urgency.choices = labelled(Urgency, wording.URGENCIES)
        unasked = [] if live else [*_OF_GROUND, "urgency"]
        unasked += [] if live and holds else ["wants_hold"]
        unasked += [] if clinical else ["report_until_on"]
        for name in unasked:
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
            urgency=Urgency(self.urgency.data) if "urgency" in self else Urgency.ROUTINE,
            wants_hold="wants_hold" in self and bool(self.wants_hold.data),
            report_until_on=self.report_until_on.data if "report_until_on" in self else None,
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
