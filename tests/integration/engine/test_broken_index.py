"""R10: whichever file is damaged, search answers right or says that there is no index.

Whoever keeps the index makes it anew. What Whoosh alone reads does not disturb the search at all.
"""

import gc
from itertools import product
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from resourcedir.engine import whoosh_index
from resourcedir.engine.documents import Clause, Document, Hooks, Question
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


def cut(content):
    return content[: len(content) // 3]


def scrambled(content):
    return bytes(255 - byte for byte in content)


def one_bit_flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1 :]


def emptied(_):
    return b""


def lost(_):
    return None


DAMAGES = [cut, scrambled, one_bit_flipped, emptied, lost]


class Damage:
    """Damages the files of the index in use that match ``pattern``."""

    def __init__(self, pattern, change, *, in_place=False):
        self.pattern, self.change, self.in_place = pattern, change, in_place

    def __repr__(self):
        return f"{self.pattern} {self.change.__name__}{' in place' * self.in_place}"

    def __call__(self, root):
        paths = list(IndexFolder(root).current().glob(self.pattern))
        assert paths
        for path in paths:
            content = self.change(path.read_bytes())
            if content is None:
                path.unlink()
            elif self.in_place:
                path.write_bytes(content)
            else:  # those who have the old one open keep it
                draft = path.with_name("draft")
                draft.write_bytes(content)
                draft.replace(path)


def each(*damages):
    return pytest.mark.parametrize("damage", damages, ids=repr)


OF_PARTS = [Damage("*.arrays", change) for change in DAMAGES]
OF_PARTS_IN_PLACE = [Damage("*.arrays", change, in_place=True) for change in DAMAGES[:-1]]
OF_MANIFEST = [Damage("manifest.json", change) for change in (cut, scrambled, emptied, lost)]
OF_WHOOSH = [Damage(*some) for some in product(["*.seg", "*.toc"], DAMAGES)]

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _closed():
    """Collect the files that Whoosh leaves open when it cannot read them.

    They alone: to go through all that is left of the tests before takes a second each time.
    """
    gc.freeze()
    yield
    gc.collect()


@each(*OF_PARTS, *OF_PARTS_IN_PLACE, *OF_MANIFEST)
def test_whoever_opens_a_damaged_index_says_that_it_is_missing_and_it_is_made_anew(
    indexer, tmp_path, damage
):
    damage(tmp_path)
    with pytest.raises(IndexMissing):
        WhooshIndex(tmp_path).search(BEDS)
    with pytest.raises(IndexMissing):
        indexer.check()

    assert indexer.catch_up() == 59
    assert not IndexFolder(tmp_path).rebuild_is_asked()
    assert WhooshIndex(tmp_path).search(BEDS).total == 59
    assert indexer.check() == []


@each(*OF_PARTS)
def test_whoever_cannot_read_a_part_asks_for_a_new_index_and_logs_why(
    tmp_path, indexer, damage, caplog
):
    damage(tmp_path)
    with pytest.raises(IndexMissing):
        WhooshIndex(tmp_path).search(BEDS)

    assert IndexFolder(tmp_path).rebuild_is_asked()
    assert "the index cannot be read" in caplog.text


@each(*OF_PARTS)
def test_whoever_has_a_part_open_answers_right_when_its_name_goes_to_another_file(
    indexer, tmp_path, damage
):
    index = WhooshIndex(tmp_path)
    assert index.search(BEDS).total == 59
    damage(tmp_path)

    assert index.search(BEDS).total == 59


@each(*OF_PARTS_IN_PLACE, *OF_MANIFEST)
def test_whoever_has_open_what_is_overwritten_says_that_it_is_missing_and_lives(
    indexer, tmp_path, damage
):
    """A cut file would end the process (SIGBUS), another content could answer wrong."""
    index = WhooshIndex(tmp_path)
    assert index.search(BEDS).total == 59
    damage(tmp_path)
    with pytest.raises(IndexMissing):
        index.search(BEDS)

    indexer.catch_up()
    assert index.search(BEDS).total == 59


def test_what_fails_because_a_file_is_overwritten_meanwhile_says_that_the_index_is_missing(
    indexer, tmp_path
):
    def overwritten(*_):
        OF_PARTS_IN_PLACE[1](tmp_path)
        raise IndexError("what is read now may name any place")

    with pytest.raises(IndexMissing):
        WhooshIndex(tmp_path).search(BEDS, Hooks(keep=(overwritten,)))
    assert IndexFolder(tmp_path).rebuild_is_asked()


