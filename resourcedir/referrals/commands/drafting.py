"""A referral before it leaves: started, how it shall go, what it shall say."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from resourcedir.audit.commands import AuditEvent
from resourcedir.clients.models import ContactBy
from resourcedir.db import violated
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadInput, NotFound, StaleRecord, TransitionNotAllowed
from resourcedir.identity import Officer
from resourcedir.referrals import queries
from resourcedir.referrals.commands.acting import By, audit
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import NOTE_MAX_LENGTH, Mode, Status
from resourcedir.referrals.models import Referral
from resourcedir.referrals.packet import broad_need
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.texts import N_

_ALPHABET: Final = "23456789CFGHJKMPQRVWX"  # no letter or digit that sounds or looks like another
_REFERENCE_LENGTH: Final = 6  # 86 million; a number that is taken is drawn again
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A client, a listing, a need, and the token of the form that asks.

    ``instead_of``: the referral that came to nothing; what was said in it is carried over.
    """

    client_id: UUID
    listing_number: int
    need_code: str | None
    form_token: UUID
    instead_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the officer says in a draft. ``version``: of the draft as it was read."""

    version: int
    need_code: str | None
    contact_by: ContactBy | None
    note: str
    given: Given
    urgency: Urgency = Urgency.ROUTINE
    wants_hold: bool = False
    report_until_on: date | None = None


_TAKEN: Final = frozenset({"uq_referral_form_token", "uq_referral_reference"})


def start_draft(session: Session, by: By[Officer], wanted: Wanted) -> Referral:
    """Return a new draft, or the one that the same form has made already.

    :raises NotFound: if the client is not this officer's, or there is no such listing.
    :raises BadInput: if the listing is no longer offered, or the need is no term.
    """
    client = queries.client_to_refer(session, by.who, wanted.client_id)
    facts = offered(session, wanted.listing_number)
    _check_need(wanted.need_code)
    # One page of results has one token and many places to refer to.
    token = uuid5(wanted.form_token, f"{by.who.user_id} {client.id} {facts.number}")
    for _ in range(_TRIES):
        if made := session.scalar(select(Referral).where(Referral.form_token == token)):
            return made
        referral = Referral(
            reference=new_reference(),
            form_token=token,
            agency_id=by.who.agency_id,
            client_id=client.id,
            officer_id=by.who.user_id,
            listing_number=facts.number,
            organization_id=facts.organization_id,
            need_code=wanted.need_code,
            urgency=Urgency.ROUTINE,
            clinical=is_clinical(facts, wanted.need_code),
            status=Status.DRAFT,
            created_at=by.at,
        )
        try:
            with session.begin_nested():
                session.add(referral)
                if wanted.instead_of is not None:
                    carry_over(session, by, wanted.instead_of, referral)
        except IntegrityError as error:
            if violated(error) not in _TAKEN:
                raise
            continue  # the same form at the same time, or a reference that is taken: look again
        audit(session, referral.id, by, AuditEvent.REFERRAL_CHANGED)
        return referral
    raise StaleRecord(N_("This form was already used. Start again from the search."))


def choose_mode(session: Session, by: By[Officer], referral_id: UUID, mode: Mode) -> Referral:
    """Say how the draft shall go, before anything is entered.

    :raises BadInput: for live where nobody of the provider's could answer.
    """
    referral = draft(session, by, referral_id)
    facts = offered(session, referral.listing_number)
    if mode is Mode.LIVE:
        refuse_obstacle(queries.obstacle(session, facts, by.at))
    referral.mode = mode
    session.flush()
    return referral


def save_details(
    session: Session, by: By[Officer], referral_id: UUID, details: Details
) -> Referral:
    """Keep what the officer entered. Whether it is enough to be sent is checked at sending.

    :raises StaleRecord: if the draft was changed after it was read.
    :raises BadInput: for a note that is too long or a need that is no term.
    """
    referral = draft(session, by, referral_id)
    if referral.version != details.version:
        raise StaleRecord(N_("This draft was changed meanwhile. Read it again."))
    if len(details.note) > NOTE_MAX_LENGTH:
        raise BadInput(N_("Shorten the note to 500 characters."))
    _check_need(details.need_code)
    referral.need_code = details.need_code
    referral.contact_by = details.contact_by
    referral.note = details.note.strip()
    referral.ground = details.given.ground
    referral.release_from_on = details.given.from_on
    referral.release_until_on = details.given.until_on
    referral.ground_detail = details.given.detail.strip()
    referral.urgency = details.urgency
    referral.wants_hold = details.wants_hold
    referral.report_until_on = details.report_until_on
    session.flush()
    return referral


def is_clinical(facts: ListingFacts, need_code: str | None) -> bool:
    """Say whether it is treatment that somebody is sent to, whatever else is given there."""
    return any(broad_need(code) == "treatment" for code in (*facts.terms, need_code))


def carry_over(session: Session, by: By[Officer], from_id: UUID, to: Referral) -> None:
    """Say in a new draft what was said in the referral that it replaces.

    :raises NotFound: if that is not this officer's, or is about somebody else.
    """
    last = queries.for_officer(session, by.who, from_id)
    if last.client_id != to.client_id:
        raise NotFound
    to.instead_of_id = last.id
    same = to.organization_id == last.organization_id or last.ground is Ground.CONDITION
    to.need_code = to.need_code or last.need_code
    to.urgency = last.urgency
    to.contact_by = last.contact_by
    # A release and a client's word are for one recipient (42 CFR 2.31): asked again of another.
    to.ground = last.ground if same else None
    to.release_from_on, to.release_until_on = last.release_from_on, last.release_until_on
    to.note = last.note
    to.ground_detail = last.ground_detail


def draft(session: Session, by: By[Officer], referral_id: UUID) -> Referral:
    """Return the draft, locked.

    :raises TransitionNotAllowed: if it has left already.
    """
    referral = queries.for_officer(session, by.who, referral_id)
    if referral.status is not Status.DRAFT:
        raise TransitionNotAllowed(N_("This referral is no draft any more."))
    return referral


def offered(session: Session, listing_number: int) -> ListingFacts:
    """Return the listing that somebody is to be referred to.

    :raises NotFound: if there is none.
    :raises BadInput: if it is no longer offered.
    """
    facts = listing_facts(session, [listing_number]).get(listing_number)
    if facts is None:
        raise NotFound
    if facts.withdrawn:
        raise BadInput(N_("This place is no longer offered: choose another one."))
    return facts


def refuse_obstacle(found: queries.Obstacle | None) -> None:
    """:raises BadInput: naming what keeps a referral from being sent in the app."""
    match found:
        case queries.Obstacle.NO_STAFF:
            raise BadInput(
                N_("Nobody of this provider can sign in: call them, then record the referral.")
            )
        case queries.Obstacle.CLOSED_NOW:
            raise BadInput(N_("This place is closed for now: call first, or choose another one."))
        case queries.Obstacle.APPLICATIONS_CLOSED:
            raise BadInput(N_("The last day to apply is over: call first, or choose another one."))
        case None:
            return


def new_reference() -> str:
    """Return a reference that can be said on the phone and tells nothing of how many there are."""
    return "R-" + "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LENGTH))


def _check_need(code: str | None) -> None:
    if code is not None and code not in taxonomy():
        raise BadInput(N_("Choose a need from the list."))
