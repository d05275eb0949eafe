"""Requests without control characters: no page may hold them, and PostgreSQL takes no NUL."""

import re
from collections.abc import Iterable
from typing import Any, Final

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class PlainValues(ImmutableMultiDict[str, Any]):
    """What a query or a form holds; tabs and ends of lines stay, other controls are left out."""

    def __init__(self, values: Any = None) -> None:  # noqa: ANN401 -- whatever Werkzeug hands over
        super().__init__(None if values is None else list(_plain(iter_multi_items(values))))


class PlainRequest(Request):
    """A request as the app reads it."""

    parameter_storage_class = PlainValues


def _plain(pairs: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, Any]]:
    return (
        (name, _CONTROLS.sub("", value) if isinstance(value, str) else value)
        for name, value in pairs
    )