@each(*OF_WHOOSH)
def test_what_whoosh_alone_reads_does_not_disturb_the_search(indexer, source, tmp_path, damage):
    before = WhooshIndex(tmp_path)
    assert before.search(BEDS).total == 59
    damage(tmp_path)

    assert before.search(BEDS).total == 59
    assert WhooshIndex(tmp_path).search(BEDS).total == 59
    with pytest.raises(IndexMissing):
        indexer.check()
    folder = IndexFolder(tmp_path).current()
    assert Indexer(tmp_path, source).catch_up() == 59  # the next to take over sees it
    assert IndexFolder(tmp_path).current() != folder
    assert before.search(BEDS).total == 59
    assert indexer.check() == []


def test_an_indexer_that_takes_over_a_whole_index_leaves_it_as_it_is(indexer, source, tmp_path):
    folder = IndexFolder(tmp_path).current()
    source.put(Document(1, (("bus", 1.0),)))

    assert Indexer(tmp_path, source).catch_up() == 1
    assert IndexFolder(tmp_path).current() == folder


@each(OF_PARTS[0], OF_PARTS[-1], OF_PARTS_IN_PLACE[1], OF_MANIFEST[-1])
def test_while_somebody_keeps_the_index_the_search_answers_again(
    indexer, following, tmp_path, damage
):
    damage(tmp_path)
    until, total = monotonic() + 60, 0
    while total != 59 and monotonic() < until:
        try:
            total = WhooshIndex(tmp_path).search(BEDS).total
        except IndexMissing:
            sleep(0.02)

    assert total == 59


@each(
    *(damage for damage in OF_PARTS + OF_MANIFEST + OF_WHOOSH if damage.change != one_bit_flipped)
)
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

    assert wait_until_indexed(tmp_path, source.last_change(), 60)
    assert all(kind in caplog.text for kind in ("KeyError", "ValueError", "OSError"))
    assert "private" not in caplog.text


def test_what_cannot_be_made_anew_is_not_tried_without_end(
    indexer, source, tmp_path, monkeypatch, caplog
):
    OF_WHOOSH[0](tmp_path)
    source.put(Document(1, (("bus", 1.0),)))
    monkeypatch.setattr(source, "keys", lambda: 1 / 0)
    stop = Event()
    thread = Thread(target=indexer.follow, args=(stop, 0.02))
    thread.start()
    sleep(1)
    until = monotonic() + 60
    while caplog.text.count("ZeroDivisionError") < 3 and monotonic() < until:
        sleep(0.05)
    stop.set()
    thread.join()

    assert 3 <= caplog.text.count("ZeroDivisionError") <= 12  # without pauses it were fifty


def test_whoever_keeps_the_index_makes_it_anew_when_asked(indexer, following, tmp_path):
    folder = IndexFolder(tmp_path)
    before = folder.current()
    assert wait_until_rebuilt(tmp_path, before, 0) is None
    folder.ask_for_rebuild()

    assert wait_until_rebuilt(tmp_path, before, 60) == 59
    assert not folder.rebuild_is_asked()


def test_a_source_put_back_to_an_earlier_state_is_read_anew(indexer, source, tmp_path):
    source.put(Document(70, (("bed", 1.0),)))
    indexer.catch_up()
    source.log, source.all = [], {1: source.all[1]}

    indexer.catch_up()
    assert WhooshIndex(tmp_path).search(BEDS).total == 1


def test_a_damaged_index_is_looked_at_again_only_when_something_changed(
    indexer, tmp_path, monkeypatch
):
    looked = []
    real = whoosh_index.checksum
    monkeypatch.setattr(whoosh_index, "checksum", lambda path: looked.append(path) or real(path))
    part = next(IndexFolder(tmp_path).current().glob("*.arrays"))
    part.write_bytes(cut(part.read_bytes()))
    index = WhooshIndex(tmp_path)
    with pytest.raises(IndexMissing):
        index.search(BEDS)
    first = len(looked)
    for _ in range(3):
        with pytest.raises(IndexMissing):
            index.search(BEDS)

    assert len(looked) == first
    indexer.catch_up()
    assert index.search(BEDS).total == 59
