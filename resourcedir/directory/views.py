"""Pages of a listing: reading it, changing it, saying that it is wrong."""

from typing import Final
from urllib.parse import parse_qs, urlsplit

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.directory import (
    commands,
    editing,
    history_showing,
    history_words,
    openings_showing,
    private,
    queries,
    rule_words,
    showing,
    wording,
)
from resourcedir.directory.commands import Hand
from resourcedir.directory.crisis import CrisisBoard
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.forms import EditForm, ReportForm
from resourcedir.directory.kinds import WrongFact
from resourcedir.directory.models import Listing
from resourcedir.directory.offering import Offer, offer_at
from resourcedir.directory.openings_form import OpeningsForm, PauseForm
from resourcedir.errors import BadInput, DomainError, StaleRecord
from resourcedir.extensions import db
from resourcedir.identity import Administrator, Provider
from resourcedir.places.finding import find_place
from resourcedir.places.place import Place
from resourcedir.security.guards import current_identity, only_asks, require
from resourcedir.security.permissions import Permission, permits
from resourcedir.web.errors import words_of
from resourcedir.web.phrases import say

bp = Blueprint("directory", __name__)

SEARCH: Final = "/search"


@bp.get("/listings/mine")
@require(Permission.LISTING_EDIT)
def mine() -> ResponseReturnValue:
    identity, words = current_identity(), request.args.get("q", "").strip()
    if isinstance(identity, Provider):
        found = queries.own_listings(db.session, identity)
    elif isinstance(identity, Administrator):
        found = queries.find_by_name(db.session, identity, words) if words else []
    else:
        abort(404)
    return render_template(
        "directory/mine.html",
        found=found,
        words=words,
        own=isinstance(identity, Provider),
        most=queries.MOST_FOUND,
        show=showing,
        now=clock.now(),
    )


@bp.get("/listings/<int:number>")
@require(Permission.DIRECTORY_READ)
def listing(number: int) -> ResponseReturnValue:
    back = _back()
    words = listing_words(number, _near(back))
    return render_template("directory/listing.html", back=back, **words)


def listing_words(number: int, near: Place | None) -> dict[str, object]:
    """Return what ``directory/listing.html`` prints, for this page and for those that extend it.

    :raises NotFound: when there never was such a listing.
    """
    facts, now = queries.facts_for(db.session, number), clock.now()
    return {
        "facts": facts,
        "now": now,
        "near": near,
        "closed": showing.offer_words(facts, now),
        "may_edit": _keeps_up(facts) and not facts.withdrawn,
        "keeps_up": _keeps_up(facts),
        "may_report": permits(current_identity(), Permission.DIRECTORY_REPORT),
        "rule_words": rule_words,
        "reports": queries.open_reports(db.session, number),
        "say": say,
        "opening": openings_showing,
        "show": showing,
        "wording": wording,
    }


@bp.get("/listings/<int:number>/history")
@require(Permission.DIRECTORY_READ)
def history(number: int) -> ResponseReturnValue:
    facts = queries.facts_for(db.session, number)
    lines = queries.history(db.session, facts.resource_id)
    return render_template(
        "directory/history.html",
        facts=facts,
        lines=lines,
        names=queries.names(db.session, lines),
        told=history_showing,
        actions=history_words.ACTIONS,
        now=clock.now(),
    )


@bp.post("/listings/<int:number>/report")
@require(Permission.DIRECTORY_REPORT)
def report(number: int) -> ResponseReturnValue:
    form = ReportForm()
    if not form.validate():
        raise BadInput(editing.CHOOSE_A_FACT)
    new = commands.report_wrong_fact(db.session, number, WrongFact(form.fact.data), _hand())
    db.session.commit()
    thanks, again = gettext("Thank you. It is reported."), gettext("You have reported this.")
    flash(thanks if new else again, "success" if new else "info")
    return redirect(url_for(".listing", number=number), code=303)


