"""Searching for a client: at a random address, its words and its client in the database."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import cast
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from resourcedir import clock
from resourcedir.clients import fact_commands, fact_showing
from resourcedir.clients import queries as clients
from resourcedir.clients.card import ClientCard
from resourcedir.clients.commands import Deed
from resourcedir.clients.facts import FactSource
from resourcedir.clients.knowing import FactRow
from resourcedir.clients.looking import client_scope, deed, look_at
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.views import listing_words, place_near
from resourcedir.errors import BadInput
from resourcedir.extensions import db
from resourcedir.matching import commands, earlier, queries
from resourcedir.matching.explaining import explain
from resourcedir.matching.forms import AnswerForm, StartForm, answer_form, asked_question
from resourcedir.matching.judging import Ground, judge
from resourcedir.matching.models import ClientSearch
from resourcedir.matching.near_home import NearHome, Sent
from resourcedir.matching.nothing import nothing_found
from resourcedir.matching.queries import Matcher, Matches, Subject
from resourcedir.matching.showing import LOOKS, MatchPage, MatchRow, look_of, match_page
from resourcedir.matching.verdicts import Question, Verdict
from resourcedir.numbers import whole_number
from resourcedir.search.ask import Ask
from resourcedir.search.indexing import ask_for_index, current_index
from resourcedir.search.queries import Searcher
from resourcedir.security.guards import current_identity, require
from resourcedir.security.permissions import Permission, permits
from resourcedir.web.errors import words_of
from resourcedir.web.language import language

bp = Blueprint("matching", __name__)


@bp.post("/match")
@require(Permission.CLIENT_READ)
def start() -> ResponseReturnValue:
    """Begin a search near the client's home, for one of their needs or for words."""
    scope, form = client_scope(), StartForm()
    card = clients.client_card(db.session, scope, form.chosen_client())
    known = clients.known_of(db.session, scope, card.id)
    ask = queries.first_ask(known, form.chosen_need(), card.home_zip)
    sought = commands.Sought(card.id, ask.query())
    search = commands.start(db.session, scope, sought, clock.now())
    db.session.commit()
    return redirect(url_for(".page", search_id=search.id), code=303)


@bp.get("/match/<uuid:search_id>")
@require(Permission.CLIENT_READ)
def page(search_id: UUID) -> ResponseReturnValue:
    """Show which places would take the client, with the client in the banner."""
    return _page(queries.own_search(db.session, client_scope(), search_id))


@bp.post("/match/<uuid:search_id>/answer")
@require(Permission.CLIENT_READ)
def answer(search_id: UUID) -> ResponseReturnValue:
    """Record what the client says to the one question, or that they cannot tell."""
    by = deed()
    search = queries.own_search(db.session, by.by, search_id)
    known = clients.known_of(db.session, by.by, search.client_id)  # theirs no more: 404
    form = answer_form(asked_question(request.form.get("asked")), known.facts, language())
    if "skip" in request.form:
        commands.skip(search, form.question, by.at)
    elif not (form.validate() and _is_kept(search, by, form)):
        page = _page(search, form)
        db.session.commit()  # it has shown the client too
        return page, 422
    db.session.commit()
    return redirect(url_for(".page", search_id=search_id), code=303)


def _is_kept(search: ClientSearch, by: Deed, form: AnswerForm) -> bool:
    """Record an answer; if it cannot be, the form says why."""
    fact, value = form.question.fact, form.value()
    try:
        fact_commands.answer(
            db.session, by, search.client_id, fact, value, source=FactSource.CLIENT
        )
    except BadInput as error:
        form.said.errors = [words_of(error)]
        return False
    return True


def _page(search: ClientSearch, form: AnswerForm | None = None) -> str:
    """Show the answer to a search. ``form`` is an answer that could not be read."""
    search_id, before, skipped = search.id, commands.tried(search), commands.skipped(search)
    kept, card = _ask_of(search), look_at(search.client_id)
    ask = _near_home(card).shown(kept)
    tried = {**before, **earlier.tried(card.id, ask.need)}
    subject, facts = _subject(card, skipped)
    view = _view(ask, subject, tried, look_of(request.args.get("show", "")))
    if form is None and view.settling is not None:
        form = answer_form(view.settling.question, subject.known.facts, language())
    return render_template(
        "matching/page.html",
        view=view,
        card=card,
        match_id=search_id,
        here=url_for(".page", search_id=search_id),
        may_refer=_may_refer(),
        form=form,
        zones=len(subject.known.limits.zones),
        in_words=[each.number for each in subject.known.limits.zones if each.point is None],
        used=fact_showing.overview(facts, subject.today),
    )


