"""The fields for a list of which each word is so, is not so, or is not known."""

from collections.abc import Iterator
from typing import ClassVar, Final

from flask_babel import lazy_gettext
from wtforms import BooleanField, Field, Form, RadioField, SelectChoice

from resourcedir.clients.facts import Answers
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary

YES, NO, NOT_KNOWN = "yes", "no", ""
_MARK = "is-"  # before a code, so that no field is called like something of WTForms
CHOICES: Final = [
    SelectChoice(YES, lazy_gettext("Yes")),
    SelectChoice(NO, lazy_gettext("No")),
    SelectChoice(NOT_KNOWN, lazy_gettext("Not known")),
]


class AnswersForm(Form):
    """One question a word; ``rest`` says that none of the others is so."""

    of: ClassVar[Vocabulary]
    usual: ClassVar[frozenset[str]]
    rest = BooleanField(lazy_gettext("None of the others"))

    def prepare(self, language: str) -> None:
        """Word the questions."""
        for code in vocabulary.codes(self.of):
            self[_MARK + code].label.text = vocabulary.label(self.of, code, language)

    @property
    def first(self) -> Iterator[Field]:
        """What is asked most, and what is answered."""
        return (field for code, field in self._questions() if self._stands_first(code, field))

    @property
    def further(self) -> list[Field]:
        """The other questions."""
        return [field for code, field in self._questions() if not self._stands_first(code, field)]

    def command(self) -> Answers | None:
        """Return what was entered; None where nothing is known. Only after ``validate``."""
        yes = frozenset(code for code, field in self._questions() if field.data == YES)
        no = frozenset(code for code, field in self._questions() if field.data == NO)
        if self.rest.data:
            no = frozenset(vocabulary.codes(self.of)) - yes
        return Answers(yes, no) if yes or no else None

    def _questions(self) -> Iterator[tuple[str, Field]]:
        return ((code, self[_MARK + code]) for code in vocabulary.codes(self.of))

    def _stands_first(self, code: str, field: Field) -> bool:
        return code in self.usual or field.data in {YES, NO} or bool(field.errors)


def answers_form(of: Vocabulary, usual: frozenset[str] | None = None) -> type[AnswersForm]:
    """Return the form for a list; ``usual`` are those asked about most, None: all alike."""
    first = frozenset(vocabulary.codes(of)) if usual is None else usual
    questions = {
        _MARK + code: RadioField(choices=CHOICES, default=NOT_KNOWN)
        for code in vocabulary.codes(of)
    }
    return type(f"{of.name.title()}Form", (AnswersForm,), {"of": of, "usual": first, **questions})


def fields_of(answers: Answers, of: Vocabulary) -> dict[str, object]:
    """Return what the fields show of answers that are recorded: one tick where the rest is no."""
    so: dict[str, object] = dict.fromkeys((_MARK + code for code in answers.yes), YES)
    rest = frozenset(vocabulary.codes(of)) - answers.yes
    if rest and rest <= answers.no:
        return {**so, "rest": True}
    return so | dict.fromkeys((_MARK + code for code in answers.no), NO)
