"""The page about the lifecycle says what the code does."""

from resourcedir.referrals import drawing
from resourcedir.referrals.lifecycle import TRANSITIONS, Status


def test_the_page_is_drawn_from_the_table():
    assert drawing.PAGE.read_text() == drawing.page(), "python -m resourcedir.referrals.drawing"


def test_every_status_and_step_stands_on_the_page():
    text = drawing.page()

    for word in (*Status, *TRANSITIONS):
        assert f"`{word}`" in text
