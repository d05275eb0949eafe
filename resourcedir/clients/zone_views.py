"""The pages on which places to keep away from are written down, changed and ended.

An address is looked up between two transactions, and only in the agency's own network.
"""

from uuid import UUID

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.clients import queries, zone_commands
from resourcedir.clients.card import ClientCard
from resourcedir.clients.fact_commands import today
from resourcedir.clients.knowing import ZoneRow
from resourcedir.clients.looking import client_scope, deed, look_at
from resourcedir.clients.zone_commands import ZonePlace
from resourcedir.clients.zone_forms import EndZoneForm, How, ZoneForm, values_of
from resourcedir.clients.zone_listings import listing_place
from resourcedir.db import writing
from resourcedir.errors import BadInput, DomainError, NotFound, StaleRecord
from resourcedir.extensions import db
from resourcedir.numbers import whole_number
from resourcedir.places.zone_addresses import ZoneGeocoder
from resourcedir.security.guards import require
from resourcedir.security.permissions import Permission
from resourcedir.settings import Settings
from resourcedir.web.errors import code_of, words_of

_GEOCODER = "zone_geocoder"
bp = Blueprint("zones", __name__)


def register(app: Flask, settings: Settings) -> None:
    """Give the pages the geocoder of the agency's own network, if there is one.

    :raises BadInput: if the one in the settings is not in it.
    """
    app.extensions[_GEOCODER] = ZoneGeocoder.configured(
        settings.zone_geocoder, settings.zone_geocoder_options
    )


@bp.route("/<uuid:client_id>/zones/new", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def new(client_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    form = _prepared(ZoneForm(data={"version": str(card.version)}))
    if not form.validate_on_submit() or (place := _place(form)) is None:
        return _page(form, card)
    try:
        zone_commands.add_zone(db.session, deed(), client_id, place, version=_version(form))
    except (BadInput, StaleRecord) as error:
        return _refused(form, card, error)
    return _saved(card, gettext("The keep-away place is on the record."))


@bp.route("/<uuid:client_id>/zones/<uuid:zone_id>", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def change(client_id: UUID, zone_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    zone = _zone(client_id, zone_id)
    form = _prepared(ZoneForm(data={**values_of(zone), "version": str(card.version)}))
    if not form.validate_on_submit() or (place := _place(form)) is None:
        return _page(form, card, zone)
    try:
        zone_commands.change_zone(
            db.session, deed(), zone_id, place, version=_version(form), client_id=client_id
        )
    except (BadInput, StaleRecord) as error:
        return _refused(form, card, error, zone)
    return _saved(card, gettext("The keep-away place is changed."))


@bp.route("/<uuid:client_id>/zones/<uuid:zone_id>/end", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def end(client_id: UUID, zone_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    zone = _zone(client_id, zone_id)
    form = EndZoneForm(data={"version": str(card.version)})
    if not form.validate_on_submit():
        return render_template("clients/zone_end.html", form=form, card=card, zone=zone)
    version = whole_number(form.version.data) or 0
    zone_commands.end_zone(db.session, deed(), client_id, zone_id, version=version)
    return _saved(card, gettext("The keep-away place binds no more."))


def _zone(client_id: UUID, zone_id: UUID) -> ZoneRow:
    zones = queries.zone_rows(db.session, client_scope(), client_id)
    if (found := next((each for each in zones if each.id == zone_id), None)) is None:
        raise NotFound
    return found


def _prepared(form: ZoneForm) -> ZoneForm:
    form.prepare(today=today(db.session, clock.now()), looks_up=_geocoder().is_there)
    return form


def _geocoder() -> ZoneGeocoder:
    found: ZoneGeocoder = current_app.extensions[_GEOCODER]
    return found


def _place(form: ZoneForm) -> ZonePlace | None:
    """Return the place with its point; None with what is wrong in the form."""
    match form.known_by:
        case How.LISTING:
            try:
                found = listing_place(db.session, form.listing.data)
            except BadInput as error:
                form.listing.errors = [words_of(error)]
                return None
            return form.command(found.point, found.error_m, found.words)
        case How.LOOK_UP:
            return _looked_up(form)
        case How.POINT | How.WORDS:
            return form.command(*form.typed)


def _looked_up(form: ZoneForm) -> ZonePlace | None:
    db.session.commit()  # that the client was looked at; nobody waits for the geocoder
    try:
        found = _geocoder().locate(form.address.data)
    except BadInput as error:
        form.address.errors = [words_of(error)]
        return None
    finally:
        writing(db.session)
    return form.command(found.point, found.error_m)


def _page(form: ZoneForm, card: ClientCard, zone: ZoneRow | None = None) -> ResponseReturnValue:
    if request.method == "POST":
        db.session.commit()  # a failed form has shown the client too
        return render_template("clients/zone.html", form=form, card=card, zone=zone), 422
    return render_template("clients/zone.html", form=form, card=card, zone=zone)


def _refused(
    form: ZoneForm, card: ClientCard, error: DomainError, zone: ZoneRow | None = None
) -> ResponseReturnValue:
    """Show the form with what was entered, beside what the record says now."""
    db.session.commit()
    form.version.data = str(card.version)
    form.form_errors.append(words_of(error))
    stale = isinstance(error, StaleRecord)
    page = render_template("clients/zone.html", form=form, card=card, zone=zone, stale=stale)
    return page, code_of(error)


def _saved(card: ClientCard, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("clients.record", client_id=card.id), code=303)


def _version(form: ZoneForm) -> int:
    return whole_number(form.version.data) or 0
