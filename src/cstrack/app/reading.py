"""The reading side: which road a list takes (rows, or histories up to a moment), as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.errors import NotFound
from cstrack.record import fetch, sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cstrack.domain.case import Case
    from cstrack.record.connect import Db
    from cstrack.record.rows import CaseRow, ClockRow


class Shown(NamedTuple):
    """One case as of a moment: its row and its clocks."""

    row: CaseRow
    clocks: list[ClockRow]


def is_past(db: Db, at: int | None) -> bool:
    """Whether a moment lies before the newest event, so that rows cannot show it. None is now."""
    if at is None:
        return False
    newest = fetch.newest(db)
    return newest is not None and at < newest


def due(db: Db, at: int | None, until: int, narrow: Mapping[str, Any]) -> list[CaseRow]:
    """Cases due at or before `until`, as the desk stood at `at` (None: now)."""
    if at is not None and is_past(db, at):
        from cstrack.record import past

        return past.due_at(db, at, until, narrow)
    return fetch.due(db, until, narrow)


def listed(db: Db, at: int | None, narrow: Mapping[str, Any]) -> list[CaseRow]:
    """Cases of a list, as the desk stood at `at` (None: now)."""
    if at is not None and is_past(db, at):
        from cstrack.record import past

        return past.listed_at(db, at, narrow)
    return fetch.cases(db, narrow)


def clocks_due(
    db: Db, at: int | None, until: int, narrow: Mapping[str, Any]
) -> list[tuple[CaseRow, ClockRow]]:
    """Each running clock due at or before `until`, with its case; the one that informs only left out."""
    rows = {row.number: row for row in due(db, at, until, narrow)}
    if at is not None and is_past(db, at):
        from cstrack.record import past

        clocks = [clock for row, clocks in past.rows_at(db, at) if row.number in rows for clock in clocks]
        late = [c for c in clocks if c.stopped_at is None and not c.informs and c.due_at <= until]
        found = sorted(late, key=lambda c: (c.due_at, c.case_number, c.n))
    else:
        found = fetch.clocks_due(db, until)
    pairs = [(rows[clock.case_number], clock) for clock in found if clock.case_number in rows]
    return sorted(pairs, key=lambda pair: -pair[0].crisis)


def shown(db: Db, number: int, at: int | None) -> Shown:
    """One case as of `at` (None: now); NotFound where there was none."""
    if at is not None and is_past(db, at):
        from cstrack.record import past

        case = past.one_at(db, number, at)
        if case is None:
            raise NotFound("no-such-case", number=number)
        return Shown(*case)
    row = fetch.case(db, number)
    if row is None or (at is not None and at < row.opened_at):
        raise NotFound("no-such-case", number=number)
    return Shown(row, fetch.clocks(db, number))


def case(db: Db, number: int, at: int | None) -> Case:
    """The whole case as of `at` (None: now), from its history: rows do not hold all that a case is.

    NotFound where there was none.
    """
    from cstrack.record import past

    found = past.case_at(db, number, at)
    if found is None:
        raise NotFound("no-such-case", number=number)
    return found


def fields(db: Db, rows: Sequence[CaseRow], at: int | None) -> dict[int, dict[str, str | None]]:
    """The fields of the desk's own of each of these cases, its customer's and its product's among them.

    As of `at` (None: now): number -> code -> value, the value None once it is erased.
    """
    found: dict[int, dict[str, str | None]] = {row.number: {} for row in rows}
    past_at = at if at is not None and is_past(db, at) else None
    for kind, column in reversed(sql.NUMBERS.items()):  # what a case itself has goes first
        numbers = sorted({number for row in rows if (number := getattr(row, column)) is not None})
        if past_at is None:
            held = fetch.fields(db, kind, numbers)
        else:
            from cstrack.record import past

            held = past.fields_at(db, kind, numbers, past_at)
        for row in rows:
            found[row.number] |= held.get(getattr(row, column), {})
    return found
