"""The commands say what they did, name every fault, and return when listings can be found."""

import csv
import io

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.directory.models import Listing
from resourcedir.exchange.cli import export, import_
from resourcedir.extensions import db
from tests.unit.exchange.csv_files import JOB_LEAD, SERVICE, SHELTER, csv_file, service
from tests.unit.exchange.workbooks import facility, workbook


class Context:
    """What the command line gives to commands, with what was found when it was told to wait."""

    def __init__(self, app):
        self.app = app
        self.findable = []

    def after_import(self):
        with db.sessionmaker() as other:
            self.findable.append(other.scalar(select(func.count()).select_from(Listing)))


@pytest.fixture
def context(app):
    with app.app_context():
        yield Context(app)


@pytest.fixture
def run(context):
    """Give what runs a command, and asserts its exit code."""

    def invoke(group, *words, code=0):
        result = CliRunner().invoke(group, [str(word) for word in words], obj=context)
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "listings.csv"
    path.write_bytes(csv_file(SERVICE, JOB_LEAD, SHELTER))
    return path


def events(context):
    with db.sessionmaker() as other:
        return other.scalars(select(AuditRow.event).order_by(AuditRow.number)).all()


def test_an_import_is_committed_audited_and_waited_for(run, context, file):
    result = run(import_, "csv", file)
    assert "3 rows: 3 added, 0 changed, 0 unchanged, 0 refused." in result.output
    assert context.findable == [3]
    assert events(context) == [AuditEvent.DIRECTORY_IMPORTED]


def test_a_dry_run_writes_nothing(run, context, file):
    dry = run(import_, "csv", file, "--dry-run").output
    assert context.findable == []
    assert events(context) == []
    assert dry.splitlines()[0] == run(import_, "csv", file).output.splitlines()[0]


def test_a_bad_file_names_every_fault_on_a_line_and_fails(run, context, file):
    file.write_bytes(csv_file(service(zip="1", hours="Mon"), service(key="b", terms="none")))
    result = run(import_, "csv", file, code=1)
    lines = result.stderr.splitlines()
    assert lines[0].startswith("listings.csv: line 2, zip: ")
    assert lines[1].startswith("listings.csv: line 2, hours: ")
    assert lines[2].startswith("listings.csv: line 4, terms: ")
    assert lines[3] == "Error: Nothing was imported. Faults found: 3."
    assert events(context) == []


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    assert "does not exist" in run(import_, "csv", tmp_path / "none.csv", code=2).stderr


def test_a_workbook_is_imported(run, context, tmp_path):
    path = tmp_path / "facilities.xlsx"
    path.write_bytes(workbook([facility()]))
    assert "1 added" in run(import_, "samhsa", path).output
    assert context.findable == [1]


def test_a_csv_file_is_no_workbook(run, file):
    assert "not a spreadsheet" in run(import_, "samhsa", file, code=1).stderr


def test_an_export_goes_to_the_terminal_or_a_file_and_is_audited(run, context, file, tmp_path):
    run(import_, "csv", file)
    out = tmp_path / "out.csv"
    shown = run(export, "csv").stdout
    assert "3 listings" in run(export, "csv", out).stderr
    assert [row["key"] for row in csv.DictReader(io.StringIO(shown))] == [
        "harbor-beds", "mill-packer", "safe-place",
    ]  # fmt: skip
    assert out.read_bytes().decode().splitlines() == shown.splitlines()
    assert "Canary" not in shown
    assert events(context)[1:] == [AuditEvent.DIRECTORY_EXPORTED] * 2
    assert "unchanged" in run(import_, "csv", out).output


def test_an_export_that_cannot_be_written_leaves_no_half_of_it(run, tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be written" in run(export, "csv", tmp_path / "file" / "x.csv", code=1).stderr
