"""The first page: where somebody's work begins."""

from typing import Final

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from resourcedir.identity import Identity, Role
from resourcedir.security.guards import public

bp = Blueprint("home", __name__)

FIRST: Final = {
    Role.OFFICER: "today.page",
    Role.SUPERVISOR: "today.page",
    Role.PROVIDER: "portal.inbox",
    Role.ADMINISTRATOR: "search.page",
}


@bp.get("/")
@public
def page() -> ResponseReturnValue:
    """Public: it shows nothing, it only sends everybody to their own first page."""
    identity: Identity | None = g.get("identity")
    endpoint = FIRST[identity.role] if identity else "accounts.sign_in"
    return redirect(url_for(endpoint), code=303)
