"""What is somebody else's is not there: by no route, no method, in no role.

The table says who may reach what by each route, in words of its own. A route without a row fails.
"""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Flask

from resourcedir.referrals.lifecycle import Mode, Status
from tests.functional.walls.made import (
    ClientThing,
    ListingThing,
    ReferralThing,
    SearchThing,
    Thing,
    World,
)
from tests.functional.walls.routes import Request, endpoints, fitting, requests
from tests.functional.walls.visiting import Visitor, changed, rows

LEADS = {"ann": "sue", "bob": "sue", "cal": "sid", "bea": "moe"}
STAFF = {"Riverbend": "pia", "Hillside": "quin"}
ADMINISTRATORS = {"ada", "abe"}


def keeper_and_lead(thing: Thing) -> set[str]:
    assert isinstance(thing, ClientThing)
    return {thing.officer, LEADS[thing.officer]}


def lead(thing: Thing) -> set[str]:
    assert isinstance(thing, ClientThing)
    return {LEADS[thing.officer]}


def maker(thing: Thing) -> set[str]:
    assert isinstance(thing, SearchThing)
    return {thing.maker}


def who_refers(thing: Thing) -> set[str]:
    """Return who may refer the client, from their record or from a search of one's own."""
    if isinstance(thing, SearchThing):
        return {thing.maker} & LEADS.keys()
    assert isinstance(thing, ClientThing)
    return {thing.officer}


def who_follows(thing: Thing) -> set[str]:
    assert isinstance(thing, ReferralThing)
    return {thing.officer}


def who_reads(thing: Thing) -> set[str]:
    assert isinstance(thing, ReferralThing)
    return {thing.officer} | ({LEADS[thing.officer]} if thing.status is not Status.DRAFT else set())


def addressed(thing: Thing) -> set[str]:
    assert isinstance(thing, ReferralThing)
    sent = thing.mode is Mode.LIVE and thing.status is not Status.DRAFT
    return {STAFF[thing.organization]} if sent else set()


def editors(thing: Thing) -> set[str]:
    assert isinstance(thing, ListingThing)
    return {STAFF.get(thing.organization, "nobody")} | ADMINISTRATORS


WHOSE: dict[str, Callable[[Thing], set[str]]] = {
    "clients.record": keeper_and_lead,
    "clients.edit": keeper_and_lead,
    "clients.needs": keeper_and_lead,
    "clients.reassign": lead,
    "clients.facts.edit": keeper_and_lead,
    "clients.zones.new": keeper_and_lead,
    "clients.zones.change": keeper_and_lead,
    "clients.zones.end": keeper_and_lead,
    "clients.conditions.new": keeper_and_lead,
    "clients.conditions.change": keeper_and_lead,
    "clients.conditions.met": keeper_and_lead,
    "clients.conditions.lift": keeper_and_lead,
    "matching.start": keeper_and_lead,
    "matching.page": maker,
    "matching.listing": maker,
    "matching.change": maker,
    "matching.answer": maker,
    "referrals.start": who_refers,
    "referrals.how": who_follows,
    "referrals.details": who_follows,
    "referrals.check": who_follows,
    "referrals.done": who_follows,
    "referrals.handout": who_follows,
    "referrals.step": who_follows,
    "referrals.outcome": who_follows,
    "referrals.call": who_follows,
    "referrals.nudge": who_follows,
    "referrals.release": who_follows,
    "referrals.elsewhere": who_follows,
    "referrals.calendar": who_follows,
    "referrals.page": who_reads,
    "portal.referral": addressed,
    "portal.open_referral": addressed,
    "portal.step": addressed,
    "directory.still_true": editors,
    "directory.openings": editors,
    "directory.pause": editors,
    "directory.address": editors,
    "directory.withdraw": editors,
    "directory.offer_again": editors,
    "directory.edit": editors,
    "directory.review_or_publish": editors,
}
# Named in the body, not in the address.
IN_BODY = {"matching.start": (ClientThing,), "referrals.start": (ClientThing, SearchThing)}
# What shows or takes many things at once: what is in it is looked at below.
LISTS = {
    "clients.caseload",
    "clients.find",
    "clients.new",
    "clients.reassign_caseload",
    "referrals.own",
    "today.page",
    "today.by_client",
    "today.one_list",
    "today.officer",
    "today.several",
    "portal.inbox",
    "directory.mine",
}
# The directory is everybody's who signs in; the rest is about nobody's things.
SHARED = {
    "directory.listing",
    "directory.history",
    "directory.report",
    "search.page",
    "search.complete",
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.language",
    "accounts.password",
    "home.page",
    "health.healthz",
    "static",
}
# Who comes, and whose things they try. Each kind of neighbor stands here in each role.
NEIGHBORS = [
    ("ann", "bea"),  # another agency
    ("sue", "bea"),
    ("ada", "bea"),
    ("moe", "ann"),
    ("cal", "ann"),  # another team
    ("sid", "ann"),
    ("bob", "ann"),  # another officer of the team
    ("sue", "ann"),  # the supervisor, and what is the officer's alone
    ("ann", "ann"),  # the officer, and what is the supervisor's alone
    ("pia", "ann"),  # the provider, but of what was not sent to it
    ("quin", "ann"),  # another provider
]
# Whom a supervisor may really give a client to, so that only the wall refuses.
HEIRS = {"sue": "bob", "sid": "cal", "moe": "bea"}
TRIED = {
    *(Status.DRAFT, Status.SENT, Status.ACCEPTED, Status.INTAKE_SCHEDULED, Status.DECLINED),
}


