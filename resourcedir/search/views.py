"""The search page: everything asked is in the URL, nothing about a client is."""

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue

from resourcedir import clock
from resourcedir.search import indexing
from resourcedir.search.ask import Ask
from resourcedir.search.showing import search_page
from resourcedir.security.guards import require
from resourcedir.security.permissions import Permission
from resourcedir.settings import Settings
from resourcedir.web import fragments

bp = Blueprint("search", __name__)


@bp.get("/search")
@require(Permission.DIRECTORY_READ)
def page() -> ResponseReturnValue:
    """Show what answers the search in the URL."""
    view = search_page(Ask.read(request.args), clock.now())
    return fragments.render("search/page.html", "search/_answer.html", view=view)


def register(app: Flask, settings: Settings) -> None:
    """Give the app its index."""
    indexing.attach(app, settings.index_dir)
