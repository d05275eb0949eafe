"""What the history of a listing reads like, in both languages."""

import pytest
from flask import Flask
from flask_babel import force_locale

from resourcedir.directory import queries
from resourcedir.directory.history_showing import value_words
from resourcedir.directory.models import Metadata
from tests.conftest import NOON

SPANISH = {"Accept-Language": "es"}


def _cells(page):
    rows = [[td.text.strip() for td in tr.select("td")] for tr in page.select("tbody tr")]
    return {row[0]: tuple(row[1:]) for row in rows}


@pytest.fixture
def house(make):
    organization = make.organization()
    number = make.listing(organization, description="A house {for:men}.", available=3)
    return number, make.provider(organization.id)


def test_what_was_published_in_english_reads_in_spanish_but_for_what_people_typed(browser, house):
    number, provider = house
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    said = {
        "description": "Beds {offense:arson} and {{braces}}.",
        "hours-Mo": "08:00-17:00",
        "phones-0-description": "Intake {now}",
        "languages": ["es"],
        "minimum_age": "18",
        "genders": ["men"],
        "offenses-arson": "case_by_case",
        "documents": ["state-id"],
        "sobriety_days": "30",
        "cost": "fee",
        "cost_amount": "120",
        "cost_description": "a week",
        "temporarily_closed": "y",
        "available": "1",
        "as_of": "2026-03-12T09:30",
    }
    browser.submit({**said, "step": "review"})
    browser.submit({**said, "step": "publish"})

    cells = _cells(browser.get(f"/listings/{number}/history", headers=SPANISH))

    assert cells == {
        "Descripción": ("A house {for:men}.", "Beds {offense:arson} and {{braces}}."),
        "Horario": ("no se sabe", "lunes: 8 a.m. a 5 p.m."),
        "Teléfonos": ("423-555-0141", "423-555-0141 (Intake {now})"),
        "Idiomas": ("no se sabe", "Español"),
        "Edades": ("cualquier edad", "18 años o más"),
        "Quién puede ir": ("no se sabe", "Hombres"),
        "Delitos": ("no se indica", "Incendio provocado: Se decide caso por caso"),
        "Documentos que piden": ("no se sabe", "Identificación estatal"),
        "Días de sobriedad": ("no se indica", "Al menos 30 días de sobriedad."),
        "Costo": ("no se sabe", "Con costo, $120, a week"),
        "Abierto o cerrado": ("abierto", "cerrado por ahora"),
        "Lugares libres": (
            "Camas: 3 libres, según dato de 12 mar 2026, 10 a.m.",
            "Camas: 1 libres, según dato de 12 mar 2026, 9:30 a.m.",
        ),
    }


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("rules", "{rule:offense/arson/excluded/} (ever)", "Nadie con condena por incendio"),
        ("rules", "{rule:residency/TN/Hamilton/required/}", "Hamilton County, TN"),
        ("rules", "{rule:sobriety_days//required/14}", "14 días"),
        ("service_area", "{area:TN/Hamilton}", "Hamilton County, TN"),
        ("terms", "{need:detox}; {payer:medicaid}", "Medicaid"),
        ("terms", "{either:Drug court|Tribunal de drogas}", "Tribunal de drogas"),
        ("time_zone", "America/Chicago", "hora central"),
        ("place_location_type", "physical", "Un lugar al que se va"),
        ("hours", "{hours:24/7}", "Las 24 horas, todos los días"),
        ("phones", "423-555-0100 {phone:text}", "423-555-0100 Texto"),
    ],
)
def test_each_mark_has_words(app: Flask, field, value, words):
    with app.test_request_context(), force_locale("es"):
        said = value_words(field, value)

    assert words.casefold() in said.casefold()
    assert "{" not in said


@pytest.mark.parametrize(
    "mark",
    [
        "{offense:no-such-code}", "{stance:maybe}", "{rule:x}", "{hours:whenever}", "{cost:free}",
        "{openings:bed/3}", "{nobody:knows}", "{ages:old}", "{either:one}", "{need:gone}",
    ],
)  # fmt: skip
def test_a_mark_that_nobody_knows_any_more_shows_its_codes(app: Flask, mark):
    with app.test_request_context(), force_locale("en"):
        said = value_words("rules", mark)

    assert said == mark.strip("{}").partition(":")[2].replace("-", " ").replace("/", " ")


def test_words_of_an_older_form_are_shown_as_they_are_kept(browser, make, session):
    number = make.listing()
    resource = queries.facts_for(session, number).resource_id
    session.add(
        Metadata(
            resource_id=resource, resource_type="service", last_action_date=NOON,
            last_action_type="update", field_name="openings", previous_value="not known",
            replacement_value="Beds: 3 free, as of 2026-03-12 12:00",
        )
    )  # fmt: skip
    session.commit()
    browser.sign_in(make.officer())

    cells = _cells(browser.get(f"/listings/{number}/history"))

    assert cells["Openings"] == ("not known", "Beds: 3 free, as of 2026-03-12 12:00")
