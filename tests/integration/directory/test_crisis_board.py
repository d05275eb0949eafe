"""The crisis lines that a process remembers follow the directory, whoever changes it."""

from datetime import time

import pytest
from sqlalchemy import event

from resourcedir import clock
from resourcedir.directory import crisis
from resourcedir.directory.crisis import CrisisBoard
from resourcedir.directory.models import Listing, Service
from resourcedir.outbox.commands import note_changes
from tests.conftest import NOON

DAY = [("MO,TU,WE,TH,FR,SA,SU", time(0), time(0))]


@pytest.fixture
def board(make, make_session):
    """Give what is shown now by a board that has seen two lines; sessions of its own read."""
    for name in ("First line", "Second line"):
        make.listing(name=name, terms=["crisis-line"], hours=DAY)
    board = CrisisBoard()

    def shown() -> list[str]:
        with make_session() as apart:
            return [line.name for line in board.lines(apart, clock.now(), may_keep=True)]

    assert shown() == ["First line", "Second line"]
    return shown


def changed(session, number):
    note_changes(session, [number], NOON)
    session.commit()


def test_a_new_line_another_name_and_a_line_that_ends_are_seen_by_the_next_page(
    session, make, board
):
    third = make.listing(name="Third line", terms=["crisis-line"], hours=DAY)
    assert board() == ["First line", "Second line", "Third line"]

    session.get(Service, session.get(Listing, third).service_id).name = "Renamed line"
    changed(session, third)
    assert board() == ["First line", "Second line", "Renamed line"]

    session.get(Listing, third).withdrawn_at = NOON
    changed(session, third)
    assert board() == ["First line", "Second line"]


def test_of_one_change_only_that_listing_is_read_again(session, make, board, monkeypatch):
    asked = []
    read = crisis.crisis_lines
    monkeypatch.setattr(
        crisis, "crisis_lines", lambda s, among=None: asked.append(among) or read(s, among)
    )
    number = make.listing(name="Office", terms=["detox"])

    assert board() == board() == ["First line", "Second line"]
    assert asked == [{number}]


@pytest.mark.parametrize("most", [1, 3])
def test_after_many_changes_all_is_read_again(session, make, board, monkeypatch, most):
    monkeypatch.setattr(crisis, "MOST_CHANGES", most)
    for number in range(2):
        make.listing(name=f"Line {number}", terms=["crisis-line"], hours=DAY)

    assert board() == ["First line", "Second line", "Line 0", "Line 1"]


def test_what_is_read_in_a_transaction_that_may_be_undone_is_not_kept(session, make):
    board = CrisisBoard()
    number = make.listing(name="Line", terms=["crisis-line"], hours=DAY)
    session.get(Service, session.get(Listing, number).service_id).name = "Never published"
    note_changes(session, [number], NOON)
    session.flush()
    board.lines(session, clock.now(), may_keep=False)
    session.rollback()

    assert [line.name for line in board.lines(session, clock.now(), may_keep=True)] == ["Line"]


def test_a_page_after_no_change_asks_the_database_once(session, board, make_session):
    seen = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    board()

    assert [text for text in seen if text.startswith("SELECT")] == seen[-1:]