def test_every_route_has_a_row(house: Flask) -> None:
    assert WHOSE.keys() | LISTS | SHARED == endpoints(house)
    assert not WHOSE.keys() & (LISTS | SHARED) and not LISTS & SHARED


@pytest.mark.parametrize(("name", "owner"), NEIGHBORS)
def test_what_is_somebody_elses_is_not_there_by_any_method(
    world: World, house: Flask, name: str, owner: str
) -> None:
    visitor, before, tried = world.visitor(house, name), rows(house), 0
    for each in about(house, [thing for thing in world.things() if is_of(world, thing, owner)]):
        assert each.thing is not None
        if name in WHOSE[each.endpoint](each.thing):
            continue
        answer = visitor.ask(each.method, each.address, sent_by(name, each, world))
        assert answer.status_code == 404, (name, each, answer)
        tried += 1
    assert tried > 50
    assert changed(before, rows(house)) == {}


@pytest.mark.parametrize("name", ["ann", "pia"])
def test_somebody_elses_and_what_never_was_look_the_same(
    world: World, house: Flask, name: str
) -> None:
    visitor, owner = world.visitor(house, name), "bea"
    for each in about(house, [t for t in world.things() if is_of(world, t, owner)]):
        if each.method == "GET" and name not in WHOSE[each.endpoint](each.thing):  # type: ignore[arg-type]
            never = re.sub(r"[0-9a-f-]{36}", str(uuid4()), each.address)
            assert told(visitor, each.address) == told(visitor, never), each


def test_who_may_reaches_each_route_with_the_very_same_requests(
    copies: Callable[[], tuple[World, Flask]],
) -> None:
    world, house = copies()
    reached, wanted = set(), set()
    things = [thing for thing in world.things() if is_of(world, thing, "ann")]
    for each in about(house, things):
        assert each.thing is not None
        key = (each.endpoint, each.method)
        wanted.add(key)
        for name in sorted(WHOSE[each.endpoint](each.thing)):
            if key in reached:
                break
            data, before = sent_by(name, each, world), rows(house)
            answer = world.visitor(house, name).ask(each.method, each.address, data)
            assert answer.status_code != 404 or each.endpoint in BY_STATE, (name, each, answer)
            done = changed(before, rows(house)).keys() - WRITTEN_BY_LOOKING.get(
                each.endpoint, AUDIT
            )
            if answer.status_code < 400 and (each.method == "GET" or done or each.endpoint in IDLE):
                reached.add(key)
            if done:
                world, house = copies()
    assert reached == wanted


AUDIT = {"audit_event"}
WRITTEN_BY_LOOKING: dict[str, set[str]] = {"directory.address": set()}  # a POST that only shows
IDLE = {"directory.offer_again"}  # every listing here is offered already
# A page of these is there only while the referral stands where it fits.
BY_STATE = {
    "directory.address",
    "directory.pause",
    "referrals.handout",
    "referrals.outcome",
    "referrals.step",
    "referrals.call",
    "referrals.nudge",
    "referrals.release",
    "referrals.elsewhere",
    "referrals.calendar",
    "portal.step",
}


@pytest.mark.parametrize("name", ["ann", "cal", "bea", "sue", "pia", "quin", "ada"])
def test_lists_and_pages_show_ones_own_and_nothing_of_others(
    world: World, house: Flask, name: str
) -> None:
    visitor = world.visitor(house, name)
    pages = [visitor.get(address).text for address in LIST_ADDRESSES]
    pages.append(visitor.post("/clients/find", {"words": "quillon"}).text)
    own = [t for t in world.things() if is_seen_by(name, t) and is_shown_alone(t)]
    pages += [
        visitor.get(each.address).text
        for each in about(house, own, actions=["accept"])
        if each.method == "GET" and name in WHOSE[each.endpoint](each.thing)  # type: ignore[arg-type]
    ]
    whole = "\n".join(pages)
    for thing in world.things():
        if isinstance(thing, ClientThing) and name in STAFF.values():
            continue  # what a provider reads of a client has a test of its own
        for words in words_of(thing):
            if is_seen_by(name, thing):
                assert words in whole, (name, words)
            else:
                assert words not in whole, (name, words, thing)


