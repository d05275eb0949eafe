"""Own referrals, one referral, what somebody told, what came of it."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.clients.card import ClientCard
from resourcedir.clients.looking import look_at
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import NotFound, StaleRecord
from resourcedir.extensions import db
from resourcedir.identity import Officer, Role
from resourcedir.referrals import acting, commands, lifecycle, queries
from resourcedir.referrals.commands import By
from resourcedir.referrals.forms import OutcomeForm, StepForm
from resourcedir.referrals.lifecycle import Action, Result, Status, Transition
from resourcedir.referrals.queries import ReferralDetail, ReferralRow
from resourcedir.referrals.results import counts_as
from resourcedir.referrals.views.blueprint import bp
from resourcedir.referrals.views.words import groups
from resourcedir.security.guards import current_identity, require
from resourcedir.security.permissions import Permission
from resourcedir.web.errors import words_of

SILENCE: Final = "silence"


@bp.get("")
@require(Permission.REFERRAL_READ)
def own() -> ResponseReturnValue:
    silent = request.args.get("sort") == SILENCE
    rows = queries.own_referrals(db.session, current_identity(), longest_silence_first=silent)
    grouped = [
        (words, [row for row in rows if row.state.status in statuses])
        for words, statuses in groups()
    ]
    return render_template("referrals/own.html", groups=grouped, silent=silent, now=clock.now())


@bp.get("/<uuid:referral_id>")
@require(Permission.REFERRAL_READ)
def page(referral_id: UUID) -> ResponseReturnValue:
    detail = queries.referral_detail(db.session, current_identity(), referral_id)
    card = _card(detail.client_id)
    acting.note_looking(referral_id)
    facts = listing_facts(db.session, [detail.listing_number])[detail.listing_number]
    return render_template(
        "referrals/page.html",
        referral=detail,
        card=card,
        facts=facts,
        told=_told(detail),
        may_withdraw=_choice(detail, Action.WITHDRAW) is not None,
        counts_as=_result(detail),
    )


@bp.route("/<uuid:referral_id>/step/<action>", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def step(referral_id: UUID, action: str) -> ResponseReturnValue:
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id)
    transition = transition_named(action)
    if not (transition.told or transition.action is Action.WITHDRAW):
        raise NotFound
    words = lifecycle.words_of(transition.action, detail.state.mode, Role.OFFICER)
    form = StepForm(transition, words, today=by.today, data={"version": detail.version})
    card = look_at(detail.client_id)
    if form.validate_on_submit():
        return _taken(by, referral_id, form)
    return _step_page("referrals/step.html", form, detail, card, transition=transition)


@bp.route("/<uuid:referral_id>/outcome", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def outcome(referral_id: UUID) -> ResponseReturnValue:
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id)
    if detail.sent_at is None:
        raise NotFound
    card = look_at(detail.client_id)
    form = OutcomeForm(today=by.today)
    if form.validate_on_submit():
        commands.record_outcome(db.session, by, referral_id, form.command())
        db.session.commit()
        flash(gettext("The outcome is recorded."))
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    return _step_page("referrals/outcome.html", form, detail, card)


def referrals_of_client(client_id: UUID) -> tuple[ReferralRow, ...]:
    """Return the referrals of a client that the reader may see, for the client's own page."""
    return queries.client_referrals(db.session, current_identity(), client_id)


def transition_named(action: str) -> Transition:
    """:raises NotFound: if there is no such step."""
    try:
        return lifecycle.TRANSITIONS[Action(action)]
    except ValueError:
        raise NotFound from None


def _taken(by: By[Officer], referral_id: UUID, form: StepForm) -> ResponseReturnValue:
    asked = form.command()
    told = lifecycle.TRANSITIONS[asked.step.action].told
    try:
        (commands.told_by_phone if told else commands.take_step)(db.session, by, referral_id, asked)
    except StaleRecord as error:
        db.session.rollback()
        flash(words_of(error), "error")
    else:
        db.session.commit()
        flash(gettext("The referral is up to date."))
    return redirect(url_for(".page", referral_id=referral_id), code=303)


def _step_page(
    template: str,
    form: StepForm | OutcomeForm,
    detail: ReferralDetail,
    card: ClientCard,
    **more: object,
) -> ResponseReturnValue:
    failed = request.method == "POST"
    if failed:
        db.session.commit()  # a failed form has shown the client too
    page = render_template(template, form=form, referral=detail, card=card, **more)
    return (page, 422) if failed else page


def _card(client_id: UUID) -> ClientCard | None:
    """Return the client for the banner; None for who made a referral and has them no more."""
    try:
        return look_at(client_id)
    except NotFound:
        return None


def _told(detail: ReferralDetail) -> list[Transition]:
    if not detail.may_act or detail.state.status is Status.DRAFT:
        return []
    return [each for each in lifecycle.choices(detail.state, Role.OFFICER) if each.told]


def _choice(detail: ReferralDetail, action: Action) -> Transition | None:
    if not detail.may_act:
        return None
    open_to = lifecycle.choices(detail.state, Role.OFFICER)
    return next((each for each in open_to if each.action is action), None)


def _result(detail: ReferralDetail) -> Result:
    return counts_as({source: said.result for source, said in detail.said.items()})
