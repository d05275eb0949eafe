"""Makes rows for tests, through the app's own commands where they are what a test is not about.

Everything is invented. Each method commits, so that requests see what it made.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.accounts.models import Agency, Team, User
from resourcedir.clients.models import (
    Assignment,
    Client,
    ClientNeed,
    ContactBy,
    NeedSource,
    SupervisionType,
)
from resourcedir.db import writing
from resourcedir.directory import models as d
from resourcedir.identity import Administrator, Identity, Officer, Provider, Role, Supervisor
from resourcedir.outbox.commands import note_changes
from resourcedir.taxonomy.commands import sync, term_id
from resourcedir.taxonomy.models import TaxonomyTerm
from tests.inspector import PASSWORD

# Next to no work, in place of the real one: what tests are about is not how hard it is.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASH = QUICK.hash(PASSWORD)


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in, and who they are to the app."""

    id: UUID
    email: str
    name: str
    identity: Identity


class Factory:
    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers = count(1)
        self._agency: Agency | None = None
        self._team: Team | None = None

    def _begin(self) -> None:
        """Start a transaction that holds the write lock: what was read before is read anew."""
        self.session.rollback()
        writing(self.session)

    def agency(self, name: str = "") -> Agency:
        self._begin()
        agency = Agency(name=name or f"Agency {next(self._numbers)}")
        self.session.add(agency)
        self.session.commit()
        return agency

    def team(self, agency: Agency | None = None) -> Team:
        agency = agency or self._own_agency()
        self._begin()
        team = Team(agency_id=agency.id, name=f"T{next(self._numbers)}")
        self.session.add(team)
        self.session.commit()
        return team

    def officer(self, team: Team | None = None, **more: object) -> Person:
        return self._in_team(Role.OFFICER, Officer, team, more)

    def supervisor(self, team: Team | None = None, **more: object) -> Person:
        return self._in_team(Role.SUPERVISOR, Supervisor, team, more)

    def administrator(self, agency: Agency | None = None, **more: object) -> Person:
        agency = agency or self._own_agency()
        user = self._user(Role.ADMINISTRATOR, {"agency_id": agency.id, **more})
        return Person(user.id, user.email, user.name, Administrator(user.id, agency.id))

    def provider(self, organization_id: UUID, **more: object) -> Person:
        user = self._user(Role.PROVIDER, {"organization_id": organization_id, **more})
        return Person(user.id, user.email, user.name, Provider(user.id, organization_id))

    def client(self, officer: Person, **more: object) -> UUID:
        """Make a client assigned to ``officer`` and return its id."""
        self._begin()
        now = clock.now()
        facts = {
            "name": "Marcus Tolliver",
            "birth_year": "1989",
            "phone": "423-555-0177",
            "home_zip": "37404",
            **{k: v for k, v in more.items() if k in {"name", "birth_year", "phone", "home_zip"}},
        }
        agency_id = officer.identity.agency_id  # type: ignore[union-attr]
        client = Client(
            id=uuid4(),
            agency_id=agency_id,
            case_number=str(more.get("case_number", f"C-{1000 + next(self._numbers)}")),
            supervision_type=more.get("supervision_type", SupervisionType.PROBATION),
            authority=str(more.get("authority", "Hamilton County Criminal Court")),
            contact_by=more.get("contact_by", ContactBy.CALL),
            leave_no_message=bool(more.get("leave_no_message", False)),
            do_not_contact=bool(more.get("do_not_contact", False)),
            languages=str(more.get("languages", "en")),
            created_at=now,
        )
        self.session.add(client)
        for name, value in facts.items():
            setattr(client, name, value)
        self.session.flush()
        self.session.add(
            Assignment(
                client_id=client.id, officer_id=officer.id, from_at=now, assigned_by=officer.id
            )
        )
        for priority, code in enumerate(more.get("needs", ()), 1):  # type: ignore[arg-type]
            self.session.add(
                ClientNeed(
                    client_id=client.id,
                    term_code=code,
                    priority=priority,
                    source=NeedSource.OFFICER,
                    created_at=now,
                )
            )
        self.session.commit()
        return client.id

    def organization(self, name: str = "") -> d.Organization:
        self._begin()
        organization = d.Organization(name=name or f"Organization {next(self._numbers)}")
        self.session.add(organization)
        self.session.commit()
        return organization

    def listing(self, organization: d.Organization | None = None, **more: object) -> int:
        """Make a listing at an address in Chattanooga and return its number.

        ``more``: name, description, terms, populations, zip, point (latitude, longitude),
        time_zone, phone, hours (rows of (byday, opens_at, closes_at)), languages, available,
        updated, checked_at, area (code), confidential (its address), source, status, ages (from,
        to), rules (rows of (kind, code, stance, amount)).
        """
        self.taxonomy()
        organization = organization or self.organization()
        organization_id = organization.id
        self._begin()
        service = d.Service(
            id=uuid4(),
            organization_id=organization_id,
            name=str(more.get("name", f"Service {next(self._numbers)}")),
            description=str(more.get("description", "")),
            status=more.get("status", d.ServiceStatus.ACTIVE),
            minimum_age=more.get("ages", (None, None))[0],  # type: ignore[index]
            maximum_age=more.get("ages", (None, None))[1],  # type: ignore[index]
        )
        self.session.add(service)
        self.session.flush()
        address = more.get("confidential")
        location = None
        if not address and more.get("point", True):
            location = self._location(organization_id, more)
        listing = d.Listing(
            kind=d.ListingKind.SERVICE,
            organization_id=organization_id,
            service_id=service.id,
            location_id=location and location.id,
            confidential=bool(address),
            source=str(more.get("source", "Example")),
            source_key=str(uuid4()),
            checked_at=more.get("checked_at", clock.now() - timedelta(days=12)),
        )
        self.session.add(listing)
        self.session.flush()
        if address:
            private = d.LocationPrivate(id=uuid4(), listing_number=listing.number)
            self.session.add(private)
            private.address = str(address)
        self._offer(service.id, more)
        for kind, code, stance, *amount in more.get("rules", ()):  # type: ignore[attr-defined]
            self.session.add(
                d.EligibilityRule(
                    listing_number=listing.number,
                    kind=d.RuleKind(kind),
                    code=code,
                    stance=d.Stance(stance),
                    amount=amount[0] if amount else None,
                )
            )
        note_changes(self.session, [listing.number], clock.now())
        self.session.commit()
        return listing.number

    def taxonomy(self) -> None:
        """Mirror the taxonomy, once."""
        self._begin()
        if self.session.scalar(select(TaxonomyTerm.id).limit(1)) is None:
            sync(self.session)
        self.session.commit()

    def _location(self, organization_id: UUID, more: dict[str, object]) -> d.Location:
        latitude, longitude = more.get("point", (35.0456, -85.3097))  # type: ignore[misc]
        location = d.Location(
            id=uuid4(),
            organization_id=organization_id,
            location_type=d.LocationType.PHYSICAL,
            latitude=latitude,
            longitude=longitude,
            position_error_m=more.get("error_m", 50),
            time_zone=str(more.get("time_zone", "America/New_York")),
        )
        self.session.add(location)
        self.session.flush()
        self.session.add(
            d.Address(
                location_id=location.id,
                address_1=str(more.get("address", "1510 N Holtzclaw Ave")),
                city=str(more.get("city", "Chattanooga")),
                region="Hamilton County",
                state_province="TN",
                postal_code=str(more.get("zip", "37404")),
            )
        )
        return location

    def _offer(self, service_id: UUID, more: dict[str, object]) -> None:
        rows: list[object] = [
            d.Attribute(
                link_id=service_id, link_entity="service", taxonomy_term_id=term_id(list_, code)
            )
            for name, list_ in (("terms", "need"), ("populations", "population"))
            for code in more.get(name, ())  # type: ignore[attr-defined]
        ]
        rows += [
            d.Schedule(service_id=service_id, byday=byday, opens_at=opens, closes_at=closes)
            for byday, opens, closes in more.get("hours", ())  # type: ignore[attr-defined]
        ]
        rows += [
            d.Language(service_id=service_id, code=code, name=code)
            for code in more.get("languages", ())  # type: ignore[attr-defined]
        ]
        if phone := more.get("phone", "423-555-0141"):
            rows.append(d.Phone(service_id=service_id, number=str(phone)))
        if area := more.get("area"):
            rows.append(d.ServiceArea(service_id=service_id, name=str(area), extent=str(area)))
        if "available" in more:
            updated = more.get("updated", clock.now() - timedelta(hours=2))
            assert isinstance(updated, datetime)
            rows.append(
                d.ServiceCapacity(
                    service_id=service_id,
                    unit=d.Unit.BED,
                    available=more["available"],
                    updated=updated,
                )
            )
        self.session.add_all(rows)
        self.session.flush()

    def _own_agency(self) -> Agency:
        self._agency = self._agency or self.agency("Hamilton County Community Supervision")
        return self._agency

    def _in_team(
        self, role: Role, kind: type, team: Team | None, more: dict[str, object]
    ) -> Person:
        if team is None:
            self._team = self._team or self.team()
            team = self._team
        user = self._user(role, {"agency_id": team.agency_id, "team_id": team.id, **more})
        return Person(user.id, user.email, user.name, kind(user.id, team.agency_id, team.id))

    def _user(self, role: Role, more: dict[str, object]) -> User:
        self._begin()
        number = next(self._numbers)
        facts: dict[str, object] = {
            "name": f"D. Whitaker {number}",
            "email": f"user{number}@example.org",
            "phone": "423-555-0160",
            **more,
        }
        user = User(role=role, password_hash=HASH, created_at=clock.now(), **facts)
        self.session.add(user)
        self.session.commit()
        return user
