"""The room's words in the reader's language, for templates."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup

from resourcedir.identity import Role
from resourcedir.referrals import lifecycle, wording
from resourcedir.referrals.appointments import Conflict
from resourcedir.referrals.deadlines import Lateness, Urgency
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import (
    Absence,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    Transition,
    WordOf,
)
from resourcedir.referrals.outcomes import Milestone
from resourcedir.referrals.packet import Packet, broad_need
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.web.formats import clock_time, date_words, moment_words


def say(text: str, **values: object) -> str:
    """Return marked words in the reader's language."""
    words: str = gettext(text, **values)
    return words


def need_words(code: str | None) -> str:
    """Return the name of a need; "not said" for none."""
    term = taxonomy().get(code or "")
    return term.name(language()) if term else say(wording.NOT_SAID)


def language() -> str:
    """Return "es" or "en"."""
    return str(get_locale() or "en")[:2]


def place_words(code: str | None) -> str:
    """Return "the house", "the clinic" ... by the kind of need."""
    return say(wording.place_word(broad_need(code)))


def next_words(state: State, need: str | None) -> str:
    return say(wording.next_step(state), place=place_words(need))


def status_words(state: State) -> str:
    return say(wording.status_label(state.status, state.mode))


def tried_words(status: str) -> str:
    """Return what came of an earlier referral, given a status as a search for a client keeps it."""
    return say(wording.status_label(Status(status), Mode.LIVE))


def portal_status_words(state: State) -> str:
    return say(wording.PORTAL_STATUSES[state.status])


def state_sentence(state: State) -> str:
    return say(wording.sentence(state))


def provider_action_words(action: Action) -> str:
    return say(wording.PROVIDER_ACTIONS[action])


def officer_action_words(action: Action) -> str:
    return say(wording.OFFICER_ACTIONS[action])


def reason_words(reason: Reason | None) -> str:
    return say(wording.REASONS[reason]) if reason else ""


def result_words(result: Result | None) -> str:
    return say(wording.RESULTS[result or Result.NOT_KNOWN])


def said_by_words(source: WordOf) -> str:
    return say(wording.SAID_BY[source])


def event_words(action: Action, reason: Reason | None = None) -> str:
    """Return one line of the timeline: "Declined: no room"."""
    words = say(wording.EVENTS[action])
    if reason is None:
        return words
    return f"{words}: {reason_words(reason)}"


def event_detail(at: datetime, *others: str) -> str:
    """Return when and who: "Mar 11, 2026, 2:15 pm · D. Whitaker"."""
    return " · ".join((moment_words(at), *(each for each in others if each)))


def packet_rows(packet: Packet) -> list[tuple[str, str]]:
    """Return what the provider reads, word for word, as terms and values."""
    born = packet.birth_year or gettext("not known")
    return [
        (gettext("Person"), packet.client_name),
        (gettext("Born"), born),
        (gettext("Needs"), need_words(packet.need)),
        (gettext("How to reach"), _contact_words(packet)),
        (gettext("For"), f"{packet.listing_name} · {packet.organization}"),
        (gettext("Officer"), _listed(packet.officer_name, _unbroken(packet.officer_phone))),
        (gettext("Note"), packet.note or gettext("none")),
    ]


def _contact_words(packet: Packet) -> str:
    words = say(wording.CONTACTS[packet.contact_by])
    warning = gettext("leave no message") if packet.leave_no_message else ""
    return _listed(words, _unbroken(packet.contact_phone), warning)


def _listed(*parts: str) -> str:
    return Markup(", ").join(part for part in parts if part)


def _unbroken(number: str) -> str:
    """Return a number that stays on one line."""
    return Markup('<span class="rd-nowrap">{}</span>').format(number) if number else ""


