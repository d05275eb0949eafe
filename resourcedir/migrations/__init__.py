"""Brings a database to the shape of the models."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def config_for(engine: Engine) -> Config:
    """Return an Alembic configuration that needs no file."""
    config = Config()
    config.set_main_option("script_location", "resourcedir:migrations")
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine) -> None:
    """Create or change the tables until they are those of the newest revision."""
    command.upgrade(config_for(engine), "head")


def is_current(engine: Engine) -> bool:
    """Say whether the database has the newest revision."""
    head = ScriptDirectory.from_config(config_for(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
