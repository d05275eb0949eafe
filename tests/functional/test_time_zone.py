"""What a deployment's time zone is to pages."""

from datetime import time

import pytest

from resourcedir.extensions import db
from tests.conftest import made_app, settings_for
from tests.factories import Factory
from tests.inspector import Browser


@pytest.mark.parametrize(
    ("zone", "words"),
    [("America/New_York", "Open now"), ("America/Los_Angeles", "Closed now")],
)
def test_hours_without_a_place_are_read_on_the_clock_of_the_deployment(
    tmp_path, at_noon, zone, words
):
    app = made_app(settings_for(tmp_path, time_zone=zone))
    with app.app_context():
        make = Factory(db.sessionmaker(expire_on_commit=False))
    officer = make.officer()
    number = make.listing(point=None, hours=[("TH", time(11, 30), time(17))])
    make.session.close()
    browser = Browser(app)
    browser.sign_in(officer)

    browser.get(f"/listings/{number}")

    assert words in browser.text
    with app.app_context():
        db.engine.dispose()
