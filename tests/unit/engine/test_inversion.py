from array import array
from collections import defaultdict

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from resourcedir.engine.inversion import Runs, block_starts, in_order, inverted

TERMS = 6

runs_of_terms = st.tuples(
    st.integers(0, 4),
    st.sampled_from([1.0, 0.1, 0.3, 2.5]),
    st.lists(st.integers(1, TERMS), max_size=8),
)


@given(st.lists(runs_of_terms, max_size=20), st.permutations(range(5)), st.permutations(range(6)))
def test_each_term_has_its_documents_in_order_with_the_sum_of_its_weights(runs, places, ranks):
    given_runs = Runs()
    expected = defaultdict(lambda: defaultdict(float))
    for document, weight, terms in runs:
        given_runs.add(document, weight, array("I", terms))
        for term in terms:
            expected[ranks[term - 1]][places[document]] += weight
    found = inverted(given_runs, np.array([0, *ranks], np.uint32), np.array(places, np.uint32))
    for term in range(TERMS):
        span = slice(found.starts[term], found.starts[term + 1])
        postings = zip(found.documents[span].tolist(), found.weights[span].tolist(), strict=True)
        # Equal to the last bit: lengths of texts are rounded from these sums.
        assert list(postings) == sorted(expected[term].items())
    assert found.starts[-1] == len(found.documents)


def test_postings_join_the_runs_of_documents():
    runs = Runs()
    runs.add(0, 2.0, array("I", [2, 1]))
    runs.add_postings(np.array([1, 2]), np.array([1, 2]), np.array([3.0, 0.5]))
    found = inverted(runs, np.array([0, 0, 1], np.uint32), np.arange(3, dtype=np.uint32))
    assert found.starts.tolist() == [0, 2, 4]
    assert found.documents.tolist() == [0, 1, 0, 2]
    assert found.weights.tolist() == [2.0, 3.0, 2.0, 0.5]


@given(st.lists(st.sampled_from([0, 1, 65_535, 65_536, 65_537, 131_072, 2**32 - 1])))
@example([131_072, 65_536, 0])
def test_numbers_are_ordered_and_equal_ones_keep_their_order(numbers):
    order = in_order(np.array(numbers, np.uint32)).tolist()
    assert order == sorted(range(len(numbers)), key=numbers.__getitem__)


@given(st.lists(st.integers(0, 9), max_size=6), st.integers(1, 4))
def test_each_term_is_cut_into_full_blocks_and_a_rest(counts, size):
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    begins, blocks = block_starts(starts, size)
    expected = [
        list(range(start, start + count, size))
        for start, count in zip(starts.tolist(), counts, strict=False)
    ]
    assert begins.tolist() == [begin for each in expected for begin in each]
    assert blocks == [len(each) for each in expected]
