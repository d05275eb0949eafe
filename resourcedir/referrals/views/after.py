"""What officers do beside the steps: log a call, ask again, seek another place, save the date."""

from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.clients import queries as clients
from resourcedir.clients.looking import look_at
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import NotFound
from resourcedir.extensions import db
from resourcedir.identity import Role
from resourcedir.matching import commands as matching
from resourcedir.matching.queries import first_ask
from resourcedir.referrals import acting, commands, lifecycle, queries
from resourcedir.referrals.calendar_file import Words, calendar_file, cancelled_file
from resourcedir.referrals.commands import Asked
from resourcedir.referrals.due import IntakeEnding
from resourcedir.referrals.forms import CallForm, PressForm, ReleaseForm
from resourcedir.referrals.lifecycle import Action, Status, Step
from resourcedir.referrals.views.blueprint import bp
from resourcedir.referrals.views.follow import open_to
from resourcedir.security.guards import current_officer, require
from resourcedir.security.permissions import Permission
from resourcedir.web.formats import clock_time, date_words

ELSEWHERE = frozenset(
    {Status.DECLINED, Status.EXPIRED, Status.NO_SHOW, Status.ENDED_EARLY, Status.WITHDRAWN}
)
"""From where another place is sought."""


@bp.route("/<uuid:referral_id>/call", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def call(referral_id: UUID) -> ResponseReturnValue:
    """Show the number to call, and write down how the call went: two presses."""
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id, by.today)
    if not _may_call(detail):
        raise NotFound
    card = look_at(detail.client_id)
    form = CallForm(lifecycle.TRANSITIONS[Action.CALL].reasons)
    if form.validate_on_submit():
        asked = Asked(version=detail.version, step=form.command())
        commands.take_step(db.session, by, referral_id, asked)
        db.session.commit()
        flash(gettext("The call is logged."))
        return redirect(_back_to(referral_id), code=303)
    facts = listing_facts(db.session, [detail.listing_number])[detail.listing_number]
    return _form_page("referrals/call.html", form=form, referral=detail, card=card, facts=facts)


@bp.post("/<uuid:referral_id>/nudge")
@require(Permission.REFERRAL_MANAGE)
def nudge(referral_id: UUID) -> ResponseReturnValue:
    """Ask the provider again; it stands on top of their list."""
    if not PressForm().validate():
        raise NotFound
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id, by.today)
    asked = Asked(version=detail.version, step=Step(Action.NUDGE))
    commands.take_step(db.session, by, referral_id, asked)
    db.session.commit()
    flash(gettext("The provider is asked again."))
    return redirect(_back_to(referral_id), code=303)


@bp.post("/<uuid:referral_id>/elsewhere")
@require(Permission.REFERRAL_MANAGE)
def elsewhere(referral_id: UUID) -> ResponseReturnValue:
    """Begin a search for another place; the new draft says what this referral said."""
    if not PressForm().validate():
        raise NotFound
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id, by.today)
    if detail.state.status not in ELSEWHERE or not detail.may_act:
        raise NotFound
    card = look_at(detail.client_id)
    known = clients.known_of(db.session, by.who, card.id)
    ask = first_ask(known, detail.need_code or "", card.home_zip)
    tried = queries.tried_before(db.session, by.who, card.id, detail.need_code)
    sought = matching.Sought(card.id, ask.query(), instead_of=referral_id, tried=tried)
    search = matching.start(db.session, by.who, sought, by.at)
    db.session.commit()
    return redirect(url_for("matching.page", search_id=search.id), code=303)


@bp.route("/<uuid:referral_id>/release", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def release(referral_id: UUID) -> ResponseReturnValue:
    """Keep until when the client lets a clinic tell more than attendance."""
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id, by.today)
    if not detail.clinical or not detail.may_act:
        raise NotFound
    card = look_at(detail.client_id)
    form = ReleaseForm(today=by.today, data={"report_until_on": detail.report_until_on})
    if form.validate_on_submit():
        commands.record_release(db.session, by, referral_id, form.report_until_on.data)
        db.session.commit()
        flash(gettext("The release is recorded."))
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    return _form_page("referrals/release.html", form=form, referral=detail, card=card)


@bp.get("/<uuid:referral_id>/intake.ics")
@require(Permission.REFERRAL_MANAGE)
def calendar(referral_id: UUID) -> ResponseReturnValue:
    """Give the intake as a file for a calendar, or one that takes it out again when it is canceled.

    It names neither the client nor the place.
    """
    today = acting.day_of(clock.now())
    detail = queries.referral_detail(db.session, current_officer(), referral_id, today)
    intake = detail.intake
    makers = {None: calendar_file, IntakeEnding.CANCELED: cancelled_file}
    if intake is None or intake.ending not in makers:
        raise NotFound
    look_at(detail.client_id)
    acting.note_looking(referral_id)
    content = makers[intake.ending](
        intake.appointment,
        uid=f"{referral_id}@resourcedir",
        reference=detail.reference,
        made_at=intake.set_at,
        sequence=intake.sequence + (intake.ending is not None),
        words=_calendar_words(detail),
    )
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{detail.reference}.ics"'
    return answer


def _may_call(detail: queries.ReferralDetail) -> bool:
    offered = open_to(detail.state, lifecycle.TRANSITIONS[Action.CALL], Role.OFFICER)
    return detail.sent_at is not None and detail.may_act and offered


def _form_page(template: str, **words: object) -> ResponseReturnValue:
    failed = request.method == "POST"
    if failed:
        db.session.commit()  # a failed form has shown the client too
    page = render_template(template, **words)
    return (page, 422) if failed else page


def _calendar_words(detail: queries.ReferralDetail) -> Words:
    if detail.intake is None:
        raise NotFound
    local = detail.intake.appointment.local()
    when = gettext(
        "%(date)s, %(time)s (%(zone)s)",
        date=date_words(local.date()),
        time=clock_time(local.time()),
        zone=local.tzname() or "",
    )
    phone = detail.officer_phone
    asks = gettext("Questions: %(phone)s", phone=phone) if phone else ""
    return Words(title=gettext("Appointment"), time=when, phone=asks)


def _back_to(referral_id: UUID) -> str:
    """Return to the list that the button was pressed in, else to the referral."""
    if request.form.get("from") == "today" and "today.page" in current_app.view_functions:
        return url_for("today.page")
    return url_for(".page", referral_id=referral_id)
