"""PostgreSQL with a tsvector and GIN for words and PostGIS with GiST for places.

A server of its own without network, on a socket in its folder. One statement answers all: those
that match once, then the count, the first page and the counts of categories out of them. Its
``ts_rank`` stands where the others have BM25.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.corpora.questions import HALF_CLOSE_KM, PAGE, Ask, Kind
from bench.peers import Found, Peer

if TYPE_CHECKING:
    from bench.corpora.corpus import Entry

_USER: Final = "postgres"
_SETTINGS: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "4GB",
}
_EXTENSION: Final = "CREATE EXTENSION postgis"
_TABLE: Final = """
    CREATE UNLOGGED TABLE listing (
        key integer PRIMARY KEY, cat integer[], elig integer[], lang integer[],
        place geography(Point, 4326), words tsvector
    )
"""
_INDEXES: Final = (
    "CREATE INDEX ON listing USING gin (words)",
    "CREATE INDEX ON listing USING gist (place)",
    "VACUUM ANALYZE listing",
)
_WEIGHTS: Final = "'{0, 0.333, 0.667, 1}'"


class Postgres(Peer):
    """One database."""

    name = "PostgreSQL tsvector + PostGIS"
    largest = 100_000
    in_quick = False

    _connection: Any

    @classmethod
    def missing(cls) -> str | None:
        if not find_spec("psycopg"):
            return "the package psycopg is not installed"
        if not _programs():
            return "no PostgreSQL server (Debian: postgresql-15-postgis-3)"
        if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
            return "no PostGIS (Debian: postgresql-15-postgis-3)"
        return None

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def build(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, _USER)
        _run("initdb", "-D", self._data, "-U", _USER, "-A", "trust", "--no-sync", "-E", "UTF8")
        with self.serving():
            self._fill()

    def _fill(self) -> None:
        self.open()
        self._connection.execute(_EXTENSION)
        self._connection.execute(_TABLE)
        copy = "COPY listing (key, cat, elig, lang, place, words) FROM STDIN"
        with self._connection.transaction(), self._connection.cursor().copy(copy) as rows:
            for entry in self.corpus.entries(range(self.corpus.size), cut=True):
                rows.write_row(_row(entry))
        for statement in _INDEXES:
            self._connection.execute(statement)
        self._connection.close()

    @contextmanager
    def serving(self) -> Iterator[None]:
        with tempfile.TemporaryDirectory(prefix="bench-pg-") as name:
            if os.geteuid() == 0:
                shutil.chown(name, _USER)
            if (self._data / "postmaster.pid").exists():  # an earlier run was cut short
                _run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", self._data, check=False)
            link = self.folder / "socket"
            link.unlink(missing_ok=True)
            link.symlink_to(name)
            options = {**_SETTINGS, "unix_socket_directories": name}
            listed = " ".join(f"-c {key}={value or repr(value)}" for key, value in options.items())
            log = self._data / "server.log"
            _run("pg_ctl", "start", "-w", "-s", "-D", self._data, "-l", log, "-o", listed)
            try:
                yield
            finally:
                _run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", self._data)

    def open(self) -> None:
        import psycopg  # noqa: PLC0415 -- may be missing

        socket = (self.folder / "socket").resolve()
        self._connection = psycopg.connect(
            f"host={socket} user={_USER} dbname=postgres", autocommit=True, prepare_threshold=0
        )
        self._connection.execute("SET plan_cache_mode = force_custom_plan")

    def processes(self) -> list[int]:
        return [self._connection.info.backend_pid]

    def search(self, ask: Ask, kind: Kind) -> Found:
        statement, values = _statement(ask, kind)
        total, keys, counts = self._connection.execute(statement, values).fetchone()
        return Found(total, keys or [], {int(name): n for name, n in (counts or {}).items()})


def _row(entry: "Entry") -> tuple[object, ...]:
    sets = [list(each) for each in (entry.categories, entry.eligibility, entry.languages)]
    place = f"SRID=4326;POINT({entry.longitude} {entry.latitude})"
    return entry.key, *sets, place, _vector(entry.texts)


def _vector(texts: tuple[str, str, str]) -> str:
    """Return a tsvector literal: each token with its places, A for the name, B, C."""
    places: dict[str, list[str]] = {}
    at = 0
    for text, weight in zip(texts, "ABC", strict=True):
        for token in text.split():
            at += 1
            places.setdefault(token, []).append(f"{at}{weight}")
    return " ".join(f"{token}:{','.join(found)}" for token, found in places.items())


def _statement(ask: Ask, kind: Kind) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {}
    wanted: list[str] = []
    fit, closeness = "0", "0"
    if kind.has_words:
        values["words"] = (" & " if kind.needs_all else " | ").join(ask.cut)
        wanted.append("words @@ %(words)s::tsquery")
        fit = f"ts_rank({_WEIGHTS}, words, %(words)s::tsquery)"
    if kind.has_place:
        values |= {"x": ask.longitude, "y": ask.latitude, "m": ask.within_km * 1000}
        values["half"] = HALF_CLOSE_KM * 1000
        here = "ST_MakePoint(%(x)s, %(y)s)::geography"
        wanted.append(f"ST_DWithin(place, {here}, %(m)s, false)")
        closeness = f"%(half)s / (%(half)s + ST_Distance(place, {here}, false))"
    chosen = "true"
    for field, value in ask.filters().items() if kind.has_filters else ():
        values[field] = [value]
        condition = f"{field} @> %({field})s::integer[]"
        if field == "cat":
            chosen = condition
        else:
            wanted.append(condition)
    statement = f"""
        WITH found AS MATERIALIZED (
            SELECT key, cat, {chosen} AS chosen, {fit} AS fit, {closeness} AS closeness
            FROM listing WHERE {" AND ".join(wanted)}
        ), answer AS (
            SELECT key, fit / nullif(max(fit) OVER (), 0) + closeness AS score,
                closeness FROM found WHERE chosen
        )
        SELECT (SELECT count(*) FROM found WHERE chosen),
            (SELECT array_agg(key) FROM (
                SELECT key FROM answer ORDER BY coalesce(score, closeness) DESC, key LIMIT {PAGE}
            ) AS page),
            (SELECT json_object_agg(number, listings) FROM (
                SELECT number, count(*) AS listings FROM found, unnest(cat) AS number GROUP BY 1
            ) AS counted)
    """  # noqa: S608 -- constants; values are bound
    return statement, values


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _run(program: str, *options: str | Path, check: bool = True) -> None:
    folder = _programs()
    assert folder is not None  # noqa: S101 -- ``missing`` has said so
    # The server refuses to run as root.
    other = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
    command = [*other, str(folder / program), *map(str, options)]
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, cwd="/")
