"""The column "Known of the client" of a match, and who says so; for limits, what of the place.

It must not say where a confidential place is, nor what a place to keep away from is.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from resourcedir.clients import wording as clients
from resourcedir.clients.facts import Answers, Fact, Income, Known
from resourcedir.directory import wording as directory
from resourcedir.directory.asking import Matter
from resourcedir.directory.offering import offer_state
from resourcedir.directory.whereabouts import whereabouts
from resourcedir.matching.belonging import RELEASE_PAPERS, WITH_CHILDREN, ages, as_of, rests_on
from resourcedir.matching.case import Case
from resourcedir.matching.eligibility import INSTEAD
from resourcedir.matching.phrasing import inner, measured_words, miles_words, noun, together
from resourcedir.matching.verdicts import Finding, Limit, Why
from resourcedir.places.areas import area_label
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_
from resourcedir.web.formats import date_words
from resourcedir.web.language import gettext, ngettext

NOT_KNOWN: Final = N_("not known")
_FACTS_OF: Final[Mapping[Matter, Fact]] = {
    Matter.GENDER: Fact.GENDER,
    Matter.AGE: Fact.BIRTH,
    Matter.WARRANT: Fact.WARRANT,
    Matter.SOBRIETY: Fact.SOBRIETY,
    Matter.RESIDENCY: Fact.COUNTY,
    Matter.PAYER: Fact.PAYERS,
    Matter.CHILDREN: Fact.DEPENDENTS,
    Matter.PETS: Fact.PETS,
}


def known_words(case: Case, finding: Finding) -> str:
    """Return what is known where it meets what is asked: "man", "arson", "not known"."""
    if isinstance(finding.about, Limit):
        return _LIMITS[finding.about](case, finding)
    if finding.about in _FACTS_OF:
        return fact_words(case, _FACTS_OF[finding.about])
    return _MATTERS[finding.about](case, finding)


def told_words(case: Case, finding: Finding) -> str:
    """Return who says what is known of the client and of which day: "client, Mar 2, 2026"."""
    zone = finding.number if finding.about is Limit.ZONE else None
    about = ("told", finding.fact, finding.code, zone)
    return case.once(about, lambda: _told(case, finding))


def _told(case: Case, finding: Finding) -> str:
    known, fact = case.known, finding.fact
    told = known.told_of.get((fact, finding.code), known.told.get(fact)) if fact else None
    if finding.about is Limit.ZONE:
        zones = (each for each in case.known.limits.zones if each.number == finding.number)
        told = next((zone.told for zone in zones), None)
    if told is None:
        return ""
    source = inner(str(gettext(clients.FACT_SOURCES[told.source])))
    return str(gettext("%(source)s, %(age)s", source=source, age=date_words(told.on)))


def fact_words(case: Case, fact: Fact) -> str:
    """Return what is known of one fact."""

    def words() -> str:
        return _FACTS[fact](case.known, case) or str(gettext(NOT_KNOWN))

    return case.once(("known", fact), words)


def _birth(known: Known, case: Case) -> str:
    if (born := known.facts.born) is None:
        return ""
    youngest, oldest = ages(born, case.today)
    if youngest == oldest:
        return str(youngest)
    return str(gettext("%(low)s or %(high)s", low=youngest, high=oldest))


def _gender(known: Known, _: Case) -> str:
    gender = known.facts.gender
    return inner(str(gettext(clients.GENDERS[gender]))) if gender in clients.GENDERS else ""


def _dependents(known: Known, _: Case) -> str:
    if (count := known.facts.dependents) is None:
        return ""
    if count == 0:
        return str(gettext("no children along"))
    return str(ngettext("%(num)s child along", "%(num)s children along", count))


def _yes_or_no(name: str, yes: str, no: str) -> "Word":
    def words(known: Known, _: Case) -> str:
        value = getattr(known.facts, name)
        return "" if value is None else str(gettext(yes if value else no))

    return words


def _pregnant(known: Known, case: Case) -> str:
    facts, words = known.facts, _yes_or_no("pregnant", N_("pregnant"), N_("not pregnant"))
    if facts.pregnant_on is None or as_of(facts, case.today) is facts:
        return words(known, case)
    return str(gettext("pregnant, on %(date)s", date=date_words(facts.pregnant_on)))


def _pets(known: Known, _: Case) -> str:
    pets = known.facts.pets
    return "" if pets is None else inner(str(gettext(clients.PETS[pets])))


def _sober(known: Known, _: Case) -> str:
    if (sober := known.facts.sober) is None:
        return ""
    days = ngettext("%(num)s day", "%(num)s days", sober.days)
    return str(gettext("%(days)s, on %(date)s", days=days, date=date_words(sober.on)))


def _residence(known: Known, _: Case) -> str:
    if (residence := known.facts.residence) is None:
        return ""
    area = area_label(max(residence.areas, key=lambda code: ("/" in code, code != "US", code)))
    if residence.by_zip:
        return str(gettext("home ZIP code in %(area)s", area=area))
    return area


def _payers(known: Known, case: Case) -> str:
    if (payers := known.facts.payers) is None:
        return ""
    if not payers:
        broke = known.facts.income is Income.NONE
        return str(gettext("nobody pays, no income") if broke else gettext("nobody pays"))
    return together(
        [noun(Matter.PAYER, code, case.language) for code in sorted(payers)], case.language
    )


def _release(known: Known, _: Case) -> str:
    if (on := known.facts.release_on) is None:
        held = RELEASE_PAPERS in known.facts.documents.yes
        return str(gettext("release papers")) if held else ""
    return str(gettext("release on %(date)s", date=date_words(on)))


def _status(case: Case, finding: Finding) -> str:
    if finding.why is Why.FULL:
        return str(gettext("they say that none is free"))
    return inner(str(gettext(directory.OFFERS[offer_state(case.listing, case.today)])))


def _population(case: Case, finding: Finding) -> str:
    codes = (finding.code,) if finding.code else finding.codes
    facts = dict.fromkeys(fact for code in codes for fact in rests_on(code))
    if not facts:
        # No fact is needed to know it.
        everybody = finding.why not in {Why.FACT_MISSING, Why.IN_WORDS}
        return str(gettext(_SUPERVISED if everybody else NOT_KNOWN))
    if case.known.facts.pregnant and WITH_CHILDREN in codes:
        facts[Fact.PREGNANT] = None
    return together([fact_words(case, fact) for fact in facts], case.language)


def _offenses(case: Case, finding: Finding) -> str:
    return _answered(case, finding, case.known.facts.offenses)


def _medications(case: Case, finding: Finding) -> str:
    return _answered(case, finding, case.known.facts.medications)


def _answered(case: Case, finding: Finding, answers: Answers) -> str:
    """Return the entry that a finding is about, or all that are so, else what is not so."""
    if finding.why is Why.FACT_MISSING:
        return str(gettext(NOT_KNOWN))
    codes: Sequence[str] = (finding.code,) if finding.code else sorted(answers.yes)
    if not codes:
        return _denied(case, finding, answers)
    return together([noun(finding.about, code, case.language) for code in codes], case.language)


def _denied(case: Case, finding: Finding, answers: Answers) -> str:
    """Return what is recorded as not so; that none is, only where each entry was told of."""
    every = finding.codes or vocabulary.codes(Vocabulary(str(finding.about)))
    if answers.no.issuperset(every):
        return str(gettext("none of these"))
    names = [noun(finding.about, code, case.language) for code in sorted(answers.no)]
    what = together(names, case.language, "or")
    if finding.about is Matter.MEDICATION:
        return str(gettext("no %(what)s", what=what))
    return str(gettext("not %(what)s", what=what))


def _document(case: Case, finding: Finding) -> str:
    name = noun(finding.about, finding.code, case.language)
    if finding.why is Why.OFFICER_BRINGS:
        return str(gettext("comes from the officer"))
    if finding.why is Why.FACT_MISSING:
        return str(gettext(NOT_KNOWN))
    held = case.known.facts.documents.yes
    shown = next((code for code in sorted(INSTEAD.get(finding.code, ())) if code in held), None)
    if finding.code not in held and shown is not None:
        return noun(finding.about, shown, case.language)
    return name if finding.why is Why.FITS else str(gettext("no %(what)s", what=name))


def _referral(_: Case, __: Finding) -> str:
    return str(gettext("an officer refers"))


def _zone(case: Case, finding: Finding) -> str:
    if finding.measure is not None:
        words = measured_words(finding.measure, case.language)
        return str(gettext("%(measured)s; confirm", measured=words))
    return str(gettext(_OF_PLACE[finding.why]))


def _stay(case: Case, finding: Finding) -> str:
    if finding.why is Why.HIDDEN:
        return str(gettext(_OF_PLACE[finding.why]))
    area = place_area(case, finding.code)
    if finding.why is Why.BY_ZIP:
        return str(gettext("%(area)s, not for certain", area=area))
    return area


def place_area(case: Case, within: str) -> str:
    """Return the area that a place is in, as closely as ``within`` asks; "" if it is not shown."""
    areas = sorted(whereabouts(case.listing).areas, key=lambda code: "/" in code)
    if not areas:
        return ""
    same_state = areas[0] == within.partition("/")[0]
    return area_label(areas[-1] if same_state else areas[0])


def _reach(case: Case, finding: Finding) -> str:
    if finding.measure is None:
        return str(gettext("not known"))
    meters = finding.measure.distance_m if finding.measure else 0
    length = miles_words(meters, case.language)
    return str(gettext("%(length)s in a straight line", length=length))


def _hours(case: Case, finding: Finding) -> str:
    shift = case.listing.job.shift if case.listing.job else None
    if finding.why is Why.BUSY and shift is not None:
        return inner(str(gettext(directory.SHIFTS[shift])))
    return str(gettext(_OF_HOURS[finding.why]))


def _by_why(words: Mapping[Why, str]) -> "Column":
    return lambda _, finding: str(gettext(words[finding.why]))


Word = Callable[[Known, Case], str]
Column = Callable[[Case, Finding], str]

_SUPERVISED: Final = N_("under supervision")
_OF_PLACE: Final[Mapping[Why, str]] = {
    Why.HIDDEN: N_("its place is not shown"),
    Why.NO_POINT: N_("no point on the map"),
    Why.BY_ZIP: N_("its place is known by the ZIP code only"),
}
_OF_HOURS: Final[Mapping[Why, str]] = {
    Why.FITS: N_("open when the client is free"),
    Why.BUSY: N_("open only when the client is not free"),
    Why.HOURS_UNKNOWN: N_("hours not known"),
}
_FACTS: Final[Mapping[Fact, Word]] = {
    Fact.BIRTH: _birth,
    Fact.GENDER: _gender,
    Fact.VETERAN: _yes_or_no("veteran", N_("veteran"), N_("no veteran")),
    Fact.PREGNANT: _pregnant,
    Fact.DEPENDENTS: _dependents,
    Fact.PETS: _pets,
    Fact.WARRANT: _yes_or_no("warrant", N_("open warrant"), N_("no open warrant")),
    Fact.SOBRIETY: _sober,
    Fact.COUNTY: _residence,
    Fact.PAYERS: _payers,
    Fact.RELEASE_ON: _release,
}
_MATTERS: Final[Mapping[Matter, Column]] = {
    Matter.STATUS: _status,
    Matter.POPULATION: _population,
    Matter.OFFENSE: _offenses,
    Matter.MEDICATION: _medications,
    Matter.DOCUMENT: _document,
    Matter.REFERRAL_SOURCE: _referral,
}
_LIMITS: Final[Mapping[Limit, Column]] = {
    Limit.ZONE: _zone,
    Limit.STAY_WITHIN: _stay,
    Limit.REACH: _reach,
    Limit.HOURS: _hours,
    Limit.ACCESS: _by_why(
        {
            Why.FITS: N_("named by them"),
            Why.NOT_LISTED: N_("not named by them"),
            Why.UNSAID: N_("nothing named by them"),
        }
    ),
    Limit.LANGUAGE: _by_why(
        {
            Why.FITS: N_("spoken there"),
            Why.NOT_LISTED: N_("not named by them"),
            Why.UNSAID: N_("nothing named by them"),
        }
    ),
}
