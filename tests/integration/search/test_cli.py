"""Commands while another process keeps the index, and what a monitor is told."""

import json
import shutil

import pytest

from resourcedir.app import open_app
from resourcedir.directory import sifting
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.lock import sole_indexer
from resourcedir.search import indexing
from resourcedir.settings import Settings
from tests.integration.test_command_line import SEED, Terminal


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


@pytest.fixture
def few(tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("".join(SEED.read_text().splitlines(keepends=True)[:13]))
    return path


@pytest.fixture
def kept(terminal, few):
    """Give the index folder of a deployment whose index another thread keeps."""
    terminal("import", "csv", str(few))
    app = open_app(Settings.from_environ(terminal.environ))
    with indexing.following(app):
        yield IndexFolder(terminal.data / "index")


def test_the_index_is_checked_and_made_anew_while_another_keeps_it(terminal, kept):
    before = kept.current()

    assert "The index equals the database." in terminal("reindex", "--check")
    assert "12 listings can be found." in terminal("reindex")
    assert kept.current() != before
    assert not kept.rebuild_is_asked()


def test_a_keeper_that_does_not_answer_is_named_with_the_mend(terminal, few, monkeypatch):
    terminal("import", "csv", str(few))
    monkeypatch.setattr(indexing, "PATIENCE_S", 0.0)
    monkeypatch.setattr(indexing, "_TURN_S", 0.1)
    with sole_indexer(terminal.data / "index"):
        assert "Stop it first" in terminal("reindex", code=1)


def test_what_is_imported_but_cannot_be_found_yet_is_an_error(terminal, few, monkeypatch):
    monkeypatch.setattr(indexing, "PATIENCE_S", 0.0)
    monkeypatch.setattr(indexing, "_TURN_S", 0.1)
    with sole_indexer(terminal.data / "index"):
        out = terminal("import", "csv", str(few), code=1)

    assert "12 added" in out
    assert "everything is imported, but cannot be found yet" in out
    assert "resourcedir reindex" in out


def test_an_import_takes_over_when_the_other_ends(terminal, few, monkeypatch):
    from threading import Timer

    monkeypatch.setattr(indexing, "_TURN_S", 0.1)
    other = sole_indexer(terminal.data / "index")
    other.__enter__()
    Timer(1.0, other.__exit__, (None, None, None)).start()
    terminal("import", "csv", str(few))

    assert "The index equals the database." in terminal("reindex", "--check")


def test_any_distance_finds_at_least_what_a_hundred_miles_do(terminal, few):
    terminal("import", "csv", str(few))
    near = ("search", "--near", "98101")

    assert terminal(*near, "--within", "100").startswith("0 found")
    assert not terminal(*near, "--within", "any").startswith("0 found")
    assert "--within is in miles" in terminal(*near, "--within", "far", code=1)


def test_without_an_index_the_command_answers_from_the_database_and_says_so(terminal, few):
    terminal("import", "csv", str(few))
    found = terminal("search", "--near", "37402")
    assert "resourcedir reindex" not in terminal.errors
    shutil.rmtree(terminal.data / "index")
    (terminal.data / "index").mkdir()

    said = terminal("search", "--near", "37402")
    assert "resourcedir reindex" in terminal.errors
    assert set(found.splitlines()) <= set(said.splitlines())
    as_json = terminal("search", "--near", "37402", "--json")
    results = json.loads(as_json.replace(terminal.errors, ""))
    assert results["facets"] == {}
    assert results["total"] == len(results["results"]) > 0
    assert IndexFolder(terminal.data / "index").rebuild_is_asked()


def test_the_command_says_how_much_it_looked_through(terminal, few, monkeypatch):
    terminal("import", "csv", str(few))
    assert json.loads(terminal("search", "house", "--json"))["exact"] is True
    shutil.rmtree(terminal.data / "index")
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 5)

    said = terminal("search", "riverbend")
    assert "Only 5 of 12 places were looked through" in terminal.errors
    assert "at least 4 found" in said
    as_json = terminal("search", "riverbend", "--json").replace(terminal.errors, "")
    assert json.loads(as_json)["exact"] is False


def test_a_monitor_is_told_how_far_the_index_is_behind(app, make, index):
    def health():
        return app.test_client().get("/healthz").json

    assert health() == {"ok": True, "index_lag": None}
    index()
    make.listing()
    make.listing()
    assert health() == {"ok": True, "index_lag": 2}
    index()
    assert health() == {"ok": True, "index_lag": 0}


def test_what_was_understood_and_put_right_is_told(terminal, few):
    terminal("import", "csv", str(few))
    asked = ("search", "shelterr", "tonight", "near", "37402")
    out = terminal(*asked)
    found = json.loads(terminal(*asked, "--json"))

    assert "Showing results for: shelter tonight near 37402" in out
    assert '"tonight" was understood as open: tonight' in out
    assert found["repaired"] == {"shelterr": "shelter"}
    assert {each["sets"]: each["values"] for each in found["understood"]} == {
        "open": ["tonight"],
        "near": ["Chattanooga, TN 37402"],
    }
