"""Serves the app with waitress, and keeps the index meanwhile. Stops cleanly on Ctrl-C or TERM."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from flask import Flask
from waitress.server import create_server

from resourcedir.errors import BadInput
from resourcedir.search.indexing import following
from resourcedir.texts import N_

THREADS = 8


def serve(app: Flask, *, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve until a signal ends it; ``started`` is told the address once it answers.

    :raises BadInput: naming the port, if another program has it.
    """
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(message)s")
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        raise BadInput(
            N_("Port %(port)s of %(host)s cannot be used: choose another with --port."),
            port=port,
            host=host,
        ) from error
    with following(app), _ending_on_signals():
        started(f"http://{host}:{server.effective_port}/")
        try:
            server.run()
        except KeyboardInterrupt:
            server.close()


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