LIST_ADDRESSES = (
    "/today",
    "/today/clients",
    "/clients",
    "/clients/new",
    "/clients/reassign-caseload",
    "/referrals",
    "/portal",
    "/listings/mine",
    "/listings/mine?q=House",
    "/search",
)


@pytest.mark.parametrize("heir", ["cal", "bea", "ada", "pia"])
def test_a_client_is_given_to_nobody_outside_the_team(
    world: World, house: Flask, heir: str
) -> None:
    visitor, before = world.visitor(house, "sue"), rows(house)
    client, officer = world.clients[0], str(world.people[heir].id)
    new = {**fitting(Request("clients.new", "POST", "/clients/new"), world), "officer": officer}
    for address, data in (
        (f"/clients/{client.id}/reassign", {"officer": officer}),
        ("/clients/new", new),
        ("/clients/reassign-caseload", _all_of("ann", heir, world)),
        ("/clients/reassign-caseload", _all_of(heir, "ann", world)),
    ):
        answer = visitor.post(address, data)
        assert answer.status_code == 422, (address, answer)
    assert changed(before, rows(house)).keys() <= {"audit_event"}


def test_who_had_the_client_before_reaches_them_no_more(world: World, house: Flask) -> None:
    client = world.clients[0]
    given = world.visitor(house, "sue").post(
        f"/clients/{client.id}/reassign", {"officer": str(world.people["bob"].id)}
    )
    assert given.status_code == 303
    visitor, before = world.visitor(house, "ann"), rows(house)
    for each in about(house, [t for t in world.things() if world.client_of(t) == client]):
        if each.endpoint == "referrals.page" or isinstance(each.thing, ListingThing):
            continue  # who made a referral may still read it
        answer = visitor.ask(each.method, each.address, sent_by("ann", each, world))
        to_page = answer.headers.get("Location") == page_of(each.thing)
        assert answer.status_code == 404 or to_page, (each, answer)
    assert changed(before, rows(house)) == {}


def page_of(thing: Thing | None) -> str:
    return f"/referrals/{thing.id}" if isinstance(thing, ReferralThing) else "none"


def about(
    house: Flask, things: Iterator[Thing] | list[Thing], actions: list[str] | None = None
) -> Iterator[Request]:
    """Yield every request that names one of ``things``, in its address or in its body."""
    known = list(things)
    for each in requests(house, known, actions or ["accept", "end_early", "withdraw"]):
        if each.endpoint not in WHOSE:
            continue
        if each.endpoint in IN_BODY:
            kinds = IN_BODY[each.endpoint]
            for thing in known:
                if isinstance(thing, kinds):
                    yield Request(each.endpoint, each.method, each.address, thing)
        else:
            yield each


def sent_by(name: str, request: Request, world: World) -> dict[str, object]:
    heir = world.people[HEIRS.get(name, "bob")]
    return fitting(request, world) | {"officer": str(heir.id)}


def is_of(world: World, thing: Thing, owner: str) -> bool:
    if isinstance(thing, ListingThing):
        return thing.organization != "Hillside"
    if isinstance(thing, ReferralThing) and thing.status not in TRIED:
        return False
    client = world.client_of(thing)
    return client is not None and client.officer == owner


def is_seen_by(name: str, thing: Thing) -> bool:
    match thing:
        case ClientThing():
            return name in keeper_and_lead(thing)
        case ReferralThing():
            return name in who_reads(thing) | addressed(thing)
        case SearchThing():
            return name in maker(thing)
        case ListingThing():
            return True


def is_shown_alone(thing: Thing) -> bool:
    """Say whether its own pages are looked at, or only the lists that it stands in."""
    return not isinstance(thing, ReferralThing) or thing.status is Status.SENT


def words_of(thing: Thing) -> list[str]:
    match thing:
        case ClientThing():
            return [thing.name]
        case ReferralThing():
            return [thing.reference]
        case _:
            return []


def told(visitor: Visitor, address: str) -> tuple[int, str]:
    answer = visitor.get(address)
    text = re.sub(r'value="[^"]+"|[0-9a-f-]{36}', "", answer.text)
    return answer.status_code, text


def _all_of(first: str, last: str, world: World) -> dict[str, object]:
    ids = [str(world.people[each].id) for each in (first, last)]
    return {"from_officer": ids[0], "to_officer": ids[1], "sure": "y"}
