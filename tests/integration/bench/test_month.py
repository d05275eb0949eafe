"""A fortnight of the month that ``bench/month`` simulates, and whether its checks see anything."""

import sqlite3
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, select, update

from bench.month import live, say
from bench.simulating.databases import empty
from bench.simulating.figures import figures
from bench.simulating.month import Size, World
from bench.simulating.town import Many
from resourcedir.db import writing
from resourcedir.directory.models import ServiceCapacity
from resourcedir.referrals.due import DueKind, HoldEnding
from resourcedir.referrals.lifecycle import Action, Status
from resourcedir.referrals.models import OpeningHold, Referral, ReferralDue, ReferralEvent

FORTNIGHT = Size(
    24,
    Many(officers=2, clients=8, services=2),
    first=date(2026, 10, 30),
    refer_until=date(2026, 11, 3),
    last=date(2026, 11, 12),
)
SEED = 7


@pytest.fixture(scope="module")
def lived():
    """Give a world at its end, and what brings its database back to that."""
    with empty(None) as sessions:
        world = World(sessions, FORTNIGHT, SEED, follows_today=True)
        world.run()
        path = sessions.kw["bind"].url.database
        kept = sqlite3.connect(":memory:")
        with sqlite3.connect(path) as stored:
            stored.backup(kept)

        def restore():
            sessions.kw["bind"].dispose()
            with sqlite3.connect(path) as stored:
                kept.backup(stored)
            world.hands.faults.clear()

        yield SimpleNamespace(world=world, restore=restore, figures=figures(world))
        kept.close()


def held(ending: HoldEnding):
    return select(OpeningHold.id).where(OpeningHold.ending == ending).limit(1).scalar_subquery()


GOING_ON = select(Referral.id).where(Referral.status == Status.IN_SERVICE).limit(1)
COUNTED = select(ServiceCapacity.id).limit(1).scalar_subquery()
HARM = {
    "stands elsewhere": update(Referral)
    .where(Referral.id == GOING_ON.scalar_subquery())
    .values(status=Status.COMPLETED),
    "from draft": delete(ReferralEvent).where(ReferralEvent.action == Action.SEND),
    "openings are free": update(ServiceCapacity)
    .where(ServiceCapacity.id == COUNTED)
    .values(available=ServiceCapacity.available + 1),
    "which was over at": update(OpeningHold)
    .where(OpeningHold.id == held(HoldEnding.LAPSED))
    .values(ended_at=None, ending=None),
    "the worker did": delete(ReferralEvent).where(ReferralEvent.action == Action.REMIND),
}


def test_nothing_impossible_happens_in_a_fortnight(lived):
    found = lived.figures
    assert found.faults == []
    assert not found.refused
    assert found.left >= FORTNIGHT.referrals - 4
    assert found.rows
    assert found.clock["remind"] and found.holds["taken"] + found.holds["lapsed"]
    assert min(found.checked.values()) > 0


def test_the_same_seed_gives_the_same_figures(lived):
    again, _ = live(FORTNIGHT, SEED, follows_today=True)
    assert again == lived.figures


def test_nobody_follows_today_unasked_and_postgresql_does_as_well(postgresql):
    found, _ = live(FORTNIGHT, SEED, follows_today=False, server=postgresql)
    assert found.faults == []
    assert not found.rows


def test_a_month_without_harm_has_no_fault(lived):
    lived.restore()
    lived.world.checks.at_the_end()
    assert lived.world.checks.faults == []


@pytest.mark.parametrize("words", HARM)
def test_what_does_not_hold_is_found(lived, words):
    lived.restore()
    with lived.world.hands.sessions() as session:
        assert writing(session).execute(HARM[words]).rowcount > 0
        session.commit()
    lived.world.checks.at_the_end()
    assert any(words in fault for fault in lived.world.checks.faults)


def test_a_deadline_that_is_an_hour_off_is_found(lived):
    lived.restore()
    world = lived.world
    with world.hands.sessions() as session:
        kind = ReferralDue.kind == DueKind.REMIND
        row = writing(session).scalar(select(ReferralDue).where(kind))
        row.at += timedelta(hours=1)
        session.commit()
    world.checks.at_the_end()
    assert any("is due at" in fault for fault in world.checks.faults)


def test_what_is_left_undone_is_found(lived):
    lived.restore()
    world = lived.world
    with world.hands.sessions() as session:
        row = writing(session).scalar(select(ReferralDue).where(ReferralDue.done_at.is_not(None)))
        row.done_at = None
        session.commit()
    world.checks.at_the_end()
    assert any("is not done" in fault for fault in world.checks.faults)


def test_the_shares_are_printed_with_what_is_not_known(lived, capsys):
    say(FORTNIGHT.referrals, SEED, {"follows Today": (lived.figures, 1.0)}, 1.0)
    told = capsys.readouterr().out
    assert "outcome known" in told and "outcome not known" in told
