import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.globals import _cv_app

from resourcedir.cli import cli
from resourcedir.security.sealing import make_key_file
from resourcedir.settings import DEMO_MARK

SEED = Path(__file__).parents[2] / "data" / "seed_resources.csv"
PASSWORD = "a long enough pass phrase"


class Terminal:
    """Runs commands as a shell would, on one deployment."""

    def __init__(self, folder):
        make_key_file(folder / "keys")
        self.data = folder / "data"
        self.environ = {
            "RESOURCEDIR_DATA_DIR": str(self.data),
            "RESOURCEDIR_KEY_FILE": str(folder / "keys"),
            "RESOURCEDIR_HOME_STATE": "TN",
        }
        self.errors = ""  # what the last command wrote beside its output

    def __call__(self, *words, code=0, typed=None):
        before = _cv_app.get(None)
        done = CliRunner().invoke(cli, words, env=self.environ, input=typed)
        while (context := _cv_app.get(None)) is not before:
            context.pop()  # each command is a process of its own
        self.errors = done.stderr
        assert done.exit_code == code, f"{words}: {done.exit_code}\n{done.output}"
        return done.output


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


@pytest.fixture
def few(tmp_path):
    """Give a file with the first rows of the seed."""
    lines = SEED.read_text().splitlines(keepends=True)
    path = tmp_path / "few.csv"
    path.write_text("".join(lines[:13]))
    return path


def test_what_is_imported_can_be_found_when_the_command_returns(terminal, few):
    out = terminal("import", "csv", str(few))
    assert "12 added" in out

    found = json.loads(terminal("search", "--json", "--limit", "100"))
    assert found["total"] == 12
    assert {result["source"] for result in found["results"]} == {"Example"}
    assert "The index equals the database." in terminal("reindex", "--check")


def test_one_json_object_has_all_that_the_page_shows(terminal, few):
    terminal("import", "csv", str(few))
    found = json.loads(terminal("search", "--near", "37402", "--within", "100", "--json"))

    assert set(found) == {
        "query", "total", "exact", "every_word", "understood", "repaired", "left_out", "facets",
        "results", "related",
    }  # fmt: skip
    assert set(found["results"][0]) == {
        "listing",
        "organization",
        "service",
        "city",
        "zip",
        "distance_miles",
        "distance_precision",
        "distance_error_miles",
        "serves",
        "terms",
        "attributes",
        "source",
    }
    distances = [result["distance_miles"] for result in found["results"]]
    assert all(miles is None or miles <= 100 for miles in distances)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(terminal, few):
    out = terminal("import", "csv", str(few), "--dry-run")

    assert "12 added" in out
    assert "Nothing was written" in out
    assert "0 listings" in terminal("reindex")


def test_a_second_import_changes_nothing(terminal, few):
    terminal("import", "csv", str(few))

    assert "12 unchanged" in terminal("import", "csv", str(few))


def test_every_fault_of_a_file_is_named_and_nothing_is_imported(terminal, few):
    text = few.read_text().splitlines(keepends=True)
    text[3] = text[3].replace("service,", "servise,", 1)
    few.write_text("".join(text))
    out = terminal("import", "csv", str(few), code=1)

    assert "line 4" in out and "kind" in out
    assert "0 listings" in terminal("reindex")


def test_what_is_exported_can_be_imported_and_changes_nothing(terminal, few, tmp_path):
    terminal("import", "csv", str(few))
    copy = tmp_path / "copy.csv"
    terminal("export", "csv", str(copy))
    out = terminal("import", "csv", str(copy))

    assert "0 added, 0 changed" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search", "--need", "no-such"], "--need no-such is no term"),
        (["search", "--near", "00000"], "ZIP"),
        (["search", "--near", "x", "--within", "-1"], "--within is in miles"),
        (["search", "--payer", "gold"], "--payer gold is not known"),
        (["user", "disable", "nobody@example.org"], "nobody@example.org"),
        (["import", "samhsa", str(SEED)], "not a"),
    ],
)
def test_an_error_is_one_line_that_names_the_mend(terminal, words, said):
    out = terminal(*words, code=1)

    assert said in out
    assert "Traceback" not in out


def test_a_missing_setting_is_named(tmp_path):
    done = CliRunner().invoke(cli, ["search"], env={"RESOURCEDIR_DATA_DIR": str(tmp_path)})

    assert done.exit_code == 1
    assert "RESOURCEDIR_KEY_FILE is not set" in done.output


def test_people_are_added_listed_and_disabled(terminal):
    words = ["--role", "officer", "--name", "D. Whitaker", "--email", "d@example.org"]
    where = ["--agency", "County", "--team", "North", "--password-stdin"]
    terminal("user", "add", *words, *where, typed=PASSWORD + "\n")

    assert "d@example.org" in terminal("user", "list")
    terminal("user", "password", "d@example.org", "--password-stdin", typed=PASSWORD + "2\n")
    terminal("user", "disable", "d@example.org")
    assert "disabled" in terminal("user", "list")


def test_run_refuses_example_data_unless_told(terminal):
    terminal.data.mkdir(parents=True)
    (terminal.data / DEMO_MARK).touch()

    assert "--demo" in terminal("run", code=1)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "run",
        "demo",
        "worker",
        "import csv",
        "import samhsa",
        "export csv",
        "reindex",
        "search",
        "user add",
        "user list",
        "user password",
        "user disable",
    ],
)
def test_every_command_explains_itself(words):
    done = CliRunner().invoke(cli, [*words.split(), "--help"])

    assert done.exit_code == 0
    assert "Usage:" in done.output


def test_the_installed_command_is_there():
    done = subprocess.run(
        [Path(os.sys.executable).parent / "resourcedir", "--version"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "0.1.0" in done.stdout
