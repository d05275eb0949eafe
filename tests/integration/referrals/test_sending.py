"""A referral is made once, and leaves only as it was read."""

from dataclasses import asdict
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resourcedir.accounts.models import User
from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.clients.models import Client, ContactBy
from resourcedir.directory.models import Listing, Service, ServiceStatus
from resourcedir.errors import BadInput, NotAllowed, NotFound, StaleRecord
from resourcedir.referrals import commands, queries
from resourcedir.referrals.commands import Wanted
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Action, Mode, Status
from resourcedir.referrals.models import Referral, ReferralEvent
from resourcedir.referrals.packet import Packet
from tests.integration.referrals.conftest import NOON, TODAY, by


def count(world, table):
    return world.session.scalar(select(func.count()).select_from(table))


def test_the_same_form_twice_makes_one_referral(world):
    token = uuid4()

    first = world.draft(token)
    world.session.commit()

    assert world.draft(token).id == first.id
    assert count(world, Referral) == 1


def test_one_page_of_results_can_refer_to_two_places(world):
    token = uuid4()
    other = world.make.listing(name="Other House")

    assert world.draft(token).id != world.draft(token, other).id


def test_a_reference_that_is_taken_is_drawn_again(world, monkeypatch):
    drawn = iter(["R-222222", "R-222222", "R-333333"])
    monkeypatch.setattr(commands.drafting, "new_reference", lambda: next(drawn))

    assert world.draft().reference == "R-222222"
    assert world.draft().reference == "R-333333"


def test_an_officer_cannot_refer_a_client_of_another(world):
    stranger = world.make.officer()
    wanted = Wanted(world.client, world.listing, None, uuid4())

    with pytest.raises(NotFound):
        commands.start_draft(world.session, by(stranger), wanted)


def test_nobody_is_referred_to_a_place_that_is_no_longer_offered(world):
    referral = world.ready()
    checked = world.checked(referral)
    world.session.get(Listing, world.listing).withdrawn_at = NOON
    world.session.commit()

    with pytest.raises(BadInput, match="no longer offered"):
        world.draft()
    with pytest.raises(BadInput, match="no longer offered"):
        commands.send(world.session, by(world.officer), referral.id, checked)


def test_an_unknown_need_is_refused(world):
    with pytest.raises(BadInput, match="need"):
        world.draft(need="no-such-term")


def test_sending_twice_from_one_page_sends_once(world):
    referral = world.ready()
    checked = world.checked(referral)

    for _ in range(2):
        commands.send(world.session, by(world.officer), referral.id, checked)
        world.session.commit()

    assert referral.status is Status.SENT
    assert count(world, ReferralEvent) == 1


@pytest.mark.parametrize(
    "given",
    [
        Given(),
        Given(Ground.SIGNED_RELEASE, date(2025, 1, 1), date(2026, 3, 11)),
        Given(Ground.CLIENT_WORD),
    ],
)
def test_nothing_is_sent_without_a_complete_ground(world, given):
    referral = world.ready(given=given)

    with pytest.raises(BadInput):
        commands.send(world.session, by(world.officer), referral.id, world.checked(referral))

    assert referral.status is Status.DRAFT
    assert referral.packet == ""


def test_it_is_sent_only_where_somebody_can_answer(world):
    referral = world.ready()
    checked = world.checked(referral)
    world.session.get(User, world.provider.id).disabled_at = NOON
    world.session.commit()

    with pytest.raises(BadInput, match="Nobody of this provider"):
        commands.send(world.session, by(world.officer), referral.id, checked)
    with pytest.raises(BadInput, match="Nobody of this provider"):
        commands.choose_mode(world.session, by(world.officer), world.draft().id, Mode.LIVE)


def test_a_closed_place_may_be_recorded_but_not_sent_to(world):
    closed = world.make.listing(name="Shut House", status=ServiceStatus.TEMPORARILY_CLOSED)
    referral = world.draft(listing=closed)

    with pytest.raises(BadInput, match="closed for now"):
        commands.choose_mode(world.session, by(world.officer), referral.id, Mode.LIVE)
    commands.choose_mode(world.session, by(world.officer), referral.id, Mode.RECORDED)
    commands.record(world.session, by(world.officer), referral.id, world.checked(referral))

    assert referral.status is Status.SENT


def test_a_draft_that_was_to_be_recorded_is_never_sent(world):
    referral = world.ready(Mode.RECORDED)

    with pytest.raises(NotAllowed):
        commands.send(world.session, by(world.officer), referral.id, world.checked(referral))


