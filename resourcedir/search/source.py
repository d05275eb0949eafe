"""The directory as the indexer reads it: changes in their order, listings as documents."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from resourcedir.directory import queries as directory
from resourcedir.engine.documents import Change, Document, Layout
from resourcedir.engine.errors import SourceUnavailable
from resourcedir.outbox import queries as outbox
from resourcedir.search.documents import LAYOUT, document

_BATCH = 500  # listings read with one set of statements


class DirectorySource:
    """An engine ``Source``; each call reads with a session of its own and leaves none open."""

    layout: Layout = LAYOUT

    def __init__(self, make_session: Callable[[], Session]) -> None:
        self._make_session = make_session

    def last_change(self) -> int:
        with self._session() as session:
            return outbox.last_change(session)

    def changes_after(self, number: int, limit: int) -> Sequence[Change]:
        with self._session() as session:
            rows = outbox.changes_after(session, number, limit=limit)
        return [Change(number=change, key=listing) for change, listing in rows]

    def documents(self, keys: Iterable[int]) -> Iterator[Document]:
        wanted = list(keys)
        for start in range(0, len(wanted), _BATCH):
            with self._session() as session:
                facts = directory.listing_facts(session, wanted[start : start + _BATCH])
            yield from (document(each) for each in facts.values() if not each.withdrawn)

    def sealed(self, keys: Iterable[int]) -> set[int]:
        with self._session() as session:
            return directory.confidential(session, keys)

    def keys(self) -> Iterator[int]:
        with self._session() as session:
            numbers = list(directory.listing_numbers(session))
        return iter(numbers)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._make_session() as session:
                yield session
        except OperationalError as error:
            raise SourceUnavailable(type(error.orig).__name__) from error
