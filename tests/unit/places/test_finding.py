import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resourcedir.places.distance import distance_km
from resourcedir.places.finding import find_place
from resourcedir.places.gazetteer import city_place, names
from resourcedir.places.names import STATES, key
from resourcedir.places.place import (
    PlaceAmbiguous,
    PlaceKind,
    PlaceNotFound,
    PointSource,
    areas_of,
)
from resourcedir.places.point import Point
from resourcedir.places.zip_codes import all_zip_codes


def found(text, home_state=None):
    return find_place(text, home_state=home_state)


@pytest.mark.parametrize(
    "text",
    ["37402", " 37402 ", "37402-1234", "374021234", "37402 1234", "\uff13\uff17\uff14\uff10\uff12",
     "Chattanooga, TN 37402", "100 Example St, Chattanooga, TN 37402-1234", "37402, USA"],
)  # fmt: skip
def test_a_zip_code_is_found_with_what_it_lies_in(text):
    place = found(text)
    assert place.label == "Chattanooga, TN 37402"
    assert (place.kind, place.source) == (PlaceKind.ZIP, PointSource.ZCTA)
    assert distance_km(place.point, Point(35.0468, -85.3163)) < 0.1
    assert 500 <= place.error_m <= 3000
    assert (place.state, place.county) == ("TN", "Hamilton County")
    assert place.time_zone == "America/New_York"
    assert areas_of(place) == {"US", "TN", "TN/Hamilton"}


def test_a_post_office_box_has_a_point_that_is_said_to_be_coarser():
    place = found("37401")
    assert place.source is PointSource.ZIPCODES
    assert place.error_m > 10_000
    assert distance_km(place.point, found("37402").point) < 5


def test_an_island_that_no_source_places_is_not_off_africa():
    yap, guam = found("96943"), found("Guam")
    assert distance_km(yap.point, guam.point) < 1000
    assert (yap.state, yap.error_m) == ("FM", 40_000)


def test_a_zip_code_without_a_point_has_its_citys():
    place = found("35270")
    assert (place.source, place.label) == (PointSource.MEAN, "Birmingham, AL 35270")
    assert place.point == found("Birmingham, AL").point


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("99999", "No ZIP code has these five digits"),
        ("3741", "A ZIP code has five digits"),
        ("374022", "A ZIP code has five digits"),
        ("09001", "military"),
        ("", "Type a ZIP code"),
        ("Chatanooga, TN", "Type a ZIP code"),
        ("Nowhere County, TN", "Type a ZIP code"),
    ],
)
def test_what_is_no_place_is_answered_with_the_mend_and_not_repeated(text, mend):
    with pytest.raises(PlaceNotFound, match=mend) as error:
        found(text)
    assert not text or text not in str(error.value)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Chattanooga, TN", "Chattanooga, TN"),
        ("chattanooga tn", "Chattanooga, TN"),
        ("Chattanooga, Tennessee, USA", "Chattanooga, TN"),
        ("1 Example Street, Chattanooga, TN", "Chattanooga, TN"),
        ("City of Chattanooga, TN", "Chattanooga, TN"),
        ("East Ridge, TN", "East Ridge, TN"),
        ("Charlotte North Carolina", "Charlotte, NC"),
        ("St. Louis, MO", "Saint Louis, MO"),
        ("SAINT LOUIS mo", "Saint Louis, MO"),
        ("Mt. Juliet, TN", "Mount Juliet, TN"),
        ("Ft Payne, AL", "Fort Payne, AL"),
        ("Fort Payne, AL", "Fort Payne, AL"),
        ("Bayamón, PR", "Bayamon, PR"),
        ("Coeur d'Alene, ID", "Coeur D Alene, ID"),
        ("Coeur d\u2019Alene, ID", "Coeur D Alene, ID"),
        ("De Kalb, IL", "Dekalb, IL"),
        ("Washington DC", "Washington, DC"),
        ("Washington, D.C.", "Washington, DC"),
        ("Oklahoma City", "Oklahoma City, OK"),
    ],
)
def test_a_city_is_found_however_it_is_written(text, label):
    place = found(text)
    assert (place.label, place.kind) == (label, PlaceKind.CITY)


def test_a_city_reaches_as_far_as_its_zip_codes():
    city = found("Chattanooga, TN")
    for code in ("37402", "37405", "37415", "37421"):
        assert distance_km(city.point, found(code).point) * 1000 < city.error_m
    assert city.error_m < 40_000
    assert (city.county, city.time_zone) == ("Hamilton County", "America/New_York")


@pytest.mark.parametrize(
    ("city", "middle"),
    [("Anchorage, AK", Point(61.2, -149.9)), ("Fairbanks, AK", Point(64.8, -147.9)),
     ("Klamath Falls, OR", Point(42.2, -121.7)), ("Flagstaff, AZ", Point(35.2, -111.65))],
)  # fmt: skip
def test_the_wilds_that_a_post_office_serves_do_not_draw_a_town_away(city, middle):
    assert distance_km(found(city).point, middle) < 15


def test_a_name_that_several_cities_have_is_asked_back_with_the_largest_first():
    with pytest.raises(PlaceAmbiguous) as error:
        found("cleveland")
    assert str(error.value).startswith(
        "There is more than one Cleveland: add the state, such as Cleveland, OH (Cleveland, OH; "
    )
    assert "Cleveland, TN" in str(error.value)
    assert len(error.value.candidates) == 5


