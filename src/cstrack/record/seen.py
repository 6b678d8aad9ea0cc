"""What one run has read so far, kept out of memory: a file may have more rows than fit there."""

from __future__ import annotations

import sqlite3


class Seen:
    """References with the line and the digest of their row, in a private database of this run.

    It has no name, keeps 2 MB in memory, spills the rest to a temporary file and goes with the process.
    """

    __slots__ = ("_raw",)

    def __init__(self) -> None:
        self._raw = sqlite3.connect("", isolation_level=None)
        self._raw.execute("CREATE TABLE seen (ref TEXT PRIMARY KEY, line INT, digest BLOB) WITHOUT ROWID")
        self._raw.execute("BEGIN")  # never committed: nobody else reads it

    def remember(self, ref: str, line: int, digest: bytes) -> tuple[int, bytes] | None:
        """Remember a row; where its reference is remembered already, the line and digest of that one."""
        kept = self._raw.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (ref, line, digest))
        if kept.rowcount:
            return None
        found: tuple[int, bytes] = self._raw.execute(
            "SELECT line, digest FROM seen WHERE ref = ?", (ref,)
        ).fetchone()
        return found

    def forget(self, ref: str) -> None:
        """As if this reference had never been read."""
        self._raw.execute("DELETE FROM seen WHERE ref = ?", (ref,))
