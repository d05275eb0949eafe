"""The fields of which the form for facts is made. None has an answer before one is given."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Length, Optional

from resourcedir.clients import wording
from resourcedir.clients.answer_fields import CHOICES, NOT_KNOWN
from resourcedir.clients.facts import Fact
from resourcedir.clients.forms import DayField
from resourcedir.directory.form_parts import CheckboxesField
from resourcedir.places.finding import area_code
from resourcedir.places.place import PlaceNotFound
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary

Words = Any
"""Lazy strings, which have no type."""

NONE: Final = "none"  # the box that says none of the list
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", re.ASCII)


def label(fact: Fact) -> Words:
    """Return what the fact is called."""
    return lazy_gettext(wording.FACTS[fact])


def one_of(fact: Fact, words: Mapping[Any, str], hint: Words = "") -> SelectField:
    """Return a list to choose from, which begins with not known."""
    return SelectField(
        label(fact),
        choices=lambda: [
            SelectChoice("", lazy_gettext("Not known")),
            *(SelectChoice(str(code), lazy_gettext(text)) for code, text in words.items()),
        ],
        default="",
        description=hint,
    )


def yes_or_no(fact: Fact) -> RadioField:
    """Return one question."""
    return RadioField(label(fact), choices=CHOICES, default=NOT_KNOWN)


def day(fact: Fact, hint: Words = "") -> DayField:
    """Return a date."""
    return DayField(label(fact), validators=[Optional()], description=hint)


def area(fact: Fact, hint: Words, check: Callable[[str], Words]) -> StringField:
    """Return a county or state in words; ``check`` says what is wrong with a code, "" nothing."""

    def checked(_form: FlaskForm, field: Field) -> None:
        try:
            wrong = check(area_code(field.data))
        except PlaceNotFound:
            wrong = gettext("There is no such county or state. Write it as Hamilton County, TN.")
        if wrong:
            raise ValidationError(wrong)

    too_long = Length(max=80, message=lazy_gettext("Shorten this to 80 characters."))
    return StringField(
        label(fact), filters=[_plain], validators=[Optional(), too_long, checked], description=hint
    )


def number(fact: Fact, most: int, hint: Words, *, whole: bool = True) -> StringField:
    """Return a number from 0 to ``most``."""

    def checked(_form: FlaskForm, field: Field) -> None:
        text = field.data
        if not _NUMBER.fullmatch(text) or (whole and "." in text) or float(text) > most:
            raise ValidationError(
                gettext("Enter a number from 0 to %(most)s, or leave it empty.", most=most)
            )

    return StringField(
        label(fact), filters=[_digits], validators=[Optional(), checked], description=hint
    )


class BoxesField(CheckboxesField):
    """Boxes of a list, with one that says none of them; without any it is not known."""

    def offer(self, list_: Vocabulary, language: str, none: Words, of: Iterable[str] = ()) -> None:
        """Fill in the boxes: those of ``of``, else all, what is recorded, and none of them."""
        shown = {*of, *(self.data or ())} if of else set(vocabulary.codes(list_))
        named = vocabulary.choices(list_, language)
        self.choices = [SelectChoice(*row) for row in named if row[0] in shown]
        self.choices.append(SelectChoice(NONE, none))

    def pre_validate(self, form: FlaskForm) -> None:
        super().pre_validate(form)
        if NONE in (self.data or ()) and len(self.data or ()) > 1:
            raise ValidationError(gettext("Tick what there is, or the last box, and not both."))


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _digits(text: str | None) -> str:
    return _plain(text).replace(",", "")