def test_only_the_words_that_were_read_are_sent(world):
    referral = world.ready()
    checked = world.checked(referral)
    world.session.get(Client, world.client).phone = "423-555-0199"
    world.session.commit()

    with pytest.raises(StaleRecord, match="changed since you read it"):
        commands.send(world.session, by(world.officer), referral.id, checked)


def test_what_was_sent_stays_as_it_was_when_client_and_place_change(world):
    referral = world.sent()
    before = referral.packet
    client = world.session.get(Client, world.client)
    client.name, client.phone = "Somebody Else", "423-555-0199"
    world.session.scalars(select(Service)).first().name = "Renamed House"
    world.session.commit()

    detail = queries.referral_detail(world.session, world.officer.identity, referral.id, TODAY)

    assert referral.packet == before
    assert detail.packet.client_name == "Marcus Tolliver"
    assert detail.packet.listing_name == "Riverbend House"


def test_the_packet_tells_the_broad_need_and_no_more(world):
    referral = world.sent()

    packet = Packet.from_json(referral.packet)

    assert packet.need == "housing"
    assert "halfway" not in referral.packet
    assert "37404" not in str({**asdict(packet), "place": ""}), "the home ZIP stays here"
    assert "release" not in referral.packet


@pytest.mark.parametrize(
    ("wish", "chosen", "no_contact", "told"),
    [
        (ContactBy.CALL, None, False, "call"),
        (ContactBy.CALL, ContactBy.TEXT, False, "text"),
        (ContactBy.CALL, ContactBy.OFFICER, False, "officer"),
        (ContactBy.OFFICER, ContactBy.CALL, False, "officer"),
        (ContactBy.CALL, ContactBy.CALL, True, "officer"),
    ],
)
def test_a_provider_is_never_told_more_contact_than_the_client_allows(
    world, wish, chosen, no_contact, told
):
    client = world.session.get(Client, world.client)
    client.contact_by, client.do_not_contact, client.leave_no_message = wish, no_contact, True
    referral = world.draft()
    referral.contact_by = chosen
    world.session.flush()

    packet = commands.preview(world.session, by(world.officer), referral.id)

    assert packet.contact_by == told
    assert bool(packet.contact_phone) is (told != "officer")
    assert packet.leave_no_message is (told != "officer")


def test_the_address_of_a_confidential_place_is_in_no_packet(world):
    hidden = world.make.listing(
        name="Harbor", confidential="77 Secret Canary Lane, Chattanooga", area="TN/Hamilton"
    )
    referral = world.draft(listing=hidden)

    packet = commands.preview(world.session, by(world.officer), referral.id)

    assert packet.confidential
    assert packet.place == ()
    assert "Canary" not in packet.to_json()


def test_what_is_personal_is_sealed_in_the_file_and_absent_from_the_audit(world):
    referral = world.sent(note="Canary note")

    row = world.session.execute(
        select(
            Referral.__table__.c.note_sealed,
            Referral.__table__.c.packet_sealed,
        )
    ).one()
    audit = [str(vars(each)) for each in world.session.scalars(select(AuditRow))]

    assert all(b"Canary" not in blob and b"Tolliver" not in blob for blob in row)
    for word in ("Tolliver", "Canary", "halfway", "423-555-0177"):
        assert not [line for line in audit if word in line]
    assert AuditEvent.REFERRAL_CHANGED.value in "".join(audit)
    assert str(referral.id) in "".join(audit)


def test_a_release_that_has_ended_keeps_the_name_from_being_opened(world):
    referral = world.sent()
    late = commands.By(
        who=world.provider.identity,
        at=NOON + timedelta(days=300),
        today=date(2027, 1, 6),
        address=None,
    )

    with pytest.raises(Exception, match="permission has ended"):
        commands.open_by_provider(world.session, late, referral.id)

    assert referral.opened_at is None


def test_every_event_is_numbered_and_kept(world):
    referral = world.opened()
    world.step(referral, world.provider, Action.ACCEPT)
    world.step(referral, world.provider, Action.START)

    events = world.session.scalars(select(ReferralEvent).order_by(ReferralEvent.sequence)).all()

    assert [(e.sequence, e.action) for e in events] == [
        (1, Action.SEND),
        (2, Action.OPEN),
        (3, Action.ACCEPT),
        (4, Action.START),
    ]
