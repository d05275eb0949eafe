"""Serves the app with waitress, keeps the index and does what is due. Stops on Ctrl-C or TERM.

One process serves, and does the rest in threads. Of several each serves on the one socket, and one
more does the rest. They are forked from a parent that has no Python thread and no open connection,
since neither may cross a fork; it starts another where one ends.
"""

import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep
from types import FrameType
from typing import Final, NoReturn

from flask import Flask
from waitress.server import create_server

from resourcedir.errors import BadInput, DomainError
from resourcedir.extensions import db
from resourcedir.places import gazetteer
from resourcedir.referrals.worker import tending
from resourcedir.search.indexing import following, indexer
from resourcedir.search.understanding.asking import read_ahead
from resourcedir.texts import N_

THREADS: Final = 8  # of one process
BACKLOG: Final = 1024  # connections that wait to be taken
PATIENCE_S: Final = 30.0  # that a process has to end; an indexer may be amid a commit
MOST_ENDS: Final = 10  # in a minute, before the rest is stopped too
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)

logger = logging.getLogger(__name__)


def serve(
    app: Flask, *, host: str, port: int, started: Callable[[str], None], processes: int = 1
) -> None:
    """Serve until a signal ends it; ``started`` is told the address once it answers.

    :raises BadInput: naming the port, if another program has it.
    :raises DomainError: if its processes end again and again.
    """
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it tells of each page that waits
    _read_ahead(app)
    with _listening(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
        if processes > 1:
            _serve_by_several(app, listener, processes, lambda: started(address))
            return
        with following(app), tending(app), _ending_on_signals():
            _serve(app, listener, lambda: started(address))


def _read_ahead(app: Flask) -> None:
    """Read what the first page would wait for: the country's places, the taxonomy, the templates.

    It takes a second or two, once; processes that are forked afterwards share it.
    """
    gazetteer.names()
    read_ahead(app.config["SETTINGS"].home_state)
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family = found[0][0]
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        raise BadInput(
            N_("Port %(port)s of %(host)s cannot be used: choose another with --port."),
            port=port,
            host=host,
        ) from error
    with listener:
        yield listener


def _serve(app: Flask, listener: socket.socket, started: Callable[[], None] = lambda: None) -> None:
    server = create_server(app, sockets=[listener], threads=THREADS, ident=None)
    started()
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def _index(app: Flask) -> None:
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with app.app_context(), tending(app):
        indexer().follow(stop)


def _serve_by_several(
    app: Flask, listener: socket.socket, processes: int, started: Callable[[], None]
) -> None:
    with app.app_context():
        db.engine.dispose()
    gc.collect()
    gc.freeze()  # what is loaded stays shared: no collection writes to it
    crew = _Crew()
    with _ending_on_signals():
        try:
            crew.start("the indexer", lambda: _index(app))
            for number in range(1, processes + 1):
                crew.start(f"web process {number}", lambda: _serve(app, listener))
            started()
            crew.watch()
        except KeyboardInterrupt:
            logger.info("stopping")
        finally:
            crew.stop()


class _Crew:
    """Processes, each with its duty. They end when their parent does, however it ends."""

    def __init__(self) -> None:
        self._running: dict[int, tuple[str, Callable[[], None]]] = {}
        self._ends: list[float] = []
        self._told, self._telling = os.pipe()  # nothing is written: it breaks with the parent

    def start(self, name: str, duty: Callable[[], None]) -> None:
        """Start a process that does ``duty``; a signal meanwhile waits until it is noted."""
        sys.stdout.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            if (pid := os.fork()) == 0:
                self._do(name, duty)
            self._running[pid] = name, duty
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def watch(self) -> NoReturn:
        """Start another process for each that ends.

        :raises DomainError: if they end again and again.
        """
        while True:
            pid, status = os.waitpid(-1, 0)
            if pid not in self._running:
                continue
            name, duty = self._running.pop(pid)
            how = os.waitstatus_to_exitcode(status)
            logger.warning("%s ended (%s): another takes its place", name, how)
            now = monotonic()
            self._ends = [at for at in self._ends if now - at < 60] + [now]
            if len(self._ends) > MOST_ENDS:
                raise DomainError(
                    N_("Stopped: its processes end again and again. What they said stands above.")
                )
            self.start(name, duty)

    def stop(self) -> None:
        """End all, by force those that do not end in time."""
        for pid in self._running:
            os.kill(pid, signal.SIGTERM)
        deadline = monotonic() + PATIENCE_S
        while self._running and monotonic() < deadline:
            sleep(0.02)
            self._reap()
        for pid, (name, _) in self._running.items():
            logger.warning("%s does not end and is killed", name)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self._running.clear()

    def _reap(self) -> None:
        for pid in list(self._running):
            if os.waitpid(pid, os.WNOHANG)[0]:
                del self._running[pid]

    def _do(self, name: str, duty: Callable[[], None]) -> NoReturn:
        """Be the new process; nothing of the parent's is done on the way out."""
        code = 1
        try:
            os.close(self._telling)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the parent sees to it
            signal.signal(signal.SIGTERM, _interrupt)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            Thread(target=self._end_with_parent, daemon=True).start()
            duty()
            code = 0
        except KeyboardInterrupt:
            code = 0
        except Exception as error:  # the outer edge of the process; a message may hold anything
            logger.critical("%s: %s", name, type(error).__name__)
        finally:
            os._exit(code)

    def _end_with_parent(self) -> None:
        os.read(self._told, 1)
        os.kill(os.getpid(), signal.SIGTERM)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    before = {number: signal.signal(number, _interrupt) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
