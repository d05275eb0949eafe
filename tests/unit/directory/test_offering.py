"""Whether a listing is offered, which line is called, and which crisis lines come first."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from resourcedir.directory.crisis import MOST_LINES, chosen
from resourcedir.directory.facts import JobFact, ListingFacts, PhoneFact, PlaceFact
from resourcedir.directory.hours import parse
from resourcedir.directory.kinds import ListingKind, PhoneType, ServiceStatus
from resourcedir.directory.offering import Offer, offer_at, offer_state
from resourcedir.directory.queries import CrisisLine

LAST_DAY = date(2026, 11, 1)
THURSDAY_NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)


def _facts(**more):
    nobody = UUID(int=0)
    return ListingFacts(
        number=1, version=1, kind=ListingKind.SERVICE, resource_id=nobody,
        organization_id=nobody, organization="Riverbend", name="House", **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, Offer.OPEN),
        ({"status": ServiceStatus.TEMPORARILY_CLOSED}, Offer.TEMPORARILY_CLOSED),
        ({"status": ServiceStatus.INACTIVE}, Offer.INACTIVE),
        ({"status": ServiceStatus.DEFUNCT}, Offer.DEFUNCT),
        ({"status": ServiceStatus.INACTIVE, "withdrawn": True}, Offer.WITHDRAWN),
        ({"job": JobFact()}, Offer.OPEN),
        ({"job": JobFact(closes_on=LAST_DAY)}, Offer.OPEN),
        ({"job": JobFact(closes_on=date(2026, 10, 31))}, Offer.CLOSED_JOB),
    ],
)
def test_a_listing_is_offered_unless_its_status_or_its_last_day_says_otherwise(more, state):
    assert offer_state(_facts(**more), LAST_DAY) is state


def test_the_last_day_to_apply_ends_at_midnight_of_the_place():
    place = PlaceFact(None, "1 Main St", None, "Memphis", None, "TN", "38103", None, None, None,
                      "America/Chicago")  # fmt: skip
    facts = _facts(place=place, time_zone="America/Chicago", job=JobFact(closes_on=LAST_DAY))

    assert offer_at(facts, datetime(2026, 11, 2, 5, 59, tzinfo=UTC)) is Offer.OPEN
    assert offer_at(facts, datetime(2026, 11, 2, 6, 0, tzinfo=UTC)) is Offer.CLOSED_JOB


FAX = PhoneFact("423-555-0100", None, PhoneType.FAX)
TEXT = PhoneFact("423-555-0101", None, PhoneType.TEXT)
VOICE = PhoneFact("423-555-0102", "12")


@pytest.mark.parametrize(
    ("phones", "called"),
    [
        ((FAX, TEXT, VOICE), "423-555-0102 x12"),
        ((FAX, TEXT), "423-555-0101"),
        ((FAX,), ""),
        ((), ""),
    ],
)
def test_the_number_to_call_is_a_voice_line_else_a_text_line_and_never_a_fax(phones, called):
    assert _facts(phones=phones).main_phone == called


def test_further_lines_are_those_that_people_can_use_besides():
    assert _facts(phones=(FAX, TEXT, VOICE)).further_lines == (TEXT,)


DAY, NIGHT = parse("24/7"), parse("Mo-Su 20:00-23:00")
LINES = (
    CrisisLine("nowhere said", "1", DAY, 1),
    CrisisLine("country", "2", DAY, 2, ("US",)),
    CrisisLine("night", "3", NIGHT, 3, ("TN/Hamilton",)),
    CrisisLine("state", "4", DAY, 4, ("TN/Hamilton", "TN")),
    CrisisLine("three counties", "5", DAY, 5, ("TN/Hamilton", "TN/Marion", "GA/Dade")),
    CrisisLine("hours not known", "6", None, 6, ("US",)),
    CrisisLine("county", "7", DAY, 7, ("TN/Hamilton",)),
    CrisisLine("county next to it", "8", DAY, 8, ("GA/Dade",)),
)


def _chosen(home, at=THURSDAY_NOON):
    return [line.name for line in chosen(LINES, at, home)]


def test_crisis_lines_that_answer_now_and_serve_home_are_shown_the_most_local_first():
    assert _chosen("TN") == ["county", "three counties", "state", "country"]
    assert _chosen("GA") == ["county next to it", "three counties", "country"]
    assert _chosen("WY") == ["country"]


def test_without_a_home_any_crisis_line_may_be_the_right_one_but_only_a_few_are_shown():
    names = _chosen("")

    assert names == ["county", "county next to it", "three counties", "state"]
    assert len(names) == MOST_LINES


def test_a_line_that_opens_at_night_is_shown_at_night():
    at_night = THURSDAY_NOON.replace(day=13, hour=1)  # 1 am UTC: hours are in UTC here

    assert "night" not in _chosen("TN", at_night)
    assert "night" in _chosen("TN", THURSDAY_NOON.replace(hour=21))
