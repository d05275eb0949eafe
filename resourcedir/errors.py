"""Errors the domain may raise. Nothing here knows HTTP; the mapping is in ``web.errors``."""

from dataclasses import dataclass

from resourcedir.texts import N_, Phrase


class DomainError(Exception):
    """A rule of the field was broken.

    ``message`` is English, marked with ``N_`` where it is written, with ``%(name)s`` for each of
    ``values``; both are safe to show to whoever uses the app and hold nothing about a client.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class NotFound(DomainError):
    """There is no such record, or this person may not know that there is."""

    def __init__(self, message: str = N_("There is no such page."), **values: object) -> None:
        super().__init__(message, **values)


class NotAllowed(DomainError):
    """This person may never do this to such a record."""


class TransitionNotAllowed(DomainError):
    """The referral cannot take this step from its present status."""


class StaleRecord(DomainError):
    """Somebody else changed the record after it was read."""


class BadInput(DomainError):
    """A value cannot be used; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file. ``line`` counts from 1, header included; None is the file.

    ``said`` is English; a page puts ``phrase`` into the reader's language.
    """

    said: Phrase
    line: int | None = None
    column: str | None = None

    @property
    def message(self) -> str:
        return str(self.said)

    @property
    def phrase(self) -> Phrase:
        """Return what is wrong with its place before it."""
        values: dict[str, str | int | Phrase] = {
            "line": self.line or 0,
            "column": self.column or "",
            "what": self.said,
        }
        match self.line, self.column:
            case None, None:
                return self.said
            case None, _:
                return Phrase("%(column)s: %(what)s", values)
            case _, None:
                return Phrase(N_("line %(line)s: %(what)s"), values)
        return Phrase(N_("line %(line)s, %(column)s: %(what)s"), values)

    def __str__(self) -> str:
        return str(self.phrase)


class BadFile(DomainError):
    """A file cannot be imported. ``faults`` names everything to put right; nothing was changed."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(N_("Nothing was imported. Faults found: %(count)s."), count=len(faults))
        self.faults = faults
