"""An index whose files are damaged: it is made anew, and until then it says that it is missing."""

import gc
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from resourcedir.engine.documents import Clause, Document, Question
from resourcedir.engine.errors import IndexMissing
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer, wait_until_indexed, wait_until_rebuilt
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

BEDS = Question((Clause("bed"),))


@pytest.fixture
def source():
    return Memory(Document(key, (("bed", 1.0),), {"need": frozenset("a")}) for key in range(1, 60))


@pytest.fixture
def indexer(tmp_path, source):
    indexer = Indexer(tmp_path, source)
    indexer.rebuild()
    return indexer


@pytest.fixture
def following(indexer):
    stop = Event()
    thread = Thread(target=indexer.follow, args=(stop, 0.02))
    thread.start()
    yield
    stop.set()
    thread.join()


def files(root, ending):
    return list(IndexFolder(root).current().glob(f"*{ending}"))


def write_anew(path, content):
    """Replace the file: those who have the old one open keep it."""
    draft = path.with_name("draft")
    draft.write_bytes(content)
    draft.replace(path)


def cut_segments(root):
    for path in files(root, ".seg"):
        write_anew(path, path.read_bytes()[: path.stat().st_size // 3])


def scramble_segments(root):
    for path in files(root, ".seg"):
        write_anew(path, bytes(255 - byte for byte in path.read_bytes()))


def lose_segments(root):
    for path in files(root, ".seg"):
        path.unlink()


def empty_toc(root):
    for path in files(root, ".toc"):
        write_anew(path, b"")


def tear_toc(root):
    for path in files(root, ".toc"):
        write_anew(path, path.read_bytes()[:-20])


def lose_toc(root):
    for path in files(root, ".toc"):
        path.unlink()


DAMAGES = [cut_segments, scramble_segments, lose_segments, empty_toc, tear_toc, lose_toc]
damaged = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _closed():
    """Collect the files that Whoosh leaves open when it cannot read them."""
    yield
    gc.collect()


@damaged
def test_searching_says_that_the_index_is_missing_and_asks_for_a_new_one(
    indexer, tmp_path, damage, caplog
):
    damage(tmp_path)
    with pytest.raises(IndexMissing):
        WhooshIndex(tmp_path).search(BEDS)
    with pytest.raises(IndexMissing):
        indexer.check()

    assert IndexFolder(tmp_path).rebuild_is_asked()
    assert "the index cannot be read" in caplog.text
    indexer.catch_up()
    assert not IndexFolder(tmp_path).rebuild_is_asked()
    assert WhooshIndex(tmp_path).search(BEDS).total == 59


@damaged
def test_while_somebody_keeps_the_index_the_search_answers_again(
    indexer, following, tmp_path, damage
):
    index = WhooshIndex(tmp_path)
    damage(tmp_path)
    until, total = monotonic() + 20, 0
    while total != 59 and monotonic() < until:
        try:
            total = index.search(BEDS).total
        except IndexMissing:
            sleep(0.02)

    assert total == 59


@damaged
def test_a_change_that_meets_a_broken_index_makes_it_anew(indexer, source, tmp_path, damage):
    damage(tmp_path)
    source.put(Document(1, (("bus", 1.0),)))

    assert indexer.catch_up() == 59
    assert WhooshIndex(tmp_path).search(BEDS).total == 58
    assert indexer.check() == []


def test_a_follower_outlives_any_failure_and_logs_its_kind_alone(
    indexer, source, following, tmp_path, caplog
):
    real = source.changes_after
    failures = iter([KeyError("private"), ValueError("private"), OSError("private")])

    def flaky(number, limit):
        for failure in failures:
            raise failure
        return real(number, limit)

    source.changes_after = flaky
    source.put(Document(1, (("bus", 1.0),)))

    assert wait_until_indexed(tmp_path, source.last_change(), 10)
    assert all(kind in caplog.text for kind in ("KeyError", "ValueError", "OSError"))
    assert "private" not in caplog.text


def test_what_cannot_be_made_anew_is_not_tried_without_end(
    indexer, source, tmp_path, monkeypatch, caplog
):
    cut_segments(tmp_path)
    source.put(Document(1, (("bus", 1.0),)))
    monkeypatch.setattr(source, "keys", lambda: 1 / 0)
    stop = Event()
    thread = Thread(target=indexer.follow, args=(stop, 0.02))
    thread.start()
    sleep(1)
    stop.set()
    thread.join()

    assert 3 <= caplog.text.count("ZeroDivisionError") <= 8


def test_whoever_keeps_the_index_makes_it_anew_when_asked(indexer, following, tmp_path):
    folder = IndexFolder(tmp_path)
    before = folder.current()
    assert wait_until_rebuilt(tmp_path, before, 0) is None
    folder.ask_for_rebuild()

    assert wait_until_rebuilt(tmp_path, before, 20) == 59
    assert not folder.rebuild_is_asked()


def test_a_source_put_back_to_an_earlier_state_is_read_anew(indexer, source, tmp_path):
    source.put(Document(70, (("bed", 1.0),)))
    indexer.catch_up()
    source.log, source.all = [], {1: source.all[1]}

    indexer.catch_up()
    assert WhooshIndex(tmp_path).search(BEDS).total == 1
