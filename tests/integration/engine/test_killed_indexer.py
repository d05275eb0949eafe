"""R09: real processes that write the index, killed at random moments while another one asks.

``python3 run.py bench kills`` runs the same for longer, and so does ``KILL_ROUNDS=40``.
"""

import os

from bench.kills import kills

ROUNDS = int(os.environ.get("KILL_ROUNDS", "8"))


def test_whoever_is_killed_there_is_an_answer_and_no_acknowledged_change_is_lost(tmp_path):
    result = kills(tmp_path, ROUNDS, seed=20)
    assert result.faults == []
    assert result.answers > ROUNDS
    assert result.changes > ROUNDS
