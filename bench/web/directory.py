"""Fills a database with an invented directory of any size, quickly: rows in bulk, not by forms.

The same number gives the same rows. It says nothing real: names are made up, numbers are 555-01xx.
One listing in eight carries as much as a row of the national directory of treatment facilities
does: fifty statements beside its needs.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.db import Base
from resourcedir.directory import models as d
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.outbox.models import Change
from resourcedir.places.point import Point
from resourcedir.places.zip_codes import ZipCode, all_zip_codes
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.commands import TermRow, put_terms, sync, term_id
from resourcedir.taxonomy.terms import Term, taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

BATCH: Final = 2_000
SOURCE: Final = "Example"
PLAIN: Final = "bench"  # taxonomy of the plain statements
STATEMENTS: Final = 50  # of one heavy listing
CRISIS: Final = "crisis-line"
_EVERY_HEAVY: Final = 8
_ONE_CRISIS_LINE_IN: Final = 2_000
_NAMES: Final = """Riverbend Northgate Lookout Cedar Harbor Unity Freedom Summit Valley Bridge Hope
Lighthouse Pioneer Oak Maple Second Chance Gateway Horizon Cornerstone Haven Journey Grace"""
_KINDS: Final = "Center House Services Clinic Program Partners Recovery Support Network"
_WORDS: Final = """people leaving custody treatment evening groups staff help with papers classes
methadone suboxone counseling intake walk in by phone appointments transport bus line families
parents veterans women men beds shelter housing meals case manager court order probation parole
officer letter fee sliding scale medicaid insurance waiting list spanish interpreter anger
management GED training jobs warehouse felony friendly sober living work"""
_WEEKS: Final = (("MO,TU,WE,TH,FR", time(8), time(17)), ("MO,TU,WE,TH,FR,SA,SU", time(0), time(0)))
_ORDER: Final = [table.name for table in Base.metadata.sorted_tables]  # owners first
Rows = dict[type[Any], list[dict[str, Any]]]


def fill(session: Session, listings: int, say: Callable[[int], None] = lambda _: None) -> None:
    """Add ``listings`` and what hangs on them, and commit batch by batch."""
    sync(session)
    plain = [TermRow(f"S{n}", f"Statement {n} of a file", f"Dato {n}") for n in range(STATEMENTS)]
    put_terms(session, PLAIN, "Invented statements", plain)
    makes = _Maker()
    for start in range(0, listings, BATCH):
        rows: Rows = defaultdict(list)
        for number in range(start + 1, min(start + BATCH, listings) + 1):
            makes.listing(rows, number)
        for model in sorted(rows, key=lambda each: _ORDER.index(each.__tablename__)):
            session.execute(insert(model), rows[model])
        session.commit()
        say(min(start + BATCH, listings))


class _Maker:
    def __init__(self) -> None:
        self._random = Random(20_261_122)
        self._now = clock.now()
        known = (each for each in all_zip_codes() if each.point and each.time_zone)
        self._zips = [each for each in known if each.point and abs(each.point.longitude) < 179]
        # Lines for people in crisis stand over every page, and a country has few of them.
        self._terms: list[Term] = [each for each in taxonomy() if each.code != CRISIS]
        self._names, self._kinds, self._words = _NAMES.split(), _KINDS.split(), _WORDS.split()
        self._organization = UUID(int=0)

    def listing(self, rows: Rows, number: int) -> None:
        """Add the rows of one listing, and of a new organization for one in three."""
        random, service = self._random, self._id()
        first, second = random.choices(self._names, k=2)
        name = f"{first} {second} {random.choice(self._kinds)}"
        if number % 3 == 1:
            self._organization = self._id()
            rows[d.Organization].append({"id": self._organization, "name": f"{name} {number}"})
        at = None if number % 17 == 0 else random.choice(self._zips)  # some are by phone alone
        rows[d.Service].append(
            {
                "id": service,
                "organization_id": self._organization,
                "name": f"{name} {number}",
                "description": " ".join(random.choices(self._words, k=random.randint(25, 60))),
                "status": d.ServiceStatus.ACTIVE,
            }
        )
        rows[d.Listing].append(
            {
                "number": number,
                "kind": d.ListingKind.SERVICE,
                "organization_id": self._organization,
                "service_id": service,
                "location_id": self._place(rows, at) if at else None,
                "confidential": False,
                "source": SOURCE,
                "source_key": f"bench-{number}",
                "checked_at": self._now - timedelta(days=random.randrange(600)),
                "version": 1,
            }
        )
        rows[Change].append({"listing_number": number, "at": self._now})
        self._offer(rows, service, number)
        self._said(rows, service, heavy=number % _EVERY_HEAVY == 0)
        if at is None:
            rows[d.ServiceArea].append(
                {"id": self._id(), "service_id": service, "name": "Tennessee", "extent": "TN"}
            )

    def _place(self, rows: Rows, at: ZipCode) -> UUID:
        location, random = self._id(), self._random
        point = at.point or Point(0, 0)
        rows[d.Location].append(
            {
                "id": location,
                "organization_id": self._organization,
                "location_type": d.LocationType.PHYSICAL,
                "latitude": point.latitude + random.uniform(-0.03, 0.03),
                "longitude": point.longitude + random.uniform(-0.03, 0.03),
                "position_error_m": 50,
                "time_zone": at.time_zone,
            }
        )
        rows[d.Address].append(
            {
                "id": self._id(),
                "location_id": location,
                "address_1": f"{random.randrange(1, 4000)} Example St",
                "city": at.city,
                "region": at.county,
                "state_province": at.state,
                "postal_code": at.code,
            }
        )
        return location

    def _offer(self, rows: Rows, service: UUID, number: int) -> None:
        random, of_service = self._random, {"service_id": service}
        phone = f"423-555-01{number % 100:02}"
        rows[d.Phone].append({"id": self._id(), **of_service, "number": phone})
        byday, opens, closes = _WEEKS[number % 5 == 0]
        rows[d.Schedule].append(
            {"id": self._id(), **of_service, "byday": byday, "opens_at": opens, "closes_at": closes}
        )
        for code in ("en", "es")[: 1 + (number % 3 == 0)]:
            rows[d.Language].append({"id": self._id(), **of_service, "code": code, "name": code})
        if number % 2:
            option = random.choice(list(d.CostKind))
            rows[d.CostOption].append({"id": self._id(), **of_service, "option": option})
        if number % 5 < 2:
            told = self._now - timedelta(hours=random.randrange(200))
            rows[d.ServiceCapacity].append(
                {"id": self._id(), **of_service, "unit": random.choice(list(d.Unit)),
                 "available": random.randrange(6), "updated": told}
            )  # fmt: skip
        for code in random.sample(vocabulary.codes(Vocabulary.OFFENSE), number % 4):
            rows[d.EligibilityRule].append(
                {"id": self._id(), "listing_number": number, "kind": RuleKind.OFFENSE,
                 "code": code, "stance": random.choice((Stance.ACCEPTED, Stance.EXCLUDED))}
            )  # fmt: skip

    def _said(self, rows: Rows, service: UUID, *, heavy: bool) -> None:
        random = self._random
        said = {term_id("need", random.choice(self._terms).code) for _ in range(3)}
        for kind in (Vocabulary.POPULATION, Vocabulary.PAYER):
            codes = vocabulary.codes(kind)
            said |= {term_id(kind, code) for code in random.sample(codes, 3)}
        if random.random() < 1 / _ONE_CRISIS_LINE_IN:
            said.add(term_id("need", CRISIS))
        if heavy:
            said |= {term_id(PLAIN, f"S{n}") for n in range(STATEMENTS)}
        rows[d.Attribute] += [
            {"link_id": service, "taxonomy_term_id": term, "link_entity": "service"}
            for term in said
        ]

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128))
