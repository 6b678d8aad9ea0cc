"""The tables that shadow what a case holds: a row for each of its clocks, and of whatever else it has.

A slice that gives a case rows of its own adds one line to PARTS: how the state becomes rows, how many
columns lead them as their key, and the statements that keep, drop and list them. The ledger writes the
rows that an event changed and deletes those that are no longer there; the doctor compares all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.record import project, sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cstrack.domain.case import Case

    Row = tuple[Any, ...]


class Part(NamedTuple):
    """A table of what cases hold; `key` columns lead each row, `keep` is its upsert, `drop` takes the key."""

    name: str
    rows: Callable[[Case], Iterable[Row]]
    key: int
    keep: str
    drop: str
    every: str

    @property
    def add(self) -> str:
        """The statement for rows of a new case, which cannot be there yet."""
        return self.keep.partition(" ON CONFLICT")[0]

    def by_key(self, state: Case | None) -> dict[Row, Row]:
        """The rows of a case by their keys; none of one that is not there."""
        rows = self.rows(state) if state is not None and state.exists else ()
        return {row[: self.key]: row for row in rows}


PARTS = (
    Part("clock", project.clock_rows, 2, sql.UPSERT_CLOCK, sql.DROP_CLOCK, sql.ALL_CLOCKS),
    Part("remedy", project.remedy_rows, 1, sql.UPSERT_REMEDY, sql.DROP_REMEDY, sql.ALL_REMEDIES),
    Part(
        "attachment",
        project.attachment_rows,
        2,
        sql.UPSERT_ATTACHMENT,
        sql.DROP_ATTACHMENT,
        sql.ATTACHMENTS,
    ),
)


class Change(NamedTuple):
    """What an append does to the rows of one table: those to write, and the keys of those to delete."""

    part: Part
    kept: list[Row]
    dropped: list[Row]


def changes(appends: Iterable[tuple[Case | None, Case]]) -> Iterator[Change]:
    """What changes in each table, from cases before (None: new) and after."""
    pairs = list(appends)
    for part in PARTS:
        kept: list[Row] = []
        dropped: list[Row] = []
        for before, after in pairs:
            old, new = part.by_key(before), part.by_key(after)
            kept += [row for key, row in new.items() if old.get(key) != row]
            dropped += [key for key in old if key not in new]
        yield Change(part, kept, dropped)
