"""What a driver's fault means for the person at the keyboard."""

from __future__ import annotations

import os
import re
import sqlite3

from cstrack.domain.errors import Busy, CstrackError
from cstrack.record.connect import SQLITE, WAIT_S, kind_of, path_of

_SQLITE_FAULTS = (
    # the beginning of SQLite's own name of a fault, and what it means
    ("SQLITE_BUSY", "database-busy"),
    ("SQLITE_LOCKED", "database-busy"),
    ("SQLITE_FULL", "disk-full"),
    ("SQLITE_IOERR", "disk-fault"),
    ("SQLITE_READONLY", "database-readonly"),
    ("SQLITE_NOTADB", "database-broken"),
    ("SQLITE_CORRUPT", "database-broken"),
    ("SQLITE_CANTOPEN", "database-unreachable"),
)
_POSTGRES_FAULTS = {
    "55P03": "database-busy",  # lock not available
    "40001": "database-busy",  # could not serialise
    "40P01": "database-busy",  # deadlock
    "53100": "disk-full",
    "25006": "database-readonly",
    "42501": "database-readonly",  # no privilege
    "42P01": "database-broken",  # no such table
    "42703": "database-broken",  # no such column
}
_OF_THE_PROGRAM = ("IntegrityError", "ProgrammingError", "InterfaceError", "DataError", "NotSupportedError")
"""Faults that no database is to blame for."""


def translate(fault: BaseException, url: str) -> CstrackError | None:
    """The refusal that a driver's fault on this database amounts to, or None where it is none."""
    fault = getattr(fault, "orig", None) or fault  # the driver's own, where SQLAlchemy wrapped it
    if isinstance(fault, sqlite3.Error):
        code = _sqlite_code(fault)
        if getattr(fault, "sqlite_errorname", "").startswith("SQLITE_CANTOPEN") and os.path.isfile(
            path_of(url)
        ):
            code = "database-readonly"  # it is there: what could not be made are the files beside it
    elif type(fault).__module__.startswith("psycopg"):
        code = _postgres_code(fault)
    else:
        return None
    if code == "database-busy":
        return Busy(code, seconds=WAIT_S)
    if code is None:
        return None
    return CstrackError(code, path=place(url), reason=masked(" ".join(str(fault).split()), url))


def place(url: str) -> str:
    """The database as it may be shown: a path, or a URL without password and parameters."""
    if kind_of(url) == SQLITE:
        return path_of(url)
    plain = url.partition("?")[0]
    head, at, tail = plain.rpartition("@")
    scheme, sep, login = head.partition("://")
    return f"{scheme}{sep}{login.partition(':')[0]}{at}{tail}" if at else plain


def masked(words: str, url: str) -> str:
    """The words with the pieces of a password that stands in the URL masked in them."""
    if "://" not in url:
        return words
    from urllib.parse import unquote

    # a password with an @ or a / in it is torn apart by the driver, which then quotes the pieces
    secrets = re.findall(r"://[^:]*:(.*)@|password=([^&]*)", url)
    typed = "".join(map("".join, secrets))
    pieces = {piece for text in (typed, unquote(typed)) for piece in re.split(r"\W+", text) if len(piece) > 1}
    for piece in sorted(pieces, key=len, reverse=True):
        words = re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", "***", words)
    return words


def _sqlite_code(fault: sqlite3.Error) -> str | None:
    name = getattr(fault, "sqlite_errorname", "")
    if name == "SQLITE_ERROR" and str(fault).startswith(("no such table", "no such column")):
        return "database-broken"
    if not name or type(fault).__name__ in _OF_THE_PROGRAM:
        return None
    return next((code for sign, code in _SQLITE_FAULTS if name.startswith(sign)), "database-unreachable")


def _postgres_code(fault: BaseException) -> str | None:
    state = getattr(fault, "sqlstate", None)
    if state is None or state not in _POSTGRES_FAULTS:
        refused = state is None or state[:2] in ("08", "28", "3D", "53", "57", "58")
        return "database-unreachable" if refused else None
    return _POSTGRES_FAULTS[state]
