"""Somebody at the door with requests of their own making, and what the tables hold meanwhile."""

import re
from collections.abc import Iterable
from contextlib import closing

from flask import Flask
from werkzeug.test import TestResponse

from resourcedir.db import Base
from resourcedir.extensions import db

Rows = dict[str, frozenset[tuple[object, ...]]]
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """Sends whatever it is told, with a valid token, and follows nothing."""

    def __init__(self, app: Flask, cookie: str | None) -> None:
        self.client = app.test_client()
        if cookie:
            self.client.set_cookie("resourcedir", cookie)
        page = self.client.get("/account/password" if cookie else "/sign-in")
        found = _TOKEN.search(page.text)
        assert found, page.text
        self.token = found[1]

    def ask(self, method: str, url: str, data: dict[str, object] | None = None) -> TestResponse:
        """Send one request; with a token where one is asked for."""
        if method in {"GET", "HEAD", "OPTIONS"}:
            return self.client.open(url, method=method, buffered=True)
        sent = {**(data or {}), "csrf_token": self.token}
        return self.client.open(url, method=method, data=sent, buffered=True)

    def get(self, url: str) -> TestResponse:
        return self.ask("GET", url)

    def post(self, url: str, data: dict[str, object] | None = None) -> TestResponse:
        return self.ask("POST", url, data)


def rows(app: Flask, besides: Iterable[str] = ()) -> Rows:
    """Return what every table holds, byte for byte as it is stored."""
    left_out = {"sign_in", *besides}
    names = [name for name in Base.metadata.tables if name not in left_out]
    with app.app_context(), closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        return {name: frozenset(cursor.execute(_as_stored(name)).fetchall()) for name in names}


def _as_stored(table: str) -> str:
    return f'SELECT * FROM "{table}"'  # noqa: S608 -- a name of our own


def changed(before: Rows, after: Rows) -> dict[str, set[tuple[object, ...]]]:
    """Return the rows that are in one of the two alone, by table; {} where nothing changed."""
    return {name: set(before[name] ^ after[name]) for name in before if before[name] != after[name]}
