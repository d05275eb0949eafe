"""What leaves the agency: these fields and no others."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.errors import BadInput
from resourcedir.referrals import ground
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.packet import Packet, broad_need, initials
from resourcedir.taxonomy.terms import taxonomy

TODAY = date(2026, 3, 12)
PACKET = Packet(
    client_name="Marcus Tolliver",
    initials="M. T.",
    birth_year="1989",
    contact_by="call",
    contact_phone="423-555-0177",
    leave_no_message=True,
    need="housing",
    officer_name="D. Whitaker",
    officer_phone="423-555-0160",
    note="Comes by bus.",
    listing_name="Riverbend House",
    organization="Riverbend Recovery",
    place=("1510 N Holtzclaw Ave", "Chattanooga, TN 37404"),
    confidential=False,
    listing_phone="423-555-0141",
    made_at=datetime(2026, 3, 12, 16, tzinfo=UTC),
)


def test_a_packet_has_these_fields_and_no_others():
    assert {field.name for field in fields(Packet)} == {
        "client_name",
        "initials",
        "birth_year",
        "contact_by",
        "contact_phone",
        "leave_no_message",
        "need",
        "officer_name",
        "officer_phone",
        "note",
        "listing_name",
        "organization",
        "place",
        "confidential",
        "listing_phone",
        "made_at",
    }


@given(st.text(), st.lists(st.text()))
def test_a_packet_comes_back_as_it_was(text, place):
    packet = replace(PACKET, note=text, client_name=text, place=tuple(place))

    assert Packet.from_json(packet.to_json()) == packet


def test_packets_that_read_alike_have_one_fingerprint():
    later = replace(PACKET, made_at=datetime(2026, 3, 13, tzinfo=UTC))

    assert later.fingerprint() == PACKET.fingerprint()
    assert replace(PACKET, note="Comes by car.").fingerprint() != PACKET.fingerprint()


@pytest.mark.parametrize("term", list(taxonomy()), ids=lambda term: term.code)
def test_a_narrow_need_becomes_its_widest_kind(term):
    assert broad_need(term.code) in {root.code for root in taxonomy().roots}


def test_no_need_and_an_unknown_one_are_not_said():
    assert broad_need(None) is None
    assert broad_need("no-such-term") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Marcus Tolliver", "M. T."),
        ("Ana-Lucía de la Cruz", "A. L. D. L. C."),
        ("  ", ""),
        ("Øyvind (Bear) Ås", "Ø. Å."),
    ],
)
def test_initials_are_all_that_a_sheet_says(name, short):
    assert initials(name) == short


@pytest.mark.parametrize(
    ("given_ground", "mend"),
    [
        (Given(), "Choose why"),
        (Given(Ground.SIGNED_RELEASE), "both dates"),
        (Given(Ground.SIGNED_RELEASE, TODAY, date(2026, 3, 1)), "dates right"),
        (Given(Ground.SIGNED_RELEASE, date(2026, 3, 13), date(2026, 9, 1)), "after today"),
        (Given(Ground.SIGNED_RELEASE, date(2025, 1, 1), date(2026, 3, 11)), "new one"),
        (Given(Ground.CLIENT_WORD, detail="  "), "witness"),
        (Given(Ground.CONDITION), "which condition"),
    ],
)
def test_an_incomplete_ground_names_its_mend(given_ground, mend):
    with pytest.raises(BadInput, match=mend):
        ground.check(given_ground, TODAY)
    assert not ground.still_holds(given_ground, TODAY)


@pytest.mark.parametrize(
    "given_ground",
    [
        Given(Ground.SIGNED_RELEASE, TODAY, TODAY),
        Given(Ground.CLIENT_WORD, detail="J. Ortega"),
        Given(Ground.CONDITION, detail="condition 4"),
    ],
)
def test_a_complete_ground_lets_details_be_sent(given_ground):
    ground.check(given_ground, TODAY)
    assert ground.still_holds(given_ground, TODAY)
