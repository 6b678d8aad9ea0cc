"""What a driver's fault means for the person at the keyboard."""

from __future__ import annotations

import sqlite3

from cstrack.domain.errors import Busy, CstrackError
from cstrack.record.connect import SQLITE, WAIT_S, kind_of, path_of

_SQLITE_FAULTS = (
    ("locked", "database-busy"),
    ("busy", "database-busy"),
    ("full", "disk-full"),
    ("disk I/O", "disk-full"),
    ("readonly", "database-readonly"),
    ("not a database", "database-broken"),
    ("malformed", "database-broken"),
    ("no such table", "database-broken"),
    ("no such column", "database-broken"),
    ("unable to open", "database-unreachable"),
)


def translate(fault: BaseException, url: str) -> CstrackError | None:
    """The refusal that a driver's fault on this database amounts to, or None where it is none."""
    where, reason = place(url), " ".join(str(fault).split())
    if isinstance(fault, sqlite3.Error):
        code = next((code for sign, code in _SQLITE_FAULTS if sign in reason), "database-unreachable")
    elif type(fault).__module__.startswith("psycopg"):
        busy = getattr(fault, "sqlstate", None) in ("55P03", "40001", "40P01")
        code = "database-busy" if busy else "database-unreachable"
    else:
        return None
    if code == "database-busy":
        return Busy(code, seconds=WAIT_S)
    return CstrackError(code, path=where, reason=reason)


def place(url: str) -> str:
    """The database as it may be shown: a path, or a URL without its password."""
    if kind_of(url) == SQLITE:
        return path_of(url)
    head, at, tail = url.rpartition("@")
    scheme, sep, login = head.partition("://")
    return f"{scheme}{sep}{login.partition(':')[0]}{at}{tail}" if at else url
