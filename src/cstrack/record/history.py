"""The history of one case as it is read: each event with when it was typed and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.events import CASE, Event
from cstrack.domain.standing import gone
from cstrack.record import codec, sql
from cstrack.record.rows import EventRow

if TYPE_CHECKING:
    from cstrack.record.connect import Db


class Entry(NamedTuple):
    """An event of a history; `erased` says that words were there and are gone, `undone` that it is void."""

    event: Event
    recorded_at: int
    actor: str
    erased: bool = False
    undone: bool = False


def entries(db: Db, number: int, until: int | None = None) -> list[Entry]:
    """The history of a case in order of seq, up to a moment (None: all of it); empty where there is none."""
    rows = map(EventRow._make, db.execute(sql.HISTORY, (CASE, number)))
    known = [(row, codec.to_event(row)) for row in rows if until is None or row.at <= until]
    void = gone(event for _row, event in known)
    return [
        Entry(
            event,
            row.recorded_at,
            row.actor,
            row.words is None and row.words_digest is not None,
            event.seq in void,
        )
        for row, event in known
    ]
