"""URL -> connection: SQLite by default, PostgreSQL by URL; the schema checked against a literal.

SQLite: WAL, synchronous=FULL, 0600 in a 0700 folder, one short queue (a lock file beside it) before
BEGIN IMMEDIATE: under BEGIN DEFERRED eight writers lost most of their writes to "database is locked".
Faults of the drivers pass through as they are; the edge words them with `faults.translate`.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from cstrack.domain.errors import BadConfig, Busy, CstrackError
from cstrack.record import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HEAD = "0003"
"""The newest migration this program knows; migrations/versions holds it too, and a test compares."""

SQLITE, POSTGRES = "sqlite", "postgresql"
WAIT_S = 10
"""How long a writer waits for others before it says that the database is busy."""

_ANY_TABLE = "SELECT 1 FROM sqlite_master LIMIT 1"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class Db:
    """One connection, in autocommit; `transaction` is the only way to write."""

    __slots__ = ("_raw", "kind", "url", "version")

    def __init__(self, raw: Any, kind: str, url: str) -> None:
        self._raw, self.kind, self.url = raw, kind, url
        self.version: str | None = None

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Run one statement of sql.py; the cursor gives tuples."""
        return self._raw.execute(self._worded(statement), values)

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement of sql.py for each row."""
        self._raw.cursor().executemany(self._worded(statement), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One writing transaction: all of it or nothing. Busy (75) when others hold it too long."""
        with _queue(self):
            self._raw.execute("BEGIN IMMEDIATE" if self.kind == SQLITE else "BEGIN")
            try:
                yield
                self._raw.execute("COMMIT")
            except BaseException:
                with suppress(Exception):  # the fault that brought us here is the one to tell
                    self._raw.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()

    def _worded(self, statement: str) -> str:
        return statement if self.kind == SQLITE else statement.replace("?", "%s")


def kind_of(url: str) -> str:
    """Which database a URL or path names; BadConfig 78 for a kind that is neither of the two."""
    if url.startswith(("postgresql://", "postgres://")):
        return POSTGRES
    scheme, sep, _rest = url.partition("://")
    if (sep and not url.startswith("sqlite:///")) or url == ":memory:":
        raise BadConfig("database-kind-unknown", kind=f"{scheme}{sep}")
    return SQLITE


def path_of(url: str) -> str:
    """The file of a SQLite URL (`sqlite:///rel`, `sqlite:////abs`) or a plain path."""
    return url.removeprefix("sqlite:///")


def open_reading(url: str) -> Db | None:
    """A connection that cannot write, or None where there is no database yet."""
    if kind_of(url) == POSTGRES:
        db = Db(_postgres(url), POSTGRES, url)
        db.execute("SET default_transaction_read_only = on")
    else:
        path = path_of(url)
        if not _is_there(path):
            return None
        db = Db(_sqlite_reading(path), SQLITE, url)
    check_schema(db)
    if db.version is None:
        db.close()
        return None
    return db


def open_writing(url: str, *, create: bool) -> Db | None:
    """A writing connection whose `version` is None on an empty database.

    None where there is no desk yet and `create` does not ask for one.
    """
    if kind_of(url) == POSTGRES:
        db = Db(_postgres(url), POSTGRES, url)
        db.execute(f"SET lock_timeout = '{WAIT_S}s'")
    else:
        path = path_of(url)
        if not _is_there(path) and not create:
            return None
        make_private(path)
        db = Db(sqlite3.connect(path, isolation_level=None, timeout=WAIT_S), SQLITE, url)
    check_schema(db)
    if db.version is None and not create:
        db.close()
        return None
    if db.kind == SQLITE:
        with (
            _queue(db) if db.version is None else nullcontext()
        ):  # SQLite does not wait for its turn to switch
            db.execute("PRAGMA journal_mode = WAL")
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            db.execute("PRAGMA " + pragma)
    return db


