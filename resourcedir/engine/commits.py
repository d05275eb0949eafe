"""Writes batches of documents into one Whoosh index folder. Each batch is one commit.

Whoosh's AsyncWriter and BufferedWriter are not used: they lose documents when the process is
killed after they returned. The caller holds the indexer's lock, so Whoosh's own is not taken; a
failed commit then leaves nothing locked, and its files are swept up by the next one.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from whoosh.codec import default_codec
from whoosh.index import create_in, open_dir
from whoosh.reading import SegmentReader
from whoosh.writing import IndexingError

from resourcedir.engine.bulk import Batch
from resourcedir.engine.damage import reading
from resourcedir.engine.documents import Document, Layout
from resourcedir.engine.errors import IndexBroken
from resourcedir.engine.names import use_own_source
from resourcedir.engine.schema import new_schema

LARGEST_MERGED: Final = 10_000  # documents; what one commit may rewrite, so that it stays short
LARGEST_CLEARED: Final = 50_000  # documents; a segment below is rewritten once most is deleted

use_own_source()


def build(folder: Path, documents: Iterable[Document], layout: Layout) -> int:
    """Make an index of one segment in the empty ``folder``; return the number of documents.

    :raises ValueError: if a key comes twice or a document does not fit the layout.
    """
    batch = _gathered(documents, layout)
    return _commit(create_in(str(folder), new_schema(layout)), batch, {})


def replace(
    folder: Path,
    outdated: Mapping[str, Sequence[int]],
    documents: Iterable[Document],
    layout: Layout,
) -> int:
    """Remove the ``outdated`` and add ``documents``, in one commit.

    ``outdated`` has the positions to remove in each segment, by the segment's id. Returns how many
    documents the index has then. What is removed stays on disk until its segment is merged.

    :raises ValueError: if a key comes twice or a document does not fit the layout.
    :raises IndexBroken: if what is in the folder cannot be read, or is not what the positions or
        the layout speak of.
    """
    batch = _gathered(documents, layout)
    with reading():
        index = open_dir(str(folder))
        if index.schema.names() != new_schema(layout).names():
            raise IndexBroken("made for another layout")
        return _commit(index, batch, outdated)


def _gathered(documents: Iterable[Document], layout: Layout) -> Batch:
    batch = Batch(layout)
    for document in documents:
        batch.add(document)
    if batch.has_twins():
        raise ValueError("the same key twice")
    return batch


def _commit(index: Any, batch: Batch, outdated: Mapping[str, Sequence[int]]) -> int:  # noqa: ANN401
    codec = default_codec()
    # The shortest and longest text of each block of postings, of which nothing is asked here.
    codec.length_stats = False
    writer = index.writer(_lk=False, codec=codec)

    def fill(_: object, segments: Sequence[Any]) -> list[Any]:
        kept, merged = sorted_out(segments, len(batch))
        for segment in merged:
            with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
                batch.absorb(reader)
        if len(batch):
            batch.write(writer)
        return kept

    try:
        _delete(writer.segments, outdated)
        writer.commit(mergetype=fill)
    except BaseException:
        # A writer that failed half-way may not be able to clean up after itself either.
        with suppress(OSError, IndexingError):
            writer.cancel()
        raise
    return int(index.doc_count())


def _delete(segments: Iterable[Any], outdated: Mapping[str, Sequence[int]]) -> None:
    known = {segment.segment_id(): segment for segment in segments}
    for name, positions in outdated.items():
        segment = known.get(name)
        if segment is None or not all(0 <= each < segment.doc_count_all() for each in positions):
            raise IndexBroken("no such document to remove")
        for position in positions:
            segment.delete_document(position)


def sorted_out(segments: Iterable[Any], writing: int) -> tuple[list[Any], list[Any]]:
    """Return the segments to leave as they are, and those to merge with ``writing`` new documents.

    A segment is merged when it is at most twice as large as what is being written, smallest first:
    the number of segments stays low, and so does how often a document is rewritten. One of which
    most is deleted is merged as well, and one of which all is deleted is in neither list. Large
    segments stay, whose merge would keep everybody waiting.
    """
    kept, merged = [], []
    for segment in sorted(segments, key=lambda each: each.doc_count_all()):
        live, size = segment.doc_count(), segment.doc_count_all()
        mostly_gone = 2 * live < size < LARGEST_CLEARED
        small = size <= 2 * writing and writing + live <= LARGEST_MERGED
        if live and not (small or mostly_gone):
            kept.append(segment)
        elif live:
            merged.append(segment)
            writing += live
    return kept, merged
