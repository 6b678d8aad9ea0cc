"""The proof that nothing was altered: every chain of every history, and every run that wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.record import codec, sql
from cstrack.record.rows import EventRow, InvocationRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.record.connect import Db


class Broken(NamedTuple):
    """Where a chain breaks: the stream and the entry that does not follow."""

    kind: str
    number: int
    seq: int


class Verified(NamedTuple):
    """How much was verified, and what is broken."""

    events: int
    streams: int
    broken: list[Broken]
    runs: list[str]


def verify(db: Db) -> Verified:
    """Re-read and re-hash every event; a gap, a changed byte, a foreign link or a forged run is found.

    What is cut off the end of a history is not: that takes the seal.
    """
    counts = [0, 0]
    broken = []
    for history in _streams(db):
        counts[0] += len(history)
        counts[1] += 1
        bad = codec.broken_at(history)
        if bad:
            broken.append(Broken(bad.stream_kind, bad.stream_no, bad.seq))
    return Verified(counts[0], counts[1], broken, _forged_runs(db))


def _streams(db: Db) -> Iterator[list[EventRow]]:
    history: list[EventRow] = []
    for row in map(EventRow._make, db.execute(sql.ALL_EVENTS)):
        if history and (row.stream_no, row.stream_kind) != (history[0].stream_no, history[0].stream_kind):
            yield history
            history = []
        history.append(row)
    if history:
        yield history


def _forged_runs(db: Db) -> list[str]:
    """Ids of runs whose row is not what its id was made of, and ids that events name and nobody has."""
    known = set()
    forged = []
    for row in map(InvocationRow._make, db.execute(sql.INVOCATIONS)):
        known.add(row.id)
        if codec.invocation_id(*row[1:]) != row.id:
            forged.append(row.id)
    named = {row[0] for row in db.execute(sql.NAMED_INVOCATIONS)}
    return sorted(forged + list(named - known))
