"""Gives Whoosh a source of names that nobody can seed.

Whoosh names segments and temporary files from the global ``random``. Two writers in processes with
equal seeds (a forked server, a test runner) then choose equal names, and a commit fails half-way.
"""

import random

import whoosh.util


def use_own_source() -> None:
    """Let Whoosh draw names from the operating system and leave the global ``random`` alone."""
    whoosh.util.random = random.SystemRandom()
