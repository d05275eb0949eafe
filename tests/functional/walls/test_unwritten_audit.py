"""Who cannot be written down does not see: each page about a client, when the audit is stuck."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from resourcedir.audit.models import AuditRow
from resourcedir.extensions import db
from resourcedir.referrals.lifecycle import Status
from tests.functional.walls.made import World
from tests.functional.walls.routes import fitting, requests

# Lists tell names to find somebody by; opening one of them is what is written down.
LISTS = {
    "clients.caseload", "clients.find", "referrals.own",
    "today.page", "today.by_client", "today.one_list", "today.officer", "today.several",
}  # fmt: skip
LOOKERS = {
    "ann": {"clients.record", "clients.edit", "clients.needs", "matching.page", "referrals.page",
            "referrals.how", "referrals.details", "referrals.check", "referrals.done",
            "referrals.handout", "referrals.step", "referrals.outcome", "referrals.call"},
    "sue": {"clients.record", "clients.reassign", "matching.page", "referrals.page"},
    "pia": {"portal.referral"},
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKERS)
def test_each_page_about_a_client_writes_down_who_looks_or_shows_nothing(
    world: World, house: Flask, name: str
) -> None:
    visitor = world.visitor(house, name)
    wanted = [
        each
        for each in requests(house, seen_of_one(world), ["withdraw", "end_early"])
        if each.method == "GET" and each.endpoint not in LISTS
    ]
    telling = []
    for each in wanted:
        before = audited(house)
        answer = visitor.get(each.address)
        if tells(answer.text):
            assert audited(house) > before, f"{each} was shown unwritten"
            telling.append(each)
    assert {each.endpoint for each in telling} >= LOOKERS[name]

    stick(house)
    for each in telling:
        answer = visitor.get(each.address)
        assert answer.status_code >= 500, each
        assert not tells(answer.text), each


def test_a_form_that_is_sent_back_about_a_client_is_written_down_or_not_shown(
    world: World, house: Flask
) -> None:
    visitor, told = world.visitor(house, "ann"), set()
    asked = [
        each
        for each in requests(house, seen_of_one(world), ["withdraw", "end_early"])
        if each.method == "POST" and each.thing and each.endpoint not in LISTS
    ]
    for stuck in (False, True):
        for each in asked:
            before = audited(house)
            data = {"version": fitting(each, world).get("version", "")}  # all else is missing
            answer = visitor.post(each.address, data)
            if tells(answer.text):
                assert not stuck, f"{each} was shown with a stuck audit"
                assert audited(house) > before, f"{each} was shown unwritten"
                told.add(each.endpoint)
        stick(house)
    assert {"clients.edit", "referrals.details", "referrals.check", "referrals.step"} <= told


def test_an_address_of_a_shelter_is_not_shown_when_that_cannot_be_written_down(
    world: World, house: Flask
) -> None:
    visitor = world.visitor(house, "pia")
    addresses = [f"/listings/{listing.number}/address" for listing in world.listings]
    shown = [each for each in addresses if "9 Hidden Lane" in visitor.post(each).text]
    assert len(shown) == 1
    stick(house)
    answer = visitor.post(shown[0])
    assert answer.status_code >= 500 and "9 Hidden Lane" not in answer.text


def stick(house: Flask) -> None:
    """Let nothing be added to the audit any more."""
    house.testing = False
    with house.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER IF NOT EXISTS stuck BEFORE INSERT ON audit_event"
            " BEGIN SELECT no_such_function(); END"
        )


def audited(house: Flask) -> int:
    with house.app_context(), db.sessionmaker() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def tells(text: str) -> bool:
    """Say whether a page says who the client is, in full or by what the hand-out has of it."""
    return "Quillon" in text or "Q. O." in text


def seen_of_one(world: World) -> list:
    client = world.clients[0]
    return [
        each
        for each in world.things()
        if world.client_of(each) == client
        and getattr(each, "status", Status.SENT) in {Status.DRAFT, Status.SENT, Status.ACCEPTED}
    ]
