"""R09: after any sequence of changes, commits, crashes and rebuilds the index equals the truth."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from resourcedir.engine import indexer as indexing
from resourcedir.engine.documents import Clause, Document, Near, Question
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

KEYS = st.integers(1, 12)
DOCUMENTS = st.builds(
    Document,
    key=KEYS,
    texts=st.tuples(st.tuples(st.sampled_from(["bed", "bed food", "food food", ""]), st.just(2.0))),
    keywords=st.fixed_dictionaries({"need": st.frozensets(st.sampled_from("abc"))}),
    point=st.none() | st.tuples(st.sampled_from([35.0, 35.5]), st.just(-85.0)),
    areas=st.frozensets(st.sampled_from(["TN", "GA"])),
    extras=st.fixed_dictionaries({"open": st.sampled_from("01")}),
)
QUESTIONS = (
    Question(limit=50, facets=("need",)),
    Question((Clause("bed"), Clause("food", ("need", frozenset("a")))), limit=50),
    Question((Clause("food"),), near=Near(35.0, -85.0, 30.0, frozenset({"TN"})), limit=50),
    Question(keep=(lambda extras: extras["open"] == "1",), facets=("need",), limit=50),
)


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs."""


class IndexMachine(RuleBasedStateMachine):
    @initialize()
    def start(self):
        self.root = Path(tempfile.mkdtemp())
        self.source = Memory()
        self.indexer = Indexer(self.root, self.source)
        self.indexer.rebuild()
        self.reader = WhooshIndex(self.root)

    def teardown(self):
        shutil.rmtree(self.root, ignore_errors=True)

    @rule(document=DOCUMENTS)
    def put(self, document):
        self.source.put(document)

    @rule(documents=st.lists(DOCUMENTS, min_size=5, max_size=12))
    def put_many(self, documents):
        for document in documents:
            self.source.put(document)

    @rule(key=KEYS)
    def drop(self, key):
        self.source.drop(key)

    @rule()
    def catch_up(self):
        self.indexer.catch_up()
        self.equals_truth()

    @rule()
    def rebuild(self):
        self.indexer.rebuild()
        self.equals_truth()

    @rule()
    def source_forgets_its_changes(self):
        self.source.forget()

    @rule()
    def another_process_takes_over(self):
        self.indexer = Indexer(self.root, self.source)
        self.reader = WhooshIndex(self.root)

    @rule(step=st.sampled_from(["write_manifest", "build", "replace"]), whole=st.booleans())
    def die(self, step, whole):
        """Die in the middle of catching up or rebuilding, before or after one of its steps."""
        real = getattr(indexing, step)

        def last_step(*arguments):
            if step != "write_manifest":
                real(*arguments)
            raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(indexing, step, last_step)
            try:
                self.indexer.rebuild() if whole else self.indexer.catch_up()
            except Killed:
                self.indexer = Indexer(self.root, self.source)

    @rule(whole=st.booleans())
    def die_while_reading(self, whole):
        """Die after half of the documents are handed to the writer."""
        real = self.source.documents

        def half(keys):
            found = list(real(keys))
            yield from found[: len(found) // 2]
            raise Killed

        self.source.documents = half
        try:
            self.indexer.rebuild() if whole else self.indexer.catch_up()
        except Killed:
            self.indexer = Indexer(self.root, self.source)
        finally:
            del self.source.documents

    @invariant()
    def differs_only_by_changes_not_yet_read(self):
        manifest = IndexFolder(self.root).manifest()
        if manifest.change >= self.source.forgotten:
            assert self.indexer.check() == []

    def equals_truth(self):
        assert self.indexer.check() == []
        assert IndexFolder(self.root).manifest().change == self.source.last_change()
        assert IndexFolder(self.root).manifest().documents == len(self.source.all)
        with tempfile.TemporaryDirectory() as folder:
            Indexer(Path(folder), self.source).rebuild()
            made_at_once = WhooshIndex(Path(folder))
            for question in QUESTIONS:
                assert self.reader.search(question) == made_at_once.search(question)


IndexMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestIndexEqualsSource = IndexMachine.TestCase
