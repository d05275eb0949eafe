"""Ends requests on the thread that has served them."""

from inspect import iscoroutinefunction

from flask import Flask


def without_event_loop(app: Flask) -> None:
    """Take away what would close sessions of asynchronous engines at the end of each request.

    The app has none, and to look for them an extension starts a thread and an event loop a request:
    a tenth of the time of a page of results, more where the machine is busy.
    """
    app.teardown_appcontext_funcs = [
        each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)
    ]
