"""Pages that can also answer with a piece of themselves, for htmx."""

from flask import Response, make_response, render_template, request


def wants_fragment() -> bool:
    """Say whether htmx asked for a piece of the page and not for the whole of it.

    A boosted link and a return through the browser's history send ``HX-Request`` too, but want
    the whole page.
    """
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and "HX-Boosted" not in headers
        and "HX-History-Restore-Request" not in headers
    )


def render(page: str, fragment: str, **context: object) -> Response:
    """Render ``page``, or only its ``fragment``, which the page itself includes.

    One URL, one context, one template for the piece: without JavaScript nothing is lost.
    """
    response = make_response(render_template(fragment if wants_fragment() else page, **context))
    response.vary.add("HX-Request")
    return response
