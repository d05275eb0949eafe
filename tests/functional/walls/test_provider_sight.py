"""A provider sees what was sent to it, and of the client what the packet says, once it is open."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from resourcedir.clients.models import ContactBy
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Mode, Status
from resourcedir.referrals.models import Referral
from tests.factories import Factory
from tests.functional.walls.made import NEED, Sides
from tests.inspector import Browser

NAME, YEAR, PHONE, NOTE = "Zebulon Quarrymann", "1937", "423-555-0186", "Zwetschge at noon"
TOLD = {NAME, YEAR, PHONE, NOTE}
NEVER_TOLD = {
    "ZQ-77831",  # case number
    "Zorbing County Court",
    "37341",  # home ZIP
    "Zacharias Zeuge",  # the witness
    "Halfway",  # the narrow need
    "halfway",
    "Parole",
}
# Every term of the packet as its page lists it. A new one is to be weighed, then put here.
ROWS = {"Person", "Born", "Needs", "How to reach", "For", "Officer", "Note"}
ROWS_BEFORE = {"Needs", "For", "Sent"}
DATES = {
    Status.SENT: {"Answer due"},
    Status.WAITLISTED: {"Place in the waiting list"},
    Status.INTAKE_SCHEDULED: {"Intake"},
    Status.NO_SHOW: {"Intake, missed"},
}

GONE = {Status.DECLINED, Status.WITHDRAWN, Status.EXPIRED, Status.ENTERED_IN_ERROR}
OPENED = set(Status) - GONE - {Status.DRAFT, Status.SENT}


@pytest.fixture
def sides(make: Factory, session: Session) -> Sides:
    organization = make.organization("Riverbend")
    return Sides(session, make.officer(), make.provider(organization.id))


@pytest.fixture
def client(make: Factory, sides: Sides) -> UUID:
    return make.client(
        sides.officer,
        name=NAME,
        birth_year=YEAR,
        phone=PHONE,
        home_zip="37341",
        case_number="ZQ-77831",
        authority="Zorbing County Court",
        supervision_type="parole",
        needs=(NEED,),
    )


@pytest.fixture
def listing(make: Factory, sides: Sides) -> int:
    organization = type("O", (), {"id": sides.provider.identity.organization_id})  # type: ignore[union-attr]
    return make.listing(organization, name="Riverbend House", terms=(NEED,))  # type: ignore[arg-type]


def at(sides: Sides, client: UUID, listing: int, status: Status, **more: object) -> Referral:
    given = Given(Ground.CLIENT_WORD, detail="Zacharias Zeuge")
    return sides.bring(sides.ready(client, listing, note=NOTE, given=given, **more), status)  # type: ignore[arg-type]


def pages(browser: Browser, referral: Referral) -> str:
    """Return every page about referrals that the provider can open, whole."""
    known = [browser.get("/portal"), browser.get(f"/portal/referrals/{referral.id}")]
    links = [str(a["href"]) for a in browser.page.select("main a")]
    known += [browser.get(link) for link in links if link.startswith("/portal/")]
    browser.get(f"/portal/referrals/{referral.id}")
    return "\n".join(str(page) for page in known)


def found(words: set[str], text: str) -> set[str]:
    return {each for each in words if each in text}


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT}))
def test_a_provider_reads_the_packet_from_open_to_end_and_nothing_else(
    app: Flask, browser: Browser, sides: Sides, client: UUID, listing: int, status: Status
) -> None:
    referral = at(sides, client, listing, status)
    browser.sign_in(sides.provider)

    text = pages(browser, referral)

    assert found(TOLD, text) == (TOLD if status in OPENED else set())
    assert found(NEVER_TOLD, text) == set()
    terms = {dt.text for dt in browser.page.select("main dt")}
    assert terms == (ROWS if status in OPENED else ROWS_BEFORE) | DATES.get(status, set())
    assert not found({"Zebulon", "Quarrymann"}, str(browser.page.title))


@pytest.mark.parametrize(
    ("mode", "status"), [(Mode.LIVE, Status.DRAFT), (Mode.RECORDED, Status.SENT)]
)
def test_a_draft_and_a_recorded_one_do_not_exist_for_the_provider(
    browser: Browser, sides: Sides, client: UUID, listing: int, mode: Mode, status: Status
) -> None:
    referral = at(sides, client, listing, status, mode=mode)
    browser.sign_in(sides.provider)
    page = browser.get("/portal")
    assert referral.reference not in page.text and str(referral.id) not in str(page)
    browser.get(f"/portal/referrals/{referral.id}", status=404)
    browser.post(f"/portal/referrals/{referral.id}/open", status=404)
    browser.post(f"/portal/referrals/{referral.id}/step/decline", {"reason": "full"}, status=404)


def test_a_draft_that_was_thrown_away_was_never_there(
    browser: Browser, sides: Sides, client: UUID, listing: int
) -> None:
    referral = at(sides, client, listing, Status.DRAFT)
    officer = Browser(browser.client.application)
    officer.sign_in(sides.officer)
    officer.get(f"/referrals/{referral.id}/step/withdraw")
    officer.submit({"reason": "mistake"})
    browser.sign_in(sides.provider)
    assert referral.reference not in browser.get("/portal").text
    browser.get(f"/portal/referrals/{referral.id}", status=404)


@pytest.mark.parametrize("wish", [{"do_not_contact": True}, {"contact_by": ContactBy.OFFICER}])
def test_who_is_not_to_be_called_is_told_without_a_phone(
    browser: Browser, make: Factory, sides: Sides, listing: int, wish: dict[str, object]
) -> None:
    client = make.client(sides.officer, name=NAME, phone=PHONE, **wish)
    referral = at(sides, client, listing, Status.ACCEPTED)
    browser.sign_in(sides.provider)
    assert PHONE not in str(browser.get(f"/portal/referrals/{referral.id}"))
    assert NAME in browser.text
