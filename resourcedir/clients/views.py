"""Caseloads and the records of clients."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, ngettext

from resourcedir import clock
from resourcedir.clients import commands, condition_views, fact_views, queries, zone_views
from resourcedir.clients.card import ClientCard, OfficerRow
from resourcedir.clients.conditions import condition_rows
from resourcedir.clients.fact_commands import today
from resourcedir.clients.fact_showing import feet_words, told_words, zone_name, zone_where
from resourcedir.clients.forms import (
    ClientForm,
    FindForm,
    NeedsForm,
    ReassignCaseloadForm,
    ReassignForm,
    need_rows,
    values_of,
)
from resourcedir.clients.looking import (
    client_scope,
    deed,
    look_at,
    supervisor_deed,
)
from resourcedir.clients.week_fields import week_words
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.extensions import db
from resourcedir.identity import Supervisor
from resourcedir.numbers import whole_number
from resourcedir.security.guards import current_supervisor, require
from resourcedir.security.permissions import Permission
from resourcedir.settings import Settings
from resourcedir.web.errors import words_of

bp = Blueprint("clients", __name__, url_prefix="/clients")
bp.register_blueprint(fact_views.bp)
bp.register_blueprint(zone_views.bp)
bp.register_blueprint(condition_views.bp)
for _words in (week_words, feet_words, told_words, zone_name, zone_where):
    bp.add_app_template_filter(_words)


def register(app: Flask, settings: Settings) -> None:
    """Give the pages what the settings name.

    :raises BadInput: if a setting cannot be used.
    """
    zone_views.register(app, settings)


@bp.get("")
@require(Permission.CLIENT_READ)
def caseload() -> ResponseReturnValue:
    return _list(FindForm(formdata=None))


@bp.route("/find", methods=["GET", "POST"])
@require(Permission.CLIENT_READ)
def find() -> ResponseReturnValue:
    form = FindForm()
    if request.method != "POST":  # the address was kept, the words were not
        return redirect(url_for(".caseload"), code=303)
    if not form.validate():
        return _list(form), 422
    return _list(form, form.words.data)


@bp.route("/new", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def new() -> ResponseReturnValue:
    form = _client_form(ClientForm(), officers=_own_officers())
    if not form.validate_on_submit():
        return _form_page("clients/new.html", form)
    officer_id = UUID(form.officer.data) if form.officer else None
    try:
        client_id = commands.add_client(db.session, deed(), form.command(), officer_id)
    except BadInput as error:
        form.case_number.errors = [words_of(error)]
        return _form_page("clients/new.html", form)
    db.session.commit()
    flash(gettext("The client is added. Say next what they need."))
    return redirect(url_for(".needs", client_id=client_id), code=303)


@bp.get("/<uuid:client_id>")
@require(Permission.CLIENT_READ)
def record(client_id: UUID) -> ResponseReturnValue:
    card, scope = look_at(client_id), client_scope()
    return render_template(
        "clients/record.html",
        card=card,
        conditions=condition_rows(db.session, scope, client_id),
        known=fact_views.overview_of(client_id),
        zones=queries.zone_rows(db.session, scope, client_id),
        periods=queries.history(db.session, scope, client_id),
        supervises=isinstance(scope, Supervisor),
        today=today(db.session, clock.now()),
    )


@bp.route("/<uuid:client_id>/edit", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def edit(client_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    form = _client_form(ClientForm(data=values_of(card)))
    if not form.validate_on_submit():
        return _form_page("clients/edit.html", form, card)
    try:
        facts, version = form.command(), _version(form.version.data)
        commands.edit_client(db.session, deed(), client_id, facts, version=version)
    except StaleRecord as error:
        return _stale_page("clients/edit.html", form, card, words_of(error))
    except BadInput as error:
        form.case_number.errors = [words_of(error)]
        return _form_page("clients/edit.html", form, card)
    db.session.commit()
    flash(gettext("The record is saved."))
    return redirect(url_for(".record", client_id=client_id), code=303)


@bp.route("/<uuid:client_id>/needs", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def needs(client_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    form = NeedsForm(data={"needs": need_rows(card.needs), "version": str(card.version)})
    form.prepare(_language())
    if not form.validate_on_submit():
        return _form_page("clients/needs.html", form, card)
    try:
        wanted, version = form.command(), _version(form.version.data)
        commands.set_needs(db.session, deed(), client_id, wanted, version=version)
    except StaleRecord as error:
        return _stale_page("clients/needs.html", form, card, words_of(error))
    db.session.commit()
    flash(gettext("The needs are saved."))
    return redirect(url_for(".record", client_id=client_id), code=303)


@bp.route("/<uuid:client_id>/reassign", methods=["GET", "POST"])
@require(Permission.CLIENT_REASSIGN)
def reassign(client_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    form = ReassignForm()
    form.prepare(queries.officers(db.session, current_supervisor()), besides=card.officer_id)
    if not form.validate_on_submit():
        return _form_page("clients/reassign.html", form, card)
    by = supervisor_deed()
    commands.reassign_client(db.session, by, client_id, UUID(form.officer.data))
    db.session.commit()
    flash(gettext("The client has another officer now."))
    return redirect(url_for(".record", client_id=client_id), code=303)


@bp.route("/reassign-caseload", methods=["GET", "POST"])
@require(Permission.CLIENT_REASSIGN)
def reassign_caseload() -> ResponseReturnValue:
    form = ReassignCaseloadForm()
    form.prepare(queries.officers(db.session, current_supervisor()))
    if not form.validate_on_submit():
        return _form_page("clients/reassign_caseload.html", form)
    from_id, to_id = UUID(form.from_officer.data), UUID(form.to_officer.data)
    count = commands.reassign_caseload(db.session, supervisor_deed(), from_id, to_id)
    db.session.commit()
    flash(
        ngettext(
            "%(num)s client has another officer now.",
            "%(num)s clients have another officer now.",
            count,
        )
    )
    return redirect(url_for(".caseload"), code=303)


def _list(form: FindForm, words: str = "") -> str:
    scope = client_scope()
    rows = queries.caseload(db.session, scope, words=words)
    by_officer = groupby(rows, key=lambda row: (row.officer_id, row.officer_name))
    return render_template(
        "clients/caseload.html",
        form=form,
        groups=[(name, list(group)) for (_, name), group in by_officer],
        total=len(rows),
        words=words,
        supervises=isinstance(scope, Supervisor),
    )


def _client_form(form: ClientForm, officers: list[OfficerRow] | None = None) -> ClientForm:
    form.prepare(language=_language(), this_year=clock.now().year, officers=officers)
    return form


def _own_officers() -> list[OfficerRow] | None:
    scope = client_scope()
    return queries.officers(db.session, scope) if isinstance(scope, Supervisor) else None


def _form_page(
    template: str,
    form: ClientForm | NeedsForm | ReassignForm | ReassignCaseloadForm,
    card: ClientCard | None = None,
) -> ResponseReturnValue:
    if request.method == "POST":
        db.session.commit()  # a failed form has shown the client too
        return render_template(template, form=form, card=card), 422
    return render_template(template, form=form, card=card)


def _stale_page(
    template: str, form: ClientForm | NeedsForm, card: ClientCard, words: str
) -> ResponseReturnValue:
    """Show the form with what was entered, beside what the record says now."""
    db.session.commit()
    form.version.data = str(card.version)
    form.form_errors.append(words)
    return render_template(template, form=form, card=card, stale=True), 409


def _version(text: str | None) -> int:
    return whole_number(text) or 0


def _language() -> str:
    return str(get_locale())
