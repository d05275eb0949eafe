"""R01: whoever takes steps, or does what is due, is killed; nothing that was told is lost.

``python3 run.py bench loop_kills`` runs the same for 40 rounds, and so does ``KILL_ROUNDS=40``.
"""

import os
from pathlib import Path

from bench.loop_kills import kills, whole

ROUNDS = int(os.environ.get("KILL_ROUNDS", "4"))


def test_what_was_told_is_there_whoever_is_killed(tables_url):
    result = kills(tables_url, ROUNDS, seed=4)

    assert result.faults == []
    assert result.steps + result.due > ROUNDS
    assert result.events > ROUNDS
    if tables_url.startswith("sqlite"):
        assert whole(Path(tables_url.removeprefix("sqlite:///"))) == []
