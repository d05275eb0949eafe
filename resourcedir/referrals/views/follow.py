"""Own referrals, one referral, what somebody told, what came of it."""

from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.clients.card import ClientCard
from resourcedir.clients.looking import look_at
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadInput, NotFound, StaleRecord
from resourcedir.extensions import db
from resourcedir.identity import Officer, Role
from resourcedir.referrals import acting, commands, lifecycle, queries
from resourcedir.referrals.appointments import Appointment, Conflict, conflicts
from resourcedir.referrals.commands import By
from resourcedir.referrals.deadlines import Lateness, lateness
from resourcedir.referrals.forms import OutcomeForm, StepForm
from resourcedir.referrals.lifecycle import Action, Result, Status, Transition
from resourcedir.referrals.outcomes import counts_as, milestones
from resourcedir.referrals.packet import broad_need
from resourcedir.referrals.queries import ReferralDetail, ReferralRow
from resourcedir.referrals.views.blueprint import bp
from resourcedir.referrals.views.words import groups, status_words
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
    now = clock.now()
    today = acting.day_of(now)
    detail = queries.referral_detail(db.session, current_identity(), referral_id, today)
    card = _card(detail.client_id)
    acting.note_looking(referral_id)
    facts = listing_facts(db.session, [detail.listing_number])[detail.listing_number]
    return render_template(
        "referrals/page.html",
        referral=detail,
        card=card,
        facts=facts,
        told=_told(detail),
        mine=_mine(detail),
        counts_as=_result(detail),
        late=_late(detail, facts, now),
        conflicts=_conflicts(detail, card),
        now=now,
    )


@bp.route("/<uuid:referral_id>/step/<action>", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def step(referral_id: UUID, action: str) -> ResponseReturnValue:
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id, by.today)
    transition = transition_named(action)
    if not has_a_page(transition, Role.OFFICER):
        raise NotFound
    if request.method != "POST" and not open_to(detail.state, transition, Role.OFFICER):
        return moved_on(url_for(".page", referral_id=referral_id))
    form = _step_form(detail, transition, by)
    card = look_at(detail.client_id)
    found: tuple[Conflict, ...] = ()
    if form.validate_on_submit():
        found = _conflicts_to_show(form, detail, card)
        if not found and (answer := _taken(by, referral_id, form)):
            return answer
    return _step_page(
        "referrals/step.html", form, detail, card, transition=transition, conflicts=found
    )


