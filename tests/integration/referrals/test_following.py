"""Answers, words of others, and who may see what."""

from dataclasses import fields, replace
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.clients.models import Assignment
from resourcedir.db import writing
from resourcedir.errors import BadInput, DomainError, NotFound, StaleRecord, TransitionNotAllowed
from resourcedir.portal import queries as portal
from resourcedir.referrals import commands, queries
from resourcedir.referrals.commands import Asked, Said, Wanted
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status, Step, WordOf
from resourcedir.referrals.models import Outcome, Referral, ReferralEvent
from tests.integration.referrals.conftest import NOON, TODAY, by


def test_a_provider_answers_and_the_officer_sees_it(world):
    referral = world.opened()
    world.step(referral, world.provider, Action.ACCEPT, note="Come Monday")
    world.step(referral, world.provider, Action.START)
    world.step(referral, world.provider, Action.COMPLETE, result=Result.GOT_HELP)

    detail = queries.referral_detail(world.session, world.officer.identity, referral.id, TODAY)

    assert detail.state.status is Status.COMPLETED
    assert [event.note for event in detail.events if event.note] == ["Come Monday"]
    assert detail.said[WordOf.PROVIDER].result is Result.GOT_HELP


def test_the_second_of_two_people_is_told_what_the_first_did(world):
    referral = world.opened()
    seen = referral.version
    other = world.make.provider(world.organization)
    world.step(referral, world.provider, Action.ACCEPT)

    with pytest.raises(StaleRecord, match="accepted meanwhile"):
        commands.take_step(
            world.session,
            by(other),
            referral.id,
            Asked(version=seen, step=Step(Action.DECLINE, Reason.FULL)),
        )

    assert referral.status is Status.ACCEPTED


def test_a_double_click_on_an_answer_answers_once(world):
    referral = world.opened()
    asked = Asked(version=referral.version, step=Step(Action.DECLINE, Reason.FULL))

    for _ in range(2):
        commands.take_step(world.session, by(world.provider), referral.id, asked)
        world.session.commit()

    actions = world.session.scalars(select(ReferralEvent.action)).all()
    assert actions.count(Action.DECLINE) == 1


def test_opening_twice_shows_the_name_once(world):
    referral = world.opened()
    commands.open_by_provider(world.session, by(world.provider), referral.id)

    disclosed = select(func.count()).where(AuditRow.event == AuditEvent.REFERRAL_DISCLOSED)
    assert world.session.scalar(disclosed) == 1


def test_what_was_told_by_phone_stands_on_the_providers_word(world):
    referral = world.sent()
    asked = Asked(version=referral.version, step=Step(Action.ACCEPT))

    commands.told_by_phone(world.session, by(world.officer), referral.id, asked)

    last = world.session.scalars(
        select(ReferralEvent).order_by(ReferralEvent.sequence.desc())
    ).first()
    assert (last.word_of, last.by_user_id) == (WordOf.PROVIDER, world.officer.id)
    assert (
        portal.sent_referral(world.session, world.provider.identity, referral.id, TODAY).packet
        is None
    )


def test_only_what_can_be_told_is_told(world):
    referral = world.sent()
    asked = Asked(version=referral.version, step=Step(Action.WITHDRAW, Reason.MISTAKE))

    with pytest.raises(TransitionNotAllowed, match="somebody tells"):
        commands.told_by_phone(world.session, by(world.officer), referral.id, asked)


def test_the_clients_word_moves_a_recorded_referral_but_not_a_live_one(world):
    step = Step(Action.COMPLETE, result=Result.PARTLY)
    recorded, live = world.sent(Mode.RECORDED), world.sent()
    accepted = Step(Action.ACCEPT)

    commands.told_by_phone(
        world.session,
        by(world.officer),
        recorded.id,
        Asked(version=recorded.version, step=step, word_of=WordOf.CLIENT),
    )
    with pytest.raises(TransitionNotAllowed, match="who says so"):
        commands.told_by_phone(
            world.session,
            by(world.officer),
            live.id,
            Asked(version=live.version, step=accepted, word_of=WordOf.CLIENT),
        )

    assert world.session.scalars(select(Outcome)).one().source is WordOf.CLIENT


def test_each_source_keeps_its_own_outcome_and_twice_the_same_is_once(world):
    referral = world.sent()
    said = Said(result=Result.GOT_HELP, source=WordOf.CLIENT, on_date=TODAY, note="went Monday")

    for _ in range(2):
        commands.record_outcome(world.session, by(world.officer), referral.id, said)
    commands.record_outcome(
        world.session,
        by(world.officer),
        referral.id,
        Said(result=Result.NOT_HELPED, source=WordOf.PROVIDER, on_date=TODAY),
    )
    world.session.commit()

    detail = queries.referral_detail(world.session, world.officer.identity, referral.id, TODAY)
    row = queries.own_referrals(world.session, world.officer.identity)[0]
    assert len(detail.outcomes) == 2
    assert detail.said[WordOf.CLIENT].note == "went Monday"
    assert row.result is Result.NOT_KNOWN


