"""The sheet that the client takes along: where, when, with what, whom to call."""

from dataclasses import dataclass
from uuid import UUID

from babel import Locale
from babel.dates import get_day_names
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from resourcedir import clock
from resourcedir.audit.commands import AuditEvent
from resourcedir.clients.looking import look_at
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.hours import Day, WeeklyHours
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.queries import listing_facts
from resourcedir.directory.showing import cost_words
from resourcedir.errors import NotFound
from resourcedir.extensions import db
from resourcedir.referrals import acting, queries
from resourcedir.referrals.packet import initials
from resourcedir.referrals.views.blueprint import bp
from resourcedir.security.guards import current_officer, require
from resourcedir.security.permissions import Permission
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.web.formats import clock_time

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Days that have the same hours, and these hours."""

    days: str
    times: str


@bp.get("/<uuid:referral_id>/handout")
@require(Permission.REFERRAL_MANAGE)
def handout(referral_id: UUID) -> ResponseReturnValue:
    detail = queries.referral_detail(
        db.session, current_officer(), referral_id, acting.day_of(clock.now())
    )
    if detail.sent_at is None:
        raise NotFound
    card = look_at(detail.client_id)
    acting.note_looking(referral_id, AuditEvent.HANDOUT_PRINTED)
    facts = listing_facts(db.session, [detail.listing_number])[detail.listing_number]
    chosen = request.args.get("lang") or (card.languages[0] if card.languages else "en")
    language = chosen if chosen in LANGUAGES else "en"
    back = url_for(".page", referral_id=referral_id)
    back_label = gettext("Back to the referral")  # the officer's own language
    with force_locale(language):
        return render_template(
            "referrals/handout.html",
            referral=detail,
            facts=facts,
            initials=initials(card.name),
            hours=hours_lines(facts.hours, language),
            bring=bring(facts, language),
            cost=cost_words(facts),
            other=next(each for each in LANGUAGES if each != language),
            back_url=back,
            back_label=back_label,
        )


def hours_lines(hours: WeeklyHours | None, language: str) -> list[HoursLine]:
    """Return the week in the reader's words, days that are alike together, closed days left out."""
    if hours is None:
        return []
    if hours.always:
        return [HoursLine(gettext("Every day"), gettext("all day and all night"))]
    names = get_day_names("wide", locale=Locale(language))
    lines = []
    for first, last, day in _runs(hours.days):
        if day:
            days = names[first] if first == last else _between(names[first], names[last])
            times = ", ".join(_between(clock_time(i.opens), clock_time(i.closes)) for i in day)
            lines.append(HoursLine(days[0].upper() + days[1:], times))
    return lines


def bring(facts: ListingFacts, language: str) -> list[str]:
    """Return what to take along: the papers that are asked for, then what the place adds."""
    known = vocabulary.words()[Vocabulary.DOCUMENT]
    asked = [
        known.get(rule.code or "")
        for rule in facts.rules
        if rule.kind is RuleKind.DOCUMENT and rule.stance is Stance.REQUIRED
    ]
    papers = [word.name(language) for word in asked if word is not None]
    return list(dict.fromkeys([*papers, *facts.bring]))


def _between(first: str, last: str) -> str:
    words: str = gettext("%(first)s to %(last)s", first=first, last=last)
    return words


def _runs(days: tuple[Day, ...]) -> list[tuple[int, int, Day]]:
    runs: list[tuple[int, int, Day]] = []
    for number, day in enumerate(days):
        if runs and runs[-1][2] == day:
            runs[-1] = (runs[-1][0], number, day)
        else:
            runs.append((number, number, day))
    return runs
