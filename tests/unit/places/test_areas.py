import pytest

from resourcedir.places.areas import area_label
from resourcedir.places.finding import area_code
from resourcedir.places.gazetteer import county_place, names
from resourcedir.places.names import STATES
from resourcedir.places.place import PlaceNotFound, areas_of
from resourcedir.places.zip_codes import all_zip_codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US", "US"),
        ("United States", "US"),
        ("TN", "TN"),
        ("tennessee", "TN"),
        ("Hamilton County, TN", "TN/Hamilton"),
        ("  hamilton  COUNTY , Tennessee", "TN/Hamilton"),
        ("Hamilton, TN", "TN/Hamilton"),
        ("tn/hamilton", "TN/Hamilton"),
        ("Mcminn County, TN", "TN/McMinn"),
        ("Orleans Parish, LA", "LA/Orleans"),
        ("St Louis County, MO", "MO/St. Louis"),
        ("St. Louis city, MO", "MO/St. Louis city"),
        ("Baltimore County, MD", "MD/Baltimore"),
        ("Baltimore city, MD", "MD/Baltimore city"),
        ("City of Alexandria, VA", "VA/Alexandria city"),
        ("James City County, VA", "VA/James City"),
        ("Carson City, NV", "NV/Carson City"),
        ("San Juan, PR", "PR/San Juan"),
        ("Bayamón Municipio, PR", "PR/Bayamon"),
        ("City and Borough of Juneau, AK", "AK/Juneau"),
        ("Municipality of Anchorage, AK", "AK/Anchorage"),
        ("District of Columbia", "DC"),
    ],
)
def test_an_area_has_one_code_however_it_is_written(text, code):
    assert area_code(text) == code
    assert area_code(code) == code


@pytest.mark.parametrize(
    "text", ["", "Hamiltn County, TN", "Hamilton County", "XX", "TN/Nowhere", "/", "37402"]
)
def test_what_is_no_area_is_refused_with_the_mend(text):
    with pytest.raises(PlaceNotFound, match="Hamilton County, TN"):
        area_code(text)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("US", "United States"),
        ("TN", "Tennessee"),
        ("TN/Hamilton", "Hamilton County, TN"),
        ("LA/Orleans", "Orleans Parish, LA"),
        ("PR/San Juan", "San Juan Municipio, PR"),
        ("VA/Alexandria city", "City of Alexandria, VA"),
        ("NV/Carson City", "Carson City, NV"),
        ("AK/Juneau", "Juneau City and Borough, AK"),
        ("AK/Nome", "Nome Census Area, AK"),
        ("DC/District of Columbia", "District of Columbia"),
    ],
)
def test_a_code_is_shown_by_the_name_that_people_know(code, label):
    assert area_label(code) == label


@pytest.mark.parametrize("code", ["", "??", "TN/", "XX/Hamilton", "/"])
def test_what_is_no_code_is_shown_as_it_is(code):
    assert area_label(code) == code


def test_every_county_of_the_country_finds_back_to_its_code_from_its_label():
    codes = {f"{found[0].state}/{found[0].county}" for found in names().counties.values()}
    assert len(codes) > 3200
    for code in codes - {"DC/District of Columbia"}:
        assert area_code(area_label(code)) == code
    assert all(area_code(name) == state for state, name in STATES.items())


def test_every_county_lies_in_its_own_areas():
    for state, county_key in names().counties:
        place = county_place(state, county_key)
        if place is not None:
            code = f"{state}/{names().counties[state, county_key][0].county}"
            assert areas_of(place) == {"US", state, code}


def test_every_zip_code_with_a_county_has_the_code_that_the_county_has():
    codes = {f"{found[0].state}/{found[0].county}" for found in names().counties.values()}
    assert {f"{zip_.state}/{zip_.county}" for zip_ in all_zip_codes() if zip_.county} == codes
