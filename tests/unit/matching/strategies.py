"""Any client and any listing, for properties that hold of all of them."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from resourcedir.clients.facts import (
    NOTHING,
    Answers,
    Born,
    Facts,
    Home,
    Income,
    Known,
    Limits,
    Pets,
    Residence,
    Sober,
    Zone,
)
from resourcedir.directory.facts import CostFact, JobFact, ListingFacts, PlaceFact, RuleFact
from resourcedir.directory.hours import parse
from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    RuleKind,
    ServiceStatus,
    Shift,
    Stance,
)
from resourcedir.matching.judging import Ground, Judged, judge
from resourcedir.places.point import Point
from resourcedir.taxonomy.vocabulary import Vocabulary, codes

TODAY = date(2026, 3, 12)
AREAS = ("TN", "TN/Hamilton", "TN/Marion", "GA", "GA/Walker")
WEEKS = ("Mo-Su 20:00-06:00", "Mo-Fr 08:00-17:00", "Mo-Fr 09:00-17:00", "24/7", "Sa 10:00-12:00")
CODES = {
    RuleKind.GENDER: codes(Vocabulary.GENDER),
    RuleKind.POPULATION: (None, *codes(Vocabulary.POPULATION)),
    RuleKind.OFFENSE: (None, *codes(Vocabulary.OFFENSE)),
    RuleKind.WARRANT: (None,),
    RuleKind.RESIDENCY: AREAS,
    RuleKind.DOCUMENT: ("state-id", "photo-id", "birth-certificate", "court-order"),
    RuleKind.MEDICATION: (None, "methadone", "buprenorphine", "insulin", "benzodiazepines"),
    RuleKind.SOBRIETY_DAYS: (None,),
    RuleKind.REFERRAL_SOURCE: ("self", "officer", "court", "hospital"),
    RuleKind.PETS: (None,),
    RuleKind.CHILDREN: (None,),
}


def some(values):
    """A subset of a few."""
    return st.frozensets(st.sampled_from(values), max_size=3)


DAYS = (None, 0, 1, 7, 30, 90)
EVERY_RULE = [
    RuleFact(kind, code, stance, days)
    for kind in RuleKind
    for stance in Stance
    for code in CODES[kind]
    for days in (DAYS if kind is RuleKind.SOBRIETY_DAYS else (None,))
]
EVERY_RULE.append(
    RuleFact(RuleKind.POPULATION, None, Stance.REQUIRED, note="people who work nights.")
)
BY_KIND = {kind: [rule for rule in EVERY_RULE if rule.kind is kind] for kind in RuleKind}
rules = st.sampled_from(list(RuleKind)).flatmap(
    {kind: st.sampled_from(found) for kind, found in BY_KIND.items()}.get
)


def answers(vocabulary, asked):
    """Nothing, everything, or some of what is often asked."""
    every = codes(vocabulary)

    def read(said):
        known = {**dict.fromkeys(every, False), **said.pop("all")} if "all" in said else said
        return Answers(
            frozenset(code for code, so in known.items() if so),
            frozenset(code for code, so in known.items() if not so),
        )

    few = st.dictionaries(st.sampled_from(asked), st.booleans(), max_size=4)
    return st.one_of(few, few.map(lambda said: {"all": said})).map(read)


births = st.builds(
    lambda first, days: Born(first, first + timedelta(days)),
    st.dates(date(1940, 1, 1), TODAY),
    st.sampled_from((0, 365)),
)
COUNTIES = [each for each in AREAS if "/" in each]
residences = st.builds(
    lambda area, by_zip: Residence(frozenset({"US", area[:2], area}), by_zip=by_zip),
    st.sampled_from(COUNTIES),
    st.booleans(),
)


def maybe(values):
    return st.none() | values


yes_or_no = maybe(st.booleans())
days = maybe(st.dates(TODAY - timedelta(400), TODAY))
facts = st.builds(
    Facts,
    born=maybe(births),
    gender=maybe(st.sampled_from(("men", "women", "nonbinary"))),
    veteran=yes_or_no,
    pregnant=yes_or_no,
    pregnant_on=days,
    dependents=maybe(st.integers(0, 2)),
    pets=maybe(st.sampled_from(Pets)),
    payers=maybe(some(("medicaid", "medicare", "self-pay", "va"))),
    income=maybe(st.sampled_from(Income)),
    documents=answers(Vocabulary.DOCUMENT, (*CODES[RuleKind.DOCUMENT], "release-papers")),
    offenses=answers(Vocabulary.OFFENSE, CODES[RuleKind.OFFENSE][1:]),
    warrant=yes_or_no,
    warrant_on=days,
    medications=answers(Vocabulary.MEDICATION, CODES[RuleKind.MEDICATION][1:]),
    sober=maybe(st.builds(Sober, st.integers(0, 120), st.dates(date(2026, 1, 1), TODAY))),
    residence=maybe(residences),
    release_on=maybe(st.dates(date(2024, 1, 1), date(2027, 1, 1))),
)
points = st.builds(Point, st.floats(34.5, 35.5), st.floats(-86, -85))
zones = st.builds(
    Zone, st.just(1), maybe(points), st.sampled_from((0.0, 50.0, 150.0)), st.floats(30, 5000)
)


def week(zone="America/New_York"):
    return st.sampled_from([parse(each, zone) for each in WEEKS])


limits = st.builds(
    Limits,
    zones=st.lists(zones, max_size=1).map(tuple),
    stay_within=maybe(st.sampled_from(AREAS)),
    home=maybe(st.builds(Home, points, st.just(2000.0))),
    farthest_km=maybe(st.floats(0.5, 50)),
    access=some(("wheelchair", "elevator")),
    languages=st.lists(st.sampled_from(("en", "es", "fr")), unique=True, max_size=2).map(tuple),
    curfew=maybe(week()),
    work=maybe(week()),
    time_zone=st.just("America/New_York"),
)
known = st.builds(Known, facts, limits)


def place(area, known_county, point, error, access):
    return PlaceFact(
        name="The old mill",
        address_1="12 Hidden Lane",
        address_2=None,
        city="Soddy-Daisy",
        county=area[3:] if known_county else None,
        state=area[:2],
        zip="37379",
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        error_m=error if point else None,
        time_zone="America/New_York",
        accessibility=tuple(sorted(access)),
    )


places = st.builds(
    place,
    st.sampled_from(COUNTIES),
    st.booleans(),
    maybe(points),
    st.sampled_from((50, 150, 4000)),
    some(("wheelchair", "elevator")),
)


def in_order(values):
    return some(values).map(lambda found: tuple(sorted(found)))


listings = st.builds(
    ListingFacts,
    number=st.just(1),
    version=st.just(1),
    kind=st.just(ListingKind.SERVICE),
    resource_id=st.just(UUID(int=1)),
    organization_id=st.just(UUID(int=2)),
    organization=st.just("O"),
    name=st.just("N"),
    time_zone=st.just("America/New_York"),
    status=st.sampled_from([ServiceStatus.ACTIVE] * 6 + list(ServiceStatus)),
    paused_until=maybe(st.dates(date(2026, 1, 1), date(2026, 5, 1))),
    confidential=st.sampled_from((False, False, True)),
    terms=st.sampled_from((("halfway-house",), ("food-pantry",), ("job-lead",))),
    payers=in_order(("medicaid", "private-insurance", "uninsured")),
    medications=in_order(("methadone", "buprenorphine")),
    languages=in_order(("en", "es", "vi")),
    cost=maybe(st.builds(CostFact, st.sampled_from(CostKind))),
    place=maybe(places),
    hours=maybe(week()),
    minimum_age=maybe(st.integers(0, 70)),
    maximum_age=maybe(st.integers(70, 90)),
    rules=st.lists(rules, max_size=6).map(tuple),
    job=maybe(
        st.builds(
            JobFact,
            shift=maybe(st.sampled_from(Shift)),
            closes_on=maybe(st.dates(date(2026, 1, 1))),
        )
    ),
)


def judged(listing: ListingFacts, client: Known) -> Judged:
    return judge(Ground.of(listing), client, TODAY)


def with_less(given: Facts):
    """Yield ``given`` with one fact taken away, and with one answer of a list taken away.

    The day of an answer alone is no fact.
    """
    for field in fields(Facts):
        if field.name.endswith("_on") and field.name != "release_on":
            continue
        value = getattr(given, field.name)
        if isinstance(value, Answers):
            for code in sorted(value.yes | value.no):
                left = Answers(value.yes - {code}, value.no - {code})
                yield replace(given, **{field.name: left})
            value = value if value.any_known else None
        if value is not None:
            nothing = NOTHING if isinstance(value, Answers) else None
            yield replace(given, **{field.name: nothing})
