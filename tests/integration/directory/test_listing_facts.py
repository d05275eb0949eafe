"""Facts of listings, read from the database."""

from datetime import time, timedelta

import pytest
from sqlalchemy import event, select, update

from resourcedir.db import USUAL_ZONE
from resourcedir.directory import queries
from resourcedir.directory.crisis import CrisisBoard
from resourcedir.directory.kinds import PhoneType, RuleKind, ServiceStatus, Stance
from resourcedir.directory.models import (
    EligibilityRule,
    JobLead,
    Listing,
    ListingKind,
    Location,
    Phone,
    Schedule,
    Service,
)
from resourcedir.errors import NotFound
from tests.conftest import NOON

CANARY = "77 Canary Wharf Lane"
WEEK = "MO,TU,WE,TH,FR,SA,SU"


@pytest.fixture
def statements(session):
    """Give the list of statements that reach the database from now on."""
    seen = []
    engine = session.get_bind()

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_the_number_of_statements_is_the_same_for_one_listing_and_for_fifty(
    session, make, statements
):
    numbers = [make.listing(terms=["detox"], available=1, languages=["en"]) for _ in range(50)]
    counts = []
    for some in (numbers[:1], numbers):
        session.expunge_all()
        statements.clear()
        assert len(queries.listing_facts(session, some)) == len(some)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 16


def test_facts_say_what_the_rows_say(session, make):
    number = make.listing(
        make.organization("Riverbend Recovery"),
        name="Riverbend House, men",
        terms=["sober-living", "halfway-house"],
        languages=["es", "en"],
        hours=[("MO,TU", time(8), time(12)), ("MO", time(13), time(17)), ("SU", None, None)],
        time_zone="America/Chicago",
        available=3,
        area="TN/Hamilton",
    )

    facts = queries.facts_for(session, number)

    assert (facts.name, facts.organization) == ("Riverbend House, men", "Riverbend Recovery")
    assert facts.terms == ("halfway-house", "sober-living")
    assert facts.languages == ("en", "es")
    assert facts.hours.to_text() == "Mo 08:00-12:00,13:00-17:00; Tu 08:00-12:00; Su closed"
    assert facts.hours.time_zone == "America/Chicago"
    assert (facts.openings.available, facts.openings.as_of) == (3, NOON - timedelta(hours=2))
    assert facts.place.zip == "37404"
    assert facts.areas == (("TN/Hamilton", "TN/Hamilton"),)
    assert facts.phones[0].number == "423-555-0141"


def test_hours_without_a_place_are_on_the_clock_that_the_listing_names(session, make):
    number = make.listing(point=None, hours=[("MO", time(8), time(17))])
    session.get(Listing, number).time_zone = "America/Chicago"
    session.commit()

    facts = queries.facts_for(session, number)

    assert facts.place is None
    assert facts.hours.time_zone == "America/Chicago"


def test_a_listing_in_no_zone_goes_by_the_clock_of_the_deployment(session, make):
    session.info[USUAL_ZONE] = "America/Denver"
    with_hours = make.listing(point=None, hours=[("MO", time(8), time(17))])
    without = make.listing(point=None)
    placed = make.listing(time_zone="America/Chicago")

    facts = queries.listing_facts(session, [with_hours, without, placed])

    assert facts[with_hours].hours.time_zone == "America/Denver"
    assert facts[without].time_zone == "America/Denver"
    assert facts[placed].time_zone == "America/Chicago"


def test_hours_of_a_season_are_not_taken_for_the_usual_week(session, make):
    number = make.listing(hours=[("MO", time(8), time(17))])
    service = session.get(Listing, number).service_id
    session.add(Schedule(service_id=service, byday="SA", opens_at=time(1), closes_at=time(2),
                         valid_from=NOON.date()))  # fmt: skip
    session.commit()

    assert queries.facts_for(session, number).hours.to_text() == "Mo 08:00-17:00"


def test_a_service_without_a_number_of_its_own_has_its_organizations(session, make):
    organization = make.organization()
    number = make.listing(organization, phone=None)
    session.add(Phone(organization_id=organization.id, number="423-555-0100"))
    session.commit()

    assert [p.number for p in queries.facts_for(session, number).phones] == ["423-555-0100"]


def test_a_job_lead_has_facts_too(session, make):
    organization = make.organization()
    job = JobLead(title="Welder", phone="423-555-0111", positions=4, minimum_age=18)
    session.add(job)
    session.flush()
    listing = Listing(kind=ListingKind.JOB_LEAD, organization_id=organization.id,
                      job_lead_id=job.id, source="Example", source_key="j1")  # fmt: skip
    session.add(listing)
    session.commit()

    facts = queries.facts_for(session, listing.number)

    assert (facts.name, facts.job.positions, facts.minimum_age) == ("Welder", 4, 18)
    assert facts.phones[0].number == "423-555-0111"


