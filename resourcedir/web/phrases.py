"""Puts phrases, and what is wrong with a file, into the reader's language. Decides nothing."""

from resourcedir.errors import Fault
from resourcedir.texts import Phrase
from resourcedir.web.language import gettext


def say(phrase: Phrase) -> str:
    """Return a phrase in the language of the page."""
    values = {
        name: say(value) if isinstance(value, Phrase) else value
        for name, value in phrase.values.items()
    }
    return str(gettext(phrase.message, **values))


def fault_words(fault: Fault) -> str:
    """Return what is wrong with a file, and where, in the language of the page."""
    return say(fault.phrase)
