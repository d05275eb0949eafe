"""SQLite with FTS5 for words and R*Tree for places, in memory as far as it will go.

Contentless full-text table with column weights 3, 2, 1; numbers by key in numpy as for tantivy,
because a row that comes through the driver costs more than the rest.
"""

import sqlite3

import numpy as np

from bench.corpora.questions import Ask, Kind
from bench.peers import Found, Peer
from bench.peers.blend import Arrays, Keys, Reals, best, box, write_arrays

_TABLES = """
    PRAGMA journal_mode = off; PRAGMA synchronous = off;
    CREATE VIRTUAL TABLE words USING
        fts5(name, organization, description, content='', tokenize='unicode61');
    CREATE VIRTUAL TABLE places USING rtree(key, south, north, west, east);
"""
_FILE = "search.db"
_BY_WORDS = "SELECT rowid, -bm25(words, 3, 2, 1) FROM words WHERE words MATCH ?"
_INSIDE = "FROM places WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?"
_BY_PLACE = f"SELECT key {_INSIDE}"
# The plus keeps the full-text table from being asked anew for each key: sixty times faster.
_BY_BOTH = f"{_BY_WORDS} AND +rowid IN (SELECT key {_INSIDE})"


class Sqlite(Peer):
    """One file."""

    name = "SQLite FTS5 + R*Tree"

    _connection: sqlite3.Connection
    _arrays: Arrays

    def build(self) -> None:
        connection = sqlite3.connect(self.folder / _FILE)
        connection.executescript(_TABLES)
        connection.executemany(
            "INSERT INTO words(rowid, name, organization, description) VALUES (?, ?, ?, ?)",
            ((e.key, *e.texts) for e in self.corpus.entries(range(self.corpus.size), cut=True)),
        )
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        points = zip(
            range(self.corpus.size),
            (self.corpus.array("latitude") / 1e6).tolist(),
            (self.corpus.array("longitude") / 1e6).tolist(),
            strict=True,
        )
        connection.executemany(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?)", ((k, y, y, x, x) for k, y, x in points)
        )
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
        connection.close()
        write_arrays(self.corpus, self.folder)

    def open(self) -> None:
        self._connection = sqlite3.connect(f"file:{self.folder / _FILE}?immutable=1", uri=True)
        self._connection.executescript(
            "PRAGMA mmap_size = 8000000000; PRAGMA cache_size = -200000; PRAGMA temp_store = memory"
        )
        self._arrays = Arrays(self.folder)

    def search(self, ask: Ask, kind: Kind) -> Found:
        words = (" AND " if kind.needs_all else " OR ").join(f'"{token}"' for token in ask.cut)
        if not kind.has_place:
            keys, fits = self._rows(_BY_WORDS, (words,))
            return Found(len(keys), best(keys, fits), self._arrays.counts(keys))
        inside = _bounds(ask)
        if not kind.has_words:
            found = self._connection.execute(_BY_PLACE, inside).fetchall()
            return self._arrays.answer(np.array(found, np.int64).ravel(), None, ask, wish=None)
        keys, fits = self._rows(_BY_BOTH, (words, *inside))
        for field, value in ask.filters().items() if kind.has_filters else ():
            if field != "cat":
                having = self._arrays.having(keys, field, value)
                keys, fits = keys[having], fits[having]
        wish = ask.category if kind.has_filters else None
        return self._arrays.answer(keys, fits, ask, wish=wish)

    def _rows(self, statement: str, values: tuple[object, ...]) -> tuple[Keys, Reals]:
        rows = self._connection.execute(statement, values).fetchall()
        if not rows:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        keys, fits = zip(*rows, strict=True)
        return np.array(keys, np.int64), np.array(fits, np.float32)


def _bounds(ask: Ask) -> tuple[float, float, float, float]:
    south, north, west, east = box(ask)
    return south, north, west, east
