"""Asks a served demo what a person would ask it, over HTTP. For people who just installed it."""

import re
from dataclasses import dataclass
from http.cookiejar import CookieJar
from time import monotonic, sleep
from typing import Final
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

_TIMEOUT_S: Final = 20
_PATIENCE_S: Final = 10.0  # for search to know what was done as the app started
_TOKEN: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_HEADING: Final = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
SEARCH: Final = "/search?q=detox&near=37402"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came back, in the words to print."""

    ok: bool
    lines: tuple[str, ...]


def check(address: str, email: str, password: str) -> Checked:
    """Ask for ``/healthz``, sign in and search once; never raises for what the server does."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    base = address.rstrip("/")
    try:
        health = _health(opener, base)
        token = _TOKEN.search(_text(opener, f"{base}/sign-in"))
        form = {"email": email, "password": password, "csrf_token": token[1] if token else ""}
        _text(opener, f"{base}/sign-in", urlencode(form).encode())
        page = _text(opener, base + SEARCH)
    except (URLError, TimeoutError) as error:
        return Checked(ok=False, lines=(f"The demo did not answer: {error}",))
    heading = _HEADING.search(page)
    words = " ".join(re.sub("<[^>]*>", " ", heading[1]).split()) if heading else "no heading"
    lines = (f"/healthz: {health.strip()}", f"{SEARCH}: {words}")
    return Checked(ok='"ok":true' in health and 'class="rd-row"' in page, lines=lines)


def _health(opener: OpenerDirector, base: str) -> str:
    """Return what ``/healthz`` says once the index has caught up, or at the end of patience."""
    deadline = monotonic() + _PATIENCE_S
    while True:
        health = _text(opener, f"{base}/healthz")
        if '"index_lag":0' in health or monotonic() > deadline:
            return health
        sleep(0.1)


def _text(opener: OpenerDirector, url: str, data: bytes | None = None) -> str:
    with opener.open(url, data, timeout=_TIMEOUT_S) as response:
        body: bytes = response.read()
    return body.decode()
