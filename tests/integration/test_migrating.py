"""Rows of an earlier schema are carried up, and what is under way goes on (R11)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Boolean, Integer, String, Uuid, column, insert, select, table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from resourcedir.clients.models import ClientNeed
from resourcedir.db import UTCDateTime, engine_for
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.models import EligibilityRule
from resourcedir.matching.models import ClientSearch
from resourcedir.migrations import config_for, upgrade
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.lifecycle import Action, Status, WordOf
from resourcedir.referrals.models import Referral, ReferralEvent
from resourcedir.referrals.queries import owed_without_time, place_in_line

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
DAY = timedelta(days=1)
TYPES = {UUID: Uuid(), datetime: UTCDateTime(), bool: Boolean(), int: Integer(), str: String()}


@pytest.fixture
def engine(database_url):
    engine = engine_for(database_url)
    command.upgrade(config_for(engine), "first_tables")
    yield engine
    engine.dispose()


class Old:
    """Writes rows as the first schema had them, without the models of now."""

    def __init__(self, connection):
        self.connection = connection
        self.agency = self.add("agency", name="Supervision")
        team = self.add("team", agency_id=self.agency, name="Team 3")
        person = {"email": "o@example.org", "name": "O.", "password_hash": "x", "role": "officer"}
        self.officer = self.add(
            "user_account", agency_id=self.agency, team_id=team, created_at=NOON - 9 * DAY, **person
        )
        self.house = self.add("organization", name="Riverbend", description="")
        offer = {"name": "House", "description": "", "status": "active"}
        service = self.add("service", organization_id=self.house, **offer)
        named = {"kind": "service", "source": "test", "source_key": "1"}
        place = {"organization_id": self.house, "service_id": service, "confidential": False}
        self.add("listing", id=None, number=7, version=1, **place, **named)
        self.client = self.add(
            "client",
            agency_id=self.agency,
            case_number="C-1",
            supervision_type="probation",
            authority="Court",
            contact_by="call",
            leave_no_message=False,
            do_not_contact=False,
            languages="en",
            created_at=NOON - 9 * DAY,
            version=1,
        )

    def add(self, kind, /, **values):
        values = {"id": uuid4(), **values}
        values = {key: value for key, value in values.items() if value is not None}
        columns = [column(key, TYPES[type(value)]) for key, value in values.items()]
        self.connection.execute(insert(table(kind, *columns)).values(**values))
        return values.get("id")

    def referral(self, reference, status, *steps):
        made = self.add(
            "referral",
            reference=reference,
            form_token=uuid4(),
            agency_id=self.agency,
            client_id=self.client,
            officer_id=self.officer,
            listing_number=7,
            organization_id=self.house,
            mode="live",
            status=status,
            created_at=NOON - 8 * DAY,
            sent_at=NOON - 8 * DAY,
            version=2,
        )
        for number, (action, after, days) in enumerate(steps, start=1):
            self.add(
                "referral_event",
                referral_id=made,
                sequence=number,
                at=NOON - days * DAY,
                action=action,
                status=after,
                by_user_id=self.officer,
                word_of="officer",
            )


def test_who_waits_keeps_the_place_and_what_is_owed_is_found(engine):
    sent = ("send", "sent", 8)
    with engine.begin() as connection:
        old = Old(connection)
        old.referral("R-LATER", "waitlisted", sent, ("waitlist", "waitlisted", 1))
        old.referral("R-FIRST", "waitlisted", sent, ("waitlist", "waitlisted", 3))
        old.referral("R-SENT", "sent", sent)

    upgrade(engine)

    with sessionmaker(engine)() as session:
        kept = {each.reference: each for each in session.scalars(select(Referral))}
        assert kept["R-FIRST"].waitlisted_at == NOON - 3 * DAY
        assert [place_in_line(session, kept[name].id) for name in ("R-FIRST", "R-LATER")] == [1, 2]
        assert owed_without_time(session) == [kept["R-SENT"].id]
        assert {each.urgency for each in kept.values()} == {Urgency.ROUTINE}
        assert kept["R-SENT"].waitlisted_at is None
        assert len(session.scalars(select(ReferralEvent)).all()) == 5


def test_the_new_words_may_be_written_and_no_others(engine):
    with engine.begin() as connection:
        Old(connection).referral("R-SENT", "sent", ("send", "sent", 8))
    upgrade(engine)

    with sessionmaker(engine)() as session:
        referral = session.scalars(select(Referral)).one()
        referral.status = Status.EXPIRED
        told = {"action": Action.EXPIRE, "status": Status.EXPIRED, "word_of": WordOf.CLOCK}
        session.add(ReferralEvent(referral_id=referral.id, sequence=2, at=NOON, **told))
        session.commit()
        with pytest.raises(IntegrityError):
            session.connection().exec_driver_sql("UPDATE referral SET status = 'lost'")


def test_rules_needs_and_searches_stay_and_a_rule_on_warrants_may_be_written(engine):
    with engine.begin() as connection:
        old = Old(connection)
        rule = {"kind": "offense", "code": "arson", "stance": "excluded"}
        old.add("eligibility_rule", listing_number=7, **rule)
        need = {"term_code": "sober-living", "priority": 1, "source": "court", "created_at": NOON}
        old.add("client_need", client_id=old.client, **need)
        times = {"created_at": NOON, "changed_at": NOON}
        old.add("client_search", client_id=old.client, user_id=old.officer, **times)
    upgrade(engine)

    with sessionmaker(engine)() as session:
        kept = session.scalars(select(EligibilityRule)).one()
        assert (kept.listing_number, kept.code, kept.stance) == (7, "arson", Stance.EXCLUDED)
        assert session.scalars(select(ClientNeed.term_code)).one() == "sober-living"
        assert session.scalars(select(ClientSearch)).one().client_id == old.client
        more = {"kind": RuleKind.WARRANT, "stance": Stance.CASE_BY_CASE}
        session.add(EligibilityRule(listing_number=7, **more))
        session.commit()
        with pytest.raises(IntegrityError):
            session.connection().exec_driver_sql("UPDATE eligibility_rule SET kind = 'height'")
