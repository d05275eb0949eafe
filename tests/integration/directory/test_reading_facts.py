"""Facts are read as columns: they are those of the database and of what the session will write."""

from sqlalchemy import select

from resourcedir.directory import queries
from resourcedir.directory.models import Attribute, Listing, Service
from resourcedir.taxonomy.commands import TermRow, put_terms, term_id


def test_what_the_session_has_yet_to_write_is_among_the_facts(session, make):
    number = make.listing(name="Before")
    session.get(Service, session.get(Listing, number).service_id).name = "After"

    assert queries.facts_for(session, number).name == "After"


def test_nothing_is_written_where_the_caller_forbids_it(session, make):
    number = make.listing(name="Before")
    service = session.get(Service, session.get(Listing, number).service_id)
    service.name = "After"
    with session.no_autoflush:
        assert queries.facts_for(session, number).name == "Before"

    assert service in session.dirty


def test_what_another_session_has_committed_is_read_at_once(session, make, make_session):
    number = make.listing(name="Before")
    assert queries.facts_for(session, number).name == "Before"
    session.rollback()
    with make_session() as other:
        other.scalars(select(Service)).one().name = "After"
        other.commit()

    assert queries.facts_for(session, number).name == "After"


def test_plain_statements_stand_in_the_order_of_their_codes(session, make):
    number = make.listing(terms=["detox", "sober-living"])
    codes = ["b-two", "B-one", "a", "É"]
    put_terms(session, "samhsa", "a file's own", [TermRow(code, code, code) for code in codes])
    service = session.get(Listing, number).service_id
    session.add_all(
        Attribute(link_id=service, link_entity="service", taxonomy_term_id=term_id("samhsa", code))
        for code in codes
    )
    session.commit()
    facts = queries.facts_for(session, number)

    assert [each.code for each in facts.attributes] == sorted(codes)
    assert facts.terms == ("detox", "sober-living")
