"""Engines that need no server, on a small directory, against exact answers."""

import pytest

from bench.corpora.corpus import corpus
from bench.corpora.questions import Kind, cleared, questions
from bench.corpora.truth import Truth
from bench.measuring.warm import agreement
from bench.peers.listing import NAMES, peer_class

SIZE = 400
IN_PROCESS = [name for name in NAMES if name != "postgres"]


@pytest.fixture(scope="module")
def listings(tmp_path_factory):
    return corpus(SIZE, tmp_path_factory.mktemp("corpora"))


@pytest.mark.parametrize("name", IN_PROCESS)
def test_an_engine_answers_exactly(name, listings, tmp_path):
    peer = peer_class(name)(tmp_path, listings)
    if reason := peer.missing():
        pytest.skip(reason)
    peer.build()
    peer.open()
    asked = cleared(questions(25), listings)
    truth = Truth(listings, asked)
    for kind in Kind:
        found = [peer.found(peer.search(ask, kind)) for ask in asked]
        answers = [[each.total, list(each.keys), sorted(each.counted().items())] for each in found]
        agreed = agreement(answers, truth, asked, kind)
        assert agreed.equal == 1.0
        assert agreed.overlap > 0.5
        assert agreed.in_order == 1.0 or name != "ours"
