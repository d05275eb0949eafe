"""What to ask a client, in the reader's language, and what kind of answer is waited for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resourcedir.clients import wording as clients
from resourcedir.clients.facts import Fact
from resourcedir.directory.asking import Matter
from resourcedir.matching.phrasing import label
from resourcedir.matching.verdicts import About, Question
from resourcedir.matching.wording import QUESTIONS, QUESTIONS_ON
from resourcedir.taxonomy.vocabulary import Vocabulary, choices
from resourcedir.web.language import gettext


class Answer(StrEnum):
    """What a form offers to answer with. ``TEXT`` is the name of a county or state."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as an officer asks it; ``choices`` are pairs of code and name."""

    words: str
    answer: Answer
    choices: tuple[tuple[str, str], ...] = ()


def question_words(question: Question, language: str) -> Asking:
    """Return a question with what can be answered; one on a single entry wants yes or no."""
    if question.code and question.fact in QUESTIONS_ON:
        what = label(LISTS[question.fact], question.code, language)
        words = gettext(QUESTIONS_ON[question.fact], what=what)
        return Asking(str(words), Answer.YES_NO)
    words = str(gettext(QUESTIONS[question.fact]))
    return Asking(words, _ANSWERS[question.fact], _choices(question.fact, language))


def _choices(fact: Fact, language: str) -> tuple[tuple[str, str], ...]:
    if fact in _VOCABULARIES:
        return choices(_VOCABULARIES[fact], language)
    return tuple((str(code), str(gettext(name))) for code, name in _FIXED.get(fact, {}).items())


LISTS: Final[Mapping[Fact, About]] = {
    Fact.DOCUMENTS: Matter.DOCUMENT,
    Fact.OFFENSES: Matter.OFFENSE,
    Fact.MEDICATIONS: Matter.MEDICATION,
}
"""The facts that are answered entry by entry, and what asks for them."""
_VOCABULARIES: Final[Mapping[Fact, Vocabulary]] = {
    Fact.DOCUMENTS: Vocabulary.DOCUMENT,
    Fact.OFFENSES: Vocabulary.OFFENSE,
    Fact.MEDICATIONS: Vocabulary.MEDICATION,
    Fact.PAYERS: Vocabulary.PAYER,
    Fact.ACCESS: Vocabulary.ACCESSIBILITY,
}
_FIXED: Final[Mapping[Fact, Mapping[str, str]]] = {
    Fact.GENDER: clients.GENDERS,
    Fact.PETS: {str(code): name for code, name in clients.PETS.items()},
    Fact.INCOME: {str(code): name for code, name in clients.INCOMES.items()},
    Fact.TRANSPORT: {str(code): name for code, name in clients.TRANSPORTS.items()},
}
_ANSWERS: Final[Mapping[Fact, Answer]] = {
    Fact.BIRTH: Answer.DATE,
    Fact.GENDER: Answer.CHOICE,
    Fact.VETERAN: Answer.YES_NO,
    Fact.PREGNANT: Answer.YES_NO,
    Fact.DEPENDENTS: Answer.NUMBER,
    Fact.PETS: Answer.CHOICE,
    Fact.ACCESS: Answer.MANY,
    Fact.PAYERS: Answer.MANY,
    Fact.INCOME: Answer.CHOICE,
    Fact.DOCUMENTS: Answer.MANY,
    Fact.OFFENSES: Answer.MANY,
    Fact.WARRANT: Answer.YES_NO,
    Fact.MEDICATIONS: Answer.MANY,
    Fact.SOBRIETY: Answer.NUMBER,
    Fact.TRANSPORT: Answer.CHOICE,
    Fact.FARTHEST: Answer.NUMBER,
    Fact.COUNTY: Answer.TEXT,
    Fact.STAY_WITHIN: Answer.TEXT,
    Fact.STARTS_ON: Answer.DATE,
    Fact.ENDS_ON: Answer.DATE,
    Fact.RELEASE_ON: Answer.DATE,
}
