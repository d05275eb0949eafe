"""The words of a page: in its language, in that of a part of it, and of the right app."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string
from flask_babel import force_locale
from flask_babel import gettext as plain_gettext

from resourcedir.extensions import babel
from resourcedir.web import language


def made_app(folder: Path, word: str) -> Flask:
    catalog = Catalog(locale="es")
    catalog.add("Search", word)
    catalog.add(("%(num)s place", "%(num)s places"), ("%(num)s lugar", "%(num)s lugares"))
    catalog.add("%(miles)s mi, 50%%", "a %(miles)s millas, 50%%")
    (folder / "es/LC_MESSAGES").mkdir(parents=True)
    with (folder / "es/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, catalog)
    app = Flask(__name__)
    app.config.update(BABEL_TRANSLATION_DIRECTORIES=str(folder), LANGUAGES=["en", "es"])
    app.secret_key = "k"
    babel.init_app(app, locale_selector=language.pick)
    language.register(app)
    return app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return made_app(tmp_path, "Buscar")


def test_a_page_is_in_the_language_that_the_browser_asks_for(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        assert language.gettext("Search") == plain_gettext("Search") == "Buscar"
        assert language.ngettext("%(num)s place", "%(num)s places", 2) == "2 lugares"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert language.gettext("Search") == plain_gettext("Search") == "Search"
        assert language.ngettext("%(num)s place", "%(num)s places", 1) == "1 place"


def test_a_part_of_a_page_can_be_in_the_other_language_and_the_rest_stays(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert language.gettext("Search") == "Search"
        assert language.language() == "en"
        with force_locale("es"):
            assert language.gettext("Search") == "Buscar"
            assert language.language() == "es"
            assert render_template_string("{{ _('Search') }}") == "Buscar"
        assert language.gettext("Search") == "Search"
        assert language.language() == "en"


def test_two_apps_of_one_process_have_their_own_words(app: Flask, tmp_path: Path) -> None:
    other = made_app(tmp_path / "other", "Encontrar")
    for each, word in ((app, "Buscar"), (other, "Encontrar"), (app, "Buscar")):
        with each.test_request_context(headers={"Accept-Language": "es"}):
            assert language.gettext("Search") == word


def test_values_in_templates_are_escaped_and_signs_stay(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        words = render_template_string("{{ _('%(miles)s mi, 50%%', miles='<b>') }}")
        assert words == "a &lt;b&gt; millas, 50%"
        assert render_template_string("{{ _('100%%') }}") == "100%"


def test_there_are_words_where_there_is_no_page(app: Flask) -> None:
    assert language.gettext("%(n)s of it", n=2) == "2 of it"
    with app.app_context():
        assert language.gettext("Search") == "Search"
