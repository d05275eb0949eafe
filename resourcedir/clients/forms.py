"""Forms about clients. Each gives a frozen value that ``commands`` takes."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
)

from resourcedir.clients import choices, wording
from resourcedir.clients.busy_week import Busy
from resourcedir.clients.card import ClientCard, NeedFact, OfficerRow
from resourcedir.clients.commands import MOST_NEEDS, ClientFacts, Need
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.clients.week_fields import CurfewForm, WorkForm, fields_of
from resourcedir.places.zip_codes import zip_code
from resourcedir.web.formats import phone_link, phone_words

OLDEST_BIRTH_YEAR: Final = 1900
YOUNGEST: Final = 10  # years; nobody younger is under supervision
_BLANK_NEEDS: Final = 3


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def _upper(text: str | None) -> str:
    return _plain(text).upper()


def _on_the_map(_form: FlaskForm, field: StringField) -> None:
    """Refuse a ZIP code that no distance could be measured from."""
    if zip_code(field.data) is None:
        raise ValidationError(
            gettext("No ZIP code has these five digits. Check them, or leave it empty.")
        )


class ClientForm(FlaskForm):
    """What is kept of a client besides needs."""

    name = StringField(
        lazy_gettext("Full name"),
        filters=[_plain],
        validators=[
            DataRequired(lazy_gettext("Enter the name of the client.")),
            Length(max=120, message=lazy_gettext("Shorten the name to 120 characters.")),
        ],
    )
    birth_year = StringField(
        lazy_gettext("Year of birth"),
        description=lazy_gettext("Four digits. With the name it tells people apart."),
        filters=[_plain],
        validators=[DataRequired(lazy_gettext("Enter the year of birth, such as 1989."))],
    )
    case_number = StringField(
        lazy_gettext("Case number"),
        description=lazy_gettext("As your agency writes it."),
        filters=[_upper],
        validators=[
            DataRequired(lazy_gettext("Enter the case number.")),
            Length(max=40, message=lazy_gettext("Shorten the case number to 40 characters.")),
        ],
    )
    supervision_type = RadioField(
        lazy_gettext("Supervision"),
        choices=choices.of_words(wording.SUPERVISION),
        validators=[InputRequired(lazy_gettext("Choose the kind of supervision."))],
    )
    authority = StringField(
        lazy_gettext("Court or board"),
        filters=[_plain],
        validators=[
            DataRequired(lazy_gettext("Enter the court or board that ordered supervision.")),
            Length(max=120, message=lazy_gettext("Shorten the court or board to 120 characters.")),
        ],
    )
    phone = StringField(lazy_gettext("Phone"), filters=[_plain], validators=[Optional()])
    contact_by = RadioField(
        lazy_gettext("How to reach them"),
        choices=choices.of_words(wording.CONTACT_BY),
        default=ContactBy.CALL.value,
        validators=[InputRequired(lazy_gettext("Choose how to reach the client."))],
    )
    leave_no_message = BooleanField(
        lazy_gettext("Leave no message"),
        description=lazy_gettext("Somebody else may hear or read what is left on this phone."),
    )
    do_not_contact = BooleanField(
        lazy_gettext("Do not contact"),
        description=lazy_gettext("Providers reach this client through the officer alone."),
    )
    home_zip = StringField(
        lazy_gettext("Home ZIP code"),
        description=lazy_gettext("Where distances are measured from. Empty if there is no home."),
        filters=[_plain],
        validators=[
            Optional(),
            Regexp(r"^\d{5}$", message=lazy_gettext("Enter the five digits of the ZIP code.")),
            _on_the_map,
        ],
    )
    language_1 = SelectField(lazy_gettext("Best language"))
    language_2 = SelectField(lazy_gettext("Second language"), validators=[Optional()])
    language_3 = SelectField(lazy_gettext("Third language"), validators=[Optional()])
    curfew = FormField(CurfewForm, lazy_gettext("Curfew"))
    work_hours = FormField(WorkForm, lazy_gettext("Work"))
    officer = SelectField(
        lazy_gettext("Officer"), validators=[InputRequired(lazy_gettext("Choose an officer."))]
    )
    version = HiddenField(default="0")

    def prepare(
        self, *, language: str, this_year: int, officers: Sequence[OfficerRow] | None = None
    ) -> None:
        """Fill in the lists. ``officers`` are those whom a new client can be given to."""
        spoken = choices.languages(language)
        self.language_1.choices = spoken
        self.language_2.choices = self.language_3.choices = choices.none_or(spoken)
        self.years = range(OLDEST_BIRTH_YEAR, this_year - YOUNGEST + 1)
        if officers is None:
            del self.officer
        else:
            self.officer.choices = choices.officers(officers)

    def validate_birth_year(self, field: StringField) -> None:
        if field.data not in map(str, self.years):
            raise ValidationError(
                lazy_gettext("Enter the year of birth in four digits, such as 1989.")
            )

    def validate_phone(self, field: StringField) -> None:
        if field.data and not phone_link(field.data):
            raise ValidationError(
                lazy_gettext("Enter a phone number of ten digits, such as 423-555-0141.")
            )

    def command(self) -> ClientFacts:
        """Return what was entered; only after ``validate``."""
        spoken = (self.language_1.data, self.language_2.data, self.language_3.data)
        return ClientFacts(
            name=self.name.data,
            birth_year=self.birth_year.data,
            case_number=self.case_number.data,
            supervision_type=SupervisionType(self.supervision_type.data),
            authority=self.authority.data,
            phone=phone_words(self.phone.data) if self.phone.data else "",
            contact_by=ContactBy(self.contact_by.data),
            leave_no_message=self.leave_no_message.data,
            do_not_contact=self.do_not_contact.data,
            home_zip=self.home_zip.data or "",
            languages=tuple(dict.fromkeys(filter(None, spoken))),
            curfew=self.curfew.form.text(),
            work_hours=self.work_hours.form.text(),
        )


def values_of(card: ClientCard) -> dict[str, object]:
    """Return what the form shows of a record before anything is entered."""
    spoken = (*card.languages, "", "", "")
    return {
        "name": card.name,
        "birth_year": card.birth_year,
        "case_number": card.case_number,
        "supervision_type": card.supervision_type.value,
        "authority": card.authority,
        "phone": card.phone,
        "contact_by": card.contact_by.value,
        "leave_no_message": card.leave_no_message,
        "do_not_contact": card.do_not_contact,
        "home_zip": card.home_zip,
        "language_1": spoken[0],
        "language_2": spoken[1],
        "language_3": spoken[2],
        "curfew": fields_of(card.curfew, Busy.CURFEW),
        "work_hours": fields_of(card.work_hours, Busy.WORK),
        "version": str(card.version),
    }


class DayField(DateField):
    """A date that is asked for in words when it cannot be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Enter the date as year-month-day: 2026-03-20.")) from error


