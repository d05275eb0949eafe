"""Serves an app to a browser of the same machine, in a thread that ends when it is told to."""

from threading import Thread

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server


class Served:
    """One app on a free port of 127.0.0.1, until ``close``."""

    def __init__(self, app: Flask) -> None:
        self._server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
        self.address = f"http://127.0.0.1:{self._server.effective_port}"
        self._thread = Thread(target=self._server.run, name="server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let go of the port. The loop's own thread closes its sockets: none is waited on."""
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._server._map))
        self._thread.join(10)
        assert not self._thread.is_alive()
        self._server.task_dispatcher.shutdown()
