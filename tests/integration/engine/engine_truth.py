"""The truth in plain Python: a source in memory, one in a file, and searching by looking at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace

from resourcedir.engine.analysis import tokens
from resourcedir.engine.distance import distances_km, unit_vector
from resourcedir.engine.documents import Change, Document
from resourcedir.engine.errors import TooFarBehind


class Memory:
    """A ``Source`` whose documents and changes a test may turn as it likes."""

    def __init__(self, documents=()):
        self.all = {document.key: document for document in documents}
        self.log = []
        self.forgotten = 0

    def put(self, document):
        self.all[document.key] = document
        self.log.append(Change(self.last_change() + 1, document.key))

    def drop(self, key):
        self.all.pop(key, None)
        self.log.append(Change(self.last_change() + 1, key))

    def forget(self):
        self.forgotten = self.last_change()
        self.log = []

    def last_change(self):
        return self.log[-1].number if self.log else self.forgotten

    def changes_after(self, number, limit):
        if number < self.forgotten:
            raise TooFarBehind
        return [change for change in self.log if change.number > number][:limit]

    def documents(self, keys):
        return iter([self.all[key] for key in keys if key in self.all])

    def keys(self):
        return iter(list(self.all))


class File:
    """A ``Source`` in a SQLite file, so that two processes may see it."""

    def __init__(self, path):
        self.path = str(path)
        with self._open() as file:
            file.execute("create table if not exists document (key integer primary key, text)")
            file.execute("create table if not exists change (number integer primary key, key)")
            file.commit()

    def _open(self):
        return closing(sqlite3.connect(self.path, timeout=30))

    def put(self, key, text):
        with self._open() as file:
            if text is None:
                file.execute("delete from document where key = ?", (key,))
            else:
                file.execute("insert or replace into document values (?, ?)", (key, text))
            file.execute("insert into change (key) values (?)", (key,))
            file.commit()

    def last_change(self):
        return self._rows("select coalesce(max(number), 0) from change")[0][0]

    def changes_after(self, number, limit):
        sql = "select number, key from change where number > ? order by number limit ?"
        return [Change(*row) for row in self._rows(sql, number, limit)]

    def documents(self, keys):
        wanted = set(keys)
        for key, text in self._rows("select key, text from document"):
            if key in wanted:
                yield Document(key, ((text, 1.0),))

    def keys(self):
        return iter([key for (key,) in self._rows("select key from document")])

    def _rows(self, sql, *values):
        with self._open() as file:
            return file.execute(sql, values).fetchall()


def words_of(document):
    return {token for text, _ in document.texts for token in tokens(text)}


def has_keyword(document, clause):
    name, values = clause.keyword
    return bool(document.keywords.get(name, frozenset()) & values)


def clause_matches(document, clause):
    if clause.keyword and has_keyword(document, clause):
        return True
    words = set(tokens(clause.text))
    return bool(words) and words <= words_of(document)


def distance(document, near):
    if near is None or document.point is None:
        return None
    rounded = (round(degrees * 1e6) / 1e6 for degrees in document.point)
    return distances_km(unit_vector(near.latitude, near.longitude), [unit_vector(*rounded)])[0]


def is_near(document, near):
    if near is None:
        return True
    if document.point is None:
        return bool(document.areas & near.areas)
    return near.within_km is None or distance(document, near) <= near.within_km


def passes(document, filters):
    return all(
        not values or document.keywords.get(name, frozenset()) & values
        for name, values in filters.items()
    )


def said(question):
    return [c for c in question.clauses if c.keyword or tokens(c.text)]


def matching(documents, question):
    """Return the documents that match, and whether they match every clause."""
    clauses = said(question)
    found = [d for d in documents if all(clause_matches(d, c) for c in clauses)]
    every_word = True
    if not found:
        found = [d for d in documents if any(clause_matches(d, c) for c in clauses)]
        every_word = not found
    kept = [
        d
        for d in found
        if is_near(d, question.near)
        and passes(d, question.filters)
        and all(keep(d.extras) for keep in question.keep)
    ]
    return kept, every_word


def facet(documents, question, name):
    others = {field: values for field, values in question.filters.items() if field != name}
    counts = dict.fromkeys(question.filters.get(name, ()), 0)
    for document in matching(documents, replace(question, filters=others))[0]:
        for value in document.keywords.get(name, ()):
            counts[value] = counts.get(value, 0) + 1
    return counts


def rank(document, question, *, every_word):
    """Return what comes before the score in the order of Sort.BEST, smaller first."""
    clauses = said(question)
    named = sum(1 for c in clauses if c.keyword and has_keyword(document, c))
    matched = 0 if every_word else sum(clause_matches(document, c) for c in clauses)
    return -named, -matched, question.near is not None and document.point is None
