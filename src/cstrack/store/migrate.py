"""Bring a database to the schema this program knows: all of it or nothing, one program at a time.

SQLite: the whole upgrade is one BEGIN IMMEDIATE transaction with foreign keys off before it begins
(Alembic's rebuilds would silently delete child rows) and checked before it commits.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, pool, text

from cstrack.domain.errors import CstrackError
from cstrack.record.connect import SQLITE, kind_of, path_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_LOCK = 0x63737472
"""The advisory lock that lets one upgrade at a time run on PostgreSQL."""


def upgrade(url: str, desk: dict[str, str]) -> None:
    """Upgrade to the newest schema; a database that was empty also gets its desk's settings.

    `desk`: zone (IANA name) and currency, kept for good because due times depend on the zone.
    """
    engine = engine_of(url)
    try:
        with engine.connect() as connection, connection.begin():
            if kind_of(url) != SQLITE:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            config = Config()
            config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            settle(connection, desk)
            _check_foreign_keys(connection)
    finally:
        engine.dispose()


def settle(connection: Connection, desk: dict[str, str]) -> None:
    """Write the desk's settings where they are not set yet."""
    statement = text("INSERT INTO desk (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING")
    for key, value in desk.items():
        connection.execute(statement, {"key": key, "value": value})


def scripts() -> Path:
    """The folder of migrations: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "migrations", package.parents[1] / "migrations")
    for folder in places:
        if (folder / "env.py").is_file():
            return folder
    raise CstrackError("migrations-missing", path=str(places[0]))


def engine_of(url: str) -> Engine:
    """What SQLAlchemy works with: on SQLite each transaction keeps others from writing from its begin on."""
    if kind_of(url) != SQLITE:
        return create_engine("postgresql+psycopg://" + url.partition("://")[2], poolclass=pool.NullPool)
    engine = create_engine("sqlite://", creator=lambda: _sqlite(path_of(url)), poolclass=pool.NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _sqlite(path: str) -> Any:
    import sqlite3

    raw = sqlite3.connect(path, isolation_level=None, timeout=60)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = OFF")
    return raw


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == SQLITE:
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise CstrackError("migration-orphans", table=orphans[0][0], count=len(orphans))
