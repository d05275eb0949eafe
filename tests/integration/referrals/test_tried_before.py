"""Which places a client was referred to before, so that another one is looked for."""

from resourcedir.referrals import commands, queries
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status
from tests.integration.referrals.conftest import World, by

NEED = "halfway-house"


def tried(world: World, person=None, need: str | None = NEED):
    scope = (person or world.officer).identity
    return queries.tried_before(world.session, scope, world.client, need)


def place(world: World, action: Action | None = None, **more: object) -> int:
    """Refer the client to a new place, and let the officer record what came of it."""
    world.listing = world.make.listing(name="House", terms=(NEED,))
    referral = world.sent(Mode.RECORDED)
    if action is not None:
        world.step(referral, world.officer, action, **more)
    return world.listing


def test_what_came_to_nothing_or_is_open_was_tried(world: World) -> None:
    declined = place(world, Action.DECLINE, reason=Reason.FULL)
    missed = place(world, Action.MISS)
    withdrawn = place(world, Action.WITHDRAW, reason=Reason.OTHER_PLACE)
    left = place(world, Action.END_EARLY, reason=Reason.MOVED, result=Result.PARTLY)
    waits = place(world)
    place(world, Action.COMPLETE, result=Result.GOT_HELP)
    place(world, Action.ERROR, note="It was about somebody else.")
    world.listing = world.make.listing(name="House", terms=(NEED,))
    world.ready(Mode.RECORDED)
    world.session.commit()
    assert tried(world) == {
        declined: Status.DECLINED,
        missed: Status.NO_SHOW,
        withdrawn: Status.WITHDRAWN,
        left: Status.ENDED_EARLY,
        waits: Status.SENT,
    }
    assert tried(world, need="legal-aid") == tried(world, need=None) == {}


def test_of_several_referrals_to_one_place_the_open_one_is_told(world: World) -> None:
    first, second = world.sent(Mode.RECORDED), world.sent(Mode.RECORDED)
    world.step(second, world.officer, Action.DECLINE, reason=Reason.FULL)
    assert tried(world) == {world.listing: Status.SENT}
    world.step(first, world.officer, Action.WITHDRAW, reason=Reason.OTHER_PLACE)
    assert tried(world)[world.listing] in {Status.DECLINED, Status.WITHDRAWN}


def test_nobody_learns_of_it_but_who_has_the_client(world: World) -> None:
    referral = world.sent()
    commands.open_by_provider(world.session, by(world.provider), referral.id)
    world.session.commit()
    assert tried(world) == {world.listing: Status.SENT}
    stranger = world.make.officer(world.make.team(world.make.agency()))
    for person in (stranger, world.make.officer(), world.provider):
        assert tried(world, person) == {}
