"""What officers do in any case, and what those do besides who follow Today.

In any case: they refer; a client comes every two weeks, and in half of those meetings one referral
is asked about; what a provider asks them, or declines, some of them see to within days. Who follows
Today takes its rows each working morning, as many as there is time for, and does the one action of
each row: the page's own lists and the page's own action, nothing is chosen here.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bench.simulating.agenda import Agenda, at_work
from bench.simulating.by_hand import Week
from bench.simulating.case import Case
from bench.simulating.hands import Hands
from bench.simulating.kinds import Temper
from bench.simulating.providers import Providers
from bench.simulating.town import DAYS_OFF, Place, Town
from resourcedir.identity import Officer
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status, Step, WordOf
from resourcedir.today.queries import work
from resourcedir.today.sections import Section
from resourcedir.today.wording import Does
from resourcedir.today.wrong import what_to_do

OFFICE: Final = Week(frozenset(range(5)), "America/New_York", DAYS_OFF)
ROWS_A_MORNING: Final = 30
MINUTES_A_ROW: Final = 4
TRIES: Final = 3  # places for one need, then the officer looks for something else
CALLS: Final = 3
REACHED: Final = {Temper.SILENT: 0.2, Temper.FORGETFUL: 0.65}
NOTHING: Final = frozenset({Status.DECLINED, Status.EXPIRED, Status.ENDED_EARLY, Status.WITHDRAWN})


@dataclass(slots=True)
class Officers:
    """All of them; ``providers`` is set once both sides are there."""

    hands: Hands
    agenda: Agenda
    town: Town
    cases: dict[object, Case] = field(default_factory=dict)
    of_client: dict[object, list[Case]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    providers: Providers = field(init=False)

    def later(self, case: Case, first: int, last: int, doing: object) -> None:
        days = case.random.randint(first, last)
        self.agenda.put(at_work(self.hands.now, days, OFFICE, case.random), doing)  # type: ignore[arg-type]

    # In any case

    def refers(self, case: Case, *, finishes: bool = True) -> None:
        if not self.hands.draft(case):
            return
        self.cases[case.id] = case
        self.of_client.setdefault(case.client, []).append(case)
        if finishes:
            self.sends(case)

    def sends(self, case: Case) -> None:
        """Send the draft, or throw it away where the page warns of an open one to that place."""
        if case.status is not Status.DRAFT:
            return
        if self.hands.stands_open(case):
            self.hands.step(case, case.officer, Step(Action.WITHDRAW, Reason.MISTAKE))
            case.followed = True
            return
        if not self.hands.send(case):
            return
        if case.mode is Mode.LIVE:
            self.providers.receives(case)
        else:
            self.providers.later(case, (1, 5), lambda: self.providers.client_goes(case))

    def is_asked(self, case: Case) -> None:
        if case.chance(0.45):
            self.later(case, 1, 5, lambda: self.tells_more(case))

    def tells_more(self, case: Case) -> None:
        if case.status is not Status.INFO_ASKED:
            return
        step = Step(Action.ANSWER_INFO, note="An ID and the release.")
        if self.hands.step(case, case.officer, step) and case.place.temper is not Temper.SILENT:
            self.providers.later(case, (0, 2), lambda: self.providers.looks(case))

    def hears_no(self, case: Case) -> None:
        seen = {Status.DECLINED: 0.4, Status.EXPIRED: 0.25}.get(case.status, 0.2)
        if case.chance(seen):
            self.later(case, 1, 8, lambda: self.elsewhere(case))

    def meets(self, client: object) -> None:
        """The client is there; one of the referrals is talked about, or none."""
        known = [each for each in self.of_client.get(client, ()) if each.sent]
        waiting = [each for each in known if each.result_wanted]
        if waiting and waiting[-1].chance(0.5):
            self.asks_client(waiting[-1])

    def asks_client(self, case: Case) -> bool:
        """Write down what the client can tell; False if that is nothing new."""
        who = case.officer
        if case.mode is Mode.RECORDED and case.status in {Status.SENT, Status.IN_SERVICE}:
            if case.came is False:
                step = Step(Action.END_EARLY, Reason.DID_NOT_COME, Result.NOT_HELPED)
            elif case.ended:
                step = Step(Action.COMPLETE, result=case.result)
            elif case.came and case.status is Status.SENT:
                step = Step(Action.START)
            else:
                return False
            return self.hands.step(case, who, step, WordOf.CLIENT)
        if not case.ended or case.heard_of_client:
            return False
        case.heard_of_client = True
        return self.hands.hear(case, case.result, WordOf.CLIENT)

    def elsewhere(self, case: Case) -> None:
        """Refer to another place for the same need; after some tries say that it ends here."""
        if case.followed or case.status not in NOTHING:
            return
        case.followed = True
        tried = {each.place.number for each in case.chain}
        left = [e for e in self.town.meeting(case.place.kind.need) if e.number not in tried]
        if not left or len(tried) >= TRIES:
            self.hands.hear(case, Result.NOT_KNOWN, WordOf.OFFICER, "Something else is tried.")
            return
        place: Place = case.random.choice(left)
        mode = Mode.LIVE if place.provider else Mode.RECORDED
        self.refers(case.next(place, mode))

    # Today

    def morning(self, officer: Officer) -> None:
        """Put down what is done with each row that the page shows now, from the top."""
        with self.hands.sessions() as session:
            shown = work(session, officer, self.hands.now)
        at, taken = self.hands.now, 0
        for section in Section:
            for row in shown.lists.get(section, ()):
                case, does = self.cases[row.id], what_to_do(section, row)
                if taken == ROWS_A_MORNING:
                    return
                if section is Section.INTAKE and case.called_before_intake:
                    continue
                taken += 1
                at += timedelta(minutes=MINUTES_A_ROW)
                self.rows[section] += 1
                self.agenda.put(at, lambda s=section, d=does, c=case: self._does(s, d, c))

    def _does(self, section: Section, does: Does, case: Case) -> None:
        if does is Does.CALL_CLIENT and section is not Section.INTAKE:
            self._gives_up(case)
            return
        acts = {
            Does.ANSWER: self.tells_more,
            Does.CALL: self.calls_place,
            Does.CALL_CLIENT: self._reminds_client,
            Does.ELSEWHERE: self.elsewhere,
            Does.NEW_INTAKE: self._arranges_anew,
            Does.HEAR: self.calls_place,
            Does.READ: self.calls_place,
            Does.OUTCOME: self._hears_outcome,
            Does.FINISH: self.sends,
        }
        acts[does](case)

    def calls_place(self, case: Case) -> bool:
        """Phone; who is reached says what is so, and the officer writes it down."""
        if case.status in NOTHING or case.status is Status.DRAFT:
            return False
        case.calls += 1
        reached = case.chance(REACHED.get(case.place.temper, 0.85))
        spoke = Reason.SPOKE if reached else Reason.NO_ANSWER
        self.hands.step(case, case.officer, Step(Action.CALL, spoke))
        if reached:
            self._is_told(case)
        elif case.calls >= CALLS and case.status is Status.SENT:
            withdrawn = Step(Action.WITHDRAW, Reason.PLACE_NOT_REACHED)
            if self.hands.step(case, case.officer, withdrawn):
                self.elsewhere(case)
        return reached

    def _is_told(self, case: Case) -> None:
        who, them = case.officer, self.providers
        match case.status:
            case Status.SENT | Status.WAITLISTED:
                them.answers(case, who)
            case Status.ACCEPTED if case.came:
                self.hands.step(case, who, Step(Action.START))
            case Status.ACCEPTED:
                them.schedules(case, who)
            case Status.INTAKE_SCHEDULED:
                them.says_who_came(case, who)
        them.says_end(case, who)

    def _reminds_client(self, case: Case) -> None:
        case.called_before_intake = True
        spoke = case.chance(0.7)
        reason = Reason.SPOKE if spoke else Reason.LEFT_MESSAGE
        self.hands.step(case, case.officer, Step(Action.CALL, reason))
        case.reminded = case.reminded or spoke

    def _arranges_anew(self, case: Case) -> None:
        if case.status is Status.NO_SHOW and case.chance(0.6):
            case.called_before_intake = False
            self.providers.schedules(case, case.officer)

    def _gives_up(self, case: Case) -> None:
        if case.status is Status.NO_SHOW:
            step = Step(Action.END_EARLY, Reason.DID_NOT_COME, Result.NOT_HELPED)
            if self.hands.step(case, case.officer, step):
                case.place.room += case.place.counts

    def _hears_outcome(self, case: Case) -> None:
        """Ask the client; else the place, which is also a sign of life that is written down."""
        heard = case.chance(0.75) and self.asks_client(case)
        if not heard or (case.status is Status.IN_SERVICE and case.chance(0.5)):
            self.calls_place(case)
