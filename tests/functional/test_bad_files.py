"""What is wrong with a file, in the reader's language."""

import pytest
from flask import Flask
from flask_babel import force_locale

from resourcedir.errors import BadFile
from resourcedir.exchange import csv_reader
from resourcedir.web.phrases import fault_words
from tests.unit.exchange.csv_files import csv_file, service


@pytest.fixture
def bad() -> BadFile:
    with pytest.raises(BadFile) as refused:
        csv_reader.read(csv_file(service(zip="3740", hours="Mo-Fr 9-5", offenses="arsn: excluded")))
    return refused.value


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            {
                'line 2, zip: "3740" is not a ZIP code of five digits such as 37402',
                'line 2, hours: Hours: "Mo-Fr 9-5" has no times such as 08:00-17:00, and not the'
                " word closed.",
                'line 2, offenses: "arsn" is not in the list of codes; did you mean arson?',
            },
        ),
        (
            "es",
            {
                'línea 2, zip: "3740" no es un código postal de cinco cifras como 37402',
                'línea 2, hours: Horario: "Mo-Fr 9-5" no tiene horas como 08:00-17:00, ni la'
                " palabra closed.",
                'línea 2, offenses: "arsn" no está en la lista de códigos; ¿quiso decir arson?',
            },
        ),
    ],
)
def test_faults_are_in_the_language_of_the_page(app: Flask, bad, language, words):
    with app.test_request_context(), force_locale(language):
        said = {fault_words(fault) for fault in bad.faults}
        page, status = app.handle_user_exception(bad)

    assert said == words
    assert status == 422
    assert all(f"<li>{each}</li>" in page.replace("&#34;", '"') for each in words)


def test_in_a_terminal_they_are_english(bad):
    assert 'line 2, zip: "3740" is not a ZIP code of five digits such as 37402' in map(
        str, bad.faults
    )
