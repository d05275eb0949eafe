"""What each thing that a listing asks comes to for one client. Pure: one function a matter.

A rule that asks for what is not known never comes to yes. Each function takes what is asked, the
facts and the day, and returns its findings, none where the matter is of no weight for the client.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from resourcedir.clients.facts import Answers, Fact, Facts, Income, Pets, Residence
from resourcedir.directory.asking import ANY, CLOSED, Asked, Matter
from resourcedir.directory.kinds import Stance
from resourcedir.matching.belonging import (
    BETWEEN,
    ages,
    as_of,
    belongs,
    is_likely,
    question_about,
    rests_on,
)
from resourcedir.matching.outcomes import (
    NEEDED_MEDICATIONS,
    Findings,
    if_so,
    listed,
    must_be_so,
    named,
)
from resourcedir.matching.verdicts import Finding, Question, Verdict, Why
from resourcedir.taxonomy.vocabulary import Vocabulary, codes

SOBER_FOR: Final = timedelta(days=30)
"""How long a count of sober days is taken as it was told; afterwards somebody must ask again."""
NO_WARRANT_FOR: Final = timedelta(days=90)
"""How long it is taken for so that there is no warrant; a new one tells nobody of itself."""
INSTEAD: Final[Mapping[str, frozenset[str]]] = {
    "photo-id": frozenset({"state-id", "drivers-license"}),
}
"""Documents that will do for another."""
OFFICER_BRINGS: Final = frozenset({"court-order", "supervision-conditions", "referral-form"})
"""Documents that the officer has, whatever the client has."""
FREE: Final = frozenset({"free", "sliding-fee"})
"""Ways to pay for which nobody needs to pay for the client."""
SELF_PAY: Final = "self-pay"
UNINSURED: Final = "uninsured"
ANY_GENDER: Final = "any"
OFFICER: Final = "officer"
SELF: Final = "self"


def findings(asked: Iterable[Asked], facts: Facts, today: date) -> tuple[Finding, ...]:
    """Return what all that is asked comes to, in its order."""
    return tuple(found for each in asked for found in finding(each, facts, today))


def finding(asked: Asked, facts: Facts, today: date) -> tuple[Finding, ...]:
    """Return what one matter comes to."""
    return tuple(_FINDERS[asked.matter](asked, facts, today))


def _status(asked: Asked, _: Facts, today: date) -> Findings:
    if asked.stance(CLOSED) is not None:
        yield Finding(Verdict.NO, Matter.STATUS, Why.CLOSED)
    if asked.low is not None and today.toordinal() <= asked.low:
        yield Finding(Verdict.NO, Matter.STATUS, Why.PAUSED, number=asked.low)
    if asked.high is not None and today.toordinal() > asked.high:
        yield Finding(Verdict.NO, Matter.STATUS, Why.TOO_OLD, number=asked.high)


def _gender(asked: Asked, facts: Facts, _: date) -> Findings:
    about, fact, gender = Matter.GENDER, Fact.GENDER, facts.gender
    wanted = named(asked, Stance.REQUIRED, Stance.ACCEPTED)
    stance = (asked.stance(gender) or asked.stance(ANY_GENDER)) if gender else None
    if ANY_GENDER in wanted:
        wanted = ()
    limited = wanted or named(asked, Stance.EXCLUDED, Stance.CASE_BY_CASE)
    if not limited:
        if asked.said:
            yield Finding(Verdict.YES, about, Why.NOTHING_ASKED)
    elif gender is None:
        asks = Question(fact)
        yield Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, codes=wanted, asks=asks)
    elif stance is Stance.EXCLUDED:
        yield Finding(Verdict.NO, about, Why.REFUSED, gender, fact=fact)
    elif stance is Stance.CASE_BY_CASE or (wanted and gender not in wanted and gender == BETWEEN):
        # Whom houses for men or women take besides is theirs to say, under federal fair housing.
        yield Finding(Verdict.CALL, about, Why.CASE_BY_CASE, gender, codes=wanted, fact=fact)
    elif wanted and gender not in wanted:
        yield Finding(Verdict.NO, about, Why.NOT_LISTED, gender, codes=wanted, fact=fact)
    else:
        yield Finding(Verdict.YES, about, Why.FITS, gender, codes=wanted, fact=fact)


def _age(asked: Asked, facts: Facts, today: date) -> Findings:
    about, fact = Matter.AGE, Fact.BIRTH
    if facts.born is None:
        yield Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, asks=Question(fact))
        return
    youngest, oldest = ages(facts.born, today)
    low, high = asked.low or 0, asked.high
    if oldest < low:
        yield Finding(Verdict.NO, about, Why.TOO_YOUNG, number=oldest, fact=fact)
    elif high is not None and youngest > high:
        yield Finding(Verdict.NO, about, Why.TOO_OLD, number=youngest, fact=fact)
    elif youngest < low or (high is not None and oldest > high):
        yield Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, asks=Question(fact), fact=fact)
    else:
        yield Finding(Verdict.YES, about, Why.FITS, number=youngest, fact=fact)


def _population(asked: Asked, facts: Facts, today: date) -> Findings:
    facts = as_of(facts, today)
    if named(asked, Stance.REQUIRED):
        yield _one_of(named(asked, Stance.REQUIRED, Stance.ACCEPTED), facts, today)
    if (ANY, Stance.REQUIRED) in asked.said:
        yield Finding(Verdict.CALL, Matter.POPULATION, Why.IN_WORDS)
    for code, stance in asked.said:
        if stance in {Stance.EXCLUDED, Stance.CASE_BY_CASE}:
            is_one, asks = belongs(code, facts, today), question_about(code, facts)
            fact = next(iter(rests_on(code)), None)
            for each in if_so(Matter.POPULATION, code, stance, asks, is_so=is_one):
                unknown = each.why is Why.FACT_MISSING
                verdict = _if_unknown(asks, (code,), facts) if unknown else each.verdict
                yield replace(each, fact=fact, verdict=verdict)


def _one_of(wanted: tuple[str, ...], facts: Facts, today: date) -> Finding:
    known = {code: belongs(code, facts, today) for code in wanted}
    about = Matter.POPULATION
    fact = next((fact for code in wanted for fact in rests_on(code)), None)
    for code, is_one in known.items():
        if is_one:
            own = next(iter(rests_on(code)), None)
            return Finding(Verdict.YES, about, Why.FITS, code, codes=wanted, fact=own)
    open_ones = [code for code, is_one in known.items() if is_one is None]
    if not open_ones:
        return Finding(Verdict.NO, about, Why.NOT_LISTED, codes=wanted, fact=fact)
    asks = next((asked for code in open_ones if (asked := question_about(code, facts))), None)
    verdict = _if_unknown(asks, open_ones, facts)
    return Finding(verdict, about, Why.FACT_MISSING, codes=wanted, asks=asks)


def _if_unknown(asks: Question | None, open_ones: Iterable[str], facts: Facts) -> Verdict:
    """Return what it comes to not to know: of what no record holds one asks on the phone."""
    likely = any(is_likely(code, facts) for code in open_ones)
    return Verdict.CALL if asks is None or likely else Verdict.NOT_KNOWN


def _offense(asked: Asked, facts: Facts, _: date) -> Findings:
    found = tuple(listed(asked, facts.offenses, codes(Vocabulary.OFFENSE), Fact.OFFENSES))
    general = asked.stance(ANY) in {Stance.EXCLUDED, Stance.CASE_BY_CASE}
    if general and all(each.why is Why.NOTHING_ASKED for each in found):
        # Somebody under supervision has an offense, though it may be on no list of ours.
        yield Finding(Verdict.CALL, Matter.OFFENSE, Why.OTHERS, fact=Fact.OFFENSES)
    else:
        yield from found


def _medication(asked: Asked, facts: Facts, _: date) -> Findings:
    by_name = [code for code, _ in asked.said if code != ANY]
    general = asked.stance(ANY) is not None
    every = codes(Vocabulary.MEDICATION) if general else (*NEEDED_MEDICATIONS, *by_name)
    yield from listed(asked, facts.medications, tuple(dict.fromkeys(every)), Fact.MEDICATIONS)


def _warrant(asked: Asked, facts: Facts, today: date) -> Findings:
    stance, about, fact = asked.stance(ANY), Matter.WARRANT, Fact.WARRANT
    if stance is None:
        return
    on = facts.warrant_on
    worn = facts.warrant is False and on is not None and today - on > NO_WARRANT_FOR
    if worn and stance is not Stance.ACCEPTED:
        yield Finding(Verdict.CALL, about, Why.WORN, fact=fact, asks=Question(fact))
        return
    if Stance.REQUIRED in dict.fromkeys(each for _, each in asked.said):
        yield must_be_so(about, fact, is_so=facts.warrant)
    if stance in {Stance.EXCLUDED, Stance.CASE_BY_CASE}:
        yield from if_so(about, ANY, stance, Question(fact), is_so=facts.warrant)
    if stance is Stance.ACCEPTED or (stance is not Stance.REQUIRED and facts.warrant is False):
        yield Finding(Verdict.YES, about, Why.FITS, fact=fact)


def _sobriety(asked: Asked, facts: Facts, today: date) -> Findings:
    about, stance, days = Matter.SOBRIETY, asked.stance(ANY), asked.low
    if stance is Stance.ACCEPTED or (stance is Stance.REQUIRED and days == 0):
        yield Finding(Verdict.YES, about, Why.NOTHING_ASKED)
    if days:
        yield _sober_for(days, facts, today)
    if stance in {Stance.CASE_BY_CASE, Stance.EXCLUDED}:
        yield Finding(Verdict.CALL, about, Why.CASE_BY_CASE, fact=Fact.SOBRIETY)
    elif stance is Stance.REQUIRED and days is None:
        yield Finding(Verdict.CALL, about, Why.UNSAID, fact=Fact.SOBRIETY)


def _sober_for(days: int, facts: Facts, today: date) -> Finding:
    about, fact, asks = Matter.SOBRIETY, Fact.SOBRIETY, Question(Fact.SOBRIETY)
    if facts.sober is None:
        return Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, number=days, asks=asks)
    since = max(timedelta(0), today - facts.sober.on)
    if facts.sober.days >= days and since <= SOBER_FOR:
        return Finding(Verdict.YES, about, Why.FITS, number=days, fact=fact)
    if facts.sober.days + since.days >= days:
        return Finding(Verdict.CALL, about, Why.WORN, number=days, fact=fact, asks=asks)
    ready = facts.sober.on.toordinal() + days - facts.sober.days
    return Finding(Verdict.NO, about, Why.TOO_SOON, number=ready, fact=fact)


def _residency(asked: Asked, facts: Facts, _: date) -> Findings:
    if named(asked, Stance.REQUIRED):
        yield _lives_in_one(named(asked, Stance.REQUIRED, Stance.ACCEPTED), facts)
    for code, stance in asked.said:
        if stance in {Stance.EXCLUDED, Stance.CASE_BY_CASE}:
            is_so, asks = _lives_in(code, facts.residence), Question(Fact.COUNTY)
            for each in if_so(Matter.RESIDENCY, code, stance, asks, is_so=is_so):
                yield replace(each, codes=(code,))


def _lives_in(area: str, residence: Residence | None) -> bool | None:
    state = area.partition("/")[0]
    if residence is None or (residence.by_zip and area != state and state in residence.areas):
        return None
    return area in residence.areas


def _lives_in_one(areas: tuple[str, ...], facts: Facts) -> Finding:
    about, fact, asks = Matter.RESIDENCY, Fact.COUNTY, Question(Fact.COUNTY)
    if facts.residence is None:
        return Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, codes=areas, asks=asks)
    if shared := sorted(facts.residence.areas.intersection(areas)):
        return Finding(Verdict.YES, about, Why.FITS, shared[0], codes=areas, fact=fact)
    states = {code.partition("/")[0] for code in areas}
    if facts.residence.by_zip and states & facts.residence.areas:
        return Finding(Verdict.CALL, about, Why.OUTSIDE_BY_ZIP, codes=areas, fact=fact, asks=asks)
    return Finding(Verdict.NO, about, Why.OUTSIDE, codes=areas, fact=fact)


def _payer(asked: Asked, facts: Facts, _: date) -> Findings:
    about, fact = Matter.PAYER, Fact.PAYERS
    taken = asked.with_stance(Stance.ACCEPTED)
    if free := sorted(FREE.intersection(taken)):
        yield Finding(Verdict.YES, about, Why.FITS, free[0])
    elif facts.payers is None:
        asks = Question(fact)
        yield Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, codes=taken, asks=asks)
    elif shared := sorted((facts.payers or {UNINSURED}).intersection(taken)):
        yield Finding(Verdict.YES, about, Why.FITS, shared[0], fact=fact)
    elif SELF_PAY in taken:
        broke = facts.income is Income.NONE
        why = Why.CANNOT_PAY if broke else Why.PAYS
        yield Finding(Verdict.CALL, about, why, codes=taken, fact=fact)
    else:
        yield Finding(Verdict.CALL, about, Why.NOT_LISTED, codes=taken, fact=fact)


def payers_of_weight(facts: Facts) -> frozenset[str]:
    """Return the ways to pay by which verdicts or their weights differ; of others words tell."""
    return FREE | {SELF_PAY} | (facts.payers or {UNINSURED})


def _document(asked: Asked, facts: Facts, _: date) -> Findings:
    about, fact = Matter.DOCUMENT, Fact.DOCUMENTS
    for code in named(asked, Stance.REQUIRED, Stance.CASE_BY_CASE):
        held = _holds(code, facts.documents)
        if code in OFFICER_BRINGS:
            yield Finding(Verdict.YES, about, Why.OFFICER_BRINGS, code)
        elif held is None:
            asks = Question(fact, code)
            yield Finding(Verdict.NOT_KNOWN, about, Why.FACT_MISSING, code, asks=asks)
        elif held:
            yield Finding(Verdict.YES, about, Why.FITS, code, fact=fact)
        else:  # a paper can follow, or be waived: that is theirs to say
            yield Finding(Verdict.CALL, about, Why.LACKING, code, fact=fact)


def _holds(code: str, documents: Answers) -> bool | None:
    others = (documents.of(name) for name in INSTEAD.get(code, ()))
    return True if True in others else documents.of(code)


def _referral_source(asked: Asked, _: Facts, __: date) -> Findings:
    about = Matter.REFERRAL_SOURCE
    taken = named(asked, Stance.REQUIRED) or named(asked, Stance.ACCEPTED)
    stance = asked.stance(OFFICER)
    if stance is Stance.CASE_BY_CASE:
        yield Finding(Verdict.CALL, about, Why.CASE_BY_CASE, OFFICER)
    elif stance is Stance.EXCLUDED and SELF not in taken:
        yield Finding(Verdict.CALL, about, Why.REFUSED, OFFICER)
    elif stance is not Stance.EXCLUDED and OFFICER in taken:
        yield Finding(Verdict.YES, about, Why.FITS, OFFICER)
    elif SELF in taken:
        yield Finding(Verdict.YES, about, Why.SELF, SELF)
    elif taken:
        yield Finding(Verdict.CALL, about, Why.BY_OTHERS, codes=taken)


def _children(asked: Asked, facts: Facts, _: date) -> Findings:
    some = None if facts.dependents is None else facts.dependents > 0
    yield from _brought(asked, Fact.DEPENDENTS, is_so=some)


def _pets(asked: Asked, facts: Facts, _: date) -> Findings:
    helps = facts.pets is Pets.SERVICE_ANIMAL
    has = None if facts.pets is None else facts.pets is Pets.PET
    yield from _brought(asked, Fact.PETS, is_so=has)
    refused = {Stance.EXCLUDED, Stance.CASE_BY_CASE}
    if helps and any(stance in refused for __, stance in asked.said):
        yield Finding(Verdict.CALL, Matter.PETS, Why.SERVICE_ANIMAL, fact=Fact.PETS)


def _brought(asked: Asked, fact: Fact, *, is_so: bool | None) -> Findings:
    """Yield what comes of whom or what the client brings along.

    Most bring neither, and who does says so in the same call: not to know it stops nobody.
    """
    stances = {stance for _, stance in asked.said}
    if Stance.REQUIRED in stances:
        yield must_be_so(asked.matter, fact, is_so=is_so)
    for stance in (Stance.EXCLUDED, Stance.CASE_BY_CASE):
        if stance in stances:
            for each in if_so(asked.matter, ANY, stance, Question(fact), is_so=is_so):
                yield replace(each, verdict=Verdict.CALL) if is_so is None else each


Finder = Callable[[Asked, Facts, date], Findings]

_FINDERS: Final[Mapping[Matter, Finder]] = {
    Matter.STATUS: _status,
    Matter.GENDER: _gender,
    Matter.AGE: _age,
    Matter.POPULATION: _population,
    Matter.OFFENSE: _offense,
    Matter.WARRANT: _warrant,
    Matter.MEDICATION: _medication,
    Matter.SOBRIETY: _sobriety,
    Matter.RESIDENCY: _residency,
    Matter.PAYER: _payer,
    Matter.DOCUMENT: _document,
    Matter.REFERRAL_SOURCE: _referral_source,
    Matter.CHILDREN: _children,
    Matter.PETS: _pets,
}
