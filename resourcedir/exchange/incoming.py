"""A whole file, read: what its rows become. Pure: it knows nothing of what the database holds."""

from dataclasses import dataclass

from resourcedir.exchange.drafts import ListingDraft
from resourcedir.exchange.report import ImportReport
from resourcedir.taxonomy.commands import TermRow


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """A taxonomy that the file brings with it."""

    name: str
    about: str
    rows: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """The drafts of all rows, and a report that says so far only what was read."""

    drafts: tuple[ListingDraft, ...]
    report: ImportReport
    own_terms: OwnTerms | None = None
