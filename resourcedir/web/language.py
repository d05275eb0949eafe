"""Which language a page is in: what was chosen in this browser, else what the browser asks for."""

from typing import Final

from flask import current_app, has_request_context, request, session

CHOSEN: Final = "language"


def pick() -> str:
    """Return a code of ``LANGUAGES``."""
    offered = current_app.config["LANGUAGES"]
    if not has_request_context():
        return str(offered[0])
    if (chosen := session.get(CHOSEN)) in offered:
        return str(chosen)
    return request.accept_languages.best_match(offered) or str(offered[0])
