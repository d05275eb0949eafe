import random
from dataclasses import replace
from threading import Event, Thread

import pytest

from resourcedir.engine import indexer as indexing
from resourcedir.engine import publishing
from resourcedir.engine.checking import Difference, Fault
from resourcedir.engine.documents import Clause, Document, Layout, Question
from resourcedir.engine.errors import IndexerBusy, IndexMissing, SourceUnavailable
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer, wait_until_indexed
from resourcedir.engine.lock import sole_indexer
from resourcedir.engine.manifest import write_manifest
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory


def named(key, text="bed"):
    return Document(key, ((text, 1.0),), {"need": frozenset({text})})


@pytest.fixture
def source():
    return Memory(named(key) for key in range(1, 6))


@pytest.fixture
def indexer(tmp_path, source):
    return Indexer(tmp_path, source)


@pytest.fixture
def index(tmp_path, indexer):
    indexer.rebuild()
    return WhooshIndex(tmp_path)


def found(index, text):
    return [hit.key for hit in index.search(Question((Clause(text),), limit=500)).hits]


def test_an_open_index_sees_a_change_as_soon_as_it_is_committed(index, indexer, source):
    assert found(index, "bed") == [1, 2, 3, 4, 5]
    source.put(named(2, "food"))
    source.drop(3)
    source.put(named(9, "bed"))
    assert indexer.catch_up() == 3
    assert found(index, "bed") == [1, 4, 5, 9]
    assert found(index, "food") == [2]


def test_many_changes_of_one_document_leave_one_document(index, indexer, source):
    for text in ("food", "bus", "food", "phone"):
        source.put(named(1, text))
    assert indexer.catch_up() == 1
    assert found(index, "phone") == [1]
    assert index.search(Question()).total == 5


def test_changes_beyond_one_batch_are_all_read(index, indexer, source):
    for key in range(1, 1202):
        source.put(named(key, "bus"))
    assert indexer.catch_up() == 1201
    assert index.search(Question((Clause("bus"),))).total == 1201
    assert indexer.catch_up() == 0


def test_many_small_commits_are_merged_into_few_segments(index, indexer, source):
    for number in range(60):
        source.put(named(number % 20 + 1, "bed" if number % 3 else "food"))
        indexer.catch_up()
    folder = IndexFolder(indexer._root).current()
    assert len(list(folder.glob("*.seg"))) <= 8
    parts = {each.file for each in IndexFolder(indexer._root).manifest().parts}
    assert {path.name for path in folder.glob("*.arrays")} == parts
    assert indexer.check() == []
    at_once = found(index, "bed"), found(index, "food")
    indexer.rebuild()
    assert (found(index, "bed"), found(index, "food")) == at_once


def test_an_index_that_lost_all_documents_takes_new_ones(index, indexer, source):
    for key in list(source.all):
        source.drop(key)
    indexer.catch_up()
    assert index.search(Question()).total == 0
    source.put(named(7))
    indexer.catch_up()
    assert found(index, "bed") == [7]


def test_the_old_index_answers_until_the_new_one_is_whole(index, indexer, source):
    source.put(named(6))
    seen = []
    indexer.rebuild(lambda done, total: seen.append((done, total, len(found(index, "bed")))))
    assert seen == [(6, 6, 5)]
    assert found(index, "bed") == [1, 2, 3, 4, 5, 6]


def test_a_rebuild_leaves_one_folder(index, indexer, tmp_path):
    IndexFolder(tmp_path).create()
    indexer.rebuild()
    assert list(tmp_path.glob("index-*")) == [IndexFolder(tmp_path).current()]


def test_questions_are_answered_all_through_rebuilds_and_commits(index, indexer, source):
    stop, answers, failures = Event(), [], []

    def ask():
        try:
            while not stop.is_set():
                answers.append(found(index, "bed"))
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        indexer.rebuild()
        source.put(named(1))
        indexer.catch_up()
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert answers
    assert all(answer == [1, 2, 3, 4, 5] for answer in answers)


