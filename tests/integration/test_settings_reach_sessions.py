"""What a deployment sets is known wherever there is a session."""

from dataclasses import replace
from datetime import time

from resourcedir.app import create_app
from resourcedir.db import cut_off, local_holidays, usual_zone
from resourcedir.extensions import db


def test_a_session_knows_the_zone_the_holidays_and_the_cut_off(app):
    settings = replace(
        app.config["SETTINGS"],
        time_zone="America/Chicago",
        holidays=frozenset({"12-24"}),
        cut_off=time(14, 30),
    )

    with create_app(settings).app_context():
        assert usual_zone(db.session) == "America/Chicago"
        assert local_holidays(db.session) == {"12-24"}
        assert cut_off(db.session) == time(14, 30)
