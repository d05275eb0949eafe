"""Rules of the house that no single test would notice being broken."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import meta

from resourcedir import errors as domain_errors
from resourcedir import files
from resourcedir.db import Base
from resourcedir.engine import errors as engine_errors
from resourcedir.places import place as place_errors
from resourcedir.security.guards import guard_of, refuse_unguarded_views
from resourcedir.security.permissions import POLICY, Permission
from resourcedir.settings import PREFIX, VARIABLES
from resourcedir.web.errors import RACES, code_of

ROOT = Path(__file__).parents[2]
TEMPLATES = files.root("templates")
PAGES = sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html"))
SOURCES = sorted(p for p in (ROOT / "resourcedir").rglob("*.py") if "versions" not in p.parts)
FRAMEWORKS = {"flask", "flask_babel", "flask_wtf", "wtforms", "sqlalchemy", "whoosh", "geopy"}
CLASSES = ("public:", "internal:", "personal:")
COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_says_how_private_it_is(column):
    assert column.comment and column.comment.startswith(CLASSES)


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.name.endswith("_sealed")], ids=str)
def test_what_is_sealed_is_bytes_and_personal(column):
    assert column.comment.startswith("personal:")
    assert column.type.python_type is bytes


@pytest.mark.parametrize("page", PAGES)
def test_every_template_parses_and_what_it_names_exists(app, page):
    tree = app.jinja_env.parse((TEMPLATES / page).read_text())

    for name in meta.find_referenced_templates(tree):
        assert name in PAGES, f"{page} names {name}"


def test_every_permission_is_held_by_somebody():
    assert set(POLICY) == set(Permission)
    assert all(POLICY.values())


@pytest.mark.parametrize("module", [domain_errors, engine_errors, place_errors])
def test_every_domain_error_has_a_status_code(module):
    kinds = [
        kind
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, domain_errors.DomainError)
    ]
    for kind in set(kinds) - {domain_errors.DomainError}:
        assert code_of(kind.__new__(kind)) in range(400, 600)


def test_an_unguarded_view_stops_the_app(app):
    app.view_functions["oops"] = lambda: ""

    with pytest.raises(RuntimeError, match="oops"):
        refuse_unguarded_views(app)


def test_the_public_list_is_short(app):
    public = {name for name in app.view_functions if name != "static" and not guard_of(app, name)}

    assert public == {
        "accounts.language",
        "accounts.sign_in",
        "accounts.sign_out",
        "health.healthz",
        "home.page",
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())

    assert ast.get_docstring(tree) or not tree.body


EVERY_FILE = sorted(
    path
    for folder in ("resourcedir", "tests", "bench", "templates")
    for path in (ROOT / folder).rglob("*")
    # A migration is made by a tool, and one that was released is never edited.
    if path.suffix in {".py", ".html"} and "versions" not in path.parts
)


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_longer_than_400_lines(path):
    assert path.read_text().count("\n") <= 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_asks_whether_a_request_is_a_get(path):
    """HEAD would do something else then: ask for POST, or ``guards.only_asks``."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "request.method":
            compared = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
            assert "GET" not in compared, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("name", sorted(RACES))
def test_every_constraint_that_two_people_may_violate_exists(name):
    names = {
        str(each.name)
        for table in Base.metadata.sorted_tables
        for each in (*table.constraints, *table.indexes)
    }
    assert name in names


VIEWS = [p for p in SOURCES if p.name == "views.py" or p.parent.name == "views"]


@pytest.mark.parametrize("path", VIEWS, ids=lambda p: str(p.relative_to(ROOT)))
def test_views_are_short(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            said = ast.get_docstring(node) is not None
            statements = sum(isinstance(each, ast.stmt) for each in ast.walk(node)) - 1 - said
            assert statements <= 15, f"{path.name}:{node.lineno} {node.name}: {statements}"


@pytest.mark.parametrize(("library", "room"), [("whoosh", "engine"), ("geopy", "places")])
def test_a_library_is_known_in_one_room_alone(library, room):
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            if any(name.partition(".")[0] == library for name in names):
                assert room in path.relative_to(ROOT).parts, f"{path} imports {library}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_calls_itself_pure_imports_no_framework(path):
    tree = ast.parse(path.read_text())
    if " Pure." not in (ast.get_docstring(tree) or "") or path.name == "analysis.py":
        return
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            assert name.partition(".")[0] not in FRAMEWORKS, f"{path} imports {name}"
            assert name != "resourcedir.clock"


def test_the_readme_lists_exactly_the_settings():
    text = (ROOT / "README.md").read_text()
    listed = {word.strip("`|, ") for word in text.split() if word.startswith(f"`{PREFIX}")}

    assert listed == {PREFIX + name.upper() for name in VARIABLES}


def test_nothing_that_is_tracked_names_a_registry_or_this_machine():
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".in", ".html", ".yml"}:
            text = path.read_text()
            assert "files.pythonhosted" + ".org" not in text, name
            assert "/simple" + "/" not in text, name


def test_the_catalogue_of_commands_imports_without_the_environment():
    done = subprocess.run(
        [sys.executable, "-c", "import resourcedir.cli"], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
