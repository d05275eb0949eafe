"""What every page's frame shows: where one can go, who is signed in, whose data it is."""

from dataclasses import dataclass
from typing import Final

from flask import Flask, g, request, url_for
from flask_babel import get_locale, gettext

from resourcedir.security.permissions import Permission, permits
from resourcedir.texts import N_

_LINKS: Final = (
    ("today.page", N_("Today"), Permission.REFERRAL_READ),
    ("search.page", N_("Search"), Permission.DIRECTORY_READ),
    ("clients.caseload", N_("Clients"), Permission.CLIENT_READ),
    ("referrals.own", N_("Referrals"), Permission.REFERRAL_READ),
    ("portal.inbox", N_("Referrals"), Permission.PORTAL_USE),
    ("directory.mine", N_("Listings"), Permission.LISTING_EDIT),
)

_SHOWN_UNDER: Final = {"matching": "clients"}


@dataclass(frozen=True, slots=True)
class NavLink:
    endpoint_url: str
    label: str
    current: bool


def nav_links() -> list[NavLink]:
    """Return the links that this person may follow; none for a stranger."""
    room = (request.endpoint or "").partition(".")[0]
    room = _SHOWN_UNDER.get(room, room)
    return [
        NavLink(url_for(endpoint), gettext(label), room == endpoint.partition(".")[0])
        for endpoint, label, permission in _LINKS
        if permits(g.get("identity"), permission)
    ]


def register(app: Flask, *, demo: bool) -> None:
    """Give every template what the frame needs."""

    @app.context_processor
    def _frame() -> dict[str, object]:
        return {
            "nav_links": nav_links(),
            "who": g.get("user"),
            "agency_name": getattr(g.get("user"), "agency_name", None),
            "demo_folder": demo,
            "get_locale": get_locale,
        }
