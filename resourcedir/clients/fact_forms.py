"""The form for what is known of a client. It gives a ``Said`` that ``fact_commands`` takes.

What is left empty is not known.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FormField, HiddenField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from resourcedir.clients import choices, wording
from resourcedir.clients.answer_fields import NO, YES, answers_form, fields_of
from resourcedir.clients.fact_commands import LISTS, MOST_CHILDREN, Said
from resourcedir.clients.fact_fields import (
    NONE,
    BoxesField,
    Words,
    area,
    day,
    label,
    number,
    one_of,
    yes_or_no,
)
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import Answers, Fact, FactSource, Income, Pets, Transport
from resourcedir.clients.forms import OLDEST_BIRTH_YEAR, DayField
from resourcedir.clients.knowing import FactRow
from resourcedir.places.areas import area_label
from resourcedir.places.finding import area_code
from resourcedir.places.names import COUNTRY
from resourcedir.taxonomy.vocabulary import Vocabulary

MOST_DAYS: Final = 36_500
MOST_MILES: Final = 3_000

_USUAL_PAPERS: Final = frozenset(
    {"state-id", "photo-id", "drivers-license", "birth-certificate", "social-security-card"}
)
_USUAL_MEDICATION: Final = frozenset(
    {"methadone", "buprenorphine", "naltrexone", "psychiatric", "benzodiazepines", "opioid-pain"}
)
_BROUGHT: Final = (
    *("medicaid", "medicare", "va", "tricare", "private-insurance", "state-insurance", "ihs"),
    *("corrections-funded", "voucher", "self-pay"),
)
"""What of the payers somebody can bring; the others say how places are paid for."""
_A_COUNTY: Final[Words] = lazy_gettext("Enter a county with its state: Hamilton County, TN.")
_NO_COUNTRY: Final[Words] = lazy_gettext("Enter a county or a state, such as Tennessee.")


class FactsForm(FlaskForm):
    """Every fact. Who says so, and of which day it is, is asked once, for what changed."""

    birth = day(Fact.BIRTH)
    gender = one_of(
        Fact.GENDER,
        wording.GENDERS,
        lazy_gettext("As services ask it: some take men only, or women only."),
    )
    veteran = yes_or_no(Fact.VETERAN)
    pregnant = yes_or_no(Fact.PREGNANT)
    dependents = number(Fact.DEPENDENTS, MOST_CHILDREN, lazy_gettext("How many; 0 if none would."))
    pets = one_of(Fact.PETS, wording.PETS)
    access = BoxesField(label(Fact.ACCESS))
    payers = BoxesField(label(Fact.PAYERS))
    income = one_of(Fact.INCOME, wording.INCOMES)
    documents = FormField(answers_form(Vocabulary.DOCUMENT, _USUAL_PAPERS))
    offenses = FormField(answers_form(Vocabulary.OFFENSE))
    warrant = yes_or_no(Fact.WARRANT)
    medications = FormField(answers_form(Vocabulary.MEDICATION, _USUAL_MEDICATION))
    sobriety = number(
        Fact.SOBRIETY,
        MOST_DAYS,
        lazy_gettext("How many they were on the day under “As of”. They count on from there."),
    )
    transport = one_of(Fact.TRANSPORT, wording.TRANSPORTS)
    farthest = number(
        Fact.FARTHEST,
        MOST_MILES,
        lazy_gettext("Miles from the home ZIP code, in a straight line."),
        whole=False,
    )
    county = area(
        Fact.COUNTY,
        lazy_gettext("Such as Hamilton County, TN. Empty: that of the home ZIP code counts."),
        lambda code: "" if "/" in code else _A_COUNTY,
    )
    stay_within = area(
        Fact.STAY_WITHIN,
        lazy_gettext("The county or state that they must stay in, such as Tennessee."),
        lambda code: _NO_COUNTRY if code == COUNTRY else "",
    )
    starts_on = day(Fact.STARTS_ON)
    ends_on = day(Fact.ENDS_ON)
    release_on = day(Fact.RELEASE_ON, lazy_gettext("The day, past or to come."))
    source = SelectField(
        lazy_gettext("Who says so"),
        choices=lambda: choices.of_words(wording.FACT_SOURCES),
        default=FactSource.CLIENT.value,
        validators=[InputRequired(lazy_gettext("Choose who says so."))],
    )
    on = DayField(
        lazy_gettext("As of"),
        validators=[Optional()],
        description=lazy_gettext("The day on which it was so. Empty: today."),
    )
    version = HiddenField(default="0")

    def prepare(self, *, language: str, today: date, birth_year: str) -> None:
        """Fill in the lists, and what dates are held to."""
        self.access.offer(Vocabulary.ACCESSIBILITY, language, lazy_gettext("None needed"))
        self.payers.offer(Vocabulary.PAYER, language, lazy_gettext("Nobody pays"), _BROUGHT)
        for answers in (self.documents, self.offenses, self.medications):
            answers.form.prepare(language)
        self.today, self.birth_year = today, birth_year

    def validate_birth(self, field: DayField) -> None:
        if field.data is None:
            return
        if field.data > self.today or field.data.year < OLDEST_BIRTH_YEAR:
            raise ValidationError(gettext("Nobody is born on this day. Check the year."))
        if self.birth_year and str(field.data.year) != self.birth_year:
            words = gettext(
                "The record says born %(year)s. Check the date, or change the year there.",
                year=self.birth_year,
            )
            raise ValidationError(words)

    def validate_ends_on(self, field: DayField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("Supervision ends before it starts. Check both dates."))

    def validate_on(self, field: DayField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("“As of” is a day to come. Enter today or a day before."))

    def command(self) -> Said:
        """Return what was entered; only after ``validate``."""
        return Said(dict(self._values()), FactSource(self.source.data), self.on.data)

    def _values(self) -> Iterator[tuple[Fact, Value]]:
        for fact in Fact:
            field = self[fact.value]
            data = field.form.command() if isinstance(field, FormField) else field.data
            if data not in _EMPTY:
                yield fact, _READ[fact](data) if fact in _READ else data


def values_of(rows: Iterable[FactRow]) -> dict[str, object]:
    """Return what the form shows of what is recorded."""
    return {row.fact.value: _shown(row.fact, row.value) for row in rows}


def _shown(fact: Fact, value: Value) -> object:
    if fact in {Fact.COUNTY, Fact.STAY_WITHIN}:
        return area_label(str(value))
    match value:
        case Answers():
            return fields_of(value, LISTS[fact])
        case bool():
            return YES if value else NO
        case frozenset():
            return sorted(value) or [NONE]
        case date():
            return value
    return f"{value:g}" if isinstance(value, float) else str(value)


def _codes(data: list[str]) -> frozenset[str]:
    return frozenset(data) - {NONE}


def _flag(data: str) -> bool:
    return data == YES


_EMPTY: Final[tuple[object, ...]] = (None, "", [])
_READ: Final[dict[Fact, Callable[[Any], Value]]] = {
    Fact.VETERAN: _flag,
    Fact.PREGNANT: _flag,
    Fact.WARRANT: _flag,
    Fact.DEPENDENTS: int,
    Fact.SOBRIETY: int,
    Fact.FARTHEST: float,
    Fact.PETS: Pets,
    Fact.INCOME: Income,
    Fact.TRANSPORT: Transport,
    Fact.ACCESS: _codes,
    Fact.PAYERS: _codes,
    Fact.COUNTY: area_code,
    Fact.STAY_WITHIN: area_code,
}
