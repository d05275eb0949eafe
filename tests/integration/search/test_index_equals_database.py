"""R09 on the real source: whatever is done to listings, the index says what the database says."""

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from resourcedir.db import writing
from resourcedir.directory import commands, queries
from resourcedir.directory.commands import Hand, Seen
from resourcedir.directory.editing import edit_of
from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.kinds import Unit
from resourcedir.directory.models import Listing
from resourcedir.engine import publishing
from resourcedir.engine.documents import Question
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.exchange.csv_import import import_csv
from resourcedir.search.source import DirectorySource
from tests.conftest import NOON
from tests.factories import Factory
from tests.unit.exchange.csv_files import JOB_LEAD, SERVICE, SHELTER, csv_file

TERMS = st.lists(st.sampled_from(["detox", "sober-living", "food-pantry"]), max_size=2, unique=True)
WORDS = st.sampled_from(["beds", "a quiet house", "ask for the night desk", ""])
ROWS = st.lists(st.sampled_from([SERVICE, JOB_LEAD, SHELTER]), min_size=1, max_size=3)


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs."""


class Directory(RuleBasedStateMachine):
    listings = Bundle("listings")

    def __init__(self, sessions, make, admin):
        super().__init__()
        self.sessions, self.make, self.admin = sessions, make, admin
        self.session = make.session
        self.root = Path(tempfile.mkdtemp())
        self.later = NOON

    def teardown(self):
        self.session.rollback()
        shutil.rmtree(self.root, ignore_errors=True)

    @initialize()
    def start(self):
        self.reopen()

    @rule(target=listings, terms=TERMS, text=WORDS, secret=st.booleans(), free=st.integers(0, 2))
    def add(self, terms, text, secret, free):
        more = {"confidential": "77 Canary Lane", "area": "TN"} if secret else {}
        return self.make.listing(terms=terms, description=text, available=free, **more)

    @rule(number=listings, text=WORDS, closed=st.booleans())
    def edit(self, number, text, closed):
        self.session.rollback()
        facts = queries.listing_facts(self.session, [number])[number]
        edit = replace(edit_of(facts), description=text, temporarily_closed=closed)
        self.change(number, commands.apply, edit, Seen(facts.version, self.later))

    @rule(number=listings, free=st.integers(0, 5))
    def count_beds(self, number, free):
        now = self.later + timedelta(minutes=1)
        self.change(number, commands.set_openings, OpeningsFact(Unit.BED, free, None, now))

    @rule(number=listings, back=st.booleans())
    def withdraw_or_offer(self, number, back):
        self.change(number, commands.offer_again if back else commands.withdraw)

    @rule(rows=ROWS, name=st.sampled_from(["Harbor", "Harbor House"]))
    def bring(self, rows, name):
        self.later += timedelta(minutes=1)
        unique = {row["key"]: {**row, "name": name} for row in rows}
        path = self.root / "rows.csv"
        path.write_bytes(csv_file(*unique.values()))
        self.session.rollback()
        import_csv(writing(self.session), path, at=self.later)
        self.session.commit()

    @rule()
    def forget_what_was_not_committed(self):
        self.make._begin()
        self.make.taxonomy()
        self.session.rollback()

    @rule()
    def catch_up(self):
        self.indexer.catch_up()
        self.equals_database()

    @rule()
    def rebuild(self):
        self.indexer.rebuild()
        self.equals_database()

    @rule(whole=st.booleans())
    def die_between_commit_and_manifest(self, whole):
        def killed(*_):
            raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publishing, "write_manifest", killed)
            try:
                self.indexer.rebuild() if whole else self.indexer.catch_up()
            except Killed:
                self.reopen()

    @rule()
    def reopen(self):
        self.indexer = Indexer(self.root / "index", DirectorySource(self.sessions))
        self.index = WhooshIndex(self.root / "index")

    def change(self, number, command, *said):
        self.later += timedelta(minutes=1)
        self.make._begin()
        listing = self.session.get(Listing, number)
        if listing.withdrawn_at is not None and command is not commands.offer_again:
            return  # nobody may edit it
        command(self.session, listing, *said, Hand(self.admin.identity, self.later, None))
        self.session.commit()

    def equals_database(self):
        source = DirectorySource(self.sessions)
        offered = {each.key for each in source.documents(source.keys())}
        found = self.index.search(Question(limit=1000))

        assert self.indexer.check() == []
        assert {hit.key for hit in found.hits} == offered
        assert IndexFolder(self.root / "index").manifest().change == source.last_change()


def test_the_index_equals_the_database_after_each_catching_up(sessions):
    with sessions() as session:
        make = Factory(session)
        admin = make.administrator()
        run_state_machine_as_test(
            lambda: Directory(sessions, make, admin),
            settings=settings(
                max_examples=10,
                stateful_step_count=15,
                deadline=None,
                phases=[Phase.generate],
            ),
        )
