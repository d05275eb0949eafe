"""Which language a page is in: what was chosen in this browser, else what the browser asks for.

And its words. A page of results has a thousand, and to look for the right catalogue anew for each
took a fifth of the page's time: the page keeps it, and words that were found once are kept.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Final

from babel.support import NullTranslations
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Domain, get_locale
from markupsafe import Markup

from resourcedir.extensions import babel

CHOSEN: Final = "language"
_CATALOGUES: Final = "catalogues"


def pick() -> str:
    """Return a code of ``LANGUAGES``."""
    offered = current_app.config["LANGUAGES"]
    if not has_request_context():
        return str(offered[0])
    if (chosen := session.get(CHOSEN)) in offered:
        return str(chosen)
    return request.accept_languages.best_match(offered) or str(offered[0])


class Words(Domain):
    """The catalogues of the app at work. A page keeps the one it has found.

    ``force_locale`` changes the language in the midst of a page: then it is another locale object.
    """

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the page's language; one without words where there is no page."""
        try:
            page = _page()
            if page.words_locale is page.babel_locale:
                kept: NullTranslations = page.words
                return kept
        except (AttributeError, RuntimeError):
            pass  # nothing was asked for yet, or there is no page
        found: NullTranslations = super().get_translations()  # type: ignore[no-untyped-call]
        if (locale := get_locale()) is not None:
            g._flask_babel.words, g._flask_babel.words_locale = found, locale
        return found

    def get_translations_cache(self, ctx: object) -> dict[object, NullTranslations]:
        """Return the app's own: another app may have another folder of catalogues."""
        own: dict[object, NullTranslations] = current_app.extensions.setdefault(_CATALOGUES, {})
        return own


_words: Final = Words()  # type: ignore[no-untyped-call]


def _page() -> SimpleNamespace:
    """Return what Flask-Babel knows of this page: past the proxy, which would double its price.

    :raises AttributeError: as long as it knows nothing.
    :raises RuntimeError: where there is no page.
    """
    page: SimpleNamespace = g._get_current_object()._flask_babel
    return page


def language() -> str:
    """Return "en" or "es": the language of the page."""
    try:
        locale = _page().babel_locale
    except (AttributeError, RuntimeError):
        locale = get_locale()
    return str(locale.language) if locale else "en"


@lru_cache(maxsize=8192)
def _found(catalogue: NullTranslations, text: str) -> str:
    """Return ``text`` from a catalogue, which never changes while the app is at work."""
    words: str = catalogue.ugettext(text)
    return words


@lru_cache(maxsize=8192)
def _markup(catalogue: NullTranslations, text: str) -> Markup:
    return Markup(_found(catalogue, text))  # noqa: S704 -- from the catalogue, as Jinja's own does


def gettext(text: str, /, **values: object) -> str:
    """Return ``text`` in the language of the page, with ``values`` at their places."""
    words = _found(_words.get_translations(), text)
    return words % values if values else words


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the words for ``num`` in the language of the page; it is the value ``num`` too."""
    words: str = _words.get_translations().ungettext(one, many, num)
    return words % {"num": num, **values}


def _marked_up(text: str, /, **values: object) -> Markup:
    """Return ``text`` in the page's language; values are escaped and a lone % is written twice."""
    words = _markup(_words.get_translations(), text)
    return words % values if "%" in words else words


def register(app: Flask) -> None:
    """Give the app its catalogues, and its templates their ``_``."""
    babel.domain_instance = _words
    app.jinja_env.globals["_"] = _marked_up