def test_an_outcome_is_neither_of_a_draft_nor_of_tomorrow(world):
    said = Said(result=Result.GOT_HELP, source=WordOf.CLIENT, on_date=TODAY + timedelta(days=1))

    with pytest.raises(TransitionNotAllowed):
        commands.record_outcome(world.session, by(world.officer), world.draft().id, said)
    with pytest.raises(BadInput, match="not yet"):
        commands.record_outcome(world.session, by(world.officer), world.sent().id, said)


# Who sees what


def test_the_inbox_holds_these_facts_and_no_name(world):
    referral = world.sent(note="Canary note")

    inbox = portal.provider_inbox(world.session, world.provider.identity)

    told = "id reference need listing_name state sent_at answer_due_at asked_again"
    told += " held_until_at"
    assert {field.name for field in fields(portal.InboxRow)} == set(told.split())
    assert [row.id for row in inbox.waiting] == [referral.id]
    assert inbox.waiting[0].need == "housing"
    assert not {"Tolliver", "Canary", "halfway"} & set(str(inbox).replace("'", " ").split())


def test_one_referral_shows_the_packet_only_after_it_was_opened(world):
    referral = world.sent()
    before = portal.sent_referral(world.session, world.provider.identity, referral.id, TODAY)
    commands.open_by_provider(world.session, by(world.provider), referral.id)
    after = portal.sent_referral(world.session, world.provider.identity, referral.id, TODAY)

    told = "id reference version need listing_name state sent_at packet events"
    told += " time_zone answer_due_at held_until_at place_in_line wait_days intake"
    assert {field.name for field in fields(portal.SentReferral)} == set(told.split())
    assert before.packet is None
    assert "Tolliver" not in str(before)
    assert after.packet.client_name == "Marcus Tolliver"
    assert "halfway" not in str(after)


@pytest.mark.parametrize("who", ["provider", "officer"])
def test_details_are_gone_once_somebody_said_no(world, who):
    referral = world.opened()
    if who == "provider":
        world.step(referral, world.provider, Action.DECLINE, reason=Reason.FULL)
    else:
        world.step(referral, world.officer, Action.WITHDRAW, reason=Reason.OTHER_PLACE)

    shown = portal.sent_referral(world.session, world.provider.identity, referral.id, TODAY)

    assert shown.packet is None
    assert "Tolliver" not in str(shown)


def test_why_an_officer_withdraws_is_not_told(world):
    referral = world.opened()
    world.step(referral, world.officer, Action.WITHDRAW, reason=Reason.MOVED, note="Canary note")

    shown = portal.sent_referral(world.session, world.provider.identity, referral.id, TODAY)

    assert [(each.action, each.reason) for each in shown.events][-1] == (Action.WITHDRAW, None)
    assert "Canary" not in str(shown)


@pytest.mark.parametrize("kind", ["draft", "recorded", "thrown away", "another's"])
def test_a_provider_learns_of_nothing_that_was_not_sent_to_it(world, kind):
    reader = world.provider
    match kind:
        case "draft":
            referral = world.ready()
        case "recorded":
            referral = world.sent(Mode.RECORDED)
        case "thrown away":
            referral = world.ready()
            world.step(referral, world.officer, Action.WITHDRAW, reason=Reason.MISTAKE)
        case _:
            referral = world.sent()
            reader = world.make.provider(world.make.organization().id)
    world.session.commit()

    inbox = portal.provider_inbox(world.session, reader.identity)
    assert not (inbox.waiting or inbox.going_on or inbox.ended)
    with pytest.raises(NotFound):
        portal.sent_referral(world.session, reader.identity, referral.id, TODAY)
    with pytest.raises(NotFound):
        commands.open_by_provider(world.session, by(reader), referral.id)
    asked = Asked(version=referral.version, step=Step(Action.ACCEPT))
    with pytest.raises(NotFound):
        commands.take_step(world.session, by(reader), referral.id, asked)


def people(world):
    make = world.make
    other_agency = make.team(make.agency())
    return {
        "an officer of the team": make.officer(),
        "an officer of another agency": make.officer(other_agency),
        "a supervisor of another team": make.supervisor(make.team()),
        "a supervisor of another agency": make.supervisor(other_agency),
        "an administrator": make.administrator(),
        "the provider": world.provider,
    }


