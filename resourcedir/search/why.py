"""Says which parts of a search a result answers, and what else put it where it stands."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from resourcedir.directory.facts import ListingFacts, RuleFact
from resourcedir.directory.offering import runs
from resourcedir.directory.openings import known_until
from resourcedir.directory.wording import STANCES
from resourcedir.engine.analysis import tokens
from resourcedir.search.ask import FILTERS, Ask
from resourcedir.search.facets import value_label
from resourcedir.search.results import Found, Results
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.circumstances import Acts, circumstances
from resourcedir.search.understood_showing import circumstance_name
from resourcedir.search.words import clauses
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.web.language import gettext


def why(found: Found, results: Results, language: str, now: datetime) -> str:
    """Return sentences in the reader's language; "" where nothing was asked for."""
    ask, facts = results.ask, found.facts
    if not ask.asks_anything:
        return ""
    parts = [
        *_named(found, results, language),
        *_filters(ask, facts, results.reading, language),
        *_heard(facts, results.reading, language),
        *(_offense(rule, language) for rule in facts.rules if rule.code in ask.offense),
        *_place(found),
        *_standing(facts, now),
    ]
    return " ".join(parts)


def _named(found: Found, results: Results, language: str) -> Iterator[str]:
    facts, need = found.facts, results.ask.need
    codes = {term.code for code in facts.terms for term in taxonomy().lineage(code)}
    if need in codes:
        yield gettext("It offers: %(term)s.", term=taxonomy()[need].name(language))
    named = [code for code in results.named if code in codes]
    if named:
        names = ", ".join(taxonomy()[code].name(language) for code in named)
        yield gettext("Your words name what it offers: %(terms)s.", terms=names)
    said = {token for word in results.reading.rest.split() for token in tokens(word)}
    if said & {*tokens(facts.name), *tokens(facts.organization)}:
        yield gettext("Its name has your words.")
    elif said and not named:
        yield gettext("It mentions your words.")


def _filters(ask: Ask, facts: ListingFacts, read: Reading, language: str) -> Iterator[str]:
    keywords = [clause.keyword for clause in clauses(*read.said) if clause.keyword]
    says = {code for field, codes in keywords if field == "says" for code in codes}
    stated = [each for each in facts.attributes if each.code in says]
    has = _values(facts)
    asked = [each.name_es if language == "es" else each.name for each in stated]
    asked += [
        value_label(name, code, language)
        for name in FILTERS
        for code in has.get(name, ())
        if code in getattr(ask, name)
    ]
    if asked:
        yield gettext("It has what you asked for: %(values)s.", values=", ".join(asked))


def _values(facts: ListingFacts) -> Mapping[str, Collection[str]]:
    """Return what a listing states, by the field that asks for it."""
    return {
        "language": facts.languages,
        "payer": facts.payers,
        "population": facts.populations,
        "cost": () if facts.cost is None else (facts.cost.kind.value,),
        "says": [each.code for each in facts.attributes],
    }


def _heard(facts: ListingFacts, read: Reading, language: str) -> Iterator[str]:
    """Say for which circumstances that were told it is made."""
    has = _values(facts)
    made_for = [
        circumstance_name(each, language)
        for each in read.whom
        for act in circumstances()[each]
        if act.does is Acts.PREFERS and not act.keyword[1].isdisjoint(has[act.keyword[0]])
    ]
    if made_for:
        names = ", ".join(dict.fromkeys(made_for))
        yield gettext("It is made for what was heard: %(whom)s.", whom=names)


def _place(found: Found) -> Iterator[str]:
    if found.distance_km is not None:
        yield gettext("It is within the distance.")
    if found.area:
        yield gettext("It serves this area.")


def _standing(facts: ListingFacts, now: datetime) -> Iterator[str]:
    """Say what puts it before others that fit as well."""
    openings = facts.openings
    if openings is None or not openings.available or facts.paused_until is not None:
        return
    if not runs(facts):
        return
    if known_until(openings, facts.terms, facts.time_zone) > now:
        yield gettext("It told of free places lately.")


def _offense(rule: RuleFact, language: str) -> str:
    name = value_label("offense", rule.code or "", language)
    return f"{name}: {gettext(STANCES[rule.stance])}."