@bp.post("/listings/<int:number>/still-true")
@require(Permission.LISTING_EDIT)
def still_true(number: int) -> ResponseReturnValue:
    row = queries.editable(db.session, current_identity(), number)
    commands.mark_still_true(db.session, row, _hand())
    db.session.commit()
    flash(gettext("Marked as checked today."))
    return redirect(url_for(".listing", number=number), code=303)


@bp.post("/listings/<int:number>/address")
@require(Permission.LISTING_EDIT)
def address(number: int) -> ResponseReturnValue:
    """Show where a confidential listing is, to who keeps it up; by POST, so that no link does."""
    hand, facts = _hand(), queries.facts_for(db.session, number)
    words = private.address_of(db.session, hand.identity, number, hand.at, hand.address)
    db.session.commit()
    return render_template("directory/address.html", facts=facts, words=words)


@bp.route("/listings/<int:number>/withdraw", methods=["GET", "POST"])
@require(Permission.LISTING_EDIT)
def withdraw(number: int) -> ResponseReturnValue:
    row, hand = queries.editable(db.session, current_identity(), number), _hand()
    if request.method != "POST":
        facts = queries.facts_for(db.session, number)
        return render_template("directory/withdraw.html", facts=facts)
    commands.withdraw(db.session, row, hand)
    db.session.commit()
    flash(gettext("It is no longer offered. You can offer it again."))
    return redirect(url_for(".listing", number=number), code=303)


@bp.post("/listings/<int:number>/offer-again")
@require(Permission.LISTING_EDIT)
def offer_again(number: int) -> ResponseReturnValue:
    row = queries.kept_up(db.session, current_identity(), number)
    commands.offer_again(db.session, row, _hand())
    db.session.commit()
    flash(gettext("It is offered again. Check what the page says."))
    return redirect(url_for(".listing", number=number), code=303)


@bp.route("/listings/<int:number>/openings", methods=["GET", "POST"])
@require(Permission.LISTING_EDIT)
def openings(number: int) -> ResponseReturnValue:
    row = queries.editable(db.session, current_identity(), number)
    facts, hand = queries.facts_for(db.session, number), _hand()
    if facts.job is not None:
        abort(404)
    form = OpeningsForm(facts, hand.at)
    if not form.validate_on_submit():
        return _openings_page(facts, form, 422 if form.is_submitted() else 200)
    try:
        commands.set_openings(db.session, row, form.told(), hand, form.number_seen())
    except (BadInput, StaleRecord) as error:
        form.available.errors = [words_of(error)]
        return _openings_page(facts, form, 409 if isinstance(error, StaleRecord) else 422)
    db.session.commit()
    flash(gettext("Saved. Officers see it at once."))
    return redirect(url_for(".openings", number=number), code=303)


@bp.post("/listings/<int:number>/pause")
@require(Permission.LISTING_EDIT)
def pause(number: int) -> ResponseReturnValue:
    row, facts, hand = *_row_and_facts(number), _hand()
    form = PauseForm(facts, hand.at)
    if not form.validate():
        if form.pause.errors:
            raise BadInput(editing.CHOOSE_HOW_LONG)
        return _openings_page(facts, OpeningsForm(facts, hand.at, fresh=True), 422, form)
    commands.pause(db.session, row, form.last_day(), hand)
    db.session.commit()
    flash(gettext("Saved. Officers see it at once."))
    return redirect(url_for(".openings", number=number), code=303)


@bp.get("/listings/<int:number>/edit")
@require(Permission.LISTING_EDIT)
def edit(number: int) -> ResponseReturnValue:
    queries.editable(db.session, current_identity(), number)
    facts = queries.facts_for(db.session, number)
    return _edit_page(facts, EditForm(facts, clock.now()), 200)


