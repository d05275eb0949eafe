"""An import takes SQLite's one write lock when there is something to write, and not before."""

from sqlite3 import OperationalError, connect

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from resourcedir import clock
from resourcedir.directory.models import Listing, Service
from resourcedir.exchange import bringing, csv_import, samhsa_import
from resourcedir.exchange import cli as commands
from resourcedir.extensions import db
from resourcedir.outbox.commands import note_changes
from resourcedir.outbox.models import Change
from tests.unit.exchange.csv_files import csv_file, service
from tests.unit.exchange.workbooks import facility, workbook

BIG = 1_000  # rows


class Context:
    def __init__(self, app):
        self.app = app

    def after_import(self):
        """Index nothing."""


@pytest.fixture
def run(app):
    def invoke(group, *words):
        with app.app_context():
            done = CliRunner().invoke(group, [str(word) for word in words], obj=Context(app))
        assert done.exit_code == 0, done.output
        return done.output

    return invoke


@pytest.fixture
def big(tmp_path):
    path = tmp_path / "listings.csv"
    path.write_bytes(csv_file(*(service(key=f"k{number}") for number in range(BIG))))
    return path


@pytest.fixture
def write_at_once(tmp_path):
    """Give what writes in another session and does not wait for anybody."""

    def write():
        other = connect(tmp_path / "resourcedir.db", timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("INSERT INTO change (listing_number, at) VALUES (1, '2026-03-12')")
            other.execute("COMMIT")
        finally:
            other.close()

    return write


@pytest.fixture
def after(monkeypatch):
    """Give what does something once, right after a function of a module has returned."""

    def attach(module, name, act):
        usual, acts = getattr(module, name), [act]

        def wrapped(*args, **kwargs):
            result = usual(*args, **kwargs)
            if acts:
                acts.pop()()
            return result

        monkeypatch.setattr(module, name, wrapped)
        return acts

    return attach


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (csv_import.csv_reader, "read"),  # all rows are parsed
        (csv_import, "draft_of"),  # drafts are being made
        (bringing, "make_plan"),  # all is compared
    ],
)
def test_others_write_at_once_while_a_big_file_is_read_and_compared(
    run, big, after, write_at_once, module, name
):
    left = after(module, name, write_at_once)

    assert f"{BIG} added" in run(commands.import_, "csv", big)
    assert left == []


def test_others_write_at_once_while_a_workbook_is_read(run, tmp_path, after, write_at_once):
    path = tmp_path / "facilities.xlsx"
    path.write_bytes(workbook([facility()]))
    left = after(samhsa_import.samhsa, "read", write_at_once)

    assert "1 added" in run(commands.import_, "samhsa", path)
    assert left == []


def test_while_it_writes_it_is_alone(run, big, after, write_at_once):
    refused = []

    def try_to_write():
        with pytest.raises(OperationalError, match="locked"):
            write_at_once()
        refused.append(True)

    after(commands, "carry_out", try_to_write)
    run(commands.import_, "csv", big)

    assert refused


def test_others_write_at_once_while_listings_are_exported(run, big, after, write_at_once, tmp_path):
    run(commands.import_, "csv", big)
    left = after(commands, "export_csv", write_at_once)

    assert f"{BIG} listings written" in run(commands.export, "csv", tmp_path / "out.csv")
    assert left == []


def test_what_somebody_changes_between_comparing_and_writing_is_seen(
    app, run, tmp_path, after, session
):
    path = tmp_path / "listings.csv"
    path.write_bytes(csv_file(service()))
    run(commands.import_, "csv", path)
    path.write_bytes(csv_file(service(), service(key="new")))

    def change():
        number = session.scalar(select(Listing.number))
        session.execute(update(Service).values(alert="Changed meanwhile"))
        note_changes(session, [number], clock.now())
        session.commit()

    after(bringing, "make_plan", change)
    out = run(commands.import_, "csv", path)

    assert "2 rows: 1 added, 1 changed" in out
    with app.app_context(), db.sessionmaker() as fresh:
        assert fresh.scalars(select(Service.alert)).all() == [None, None]
        assert len(fresh.scalars(select(Change.number)).all()) == 4
