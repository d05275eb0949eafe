"""From a result to a referral: how, what to say, check, sent."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.clients.card import ClientCard
from resourcedir.clients.looking import look_at
from resourcedir.clients.models import ContactBy
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadInput, DomainError, NotFound, StaleRecord
from resourcedir.extensions import db
from resourcedir.identity import Officer
from resourcedir.referrals import acting, commands, queries, wording
from resourcedir.referrals.commands import By, Wanted
from resourcedir.referrals.forms import CheckForm, DetailsForm, ModeForm, StartForm
from resourcedir.referrals.ground import Ground, still_holds
from resourcedir.referrals.lifecycle import Mode, Status
from resourcedir.referrals.queries import ReferralDetail
from resourcedir.referrals.views.blueprint import bp
from resourcedir.referrals.views.words import language, need_words
from resourcedir.security.guards import current_officer, require
from resourcedir.security.permissions import Permission
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.web.errors import words_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, whom it is about, and where to."""

    referral: ReferralDetail
    card: ClientCard
    facts: ListingFacts


@bp.post("/start")
@require(Permission.REFERRAL_MANAGE)
def start() -> ResponseReturnValue:
    form = StartForm()
    if not form.validate():
        raise NotFound
    token, number = form.ids()
    client_id, instead_of = _sought(form)
    wanted = Wanted(client_id, number, form.need.data or None, token, instead_of)
    referral = commands.start_draft(db.session, acting.officer_acts(), wanted)
    target = ".how" if referral.status is Status.DRAFT else ".page"
    db.session.commit()
    return redirect(url_for(target, referral_id=referral.id), code=303)


