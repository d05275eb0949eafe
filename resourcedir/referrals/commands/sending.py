"""A referral leaves: what is told is frozen, word for word as the officer read it."""

from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Client, ContactBy
from resourcedir.directory.facts import ListingFacts, PlaceFact
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.identity import Officer
from resourcedir.referrals import ground, lifecycle, packet, queries
from resourcedir.referrals.commands.acting import By, add_event, is_done
from resourcedir.referrals.commands.drafting import is_clinical, offered, refuse_obstacle
from resourcedir.referrals.commands.following import end_replaced
from resourcedir.referrals.commands.holding import hold
from resourcedir.referrals.commands.planning import plan_answer
from resourcedir.referrals.lifecycle import Action, Mode, Step, WordOf
from resourcedir.referrals.models import Referral
from resourcedir.texts import N_


@dataclass(frozen=True, slots=True)
class Checked:
    """What the officer read before sending: which version, and which words."""

    version: int
    fingerprint: str


def preview(session: Session, by: By[Officer], referral_id: UUID) -> packet.Packet:
    """Return what would be told if the draft left now."""
    referral = queries.for_officer(session, by.who, referral_id)
    return _packet(session, referral, by, offered(session, referral.listing_number))


def send(session: Session, by: By[Officer], referral_id: UUID, checked: Checked) -> Referral:
    """Send the draft to the provider. The same page sent twice sends once.

    :raises BadInput: naming the mend, where nobody could answer or no ground is complete.
    :raises StaleRecord: if anything that would be told has changed since it was read.
    """
    return _leave(session, by, referral_id, checked, Action.SEND)


def record(session: Session, by: By[Officer], referral_id: UUID, checked: Checked) -> Referral:
    """Write down that the officer phoned or the client goes alone. No provider sees it.

    :raises StaleRecord: as ``send``.
    """
    return _leave(session, by, referral_id, checked, Action.RECORD)


def _leave(
    session: Session, by: By[Officer], referral_id: UUID, checked: Checked, action: Action
) -> Referral:
    referral = queries.for_officer(session, by.who, referral_id)
    step = Step(action)
    if is_done(session, referral, by, checked.version, step):
        return referral
    status = lifecycle.step(queries.state_of(referral), by.who.role, step)
    facts = offered(session, referral.listing_number)
    if referral.mode is Mode.LIVE:
        refuse_obstacle(queries.obstacle(session, facts, by.at))
        ground.check(queries.given_of(referral), by.today)
    told = _packet(session, referral, by, facts)
    if told.fingerprint() != checked.fingerprint:
        raise StaleRecord(N_("What would be told has changed since you read it. Read it again."))
    referral.organization_id = facts.organization_id  # whose it is now, not when it was drafted
    referral.clinical = is_clinical(facts, referral.need_code)
    referral.packet = told.to_json()
    referral.status = status
    referral.sent_at = by.at
    session.flush()
    add_event(session, referral, by, step, WordOf.OFFICER)
    if referral.mode is Mode.LIVE and referral.wants_hold:
        hold(session, referral, facts, by.at)
    plan_answer(session, referral, by.at)
    if referral.instead_of_id is not None:
        end_replaced(session, by, referral.instead_of_id)
    return referral


def _packet(
    session: Session, referral: Referral, by: By[Officer], facts: ListingFacts
) -> packet.Packet:
    client = session.get_one(Client, referral.client_id)
    officer = session.get_one(User, by.who.user_id)
    if not client.name:
        raise BadInput(N_("The client has no name on record: add it first."))
    contact_by = reachable(client, referral.contact_by)
    return packet.Packet(
        client_name=client.name,
        initials=packet.initials(client.name),
        birth_year=client.birth_year,
        contact_by=contact_by,
        contact_phone="" if contact_by is ContactBy.OFFICER else client.phone,
        leave_no_message=client.leave_no_message and contact_by is not ContactBy.OFFICER,
        need=packet.broad_need(referral.need_code),
        officer_name=officer.name,
        officer_phone=officer.phone or "",
        note=referral.note,
        listing_name=facts.name,
        organization=facts.organization,
        place=() if facts.place is None or facts.confidential else _place_words(facts.place),
        confidential=facts.confidential,
        listing_phone=facts.main_phone,
        made_at=by.at,
    )


def reachable(client: Client, chosen: ContactBy | None) -> ContactBy:
    """Return how the provider may reach the client: never more than the client allows."""
    if client.do_not_contact or not client.phone:
        return ContactBy.OFFICER
    wish = client.contact_by
    match chosen:
        case None:
            return wish
        case ContactBy.OFFICER:
            return ContactBy.OFFICER
        case ContactBy.CALL | ContactBy.TEXT:
            return ContactBy.OFFICER if wish is ContactBy.OFFICER else chosen
        case _:
            assert_never(chosen)


def _place_words(place: PlaceFact) -> tuple[str, ...]:
    lines = (
        place.name,
        ", ".join(part for part in (place.address_1, place.address_2) if part),
        f"{place.city}, {place.state} {place.zip}",
    )
    return tuple(line for line in lines if line)