def test_a_part_that_did_not_change_is_neither_derived_nor_opened_again(index, indexer, source):
    before = index.snapshot().parts
    source.put(named(1, "food"))
    indexer.catch_up()
    after = index.snapshot().parts
    assert (len(before), len(after)) == (1, 2)
    assert before[0].part in [each.part for each in after]
    assert (before[0].count, index.snapshot().count) == (5, 5)


def test_between_whooshs_commit_and_the_manifest_the_old_parts_answer(
    index, indexer, source, monkeypatch
):
    """Also when the commit merged their segments away, and to those who open the index then."""
    real, seen = indexing.publish, []

    def publish(*arguments):
        seen.append(found(index, "bed"))
        seen.append(found(WhooshIndex(indexer._root), "bed"))
        seen.append(indexer.check())
        return real(*arguments)

    monkeypatch.setattr(indexing, "publish", publish)
    for key in range(1, 7):
        source.put(named(key, "bed" if key == 6 else "food"))
    indexer.catch_up()
    assert seen == [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], []]
    assert found(index, "bed") == [6]


@pytest.mark.parametrize("taken_over", [False, True])
def test_a_commit_that_could_not_be_published_is_published_by_the_next_attempt(
    index, indexer, source, monkeypatch, taken_over
):
    def full(*_):
        raise OSError(28, "full")

    source.put(named(1, "food"))
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "write_manifest", full)
        with pytest.raises(OSError, match="full"):
            indexer.catch_up()
    assert found(index, "bed") == found(WhooshIndex(indexer._root), "bed") == [1, 2, 3, 4, 5]
    assert indexer.check() == []
    if taken_over:
        indexer = Indexer(indexer._root, source)
    indexer.catch_up()
    assert (found(index, "bed"), found(index, "food")) == ([2, 3, 4, 5], [1])
    assert index.search(Question()).total == 5
    assert indexer.check() == []


SPOILS = ["form", "layout", "manifest", "pointer", "forgotten", "far behind"]


@pytest.mark.parametrize("spoil", SPOILS)
def test_catching_up_rebuilds_where_there_is_nothing_to_catch_up_from(
    index, indexer, source, spoil, monkeypatch
):
    folder = IndexFolder(indexer._root)
    before = folder.current()
    source.put(named(6))
    if spoil == "form":
        write_manifest(before, replace(folder.manifest(), form="another"))
    elif spoil == "layout":
        source.layout = Layout(usual_length=5.0)
    elif spoil == "far behind":
        monkeypatch.setattr(indexing, "_MANY", 4)
        for _ in range(5):
            source.put(named(6))
    elif spoil == "manifest":
        (before / "manifest.json").write_text("{")
    elif spoil == "pointer":
        (indexer._root / "current").unlink()
    else:
        source.forget()
    assert indexer.catch_up() == 6
    assert folder.current() != before
    assert found(index, "bed") == [1, 2, 3, 4, 5, 6]


def test_check_names_what_is_missing_extra_different_and_double(index, indexer, source):
    source.all[6] = named(6)
    del source.all[5]
    source.all[4] = named(4, "food")
    assert indexer.check() == [
        Difference(4, Fault.DIFFERENT),
        Difference(5, Fault.EXTRA),
        Difference(6, Fault.MISSING),
    ]


def test_check_finds_a_document_that_is_there_twice(index, indexer, source, monkeypatch):
    monkeypatch.setattr("resourcedir.engine.commits._delete", lambda *_: None)
    source.put(named(1))
    indexer.catch_up()
    assert indexer.check() == [Difference(1, Fault.DOUBLE)]


def test_check_forgives_changes_that_are_not_read_yet(index, indexer, source):
    source.put(named(1, "food"))
    source.drop(2)
    source.put(named(8))
    assert indexer.check() == []


