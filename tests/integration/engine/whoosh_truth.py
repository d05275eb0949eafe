"""Documents to index, and what Whoosh's own writer and readers make of an index of them."""

import random
from collections.abc import Iterator

import pytest
from whoosh.index import create_in, open_dir

from resourcedir.engine.commits import build
from resourcedir.engine.documents import Column, ColumnKind, Document, Layout
from resourcedir.engine.schema import SEPARATOR, micro_degrees, new_schema, written_form

LAYOUT = Layout(
    "of the tests",
    columns={
        "openings": Column(ColumnKind.INTEGER, -1),
        "cost": Column(ColumnKind.REAL, 0.5),
        "waiting": Column(ColumnKind.FLAG, 1),
    },
)
WORDS = [
    *("shelters", "shelter", "the", "and", "detox", "Detox's", "women\u2019s", "c", "b", "8"),
    *(
        "educación",
        "EDUCACION",
        "de",
        "la",
        "\ufb01nance",
        "\uff22\uff45\uff44",
        "ßtraße",
        "İstanbul",
    ),
    *(
        "Спасибо",
        "приют",
        "住房",
        "援助",
        "مأوى",
        "בית",
        "ที่พัก",
        "आश्रय",
        "🏠",
        "a\x00b",
        f"x{SEPARATOR}y",
    ),
]
PLACES = [None, (35.045, -85.309), (35.0450001, -85.309), (-33.9, 151.2), (0.0, 0.0), (90.0, 180.0)]


def many(count, seed=0):
    chance = random.Random(seed)  # noqa: S311
    for key in range(count):
        said = " ".join(chance.choices(WORDS, k=9))
        yield Document(
            key,
            ((f"bed {said}", 1.0), (chance.choice(WORDS), 2.5)),
            {"need": frozenset(chance.choices(WORDS, k=2)), "all": frozenset({"yes"})},
            (chance.uniform(30, 40), chance.uniform(-90, -80)) if chance.random() < 0.8 else None,
            columns={"openings": chance.randrange(-1, 3)},
        )


def place_in_order(document):
    latitude, longitude = micro_degrees(document.point)
    row, column = (latitude + 90_000_000) // 50_000, (longitude + 180_000_000) // 50_000
    return document.point is None, row, column, document.key


def add_by_whoosh(index, documents):
    writer = index.writer()
    for document in documents:
        writer.add_document(**written_form(document, LAYOUT))
    return writer


def built_by_whoosh(folder, documents):
    folder.mkdir()
    index = create_in(str(folder), new_schema(LAYOUT))
    add_by_whoosh(index, sorted(documents, key=place_in_order)).commit()
    return folder


def built(folder, documents):
    folder.mkdir()
    build(folder, documents, LAYOUT)
    return folder


def postings(reader, field, text) -> Iterator[tuple[int, float]]:
    matcher = reader.postings(field, text)
    while matcher.is_active():
        yield matcher.id(), matcher.weight()
        matcher.next()


def contents(folder):
    """Return all that Whoosh's reader tells of an index."""
    with open_dir(str(folder)).reader() as reader:
        everything = range(reader.doc_count_all())
        terms = {
            (field, text): (
                list(postings(reader, field, text)),
                info.doc_frequency(),
                pytest.approx(info.weight()),
                info.max_weight(),
                (info.min_id(), info.max_id()),
            )
            for (field, text), info in reader
        }
        return {
            "counts": (reader.doc_count(), reader.doc_count_all()),
            "terms": terms,
            "order": list(terms),
            "fields": sorted(reader.indexed_field_names()),
            "lengths": [reader.doc_field_length(each, "words") for each in everything],
            "length": reader.field_length("words"),
            "stored": [reader.stored_fields(each) for each in everything],
            "columns": {
                name: list(reader.column_reader(name, translate=False).load())
                for name, kind in reader.schema.items()
                if kind.column_type and everything
            },
        }


def living(folder):
    """Return by key what the living documents say, whatever segment they lie in."""
    found = {}
    with open_dir(str(folder)).reader() as reader:
        columns = {
            name: reader.column_reader(name, translate=False).load()
            for name, kind in reader.schema.items()
            if kind.column_type
        }
        for each in reader.all_doc_ids():
            length = reader.doc_field_length(each, "words") or 0
            row = {name: column[each] for name, column in columns.items()}
            found[columns["number"][each]] = {"length": length, "row": row, "terms": {}}
        for field, text in reader.all_terms():
            for each, weight in postings(reader, field, text):
                found[columns["number"][each]]["terms"][field, text] = weight
    return found


def segments(folder):
    return {s.segment_id(): s for s in open_dir(str(folder))._segments()}
