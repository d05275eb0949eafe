"""Nobody gets in without signing in, but on the few pages that say why."""

from urllib.parse import urlsplit

from flask import Flask

from resourcedir.security.guards import guard_of
from tests.functional.walls.made import World
from tests.functional.walls.routes import endpoints, fitting, requests
from tests.functional.walls.visiting import changed, rows

PUBLIC = {
    "accounts.language",
    "accounts.sign_in",
    "accounts.sign_out",
    "health.healthz",
    "home.page",
    "static",
}


def test_the_public_pages_are_these_and_no_others(house: Flask) -> None:
    assert {each for each in endpoints(house) if guard_of(house, each) is None} == PUBLIC


def test_each_route_sends_a_stranger_to_sign_in_and_does_nothing(
    world: World, house: Flask
) -> None:
    stranger, before = world.visitor(house, None), rows(house)
    asked = [
        each
        for each in requests(house, _one_of_each(world), ["accept"])
        if each.endpoint not in PUBLIC
    ]
    assert {each.endpoint for each in asked} == endpoints(house) - PUBLIC
    for each in asked:
        for method in {each.method, "HEAD"} if each.method == "GET" else {each.method}:
            answer = stranger.ask(method, each.address, fitting(each, world))
            to = urlsplit(answer.headers.get("Location", ""))
            assert answer.status_code == 303 and to.path == "/sign-in", (each, answer)
            assert "Quillon" not in answer.text and "Riverbend" not in answer.text
    assert changed(before, rows(house)) == {}


def test_a_path_without_a_page_and_a_method_without_a_view_tell_a_stranger_nothing(
    world: World, house: Flask
) -> None:
    stranger = world.visitor(house, None)
    for method, path, code in (
        ("GET", "/nowhere", 404),
        ("GET", f"/portal/referrals/{world.referrals[1].id}/open", 405),
        ("PUT", f"/clients/{world.clients[0].id}", 405),
        ("DELETE", f"/referrals/{world.referrals[0].id}", 405),
    ):
        answer = stranger.ask(method, path, {})
        assert answer.status_code == code, (method, path)
        assert "Quillon" not in answer.text


def _one_of_each(world: World) -> list:
    return [world.clients[0], world.searches[0], world.referrals[1], world.listings[0]]
