"""Desks for every test: one suite, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support import desks
from tests.support.cli import Shell
from tests.support.desks import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The same examples every time: a suite that fails by chance is not believed when it matters.
settings.register_profile("cstrack", derandomize=True, deadline=None, database=None, print_blob=False)
settings.load_profile("cstrack")


@pytest.fixture(scope="session", autouse=True)
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of whoever runs the tests is read or written: no settings, no home, a zone of its own."""
    before = {name: value for name, value in os.environ.items() if name.startswith(("CSTRACK_", "XDG_"))}
    for name in before:
        if name != "CSTRACK_TEST_POSTGRES":
            del os.environ[name]
    os.environ["HOME"] = str(tmp_path_factory.mktemp("home"))
    yield
    os.environ.update(before)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, made once."""
    path = tmp_path_factory.mktemp("template") / "cs.db"
    desks.migrate(str(path))
    return path


@pytest.fixture
def sqlite_desk(template: Path, tmp_path: Path) -> Desk:
    return Desk(desks.copy_of(template, tmp_path))


@pytest.fixture(scope="session")
def postgres_script() -> str:
    """What makes a schema on PostgreSQL, heard once."""
    return desks.script_of_a_schema()


@pytest.fixture
def postgres_desk(postgres_script: str) -> Iterator[Desk]:
    import psycopg

    with desks.empty_schema() as url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(postgres_script.encode())
        yield Desk(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest) -> Desk:
    """An empty desk on each kind of database."""
    made: Desk = request.getfixturevalue("sqlite_desk" if request.param == "sqlite" else "postgres_desk")
    return made


@pytest.fixture
def shell(desk: Desk, tmp_path: Path) -> Shell:
    """Commands typed at that desk."""
    home = tmp_path / "home"
    home.mkdir()
    return Shell(home, desk.url)
