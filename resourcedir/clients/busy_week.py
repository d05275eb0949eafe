"""When in a week a client is not free, as it is typed: at home by curfew, or at work. Pure.

It is kept as ``directory.hours`` writes hours, on the clock of the deployment: a client is in no
zone of their own. What cannot be read is in no error: it is about a client.
"""

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Final

from resourcedir.directory.hours import DAYS, Day, Interval, WeeklyHours
from resourcedir.directory.typed_hours import read_day
from resourcedir.errors import BadInput
from resourcedir.texts import N_


class Busy(StrEnum):
    """What a client is bound by."""

    CURFEW = "curfew"
    WORK = "work"


USUAL_DAYS: Final = {Busy.CURFEW: 7, Busy.WORK: 5}
"""On how many days, from Monday on, the times hold that are typed once for all of them."""

_FREE: Final = frozenset({"none", "no", "free", "off", "ninguno", "ninguna", "libre"})
_BETWEEN_SPANS: Final = re.compile(r"[,;&]| (?:and|y) ")
_SAYS_WHICH_HALF: Final = re.compile(
    r"[ap] ?\.? ?m\b|noon|midnight|mediod|medianoche|(?<![\d:.])(?:0\d|1[3-9]|2[0-4])(?!\d)"
)
_MENDS: Final = {
    Busy.CURFEW: N_("Write when the client must be at home, with am or pm, like 8 pm - 6 am."),
    Busy.WORK: N_("Write when the client is at work, with am or pm, like 7 am - 3:30 pm."),
}
_OVERLAP: Final = N_("Two of these times overlap. Write them one after the other.")


def read(text: str, kind: Busy) -> Day:
    """Return the spans of a day, () where it says that there are none, None where nothing is typed.

    A curfew has to say am or pm, or hours above 12: what "8-6" means to a shop by day is just the
    other half of what it means to somebody who must be home at night.

    :raises BadInput: with the mend, and without what was typed.
    """
    said = " ".join(text.casefold().split()).strip(",;. ")
    if not said:
        return None
    if said in _FREE:
        return ()
    parts = [part.strip() for part in _BETWEEN_SPANS.split(said)]
    spans = sorted(span for part in parts if part for span in _spans(part, kind))
    for earlier, later in pairwise(spans):
        if earlier.ends_next_day or later.opens < earlier.closes:
            raise BadInput(_OVERLAP)
    return tuple(spans)


def text_of(usual: Day, own: Mapping[str, Day], kind: Busy) -> str:
    """Return the week as it is kept, "" where the client is free all the week.

    ``own`` are times of single days by their names in ``DAYS``; they replace ``usual``.
    """
    days: list[Day] = []
    for number, name in enumerate(DAYS):
        day = own.get(name)
        if day is None and number < USUAL_DAYS[kind]:
            day = usual
        days.append(day or None)
    return WeeklyHours(tuple(days), "UTC").to_text()


def taken_apart(week: WeeklyHours, kind: Busy) -> tuple[Day, dict[str, Day]]:
    """Return the usual times and those of single days that differ: what ``text_of`` joins.

    Usual is what holds on more than half of the usual days; () is a day without times.
    """
    count = USUAL_DAYS[kind]
    usual, times = Counter(week.days[:count]).most_common(1)[0]
    if not usual or 2 * times <= count:
        usual = None
    own: dict[str, Day] = {}
    for number, (name, day) in enumerate(zip(DAYS, week.days, strict=True)):
        holds = usual if number < count else None
        if (day or None) != holds:
            own[name] = day or ()
    return usual, own


def _spans(part: str, kind: Busy) -> tuple[Interval, ...]:
    if kind is Busy.CURFEW and not _SAYS_WHICH_HALF.search(part):
        raise BadInput(_MENDS[kind])
    try:
        return read_day(part) or ()
    except BadInput:
        raise BadInput(_MENDS[kind]) from None
