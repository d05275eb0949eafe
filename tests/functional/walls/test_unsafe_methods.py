"""Nothing changes without a token of the app's own, and nothing changes on GET."""

import pytest
from flask import Flask

from resourcedir.referrals.lifecycle import Status
from resourcedir.security.guards import guard_of
from resourcedir.security.permissions import POLICY
from tests.functional.walls.made import World
from tests.functional.walls.routes import SAFE, fitting, requests
from tests.functional.walls.visiting import changed, rows

BY_ROLE = {"officer": "ann", "supervisor": "sue", "provider": "pia", "administrator": "ada"}
WRITTEN_BY_LOOKING = {"audit_event"}


def _own(world: World) -> list:
    """Return everything of one caseload, for whoever may reach it."""
    client = world.clients[0]
    statuses = {Status.DRAFT, Status.SENT, Status.IN_SERVICE}
    whole = [
        each
        for each in world.things()
        if world.client_of(each) == client and getattr(each, "status", Status.SENT) in statuses
    ]
    return [*whole, *world.listings]


@pytest.mark.parametrize("token", [None, "", "made-up", "of another browser"])
def test_each_unsafe_method_is_refused_without_its_token_and_changes_nothing(
    world: World, house: Flask, token: str | None
) -> None:
    if token == "of another browser":
        token = world.visitor(house, "bea").token
    people = {role: world.visitor(house, name) for role, name in BY_ROLE.items()}
    before, seen = rows(house), set()
    things = [world.clients[0], world.searches[0], world.listings[0]]
    for each in requests(house, [*things, *world.referrals[:2]], ["accept", "withdraw"]):
        if each.method in SAFE:
            continue
        seen.add(each.endpoint)
        guard = guard_of(house, each.endpoint)
        for role in POLICY[guard] if guard else BY_ROLE:
            sent = fitting(each, world) | ({} if token is None else {"csrf_token": token})
            answer = people[role].client.open(each.address, method=each.method, data=sent)
            assert answer.status_code == 400, (each, role, answer)
    assert changed(before, rows(house)) == {}
    assert {"accounts.sign_in", "clients.edit", "referrals.check", "portal.open_referral"} <= seen


@pytest.mark.parametrize("role", BY_ROLE)
def test_looking_at_every_page_changes_nothing_but_who_has_looked(
    world: World, house: Flask, role: str
) -> None:
    visitor, before = world.visitor(house, BY_ROLE[role]), rows(house)
    opened = set()
    for each in requests(house, _own(world), ["accept", "complete", "withdraw"]):
        if each.method != "GET":
            continue
        answer = visitor.get(each.address)
        assert answer.status_code in {200, 302, 303, 404}, (each, answer)
        if answer.status_code == 200 and each.endpoint not in opened:
            opened.add(each.endpoint)
            assert visitor.ask("HEAD", each.address).status_code < 500, each
    assert changed(before, rows(house)).keys() <= WRITTEN_BY_LOOKING
    assert opened >= MUST_OPEN[role], MUST_OPEN[role] - opened


MUST_OPEN = {
    "officer": {
        "clients.record", "clients.edit", "matching.page", "referrals.page", "referrals.how",
        "referrals.details", "referrals.check", "referrals.done", "referrals.handout",
        "referrals.step", "referrals.outcome", "directory.listing", "search.page",
    },
    "supervisor": {"clients.record", "clients.reassign", "referrals.page"},
    "provider": {"portal.referral", "portal.step", "directory.edit", "directory.openings"},
    "administrator": {"directory.edit", "directory.history", "directory.mine"},
}  # fmt: skip


@pytest.mark.parametrize("role", [*BY_ROLE, "stranger"])
def test_head_answers_as_get_does_without_a_body_and_leaves_no_note(
    world: World, house: Flask, role: str
) -> None:
    visitor = world.visitor(house, BY_ROLE.get(role))
    asked = 0
    for each in requests(house, _own(world), ["accept", "withdraw"]):
        if "GET" not in each.method:
            continue
        before = rows(house)
        head = visitor.ask("HEAD", each.address)
        assert changed(before, rows(house)) == {}, each
        got = visitor.get(each.address)
        assert (head.status_code, head.location) == (got.status_code, got.location), each
        assert head.data == b"", each
        asked += 1
    assert asked > 20