def check_schema(db: Db) -> None:
    """Read the schema's version into `db.version`; None where there is no desk yet.

    BadConfig 78 when a newer program made it, CstrackError when it is another program's file.
    """
    db.version = None
    try:
        if db.kind == SQLITE and _is_new(db):
            return
        row = db.execute(sql.SCHEMA).fetchone()
        db.version = row[0] if row else None
    except Exception as fault:
        if getattr(fault, "sqlstate", None) != "42P01":  # PostgreSQL: no such table
            db.close()
            raise
    if db.version is not None and db.version > HEAD:
        db.close()
        raise BadConfig("database-newer", version=db.version, known=HEAD)


def _is_new(db: Db) -> bool:
    """Whether a SQLite file is still without any table, as one that was just made."""
    tables = {row[0] for row in db.execute(_TABLES)}
    if tables and "alembic_version" not in tables:
        raise CstrackError("database-foreign", path=path_of(db.url))
    return not tables


def make_private(path: str) -> None:
    """Make the file 0600, and the folders that are missing above it 0700, whatever the umask."""
    try:
        make_folders(os.path.dirname(os.path.abspath(path)))
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as fault:
        raise unusable(path, fault) from fault


def make_folders(folder: str) -> None:
    """Make a folder and what is missing above it, each 0700 whatever the umask."""
    missing = []
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for made in reversed(missing):
        with suppress(FileExistsError):  # another program made it just now
            os.mkdir(made, 0o700)


def _is_there(path: str) -> bool:
    """Whether there is such a file. CstrackError where nobody may look, or it is no file."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as fault:
        raise CstrackError("database-unreachable", path=path, reason=_reason(fault)) from fault
    if not os.path.isfile(path):
        reason = os.strerror(errno.EISDIR if os.path.isdir(path) else errno.EINVAL)
        raise CstrackError("database-unreachable", path=path, reason=reason)
    return True


def unusable(path: str, fault: OSError) -> CstrackError:
    """What the system's refusal to make or open a file for writing means."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        code = "disk-full"
    elif fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        code = "database-readonly"
    else:
        code = "database-unreachable"
    return CstrackError(code, path=path, reason=_reason(fault))


def _reason(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or str(fault)


def _sqlite_reading(path: str) -> sqlite3.Connection:
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        return _readable(f"file:{quoted}?mode=ro")
    except sqlite3.OperationalError:
        if not os.access(path, os.R_OK):
            reason = os.strerror(errno.EACCES)
            raise CstrackError("database-unreachable", path=path, reason=reason) from None
        if os.access(os.path.dirname(path) or ".", os.W_OK) or _has_wal(path):
            raise
    # WAL needs a -shm file beside it; where none can be made the file is read as it stands
    return _readable(f"file:{quoted}?mode=ro&immutable=1")


def _readable(uri: str) -> sqlite3.Connection:
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=WAIT_S)
    try:
        raw.execute(_ANY_TABLE)
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def _has_wal(path: str) -> bool:
    """Whether something was committed that is not in the file itself yet."""
    with suppress(OSError):
        return os.path.getsize(path + "-wal") > 0
    return False


def _postgres(url: str) -> Any:
    try:
        import psycopg
    except ImportError as fault:
        raise BadConfig("postgres-not-installed") from fault
    return psycopg.connect(url, autocommit=True, connect_timeout=WAIT_S)


@contextmanager
def _queue(db: Db) -> Iterator[None]:
    """The short queue of writers on one SQLite file; PostgreSQL has its own."""
    if db.kind == POSTGRES:
        yield
        return
    import fcntl
    from time import monotonic, sleep

    path = path_of(db.url)
    try:
        lock = os.open(path + ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise unusable(path, fault) from fault
    try:
        give_up = monotonic() + WAIT_S
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > give_up:
                    raise Busy("database-busy", seconds=WAIT_S) from None
                sleep(0.002)
        yield
    finally:
        os.close(lock)
