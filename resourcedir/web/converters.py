"""What may stand in a URL where a route says so."""

from flask import Flask
from werkzeug.routing import IntegerConverter

from resourcedir.numbers import MOST_DIGITS


class BoundedInteger(IntegerConverter):
    """A number that the database can hold; to all others there is no such page."""

    regex = rf"[0-9]{{1,{MOST_DIGITS}}}"


def register(app: Flask) -> None:
    """Bound every ``<int:...>``, in routes that are yet to be added as well."""
    app.url_map.converters["int"] = BoundedInteger
