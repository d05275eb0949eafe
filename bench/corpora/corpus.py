"""The invented directory: arrays on disk, read as documents one after another.

The first documents of a large directory are those of a small one. Words, categories and places
follow what real directories look like: few words make most of the text (Zipf), few categories and
cities most of the listings.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.corpora import words
from bench.corpora.cities import scattered
from resourcedir.engine.documents import Column, ColumnKind, Document, Layout

VERSION: Final = "1"  # of what is made; files of another version are not read
LAYOUT: Final = Layout(
    version=f"bench-{VERSION}",
    usual_length=80,  # the mean is between 79 and 80
    columns={
        "openings": Column(ColumnKind.INTEGER, missing=-1),
        "fee": Column(ColumnKind.REAL),
        "phone_only": Column(ColumnKind.FLAG),
    },
)
TEXTS: Final = ("name", "organization", "description")
WEIGHTS: Final = (3.0, 2.0, 1.0)
_CHUNK: Final = 10_000
_LIKELY_CATEGORIES: Final = (0.4, 0.35, 0.17, 0.08)  # one to four
_LIKELY_LANGUAGE: Final = (1, 0.45, 0.12, *[0.08] * 3, *[0.06] * 4, *[0.04] * 5)


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing; ``texts`` are name, organization and description."""

    key: int
    texts: tuple[str, str, str]
    categories: tuple[int, ...]
    eligibility: tuple[int, ...]
    languages: tuple[int, ...]
    latitude: float
    longitude: float
    openings: int
    fee: float


class Corpus:
    """A directory of ``size`` listings with the keys 0 to ``size`` - 1."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._arrays: dict[str, NDArray[Any]] = {}

    def array(self, name: str) -> NDArray[Any]:
        """Return one of the arrays of ``_chunk``, or ``<text>_ends`` (see ``make``)."""
        if name not in self._arrays:
            self._arrays[name] = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return self._arrays[name]

    @cached_property
    def size(self) -> int:
        return len(self.array("latitude"))

    def entries(self, keys: Sequence[int], *, cut: bool) -> Iterator[Entry]:
        """Yield the listings of ``keys``; ``cut`` gives their words as the engine cuts them."""
        lexicon = words.cut_vocabulary() if cut else words.vocabulary()
        for key in keys:
            name, organization, description = (self._text(key, text, lexicon) for text in TEXTS)
            categories, eligibility, languages = (
                bits(int(self.array(each)[key])) for each in MASKS
            )
            yield Entry(
                key,
                (name, organization, description),
                categories,
                eligibility,
                languages,
                int(self.array("latitude")[key]) / 1e6,
                int(self.array("longitude")[key]) / 1e6,
                int(self.array("openings")[key]),
                float(self.array("fee")[key]),
            )

    def _text(self, key: int, text: str, lexicon: Sequence[str]) -> str:
        ends = self.array(f"{text}_ends")
        numbers = self.array(text)[ends[key] : ends[key + 1]].tolist()
        return " ".join([word for number in numbers if (word := lexicon[number])])

    def documents(self, keys: Sequence[int]) -> Iterator[Document]:
        """Yield the listings of ``keys`` as the engine takes them."""
        for entry in self.entries(keys, cut=False):
            yield document(entry)


MASKS: Final = ("categories", "eligibility", "languages")


def document(entry: Entry) -> Document:
    """Return the listing as the engine takes it."""
    return Document(
        key=entry.key,
        texts=tuple(zip(entry.texts, WEIGHTS, strict=True)),
        keywords={
            "cat": _names("cat", entry.categories),
            "elig": _names("elig", entry.eligibility),
            "lang": _names("lang", entry.languages),
        },
        point=(entry.latitude, entry.longitude),
        columns={"openings": entry.openings, "fee": entry.fee, "phone_only": 0},
    )


def keyword(field: str, number: int) -> str:
    """Return the value of a keyword field for the number of a category, group or language."""
    return f"{field}{number}"


@lru_cache(maxsize=100_000)
def bits(mask: int) -> tuple[int, ...]:
    """Return the places of the ones in ``mask``."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


@lru_cache(maxsize=100_000)
def _names(field: str, numbers: tuple[int, ...]) -> frozenset[str]:
    return frozenset(keyword(field, number) for number in numbers)


def corpus(size: int, folder: Path) -> Corpus:
    """Return the directory of that size from ``folder``, made first where it is not there."""
    place = folder / f"corpus-{VERSION}-{size}"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder))
        make(size, fresh)
        os.replace(fresh, place)  # noqa: PTH105 -- a folder appears whole or not at all
    return Corpus(place)


def make(size: int, folder: Path) -> None:
    """Write the arrays; ``<text>_ends`` says where the words of each listing begin and end."""
    chunks = [_chunk(start, min(_CHUNK, size - start)) for start in range(0, size, _CHUNK)]
    for name in chunks[0]:
        joined = np.concatenate([chunk[name] for chunk in chunks])
        if name.endswith("_ends"):  # a count a listing so far
            joined = np.concatenate([[0], np.cumsum(joined, dtype=np.int64)])
        np.save(folder / f"{name}.npy", joined)


