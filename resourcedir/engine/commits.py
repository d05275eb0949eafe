"""Writes batches of documents into one Whoosh index folder. Each batch is one commit.

Whoosh's AsyncWriter and BufferedWriter are not used: they lose documents when the process is
killed after they returned. The caller holds the indexer's lock, so Whoosh's own is not taken; a
failed commit then leaves nothing locked, and its files are swept up by the next one.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.codec import default_codec
from whoosh.index import create_in, open_dir
from whoosh.reading import SegmentReader
from whoosh.writing import IndexingError

from resourcedir.engine.damage import reading
from resourcedir.engine.documents import Document
from resourcedir.engine.names import use_own_source
from resourcedir.engine.pool import TermPool
from resourcedir.engine.schema import new_schema, written_form

use_own_source()


def build(folder: Path, documents: Iterable[Document]) -> int:
    """Make an index in the empty ``folder``, each key once; return the number of documents."""

    def fill(writer: Any) -> None:  # noqa: ANN401 -- Whoosh ships no types
        for document in documents:
            writer.add_document(**written_form(document))

    return _commit(create_in(str(folder), new_schema()), fill)


def replace(folder: Path, keys: Iterable[int], documents: Iterable[Document]) -> int:
    """Remove ``keys`` and add ``documents``, whose keys are among them, each once.

    Both happen in one commit. Returns how many documents the index has then.

    :raises IndexBroken: if what is in the folder cannot be read.
    """
    outdated = sorted(set(keys))
    fresh = list(documents)
    if len({document.key for document in fresh} & set(outdated)) != len(fresh):
        raise ValueError("a document whose key is not replaced, or the same key twice")

    def fill(writer: Any) -> None:  # noqa: ANN401
        with writer.searcher() as searcher:
            for key in outdated:
                writer.delete_by_term("key", str(key), searcher=searcher)
        for document in fresh:
            writer.add_document(**written_form(document))

    with reading():
        return _commit(open_dir(str(folder)), fill)


def _commit(index: Any, fill: Callable[[Any], None]) -> int:  # noqa: ANN401
    codec = default_codec()
    # The shortest and longest text of each block of postings, of which nothing is asked here.
    codec.length_stats = False
    writer = index.writer(_lk=False, codec=codec)
    writer.pool = TermPool()
    try:
        fill(writer)
        writer.commit(mergetype=merge_small)
    except BaseException:
        # A writer that failed half-way may not be able to clean up after itself either.
        with suppress(OSError, IndexingError):
            writer.cancel()
        raise
    return int(index.doc_count())


def merge_small(writer: Any, segments: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    """Merge segments into the one being written; return those to leave as they are.

    A segment is taken in when it is at most twice as large as what is being written, smallest
    first: the number of segments stays logarithmic, and so is how often a document is rewritten.
    One of which most is deleted is taken in as well.
    """
    kept = []
    writing = writer.doc_count()
    for segment in sorted(segments, key=lambda each: each.doc_count_all()):
        live, size = segment.doc_count(), segment.doc_count_all()
        if live and size > 2 * writing and 2 * live > size:
            kept.append(segment)
        elif live:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
            writing += live
    return kept
