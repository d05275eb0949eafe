"""The first page of officers and supervisors: what is to be done today, and for whom."""

from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.clients import queries as clients
from resourcedir.clients.looking import client_scope
from resourcedir.errors import NotFound
from resourcedir.extensions import db
from resourcedir.identity import Supervisor
from resourcedir.referrals import acting
from resourcedir.security.guards import current_officer, current_supervisor, only_asks, require
from resourcedir.security.permissions import Permission
from resourcedir.today import commands, queries, wording
from resourcedir.today.caseload import caseload
from resourcedir.today.days import long_moment
from resourcedir.today.forms import SureForm, written
from resourcedir.today.queries import Work
from resourcedir.today.sections import Section
from resourcedir.today.showing import listed, lists, row_of, stats
from resourcedir.today.telling import bulk_words, done_words, left_words, officer_rows, team_columns
from resourcedir.today.wording import BULK_OF, Bulk

bp = Blueprint("today", __name__, url_prefix="/today")


@bp.get("")
@require(Permission.REFERRAL_READ)
def page() -> ResponseReturnValue:
    scope, now = client_scope(), clock.now()
    work = queries.work(db.session, scope, now)
    if isinstance(scope, Supervisor):
        return _team_page(scope, work)
    return _page("today/page.html", work, lists=lists(work, acts=True))


@bp.get("/list")
@require(Permission.REFERRAL_MANAGE)
def one_list() -> ResponseReturnValue:
    """Show one list whole."""
    which = _section(request.args.get("of"))
    work = queries.work(db.session, current_officer(), clock.now())
    return _page("today/list.html", work, list=listed(work, which, acts=True))


@bp.get("/clients")
@require(Permission.CLIENT_READ)
def by_client() -> ResponseReturnValue:
    """Show every client with what is next for them."""
    scope = client_scope()
    work = queries.work(db.session, scope, clock.now())
    seen_to = queries.needs_referred(db.session, scope)
    groups = caseload(work, seen_to)
    supervises = isinstance(scope, Supervisor)
    return render_template(
        "today/clients.html", groups=groups, supervises=supervises, total=len(work.clients)
    )


@bp.get("/officer")
@require(Permission.CLIENT_REASSIGN)
def officer() -> ResponseReturnValue:
    """Show a supervisor what one officer of the team has to do. Nothing can be done from here."""
    scope, officer_id = current_supervisor(), _id(request.args.get("id"))
    team = {each.id: each for each in clients.officers(db.session, scope)}
    if officer_id not in team:
        raise NotFound
    work = queries.work(db.session, scope, clock.now()).of(officer_id)
    found = lists(work, acts=False, shown=None)
    return _page("today/officer.html", work, lists=found, officer=team[officer_id])


@bp.route("/several", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def several() -> ResponseReturnValue:
    """Ask again, then do one thing with all rows that were ticked."""
    if only_asks():  # no address holds the ticks
        return redirect(url_for(".page"), code=303)
    which, by = _section(request.form.get("list")), acting.officer_acts()
    if (bulk := BULK_OF.get(which)) is None:
        raise NotFound
    form = SureForm(bulk)
    if not form.ticked():
        return _none_ticked()
    work = queries.work(db.session, by.who, by.at)
    if "sure" not in request.form or not form.validate():
        return _ask_again(work, which, form)
    done = commands.do_all(db.session, by, work, which, form.ticked(), form.note())
    db.session.commit()
    return _told(bulk, done)


def _page(template: str, work: Work, **more: object) -> str:
    return render_template(
        template,
        total=work.total,
        stats=stats(work.measures),
        moment=long_moment(work.now),
        **more,
    )


def _team_page(scope: Supervisor, work: Work) -> str:
    team = clients.officers(db.session, scope)
    escalated = [row_of(Section.LATE, each, work, acts=False) for each in work.escalated()]
    rows = officer_rows(team, work)
    return _page("today/team.html", work, escalated=escalated, rows=rows, columns=team_columns())


def _ask_again(work: Work, which: Section, form: SureForm) -> ResponseReturnValue:
    """Show what was ticked, and the button that does it."""
    chosen = commands.found(work, form.ticked())
    still = commands.still_listed(work, which, chosen)
    page = render_template(
        "today/sure.html",
        form=form,
        section=which,
        words=bulk_words(BULK_OF[which]),
        rows=[row_of(which, each, work, acts=False) for each in chosen if each.id in still],
        left=[each.reference for each in chosen if each.id not in still],
        ticks=written(chosen),
    )
    return (page, 422) if form.errors else page


def _none_ticked() -> ResponseReturnValue:
    flash(gettext("Tick at least one row first."), "error")
    return redirect(url_for(".page"), code=303)


def _told(bulk: Bulk, done: commands.Done) -> ResponseReturnValue:
    if done.count:
        flash(done_words(bulk, done.count))
    if done.left:
        flash(left_words(done.left), "warning")
    return redirect(url_for(".page"), code=303)


def _section(name: str | None) -> Section:
    try:
        return Section(name or "")
    except ValueError:
        raise NotFound from None


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise NotFound from None


def register(app: Flask) -> None:
    """Give templates the words of this room."""
    app.jinja_env.globals.update(counts_words=wording.COUNTS, bulk_buttons=wording.BULK_BUTTONS)