@bp.route("/<uuid:referral_id>/outcome", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def outcome(referral_id: UUID) -> ResponseReturnValue:
    by = acting.officer_acts()
    detail = queries.referral_detail(db.session, by.who, referral_id, by.today)
    if detail.sent_at is None:
        raise NotFound
    card = look_at(detail.client_id)
    kind = "treatment" if detail.clinical else broad_need(detail.need_code)
    form = OutcomeForm(milestones(kind), today=by.today)
    if form.validate_on_submit() and _recorded(by, referral_id, form):
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    return _step_page("referrals/outcome.html", form, detail, card)


def _recorded(by: By[Officer], referral_id: UUID, form: OutcomeForm) -> bool:
    """Keep what the form says; False where it says what to mend."""
    try:
        commands.record_outcome(db.session, by, referral_id, form.command())
    except BadInput as error:
        db.session.rollback()
        form.form_errors.append(words_of(error))
        return False
    db.session.commit()
    flash(gettext("The outcome is recorded."))
    return True


def referrals_of_client(client_id: UUID) -> tuple[ReferralRow, ...]:
    """Return the referrals of a client that the reader may see, for the client's own page."""
    return queries.client_referrals(db.session, current_identity(), client_id)


def need_states(client_id: UUID) -> dict[str, str]:
    """Return by need where the referral stands that moved last, in words; drafts are none."""
    rows = reversed(referrals_of_client(client_id))
    return {
        row.need_code: status_words(row.state)
        for row in rows
        if row.need_code and row.state.status not in {Status.DRAFT, Status.ENTERED_IN_ERROR}
    }


def tried_before(client_id: UUID, need: str) -> dict[int, str]:
    """Return where the reader's referrals of a client went for a need, with what came of each."""
    found = queries.tried_before(db.session, current_identity(), client_id, need or None)
    return {number: str(status.value) for number, status in found.items()}


def transition_named(action: str) -> Transition:
    """:raises NotFound: if there is no such step."""
    try:
        return lifecycle.TRANSITIONS[Action(action)]
    except ValueError:
        raise NotFound from None


def _taken(by: By[Officer], referral_id: UUID, form: StepForm) -> ResponseReturnValue | None:
    """Take the step and go back; None where the form says what to mend, with all that it holds."""
    asked = form.command()
    told = lifecycle.TRANSITIONS[asked.step.action].told
    try:
        (commands.told_by_phone if told else commands.take_step)(db.session, by, referral_id, asked)
    except StaleRecord as error:
        db.session.rollback()
        flash(words_of(error), "error")
    except BadInput as error:
        db.session.rollback()
        form.form_errors.append(words_of(error))
        return None
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


def has_a_page(transition: Transition, role: Role) -> bool:
    """Say whether somebody in ``role`` takes this step from the page that all steps share."""
    if transition.action in _APART:
        return False
    if role is Role.PROVIDER:
        return transition.may is Role.PROVIDER or transition.both
    return transition.may is Role.OFFICER or transition.told


_APART: Final = frozenset({Action.SEND, Action.RECORD, Action.OPEN, Action.CALL, Action.NUDGE})


def open_to(state: lifecycle.State, transition: Transition, role: Role) -> bool:
    """Say whether somebody in ``role`` may take the step now."""
    return transition in lifecycle.choices(state, role)


def moved_on(where: str) -> ResponseReturnValue:
    """Go back and say why: somebody was quicker, or the page is an old one."""
    flash(gettext("This step cannot be taken any more: the referral has moved on."), "info")
    return redirect(where, code=303)


def _step_form(detail: ReferralDetail, transition: Transition, by: By[Officer]) -> StepForm:
    facts = listing_facts(db.session, [detail.listing_number])[detail.listing_number]
    return StepForm(
        transition.action,
        lambda word: lifecycle.asks(transition, detail.state, Role.OFFICER, word),
        lifecycle.words_of(transition.action, detail.state.mode, Role.OFFICER),
        time_zone=facts.time_zone,
        today=by.today,
        data={"version": detail.version},
    )


def _conflicts_to_show(
    form: StepForm, detail: ReferralDetail, card: ClientCard
) -> tuple[Conflict, ...]:
    """Return what else the client has to do then, unless the officer has seen that already."""
    wanted = form.appointment()
    if wanted is None:
        return ()
    found = _conflicts_of(wanted, detail, card)
    seen = conflict_mark(found)
    if form.agreed.data == seen:
        return ()
    form.agreed.data = seen
    return found


def _conflicts(detail: ReferralDetail, card: ClientCard | None) -> tuple[Conflict, ...]:
    if detail.intake is None or detail.intake.ending is not None or card is None:
        return ()
    return _conflicts_of(detail.intake.appointment, detail, card)


def _conflicts_of(
    wanted: Appointment, detail: ReferralDetail, card: ClientCard
) -> tuple[Conflict, ...]:
    others = queries.busy_times(db.session, detail.client_id, but=detail.id)
    return conflicts(wanted, others, card.curfew, card.work_hours)


def conflict_mark(found: tuple[Conflict, ...]) -> str:
    """Return what stands for these conflicts in a form: only what was read is agreed to."""
    return sha256(repr(found).encode()).hexdigest()[:16] if found else ""


def _late(detail: ReferralDetail, facts: ListingFacts, now: datetime) -> Lateness | None:
    if detail.answer_due_at is None:
        return None
    calendar = queries.calendar_for(db.session, facts)
    return lateness(detail.answer_due_at, now, detail.urgency, calendar)


def _told(detail: ReferralDetail) -> list[Transition]:
    if not detail.may_act or detail.state.status is Status.DRAFT:
        return []
    return [each for each in lifecycle.choices(detail.state, Role.OFFICER) if each.told]


def _mine(detail: ReferralDetail) -> set[Action]:
    """Return the officer's own steps that are open now."""
    if not detail.may_act:
        return set()
    offered = lifecycle.choices(detail.state, Role.OFFICER)
    return {each.action for each in offered if each.may is Role.OFFICER}


def _result(detail: ReferralDetail) -> Result:
    return counts_as({source: said.result for source, said in detail.said.items()})