def test_check_without_an_index_says_so(indexer):
    with pytest.raises(IndexMissing):
        indexer.check()


def test_a_second_indexer_is_refused(indexer, tmp_path):
    with sole_indexer(tmp_path):
        for work in (indexer.catch_up, indexer.rebuild):
            with pytest.raises(IndexerBusy):
                work()
    indexer.rebuild()
    with sole_indexer(tmp_path):
        assert indexer.check() == []


def test_a_failure_while_writing_leaves_nothing_locked(index, indexer, source, monkeypatch):
    source.put(named(1, "food"))
    with monkeypatch.context() as patch:
        patch.setattr("whoosh.index.TOC.write", lambda *_: (_ for _ in ()).throw(OSError("full")))
        with pytest.raises(OSError, match="full"):
            indexer.catch_up()
    assert found(index, "food") == []
    indexer.catch_up()
    assert found(index, "food") == [1]


def test_equal_seeds_do_not_make_equal_segment_names(index, indexer, source):
    state = random.Random(1).getstate()  # noqa: S311
    for key in range(6, 12):
        random.setstate(state)
        source.put(named(key))
        indexer.catch_up()
        assert random.getstate() == state
    assert len(found(index, "bed")) == 11


class Followers:
    def __init__(self):
        self.stop = Event()
        self.threads = []

    def start(self, indexer):
        self.threads.append(Thread(target=indexer.follow, args=(self.stop, 0.01)))
        self.threads[-1].start()

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join(10)
        assert not any(thread.is_alive() for thread in self.threads)


@pytest.fixture
def followers():
    followers = Followers()
    yield followers
    followers.end()


def test_following_makes_the_index_and_keeps_it(indexer, source, tmp_path, followers):
    followers.start(indexer)
    assert wait_until_indexed(tmp_path, 0, 60)
    source.put(named(9, "bus"))
    assert wait_until_indexed(tmp_path, source.last_change(), 60)
    assert found(WhooshIndex(tmp_path), "bus") == [9]
    with pytest.raises(IndexerBusy):
        indexer.rebuild()


def test_when_one_follower_ends_another_takes_over(source, tmp_path, followers):
    first = Followers()
    first.start(Indexer(tmp_path, source))
    assert wait_until_indexed(tmp_path, 0, 60)
    followers.start(Indexer(tmp_path, source))
    first.end()
    source.put(named(9, "bus"))
    assert wait_until_indexed(tmp_path, source.last_change(), 60)


def test_a_source_that_fails_for_a_while_is_asked_again(
    indexer, source, tmp_path, followers, caplog
):
    indexer.rebuild()
    failures = iter([SourceUnavailable("private"), OSError("private")])
    real = source.changes_after

    def flaky(number, limit):
        for failure in failures:
            raise failure
        return real(number, limit)

    source.changes_after = flaky
    source.put(named(9, "bus"))
    followers.start(indexer)
    assert wait_until_indexed(tmp_path, source.last_change(), 60)
    assert "SourceUnavailable" in caplog.text
    assert "private" not in caplog.text


def test_waiting_for_a_change_that_nobody_indexes_ends(index, tmp_path):
    assert wait_until_indexed(tmp_path, 0, 0)
    assert not wait_until_indexed(tmp_path, 1, 0.06)


def test_a_pointer_out_of_the_folder_is_not_followed(index, tmp_path):
    (tmp_path / "current").write_text("index-/../../elsewhere")
    with pytest.raises(IndexMissing):
        index.search(Question())


def test_an_index_replaced_between_its_name_and_its_opening_is_looked_for_again(
    indexer, tmp_path, monkeypatch
):
    indexer.rebuild()
    gone = tmp_path / "index-gone"
    names = iter([gone, gone, IndexFolder(tmp_path).current()])
    monkeypatch.setattr(IndexFolder, "current", lambda _: next(names))
    assert found(WhooshIndex(tmp_path), "bed") == [1, 2, 3, 4, 5]
