"""The search page: everything asked is in the URL, nothing about a client is."""

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from resourcedir import clock
from resourcedir.search import indexing
from resourcedir.search.ask import Ask
from resourcedir.search.showing import completions, search_page, understood_as
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


@bp.get("/search/complete")
@require(Permission.DIRECTORY_READ)
def complete() -> ResponseReturnValue:
    """Give what the words that are being typed may become: options of the field's list."""
    found = completions(request.args.get("q", ""), names=True)
    return render_template("search/_completions.html", suggestions=found)


def register(app: Flask, settings: Settings) -> None:
    """Give the app its index, and templates of other pages what words are understood as."""
    app.jinja_env.globals.update(understood_as=understood_as)
    indexing.attach(app, settings.index_dir)
