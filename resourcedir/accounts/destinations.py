"""Where a form may send a browser next: only to a page of this app, and only by GET."""

import re
from typing import Final

from flask import current_app, request
from werkzeug.exceptions import HTTPException

HOME: Final = "/"

# "//host" and "/\host" are other machines to a browser.
_RELATIVE: Final = re.compile(r"/(?![/\\])[^\\#\x00-\x20\x7f]*")


def page_or_home(text: str | None) -> str:
    """Return ``text`` if it is the path of a page, without a query; else the first page."""
    return page_or(text, HOME)


def page_or(text: str | None, otherwise: str) -> str:
    """Return ``text`` if it is the path of a page, without a query; else another address."""
    return text if text and "?" not in text and _is_page(text) else otherwise


def address_or_home(text: str | None) -> str:
    """Return ``text`` if it is the path of a page, with or without a query; else the first page."""
    return text if text and _is_page(text) else HOME


def _is_page(text: str) -> bool:
    if not _RELATIVE.fullmatch(text):
        return False
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        endpoint, _ = adapter.match(text.partition("?")[0], method="GET")
    except HTTPException:  # no such page, a form's address, or a redirect
        return False
    return bool(endpoint != "static")