def _chunk(start: int, count: int) -> dict[str, NDArray[Any]]:
    chance = np.random.default_rng([int(VERSION), start])
    latitudes, longitudes = scattered(chance, _CHUNK, typical_km=18)
    categories = _categories(chance)
    texts = {
        "name": _names_of_listings(chance, categories),
        "organization": _organizations(chance),
        "description": _descriptions(chance, categories),
    }
    languages = chance.random((_CHUNK, len(words.LANGUAGES))) < np.array(_LIKELY_LANGUAGE)
    made: dict[str, NDArray[Any]] = {
        "latitude": np.round(latitudes * 1e6).astype(np.int32),
        "longitude": np.round(longitudes * 1e6).astype(np.int32),
        "categories": np.bitwise_or.reduce(np.uint64(1) << categories.astype(np.uint64), axis=1),
        "eligibility": _mask(chance.random((_CHUNK, len(words.ELIGIBILITY))) < 0.1),
        "languages": _mask(languages),
        "openings": (chance.geometric(0.12, _CHUNK) - 1).astype(np.int32),
        "fee": chance.choice([0.0, 5.0, 20.0], _CHUNK, p=[0.6, 0.25, 0.15]).astype(np.float32),
    }
    made = {name: values[:count] for name, values in made.items()}
    for text, (numbers, lengths) in texts.items():
        made[text] = numbers[: int(lengths[:count].sum())].astype(np.uint16)
        made[f"{text}_ends"] = lengths[:count]
    return made


Ragged = tuple[NDArray[np.int64], NDArray[np.int64]]  # words of all listings, and how many each


def _categories(chance: np.random.Generator) -> NDArray[np.int64]:
    """Return four categories a listing, of which some are the same."""
    likely = 1 / (np.arange(len(words.CATEGORIES)) + 4.0) ** 0.6
    drawn = chance.choice(len(words.CATEGORIES), (_CHUNK, 4), p=likely / likely.sum())
    many = chance.choice(4, _CHUNK, p=_LIKELY_CATEGORIES)
    return np.where(np.arange(4) <= many[:, None], drawn, drawn[:, :1])


def _mask(flags: NDArray[np.bool_]) -> NDArray[np.uint64]:
    powers = np.uint64(1) << np.arange(flags.shape[1], dtype=np.uint64)
    mask: NDArray[np.uint64] = (flags * powers).sum(axis=1, dtype=np.uint64)
    return mask


def _names_of_listings(chance: np.random.Generator, categories: NDArray[np.int64]) -> Ragged:
    number = words.numbers()
    middle = chance.integers(len(words.STOP), 400, _CHUNK).tolist()
    last = chance.choice([number["program"], number["services"]], _CHUNK).tolist()
    rows = [
        [*(number[word] for word in words.CATEGORY_WORDS[first]), one, two]
        for first, one, two in zip(categories[:, 0].tolist(), middle, last, strict=True)
    ]
    return np.concatenate(rows), np.array([len(row) for row in rows])


def _organizations(chance: np.random.Generator) -> Ragged:
    tail = len(words.vocabulary()) - words.TAIL
    columns = (
        chance.choice(words.first_names(), _CHUNK),
        chance.integers(tail, tail + 4000, _CHUNK),
        chance.choice(words.last_names(), _CHUNK),
    )
    return np.stack(columns, axis=1).ravel(), np.full(_CHUNK, 3)


def _descriptions(chance: np.random.Generator, categories: NDArray[np.int64]) -> Ragged:
    """Return 40 to 120 words: a quarter stop words, some of the category, the others by Zipf."""
    lengths = chance.integers(40, 121, _CHUNK)
    total = int(lengths.sum())
    made = common_words(chance, total)
    kind = chance.random(total)
    made = np.where(kind < 0.25, chance.integers(0, len(words.STOP), total), made)
    of_category = np.flatnonzero(kind > 0.92)
    listing = np.repeat(np.arange(_CHUNK), lengths)[of_category]
    table = _category_table()
    chosen = categories[listing, chance.integers(0, 4, len(listing))]
    made[of_category] = table[chosen, chance.integers(0, table.shape[1], len(listing))]
    return made, lengths


def _category_table() -> NDArray[np.int64]:
    """Return six numbers of words for each category, repeating its own."""
    number = words.numbers()
    rows = [[number[word] for word in (name * 6)[:6]] for name in words.CATEGORY_WORDS]
    return np.array(rows)


def common_words(chance: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Return numbers of words, no stop words, by Zipf's law: the n-th as often as 1 / (n + 3)."""
    first = len(words.STOP)
    likely = np.cumsum(1 / (np.arange(len(words.vocabulary()) - first) + 3.0))
    drawn: NDArray[np.int64] = first + np.searchsorted(likely, chance.random(count) * likely[-1])
    return drawn
