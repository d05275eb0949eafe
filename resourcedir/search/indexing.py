"""Ties the engine to the database of one app: its index, its indexer, and waiting for a change."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Final

from flask import Flask, current_app

from resourcedir.engine.documents import Index
from resourcedir.engine.errors import IndexerBusy
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import (
    Indexer,
    Progress,
    wait_until_indexed,
    wait_until_rebuilt,
)
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.extensions import db
from resourcedir.outbox import queries as outbox
from resourcedir.search.source import DirectorySource

_KEY: Final = "search_index"
PATIENCE_S: Final = 300.0  # the indexer may be at work on a national file
_TURN_S: Final = 1.0  # then it is tried whether the other has ended


def attach(app: Flask, folder: Path) -> None:
    """Give ``app`` the index in ``folder``."""
    app.extensions[_KEY] = WhooshIndex(folder)
    app.extensions["search_folder"] = folder


def current_index() -> Index:
    """Return the index of the app at work."""
    index: Index = current_app.extensions[_KEY]
    return index


def ask_for_index() -> None:
    """Ask whoever keeps the index to make it; where nobody may write, nobody is asked."""
    folder = IndexFolder(_folder())
    if not folder.rebuild_is_asked():
        with suppress(OSError):
            folder.ask_for_rebuild()


def indexer() -> Indexer:
    """Return an indexer from the database of the app at work to its index."""
    return Indexer(_folder(), DirectorySource(db.sessionmaker))


def bring_up_to_date() -> bool:
    """Return once every committed change can be found: by own work, or by the indexer's.

    False if another process is the indexer and does not get there in time.
    """
    with db.sessionmaker() as session:
        number = outbox.last_change(session)
    deadline = monotonic() + PATIENCE_S
    while True:
        try:
            indexer().catch_up()
        except IndexerBusy:
            if wait_until_indexed(_folder(), number, _TURN_S):
                return True
            if monotonic() >= deadline:
                return False
        else:
            return True


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew and return its documents: by own work, or by the indexer's.

    :raises IndexerBusy: if another process is the indexer and does not do it in time.
    """
    before = IndexFolder(_folder()).current()
    deadline = monotonic() + PATIENCE_S
    while True:
        try:
            return indexer().rebuild(progress)
        except IndexerBusy:
            IndexFolder(_folder()).ask_for_rebuild()
        if (count := wait_until_rebuilt(_folder(), before, _TURN_S)) is not None:
            return count
        if monotonic() >= deadline:
            raise IndexerBusy


@contextmanager
def following(app: Flask) -> Iterator[Event]:
    """Keep the index in a thread until the block ends; gives the event that stops it."""
    stop = Event()
    with app.app_context():
        follower = indexer()
    thread = Thread(target=follower.follow, args=(stop,), name="indexer", daemon=True)
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join()


def _folder() -> Path:
    folder: Path = current_app.extensions["search_folder"]
    return folder
