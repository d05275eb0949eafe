"""The words of the invented directory. Pure; the same on every machine."""

import random
from functools import cache
from typing import Final

from resourcedir.engine.analysis import tokens


def _parts(text: str, separator: str | None = None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator))


CATEGORIES: Final = _parts(
    """
emergency shelter, transitional housing, rent assistance, affordable apartments, home repair,
utility bills, eviction defense, housing counseling, domestic violence shelter, youth shelter,
senior housing, supportive housing, job training, job placement, resume workshop, apprenticeship,
vocational rehabilitation, career counseling, supported employment, small business coaching,
work clothing, day labor, substance use treatment, detox, outpatient treatment,
residential treatment, medication assisted treatment, sober living, peer support,
mental health counseling, crisis intervention, psychiatric care, support group, suicide prevention,
primary care, dental care, eye care, prenatal care, hiv testing, immunization, food pantry,
hot meals, nutrition benefits, infant formula, adult education, ged class, english class,
literacy tutoring, after school program, preschool, child care, college access, computer class,
legal aid, immigration law, record expungement, bus passes, veterans benefits,
disability services, reentry planning""",
    ",",
)
ELIGIBILITY: Final = _parts(
    """adults children teens youth seniors women men couples parents families pregnant caregivers
    veterans students unemployed employed uninsured medicaid medicare low-income homeless renters
    reentry probation parole immigrants refugees disabled deaf rural"""
)
LANGUAGES: Final = _parts(
    """english spanish vietnamese chinese arabic korean tagalog french russian creole portuguese
    somali amharic hindi asl"""
)
STOP: Final = _parts("the and of to a in for is with or by on at as from this that are be an")
_GENERAL: Final = _parts("""
service program client support community help resource referral case manage eligible person family
staff free open access need apply appointment hour walk intake income county resident partner
volunteer agency department public private care center clinic office outreach learn train employer
housing treatment recovery wellness safety prevent group session class skill goal plan assess screen
evaluate benefit enroll document identity insurance cost fee sliding scale pay fund grant gift
emergency crisis phone online visit place ride bus pass mobile deliver pickup weekly monthly daily
evening weekend child adult senior parent woman man veteran immigrant language interpreter bilingual
culture trauma evidence holistic short long temporary permanent independent living stable advocate
legal right court record check search resume interview wage career certificate diploma degree mentor
coach counselor therapist nurse doctor specialist physician prescription dentist vision primary
mental substance alcohol drug opioid relapse sober inpatient shelter bed room apartment unit rent
deposit eviction landlord tenant utility bill energy heat water repair wheelchair food meal pantry
grocery clothing hygiene shower laundry storage mail computer internet library school college
student teacher preschool probation parole officer judge hearing fine license garden kitchen tool
""")
_FIRST: Final = _parts("""
hope harbor bridge unity mercy grace liberty phoenix beacon door valley river
mountain lakeside eastside westside northside southside central city metro regional horizon new
united first second family neighbor""")
_LAST: Final = _parts("""
house network alliance coalition ministry mission project collaborative institute
association foundation trust union league""")
TAIL: Final = 30_000

CATEGORY_WORDS: Final = tuple(tuple(name.split()) for name in CATEGORIES)


@cache
def vocabulary() -> tuple[str, ...]:
    """Return all words, the common ones first; a word's place in it is its number."""
    known = [*STOP, *_GENERAL, *(word for name in CATEGORY_WORDS for word in name)]
    known += [*_FIRST, *_LAST, "program", "services"]
    return tuple(dict.fromkeys([*known, *_tail()]))


@cache
def numbers() -> dict[str, int]:
    """Return the number of each word."""
    return {word: number for number, word in enumerate(vocabulary())}


@cache
def cut_vocabulary() -> tuple[str, ...]:
    """Return for each word the token that the engine's analysis makes of it; "" where none."""
    return tuple(" ".join(tokens(word)) for word in vocabulary())


def first_names() -> list[int]:
    """Return the numbers of the words that organizations begin with."""
    return [numbers()[word] for word in _FIRST]


def last_names() -> list[int]:
    """Return the numbers of the words that organizations end with."""
    return [numbers()[word] for word in _LAST]


def _tail() -> list[str]:
    """Return rare words that look like names of people, streets and towns."""
    chance = random.Random(11)
    starts = _parts("b br c ch cl d dr f fl g gr h j k l m n p pr qu r s sh st t tr v w")
    middles = _parts("a e i o u ai ea ee oa ou")
    ends = ["", *_parts("n r l s t m ck nd rt ll th x")]
    made: dict[str, None] = {}
    while len(made) < TAIL:
        parts = chance.choice((2, 2, 3))
        made["".join(map(chance.choice, (starts, middles, ends) * parts))] = None
    return list(made)
