"""How what was said of a listing stands in its history, in no language. Pure.

What people typed stands as they typed it. What we have words for stands as a mark, "{kind:code}",
such as "{offense:arson}", that ``history_showing`` turns into the reader's words. A brace that
somebody typed is doubled.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory.asking import ANY
from resourcedir.directory.facts import CostFact, OpeningsFact, PhoneFact, RuleFact
from resourcedir.directory.kinds import PhoneType, Stance
from resourcedir.taxonomy.vocabulary import Vocabulary

NOT_KNOWN: Final = "{said:not-known}"
NOTHING_SAID: Final = "{said:nothing}"
OPEN: Final = "{said:open}"
TEMPORARILY_CLOSED: Final = "{said:temporarily-closed}"
NONE_HELD: Final = "{said:none-held}"
LIST_KEPT: Final = "{said:list-kept}"
ANY_OTHER: Final = "{said:any-other}"
ALL: Final = "{said:all}"
NO_LIST: Final = "{said:no-list}"
PART: Final = "/"
"""Parts the codes of a mark that has several."""


def mark(kind: str, *codes: object) -> str:
    """Return the mark of something that we have words for; None is an empty code."""
    return f"{{{kind}:{PART.join('' if code is None else str(code) for code in codes)}}}"


def own(text: str | None) -> str:
    """Return what somebody typed, safe from being taken for marks."""
    return (text or "").replace("{", "{{").replace("}", "}}")


def names(vocabulary: Vocabulary, codes: Iterable[str]) -> str:
    """Return the entries of a list, "" for none."""
    return ", ".join(mark(vocabulary.value, code) for code in sorted(codes))


def hours(text: str) -> str:
    """Return hours as ``hours.parse`` reads them."""
    return mark("hours", text) if text else NOT_KNOWN


def phones(found: Iterable[PhoneFact]) -> str:
    """Return numbers with what they are for, "" for none."""
    return "; ".join(" ".join(_parts(each)) for each in found)


def _parts(phone: PhoneFact) -> Iterable[str]:
    yield own(phone.dialed)
    if phone.type is not PhoneType.VOICE:
        yield mark("phone", phone.type.value)
    if phone.description:
        yield f"({own(phone.description)})"


def cost(fact: CostFact) -> str:
    """Return what it costs."""
    amount = None if fact.amount is None else f"{fact.amount:f}"
    found = [mark("cost", fact.kind.value, amount), own(fact.description)]
    return ", ".join(filter(None, found))


def openings(fact: OpeningsFact, time_zone: str) -> str:
    """Return a count and when it was true, on the clock of the place."""
    at = _moment(fact.as_of, time_zone)
    return mark("openings", fact.unit.value, fact.available, fact.maximum, at)


def wait(fact: OpeningsFact | None) -> str:
    """Return how long one waits."""
    return NOT_KNOWN if fact is None or fact.wait_days is None else mark("days", fact.wait_days)


def hold(fact: OpeningsFact | None) -> str:
    """Return for how long a referral may hold an opening."""
    if fact is None or fact.hold_hours is None:
        return NONE_HELD
    return mark("hold", fact.hold_hours)


def starts(fact: OpeningsFact | None) -> str:
    """Return the first day of the class."""
    return day(fact.starts_on if fact else None)


def day(on: date | None) -> str:
    """Return a day of the calendar."""
    return NOTHING_SAID if on is None else mark("date", on.isoformat())


def waiting_list(fact: OpeningsFact | None) -> str:
    """Return whether a waiting list is kept; as long as nothing is told, it is."""
    return LIST_KEPT if fact is None or fact.waiting_list else NO_LIST


def rule(fact: RuleFact) -> str:
    """Return one rule, with what the provider adds in its own words."""
    words = mark("rule", fact.kind.value, fact.code, fact.stance.value, fact.amount)
    return f"{words} ({own(fact.note)})" if fact.note else words


def stances(vocabulary: Vocabulary, said: Mapping[str, Stance]) -> str:
    """Return what is said of each entry of a list, and of all others at the end."""
    named = [code for code in sorted(said) if code]
    found = [f"{mark(vocabulary.value, code)}: {_stance(said[code])}" for code in named]
    if (others := said.get(ANY)) is not None:
        found.append(f"{ANY_OTHER if named else ALL}: {_stance(others)}")
    return "; ".join(found) or NOTHING_SAID


def _stance(stance: Stance) -> str:
    return mark("stance", stance.value)


def _moment(at: datetime, time_zone: str) -> str:
    return at.astimezone(ZoneInfo(time_zone)).isoformat(timespec="minutes")
