"""Everywhere that words can run to: addresses, cookies, titles, logs, files, tables."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_plus

from bs4 import BeautifulSoup
from flask import Flask, Response, request

_ADDRESSES = ("href", "action", "formaction", "src", "hx-get", "hx-post", "hx-push-url", "content")


@dataclass
class Sinks:
    """What left the app besides the text of pages, while it was listened to."""

    app: Flask
    addresses: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0

    def listen(self) -> None:
        """Note each request and answer from now on. Before the first request only."""
        self.app.after_request(self._note)
        inner = self.app.wsgi_app

        def outer(environ: dict, start_response: Callable) -> Iterable[bytes]:
            def start(status: str, headers: list[tuple[str, str]], *more: object) -> object:
                self._note_headers(headers)  # here: cookies are written after all else
                return start_response(status, headers, *more)

            return inner(environ, start)

        self.app.wsgi_app = outer  # type: ignore[method-assign]

    def _note(self, answer: Response) -> Response:
        self.addresses += [request.url, answer.headers.get("Location", "")]
        if answer.mimetype == "text/html" and not answer.is_streamed:
            self._read(answer.get_data(as_text=True))
        return answer

    def _note_headers(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies.append(self._decoded(value))
            else:
                self.headers.append(f"{name}: {value}")

    def _read(self, text: str) -> None:
        self.pages += 1
        page = BeautifulSoup(text, "html5lib")
        self.titles.append((request.path, page.title.text if page.title else ""))
        for element in page.find_all():
            for name in _ADDRESSES:
                address = str(element.get(name, ""))
                if not address.startswith("tel:"):  # the call is made, the address is not asked for
                    self.addresses.append(address)
        for form in page.select("form:not([method=post])"):  # what it holds stands in its address
            for control in form.select("input, textarea, option[selected]"):
                self.addresses.append(str(control.get("value", control.text)))

    def _decoded(self, cookie: str) -> str:
        value = cookie.partition("=")[2].partition(";")[0]
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return repr(signer.loads(value)) if value else ""


def leaks(words: Iterable[str], texts: Iterable[str]) -> set[tuple[str, str]]:
    """Return each word with the text that holds it, however the text is quoted."""
    lowered = [(text, f"{text}\n{unquote_plus(text)}".casefold()) for text in texts]
    return {(word, text[:300]) for word in words for text, low in lowered if word.casefold() in low}


def in_files(words: Iterable[str], folder: Path) -> set[tuple[str, str]]:
    """Return each word with the file that holds its bytes.

    A number must stand alone: in a hundred thousand hexadecimal digits each year is found.
    """
    found = set()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        for word in words:
            plain = re.escape(word.encode())
            bounded = (
                rb"(?<![0-9A-Za-z])" + plain + rb"(?![0-9A-Za-z])" if word.isdecimal() else plain
            )
            if re.search(bounded, content, re.IGNORECASE):
                found.add((word, path.name))
    return found


def in_log(caplog_records: Iterable[logging.LogRecord]) -> list[str]:
    """Return every record as a handler would write it, with the error that it carries."""
    formatter = logging.Formatter("%(name)s %(message)s")
    return [formatter.format(record) for record in caplog_records]
