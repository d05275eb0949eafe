import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from resourcedir.db import Base, engine_for
from resourcedir.migrations import config_for, is_current, upgrade


@pytest.fixture
def engine(database_url):
    engine = engine_for(database_url)
    yield engine
    engine.dispose()


def test_the_migrations_build_exactly_the_models(engine):
    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    assert is_current(engine)


def test_upgrading_twice_changes_nothing(engine):
    upgrade(engine)
    upgrade(engine)

    assert is_current(engine)


def test_every_migration_can_be_undone(engine):
    upgrade(engine)
    command.downgrade(config_for(engine), "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_there_is_one_head(engine):
    assert len(ScriptDirectory.from_config(config_for(engine)).get_heads()) == 1
