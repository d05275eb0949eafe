"""Explains to an officer what a place is for a client: each reason, the line of a row, what to do.

The edge of ``matching``: findings come in as values, text goes out in the reader's language. It
decides nothing, and says nothing of a place that is confidential or of one to keep away from.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from resourcedir.clients.facts import Known
from resourcedir.directory.asking import Matter
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.showing import source_words
from resourcedir.matching.asked_words import asks_words, gender_and_age
from resourcedir.matching.case import Case
from resourcedir.matching.finding_words import is_private, piece, said, words_of
from resourcedir.matching.known_words import known_words, told_words
from resourcedir.matching.lines import LISTED, deciding, line, next_step
from resourcedir.matching.phrasing import age_words, sentence
from resourcedir.matching.verdicts import Finding, Limit, Question, Verdict, Why, combined
from resourcedir.matching.wording import SO, SO_ASK_CLIENT
from resourcedir.web.language import gettext


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the table of reasons."""

    verdict: Verdict
    asks: str
    known: str
    so: str
    source: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A verdict in words: ``line`` for its row, every reason, and the next step."""

    verdict: Verdict
    line: str
    reasons: tuple[Reason, ...]
    next_step: str


def explain(
    findings: Sequence[Finding], known: Known, facts: ListingFacts, today: date, language: str
) -> Explained:
    """Return what findings come to in words; ``today`` is a day where the listing is."""
    return explained(Case(known, facts, today, language), findings)


def explained(case: Case, findings: Sequence[Finding]) -> Explained:
    """Return the same of a case."""
    every = tuple(_grouped(findings))
    verdict = combined(every)
    found = deciding(every, verdict)
    return Explained(
        verdict,
        line(case, found, verdict),
        tuple(_rows(case, every)),
        next_step(case, found, verdict),
    )


def _grouped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings; those on entries of a list that nobody has told of are one, and last."""
    missing: dict[object, list[Finding]] = {}
    for each in findings:
        if each.about in LISTED and each.why is Why.FACT_MISSING and each.code:
            missing.setdefault(each.about, []).append(each)
        else:
            yield each
    for group in missing.values():
        if len(group) == 1:
            yield group[0]
        else:
            asks = group[0].asks and Question(group[0].asks.fact)
            yield replace(group[0], code="", codes=tuple(one.code for one in group), asks=asks)


def _rows(case: Case, findings: Sequence[Finding]) -> Iterator[Reason]:
    """Yield a row for each finding; gender and age that both fit are one."""
    both = {Matter.GENDER, Matter.AGE}
    fits = [each for each in findings if each.about in both and each.why is Why.FITS]
    source = _listing_source(case)
    for each in findings:
        if len(fits) < 2 or each not in fits:
            yield _reason(case, each, source)
        elif each is fits[0]:
            rows = [_reason(case, one, source) for one in fits]
            known = ", ".join(row.known for row in rows)
            yield replace(rows[0], asks=gender_and_age(case), known=known)


def _reason(case: Case, finding: Finding, source: str) -> Reason:
    """Return the row of a finding; ``source`` is the listing's."""
    return Reason(
        finding.verdict,
        sentence(asks_words(case, finding)),
        known_words(case, finding),
        _so(case, finding),
        _source(case, finding, source),
    )


def _so(case: Case, finding: Finding) -> str:
    if words := words_of(finding).so:
        return said(case, finding, words)
    if finding.verdict in SO_ASK_CLIENT and (finding.asks or is_private(finding)):
        return str(gettext(SO_ASK_CLIENT[finding.verdict]))
    words = gettext(SO[finding.verdict])
    return words % {"ask": piece(case, finding)} if "%" in words else words


def _source(case: Case, finding: Finding, source: str) -> str:
    """Return whence the rule and the fact are, and how old they are."""
    told = told_words(case, finding)
    if isinstance(finding.about, Limit):
        return told
    return "; ".join(part for part in (source, told) if part)


def _listing_source(case: Case) -> str:
    listing, checked = case.listing, None
    if listing.checked_at is not None:
        checked = listing.checked_at.astimezone(ZoneInfo(listing.time_zone)).date()
    return _source_and_age(listing.source, checked, case.today, case.language)


@lru_cache(maxsize=4096)  # each reason of a listing says it, and few differ on a page
def _source_and_age(source: str, checked: date | None, today: date, _language: str) -> str:
    age = str(gettext("age not known")) if checked is None else age_words(checked, today)
    words = source_words(source)
    return str(gettext("%(source)s, %(age)s", source=words, age=age)) if words else age
