"""Whole numbers as they come in URLs and forms, from people and from strangers. Pure.

Python refuses to read a number of thousands of digits and a database one beyond 64 bits; neither
refusal may become an error of the app.
"""

from typing import Final

MOST_DIGITS: Final = 18  # every such number fits into 64 bits


def whole_number(text: str | None) -> int | None:
    """Return the number that ``text`` writes in plain digits; None for all else."""
    if not text or len(text) > MOST_DIGITS or not (text.isascii() and text.isdecimal()):
        return None
    return int(text)