@bp.post("/listings/<int:number>/edit")
@require(Permission.LISTING_EDIT)
def review_or_publish(number: int) -> ResponseReturnValue:
    row, facts, hand = *_row_and_facts(number), _hand()
    form, step = EditForm(facts, hand.at), request.form.get("step")
    if step == "back" or not form.validate():
        return _edit_page(facts, form, 200 if step == "back" else 422)
    try:
        commands.refuse_stale(db.session, row, form.seen())
        if step != "publish":
            return _review_page(facts, form)
        commands.apply(db.session, row, form.command(), form.seen(), hand)
    except StaleRecord:
        return _stale_page(facts, form, hand)
    except BadInput as error:
        form.form_errors.append(words_of(error))
        return _edit_page(facts, form, 422)
    db.session.commit()
    flash(gettext("Published. Search finds it within seconds."))
    return redirect(url_for(".listing", number=number), code=303)


def _row_and_facts(number: int) -> tuple[Listing, ListingFacts]:
    row = queries.editable(db.session, current_identity(), number)
    return row, queries.facts_for(db.session, number)


def register(app: Flask) -> None:
    """Put the local crisis lines into the strip over every page."""
    board = CrisisBoard(app.config["SETTINGS"].home_state)

    @app.context_processor
    def _crisis() -> dict[str, object]:
        now = clock.now()
        lines = board.lines(db.session, now, may_keep=only_asks())
        return {"crisis_lines": [showing.crisis_row(line, now) for line in lines]}


def _edit_page(facts: ListingFacts, form: EditForm, status: int) -> ResponseReturnValue:
    return render_template("directory/edit.html", facts=facts, form=form), status


def _stale_page(facts: ListingFacts, form: EditForm, hand: Hand) -> ResponseReturnValue:
    """Show what others have published; what was typed stays and may be reviewed against it."""
    since = queries.changes_since(db.session, facts.number, form.seen().at)
    form.version.data, form.opened_at.data = facts.version, hand.at.isoformat()
    page = render_template(
        "directory/edit.html",
        facts=facts,
        form=form,
        since=since,
        names=queries.names(db.session, since),
        told=history_showing,
        now=hand.at,
    )
    return page, 409


def _review_page(facts: ListingFacts, form: EditForm) -> ResponseReturnValue:
    changed = editing.changes(facts, form.command())
    return render_template(
        "directory/review.html",
        facts=facts,
        form=form,
        rows=[(each.field, each.before, each.after) for each in changed],
        told=history_showing,
        sent=[(k, v) for k, v in request.form.items(multi=True) if k not in _NOT_SENT_ON],
    )


_NOT_SENT_ON: Final = frozenset({"csrf_token", "step"})


def _openings_page(
    facts: ListingFacts, form: OpeningsForm, status: int, pause_form: PauseForm | None = None
) -> ResponseReturnValue:
    now = clock.now()
    page = render_template(
        "directory/openings.html",
        facts=facts,
        form=form,
        pause=pause_form or PauseForm(facts, now),
        paused=offer_at(facts, now) is Offer.PAUSED,
        page=openings_showing.telling_page(facts, now),
        notes=openings_showing.notes(facts.openings, own=True) if facts.openings else [],
        now=now,
    )
    return page, status


def _hand() -> Hand:
    return Hand(current_identity(), clock.now(), request.remote_addr)


def _keeps_up(facts: ListingFacts) -> bool:
    identity = current_identity()
    if not permits(identity, Permission.LISTING_EDIT):
        return False
    return not isinstance(identity, Provider) or identity.organization_id == facts.organization_id


def _back() -> str:
    """Return the search that the reader came from, or "" if the address names no search of ours."""
    asked = request.args.get("from", "")
    try:
        parts = urlsplit(asked)
    except ValueError:
        return ""
    ours = not parts.scheme and not parts.netloc and parts.path == SEARCH and not parts.fragment
    plain = asked.isprintable() and "\\" not in asked
    return asked if ours and plain and asked.startswith(SEARCH) else ""


def _near(back: str) -> Place | None:
    """Return the place that the search was near, None if it was near none that is known."""
    return place_near(parse_qs(urlsplit(back).query).get("near", [""])[0])


def place_near(near: str) -> Place | None:
    """Return the place of that name, None where there is none or more than one."""
    try:
        home = current_app.config["SETTINGS"].home_state or None
        return find_place(near, home_state=home) if near.strip() else None
    except DomainError:
        return None
