"""The Spanish catalogue has every message, and says nothing else than the English does."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resourcedir" / "translations" / "es" / "LC_MESSAGES"
METHODS = [("resourcedir/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
PLACE = re.compile(r"%\((\w+)\)[sd]")


def extracted():
    found = set()
    for _, _, message, _, _ in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS):
        found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.fixture(scope="module")
def catalogue():
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="es")


def test_no_message_is_untranslated(catalogue):
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not message.fuzzy and all(_strings(message))
    }

    assert sorted(extracted() - known) == []


def test_no_message_is_translated_that_is_not_there_any_more(catalogue):
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id}

    assert sorted(known - extracted()) == []


def test_translations_have_the_places_of_the_original(catalogue):
    for message in catalogue:
        if message.id:
            originals = [message.id] if isinstance(message.id, str) else message.id
            wanted = set(PLACE.findall(originals[-1]))
            for text in _strings(message):
                assert set(PLACE.findall(text)) <= wanted, text
                assert wanted - {"num"} <= set(PLACE.findall(text)), text


def test_the_compiled_catalogue_is_that_of_the_source(catalogue):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)

    assert (FOLDER / "messages.mo").read_bytes() == compiled.getvalue()


def _strings(message):
    return (message.string,) if isinstance(message.string, str) else message.string