class NeedForm(Form):
    """One need; without a term the row is empty."""

    code = SelectField(lazy_gettext("Need"), validators=[Optional()])
    source = SelectField(
        lazy_gettext("Who says so"),
        choices=choices.of_words(wording.NEED_SOURCE),
        default=NeedSource.OFFICER.value,
    )
    due_on = DayField(lazy_gettext("Date set by court or board"), validators=[Optional()])
    goal = StringField(
        lazy_gettext("Goal"),
        filters=[_plain],
        validators=[
            Optional(),
            Length(max=200, message=lazy_gettext("Shorten the goal to 200 characters.")),
        ],
    )


class NeedsForm(FlaskForm):
    """All needs of a client, the most urgent first."""

    needs = FieldList(FormField(NeedForm), max_entries=MOST_NEEDS)
    version = HiddenField(default="0")

    def prepare(self, language: str) -> None:
        """Fill in the lists of terms."""
        offered = choices.none_or(choices.needs(language))
        for row in self.needs:
            row.form.code.choices = offered

    def validate_needs(self, field: FieldList) -> None:
        seen: set[str] = set()
        for row in field:
            code = row.form.code.data
            if code and code in seen:
                row.form.code.errors = [lazy_gettext("This need stands twice. Choose it once.")]
                raise ValidationError(lazy_gettext("Choose each need once."))
            seen.add(code)

    def command(self) -> tuple[Need, ...]:
        """Return what was entered; only after ``validate``."""
        rows = [row.form for row in self.needs if row.form.code.data]
        return tuple(
            Need(row.code.data, NeedSource(row.source.data), row.due_on.data, row.goal.data)
            for row in rows
        )


def need_rows(needs: Sequence[NeedFact]) -> list[dict[str, str | date | None]]:
    """Return what the form shows of needs, with a few empty rows after them."""
    rows: list[dict[str, str | date | None]] = [
        {
            "code": need.code,
            "source": need.source.value,
            "due_on": need.due_on,
            "goal": need.goal,
        }
        for need in needs
    ]
    blank = min(_BLANK_NEEDS, MOST_NEEDS - len(rows))
    empty: dict[str, str | date | None] = {
        "code": "",
        "source": NeedSource.OFFICER.value,
        "due_on": None,
        "goal": "",
    }
    return rows + [empty] * blank


class FindForm(FlaskForm):
    """A name or case number. Sent by POST: no address may hold a name."""

    words = StringField(
        lazy_gettext("Name or case number"), filters=[_plain], validators=[Length(max=120)]
    )


class ReassignForm(FlaskForm):
    """Which officer a client goes to."""

    officer = SelectField(
        lazy_gettext("New officer"), validators=[InputRequired(lazy_gettext("Choose an officer."))]
    )

    def prepare(self, officers: Sequence[OfficerRow], *, besides: UUID) -> None:
        """Fill in the list."""
        self.officer.choices = choices.officers(officers, besides=besides)


class ReassignCaseloadForm(FlaskForm):
    """From which officer to which other."""

    from_officer = SelectField(
        lazy_gettext("All clients of"),
        validators=[InputRequired(lazy_gettext("Choose whose clients are to go."))],
    )
    to_officer = SelectField(
        lazy_gettext("Go to"),
        validators=[InputRequired(lazy_gettext("Choose the officer whom they go to."))],
    )
    sure = BooleanField(
        lazy_gettext("Yes, all of them, from now on"),
        validators=[InputRequired(lazy_gettext("Tick that all of them are to go."))],
    )

    def prepare(self, officers: Sequence[OfficerRow]) -> None:
        """Fill in the lists: who has clients, and who can be given some."""
        self.from_officer.choices = choices.officers_with_clients(officers)
        self.to_officer.choices = choices.officers(officers)

    def validate_to_officer(self, field: SelectField) -> None:
        if field.data == self.from_officer.data:
            raise ValidationError(lazy_gettext("Choose two different officers."))
