"""The column "They ask" of a match: what a rule says, or what a limit of the client demands."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from resourcedir.directory import wording as directory
from resourcedir.directory.asking import Matter
from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.rule_words import who_they_take
from resourcedir.directory.ruling import is_in_words
from resourcedir.directory.wording import RuleLine
from resourcedir.matching.case import Case
from resourcedir.matching.phrasing import VOCABULARIES, label, limit_words, miles_words, together
from resourcedir.matching.verdicts import Finding, Limit, Why
from resourcedir.matching.wording import MATTERS
from resourcedir.places.areas import area_label
from resourcedir.web.language import gettext
from resourcedir.web.phrases import say


def asks_words(case: Case, finding: Finding) -> str:
    """Return what is asked, in the words of the listing's page: "Arson: asked case by case"."""
    if isinstance(finding.about, Limit):
        words, about = _LIMITS[finding.about], (finding.about, finding.code, finding.number)
        return case.once(("asks", *about), lambda: words(case, finding))
    return _MATTERS.get(finding.about, _ruled)(case, finding)


def gender_and_age(case: Case) -> str:
    """Return "Men, 18 or older"."""
    return _said(_lines(case, RuleKind.GENDER, ages=True)) or _ages(case, None)


def _lines(case: Case, kind: RuleKind, *, ages: bool = False) -> list[RuleLine]:
    """Return the sentences on one kind of rules; without terms none on what is not said."""
    low, high = (case.listing.minimum_age, case.listing.maximum_age) if ages else (None, None)
    rules = _rules(case, kind)
    only = replace(case.listing, rules=rules, terms=(), minimum_age=low, maximum_age=high)
    return who_they_take(only, case.language)


def ages_words(case: Case) -> str:
    """Return "18 or older", "" where no age is asked."""
    phrase = directory.age_range(case.listing.minimum_age, case.listing.maximum_age)
    return say(phrase) if phrase else ""


def _ages(case: Case, _: Finding | None) -> str:
    return str(gettext("People %(ages)s.", ages=ages_words(case))).rstrip(".")


def _rules(case: Case, kind: RuleKind, *, in_words: bool = False) -> tuple[RuleFact, ...]:
    """Return the rules of one kind, those that are said in words or those that are not."""
    return tuple(
        rule
        for rule in case.listing.rules
        if rule.kind is kind and is_in_words(rule.kind, rule.code, rule.stance) is in_words
    )


def _ruled(case: Case, finding: Finding) -> str:
    """Return the rule that a finding is about, else all of its kind."""
    kind = RuleKind(str(finding.about))
    if finding.why is Why.IN_WORDS:
        return _single(case, finding, list(_rules(case, kind, in_words=True)))
    rules = _rules(case, kind)
    own = [rule for rule in rules if rule.code == finding.code]
    one_of_them = kind in _ONE_OF and all(rule.stance in _WELCOME for rule in own)
    if finding.code and not one_of_them:
        return _single(case, finding, own or [rule for rule in rules if rule.code is None])
    return _said(_lines(case, kind)) or _nothing_said(case, finding)


def _single(case: Case, finding: Finding, rules: list[RuleFact]) -> str:
    if rules:
        return _said([directory.rule(each, case.language) for each in rules])
    if finding.about is Matter.MEDICATION and finding.code in case.listing.medications:
        what = label(finding.about, finding.code, case.language)
        return str(gettext("%(what)s: given there", what=what))
    return _nothing_said(case, finding)


def _nothing_said(case: Case, finding: Finding) -> str:
    named = finding.code and finding.about in VOCABULARIES
    what = label(finding.about, finding.code, case.language) if named else ""
    matter = what or str(gettext(MATTERS[RuleKind(str(finding.about))]))
    return str(gettext("%(matter)s: nothing said", matter=matter))


def _said(lines: list[RuleLine]) -> str:
    """Return sentences as one piece without its last mark, the provider's own words after each."""
    pieces = []
    for line in lines:
        words = say(line.phrase).rstrip(".")
        pieces.append(f"{words} ({line.note.rstrip('.')})" if line.note else words)
    return "; ".join(pieces)


def _status(_: Case, finding: Finding) -> str:
    full = finding.why is Why.FULL
    return str(gettext("A free place") if full else gettext("Open for referrals"))


def _payers(case: Case, finding: Finding) -> str:
    asked = case.asked_on(Matter.PAYER)
    codes = (code for code, _ in asked.said) if asked else ()
    return ", ".join(label(finding.about, code, case.language) for code in codes)


def _zone(case: Case, finding: Finding) -> str:
    zone = next(each for each in case.known.limits.zones if each.number == finding.number)
    limit = limit_words(zone.buffer_m, case.language)
    return str(gettext("Keep-away place %(number)s: %(limit)s", number=zone.number, limit=limit))


def _stay(_: Case, finding: Finding) -> str:
    return str(gettext("May not leave %(area)s", area=area_label(finding.code)))


def _reach(case: Case, _: Finding) -> str:
    km = case.known.limits.reach_km or 0
    limit = miles_words(km * 1000, case.language)
    return str(gettext("At most %(limit)s from home", limit=limit))


def _hours(case: Case, _: Finding) -> str:
    limits = case.known.limits
    if limits.curfew and limits.work:
        return str(gettext("Outside of curfew and work"))
    return str(gettext("Outside of the curfew") if limits.curfew else gettext("Outside of work"))


def _access(case: Case, finding: Finding) -> str:
    return label(finding.about, finding.code, case.language)


def _language(case: Case, finding: Finding) -> str:
    names = [label(finding.about, code, case.language) for code in case.known.limits.languages]
    return together(names, case.language, "or")


_ONE_OF: Final = frozenset(
    {RuleKind.GENDER, RuleKind.POPULATION, RuleKind.RESIDENCY, RuleKind.REFERRAL_SOURCE}
)
"""Kinds of which the sentence names all that are welcome."""
_WELCOME: Final = frozenset({Stance.REQUIRED, Stance.ACCEPTED})
Asks = Callable[[Case, Finding], str]
_MATTERS: Final[Mapping[Matter, Asks]] = {
    Matter.STATUS: _status,
    Matter.AGE: _ages,
    Matter.PAYER: _payers,
}
_LIMITS: Final[Mapping[Limit, Asks]] = {
    Limit.ZONE: _zone,
    Limit.STAY_WITHIN: _stay,
    Limit.REACH: _reach,
    Limit.HOURS: _hours,
    Limit.ACCESS: _access,
    Limit.LANGUAGE: _language,
}
