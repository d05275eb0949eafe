"""One world through the month: who refers whom when, the worker's looks, mornings and nights."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from bench.simulating.agenda import Agenda, at_work
from bench.simulating.by_hand import instant
from bench.simulating.case import Case
from bench.simulating.checking import Checks
from bench.simulating.hands import Hands
from bench.simulating.kinds import KINDS
from bench.simulating.officers import OFFICE, Officers
from bench.simulating.providers import Providers
from bench.simulating.town import Many, Town, build
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.lifecycle import Mode, Status

FIRST: Final = date(2026, 10, 26)  # the clock is set back on 1 November
REFER_UNTIL: Final = date(2026, 11, 24)  # Veterans Day is in it; Thanksgiving comes after
LAST: Final = date(2026, 12, 23)  # what is due is reckoned over Christmas and New Year
LOOK: Final = timedelta(minutes=15)  # of the worker
_DAY: Final = timedelta(days=1)
_URGENCIES: Final = (Urgency.ROUTINE, Urgency.URGENT)
_IN_CRISIS: Final = frozenset({"emergency-shelter", "detox"})
_MEETS_EVERY: Final = 10  # working days


@dataclass(frozen=True, slots=True)
class Size:
    """How many refer how much, and the days: of the first and last wish, and of the end."""

    referrals: int
    many: Many
    first: date = FIRST
    refer_until: date = REFER_UNTIL
    last: date = LAST


@dataclass(slots=True)
class World:
    """A town and everybody in it, from the first day to the last."""

    sessions: sessionmaker[Session]
    size: Size
    seed: int
    follows_today: bool
    hands: Hands = field(init=False)
    town: Town = field(init=False)
    officers: Officers = field(init=False)
    checks: Checks = field(init=False)
    agenda: Agenda = field(default_factory=Agenda)

    def __post_init__(self) -> None:
        begins = self._at(self.size.first, time(6))
        self.hands = Hands(self.sessions, begins, self.seed)
        self.town = self.hands.act(lambda s: build(s, self.seed, self.size.many, begins))
        self.officers = Officers(self.hands, self.agenda, self.town)
        self.officers.providers = Providers(
            self.hands, self.agenda, self.officers.is_asked, self.officers.hears_no
        )
        self.checks = Checks(self.hands, self.town, self.officers.cases, LOOK)

    def run(self) -> None:
        """Live through it; what does not hold is in ``checks.faults``."""
        self._put_down()
        end = self._at(self.size.last, time(23, 30))
        while True:
            at, doing = self.agenda.next()
            if at > end:
                break
            self.hands.now = at
            doing()
        self.hands.now = end
        self._look()
        self.checks.at_the_end()

    def _put_down(self) -> None:
        for case, at, finishes in self._wishes():
            self.agenda.put(at, lambda c=case, f=finishes: self.officers.refers(c, finishes=f))
        day = self.size.first
        drifts = Random(f"{self.seed} rooms")
        for place in self.town.places:
            if place.counts and place.provider:
                self.agenda.put(self._at(day, time(7)), lambda p=place: self.hands.tell(p))
        number = 0
        while day <= self.size.last:
            if OFFICE.works(day):
                self._put_down_day(day, number, drifts)
                number += 1
            self.agenda.put(self._at(day, time(23, 5)), self.checks.at_night)
            day += _DAY
        self.agenda.put(self.hands.now + LOOK, self._look)

    def _put_down_day(self, day: date, number: int, drifts: Random) -> None:
        for place in self.town.places:
            if place.counts and place.provider and place.tells_daily:
                change = drifts.choice((-1, 0, 0, 1, 1))

                def tells(p=place, by=change) -> None:  # noqa: ANN001
                    p.room = min(max(p.room + by, 0), p.kind.openings)
                    self.hands.tell(p)

                self.agenda.put(self._at(day, time(8)) + _DAY / 86400 * place.number, tells)
        for which, clients in enumerate(self.town.clients):
            for client in clients[number % _MEETS_EVERY :: _MEETS_EVERY]:
                at = self._at(day, time(13)) + timedelta(seconds=which)
                self.agenda.put(at, lambda c=client: self.officers.meets(c))
            if self.follows_today:
                at = self._at(day, time(8, 30)) + timedelta(seconds=which)
                officer = self.town.officers[which]
                self.agenda.put(at, lambda o=officer: self.officers.morning(o))

    def _wishes(self) -> Iterator[tuple[Case, datetime, bool]]:
        """Yield the referrals of the month as they are wished for: the same in both worlds."""
        for number in range(self.size.referrals):
            random = Random(f"{self.seed} {number}")
            which = number % len(self.town.officers)
            client = random.choice(self.town.clients[which])
            kind = random.choices(KINDS, [each.weight for each in KINDS])[0]
            place = random.choice(self.town.meeting(kind.need))
            live = place.provider is not None and random.random() < 0.85
            urgency = random.choices(_URGENCIES, (75, 25))[0]
            at = self._wished_at(random)
            if kind.need in _IN_CRISIS and random.random() < 0.5:
                urgency = Urgency.CRISIS
                at += timedelta(hours=random.randint(-6, 60))  # also at night, also on Sundays
            mode = Mode.LIVE if live else Mode.RECORDED
            case = Case(
                str(number),
                self.town.officers[which],
                client,
                place,
                mode,
                urgency,
                random,
            )
            yield case, max(at, self.hands.now + LOOK), random.random() > 0.04

    def _wished_at(self, random: Random) -> datetime:
        days = (self.size.refer_until - self.size.first).days
        day = self.size.first + _DAY * random.randint(0, days)
        return at_work(self._at(day, time(8)), 0, OFFICE, random)

    def _look(self) -> None:
        """Let the worker look, and those concerned learn what it did."""
        them, cases = self.officers.providers, self.officers.cases
        looked = self.hands.work()
        for kind, referral in looked.done:
            case = cases[referral]
            if kind is DueKind.REMIND and case.status is Status.SENT:
                them.is_reminded(case)
            elif kind is DueKind.INTAKE_AHEAD:
                case.reminded = True
            elif kind is DueKind.EXPIRE:
                case.status = Status.EXPIRED
                self.officers.hears_no(case)
        for referral in looked.offered:
            them.is_offered(cases[referral])
        self.agenda.put(self.hands.now + LOOK, self._look)

    @staticmethod
    def _at(day: date, at: time) -> datetime:
        return instant(day, at, OFFICE.zone).astimezone(UTC)