def _may_refer() -> bool:
    """Say whether the reader sends referrals: a supervisor looks, and sends none."""
    return permits(current_identity(), Permission.REFERRAL_MANAGE)


def _view(ask: Ask, subject: Subject, tried: dict[int, str], only: Verdict | None) -> MatchPage:
    number = whole_number(request.args.get("page", "")) or 1
    matches = _matches(replace(ask, page=number if only is not None else 1), subject, only)
    if not matches.indexed:
        ask_for_index()
    view = match_page(matches, subject, tried, only=only)
    if tried and only is None:
        view = replace(view, best=_next_to_try(view, ask, subject, tried))
    if matches.total or matches.trouble or only is not None:
        return view
    return replace(
        view, nothing=nothing_found(_searcher(subject.now).results(db.session, matches.ask))
    )


def _next_to_try(
    view: MatchPage, ask: Ask, subject: Subject, tried: dict[int, str]
) -> MatchRow | None:
    """Return the next place to try; it may be one that the page does not show."""
    for group in view.groups:
        if view.best is not None and view.best in group.rows and not view.best.doubtful:
            return view.best
        if group.more and (verdict := look_of(group.look)) in {Verdict.YES, Verdict.CALL}:
            every = _matches(replace(ask, page=1), subject, verdict)
            further = match_page(every, subject, tried, only=verdict).best
            if further is not None and not further.doubtful:
                return further
    return view.best


def _matches(ask: Ask, subject: Subject, only: Verdict | None) -> Matches:
    return Matcher(_searcher(subject.now), subject).matches(db.session, ask, only=only)


def _searcher(now: datetime) -> Searcher:
    home_state = current_app.config["SETTINGS"].home_state
    return Searcher(current_index(), home_state=home_state, now=now)


def _near_home(card: ClientCard) -> NearHome:
    return NearHome(card.home_zip, partial(_searcher(clock.now()).reading, db.session))


def _ask_of(search: ClientSearch) -> Ask:
    return Ask.read(MultiDict(parse_qsl(search.question)))


def _subject(
    card: ClientCard, skipped: frozenset[Question] = frozenset()
) -> tuple[Subject, list[FactRow]]:
    """Return for whom a match is made, and the facts that it rests on."""
    now = clock.now()
    known, rows = clients.known_behind(db.session, card)
    return Subject(
        known=known, now=now, today=fact_commands.today(db.session, now), skipped=skipped
    ), rows


@bp.get("/match/<uuid:search_id>/listings/<int:number>")
@require(Permission.CLIENT_READ)
def listing(search_id: UUID, number: int) -> ResponseReturnValue:
    """Show one of the answers, with the client in the banner."""
    search = queries.own_search(db.session, client_scope(), search_id)
    kept, card = _ask_of(search), look_at(search.client_id)
    home = _near_home(card)
    ask = home.read(home.shown(kept)).settled
    shown, (subject, _) = listing_words(number, place_near(ask.near)), _subject(card)
    facts = cast(ListingFacts, shown["facts"])
    judged = judge(Ground.of(facts), subject.known, subject.today)
    return render_template(
        "matching/listing.html",
        back=url_for(".page", search_id=search_id),
        card=card,
        match_id=search_id,
        may_refer=_may_refer(),
        need=ask.need,
        said=explain(judged.findings, subject.known, facts, subject.today, language()),
        look=LOOKS[judged.verdict],
        **shown,
    )


@bp.post("/match/<uuid:search_id>")
@require(Permission.CLIENT_READ)
def change(search_id: UUID) -> ResponseReturnValue:
    """Ask something else for the same client."""
    search = queries.own_search(db.session, client_scope(), search_id)
    card = clients.client_card(db.session, client_scope(), search.client_id)  # else 404
    ask = Ask.read(request.form)
    if "wider" not in request.form:  # which says everything itself
        ask = _near_home(card).changed(_ask_of(search), Sent(ask, "within" in request.form))
    commands.change(search, ask.query(), clock.now())
    db.session.commit()
    return redirect(url_for(".page", search_id=search_id), code=303)


def register(app: Flask) -> None:
    """Give templates what a form needs to be sent once."""
    app.add_template_global(uuid4, "new_token")
