"""A request ends on its own thread."""

from threading import Thread

import pytest
from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy

from resourcedir.web import closing


def test_no_request_starts_a_thread_and_sessions_are_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, db = Flask(__name__), SQLAlchemy()
    app.config["SQLALCHEMY_ENGINES"] = {"default": "sqlite://"}
    db.init_app(app)
    closing.without_event_loop(app)
    closed = []

    def refuse(_thread: Thread) -> None:
        raise AssertionError("a thread was started")

    @app.get("/")
    def page() -> str:
        close = db.session.close
        db.session.close = lambda: (closed.append(True), close())[1]
        return "page"

    monkeypatch.setattr(Thread, "start", refuse)

    assert app.test_client().get("/").text == "page"
    assert closed == [True]
