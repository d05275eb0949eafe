from datetime import time

import pytest
from sqlalchemy.orm import Session

from resourcedir.db import cut_off, local_holidays
from resourcedir.errors import BadInput
from resourcedir.referrals.working_days import Rules
from resourcedir.settings import DEMO_MARK, Settings


def read(tmp_path, **given):
    values = {
        "RESOURCEDIR_DATA_DIR": str(tmp_path),
        "RESOURCEDIR_KEY_FILE": str(tmp_path / "keys"),
        **{f"RESOURCEDIR_{name}": value for name, value in given.items()},
    }
    return Settings.from_environ({k: v for k, v in values.items() if v is not None})


def test_defaults_are_those_of_a_careful_deployment(tmp_path):
    settings = read(tmp_path)

    assert settings.https
    assert settings.database_url == f"sqlite:///{tmp_path / 'resourcedir.db'}"
    assert settings.geocoder == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"DATA_DIR": None}, "RESOURCEDIR_DATA_DIR is not set"),
        ({"KEY_FILE": None}, "RESOURCEDIR_KEY_FILE is not set"),
        ({"HTTPS": "yes"}, "RESOURCEDIR_HTTPS is yes: give it 0 or 1"),
        ({"TIME_ZONE": "Chattanooga"}, "RESOURCEDIR_TIME_ZONE is Chattanooga"),
        ({"TRUSTED_PROXIES": "-1"}, "RESOURCEDIR_TRUSTED_PROXIES is -1"),
        ({"GEOCODER_OPTIONS": "[1]"}, "RESOURCEDIR_GEOCODER_OPTIONS is not a JSON object"),
        ({"ZONE_GEOCODER_OPTIONS": "x"}, "RESOURCEDIR_ZONE_GEOCODER_OPTIONS is not a JSON"),
        ({"HOLIDAYS": "12-24, 12-32"}, "RESOURCEDIR_HOLIDAYS: 12-32 is no day. Write days as"),
        ({"HOLIDAYS": "2026-02-29"}, "RESOURCEDIR_HOLIDAYS: 2026-02-29 is no day"),
        ({"HOLIDAYS": "20261224"}, "RESOURCEDIR_HOLIDAYS: 20261224 is no day"),
        ({"HOLIDAYS": "12/24"}, "RESOURCEDIR_HOLIDAYS: 12/24 is no day"),
        ({"HOLIDAYS": "2026-W01-1"}, "RESOURCEDIR_HOLIDAYS: 2026-W01-1 is no day"),
        ({"HOLIDAYS": "١٢-٢٤"}, "RESOURCEDIR_HOLIDAYS: ١٢-٢٤ is no day"),
        ({"CUT_OFF": "3 pm"}, "RESOURCEDIR_CUT_OFF is 3 pm: give it a time of day such as 15:00"),
        ({"CUT_OFF": "24:00"}, "RESOURCEDIR_CUT_OFF is 24:00"),
        ({"CUT_OFF": "15"}, "RESOURCEDIR_CUT_OFF is 15:"),
        ({"DATADIR": "x"}, "RESOURCEDIR_DATADIR is not a setting"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_mend(tmp_path, given, words):
    with pytest.raises(BadInput, match=words):
        read(tmp_path, **given)


def test_local_holidays_are_days_of_one_year_or_of_all(tmp_path):
    settings = read(tmp_path, HOLIDAYS=" 2026-12-24,12-26\n02-29 , ")

    assert settings.holidays == {"2026-12-24", "12-26", "02-29"}


@pytest.mark.parametrize(
    ("written", "meant"), [("9:05", time(9, 5)), ("16:30", time(16, 30)), ("", time(15))]
)
def test_the_cut_off_is_a_time_of_day(tmp_path, written, meant):
    assert read(tmp_path, CUT_OFF=written).cut_off == meant


def test_rules_without_a_setting_are_everywhere_the_same(tmp_path):
    settings, rules, session = read(tmp_path), Rules(), Session()

    assert settings.cut_off == rules.cut_off == cut_off(session)
    assert settings.holidays == rules.holidays == local_holidays(session)


def test_the_keys_may_stand_in_the_environment(tmp_path):
    settings = read(tmp_path, KEY_FILE=None, KEYS="a" * 64)

    assert settings.key_file is None
    assert settings.keys == "a" * 64
    assert settings.keys not in repr(settings)


def test_a_folder_of_example_data_brings_its_own_keys(tmp_path):
    (tmp_path / DEMO_MARK).touch()
    settings = read(tmp_path, KEY_FILE=None)

    assert settings.is_demo
    assert settings.key_file.parent == tmp_path
    assert not settings.https


def test_nothing_secret_is_in_the_words_of_the_settings(tmp_path):
    settings = read(tmp_path, DATABASE_URL="postgresql://someone:hidden@localhost/x")

    assert "hidden" not in repr(settings)
