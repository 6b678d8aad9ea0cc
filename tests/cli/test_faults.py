"""Files that are no desk, and desks that one may not touch: one line, a code, and not a byte written."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.rough import ON_SQLITE, do, refused, typed, unprivileged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = ON_SQLITE

NOISE = hashlib.shake_256(b"a broken disk").digest(1_000_000)

COMMANDS = (
    ["list"],
    ["overdue"],
    ["show", "1"],
    ["timeline", "1"],
    ["doctor"],
    ["audit", "verify"],
    ["open", "x"],
    ["note", "1", "-m", "x"],
    ["sweep"],
)


def folded(desk: Desk) -> Path:
    """The desk's file with all that was committed in it, and nothing beside it."""
    file = sqlite3.connect(desk.url)
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    for ending in ("-wal", "-shm", ".lock"):
        Path(desk.url + ending).unlink(missing_ok=True)
    return Path(desk.url)


# --- files that are no desk ---------------------------------------------------------------------------------


def _halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_in_the_first_page(path: Path) -> None:
    os.truncate(path, 3000)


def _scratched(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(NOISE[: path.stat().st_size - 4096])


def _noise(path: Path) -> None:
    path.write_bytes(NOISE[:50_000])


def _text(path: Path) -> None:
    path.write_text("投诉单\n" * 5000, encoding="utf-8")


@pytest.mark.parametrize("damage", [_halved, _cut_in_the_first_page, _scratched, _noise, _text])
def test_a_broken_file_is_named_and_left_as_it_is(
    shell: Shell, desk: Desk, damage: Callable[[Path], None]
) -> None:
    do(shell, "open", "x")
    path = folded(desk)
    damage(path)
    before = path.read_bytes()
    for words in COMMANDS:
        refused(shell(*words), 1, f"{path} is not a sound cstrack database (", "--db")
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE bookmark (url TEXT)")
    file.commit()
    file.close()
    before = path.read_bytes()
    for words in COMMANDS:
        refused(shell(*words, "--db", str(path)), 1, f"{path} is a database of another program", "--db")
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_without_a_byte_written(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x")
    file = sqlite3.connect(desk.url)
    file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.commit()
    file.close()
    path = folded(desk)
    before = path.read_bytes()
    for words in COMMANDS:
        done = shell(*words)
        refused(done, 78, "schema 9999 and this program knows", "Nothing was written. Upgrade the program")
    assert path.read_bytes() == before


def test_a_folder_and_a_device_are_no_database(shell: Shell, tmp_path: Path) -> None:
    for words in COMMANDS:
        refused(shell(*words, "--db", str(tmp_path)), 1, f"{tmp_path} cannot be used: Is a directory")
        refused(shell(*words, "--db", "/dev/zero"), 1, "/dev/zero cannot be used: ")


def test_a_place_where_no_file_can_be_is_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused(shell("open", "x", "--db", f"{tmp_path}/file/cs.db"), 1, "cannot be used: Not a directory")
    refused(shell("list", "--db", f"{tmp_path}/file/cs.db"), 1, "cannot be used: Not a directory")
    refused(shell("open", "x", "--db", "/proc/none/cs.db"), 1, "/proc/none/cs.db cannot be used: ")


@pytest.mark.parametrize("url", ["mysql://u@h/db", "sqlite://cs.db", "postgresql+psycopg://h/db", ":memory:"])
def test_a_kind_of_database_that_is_not_known_is_refused(shell: Shell, url: str) -> None:
    for words in COMMANDS:
        refused(shell(*words, "--db", url), 78, "Give the path of a file, or postgresql://")
    assert list(shell.home.iterdir()) == []


def test_an_empty_file_is_a_desk_without_cases(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    assert shell("list", "--db", str(path)) == (0, "", "")
    assert shell("note", "1", "-m", "x", "--db", str(path)).code == 3
    assert path.stat().st_size == 0
    assert shell("open", "x", "--db", str(path)).out.startswith("C-1  ")


# --- not allowed --------------------------------------------------------------------------------------------


@pytest.fixture
def locked(shell: Shell, desk: Desk) -> Iterator[Path]:
    """The desk with one case in a folder of its own that nobody may write to."""
    do(shell, "open", "x")
    path = folded(desk)
    folder = path.parent / "locked"
    folder.mkdir()
    moved = Path(shutil.move(path, folder))
    folder.chmod(0o500)
    yield moved
    folder.chmod(0o700)


def test_a_folder_that_may_not_be_written_can_be_read(shell: Shell, locked: Path) -> None:
    shell.url = str(locked)
    assert typed(shell, "list", "--json", preexec_fn=unprivileged).out.count('"ref"') == 1
    for words in (["open", "x"], ["note", "1", "-m", "x"], ["sweep"]):
        done = typed(shell, *words, preexec_fn=unprivileged)
        refused(done, 1, f"{locked} may not be written: ", "who owns the file and its folder")


def test_a_file_that_may_not_be_written_or_read_says_so(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x")
    folded(desk).chmod(0o400)
    done = typed(shell, "note", "1", "-m", "x", preexec_fn=unprivileged)
    refused(done, 1, f"{desk.url} may not be written: Permission denied")
    assert typed(shell, "list", preexec_fn=unprivileged).out.count("C-1") == 1
    Path(desk.url).chmod(0)
    refused(typed(shell, "list", preexec_fn=unprivileged), 1, "cannot be used: Permission denied")


def test_a_desk_that_may_not_be_looked_at_is_not_an_empty_one(shell: Shell, locked: Path) -> None:
    shell.url = str(locked)
    locked.parent.chmod(0)
    refused(typed(shell, "overdue", preexec_fn=unprivileged), 1, "cannot be used: Permission denied")


def test_what_a_crash_left_beside_the_file_is_not_overlooked(shell: Shell, desk: Desk, locked: Path) -> None:
    """A log that cannot be merged would hide what was committed: no answer is better than an old one."""
    shutil.copyfile(locked, desk.url)
    holder = sqlite3.connect(desk.url)
    holder.execute("SELECT COUNT(*) FROM event").fetchone()
    do(shell, "open", "y")
    locked.parent.chmod(0o700)
    for ending in ("", "-wal"):
        shutil.copyfile(desk.url + ending, f"{locked}{ending}")
    locked.parent.chmod(0o500)
    holder.close()
    shell.url = str(locked)
    refused(typed(shell, "list", preexec_fn=unprivileged), 1, "may not be written: unable to open")
