"""The hours of one day as people type them, in English and Spanish: "9-5", "9 am to noon". Pure.

A time without am or pm is what a place that is open by day would mean, where only one reading makes
sense; what can be read in two ways is refused, since a wrong hour sends somebody to a closed door.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import pairwise, product
from typing import Final

from resourcedir.directory.hours import WHOLE_DAY, Day, Interval
from resourcedir.errors import BadInput
from resourcedir.texts import N_

_HALF_DAY: Final = 12 * 60  # minutes, as all below
_DAY: Final = 24 * 60
_EARLIEST: Final = 5 * 60  # that a place opens, where am or pm is not said
_LONGEST: Final = 15 * 60  # that it is open at a stretch, and not as long, where that is not said

_CLOSED: Final = frozenset({"closed", "cerrado", "cerrada"})
_ALWAYS: Final = frozenset({"24 hours", "24 horas", "24h", "24 h", "24/7"})
_NAMES: Final = {
    r"(?:12 )?(?:noon|mediod[ií]a)": "12pm",
    r"(?:12 )?(?:midnight|medianoche)": "12am",
    r"(?<=\d) ?([ap]) ?\.? ?m\b\.?": r"\1m",
}
_BETWEEN_SPANS: Final = re.compile(r" ?[,;&] ?| (?:and|y) ")
_BETWEEN_TIMES: Final = re.compile(" ?[-\u2013\u2014] ?| (?:to|until|a|hasta) ")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))? ?(am|pm)?", re.ASCII)
_UNREAD: Final = N_(
    '"%(text)s" cannot be read as times. Write them like 9 am - 5 pm, or the word closed.'
)
_TWO_WAYS: Final = N_('"%(text)s" can be read in two ways. Write am or pm with both times.')
_OVERLAP: Final = N_('Times overlap: "%(text)s".')


@dataclass(frozen=True, slots=True)
class _Typed:
    """One time: what was typed for its hour and minute, and "am", "pm" or ""."""

    digits: str
    minute: int
    half: str
    has_minutes: bool

    @property
    def hour(self) -> int:
        return int(self.digits)

    @property
    def is_of_24_hours(self) -> bool:
        """Say whether only a clock of 24 hours reads so."""
        return not self.half and (self.hour > 12 or self.digits.startswith("0"))

    @property
    def is_written_out(self) -> bool:
        """Say whether it has the four digits of such a clock, which 12:30 pm may have too."""
        return not self.half and self.has_minutes and len(self.digits) == 2

    def exact(self) -> int:
        """Return its minute of the day on a clock of 24 hours."""
        return (self.hour * 60 + self.minute) % _DAY

    def readings(self) -> Iterator[int]:
        """Yield the minutes of the day that it can mean."""
        if self.is_of_24_hours:
            yield self.exact()
            return
        morning = self.hour % 12 * 60 + self.minute
        if self.half != "pm":
            yield morning
        if self.half != "am":
            yield morning + _HALF_DAY


def read_day(text: str) -> Day:
    """Return the spans of a day, () where it is closed, None where nothing is typed.

    :raises BadInput: naming what cannot be read, or can be in two ways.
    """
    said = " ".join(text.casefold().split()).rstrip(",;")
    if not said:
        return None
    if said.rstrip(".") in _CLOSED:
        return ()
    if said in _ALWAYS:
        return (WHOLE_DAY,)
    for written, plain in _NAMES.items():
        said = re.sub(written, plain, said)
    spans = sorted(map(_span, _BETWEEN_SPANS.split(said)))
    for earlier, later in pairwise(spans):
        if earlier.ends_next_day or later.opens < earlier.closes:
            raise BadInput(_OVERLAP, text=text.strip())
    return tuple(spans)


def _span(part: str) -> Interval:
    ends = _BETWEEN_TIMES.split(part.strip())
    if len(ends) != 2:
        raise BadInput(_UNREAD, text=part)
    opens, closes = (_typed(each, part) for each in ends)
    if opens.digits == "24":
        raise BadInput(_UNREAD, text=part)
    return _interval(*_meant(opens, closes, part))


def _typed(text: str, part: str) -> _Typed:
    if (found := _TIME.fullmatch(text.strip())) is None:
        raise BadInput(_UNREAD, text=part)
    typed = _Typed(found[1], int(found[2] or 0), found[3] or "", found[2] is not None)
    fits = 1 <= typed.hour <= 12 if typed.half else typed.exact() == typed.hour * 60 + typed.minute
    if not fits and (typed.digits, typed.minute, typed.half) != ("24", 0, ""):
        raise BadInput(_UNREAD, text=part)
    return typed


def _meant(opens: _Typed, closes: _Typed, part: str) -> tuple[int, int]:
    """Return the minutes of the day that are meant.

    :raises BadInput: if there is not one pair that makes sense.
    """
    if not (opens.half or closes.half):
        if opens.is_of_24_hours or closes.is_of_24_hours:
            return opens.exact(), closes.exact()
        if opens.is_written_out and closes.is_written_out and closes.exact() > opens.exact():
            return opens.exact(), closes.exact()
    pairs = list(product(opens.readings(), closes.readings()))
    if len(pairs) > 1:
        by_day = not (opens.half or closes.half)
        pairs = [
            (a, b)
            for a, b in pairs
            if (opens.half or a >= _EARLIEST)
            and _minutes(a, b) < _LONGEST
            and not (by_day and a + _minutes(a, b) >= _DAY)
        ]
    if len(pairs) != 1 or (opens.is_written_out and closes.is_written_out):
        raise BadInput(_TWO_WAYS, text=part)
    return pairs[0]


def _minutes(opens: int, closes: int) -> int:
    """Return how long it is open; at one time of the clock on both ends it is a whole day."""
    return (closes - opens) % _DAY or _DAY


def _interval(opens: int, closes: int) -> Interval:
    return Interval(time(*divmod(opens, 60)), time(*divmod(closes, 60)))