def test_a_referral_is_not_there_for_anybody_else(world):
    referral = world.sent()

    for who, person in people(world).items():
        assert queries.own_referrals(world.session, person.identity) == (), who
        assert queries.client_referrals(world.session, person.identity, world.client) == (), who
        with pytest.raises(NotFound):
            queries.referral_detail(world.session, person.identity, referral.id, TODAY)


def test_who_moves_to_another_agency_leaves_the_referrals_behind(world):
    referral = world.sent()
    moved = replace(world.officer.identity, agency_id=world.make.agency().id)

    assert queries.own_referrals(world.session, moved) == ()
    with pytest.raises(NotFound):
        queries.referral_detail(world.session, moved, referral.id, TODAY)


def test_a_supervisor_reads_what_the_team_sent_and_no_draft(world):
    supervisor = world.make.supervisor()
    sent, draft = world.sent(), world.draft()
    world.session.commit()

    rows = queries.own_referrals(world.session, supervisor.identity)

    assert [row.id for row in rows] == [sent.id]
    assert not queries.referral_detail(world.session, supervisor.identity, sent.id, TODAY).may_act
    with pytest.raises(NotFound):
        queries.referral_detail(world.session, supervisor.identity, draft.id, TODAY)
    asked = Asked(version=sent.version, step=Step(Action.WITHDRAW, Reason.MISTAKE))
    with pytest.raises(NotFound):
        commands.take_step(world.session, by(supervisor), sent.id, asked)


def test_who_gets_the_client_gets_the_referral_and_who_made_it_only_reads(world):
    referral = world.sent()
    successor = world.make.officer()
    world.session.scalars(select(Assignment)).one().until_at = NOON
    world.session.flush()
    world.session.add(
        Assignment(
            client_id=world.client,
            officer_id=successor.id,
            from_at=NOON,
            assigned_by=successor.id,
        )
    )
    world.session.commit()
    withdraw = Asked(version=referral.version, step=Step(Action.WITHDRAW, Reason.MOVED))

    mine = queries.referral_detail(world.session, world.officer.identity, referral.id, TODAY)
    assert not mine.may_act
    with pytest.raises(NotFound):
        commands.take_step(world.session, by(world.officer), referral.id, withdraw)
    assert queries.referral_detail(world.session, successor.identity, referral.id, TODAY).may_act
    commands.take_step(world.session, by(successor), referral.id, withdraw)
    assert referral.status is Status.WITHDRAWN


# Two at once


def at_once(world, *tries):
    """Let each of ``tries`` act in a thread of its own at the same moment; return what came."""
    barrier, came = Barrier(len(tries)), []

    def run(act):
        with world.sessions() as session:
            barrier.wait()
            try:
                came.append(act(writing(session)))
                session.commit()
            except DomainError as error:
                came.append(type(error))

    threads = [Thread(target=run, args=(each,)) for each in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    world.session.rollback()
    world.session.expire_all()
    return came


def test_eight_clicks_at_once_make_one_referral(world):
    wanted = Wanted(world.client, world.listing, None, uuid4())
    world.session.rollback()

    came = at_once(
        world,
        *[lambda s: commands.start_draft(s, by(world.officer), wanted).id for _ in range(8)],
    )

    assert len(came) == 8
    assert len(set(came)) == 1
    assert world.session.scalar(select(func.count()).select_from(Referral)) == 1


def test_of_two_answers_at_once_one_holds_and_the_other_is_told(world):
    referral = world.opened()
    version, referral_id = referral.version, referral.id
    other = world.make.provider(world.organization)

    def answer(person, step):
        asked = Asked(version=version, step=step)
        return lambda s: commands.take_step(s, by(person), referral_id, asked).status

    came = at_once(
        world,
        answer(world.provider, Step(Action.ACCEPT)),
        answer(other, Step(Action.DECLINE, Reason.FULL)),
    )

    assert came.count(StaleRecord) == 1
    kept = world.session.get(Referral, referral_id).status
    assert kept in came
    assert world.session.scalar(select(func.count()).select_from(ReferralEvent)) == 3


def test_dates_of_outcomes_are_days_not_instants(world):
    referral = world.opened()
    world.step(referral, world.provider, Action.ACCEPT)
    asked = Asked(
        version=referral.version,
        step=Step(Action.END_EARLY, Reason.DID_NOT_COME, Result.NOT_HELPED),
        on_date=date(2026, 3, 11),
    )

    commands.take_step(world.session, by(world.provider), referral.id, asked)

    assert world.session.scalars(select(Outcome)).one().on_date == date(2026, 3, 11)


def test_nothing_came_of_a_referral_before_it_was_made(world):
    referral = world.opened()
    said = Said(result=Result.GOT_HELP, source=WordOf.CLIENT, on_date=date(1999, 1, 2))

    with pytest.raises(BadInput, match="before the referral"):
        commands.record_outcome(world.session, by(world.officer), referral.id, said)
