"""One finding in words: the values that sentences name, and the piece that each one is. The edge.

It says nothing of a place that is confidential or of one to keep away from.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from resourcedir.directory import wording as directory
from resourcedir.directory.asking import Matter
from resourcedir.directory.offering import offer_state
from resourcedir.directory.ruling import said_in_words
from resourcedir.matching.asked_words import ages_words, asks_words
from resourcedir.matching.belonging import rests_on
from resourcedir.matching.case import Case
from resourcedir.matching.known_words import place_area
from resourcedir.matching.phrasing import (
    VOCABULARIES,
    inner,
    limit_words,
    measured_words,
    miles_words,
    noun,
    together,
)
from resourcedir.matching.questioning import question_words
from resourcedir.matching.verdicts import Finding, Limit, Verdict, Why
from resourcedir.matching.wording import (
    GENERAL,
    HAS_PAPER,
    KEEP_NO_RECORD,
    PAYERS,
    SHIFT,
    WORDS,
    Words,
)
from resourcedir.web.formats import date_words
from resourcedir.web.language import gettext

_OR: Final = frozenset({Matter.POPULATION, Matter.REFERRAL_SOURCE, Matter.GENDER})
_DATED: Final = frozenset({Why.PAUSED, Why.TOO_SOON, Why.TOO_OLD})


def words_of(finding: Finding) -> Words:
    """Return the words that a finding has."""
    return WORDS[finding.about, finding.why]


def piece(case: Case, finding: Finding) -> str:
    """Return what a finding adds to the line of a row: of a call it is what to ask."""
    if finding.verdict is Verdict.CALL and finding.why is Why.FACT_MISSING:
        if finding.asks is not None:
            return inner(question_words(finding.asks, case.language).words)
        return question(case, finding)
    if finding.why is Why.BUSY and case.listing.job is not None:
        return str(gettext(SHIFT))
    if finding.about is Matter.DOCUMENT and finding.why is Why.FITS and finding.code in HAS_PAPER:
        return str(gettext(HAS_PAPER[finding.code]))
    return said(case, finding, words_of(finding).line)


def question(case: Case, finding: Finding) -> str:
    """Return what to ask the place or the client, "" if there is nothing to ask."""
    words = words_of(finding)
    if is_private(finding):
        return said(case, finding, KEEP_NO_RECORD)
    if words.ask:
        return said(case, finding, words.ask)
    told = piece(case, finding)
    return told if "?" in told else ""


def is_private(finding: Finding) -> bool:
    """Say whether the client alone can tell, and it should not be recorded."""
    if finding.about is not Matter.POPULATION or finding.why is not Why.FACT_MISSING:
        return False
    codes = (finding.code,) if finding.code else finding.codes
    return finding.asks is None and not all(rests_on(code) for code in codes)


def more(finding: Finding) -> str:
    """Return the sentence that follows, "" for none."""
    words = words_of(finding)
    return str(gettext(words.more)) if words.more else ""


class Values:
    """Everything that a sentence on a finding may name; each is made when it is named."""

    __slots__ = ("_case", "_finding")

    def __init__(self, case: Case, finding: Finding) -> None:
        self._case = case
        self._finding = finding

    def __getitem__(self, name: str) -> str:
        return _VALUES[name](self._case, self._finding)


def said(case: Case, finding: Finding, text: str) -> str:
    """Return marked words in the reader's language, with the values of the finding."""
    words = str(gettext(text))
    return words % Values(case, finding) if "%" in words else words


def _asks(case: Case, finding: Finding) -> str:
    return inner(asks_words(case, finding)) if finding.about is Matter.GENDER else ""


def _days(case: Case, finding: Finding) -> str:
    asked = case.asked_on(finding.about) if isinstance(finding.about, Matter) else None
    return str(asked.low or 0) if asked else ""


def _place(case: Case, finding: Finding) -> str:
    return place_area(case, finding.code) if finding.about is Limit.STAY_WITHIN else ""


def _offer(case: Case, _: Finding) -> str:
    return inner(str(gettext(directory.OFFERS[offer_state(case.listing, case.today)])))


def _others(case: Case, finding: Finding) -> str:
    nouns = _nouns(case, finding, finding.codes)
    if finding.about is Matter.PAYER:
        nouns = [
            str(gettext(PAYERS[code])) if code in PAYERS else words
            for code, words in zip(finding.codes, nouns, strict=True)
        ]
    if finding.about is Matter.REFERRAL_SOURCE:  # some of these have an "or" of their own
        return ", ".join(nouns)
    return together(nouns, case.language, "or")


def _what(case: Case, finding: Finding) -> str:
    in_words = said_in_words(case.listing.rules).rstrip(".")
    if finding.why is Why.IN_WORDS and in_words:
        return in_words
    if not finding.code and finding.codes:
        nouns = _nouns(case, finding, finding.codes)
        return together(nouns, case.language, "or" if finding.about in _OR else "standard")
    if not finding.code and finding.about is Matter.POPULATION:
        return inner(str(gettext("People of some kinds")))
    if not finding.code and finding.about not in GENERAL:
        return ""
    return "".join(_nouns(case, finding, (finding.code,)))


def _nouns(case: Case, finding: Finding, codes: Iterable[str]) -> list[str]:
    areas = {Matter.RESIDENCY, Limit.STAY_WITHIN}
    if finding.about not in VOCABULARIES and finding.about not in areas:
        return []
    return [noun(finding.about, code, case.language) for code in codes]


def _date(case: Case, finding: Finding) -> str:
    if finding.why in _DATED and finding.about is not Matter.AGE and finding.number is not None:
        return date_words(date.fromordinal(finding.number))
    facts = case.known.facts
    told = facts.warrant_on if finding.about is Matter.WARRANT else facts.sober and facts.sober.on
    return date_words(told) if finding.why is Why.WORN and told else ""


def _measured(case: Case, finding: Finding) -> str:
    return measured_words(finding.measure, case.language) if finding.measure else ""


def _distance(case: Case, finding: Finding) -> str:
    return miles_words(finding.measure.distance_m, case.language) if finding.measure else ""


def _limit(case: Case, finding: Finding) -> str:
    return limit_words(finding.measure.limit_m, case.language) if finding.measure else ""


_VALUES: Final[Mapping[str, Callable[[Case, Finding], str]]] = {
    "what": _what,
    "others": _others,
    "asks": _asks,
    "days": _days,
    "date": _date,
    "age": lambda _, finding: str(finding.number),
    "ages": lambda case, _: ages_words(case),
    "number": lambda _, finding: str(finding.number),
    "measured": _measured,
    "distance": _distance,
    "limit": _limit,
    "place": _place,
    "offer": _offer,
}
