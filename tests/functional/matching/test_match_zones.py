"""Places to keep away from: measured, never allowed, and never named."""

from datetime import date

import pytest

from resourcedir import clock
from resourcedir.clients.commands import Deed
from resourcedir.clients.facts import FactSource
from resourcedir.clients.models import ClientZone
from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, group, row

FEET = 0.3048
CANARY_LABEL, CANARY_ADDRESS = "Home of Wrenfield", "77 Quarrymoss Lane"
HERE = (35.0456, -85.3097)


def degrees_north(feet):
    return feet * FEET / 111_195


@pytest.fixture
def keep_away(session, officer):
    """Put a zone on the record: a thousand feet around its point."""

    def put(client, point=f"{HERE[0]} {HERE[1]}", number=1):
        session.rollback()
        zone = ClientZone(
            client_id=client,
            number=number,
            error_m=15.0,
            buffer_m=1000 * FEET,
            source=FactSource.COURT,
            told_on=date(2026, 3, 3),
            recorded_at=clock.now(),
            recorded_by=officer.id,
        )
        session.add(zone)
        zone.label, zone.address = CANARY_LABEL, CANARY_ADDRESS
        if point:
            zone.point = point
        session.commit()
        return Deed(officer.identity, clock.now())

    return put


@pytest.fixture
def houses(make):
    for name, feet in (("Inside House", 500), ("Edge House", 1000), ("Clear House", 4000)):
        point = (HERE[0] + degrees_north(feet), HERE[1])
        make.listing(name=name, terms=HOUSE, rules=OPEN_TO_ALL, point=point, error_m=15)
    make.listing(name="Zip House", terms=HOUSE, rules=OPEN_TO_ALL, error_m=3000)


def test_a_house_inside_is_no_one_at_the_edge_is_called_one_outside_is_clear(
    find, client, all_known, keep_away, houses
):
    keep_away(client)
    browser = find(client)

    assert "known in words only" not in browser.page.text
    assert group(browser, "yes") == ["Clear House"]
    assert group(browser, "call") == ["Edge House"]
    assert group(browser, "unknown") == ["Zip House"]
    assert group(browser, "no") == ["Inside House"]


def test_a_distance_is_told_as_measured_and_to_be_confirmed(
    find, client, all_known, keep_away, houses
):
    keep_away(client)
    text = " ".join(row(find(client), "Edge House").text.split())

    assert "measured 1,000 ft, give or take 110; confirm" in text
    assert "place allowed" not in text and "is allowed" not in text


def test_a_zone_known_in_words_only_leaves_every_house_not_known(
    find, client, all_known, keep_away, houses
):
    keep_away(client, point="")
    browser = find(client)

    assert "Keep-away place 1 is known in words only" in browser.page.text
    assert browser.page.find("a", string="Give it a point")["href"].endswith("#keep-away")
    assert group(browser, "yes") == group(browser, "call") == group(browser, "no") == []
    assert len(group(browser, "unknown")) == 4


def test_no_page_of_a_match_names_the_place_to_keep_away_from(
    find, client, all_known, keep_away, houses
):
    keep_away(client)
    keep_away(client, point="", number=2)
    browser = find(client)
    pages = [str(browser.page)]
    browser.follow("Inside House")
    pages.append(str(browser.page))

    for page in pages:
        assert "Wrenfield" not in page and "Quarrymoss" not in page
        assert "35.0456" not in page and "85.3097" not in page


def test_a_confidential_house_gives_nothing_of_its_place_away(
    find, make, client, all_known, keep_away
):
    keep_away(client)
    make.listing(
        name="Juniper House",
        terms=HOUSE,
        rules=OPEN_TO_ALL,
        confidential="9 Hiddenfern Court, Chattanooga, TN 37404",
        area="TN/Hamilton",
    )
    browser = find(client)

    assert group(browser, "unknown") == ["Juniper House"]
    text = row(browser, "Juniper House").text
    assert "measured" not in text and " mi" not in text and "Hiddenfern" not in text
