"""Every route of the app, and its addresses for everything that is somebody's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from resourcedir.referrals.lifecycle import Action
from tests.functional.walls.made import (
    ClientThing,
    ListingThing,
    ReferralThing,
    SearchThing,
    Thing,
    World,
)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ACTIONS = tuple(str(action) for action in Action)
_ARGUMENTS = {  # the most personal first
    "client_id": (ClientThing, "id"),
    "referral_id": (ReferralThing, "id"),
    "search_id": (SearchThing, "id"),
    "number": (ListingThing, "number"),
    "condition_id": (ClientThing, "condition"),
    "zone_id": (ClientThing, "zone"),
}


@dataclass(frozen=True)
class Request:
    """One method of one route; ``address`` is None where it is about nothing of anybody's."""

    endpoint: str
    method: str
    address: str
    thing: Thing | None = None


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def requests(
    app: Flask, things: Iterable[Thing], actions: Iterable[str] = ACTIONS
) -> Iterator[Request]:
    """Yield every method of every route for each of ``things`` that its address can name."""
    known, steps = list(things), list(actions)
    for rule in app.url_map.iter_rules():
        for address, thing in addresses(rule, known, steps):
            for method in methods(rule):
                yield Request(rule.endpoint, method, address, thing)


def addresses(
    rule: Rule, things: Iterable[Thing], actions: Iterable[str]
) -> Iterator[tuple[str, Thing | None]]:
    """:raises KeyError: for an argument that is not known here: say above what it names."""
    named = sorted(rule.arguments - {"action", "filename"}, key=list(_ARGUMENTS).index)
    choices: list[tuple[dict[str, object], Thing | None]] = [({}, None)]
    for place, argument in enumerate(named):
        kind, attribute = _ARGUMENTS[argument]
        known = [thing for thing in things if isinstance(thing, kind)]
        # The first names whose it is; of what stands behind it, one is enough: its own, if any.
        choices = [
            ({**values, argument: getattr(thing, attribute)}, whose or thing)
            for values, whose in choices
            for thing in (([whose] if whose in known else known[:1]) if place else known)
        ]
    for values, thing in choices:
        for action in actions if "action" in rule.arguments else ("",):
            built = rule.build({**values, "action": action, "filename": "app.css"})
            assert built is not None, rule
            yield built[1].partition("?")[0], thing


def body(world: World, thing: Thing | None) -> dict[str, object]:
    """Return what fills in every form about ``thing``, so that only a wall refuses it."""
    sent: dict[str, object] = {**_CLIENT, **_REFERRAL, **_LISTING}
    client = world.client_of(thing) if thing else None
    sent["client_id"] = str(client.id) if client else ""
    match thing:
        case ReferralThing():
            sent |= {"version": thing.version, "fingerprint": thing.fingerprint}
        case SearchThing():
            sent |= {"client_search": str(thing.id), "asked": "gender:", "said": "women"}
        case ClientThing() | ListingThing():
            sent |= {"version": thing.version}
        case None:
            pass
    return sent


_CLIENT: dict[str, object] = {
    "name": "Changed Bysomebody",
    "birth_year": "1970",
    "case_number": "CHANGED-1",
    "supervision_type": "parole",
    "authority": "Changed Court",
    "phone": "423-555-0199",
    "contact_by": "call",
    "home_zip": "37402",
    "language_1": "es",
    "needs-0-code": "detox",
    "needs-0-source": "court",
    "words": "quillon",
    "text": "Changed by somebody.",
    "met_on": "2026-03-11",
    "gender": "women",
    "label": "Changed by somebody.",
    "how": "words",
}
_REFERRAL: dict[str, object] = {
    "mode": "recorded",
    "need": "halfway-house",
    "note": "Changed by somebody.",
    "ground": "condition",
    "condition": "Changed.",
    "right": "y",
    "result": "not_helped",
    "source": "client",
    "word_of": "provider",
    "on_date": "2026-03-11",
    "day": "2026-03-16",
    "at": "10:30",
    "minutes": "60",
    "absence": "acceptable",
    "milestone": "",
    "report_until_on": "2026-09-02",
    "urgency": "routine",
    "contact_by": "call",
    "listing": "1",
    "form_token": "11111111-1111-4111-8111-111111111111",
}
_LISTING: dict[str, object] = {
    "fact": "phone",
    "available": "7",
    "unit": "bed",
    "step": "publish",
    "pause": "week",
    "opened_at": "2026-03-12T16:00:00+00:00",
    "description": "Changed by somebody.",
    "q": "changed",
    "near": "37402",
}

# What a step needs besides: each has reasons of its own.
REASONS = {
    "decline": "full",
    "waitlist": "full",
    "end_early": "moved",
    "withdraw": "mistake",
    "call": "spoke",
}


def fitting(request: Request, world: World) -> dict[str, object]:
    """Return the body of one request."""
    sent = body(world, request.thing)
    return sent | {"reason": REASONS.get(request.address.rpartition("/")[2], "")}
