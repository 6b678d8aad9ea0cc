"""The bytes of attached files, found by their SHA-256: beside a SQLite database as files, else as rows.

`<database>.files/ab/abcdef...`, mode 0600 in folders of 0700, is written under another name, brought to
the disk and renamed, all before the transaction commits: what the record names is there, and never half.
A transaction that is lost may leave a file that nothing names, which does no harm.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from cstrack.domain.errors import CstrackError
from cstrack.record import sql
from cstrack.record.connect import POSTGRES, make_folders, path_of, unusable

if TYPE_CHECKING:
    from cstrack.record.connect import Db


def digest_of(data: bytes) -> str:
    """SHA-256 in hex: what bytes are found by."""
    return sha256(data).hexdigest()


def put(db: Db, data: bytes) -> str:
    """Keep bytes and return their digest; call it inside `db.transaction()`.

    What is there already is left as it is; a file that was damaged is written anew.
    """
    digest = digest_of(data)
    if db.kind == POSTGRES:
        db.execute(sql.INSERT_BLOB, (digest, data))
        return digest
    try:
        get(db, digest)
    except CstrackError:
        _write(place(db, digest), data)
    return digest


def get(db: Db, digest: str) -> bytes:
    """The bytes of a digest; CstrackError when they are not there, or are not what they were."""
    data = _row(db, digest) if db.kind == POSTGRES else _file(place(db, digest))
    if digest_of(data) != digest:
        raise CstrackError("attachment-differs", path=place(db, digest))
    return data


def place(db: Db, digest: str) -> str:
    """Where the bytes of a digest are: a path beside SQLite's file, else the row of a table."""
    if db.kind == POSTGRES:
        return f"blob {digest}"
    return os.path.join(folder(db), digest[:2], digest)


def folder(db: Db) -> str:
    """The folder beside SQLite's file, by whichever name that was opened."""
    return os.path.realpath(path_of(db.url)) + ".files"


def unnamed(db: Db) -> int:
    """How many files beside SQLite's own nothing in the record names."""
    if db.kind == POSTGRES:
        return 0
    named = {row[0] for row in db.execute(sql.DIGESTS)}
    found = [name for _folder, _folders, names in os.walk(folder(db)) for name in names]
    return sum(name not in named for name in found)


def _row(db: Db, digest: str) -> bytes:
    found = db.execute(sql.BLOB, (digest,)).fetchone()
    if found is None:
        raise CstrackError("attachment-missing", path=place(db, digest), reason=os.strerror(2))
    return bytes(found[0])


def _file(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as fault:
        raise CstrackError("attachment-missing", path=path, reason=fault.strerror) from fault


def _write(path: str, data: bytes) -> None:
    """Write a file whole or not at all; one writer at a time, since the transaction has its turn."""
    beside = path + ".part"
    try:
        make_folders(os.path.dirname(path))
        try:
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.rename(beside, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
        _names_to_disk(path)
    except OSError as fault:
        raise unusable(path, fault) from fault


def _names_to_disk(path: str) -> None:
    """Bring the name of a file to the disk, and those of the two folders that were made for it."""
    for _step in range(3):
        path = os.path.dirname(path)
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
