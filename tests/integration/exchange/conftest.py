"""A database of each kind with its tables, and counts of its rows."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from resourcedir.db import Base, engine_for
from resourcedir.exchange.csv_export import export_csv
from resourcedir.exchange.csv_import import import_csv
from resourcedir.security.sealing import KEYRING, Keyring
from resourcedir.taxonomy.models import Taxonomy, TaxonomyTerm
from tests.unit.exchange.csv_files import csv_file

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def store(tables_url: str) -> Iterator[Session]:
    """Give a session on an empty database, SQLite and PostgreSQL in turn."""
    engine = engine_for(tables_url)
    with sessionmaker(engine, info={KEYRING: Keyring([b"k" * 32])})() as session:
        for each in (TaxonomyTerm, Taxonomy):  # an import brings them
            session.execute(delete(each))
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture
def contents(store: Session) -> Callable[[], dict[str, list[str]]]:
    """Give what returns every row of every table, to compare two moments."""

    def read() -> dict[str, list[str]]:
        store.flush()
        return {
            table.name: sorted(
                json.dumps([str(value) for value in row])
                for row in store.connection().execute(select(table))
            )
            for table in Base.metadata.sorted_tables
        }

    return read


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    """Give what keeps bytes as a file."""

    def keep(data: bytes) -> Path:
        path = tmp_path / "listings"
        path.write_bytes(data)
        return path

    return keep


@pytest.fixture
def bring(store, write):
    """Give what imports rows and returns the report and the numbers."""

    def rows(*found, at=NOON, dry_run=False):
        return import_csv(store, write(csv_file(*found)), at=at, dry_run=dry_run)

    return rows


def exported(store):
    text = io.StringIO(newline="")
    export_csv(store, text)
    return text.getvalue()
