"""What came of the referrals to a listing, in the reader's words. It reads no database."""

from resourcedir.directory.facts import RecordFact
from resourcedir.web.language import gettext


def record_words(fact: RecordFact | None) -> str:
    """Return "accepted 9 of 11, completed 6", "" where nobody was referred there yet."""
    if fact is None or not fact.referred:
        return ""
    return str(
        gettext(
            "accepted %(accepted)s of %(referred)s, completed %(completed)s",
            accepted=fact.accepted,
            referred=fact.referred,
            completed=fact.completed,
        )
    )
