"""What every test needs alike is made once in a process: statements, routes, templates compiled.

The app compiles each of them once too, when it starts. Tests start it some two thousand times. What
is compiled here is what the app would have compiled; nothing it does is changed.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

STATEMENTS: LRUCache = LRUCache(4000)


class _Alike:
    """One dialect is like another: what was compiled for one engine serves every engine."""

    supports_statement_cache = True

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=STATEMENTS)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


class SQLite(_Alike, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class PostgreSQL(_Alike, PGDialect_psycopg):
    supports_statement_cache = True


def compile_once() -> None:
    """Let engines and apps that are made from now on share what is compiled for them."""
    registry.register("sqlite", __name__, SQLite.__name__)
    registry.register("postgresql.psycopg", __name__, PostgreSQL.__name__)
    Rule._compile_builder = _once_for_each_route(Rule._compile_builder)  # type: ignore[method-assign]


def _once_for_each_route(compiled: Callable) -> Callable:
    """Return ``compiled``, which writes and compiles a function that builds addresses, but once.

    The function is bound to its rule afterwards: it depends on the rule's text alone.
    """
    made: dict[tuple[object, ...], Callable] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Callable:
        if rule.defaults or rule.subdomain or rule.host:
            return compiled(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in made:
            made[key] = compiled(rule, append_unknown)
        return made[key]

    return builder


def quickened(app: Flask) -> Flask:
    """Return ``app`` with its templates compiled once for all tests, not once for each app."""
    folder = Path(tempfile.gettempdir()) / "templates"
    folder.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return app
