"""A real indexer process, killed at random moments while the truth goes on changing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from resourcedir.engine.documents import Clause, Question
from resourcedir.engine.indexer import Indexer, wait_until_indexed
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import File

ROUNDS = 6
CHILD = """
import sys, threading
from pathlib import Path
from tests.integration.engine.engine_truth import File
from resourcedir.engine.indexer import Indexer
Indexer(Path(sys.argv[1]), File(sys.argv[2])).follow(threading.Event(), 0.001)
"""


def start(root, truth):
    paths = [str(Path(__file__).parents[3]), *filter(None, sys.path)]
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CHILD, str(root), truth.path],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def test_no_change_is_lost_when_the_indexer_is_killed_again_and_again(tmp_path):
    chance = random.Random(20)  # noqa: S311
    root, truth = tmp_path / "index", File(tmp_path / "truth.db")
    for key in range(1, 40):
        truth.put(key, "bed")
    Indexer(root, truth).rebuild()
    reader = WhooshIndex(root)
    for _ in range(ROUNDS):
        child = start(root, truth)
        truth.put(1, "sign of life")
        assert wait_until_indexed(root, truth.last_change(), 30)
        until = time.monotonic() + chance.uniform(0.05, 0.4)
        while time.monotonic() < until:
            truth.put(chance.randint(1, 60), chance.choice([None, "bed", "food bed"]))
            assert reader.search(Question((Clause("bed"),))).total > 0
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert Indexer(root, truth).check() == []
    indexer = Indexer(root, truth)
    indexer.catch_up()
    assert indexer.check() == []
    assert wait_until_indexed(root, truth.last_change(), 0)
    assert reader.search(Question()).total == len(list(truth.keys()))
