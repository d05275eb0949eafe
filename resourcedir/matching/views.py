"""Searching for a client: at a random address, its words and its client in the database."""

from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from resourcedir import clock
from resourcedir.clients import queries as clients
from resourcedir.clients.looking import client_scope, look_at
from resourcedir.directory.views import listing_words, place_near
from resourcedir.extensions import db
from resourcedir.matching import commands, queries
from resourcedir.matching.forms import StartForm
from resourcedir.search.ask import Ask
from resourcedir.search.showing import search_page
from resourcedir.security.guards import require
from resourcedir.security.permissions import Permission
from resourcedir.web import fragments

bp = Blueprint("matching", __name__)


@bp.post("/match")
@require(Permission.CLIENT_READ)
def start() -> ResponseReturnValue:
    """Begin a search near the client's home, for one of their needs or for words."""
    scope, form = client_scope(), StartForm()
    card = clients.client_card(db.session, scope, form.chosen_client())
    ask = Ask(need=form.chosen_need(), near=card.home_zip)
    sought = commands.Sought(card.id, ask.query())
    search = commands.start(db.session, scope, sought, clock.now())
    db.session.commit()
    return redirect(url_for(".page", search_id=search.id), code=303)


@bp.get("/match/<uuid:search_id>")
@require(Permission.CLIENT_READ)
def page(search_id: UUID) -> ResponseReturnValue:
    """Show what answers the search, with the client in the banner."""
    now = clock.now()
    search = queries.own_search(db.session, client_scope(), search_id)
    card = look_at(search.client_id)
    view = search_page(Ask.read(MultiDict(parse_qsl(search.question))), now)
    return fragments.render(
        "matching/page.html",
        "search/_answer.html",
        view=view,
        card=card,
        match_id=search_id,
        here=url_for(".page", search_id=search_id),
    )


@bp.get("/match/<uuid:search_id>/listings/<int:number>")
@require(Permission.CLIENT_READ)
def listing(search_id: UUID, number: int) -> ResponseReturnValue:
    """Show one of the answers, with the client in the banner."""
    search = queries.own_search(db.session, client_scope(), search_id)
    ask = Ask.read(MultiDict(parse_qsl(search.question)))
    card = look_at(search.client_id)
    return render_template(
        "matching/listing.html",
        back=url_for(".page", search_id=search_id),
        card=card,
        match_id=search_id,
        need=ask.need,
        **listing_words(number, place_near(ask.near)),
    )


@bp.post("/match/<uuid:search_id>")
@require(Permission.CLIENT_READ)
def change(search_id: UUID) -> ResponseReturnValue:
    """Ask something else for the same client."""
    search = queries.own_search(db.session, client_scope(), search_id)
    clients.client_card(db.session, client_scope(), search.client_id)  # theirs no more: 404
    commands.change(search, Ask.read(request.form).query(), clock.now())
    db.session.commit()
    return redirect(url_for(".page", search_id=search_id), code=303)


def register(app: Flask) -> None:
    """Give templates what a form needs to be sent once."""
    app.add_template_global(uuid4, "new_token")
