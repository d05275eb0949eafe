"""The page on which facts about a client are written down."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from resourcedir import clock
from resourcedir.accounts import destinations
from resourcedir.clients import fact_commands, queries
from resourcedir.clients.card import ClientCard
from resourcedir.clients.fact_commands import today
from resourcedir.clients.fact_forms import FactsForm, values_of
from resourcedir.clients.fact_showing import Overview, overview
from resourcedir.clients.looking import client_scope, deed, look_at
from resourcedir.errors import BadInput, DomainError, StaleRecord
from resourcedir.extensions import db
from resourcedir.numbers import whole_number
from resourcedir.security.guards import require
from resourcedir.security.permissions import Permission
from resourcedir.web.errors import code_of, words_of

bp = Blueprint("facts", __name__)


@bp.route("/<uuid:client_id>/facts", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def edit(client_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    form = _form(card)
    if not form.validate_on_submit():
        return _page(form, card)
    try:
        version = whole_number(form.version.data) or 0
        fact_commands.record_facts(db.session, deed(), client_id, form.command(), version=version)
    except (BadInput, StaleRecord) as error:
        return _refused(form, card, error)
    db.session.commit()
    flash(gettext("The facts are saved."))
    return redirect(_way_back(client_id), code=303)


def _way_back(client_id: UUID) -> str:
    """Return the page that the form was opened from, if it is one of ours; else the record."""
    record = url_for("clients.record", client_id=client_id)
    return destinations.page_or(request.values.get("next"), record)


def _shown(form: FactsForm, card: ClientCard, now: Overview | None = None) -> str:
    back = _way_back(card.id)
    return render_template("clients/facts.html", form=form, card=card, now=now, back=back)


def overview_of(client_id: UUID) -> Overview:
    """Return what is known of a client, in words."""
    rows = queries.fact_rows(db.session, client_scope(), client_id)
    return overview(rows, today(db.session, clock.now()))


def _form(card: ClientCard) -> FactsForm:
    rows = queries.fact_rows(db.session, client_scope(), card.id)
    form = FactsForm(data={**values_of(rows), "version": str(card.version)})
    now = today(db.session, clock.now())
    form.prepare(language=str(get_locale()), today=now, birth_year=card.birth_year)
    return form


def _page(form: FactsForm, card: ClientCard) -> ResponseReturnValue:
    if request.method == "POST":
        db.session.commit()  # a failed form has shown the client too
        return _shown(form, card), 422
    return _shown(form, card)


def _refused(form: FactsForm, card: ClientCard, error: DomainError) -> ResponseReturnValue:
    """Show the form with what was entered, beside what the record says now."""
    now = overview_of(card.id) if isinstance(error, StaleRecord) else None
    db.session.commit()
    form.version.data = str(card.version)
    form.form_errors.append(words_of(error))
    return _shown(form, card, now), code_of(error)
