"""The truth in plain Python: a source in memory, and searching by looking at all."""

from collections import Counter
from dataclasses import replace
from math import asin, cos, log, radians, sin, sqrt

from whoosh.util.numeric import byte_to_length, length_to_byte

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Change, Layout
from resourcedir.engine.errors import TooFarBehind


class Memory:
    """A ``Source`` whose documents and changes a test may turn as it likes."""

    def __init__(self, documents=(), layout=None):
        self.layout = layout or Layout()
        self.all = {document.key: document for document in documents}
        self.log = []
        self.forgotten = 0
        self.sealed_keys = {document.key for document in documents if document.sealed}

    def put(self, document):
        if document.sealed:
            self.sealed_keys.add(document.key)
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

    def sealed(self, keys):
        return set(keys) & self.sealed_keys

    def keys(self):
        return iter(list(self.all))


def weights_of(document):
    weights = Counter()
    for text, weight in document.texts:
        for token in tokens(text):
            weights[token] += weight
    return weights


def length_of(document):
    """Return the length in weighted words as Whoosh keeps it: in one byte."""
    exact = sum(max(1, round(weight)) for weight in weights_of(document).values())
    return byte_to_length(length_to_byte(exact))


def has_keyword(document, clause):
    return any(
        document.keywords.get(name, frozenset()) & values
        for name, values in filter(None, (clause.keyword, clause.other))
    )


def clause_matches(document, clause):
    if clause.keyword and has_keyword(document, clause):
        return True
    words, held = set(tokens(clause.text)), set(weights_of(document))
    return bool(words & held) if clause.any_word else bool(words) and words <= held


def distance(document, near):
    """Return kilometres by the haversine formula in Python's own numbers."""
    if near is None or document.point is None:
        return None
    phi, lam = (radians(round(degrees * 1e6) / 1e6) for degrees in document.point)
    here, there = radians(near.latitude), radians(near.longitude)
    half = sin((phi - here) / 2) ** 2 + cos(phi) * cos(here) * sin((lam - there) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(half)))


def is_near(document, near):
    if near is None:
        return True
    if document.point is None:
        return bool(document.areas & near.areas)
    return near.within_km is None or distance(document, near) <= near.within_km * (1 + 1e-6)


def passes(document, filters):
    return all(
        not values or document.keywords.get(name, frozenset()) & values
        for name, values in filters.items()
    )


def said(question):
    return [c for c in question.clauses if c.keyword or tokens(c.text)]


def matching(documents, question):
    """Return the documents that match."""
    clauses = said(question)
    enough = any if question.any_clause and clauses else all
    return [
        document
        for document in documents
        if enough(clause_matches(document, clause) for clause in clauses)
        and is_near(document, question.near)
        and passes(document, question.filters)
    ]


def facet(documents, question, name, keep=None):
    others = {field: values for field, values in question.filters.items() if field != name}
    counts = dict.fromkeys(question.filters.get(name, ()), 0)
    for document in matching(documents, replace(question, filters=others)):
        for value in document.keywords.get(name, ()) if keep is None or keep(document) else ():
            counts[value] = counts.get(value, 0) + 1
    return counts


def rank(document, question):
    """Return what comes before the score in the order of Sort.BEST, smaller first."""
    clauses = said(question)
    named = sum(1 for c in clauses if c.keyword and has_keyword(document, c))
    matched = sum(clause_matches(document, c) for c in clauses)
    return -named, -matched


def fit(document, documents, question, pivot):
    """Return the BM25 of the words whose fit counts; None when there are none."""
    clauses = said(question)
    counting = [c for c in clauses if c.keyword is None]
    if not counting and question.near is None:
        counting = clauses
    if not any(tokens(clause.text) for clause in counting):
        return None
    held = weights_of(document)
    total = 0.0
    for clause in counting:
        for word in dict.fromkeys(tokens(clause.text)):
            holding = sum(word in weights_of(each) for each in documents)
            rarity = log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            damping = 1.2 * (0.25 + 0.75 * length_of(document) / pivot)
            total += rarity * held[word] * 2.2 / (held[word] + damping) if held[word] else 0.0
    return total


def scores(found, documents, question, pivot):
    """Return the score of each document of an answer by its key."""
    fits = {d.key: fit(d, documents, question, pivot) for d in found}
    best = max((value for value in fits.values() if value), default=1.0)
    scored = {}
    for document in found:
        value = 1.0 if fits[document.key] is None else fits[document.key] / best
        if question.near:
            km = distance(document, question.near)
            value = (value + (0.6 if km is None else 8.04672 / (8.04672 + km))) / 2
        scored[document.key] = value
    return scored
