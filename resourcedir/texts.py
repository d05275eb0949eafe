"""Marks words for translation where no framework is known.

Pure modules hold English and cannot translate; ``web`` passes what they marked through gettext.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Return ``text`` as it is; the catalogue's extractor finds it by this call."""
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """``message`` has a place %(name)s for each of ``values``, which may be phrases themselves.

    ``str`` of it is English; ``web.phrases.say`` puts it into the reader's language.
    """

    message: str
    values: "Mapping[str, str | int | Phrase]" = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % {name: str(value) for name, value in self.values.items()}
