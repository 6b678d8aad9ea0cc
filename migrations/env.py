"""Alembic's entry: runs the migrations on the connection that cstrack.store.migrate hands over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from cstrack.store import holdings, registers, tables  # noqa: F401  declare the tables on SQLModel.metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
