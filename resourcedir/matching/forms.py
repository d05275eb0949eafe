"""What begins a search for a client, and the one question that a match asks about them."""

from dataclasses import replace
from typing import Any, Final, cast
from uuid import UUID

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from resourcedir.clients.fact_values import ANSWERED, Value
from resourcedir.clients.facts import Answers, Fact, Facts, Pets
from resourcedir.directory.form_parts import CheckboxesField
from resourcedir.errors import NotFound
from resourcedir.matching.questioning import LISTS, Answer, Asking, question_words
from resourcedir.matching.verdicts import Question
from resourcedir.places.finding import area_code
from resourcedir.places.place import PlaceNotFound
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.web.errors import words_of
from resourcedir.web.language import gettext

MOST: Final = 36_500  # days, or children
ASKED: Final = frozenset(
    {
        Fact.BIRTH,
        Fact.GENDER,
        Fact.VETERAN,
        Fact.PREGNANT,
        Fact.DEPENDENTS,
        Fact.PETS,
        Fact.PAYERS,
        Fact.DOCUMENTS,
        Fact.OFFENSES,
        Fact.WARRANT,
        Fact.MEDICATIONS,
        Fact.SOBRIETY,
        Fact.COUNTY,
        Fact.RELEASE_ON,
    }
)
"""The facts that rules ask for, and so a match."""


class StartForm(FlaskForm):
    """Hidden fields of the buttons on a client's page; nobody types them."""

    client_id = StringField()
    need = StringField()

    def chosen_client(self) -> UUID:
        """:raises NotFound: if what was sent is no id."""
        try:
            return UUID(self.client_id.data or "")
        except ValueError:
            raise NotFound from None

    def chosen_need(self) -> str:
        """Return a term's code, or "" for a search without one."""
        code = self.need.data or ""
        return code if code in taxonomy() else ""


class AnswerForm(FlaskForm):
    """What the client says to one question; each kind of answer has a form below."""

    said: Field

    def __init__(self, question: Question, asking: Asking) -> None:
        super().__init__()
        self.question = question
        self.said.label.text = asking.words
        if asking.answer in {Answer.CHOICE, Answer.MANY}:
            self.said.choices = list(asking.choices)

    def value(self) -> Value:
        """Return what was answered; only after ``validate``."""
        return cast(Value, self.said.data)


_CHOSEN: Final = InputRequired(lazy_gettext("Choose an answer, or say that nobody can tell."))


class YesOrNoForm(AnswerForm):
    said = RadioField(
        choices=lambda: [("yes", gettext("Yes")), ("no", gettext("No"))], validators=[_CHOSEN]
    )

    def value(self) -> Value:
        """Return yes or no; of a list, of the one entry that was asked about."""
        yes = bool(self.said.data == "yes")
        if self.question.fact not in ANSWERED:
            return yes
        code = frozenset({self.question.code})
        return Answers(yes=code) if yes else Answers(no=code)


class NumberForm(AnswerForm):
    said = IntegerField(
        validators=[
            InputRequired(lazy_gettext("Enter a whole number, such as 30.")),
            NumberRange(0, MOST, lazy_gettext("Enter a whole number from 0 on.")),
        ]
    )


class DateForm(AnswerForm):
    said = DateField(
        validators=[InputRequired(lazy_gettext("Enter the date as year-month-day: 2026-03-20."))]
    )


class ChoiceForm(AnswerForm):
    said = RadioField(validators=[_CHOSEN])

    def value(self) -> Value:
        code = str(self.said.data)
        return Pets(code) if self.question.fact is Fact.PETS else code


_TICK: Final = lazy_gettext("Tick what is so, or “None of these”.")


class ManyForm(AnswerForm):
    """The entries of a list that nobody knows of yet; what is not ticked is not so.

    That none is so has a box of its own, lest an idle press says it.
    """

    said = CheckboxesField()
    none = BooleanField(lazy_gettext("None of these"))

    def validate_said(self, field: CheckboxesField) -> None:
        """:raises ValidationError: if nothing is ticked, or something and that nothing is so."""
        left_open = bool(field.choices)  # another page may have answered all since
        if left_open and bool(field.data) is bool(self.none.data):
            raise ValidationError(_TICK)

    def value(self) -> Value:
        """Return what is so; of a list that is answered by entries, the others shown are not."""
        chosen = frozenset(self.said.data or ())
        if self.question.fact not in ANSWERED:
            return chosen
        return Answers(chosen, frozenset(code for code, _ in self.said.choices) - chosen)


_A_COUNTY: Final = lazy_gettext("Enter a county with its state: Hamilton County, TN.")


class AreaForm(AnswerForm):
    said = StringField(
        validators=[
            InputRequired(_A_COUNTY),
            Length(max=120),
        ]
    )

    def validate_said(self, field: StringField) -> None:
        """:raises ValidationError: if there is no such county."""
        try:
            code = area_code(field.data)
        except PlaceNotFound as error:
            raise ValidationError(words_of(error)) from error
        if "/" not in code:
            raise ValidationError(_A_COUNTY)

    def value(self) -> Value:
        return area_code(self.said.data)


_FORMS: Final[dict[Answer, Any]] = {
    Answer.YES_NO: YesOrNoForm,
    Answer.NUMBER: NumberForm,
    Answer.DATE: DateForm,
    Answer.CHOICE: ChoiceForm,
    Answer.MANY: ManyForm,
    Answer.TEXT: AreaForm,
}


def answer_form(question: Question, facts: Facts, language: str) -> AnswerForm:
    """Return the form that asks a question; filled in, in a request that answers one.

    Of a list it asks no more than ``facts`` leave open: what is known stays.
    """
    asking = question_words(question, language)
    if question.fact in ANSWERED:
        known: Answers = getattr(facts, question.fact.value)
        left = tuple(each for each in asking.choices if known.of(each[0]) is None)
        asking = replace(asking, choices=left)
    form: AnswerForm = _FORMS[asking.answer](question, asking)
    return form


def asked_question(text: str | None) -> Question:
    """Return the question that an answer belongs to.

    :raises NotFound: for one that no match asks.
    """
    try:
        question = Question.parse(text or "")
    except ValueError:
        raise NotFound from None
    if question.fact not in ASKED or question.code not in ("", *_entries(question.fact)):
        raise NotFound
    return question


def _entries(fact: Fact) -> tuple[str, ...]:
    """Return the entries of a list that are asked about one by one; of other facts none."""
    about = LISTS.get(fact)
    return () if about is None else vocabulary.codes(Vocabulary(about.value))
