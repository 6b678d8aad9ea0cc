"""What lies on the disk is its owner's alone, whatever the umask."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from cstrack.domain.errors import BadConfig
from cstrack.record import connect
from tests.support.cli import SCRIPT, environment
from tests.support.desks import Desk


def modes(folder: Path) -> dict[str, str]:
    """Every file and folder under this one, with its mode."""
    return {path.name: stat.filemode(path.stat().st_mode) for path in folder.rglob("*")}


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_r19_every_file_is_private_and_every_folder_too(tmp_path: Path, umask: int) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = environment(home, XDG_DATA_HOME=str(home / "data"))
    env["TZ"] = "UTC"
    typed = (
        ["open", "空调不制冷"],
        ["note", "1", "-m", "x"],
        ["sweep"],
        ["overdue"],
        ["escalate", "1", "-m", "x"],
    )
    for words in typed:
        subprocess.run([SCRIPT, *words], env=env, umask=umask, check=True, capture_output=True)
    database = next(home.rglob("*.db"))
    with Desk(str(database)).writing() as db, db.transaction():
        db.execute("SELECT 1")
        db.execute("UPDATE counter SET last = last")
        found = modes(home / "data")
    folders = {mode for mode in found.values() if mode.startswith("d")}
    assert folders == {"drwx------"}
    assert {mode for mode in found.values() if mode.startswith("-")} == {"-rw-------"}, found
    assert {Path(name).suffix for name in found} >= {".db", ".lock", ".db-wal", ".db-shm"}


def test_a_database_file_that_was_open_to_others_is_not_made_more_so(sqlite_desk: Desk) -> None:
    sqlite_desk.open()
    assert stat.S_IMODE(os.stat(sqlite_desk.url).st_mode) == 0o600  # noqa: PTH116  a URL


def test_r05_writing_waits_for_the_disk_and_reading_cannot_write(sqlite_desk: Desk) -> None:
    with sqlite_desk.writing() as db:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
        assert {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    with sqlite_desk.reading() as db, pytest.raises(Exception, match="readonly"):
        db.execute("DELETE FROM outbox")


def test_reading_postgresql_cannot_write(postgres_desk: Desk) -> None:
    with postgres_desk.reading() as db, pytest.raises(Exception, match="read-only"):
        db.execute("DELETE FROM outbox")


@pytest.mark.parametrize(
    ("url", "kind", "path"),
    [
        ("/a/b.db", "sqlite", "/a/b.db"),
        ("b.db", "sqlite", "b.db"),
        ("sqlite:///b.db", "sqlite", "b.db"),
        ("sqlite:////a/b.db", "sqlite", "/a/b.db"),
    ],
)
def test_a_path_and_a_url_name_a_file(url: str, kind: str, path: str) -> None:
    assert (connect.kind_of(url), connect.path_of(url)) == (kind, path)


@pytest.mark.parametrize("url", ["postgresql://a@b/c", "postgres://a@b/c"])
def test_a_url_names_postgresql(url: str) -> None:
    assert connect.kind_of(url) == "postgresql"


@pytest.mark.parametrize("url", ["mysql://a/b", "http://x", "sqlite://", ":memory:"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(BadConfig, match="database-kind-unknown"):
        connect.kind_of(url)


def test_where_no_file_is_there_is_no_desk_to_read_or_to_write(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "not" / "there.db")
    assert connect.open_reading(nowhere) is None
    assert connect.open_writing(nowhere, create=False) is None
    assert list(tmp_path.iterdir()) == []