def ground_rows(given: Given) -> list[tuple[str, str]]:
    """Return why details may be sent, as terms and values; for the officer's side alone."""
    if given.ground is None:
        return [(gettext("Ground"), gettext("not said yet"))]
    rows = [(gettext("Ground"), say(wording.GROUNDS[given.ground]))]
    if given.from_on and given.until_on:
        rows.append((gettext("Signed"), date_words(given.from_on)))
        rows.append((gettext("Until"), date_words(given.until_on)))
    if given.detail:
        label = given.ground is Ground.CLIENT_WORD
        rows.append((gettext("Witness") if label else gettext("Condition"), given.detail))
    return rows


def may_open(state: State) -> bool:
    """Say whether the provider may open it now."""
    return any(each.action is Action.OPEN for each in lifecycle.choices(state, Role.PROVIDER))


def mode_words(mode: Mode) -> str:
    return say(wording.MODES[mode])


def urgency_words(urgency: Urgency) -> str:
    return say(wording.URGENCIES[urgency])


def milestone_words(milestone: Milestone | None) -> str:
    return say(wording.MILESTONES[milestone]) if milestone else ""


def absence_words(absence: Absence | None) -> str:
    return say(wording.ABSENCES[absence]) if absence else gettext("Not said yet")


def late_words(late: Lateness) -> str:
    """Return "2 working days late", "5 hours late"."""
    if late.working_days:
        words = ngettext("%(num)s working day late", "%(num)s working days late", late.working_days)
    elif late.hours:
        words = ngettext("%(num)s hour late", "%(num)s hours late", late.hours)
    else:
        words = gettext("less than an hour late")
    return str(words)


def place_moment_words(instant: datetime, time_zone: str) -> str:
    """Return date and time on the clock of a place, with its zone: "Mar 11, 2026, 2:15 pm EDT"."""
    local = instant.astimezone(ZoneInfo(time_zone))
    return str(
        gettext(
            "%(date)s, %(time)s %(zone)s",
            date=date_words(local.date()),
            time=clock_time(local.time()),
            zone=local.tzname() or "",
        )
    )


def conflict_words(conflict: Conflict, time_zone: str) -> str:
    """Return what else the client has to do then, and when."""
    zone = ZoneInfo(time_zone)
    begins, ends = (each.astimezone(zone).time() for each in (conflict.begins, conflict.ends))
    return say(
        wording.CONFLICTS[conflict.kind],
        reference=conflict.reference,
        begins=clock_time(begins),
        ends=clock_time(ends),
    )


def one_press(transition: Transition, state: State) -> bool:
    """Say whether the provider takes a step by one press, without a form."""
    return lifecycle.asks(transition, state, Role.PROVIDER).nothing


TEMPLATE_WORDS: Final[Mapping[str, Callable[..., object]]] = {
    each.__name__: each
    for each in (
        need_words,
        place_words,
        next_words,
        status_words,
        tried_words,
        portal_status_words,
        state_sentence,
        provider_action_words,
        officer_action_words,
        reason_words,
        result_words,
        said_by_words,
        event_words,
        event_detail,
        packet_rows,
        mode_words,
        ground_rows,
        may_open,
        urgency_words,
        milestone_words,
        absence_words,
        late_words,
        place_moment_words,
        conflict_words,
        one_press,
    )
}

# What a list is grouped by, in the order in which an officer works through it.
_GROUPS: Final = (
    (wording.GROUP_DRAFT, frozenset({Status.DRAFT})),
    (wording.GROUP_WAITING, lifecycle.UNANSWERED | {Status.WAITLISTED}),
    (
        wording.GROUP_GOING_ON,
        lifecycle.UNDER_WAY - lifecycle.UNANSWERED - {Status.WAITLISTED},
    ),
    (wording.GROUP_ENDED, lifecycle.CLOSED),
)


def groups() -> list[tuple[str, frozenset[Status]]]:
    """Return the headings of a list of referrals, and the statuses under each."""
    return [(say(words), statuses) for words, statuses in _GROUPS]
