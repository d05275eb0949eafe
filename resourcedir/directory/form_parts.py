"""Parts of the form of a listing, and the way from an edit to its fields and back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import DecimalField, Form, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from resourcedir.directory import hours, wording
from resourcedir.directory.editing import ListingEdit
from resourcedir.directory.facts import PhoneFact
from resourcedir.directory.hours import DAYS, WHOLE_DAY, Interval, WeeklyHours
from resourcedir.directory.kinds import PhoneType, Unit
from resourcedir.directory.typed_hours import read_day
from resourcedir.errors import BadInput
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.web.errors import words_of
from resourcedir.web.formats import clock_time, phone_link
from resourcedir.web.language import language


def named(list_: Vocabulary) -> list[tuple[str, str]]:
    """Return the choices of a list in the language of the page."""
    return list(vocabulary.choices(list_, language()))


class CheckboxesField(SelectMultipleField):
    """Any number of choices, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MoneyField(DecimalField):
    """An amount; what is infinite, or says itself that it is no number, is refused."""

    data: Decimal | None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and not self.data.is_finite():
            self.data = None
            raise ValueError(self.gettext("Not a valid decimal value."))


class PhoneForm(Form):
    """One number; without digits it is no number and goes."""

    number = StringField(lazy_gettext("Number"), [Optional(), Length(max=40)])
    extension = StringField(lazy_gettext("Extension"), [Optional(), Length(max=10)])
    type = SelectField(
        lazy_gettext("Kind"),
        choices=lambda: [(each.value, gettext(w)) for each, w in wording.PHONE_TYPES.items()],
    )
    description = StringField(
        lazy_gettext("What for, such as Intake or Nights"), [Optional(), Length(max=80)]
    )

    def validate_number(self, field: StringField) -> None:
        if field.data and not phone_link(field.data):
            raise ValidationError(
                gettext("This is no US phone number. Write it like 423-555-0100.")
            )


class WeekForm(Form):
    """Hours of each weekday; its fields are made below."""


def _check_day(form: Form, field: StringField) -> None:
    if field.data:
        try:
            read_day(field.data)
        except BadInput as error:
            day = gettext(wording.WEEKDAYS[DAYS.index(field.short_name)])
            raise ValidationError(
                gettext("%(day)s: %(what)s", day=day, what=words_of(error))
            ) from None


for _day, _words in zip(DAYS, wording.WEEKDAYS, strict=True):
    setattr(WeekForm, _day, StringField(lazy_gettext(_words), [Length(max=80), _check_day]))


def data_of(edit: ListingEdit) -> dict[str, Any]:
    """Return ``edit`` as the fields of the form hold it."""
    cost, told = edit.cost, edit.openings
    return {
        "description": edit.description,
        "temporarily_closed": edit.temporarily_closed,
        "alert": edit.alert,
        "hours": _days(edit.hours),
        "phones": [
            {
                "number": each.number,
                "extension": each.extension,
                "type": each.type.value,
                "description": each.description,
            }
            for each in edit.phones
        ],
        "languages": sorted(edit.languages),
        "payers": sorted(edit.payers),
        "accessibility": sorted(edit.accessibility),
        "cost": cost.kind.value if cost else "",
        "cost_amount": cost.amount if cost else None,
        "cost_description": cost.description if cost else "",
        "unit": told.unit.value if told else Unit.BED.value,
        "available": told.available if told else None,
        "free_seen": str(told.available) if told else None,
        "maximum": told.maximum if told else None,
    }


def _days(text: str) -> dict[str, str]:
    if not text:
        return {}
    week = hours.parse(text)
    pairs = zip(DAYS, week.days, strict=True)
    return {name: _typed(day) for name, day in pairs if day is not None}


def _typed(spans: tuple[Interval, ...]) -> str:
    """Return the hours of a day as people here write them, so that ``read_day`` reads them back."""
    if not spans:
        return str(gettext("closed"))
    if spans == (WHOLE_DAY,):
        return str(gettext("24 hours"))
    return ", ".join(f"{clock_time(each.opens)} - {clock_time(each.closes)}" for each in spans)


def week_text(days: dict[str, str | None]) -> str:
    """Return the hours that the fields of the seven days say, "" if none says any."""
    return WeeklyHours(tuple(read_day(days.get(day) or "") for day in DAYS), "UTC").to_text()


def phones_of(rows: list[dict[str, Any]]) -> Iterator[PhoneFact]:
    """Yield the numbers of the lines that have one."""
    for row in rows:
        if number := text_of(row["number"]):
            yield PhoneFact(
                number,
                text_of(row["extension"]) or None,
                PhoneType(row["type"] or PhoneType.VOICE),
                text_of(row["description"]) or None,
            )


def text_of(text: str | None) -> str:
    """Return what was typed with the line ends that the database has, and no blanks around."""
    return "\n".join((text or "").splitlines()).strip()
