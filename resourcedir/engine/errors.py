"""What can go wrong with the index. Messages are safe to show."""

from resourcedir.errors import DomainError
from resourcedir.texts import N_


class IndexMissing(DomainError):
    """There is no index that can be read."""

    def __init__(self) -> None:
        super().__init__(N_("There is no search index yet. Make it with: resourcedir reindex"))


class IndexerBusy(DomainError):
    """Another process or thread writes the index."""

    def __init__(self) -> None:
        super().__init__(
            N_("Another process keeps the search index. Stop it first, or leave the work to it.")
        )


class IndexBroken(Exception):
    """What lies in the index folder cannot be read: only a rebuild helps."""


class TooFarBehind(Exception):
    """The source no longer keeps all changes that were asked for: only a rebuild helps."""


class SourceUnavailable(Exception):
    """The source cannot be read just now; asking again later may help."""
