"""Pages about what a court or board has ordered a client to do."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from resourcedir import clock
from resourcedir.clients import condition_commands as commands
from resourcedir.clients.card import ClientCard
from resourcedir.clients.condition_commands import Seen
from resourcedir.clients.condition_forms import ConditionForm, LiftForm, MetForm, values_of
from resourcedir.clients.conditions import ConditionRow, condition_row
from resourcedir.clients.fact_commands import today
from resourcedir.clients.looking import client_scope, deed, look_at
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.extensions import db
from resourcedir.numbers import whole_number
from resourcedir.security.guards import require
from resourcedir.security.permissions import Permission
from resourcedir.web.errors import words_of

bp = Blueprint("conditions", __name__, url_prefix="/<uuid:client_id>/conditions")


@bp.route("/new", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def new(client_id: UUID) -> ResponseReturnValue:
    card = look_at(client_id)
    form = _prepared(ConditionForm(data={"version": str(card.version)}))
    if not form.validate_on_submit():
        return _page("clients/condition.html", card, {"form": form})

    def add() -> object:
        return commands.add_condition(
            db.session, deed(), client_id, form.command(), version=_version(form)
        )

    if (status := _refused(add, form, card)) is not None:
        return _page("clients/condition.html", card, {"form": form}, status)
    flash(gettext("The condition is added."))
    return _to_record(client_id)


@bp.route("/<uuid:condition_id>", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def change(client_id: UUID, condition_id: UUID) -> ResponseReturnValue:
    card, row = _looked_at(client_id, condition_id)
    form = _prepared(ConditionForm(data={**values_of(row), "version": str(card.version)}))
    words = {"form": form, "row": row, "met": _met_form(row, sent=False)}
    if not form.validate_on_submit():
        return _page("clients/condition.html", card, words)
    seen = Seen(client_id, condition_id, _version(form))
    status = _refused(
        lambda: commands.change_condition(db.session, deed(), seen, form.command()), form, card
    )
    if status is not None:
        return _page("clients/condition.html", card, words, status)
    flash(gettext("The condition is saved."))
    return _to_record(client_id)


@bp.post("/<uuid:condition_id>/met")
@require(Permission.CLIENT_EDIT)
def met(client_id: UUID, condition_id: UUID) -> ResponseReturnValue:
    """Keep that it is met, or that it is not after all."""
    card, row = _looked_at(client_id, condition_id)
    form = _met_form(row, sent=True)
    kept = _prepared(ConditionForm(None, data={**values_of(row), "version": str(card.version)}))
    words = {"form": kept, "row": row, "met": form}
    if not form.validate():
        return _page("clients/condition.html", card, words)
    seen = Seen(client_id, condition_id, _version(form))
    status = _refused(
        lambda: commands.meet_condition(db.session, deed(), seen, form.day()), form, card
    )
    if status is not None:
        return _page("clients/condition.html", card, words, status)
    flash(gettext("The condition is met.") if form.day() else gettext("The condition is open."))
    return _to_record(client_id)


@bp.route("/<uuid:condition_id>/lift", methods=["GET", "POST"])
@require(Permission.CLIENT_EDIT)
def lift(client_id: UUID, condition_id: UUID) -> ResponseReturnValue:
    """Ask first, then take the condition off the record."""
    card, row = _looked_at(client_id, condition_id)
    form = LiftForm(data={"version": str(card.version)})
    words = {"form": form, "row": row}
    if not form.validate_on_submit():
        return _page("clients/condition_lift.html", card, words)
    seen = Seen(client_id, condition_id, _version(form))
    status = _refused(lambda: commands.end_condition(db.session, deed(), seen), form, card)
    if status is not None:
        return _page("clients/condition_lift.html", card, words, status)
    flash(gettext("The condition is off the record. What the client needs is as it was."))
    return _to_record(client_id)


def _looked_at(client_id: UUID, condition_id: UUID) -> tuple[ClientCard, ConditionRow]:
    """Return a client and one of their conditions. That it was looked at is noted first."""
    card = look_at(client_id)
    return card, condition_row(db.session, client_scope(), client_id, condition_id)


def _prepared(form: ConditionForm) -> ConditionForm:
    form.prepare(str(get_locale()), today(db.session, clock.now()))
    return form


def _met_form(row: ConditionRow, *, sent: bool) -> MetForm:
    day = today(db.session, clock.now())
    form = MetForm(data={"met_on": day}) if sent else MetForm(None, data={"met_on": day})
    form.prepare(row, day)
    return form


def _refused(
    do: Callable[[], object], form: ConditionForm | MetForm | LiftForm, card: ClientCard
) -> int | None:
    """Do it, and commit; else return the status to answer with, the form saying why."""
    try:
        do()
    except StaleRecord as error:
        form.version.data = str(card.version)
        form.form_errors.append(words_of(error))
        return 409
    except BadInput as error:
        form.form_errors.append(words_of(error))
        return 422
    db.session.commit()
    return None


def _page(
    template: str, card: ClientCard, words: Mapping[str, object], status: int = 422
) -> ResponseReturnValue:
    if request.method != "POST":
        return render_template(template, card=card, **words)
    db.session.commit()  # a failed form has shown the client too
    return render_template(template, card=card, stale=status == 409, **words), status


def _to_record(client_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("clients.record", client_id=client_id), code=303)


def _version(form: ConditionForm | MetForm | LiftForm) -> int:
    return whole_number(form.version.data) or 0
