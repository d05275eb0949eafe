"""What providers do with what they are sent, by their temper, and how it goes with the client.

What truly happens (``came``, ``ended``, ``result``) happens whether or not anybody writes it down.
The shares are assumptions; ``docs/loop.md`` names those that matter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bench.simulating.agenda import Agenda, at_work
from bench.simulating.case import Case
from bench.simulating.hands import Hands
from bench.simulating.kinds import Temper
from resourcedir.identity import Identity, Officer
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.lifecycle import Absence, Action, Reason, Result, Status, Step

TELLS: Final = {
    Temper.PROMPT: 0.85,
    Temper.STEADY: 0.6,
    Temper.CHOOSY: 0.6,
    Temper.FORGETFUL: 0.3,
    Temper.SILENT: 0.0,
}
"""How likely they say who came, and how it ended."""
_ANSWERS_REMINDER: Final = {Temper.FORGETFUL: 0.65, Temper.SILENT: 0.05}
_DAYS_TO_LOOK: Final = {Temper.PROMPT: (0, 1), Temper.STEADY: (1, 4), Temper.CHOOSY: (0, 3)}
_AT_THE_COUNTER: Final = frozenset({"food-pantry", "state-id"})
_CLINICAL: Final = frozenset({"outpatient-treatment", "detox"})
_REFUSALS: Final = (Reason.NOT_ELIGIBLE, Reason.CLIENT_CHOSE, Reason.OTHER, Reason.CLOSED)
_MAY_SCHEDULE: Final = frozenset(
    {Status.SENT, Status.WAITLISTED, Status.ACCEPTED, Status.INTAKE_SCHEDULED, Status.NO_SHOW}
)


@dataclass(slots=True)
class Providers:
    """All of them. ``asks`` and ``came_to_nothing`` let the officer's side know."""

    hands: Hands
    agenda: Agenda
    asks: Callable[[Case], None]
    came_to_nothing: Callable[[Case], None]

    def later(self, case: Case, days: tuple[int, int], doing: Callable[[], object]) -> None:
        week, random = case.place.week, case.random
        self.agenda.put(at_work(self.hands.now, random.randint(*days), week, random), doing)

    def receives(self, case: Case) -> None:
        temper, random = case.place.temper, case.random
        if temper is Temper.SILENT or (temper is Temper.FORGETFUL and not case.chance(0.3)):
            return
        if case.urgency is Urgency.CRISIS:
            most = 100 if temper is Temper.PROMPT else 400
            wait = timedelta(minutes=random.randint(10, most), seconds=random.random())
            self.agenda.put(self.hands.now + wait, lambda: self.looks(case))
            return
        self.later(case, _DAYS_TO_LOOK.get(temper, (1, 4)), lambda: self.looks(case))

    def is_reminded(self, case: Case) -> None:
        if case.chance(_ANSWERS_REMINDER.get(case.place.temper, 0.8)):
            self.later(case, (0, 1), lambda: self.looks(case))

    def is_offered(self, case: Case) -> None:
        """An opening is held for somebody on the list: most take it in time, some never look."""
        case.found_room = True
        if case.chance(0.75):
            wait = timedelta(minutes=case.random.randint(20, 600), seconds=case.random.random())
            self.agenda.put(self.hands.now + wait, lambda: self.looks(case))

    def looks(self, case: Case) -> None:
        who = case.staff
        if who is None or case.status not in {Status.SENT, Status.WAITLISTED}:
            return
        if not self.hands.opens(case, who):
            return
        if case.status is Status.SENT and not case.asked and case.chance(0.12):
            case.asked = True
            self.hands.step(case, who, Step(Action.ASK_INFO, note="Which papers are there?"))
            self.asks(case)
            return
        self.answers(case, who)

    def answers(self, case: Case, who: Identity) -> None:
        """Say yes, no, or not yet: by the provider, or told to the officer by phone."""
        place, random = case.place, case.random
        if case.chance(0.55 if place.temper is Temper.CHOOSY else 0.08):
            self.declines(case, who, random.choice(_REFUSALS))
        elif place.counts and place.room <= 0 and not case.found_room:
            if case.status is Status.WAITLISTED:
                return
            if case.chance(0.35):
                self.declines(case, who, Reason.FULL)
            else:
                wait = random.randint(5, 20)
                self.hands.step(case, who, Step(Action.WAITLIST, Reason.FULL, wait_days=wait))
        elif not place.counts and case.status is Status.SENT and case.chance(0.08):
            wait = random.randint(3, 12)
            step = Step(Action.WAITLIST, Reason.LATER_START, wait_days=wait)
            if self.hands.step(case, who, step) and case.staff:
                self.later(case, (wait, wait + 3), lambda: self.looks(case))
        else:
            self.accepts(case, who)

    def declines(self, case: Case, who: Identity, reason: Reason) -> None:
        if self.hands.step(case, who, Step(Action.DECLINE, reason)):
            self.came_to_nothing(case)

    def accepts(self, case: Case, who: Identity) -> None:
        case.place.room -= case.place.counts
        if case.place.kind.need not in _AT_THE_COUNTER and case.chance(0.55):
            self.schedules(case, who)
            return
        if not self.hands.step(case, who, Step(Action.ACCEPT)):
            return
        if case.place.kind.need in _AT_THE_COUNTER:
            self.later(case, (0, 3), lambda: self.client_goes(case))
        elif case.chance(0.03) and who is case.staff:
            self.later(case, (0, 0), lambda: self.corrects(case))
        elif case.chance(0.75):  # the others leave it at the yes
            self.later(case, (1, 2), lambda: self.schedules(case, who))

    def corrects(self, case: Case) -> None:
        """It was accepted by mistake."""
        who = case.staff
        if who is None or case.status is not Status.ACCEPTED:
            return
        back = Status.WAITLISTED if case.found_room else Status.SENT
        if self.hands.step(case, who, Step(Action.CORRECT, note="Meant for another one.")):
            case.place.room += case.place.counts
            if case.status is back or case.status in {Status.SENT, Status.WAITLISTED}:
                self.declines(case, who, Reason.NOT_ELIGIBLE)

    def schedules(self, case: Case, who: Identity) -> None:
        if case.status not in _MAY_SCHEDULE:
            return
        days = case.random.randint(1, 6)
        at = at_work(self.hands.now, days, case.place.week, case.random).replace(
            second=0, microsecond=0
        )
        appointment = Appointment(at, 60, case.place.week.zone)
        if self.hands.step(case, who, Step(Action.SCHEDULE, appointment=appointment)):
            case.intake_at, case.came, case.reminded = at, None, False
            self.agenda.put(at, lambda: self.intake(case, at))

    def intake(self, case: Case, at: object) -> None:
        """The client comes or does not; reminded ones come more often."""
        if case.status is not Status.INTAKE_SCHEDULED or case.intake_at != at:
            return
        case.came = case.chance(0.76 if case.reminded else 0.62)
        self._stays(case)
        if case.chance(TELLS[case.place.temper]) and (who := case.staff):
            wait = timedelta(hours=2, seconds=case.random.random())
            self.agenda.put(self.hands.now + wait, lambda: self.says_who_came(case, who))

    def client_goes(self, case: Case) -> None:
        """No intake is set: the client goes to the counter, or alone to a place that was phoned."""
        case.came = case.chance(0.68)
        case.place.room -= case.place.counts and case.came and case.status is Status.SENT
        self._stays(case)
        tells = case.chance(TELLS[case.place.temper]) and case.came
        if tells and case.status is Status.ACCEPTED and (who := case.staff):
            self.hands.step(case, who, Step(Action.START))

    def _stays(self, case: Case) -> None:
        if case.came:
            first, last = case.place.kind.lasts
            days = case.random.uniform(first, last) + 0.1
            ends_at = self.hands.now + timedelta(days=days)
            self.agenda.put(ends_at, lambda: self.is_over(case))

    def says_who_came(self, case: Case, who: Identity) -> None:
        if case.status is not Status.INTAKE_SCHEDULED or case.came is None:
            return
        if case.came:
            self.hands.step(case, who, Step(Action.START))
            return
        absence = Absence.ACCEPTABLE if isinstance(who, Officer) else None
        if self.hands.step(case, who, Step(Action.MISS, absence=absence)):
            case.misses += 1
            if not isinstance(who, Officer) and case.chance(0.35):
                self.later(case, (1, 3), lambda: self.schedules(case, who))

    def is_over(self, case: Case) -> None:
        case.ended = True
        case.place.room += case.place.counts
        results = (Result.GOT_HELP, Result.PARTLY, Result.NOT_HELPED)
        case.result = case.random.choices(results, (55, 20, 25))[0]
        if case.chance(TELLS[case.place.temper]) and (who := case.staff):
            self.later(case, (0, 2), lambda: self.says_end(case, who))

    def says_end(self, case: Case, who: Identity) -> None:
        if case.status is not Status.IN_SERVICE or not case.ended:
            return
        if case.result is not Result.NOT_HELPED:
            self.hands.step(case, who, Step(Action.COMPLETE, result=case.result))
            return
        clinical = case.place.kind.need in _CLINICAL
        reason = Reason.DID_NOT_COME if clinical else Reason.ASKED_TO_LEAVE
        self.hands.step(case, who, Step(Action.END_EARLY, reason, case.result))
        self.came_to_nothing(case)