@bp.route("/<uuid:referral_id>/how", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def how(referral_id: UUID) -> ResponseReturnValue:
    if (draft := _draft(referral_id)) is None:
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    by = acting.officer_acts()
    obstacle = queries.obstacle(db.session, draft.facts, by.at)
    form = ModeForm(live=obstacle is None, data={"mode": draft.referral.state.mode})
    if form.validate_on_submit():
        commands.choose_mode(db.session, by, referral_id, Mode(form.mode.data))
        db.session.commit()
        return redirect(url_for(".details", referral_id=referral_id), code=303)
    why_not = gettext(wording.OBSTACLES[obstacle]) if obstacle else ""
    return _form_page("referrals/how.html", draft, form, why_not=why_not)


@bp.route("/<uuid:referral_id>/details", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def details(referral_id: UUID) -> ResponseReturnValue:
    if (draft := _draft(referral_id)) is None or draft.referral.state.mode is None:
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    form = _details_form(draft)
    by = acting.officer_acts()
    if request.method == "POST" and form.validate(today=by.today):
        try:
            commands.save_details(db.session, by, referral_id, form.command())
        except StaleRecord as error:
            return _read_again(error, ".details", referral_id)
        db.session.commit()
        return redirect(url_for(".check", referral_id=referral_id), code=303)
    return _form_page("referrals/details.html", draft, form)


@bp.route("/<uuid:referral_id>/check", methods=["GET", "POST"])
@require(Permission.REFERRAL_MANAGE)
def check(referral_id: UUID) -> ResponseReturnValue:
    by = acting.officer_acts()
    form = CheckForm()
    if form.validate_on_submit():
        return _leave(by, referral_id, form)
    draft = _draft(referral_id)
    if draft is None or draft.referral.contact_by is None:
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    if draft.referral.state.mode is Mode.LIVE and not still_holds(draft.referral.given, by.today):
        flash(gettext("Say first why the details may be sent."), "error")
        return redirect(url_for(".details", referral_id=referral_id), code=303)
    told = commands.preview(db.session, by, referral_id)
    form.version.data, form.fingerprint.data = draft.referral.version, told.fingerprint()
    name, born = draft.card.name, draft.card.birth_year or gettext("not known")
    form.right.label.text = gettext("This is about %(name)s, born %(year)s", name=name, year=born)
    return _form_page("referrals/check.html", draft, form, packet=told, **_ahead(draft, by))


@bp.get("/<uuid:referral_id>/done")
@require(Permission.REFERRAL_MANAGE)
def done(referral_id: UUID) -> ResponseReturnValue:
    detail = queries.referral_detail(db.session, current_officer(), referral_id, _today())
    if detail.sent_at is None:
        return redirect(url_for(".page", referral_id=referral_id), code=303)
    card = look_at(detail.client_id)
    acting.note_looking(referral_id)
    return render_template("referrals/done.html", referral=detail, card=card)


def _ahead(draft: Draft, by: By[Officer]) -> dict[str, object]:
    """Return what the check says of the answer; nothing where nobody is asked to answer."""
    if draft.referral.state.mode is not Mode.LIVE:
        return {}
    asked = (db.session, draft.facts, draft.referral.urgency, by.at)
    return {
        "plan": queries.planned(*asked),
        "phone_first": queries.warns_to_phone(*asked),
        "holds": draft.referral.wants_hold and queries.holds_openings(draft.facts, by.at),
    }


def _today() -> date:
    return acting.day_of(clock.now())


def _leave(by: By[Officer], referral_id: UUID, form: CheckForm) -> ResponseReturnValue:
    mode = queries.referral_detail(db.session, by.who, referral_id, by.today).state.mode
    leave = commands.send if mode is Mode.LIVE else commands.record
    try:
        leave(db.session, by, referral_id, form.command())
    except StaleRecord as error:
        return _read_again(error, ".check", referral_id)
    except BadInput as error:
        return _read_again(error, ".details", referral_id)
    db.session.commit()
    return redirect(url_for(".done", referral_id=referral_id), code=303)


def _read_again(error: DomainError, endpoint: str, referral_id: UUID) -> ResponseReturnValue:
    db.session.rollback()
    flash(words_of(error), "error")
    return redirect(url_for(endpoint, referral_id=referral_id), code=303)


def _sought(form: StartForm) -> tuple[UUID, UUID | None]:
    try:
        if form.client_search.data:
            search_id = UUID(form.client_search.data)
            return queries.client_of_search(db.session, current_officer(), search_id)
        return UUID(form.client_id.data or ""), None
    except ValueError:
        raise NotFound from None


def _draft(referral_id: UUID) -> Draft | None:
    """Return the draft to go on with; None if it has left already. Writes down who looks."""
    detail = queries.referral_detail(db.session, current_officer(), referral_id, _today())
    if detail.state.status is not Status.DRAFT:
        return None
    card = look_at(detail.client_id)
    facts = listing_facts(db.session, [detail.listing_number])[detail.listing_number]
    return Draft(detail, card, facts)


def _details_form(draft: Draft) -> DetailsForm:
    detail, card = draft.referral, draft.card
    reachable = not card.do_not_contact and card.phone and card.contact_by is not ContactBy.OFFICER
    contacts = ["call", "text", "officer"] if reachable else ["officer"]
    given = detail.given
    return DetailsForm(
        live=detail.state.mode is Mode.LIVE,
        needs=_needs(draft),
        contacts=contacts,
        holds=queries.holds_openings(draft.facts, clock.now()),
        clinical=detail.clinical,
        data={
            "urgency": detail.urgency,
            "wants_hold": detail.wants_hold or detail.contact_by is None,
            "report_until_on": detail.report_until_on,
            "version": detail.version,
            "need": detail.need_code or "",
            "contact_by": detail.contact_by or (card.contact_by if reachable else "officer"),
            "note": detail.note,
            "ground": given.ground,
            "release_from_on": given.from_on,
            "release_until_on": given.until_on,
            "witness": given.detail if given.ground is Ground.CLIENT_WORD else "",
            "condition": given.detail if given.ground is Ground.CONDITION else "",
        },
    )


def _needs(draft: Draft) -> list[tuple[str, str]]:
    """Return what may be chosen: the client's needs, what the place offers, what was chosen."""
    codes = [need.code for need in draft.card.needs] + list(draft.facts.terms)
    if draft.referral.need_code:
        codes.insert(0, draft.referral.need_code)
    known = [code for code in dict.fromkeys(codes) if code in taxonomy()]
    return sorted(((code, need_words(code)) for code in known), key=lambda pair: pair[1])


def _form_page(
    template: str, draft: Draft, form: ModeForm | DetailsForm | CheckForm, **more: object
) -> ResponseReturnValue:
    failed = request.method == "POST"
    if failed:
        db.session.commit()  # a failed form has shown the client too
    page = render_template(
        template,
        form=form,
        referral=draft.referral,
        card=draft.card,
        facts=draft.facts,
        earlier=queries.earlier_open(db.session, current_officer(), draft.referral.id),
        language=language(),
        **more,
    )
    return (page, 422) if failed else page
