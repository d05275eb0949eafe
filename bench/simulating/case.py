"""One referral as those who take part in it know it, and what truly comes of it."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final
from uuid import UUID

from bench.simulating.town import Place
from resourcedir.identity import Officer, Provider
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.lifecycle import Mode, Result, Status

UNMADE: Final = UUID(int=0)


@dataclass(slots=True, eq=False)
class Case:
    """One referral as those who take part in it know it, and what truly comes of it."""

    key: str
    officer: Officer
    client: UUID
    place: Place
    mode: Mode
    urgency: Urgency
    random: Random
    before: "Case | None" = None
    id: UUID = UNMADE
    status: Status = Status.DRAFT
    asked: bool = False
    found_room: bool = False
    calls: int = 0
    reminded: bool = False
    misses: int = 0
    intake_at: datetime | None = None
    came: bool | None = None
    ended: bool = False
    result: Result = Result.NOT_KNOWN
    followed: bool = False  # referred elsewhere, or settled
    opened: bool = False
    heard_of_client: bool = False
    called_before_intake: bool = False

    @property
    def staff(self) -> Provider | None:
        """Who of the provider's sees it; nobody sees what is only recorded."""
        return self.place.provider if self.mode is Mode.LIVE else None

    @property
    def sent(self) -> bool:
        return self.status is not Status.DRAFT

    @property
    def result_wanted(self) -> bool:
        """Say whether nobody has said yet what came of it, as the officer remembers."""
        ended = {Status.DECLINED, Status.WITHDRAWN, Status.EXPIRED, Status.ENTERED_IN_ERROR}
        return self.status not in ended and not self.heard_of_client

    def next(self, place: Place, mode: Mode) -> "Case":
        """Return the referral that replaces this one."""
        key = f"{self.key}/{place.number}"
        random = Random(self.random.random())
        return Case(key, self.officer, self.client, place, mode, self.urgency, random, before=self)

    @property
    def chain(self) -> list["Case"]:
        return [self, *(self.before.chain if self.before else ())]

    def chance(self, share: float) -> bool:
        return self.random.random() < share
