"""What makes one result come before another: the weights, each with its reason. Pure.

Before any of them: with a term that the words name come those that have it, then those that only
mention it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weight:
    """A text's ``value`` multiplies its words; anything else's is added to a result's score."""

    value: float
    reason: str


TEXTS: Final[Mapping[str, Weight]] = {
    "name": Weight(3.0, "who types a name wants that place"),
    "term": Weight(2.0, "what a place is for says more than what it mentions"),
    "organization": Weight(2.0, "officers know providers by their organization"),
    "body": Weight(1.0, "the rest of what is said of a place"),
}
"""How much a word counts, by the text in which it stands."""

SAID: Final = Weight(0.5, "of one kind, the place that says the very word: diapers, not showers")
ALIKE: Final = Weight(0.4, "a word for nearly the same says less than the very word")
TELLING: Final = Weight(0.5, "of kinds that no place has together, the rarer is what is meant")
NAMED: Final = Weight(0.3, "a class in Spanish by its name before one whose staff speaks Spanish")
TAKEN: Final = Weight(0.3, "who takes people with an offense before who looks at each case")
IN_TOWN: Final = Weight(0.4, "who names a town and not what is near it means the town")
MAY: Final = Weight(0.2, "everyday words beside a need may tell which place of its kind is meant")
WIDE: Final = Weight(0.15, "a kind that is named beside a need, as classes or family, is less sure")
MEANT: Final = Weight(0.6, "who wants detox means a bed: that counts for more than some miles")
NOT_MEANT: Final = Weight(2.0, "a place that says it is for another problem is not what is meant")
FOR_THEM: Final = Weight(0.15, "a house for women before one that takes women too")
FARES: Final = Weight(0.4, "who tells of the war, and asks for a bed, is asked whether a veteran")
REFUSED: Final = Weight(
    0.6, "who takes no women comes after all who do, where a woman is only told"
)
LIKELIER: Final = Weight(0.6, "of what words may tell of, twice as likely is worth some miles")
ONLY: Final = Weight(0.3, "nor is a place of the army, or for drunk drivers alone, for all")
FOR_SOME: Final = Weight(0.3, "who asks is not known: a house for all before one for men")
VERY: Final = Weight(0.25, "the very need before a narrower kind of it: a bed before a day room")
ALONE: Final = Weight(0.2, "who is there for this need alone before who has it among others")
CLOSED: Final = Weight(5.0, "who takes nobody for now is worth a look only after all who do")
OPENINGS: Final = Weight(0.10, "a free place that was told today decides between alike places")
CHECKED: Final = Weight(0.05, "what was checked lately is more likely to be true")
"""Fit of the words and closeness, each from 0 to 1, have a half each: see ``engine.ranking``.
The last two are less than what a few miles or a word in the name make."""

LITTLE: Final = 3  # needs: of who has more, how many says nothing
TOWN_KM: Final = 16.1  # ten miles: how far a town reaches
AS_TERM: Final = 2  # of a search of which a place has a part: the need tells most,
AS_PEOPLE: Final[Mapping[str, int]] = {
    # and whom it is for tells more only where others may not come, or a place is made for them.
    "youth": 4,
    "young-adults": 2,
    "seniors": 3,
    "veterans": 3,
    "lgbtq": 3,
    "pregnant": 3,
    "native-american": 3,
    "women-with-children": 2,
}
"""How many parts of a search count what they are worth, of those that place lacks some of."""

OPENINGS_HALF_DAYS: Final = 3.0  # after which a count of free places says half as much
CHECKED_HALF_DAYS: Final = 180.0  # after which a page calls it old
