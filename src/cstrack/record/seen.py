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

    def find(self, ref: str) -> tuple[int, bytes] | None:
        """The line and digest remembered for this reference, or None."""
        found: tuple[int, bytes] | None = self._raw.execute(
            "SELECT line, digest FROM seen WHERE ref = ?", (ref,)
        ).fetchone()
        return found

    def add(self, ref: str, line: int, digest: bytes) -> None:
        """Remember a row."""
        self._raw.execute("INSERT INTO seen VALUES (?, ?, ?)", (ref, line, digest))
