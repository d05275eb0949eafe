"""A geocoder over real HTTP on this machine, in the JSON of Nominatim."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import monotonic
from urllib.parse import parse_qs, urlsplit

from resourcedir.places.provider_addresses import AddressGeocoder, Limits

ANSWER = [
    {
        "lat": "35.0412",
        "lon": "-85.2951",
        "display_name": "727 East 11th Street, Chattanooga",
        "boundingbox": ["35.0411", "35.0413", "-85.2952", "-85.2950"],
    }
]


@dataclass
class Outside:
    """What the server answers, and when it was asked for what."""

    domain: str = ""
    body: bytes = json.dumps(ANSWER).encode()
    status: int = 200
    hangs: bool = False
    ended: Event = field(default_factory=Event)
    asked: list[tuple[float, str]] = field(default_factory=list)

    def geocoder(self, **limits: float) -> AddressGeocoder:
        options = {"user_agent": "resourcedir-test", "domain": self.domain, "scheme": "http"}
        wanted = {"min_delay_seconds": 0.0, "time_limit_seconds": 5.0} | limits
        return AddressGeocoder.configured("nominatim", options | {"proxies": {}}, Limits(**wanted))


@contextmanager
def nominatim() -> Iterator[Outside]:
    """Serve on a free port of this machine until the block ends."""
    state = Outside()

    class Nominatim(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            state.asked.append((monotonic(), query["q"][0]))
            self.send_response(state.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(state.body)))
            self.end_headers()
            if state.hangs:
                for byte in state.body:  # one byte now and then: no single read times out
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if state.ended.wait(0.1):
                        return
            else:
                self.wfile.write(state.body)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Nominatim) as server:
        state.domain = f"127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        state.ended.set()
        server.shutdown()
        thread.join()