def test_rules_are_facts(session, make):
    number = make.listing()
    session.add(EligibilityRule(listing_number=number, kind=RuleKind.OFFENSE, code="arson",
                                stance=Stance.EXCLUDED, note="ever"))  # fmt: skip
    session.commit()

    (rule,) = queries.facts_for(session, number).rules

    assert (rule.kind, rule.code, rule.stance, rule.note) == (
        RuleKind.OFFENSE, "arson", Stance.EXCLUDED, "ever",
    )  # fmt: skip


def test_unknown_numbers_are_left_out_and_one_asked_alone_is_not_found(session, make):
    number = make.listing()

    assert list(queries.listing_facts(session, [999, number, number])) == [number]
    with pytest.raises(NotFound):
        queries.facts_for(session, 999)


def test_withdrawn_listings_are_not_numbered_but_their_facts_remain(session, make):
    gone, here = make.listing(), make.listing()
    session.get(Listing, gone).withdrawn_at = NOON
    session.commit()

    assert queries.listing_numbers(session) == [here]
    assert queries.facts_for(session, gone).withdrawn


def test_the_address_of_a_confidential_listing_is_in_no_fact(session, make):
    number = make.listing(confidential=CANARY, area="TN/Hamilton")

    facts = queries.facts_for(session, number)

    assert facts.confidential
    assert facts.place is None
    assert "Canary" not in repr(facts)


def test_a_provider_may_edit_only_its_own_listings_and_an_administrator_any(session, make):
    own, other = make.organization(), make.organization()
    mine, theirs = make.listing(own), make.listing(other)
    provider = make.provider(own.id).identity

    assert queries.editable(session, provider, mine).number == mine
    assert queries.editable(session, make.administrator().identity, theirs).number == theirs
    for identity, number in (
        (provider, theirs), (make.officer().identity, mine), (make.supervisor().identity, mine),
        (provider, 999),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            queries.editable(session, identity, number)
    assert [each.number for each in queries.own_listings(session, provider)] == [mine]


def test_a_look_up_by_name_takes_signs_as_signs(session, make):
    hundred = make.listing(name="100% Sober_House")
    make.listing(name="100 Soberhouse")
    administrator = make.administrator().identity

    def found(words):
        return [each.number for each in queries.find_by_name(session, administrator, words)]

    assert found("100%") == [hundred]
    assert found("sober_h") == [hundred]
    assert found("\\") == []


def test_crisis_lines_are_those_of_the_term_that_somebody_answers(session, make):
    for number in range(6):
        make.listing(name=f"No phone {number}", terms=["crisis-line"], phone=None)
    make.listing(name="Office", terms=["detox"])
    make.listing(name="Warm line", terms=["crisis-line"], hours=[("MO", time(8), time(17))])
    make.listing(name="Not now", terms=["crisis-line"], status=ServiceStatus.TEMPORARILY_CLOSED)
    make.listing(name="Everywhere", terms=["crisis-line"], area="US")
    fax = make.listing(name="Fax alone", terms=["crisis-line"])
    service = session.get(Listing, fax).service_id
    session.execute(update(Phone).where(Phone.service_id == service).values(type=PhoneType.FAX))
    session.commit()

    lines = queries.crisis_lines(session)

    assert [(line.name, line.areas) for line in lines] == [
        ("Warm line", ("TN/Hamilton",)), ("Everywhere", ("US",)),
    ]  # fmt: skip


def test_the_board_of_crisis_lines_follows_the_clock_and_the_directory(session, make):
    make.listing(name="Day", terms=["crisis-line"], hours=[(WEEK, time(8), time(17))])
    make.listing(name="Night", terms=["crisis-line"], hours=[(WEEK, time(18), time(23))])
    board = CrisisBoard()

    def names(now):
        return [line.name for line in board.lines(session, now, may_keep=True)]

    assert names(NOON) == ["Day"]
    assert names(NOON + timedelta(hours=8)) == ["Night"]
    make.listing(name="New", terms=["crisis-line"], hours=[(WEEK, time(0), time(0))], area="US")
    session.rollback()
    assert names(NOON) == ["Day", "New"]


def test_a_confidential_listing_can_have_no_location(session, make):
    number = make.listing(confidential=CANARY)

    assert session.get(Listing, number).location_id is None
    assert not session.scalars(select(Location)).all()
    assert session.scalars(select(Service)).one()