def test_the_home_state_decides_between_cities_of_one_name():
    assert found("Cleveland", "TN").label == "Cleveland, TN"
    assert found("Cleveland, OH", "TN").label == "Cleveland, OH"
    with pytest.raises(PlaceAmbiguous):
        found("Cleveland", "HI")
    with pytest.raises(PlaceAmbiguous):
        found("Cleveland", "no such state")


def test_a_town_whose_name_ends_like_a_state_is_no_town_in_that_state():
    with pytest.raises(PlaceAmbiguous, match="Port Washington, NY"):
        found("Port Washington")
    assert found("Port Washington NY").label == "Port Washington, NY"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Hamilton County, TN", "Hamilton County, TN"),
        ("hamilton co. tn", "Hamilton County, TN"),
        ("Orleans Parish, Louisiana", "Orleans Parish, LA"),
        ("St Tammany Parish, LA", "St. Tammany Parish, LA"),
        ("Baltimore city, MD", "City of Baltimore, MD"),
        ("San Juan Municipio, PR", "San Juan Municipio, PR"),
    ],
)
def test_a_county_and_what_stands_for_one_is_found(text, label):
    place = found(text)
    assert (place.label, place.kind) == (label, PlaceKind.COUNTY)


def test_a_county_without_its_state_is_asked_back_or_taken_at_home():
    assert found("Hamilton County", "TN").label == "Hamilton County, TN"
    with pytest.raises(PlaceAmbiguous, match="more than one Hamilton County"):
        found("Hamilton County")


def test_a_state_is_found_by_name_and_code_and_is_large():
    for text in ("TN", "tn", "Tennessee"):
        place = found(text)
        assert (place.label, place.kind, place.county) == ("Tennessee", PlaceKind.STATE, None)
        assert place.time_zone is None  # it lies in two
        assert place.error_m > 300_000
        assert areas_of(place) == {"US", "TN"}
    assert found("Guam").time_zone == "Pacific/Guam"


def test_every_state_and_territory_is_found():
    for code, name in STATES.items():
        assert found(code).state == code
        if name not in {"New York", "Washington"}:
            assert found(name).kind is PlaceKind.STATE


def test_new_york_and_washington_are_asked_back_because_a_great_city_has_the_name():
    for text, city, state in (
        ("New York", "New York, NY", "New York State"),
        ("Washington", "Washington, DC", "Washington State"),
    ):
        with pytest.raises(PlaceAmbiguous, match=f"{city}; {state}"):
            found(text)
        assert found(state).kind is PlaceKind.STATE
    assert found("New York", "NY").label == "New York, NY"
    assert found("Washington", "WA").kind is PlaceKind.STATE
    assert found("Nevada", "MO").label == "Nevada, MO"


def test_a_slip_of_the_source_does_not_put_north_chattanooga_in_central_time():
    assert found("37405").time_zone == "America/New_York"
    assert found("37338").time_zone == "America/New_York"


def test_the_neighbors_of_hamilton_county_in_central_time_stay_there():
    for text in ("37347", "37327", "Marion County, TN", "Sequatchie County, TN"):
        assert found(text).time_zone == "America/Chicago"


def test_a_county_that_is_really_split_keeps_both_time_zones():
    zones = {zip_.time_zone for zip_ in names().counties["ID", "idaho"]}
    assert zones == {"America/Boise", "America/Los_Angeles"}


def test_every_city_with_a_point_covers_its_own_zip_codes():
    for (state, name_key), zips in list(names().cities.items())[::50]:
        place = city_place(state, name_key)
        if place is not None:
            census = [zip_ for zip_ in zips if zip_.source is PointSource.ZCTA]
            for zip_ in census or zips:
                if zip_.point is not None:
                    reach_km = place.error_m / 1000 + 0.01
                    assert distance_km(place.point, zip_.point) <= reach_km


some_words = st.sampled_from(
    ["37402", "99999", "Cleveland", "TN", "Tennessee", "County", "Parish", "city", "City of", "St.",
     ",", "/", "-", "USA", "New York", "Washington", "Hamilton", "of", "Co", "Mt"],
)  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(some_words, max_size=6).map(" ".join)),
    st.one_of(st.none(), st.sampled_from(sorted(STATES)), st.text(max_size=3)),
)
@example("\x00", None)
@example("İ, TN", "TN")
@example("," * 1000, "")
@example("²³4⁵6", None)
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_place_or_one_of_the_two_errors(text, home_state):
    try:
        place = found(text, home_state)
    except (PlaceNotFound, PlaceAmbiguous) as error:
        assert str(error)  # noqa: PT017 -- either outcome is right
    else:
        assert place.label
        assert place.error_m >= 500


@given(st.text(max_size=30))
def test_case_and_blanks_do_not_matter_to_a_name(text):
    assert key(f"  {text} ") == key(text)
    assert key(text).isalnum() or not key(text)


def test_all_zip_codes_are_there_and_only_post_without_a_place_has_no_point():
    codes = list(all_zip_codes())
    assert len(codes) == 42_789
    assert sum(zip_.source is PointSource.ZCTA for zip_ in codes) == 33_791
    assert sum(zip_.point is None for zip_ in codes) < 900
