"""One job of a kind at a time, on any number of machines: whoever comes second goes away quietly."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cstrack.record import sql
from cstrack.record.connect import SQLITE, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.record.connect import Db

_NUMBERS = {"sweep": 1}
"""Each job's number in PostgreSQL's advisory locks; the first number stands for the schema."""


@contextmanager
def lease(db: Db, job: str) -> Iterator[bool]:
    """Whether this run has the job; it is given back at the end, or when the process dies."""
    if db.kind == SQLITE:
        import fcntl

        lock = os.open(f"{path_of(db.url)}.{job}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(lock)
        return
    taken = db.execute(sql.TRY_LEASE, (_NUMBERS[job],))
    if not taken.fetchone()[0]:
        yield False
        return
    try:
        yield True
    finally:
        db.execute(sql.END_LEASE, (_NUMBERS[job],))
