"""What is wrong with one row, in the reader's words, and the one thing to do. For pages."""

from collections.abc import Callable, Mapping
from typing import Final

from resourcedir.referrals import wording as referrals
from resourcedir.referrals.deadlines import Lateness, lateness
from resourcedir.referrals.lifecycle import Mode, Reason, Status
from resourcedir.referrals.views.words import late_words
from resourcedir.today.days import appointment_words, day_words, days_between, past_day
from resourcedir.today.queries import Referred, Work
from resourcedir.today.sections import Section
from resourcedir.today.wording import Does
from resourcedir.web.formats import moment_words
from resourcedir.web.language import gettext, ngettext


def wrong(section: Section, each: Referred, work: Work) -> str:
    """Return what is wrong with a referral of a list."""
    return _WRONG[section](each, work)


def is_late(section: Section, each: Referred, work: Work) -> bool:
    """Say whether a deadline has passed: that alone is red."""
    due = each.standing.answer_due_at
    return section in {Section.ASKED, Section.LATE} and due is not None and due < work.now


def what_to_do(section: Section, each: Referred) -> Does:
    """Return the one action of a row."""
    if section is Section.MISSED and each.misses > 1:
        return Does.CALL_CLIENT  # another date alone has not helped
    if section is Section.UNKNOWN and each.standing.status in {Status.ACCEPTED, Status.WAITLISTED}:
        return Does.CALL
    return _DOES[section]


_DOES: Final[Mapping[Section, Does]] = {
    Section.ASKED: Does.ANSWER,
    Section.OFFERED: Does.CALL,
    Section.WROTE: Does.READ,
    Section.LATE: Does.CALL,
    Section.NO_NEXT_STEP: Does.ELSEWHERE,
    Section.MISSED: Does.NEW_INTAKE,
    Section.INTAKE: Does.CALL_CLIENT,
    Section.NOT_SAID: Does.HEAR,
    Section.UNKNOWN: Does.OUTCOME,
    Section.DRAFTS: Does.FINISH,
}


def _asked(each: Referred, work: Work) -> str:
    words = gettext("asked %(day)s", day=past_day(each.standing.moved_at, work.now))
    late = _lateness(each, work)
    return f"{words}, {late_words(late)}" if late else words


def _offered(each: Referred, work: Work) -> str:
    held = each.standing.held_until_at or work.now
    return gettext("held until %(when)s", when=moment_words(held))


def _wrote(each: Referred, work: Work) -> str:
    return gettext("wrote %(day)s", day=past_day(each.standing.wrote_at or work.now, work.now))


def _late(each: Referred, work: Work) -> str:
    late, due = _lateness(each, work), each.standing.answer_due_at
    words = late_words(late) if late else gettext("past due")
    if due is not None:
        words = gettext("%(late)s, due %(day)s", late=words, day=past_day(due, work.now))
    return "; ".join([words, *_tried(each, work)])


def _tried(each: Referred, work: Work) -> list[str]:
    tried = [
        gettext("called %(day)s", day=past_day(each.called_at, work.now)) if each.called_at else "",
        gettext("reminded %(day)s", day=past_day(each.asked_again_at, work.now))
        if each.asked_again_at
        else "",
    ]
    return [each for each in tried if each]


def _no_next_step(each: Referred, work: Work) -> str:
    day = past_day(each.standing.moved_at, work.now)
    match each.standing.status:
        case Status.EXPIRED:
            return gettext("closed without an answer %(day)s", day=day)
        case Status.DECLINED:
            words = gettext("declined %(day)s", day=day)
        case _:
            words = gettext("ended early %(day)s", day=day)
    return gettext("%(what)s: %(why)s", what=words, why=_why(each.reason)) if each.reason else words


def _why(reason: Reason) -> str:
    words = gettext(referrals.REASONS[reason])
    return words[:1].lower() + words[1:]


def _missed(each: Referred, work: Work) -> str:
    intake = each.standing.intake
    if intake is not None and intake.missed and intake.appointment.starts_at <= work.now:
        there = work.now.astimezone(intake.appointment.local().tzinfo).date()
        day = day_words(intake.day(), there)
    else:
        day = past_day(each.missed_at or each.standing.moved_at, work.now)
    if each.misses <= 1:
        return gettext("missed %(day)s", day=day)
    if each.misses == 2:
        return gettext("missed %(day)s, 2nd time", day=day)
    return gettext("missed %(day)s, %(count)s times in all", day=day, count=each.misses)


def _intake(each: Referred, work: Work) -> str:
    intake = each.standing.intake
    return appointment_words(intake.appointment, work.now) if intake else ""


def _not_said(each: Referred, work: Work) -> str:
    return gettext("intake was %(when)s", when=_intake(each, work))


def _unknown(each: Referred, work: Work) -> str:
    return "; ".join([_silence(each, work), *_tried(each, work)])


def _silence(each: Referred, work: Work) -> str:
    standing = each.standing
    if standing.is_closed:
        day = past_day(standing.moved_at, work.now)
        if standing.status is Status.COMPLETED:
            return gettext("finished %(day)s, what came of it is not known", day=day)
        return gettext("ended early %(day)s, what came of it is not known", day=day)
    days = days_between(standing.heard_at, work.now)
    match standing.status, standing.mode:
        case Status.SENT, Mode.RECORDED:
            return ngettext(
                "recorded, nothing heard for %(num)s day",
                "recorded, nothing heard for %(num)s days",
                days,
            )
        case Status.WAITLISTED, _:
            return ngettext(
                "on the waiting list, nothing heard for %(num)s day",
                "on the waiting list, nothing heard for %(num)s days",
                days,
            )
        case Status.IN_SERVICE, _:
            return ngettext(
                "started, nothing heard for %(num)s day",
                "started, nothing heard for %(num)s days",
                days,
            )
    return ngettext(
        "accepted, nothing heard for %(num)s day",
        "accepted, nothing heard for %(num)s days",
        days,
    )


def _draft(each: Referred, work: Work) -> str:
    days = days_between(each.standing.created_at, work.now)
    return ngettext("begun %(num)s day ago", "begun %(num)s days ago", days)


def _lateness(each: Referred, work: Work) -> Lateness | None:
    due, calendar = each.standing.answer_due_at, work.calendars.get(each.listing_number)
    if due is None or calendar is None:
        return None
    return lateness(due, work.now, each.urgency, calendar)


_WRONG: Final[Mapping[Section, Callable[[Referred, Work], str]]] = {
    Section.ASKED: _asked,
    Section.OFFERED: _offered,
    Section.WROTE: _wrote,
    Section.LATE: _late,
    Section.NO_NEXT_STEP: _no_next_step,
    Section.MISSED: _missed,
    Section.INTAKE: _intake,
    Section.NOT_SAID: _not_said,
    Section.UNKNOWN: _unknown,
    Section.DRAFTS: _draft,
}
