"""Whether a client is one of the people that a service names as only for them, or not. Pure.

Only what the record holds is used. Groups that no fact tells of (such as people with HIV) are never
guessed and never asked to be recorded: such a rule ends in a question to the client.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from resourcedir.clients.facts import Born, Fact, Facts
from resourcedir.matching.verdicts import Question

JUST_RELEASED: Final = timedelta(days=180)  # how long somebody counts as leaving custody
PREGNANT_FOR: Final = timedelta(days=280)
RELEASE_PAPERS: Final = "release-papers"
WITH_CHILDREN: Final = "women-with-children"
BETWEEN: Final = "nonbinary"
OLDER: Final = (55, 60)  # services begin at 55 to 60 (the Older Americans Act at 60)

Belongs = Callable[[Facts, date], bool | None]


def belongs(code: str, facts: Facts, today: date) -> bool | None:
    """Return whether the client is one of a population; None: not known."""
    test = _TESTS.get(code)
    return None if test is None else test[0](facts, today)


def rests_on(code: str) -> tuple[Fact, ...]:
    """Return the facts that tell whether somebody is one of a population."""
    test = _TESTS.get(code)
    return () if test is None else test[1]


def as_of(facts: Facts, today: date) -> Facts:
    """Return what still holds today: whoever said long ago that she is pregnant is so no more."""
    said = facts.pregnant_on
    worn = facts.pregnant and said is not None and today - said > PREGNANT_FOR
    return replace(facts, pregnant=None) if worn else facts


def question_about(code: str, facts: Facts) -> Question | None:
    """Return the fact that would tell; None where none does, or where all is told already."""
    return next((Question(fact) for fact in rests_on(code) if not _is_told(fact, facts)), None)


def is_likely(code: str, facts: Facts) -> bool:
    """Say whether something else speaks for what is not known."""
    # Who holds their release papers has mostly come out not long ago.
    return code == "leaving-custody" and facts.documents.of(RELEASE_PAPERS) is True


def _is_told(fact: Fact, facts: Facts) -> bool:
    if fact is Fact.BIRTH:
        return facts.born is not None and facts.born.first == facts.born.last
    return getattr(facts, fact.value) is not None


def ages(born: Born, today: date) -> tuple[int, int]:
    """Return the lowest and the highest age in whole years that somebody may have today."""
    return _age(born.last, today), _age(born.first, today)


def _age(born: date, today: date) -> int:
    # Who was born on February 29 is a year older on March 1 of other years.
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _aged(low: int, high: int, *, surely: tuple[int, int] | None = None) -> Belongs:
    """Return the test for an age of ``low`` to ``high``; outside of ``surely`` it is not known."""

    def test(facts: Facts, today: date) -> bool | None:
        if facts.born is None:
            return None
        youngest, oldest = ages(facts.born, today)
        sure_low, sure_high = surely or (low, high)
        if sure_low <= youngest and oldest <= sure_high:
            return True
        return False if oldest < low or youngest > high else None

    return test


def _of_gender(code: str) -> Belongs:
    # Whom places for men or for women count among them besides is theirs to say, as under a rule
    # on gender.
    return lambda facts, _: None if facts.gender in {None, BETWEEN} else facts.gender == code


def _with_children(gender: str | None) -> Belongs:
    def test(facts: Facts, today: date) -> bool | None:
        children = None if facts.dependents is None else facts.dependents > 0
        if gender is None:
            return children
        right = _of_gender(gender)(facts, today)
        if gender == "women" and facts.pregnant and not children:
            children = None  # most of them take women who expect a child: theirs to say
        if right is False or children is False:
            return False
        return None if right is None or children is None else True

    return test


def _expects_or_has_born(facts: Facts, _: date) -> bool | None:
    if facts.pregnant:
        return True
    if facts.gender == "men" or (facts.pregnant is False and facts.dependents == 0):
        return False
    return None  # how old the children are is not recorded


def _leaves_custody(facts: Facts, today: date) -> bool | None:
    return None if facts.release_on is None else facts.release_on >= today - JUST_RELEASED


_MANY: Final = 200  # years

_TESTS: Final[Mapping[str, tuple[Belongs, tuple[Fact, ...]]]] = {
    "justice-involved": (lambda *_: True, ()),  # all clients are under supervision
    "men": (_of_gender("men"), (Fact.GENDER,)),
    "women": (_of_gender("women"), (Fact.GENDER,)),
    WITH_CHILDREN: (_with_children("women"), (Fact.DEPENDENTS, Fact.GENDER)),
    "men-with-children": (_with_children("men"), (Fact.DEPENDENTS, Fact.GENDER)),
    "families": (_with_children(None), (Fact.DEPENDENTS,)),
    "pregnant": (_expects_or_has_born, (Fact.PREGNANT, Fact.DEPENDENTS)),
    "veterans": (lambda facts, _: facts.veteran, (Fact.VETERAN,)),
    "leaving-custody": (_leaves_custody, (Fact.RELEASE_ON,)),
    "youth": (_aged(0, 17), (Fact.BIRTH,)),
    "young-adults": (_aged(18, 25), (Fact.BIRTH,)),
    "seniors": (_aged(OLDER[0], _MANY, surely=(OLDER[1], _MANY)), (Fact.BIRTH,)),
}
