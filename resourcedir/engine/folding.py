"""Makes words alike that people do not tell apart: case and accents. Pure; it does not stem."""

import unicodedata


def fold(text: str) -> str:
    """Return ``text`` in lower case and without accents; folding twice changes nothing more.

    Compatibility forms become plain ones (Unicode NFKD), so that a full-width or ligature letter
    equals the one on the keyboard.
    """
    if text.isascii():
        return text.lower()
    # Case folding may bring out new marks, and removing marks may let letters fold further.
    folded = _once(text)
    while (again := _once(folded)) != folded:
        folded = again
    return folded


def _once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", decomposed)
        if unicodedata.category(letter) != "Mn"
    )
