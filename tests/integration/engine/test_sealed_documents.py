"""Of a sealed document no earlier version that was not sealed is left on the disk.

A listing that becomes confidential had its address in the index; Whoosh keeps what it deletes.
"""

import zlib
from contextlib import suppress

import pytest

from resourcedir.engine import indexer as indexing
from resourcedir.engine.documents import Clause, Document, Question
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

SECRET = b"canary"


def listing(key, text="bed", *, sealed=False):
    keywords = {"street": frozenset({text})}
    return Document(key, ((text, 1.0),), keywords, areas=frozenset({"TN"}), sealed=sealed)


@pytest.fixture
def source():
    return Memory([*(listing(key) for key in range(2, 30)), listing(1, "canary lane")])


@pytest.fixture
def indexer(tmp_path, source):
    indexer = Indexer(tmp_path / "index", source)
    indexer.rebuild()
    return indexer


@pytest.fixture
def root(indexer, tmp_path):
    return tmp_path / "index"


def found(root, text):
    return [hit.key for hit in WhooshIndex(root).search(Question((Clause(text),))).hits]


def unpacked(content):
    """Yield the file and each compressed block in it."""
    yield content
    start = content.find(b"x")
    while start >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(content[start:])
        start = content.find(b"x", start + 1)


def is_on_disk(root):
    files = [path for path in root.rglob("*") if path.is_file()]
    assert files
    return any(SECRET in block for path in files for block in unpacked(path.read_bytes()))


def test_a_version_before_it_was_sealed_is_on_the_disk_no_more_once_the_change_is_read(
    indexer, source, root
):
    before = IndexFolder(root).current()
    assert is_on_disk(root)
    source.put(listing(1, "phone", sealed=True))
    indexer.catch_up()

    assert IndexFolder(root).current() != before
    assert not before.exists()
    assert not is_on_disk(root)
    assert found(root, "phone") == [1]
    assert indexer.check() == []


def test_so_is_one_that_another_version_or_a_deletion_had_covered_already(indexer, source, root):
    for change in (lambda: source.put(listing(1, "food")), lambda: source.drop(1)):
        change()
        indexer.catch_up()
        assert is_on_disk(root)
    source.put(listing(1, "phone", sealed=True))
    indexer.catch_up()

    assert not is_on_disk(root)
    assert found(root, "phone") == [1]


def test_so_is_one_whose_sealing_met_a_crash(indexer, source, root, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    source.put(listing(1, "phone", sealed=True))
    for step in ("replace", "publish", "build"):
        with monkeypatch.context() as patch:
            patch.setattr(indexing, step, killed)
            with pytest.raises(Killed):
                Indexer(root, source).catch_up()
    Indexer(root, source).catch_up()

    assert not is_on_disk(root)
    assert found(root, "phone") == [1]


def test_a_change_of_what_was_sealed_before_makes_nothing_anew(indexer, source, root):
    source.put(listing(1, "phone", sealed=True))
    indexer.catch_up()
    before = IndexFolder(root).current()
    for document in (listing(1, "night", sealed=True), listing(40, "new", sealed=True)):
        source.put(document)
        indexer.catch_up()

    assert IndexFolder(root).current() == before
    assert (found(root, "night"), found(root, "new")) == ([1], [40])


def test_a_document_that_was_opened_and_is_sealed_again_is_made_anew(indexer, source, root):
    source.put(listing(1, "phone", sealed=True))
    indexer.catch_up()
    source.put(listing(1, "canary lane"))
    indexer.catch_up()
    assert is_on_disk(root)
    source.put(listing(1, "phone", sealed=True))
    indexer.catch_up()

    assert not is_on_disk(root)


def test_an_ordinary_change_makes_nothing_anew(indexer, source, root):
    before = IndexFolder(root).current()
    source.put(listing(2, "food"))
    indexer.catch_up()

    assert IndexFolder(root).current() == before


def test_so_is_one_that_was_sealed_and_deleted_before_either_was_read(indexer, source, root):
    source.put(listing(1, "phone", sealed=True))
    source.drop(1)
    indexer.catch_up()

    assert not is_on_disk(root)
    assert found(root, "phone") == []
