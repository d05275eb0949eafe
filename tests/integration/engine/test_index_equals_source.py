"""R09: after any sequence of changes, commits, crashes and damage the index equals the truth."""

import gc
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from whoosh.index import open_dir

from resourcedir.engine import indexer as indexing
from resourcedir.engine import publishing
from resourcedir.engine.arrays import Arrays
from resourcedir.engine.decoding import decoded
from resourcedir.engine.documents import (
    Clause,
    Column,
    ColumnKind,
    Document,
    Hooks,
    Layout,
    Near,
    Question,
)
from resourcedir.engine.errors import IndexMissing
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.manifest import unpack
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

LAYOUT = Layout("test", 3.0, {"open": Column(ColumnKind.FLAG)})
KEYS = st.integers(1, 12)
DOCUMENTS = st.builds(
    Document,
    key=KEYS,
    texts=st.tuples(st.tuples(st.sampled_from(["bed", "bed food", "food food", ""]), st.just(2.0))),
    keywords=st.fixed_dictionaries({"need": st.frozensets(st.sampled_from("abc"))}),
    point=st.none() | st.tuples(st.sampled_from([35.0, 35.5]), st.just(-85.0)),
    areas=st.frozensets(st.sampled_from(["TN", "GA"])),
    columns=st.fixed_dictionaries({"open": st.integers(0, 1)}),
    sealed=st.booleans(),
)
QUESTIONS = (
    (Question(limit=50, facets=("need",)), Hooks()),
    (Question((Clause("bed"), Clause("food", ("need", frozenset("a")))), limit=50), Hooks()),
    (Question((Clause("food"),), near=Near(35, -85, 30, frozenset({"TN"})), limit=50), Hooks()),
    (
        Question(facets=("need",), limit=50),
        Hooks(keep=(lambda part, positions: part.column("open")[positions] == 1,)),
    ),
)
STEPS = (
    (indexing, "build"),
    (indexing, "replace"),
    (indexing, "publish"),
    (publishing, "write_arrays"),
    (publishing, "write_manifest"),
    (publishing, "_sweep"),
    (IndexFolder, "switch"),
)


pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs."""


def cut(content):
    return content[: len(content) // 3]


def scrambled(content):
    return bytes(255 - byte for byte in content)


class IndexMachine(RuleBasedStateMachine):
    @initialize()
    def start(self):
        gc.freeze()  # what is left of the tests before need not be gone through at the end
        self.root = Path(tempfile.mkdtemp())
        self.folder = IndexFolder(self.root)
        self.source = Memory(layout=LAYOUT)
        self.keys_at = {0: set()}
        self.indexer = Indexer(self.root, self.source)
        self.indexer.rebuild()
        self.reader = WhooshIndex(self.root)

    def teardown(self):
        shutil.rmtree(self.root, ignore_errors=True)
        gc.collect()  # files that Whoosh leaves open when it cannot read them

    def remember(self):
        self.keys_at[self.source.last_change()] = set(self.source.all)

    @rule(document=DOCUMENTS)
    def put(self, document):
        self.source.put(document)
        self.remember()

    @rule(documents=st.lists(DOCUMENTS, min_size=5, max_size=12))
    def put_many(self, documents):
        for document in documents:
            self.source.put(document)
        self.remember()

    @rule(key=KEYS)
    def drop(self, key):
        self.source.drop(key)
        self.remember()

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

    @rule(step=st.sampled_from(STEPS), after=st.booleans(), whole=st.booleans())
    def die(self, step, after, whole):
        """Die in the middle of catching up or rebuilding, before or after one of its steps."""
        module, name = step
        real = getattr(module, name)

        def last_step(*arguments):
            if after:
                real(*arguments)
            raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, name, last_step)
            self.work_until_killed(whole)

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
            self.work_until_killed(whole)
        finally:
            del self.source.documents

    @rule()
    def fail_to_publish(self):
        """Go on in the same process after a disk that was full for a moment."""

        def full(*_):
            raise OSError(28, "full")

        with pytest.MonkeyPatch.context() as patch, suppress(OSError):
            patch.setattr(publishing, "write_manifest", full)
            self.indexer.catch_up()
        self.indexer.catch_up()
        self.equals_truth()

    @rule(
        number=st.integers(0, 20),
        damage=st.sampled_from([cut, scrambled, None]),
        in_place=st.booleans(),
        restarted=st.booleans(),
    )
    def damage_a_file(self, number, damage, in_place, restarted):
        files = sorted(self.folder.current().iterdir())
        path = files[number % len(files)]
        if damage is None:
            path.unlink()
        elif in_place:
            path.write_bytes(damage(path.read_bytes()))
        else:
            draft = path.with_name("draft")
            draft.write_bytes(damage(path.read_bytes()))
            draft.replace(path)
        change = self.answered_change
        for reader in (self.reader, WhooshIndex(self.root)):
            with suppress(IndexMissing):
                assert self.keys_of(reader) == self.keys_at[change]
        if restarted or path.suffix in (".seg", ".toc"):
            # What only Whoosh reads is looked at when an indexer takes over.
            self.indexer = Indexer(self.root, self.source)
        self.indexer.catch_up()
        self.equals_truth()

    def work_until_killed(self, whole):
        try:
            self.indexer.rebuild() if whole else self.indexer.catch_up()
        except Killed:
            self.indexer = Indexer(self.root, self.source)

    @invariant()
    def differs_only_by_changes_not_yet_read(self):
        manifest = self.folder.manifest()
        if manifest.change >= self.source.forgotten:
            assert self.indexer.check() == []

    @invariant()
    def answers_what_was_published_last(self):
        self.answered_change = self.folder.manifest().change
        assert self.keys_of(self.reader) == self.keys_at[self.answered_change]

    @staticmethod
    def keys_of(reader):
        return {hit.key for hit in reader.search(Question(limit=50)).hits}

    def equals_truth(self):
        assert self.indexer.check() == []
        manifest = self.folder.manifest()
        assert manifest.change == self.source.last_change()
        assert manifest.documents == len(self.source.all)
        assert_parts_equal_segments(self.folder.current(), manifest)
        with tempfile.TemporaryDirectory() as folder:
            Indexer(Path(folder), self.source).rebuild()
            made_at_once = WhooshIndex(Path(folder))
            for question in QUESTIONS:
                assert self.reader.search(*question) == made_at_once.search(*question)


def assert_parts_equal_segments(folder, manifest):
    """Compare what is published with what Whoosh's segments give when they are read anew."""
    index = open_dir(str(folder), readonly=True)
    assert manifest.generation == index.latest_generation()
    entries = {each.segment: each for each in manifest.parts}
    with index.reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        assert sorted(entries) == sorted(leaf.segment().segment_id() for leaf in leaves)
        for leaf in leaves:
            entry = entries[leaf.segment().segment_id()]
            assert set(unpack(entry.deleted).tolist()) == set(leaf.segment().deleted_docs())
            arrays, facts = decoded(leaf, LAYOUT.usual_length)
            part = Arrays(folder / entry.file)
            assert part.facts == {**facts, "fields": {k: [*v] for k, v in facts["fields"].items()}}
            for name, array in arrays.items():
                np.testing.assert_array_equal(part[name], array, strict=True)


IndexMachine.TestCase.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)
TestIndexEqualsSource = IndexMachine.TestCase
