"""What came of the referrals to a listing: what counts, what does not, and that it is kept."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from resourcedir.db import writing
from resourcedir.directory.facts import RecordFact
from resourcedir.directory.models import TrackRecord
from resourcedir.directory.queries import listing_facts
from resourcedir.outbox.models import Change
from resourcedir.outbox.queries import last_change
from resourcedir.referrals import commands, queries
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result
from resourcedir.referrals.models import ReferralDue
from tests.integration.referrals.conftest import NOON, World

LATER = NOON + timedelta(days=60)  # longer than any answer is waited for
INTAKE = Appointment(NOON + timedelta(days=1), 60, "America/New_York")
EARLIER = Appointment(NOON - timedelta(hours=3), 60, "America/New_York")
NONE = None
SILENT = RecordFact(1, 0, 0, 0, 0)
ANSWERED = RecordFact(1, 1, 0, 0, 0)
ACCEPTED = RecordFact(1, 1, 1, 0, 0)
STARTED = RecordFact(1, 1, 1, 1, 0)
COMPLETED = RecordFact(1, 1, 1, 1, 1)


class Story:
    """One referral that has left, and what people and time do with it."""

    def __init__(self, world: World, mode: Mode = Mode.LIVE) -> None:
        self.world = world
        self.referral = world.opened() if mode is Mode.LIVE else world.sent(mode)

    def provider(self, action: Action, **more: object) -> "Story":
        self.world.step(self.referral, self.world.provider, action, **more)
        return self

    def officer(self, action: Action, **more: object) -> "Story":
        self.world.step(self.referral, self.world.officer, action, **more)
        return self

    def let(self, *kinds: DueKind) -> "Story":
        """Let what is due of ``kinds`` be done at its time."""
        session = self.world.session
        rows = select(ReferralDue.id, ReferralDue.at).where(
            ReferralDue.referral_id == self.referral.id, ReferralDue.kind.in_(kinds)
        )
        for due_id, at in session.execute(rows.order_by(ReferralDue.at)).all():
            assert commands.do_due(session, due_id, at)
        session.commit()
        return self


def declined(reason: Reason) -> Callable[[Story], object]:
    return lambda s: s.provider(Action.DECLINE, reason=reason)


def accepted(story: Story) -> Story:
    return story.provider(Action.ACCEPT)


STORIES: dict[str, tuple[Callable[[Story], object], RecordFact | None]] = {
    "accepted": (accepted, ACCEPTED),
    "a day set at once": (lambda s: s.provider(Action.SCHEDULE, appointment=INTAKE), ACCEPTED),
    "full": (declined(Reason.FULL), ANSWERED),
    "not eligible": (declined(Reason.NOT_ELIGIBLE), ANSWERED),
    "client chose otherwise": (declined(Reason.CLIENT_CHOSE), NONE),
    "client not reached": (declined(Reason.NOT_REACHED), NONE),
    "waiting list": (lambda s: s.provider(Action.WAITLIST, reason=Reason.FULL), ANSWERED),
    "waited, then had another place": (
        lambda s: s.provider(Action.WAITLIST, reason=Reason.FULL).officer(
            Action.WITHDRAW, reason=Reason.OTHER_PLACE
        ),
        ANSWERED,
    ),
    "waited, then moved away": (
        lambda s: s.provider(Action.WAITLIST, reason=Reason.FULL).officer(
            Action.WITHDRAW, reason=Reason.MOVED
        ),
        NONE,
    ),
    "accepted, then client chose otherwise": (
        lambda s: accepted(s).officer(Action.WITHDRAW, reason=Reason.CLIENT_CHOSE),
        ACCEPTED,
    ),
    "missed": (
        lambda s: s.provider(Action.SCHEDULE, appointment=EARLIER).provider(Action.MISS),
        ACCEPTED,
    ),
    "started": (lambda s: accepted(s).provider(Action.START), STARTED),
    "left early": (
        lambda s: (
            accepted(s)
            .provider(Action.START)
            .provider(Action.END_EARLY, reason=Reason.MOVED, result=Result.PARTLY)
        ),
        STARTED,
    ),
    "completed": (
        lambda s: (
            accepted(s).provider(Action.START).provider(Action.COMPLETE, result=Result.GOT_HELP)
        ),
        COMPLETED,
    ),
    "taken back": (
        lambda s: accepted(s).provider(Action.CORRECT, note="It was another one."),
        SILENT,
    ),
    "declined, taken back, accepted": (
        lambda s: (
            s.provider(Action.DECLINE, reason=Reason.CLIENT_CHOSE)
            .provider(Action.CORRECT, note="It was another one.")
            .provider(Action.ACCEPT)
        ),
        ACCEPTED,
    ),
    "entered in error": (lambda s: accepted(s).officer(Action.ERROR, note="Somebody else."), NONE),
    "silent": (lambda s: s, SILENT),
    "expired": (lambda s: s.let(DueKind.ESCALATE, DueKind.EXPIRE), SILENT),
    "withdrawn in time": (lambda s: s.officer(Action.WITHDRAW, reason=Reason.CLIENT_CHOSE), NONE),
    "withdrawn when it was late": (
        lambda s: s.let(DueKind.ESCALATE).officer(Action.WITHDRAW, reason=Reason.CLIENT_CHOSE),
        SILENT,
    ),
    "a question that nobody answered": (
        lambda s: s.provider(Action.ASK_INFO, note="Is there a state ID?"),
        NONE,
    ),
    "a question that ran out": (
        lambda s: s.provider(Action.ASK_INFO, note="Is there a state ID?").let(
            DueKind.ESCALATE, DueKind.EXPIRE
        ),
        NONE,
    ),
}
RECORDED: dict[str, tuple[Callable[[Story], object], RecordFact | None]] = {
    "nothing told": (lambda s: s, NONE),
    "said to have started": (lambda s: s.officer(Action.START), STARTED),
    "said to have completed": (
        lambda s: s.officer(Action.COMPLETE, result=Result.GOT_HELP),
        COMPLETED,
    ),
    "full on the phone": (lambda s: s.officer(Action.DECLINE, reason=Reason.FULL), ANSWERED),
    "never went": (lambda s: s.officer(Action.MISS), NONE),
}


@pytest.mark.parametrize(("story", "counts"), STORIES.values(), ids=STORIES.keys())
def test_what_came_of_a_referral_in_the_app_counts_as_it_should(
    world: World, story: Callable[[Story], object], counts: RecordFact | None
) -> None:
    story(Story(world))
    assert queries.track_records(world.session, LATER).get(world.listing) == counts


@pytest.mark.parametrize(("story", "counts"), RECORDED.values(), ids=RECORDED.keys())
def test_what_came_of_a_recorded_referral_counts_as_it_should(
    world: World, story: Callable[[Story], object], counts: RecordFact | None
) -> None:
    story(Story(world, Mode.RECORDED))
    assert queries.track_records(world.session, LATER).get(world.listing) == counts


def test_what_is_still_in_time_and_what_never_left_count_nowhere(world: World) -> None:
    Story(world)
    world.ready()
    world.session.commit()
    assert queries.track_records(world.session, NOON) == {}


def test_counts_are_of_each_listing_and_of_every_agency(world: World) -> None:
    other = world.make.listing(name="Hillside House", terms=("halfway-house",))
    stranger = world.make.officer(world.make.team(world.make.agency()))
    own = (world.officer, world.client)
    accepted(Story(world))
    world.officer, world.client = stranger, world.make.client(stranger)
    Story(world).provider(Action.DECLINE, reason=Reason.FULL)
    world.officer, world.client = own
    world.listing = other
    Story(world, Mode.RECORDED).officer(Action.START)
    first, second = sorted(queries.track_records(world.session, NOON).items())
    assert first[1] == RecordFact(2, 2, 1, 0, 0)
    assert second == (other, STARTED)


def test_counts_are_kept_reach_the_facts_of_the_listing_and_mark_it_once(world: World) -> None:
    story = accepted(Story(world))
    session = world.session
    assert commands.recount(writing(session), NOON) == 1
    session.commit()
    number = last_change(session)
    assert session.get_one(Change, number).listing_number == world.listing
    assert listing_facts(session, [world.listing])[world.listing].record == ACCEPTED
    session.rollback()
    assert commands.recount(writing(session), LATER) == 0
    assert last_change(session) == number
    session.rollback()
    story.provider(Action.START)
    assert commands.recount(session, LATER) == 1
    session.commit()
    assert session.scalars(select(TrackRecord.counted_at)).one() == LATER
    story.officer(Action.ERROR, note="It was about somebody else.")
    assert commands.recount(session, LATER) == 1
    session.commit()
    assert listing_facts(session, [world.listing])[world.listing].record is None
    assert last_change(session) == number + 2


def test_workers_that_count_at_once_keep_one_row(world: World) -> None:
    accepted(Story(world))
    gate, counted, failed = Barrier(3), [], []

    def count() -> None:
        with world.sessions() as session:
            gate.wait()
            try:
                counted.append(commands.recount(writing(session), NOON))
                session.commit()
            except Exception as error:
                failed.append(error)

    threads = [Thread(target=count) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == [] and 1 in counted
    assert [row.accepted for row in world.session.scalars(select(TrackRecord))] == [1]
