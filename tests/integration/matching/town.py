"""The whole seed in a database and an index."""

from sqlalchemy.orm import sessionmaker

from resourcedir.db import engine_for
from resourcedir.directory import queries as directory
from resourcedir.engine.documents import Hooks
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.exchange.csv_import import import_csv
from resourcedir.matching.queries import Matcher, Subject
from resourcedir.search.queries import Searcher
from resourcedir.search.source import DirectorySource
from resourcedir.security.sealing import KEYRING, Keyring
from resourcedir.taxonomy.commands import sync
from tests.integration.matching.invented import NOW, TODAY
from tests.integration.search.test_without_index import SEED
from tests.tables import make_tables


class Town:
    """Its listings, and what answers a search among them."""

    def __init__(self, folder):
        url = f"sqlite:///{folder / 'seed.db'}"
        make_tables(url)
        self.engine = engine_for(url)
        self.sessions = sessionmaker(self.engine, info={KEYRING: Keyring([b"k" * 32])})
        with self.sessions() as session:
            sync(session)
            import_csv(session, SEED, at=NOW)
            session.commit()
            numbers = list(directory.listing_numbers(session))
            self.listings = directory.listing_facts(session, numbers)
        Indexer(folder / "index", DirectorySource(self.sessions)).rebuild()
        self.index, self.no_index = WhooshIndex(folder / "index"), WhooshIndex(folder / "none")

    def matches(self, ask, known, *, only=None, indexed=True, skipped=frozenset()):
        index = self.index if indexed else self.no_index
        searcher = Searcher(index, home_state="TN", now=NOW)
        subject = Subject(known=known, now=NOW, today=TODAY, skipped=skipped)
        with self.sessions() as session:
            return Matcher(searcher, subject).matches(session, ask, only=only)

    def answering(self, ask):
        """Return the numbers of all that answer, without any verdict."""
        searcher = Searcher(self.index, home_state="TN", now=NOW)
        with self.sessions() as session:
            place = searcher.place_of(session, ask)
        answer, _ = searcher.answer(ask, place, Hooks(), most_each=1_000)
        return [hit.key for hit in answer.hits]
