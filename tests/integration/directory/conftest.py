"""A directory on a database of its own, without the app."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from resourcedir.db import engine_for
from resourcedir.directory import commands, queries
from resourcedir.directory.commands import Hand, Seen
from resourcedir.directory.editing import edit_of
from resourcedir.directory.models import Listing
from resourcedir.security.sealing import KEYRING, Keyring
from tests.conftest import NOON
from tests.factories import Factory

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def make_session(tables_url, at_noon) -> Iterator[sessionmaker[Session]]:
    """Give what opens sessions on an empty database, at noon."""
    engine = engine_for(tables_url)
    yield sessionmaker(engine, info={KEYRING: Keyring([b"k" * 32])})
    engine.dispose()


@pytest.fixture
def session(make_session) -> Iterator[Session]:
    with make_session() as session:
        yield session


@pytest.fixture
def make(session) -> Factory:
    return Factory(session)


@pytest.fixture
def house(session, make):
    """Give a listing with its provider's hand."""
    organization = make.organization("Riverbend Recovery")
    number = make.listing(
        organization,
        hours=[("MO,TU,WE,TH,FR", time(8), time(17))],
        languages=["en"],
        available=3,
    )
    provider = make.provider(organization.id, name="R. Stone")
    return number, Hand(provider.identity, LATER, "192.0.2.7")


def applied(session, number, by, **said):
    """Publish what is said of a listing, and return what it changed."""
    facts = queries.facts_for(session, number)
    edit = replace(edit_of(facts), **said)
    listing = queries.editable(session, by.identity, number)
    changed = commands.apply(session, listing, edit, Seen(facts.version, NOON), by)
    session.commit()
    return changed


def twin_of(session, make, number):
    """Offer the service of a listing at one more place."""
    listing = session.get(Listing, number)
    place = make._location(listing.organization_id, {})
    twin = Listing(kind=listing.kind, organization_id=listing.organization_id,
                   service_id=listing.service_id, location_id=place.id, source="Example",
                   source_key="twin")  # fmt: skip
    session.add(twin)
    session.commit()
    return twin
