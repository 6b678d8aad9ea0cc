"""The bytes of attachments: kept before what names them, whole or not at all, and known by their digest."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cstrack.domain.errors import CstrackError
from cstrack.record import attachments
from tests.support.desks import Desk

if TYPE_CHECKING:
    from cstrack.record.connect import Db

DATA = b"signed \x00\xff" * 1000


def kept(desk: Desk, *blobs: bytes) -> list[str]:
    with desk.writing() as db, db.transaction():
        return [attachments.put(db, blob) for blob in blobs]


def place(desk: Desk, digest: str) -> Path:
    with desk.reading() as db:
        return Path(attachments.place(db, digest))


def test_bytes_come_back_by_their_digest(desk: Desk) -> None:
    [digest, other] = kept(desk, DATA, b"x")
    assert digest == sha256(DATA).hexdigest()
    with desk.reading() as db:
        assert (attachments.get(db, digest), attachments.get(db, other)) == (DATA, b"x")


def test_the_same_bytes_are_kept_once(desk: Desk) -> None:
    assert len({*kept(desk, DATA, DATA), *kept(desk, DATA)}) == 1
    if desk.kind == "sqlite":
        files = [path for path in Path(desk.url + ".files").rglob("*") if path.is_file()]
        assert [path.name for path in files] == [sha256(DATA).hexdigest()]
    else:
        assert desk.rows("SELECT COUNT(*) FROM blob") == [(1,)]


def test_what_is_not_there_is_said_with_its_place(desk: Desk) -> None:
    with desk.reading() as db, pytest.raises(CstrackError) as told:
        attachments.get(db, "00" * 32)
    assert (told.value.code, told.value.status) == ("attachment-missing", 1)
    assert "00" * 32 in str(told.value.facts["path"])


def test_on_postgresql_a_lost_transaction_leaves_no_bytes(postgres_desk: Desk) -> None:
    with postgres_desk.writing() as db:
        with pytest.raises(ZeroDivisionError):
            _lost(db)
        assert db.execute("SELECT COUNT(*) FROM blob").fetchone() == (0,)
        assert attachments.unnamed(db) == 0


def test_beside_sqlite_a_lost_transaction_leaves_a_file_that_nothing_names(sqlite_desk: Desk) -> None:
    with sqlite_desk.writing() as db:
        assert attachments.unnamed(db) == 0
        with pytest.raises(ZeroDivisionError):
            _lost(db)
        assert attachments.unnamed(db) == 1


def _lost(db: Db) -> None:
    with db.transaction():
        attachments.put(db, DATA)
        raise ZeroDivisionError


def test_a_damaged_file_is_found_and_mended_by_the_same_bytes(sqlite_desk: Desk) -> None:
    [digest] = kept(sqlite_desk, DATA)
    place(sqlite_desk, digest).write_bytes(DATA[:-1])
    with sqlite_desk.reading() as db, pytest.raises(CstrackError, match="attachment-differs"):
        attachments.get(db, digest)
    kept(sqlite_desk, DATA)
    with sqlite_desk.reading() as db:
        assert attachments.get(db, digest) == DATA


def test_what_a_broken_off_run_left_is_no_hindrance(sqlite_desk: Desk) -> None:
    [digest] = kept(sqlite_desk, DATA)
    path = place(sqlite_desk, digest)
    path.rename(path.with_name(path.name + ".part"))
    kept(sqlite_desk, DATA)
    assert [one.name for one in path.parent.iterdir()] == [digest]


def test_it_lies_beside_the_file_itself_by_whichever_name_that_is_opened(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    [digest] = kept(sqlite_desk, DATA)
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "link.db").symlink_to(sqlite_desk.url)
    with Desk(str(other / "link.db")).reading() as db:
        assert attachments.get(db, digest) == DATA
    assert [path.name for path in other.iterdir()] == ["link.db"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_r19_files_and_folders_are_their_owners_alone(sqlite_desk: Desk, umask: int) -> None:
    before = os.umask(umask)
    try:
        kept(sqlite_desk, DATA)
    finally:
        os.umask(before)
    root = Path(sqlite_desk.url + ".files")
    modes = {oct(path.stat().st_mode & 0o777) for path in (root, *root.rglob("*")) if path.is_dir()}
    assert modes == {"0o700"}
    assert {oct(path.stat().st_mode & 0o777) for path in root.rglob("*") if path.is_file()} == {"0o600"}
