"""Marks words for translation where no framework is known.

Pure modules hold English and cannot translate; ``web`` passes what they marked through gettext.
"""


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Return ``text`` as it is; the catalogue's extractor finds it by this call."""
    return text
