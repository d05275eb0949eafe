"""The provider's side: what was sent to us, and what we answer. No title or address has a name."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.errors import BadInput, NotFound, StaleRecord
from resourcedir.extensions import db
from resourcedir.identity import Provider, Role
from resourcedir.portal import queries
from resourcedir.referrals import acting, commands, lifecycle
from resourcedir.referrals.commands import By
from resourcedir.referrals.forms import PressForm, StepForm
from resourcedir.referrals.lifecycle import Action, Transition
from resourcedir.referrals.views.follow import has_a_page, moved_on, open_to, transition_named
from resourcedir.security.guards import current_provider, require
from resourcedir.security.permissions import Permission
from resourcedir.web.errors import words_of

bp = Blueprint("portal", __name__, url_prefix="/portal")


@bp.get("")
@require(Permission.PORTAL_USE)
def inbox() -> ResponseReturnValue:
    found = queries.provider_inbox(db.session, current_provider())
    return render_template("portal/inbox.html", inbox=found, now=clock.now())


@bp.get("/referrals/<uuid:referral_id>")
@require(Permission.PORTAL_USE)
def referral(referral_id: UUID) -> ResponseReturnValue:
    today = acting.day_of(clock.now())
    sent = queries.sent_referral(db.session, current_provider(), referral_id, today)
    acting.note_looking(referral_id)
    return render_template(
        "portal/referral.html", referral=sent, steps=_steps(sent), now=clock.now()
    )


@bp.post("/referrals/<uuid:referral_id>/open")
@require(Permission.PORTAL_USE)
def open_referral(referral_id: UUID) -> ResponseReturnValue:
    if not PressForm().validate():
        raise NotFound
    commands.open_by_provider(db.session, acting.provider_acts(), referral_id)
    db.session.commit()
    return redirect(url_for(".referral", referral_id=referral_id), code=303)


@bp.route("/referrals/<uuid:referral_id>/step/<action>", methods=["GET", "POST"])
@require(Permission.PORTAL_USE)
def step(referral_id: UUID, action: str) -> ResponseReturnValue:
    by = acting.provider_acts()
    sent = queries.sent_referral(db.session, by.who, referral_id, by.today)
    transition = transition_named(action)
    if not has_a_page(transition, Role.PROVIDER):
        raise NotFound
    if request.method != "POST" and not open_to(sent.state, transition, Role.PROVIDER):
        return moved_on(url_for(".referral", referral_id=referral_id))
    form = _step_form(sent, transition, by)
    if form.validate_on_submit() and (answer := _taken(by, referral_id, form)):
        return answer
    page = render_template("portal/step.html", form=form, referral=sent, transition=transition)
    return (page, 422) if request.method == "POST" else page


def _taken(by: By[Provider], referral_id: UUID, form: StepForm) -> ResponseReturnValue | None:
    """Take the step and go back; None where the form says what to mend, with all that it holds."""
    try:
        commands.take_step(db.session, by, referral_id, form.command())
    except StaleRecord as error:
        db.session.rollback()
        flash(words_of(error), "error")
    except BadInput as error:
        db.session.rollback()
        form.form_errors.append(words_of(error))
        return None
    else:
        db.session.commit()
        flash(gettext("Your answer is saved. The officer sees it."))
    return redirect(url_for(".referral", referral_id=referral_id), code=303)


def _step_form(sent: queries.SentReferral, transition: Transition, by: By[Provider]) -> StepForm:
    return StepForm(
        transition.action,
        lambda word: lifecycle.asks(transition, sent.state, Role.PROVIDER, word),
        lifecycle.words_of(transition.action, sent.state.mode, Role.PROVIDER),
        time_zone=sent.time_zone,
        today=by.today,
        data={"version": sent.version},
    )


def _steps(sent: queries.SentReferral) -> list[Transition]:
    open_to = lifecycle.choices(sent.state, Role.PROVIDER)
    return [each for each in open_to if each.action is not Action.OPEN]
