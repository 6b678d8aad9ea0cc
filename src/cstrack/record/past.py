"""The desk as of an earlier moment: histories folded up to it. Slower than rows, and exact.

Rows show what the newest event left, so a moment at or after that is read from rows.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from cstrack.domain.case import ENDED
from cstrack.domain.customer import fold_customer, fold_product
from cstrack.domain.events import CASE, CUSTOMER, PRODUCT
from cstrack.domain.evolve import fold
from cstrack.domain.standing import UNDONE
from cstrack.record import codec, project, sql
from cstrack.record.fetch import ALL, OWN, batches
from cstrack.record.rows import CaseRow, ClockRow, EventRow, RemedyRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.customer import Customer, Product
    from cstrack.domain.events import Event
    from cstrack.record.connect import Db


def cases_at(db: Db, at: int) -> Iterator[Case]:
    """Every case that was open or ended at `at`, from the events that had happened by then."""
    rows = map(EventRow._make, db.execute(sql.HISTORIES_UNTIL, (CASE, at)))
    for number, history in groupby(rows, key=lambda row: row.stream_no):
        state = _folded(number, history, at)
        if state is not None:
            yield state


def rows_at(db: Db, at: int) -> Iterator[tuple[CaseRow, list[ClockRow]]]:
    """The rows of every case as they would have stood at `at`."""
    names = {row[0]: row[2] for row in db.execute(sql.CUSTOMERS)}
    for state in cases_at(db, at):
        row = CaseRow(*project.case_row(state, names.get(state.customer_number or 0), None))
        yield row, [ClockRow(*project.clock_row(state.number, clock)) for clock in state.clocks]


def cases_with(db: Db, kind: str, *, everything: bool) -> Iterator[Case]:
    """Every case with such a clock that runs, as it stands now; with `everything` one that stopped too."""
    statement = sql.CASES_CLOCKED if everything else sql.CASES_CLOCKING
    yield from cases_of(db, [row[0] for row in db.execute(statement, (kind,))])


def cases_of(db: Db, numbers: Sequence[int]) -> Iterator[Case]:
    """These cases, as they stand now."""
    for asked in batches(numbers):
        rows = map(EventRow._make, db.execute(sql.HISTORIES_OF, (CASE, *asked)))
        for number, history in groupby(rows, key=lambda row: row.stream_no):
            yield fold(number, map(codec.to_event, history))


def case_at(db: Db, number: int, at: int | None) -> Case | None:
    """One case as it stood at `at` (None: now); None before it was opened, or where there is none."""
    return _folded(number, _history(db, number, at), at)


def one_at(db: Db, number: int, at: int) -> tuple[CaseRow, list[ClockRow]] | None:
    """The rows of one case as they would have stood at `at`; None before it was opened."""
    rows = _history(db, number, at)
    state = _folded(number, rows, at)
    if state is None:
        return None
    found = db.execute(sql.CUSTOMER, (state.customer_number,)).fetchone() if state.customer_number else None
    row = CaseRow(*project.case_row(state, found[2] if found else None, rows[0].source))
    return row, [ClockRow(*project.clock_row(number, clock)) for clock in state.clocks]


def undone(db: Db, number: int, at: int | None) -> CaseRow | None:
    """A case whose opening was undone by `at` (None: now), as it was before; None for any other."""
    rows = _history(db, number, at)
    if not rows or _folded(number, rows, at) is not None:
        return None
    *before, last = rows
    state = _folded(number, before, at) if last.type == UNDONE else None
    return None if state is None else CaseRow(*project.case_row(state, None, rows[0].source))


def fields_at(db: Db, kind: str, numbers: Sequence[int], at: int) -> dict[int, dict[str, str | None]]:
    """What `fetch.fields` would have given at `at`."""
    folds: dict[str, Callable[[int, Iterable[Event]], Case | Customer | Product]]
    folds = {CASE: fold, CUSTOMER: fold_customer, PRODUCT: fold_product}
    found = {}
    for asked in batches(numbers):
        rows = map(EventRow._make, db.execute(sql.HISTORIES_OF, (kind, *asked)))
        known = (row for row in rows if row.at <= at)
        for number, history in groupby(known, key=lambda row: row.stream_no):
            found[number] = dict(folds[kind](number, map(codec.to_event, history)).fields)
    return found


def due_at(db: Db, at: int, until: int, narrow: Mapping[str, Any]) -> list[CaseRow]:
    """What `fetch.due` would have given at `at`."""
    found = [row for row, _ in rows_at(db, at) if row.next_due is not None and row.next_due <= until]
    return _in_order(_having(db, [row for row in found if _matches(row, narrow)], narrow, at))


def listed_at(db: Db, at: int, narrow: Mapping[str, Any]) -> list[CaseRow]:
    """What `fetch.cases` would have given at `at`."""
    status = narrow.get("status")
    found = [row for row, _ in rows_at(db, at) if status or row.status not in ENDED]
    found = [row for row in found if _matches(row, {k: v for k, v in narrow.items() if v != ALL})]
    return _in_order(_having(db, found, narrow, at))


def remedies_at(db: Db, at: int, narrow: Mapping[str, Any]) -> list[RemedyRow]:
    """What `fetch.remedies` would have given at `at`."""
    rows = [RemedyRow(*project.remedy_row(case, one)) for case in cases_at(db, at) for one in case.remedies]
    used = {name: value for name, value in narrow.items() if value}
    if used.pop("waiting", False):
        used["state"] = "asked"
    names = {"number": "case_number", "state": "state", "level": "needs"}
    wanted = {names[name]: value for name, value in used.items()}
    found = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    return sorted(found, key=lambda row: (row.state != "asked", row.asked_at, row.number))


def _history(db: Db, number: int, at: int | None) -> list[EventRow]:
    rows = map(EventRow._make, db.execute(sql.HISTORY, (CASE, number)))
    return [row for row in rows if at is None or row.at <= at]


def _folded(number: int, rows: Iterable[EventRow], at: int | None) -> Case | None:
    """The case that these entries make, its clocks as they stood at `at`; None where it was not opened."""
    state = fold(number, map(codec.to_event, rows))
    if not state.exists:
        return None
    return state if at is None else state._replace(clocks=tuple(clock.as_of(at) for clock in state.clocks))


def _matches(row: CaseRow, narrow: Mapping[str, Any]) -> bool:
    for name, value in narrow.items():
        if value is None or name == OWN:
            continue
        if name == "flag":
            fits = value in row.flags.split(",")
        elif name in ("since", "before"):
            fits = (row.opened_at >= value) == (name == "since")
        else:
            fits = getattr(row, name) == value
        if not fits:
            return False
    return True


def _having(db: Db, rows: list[CaseRow], narrow: Mapping[str, Any], at: int) -> list[CaseRow]:
    """Those with these values of the desk's own fields at `at`."""
    for kind, code, value in narrow.get(OWN) or ():
        numbers = {row.number: getattr(row, sql.NUMBERS[kind]) for row in rows}
        held = fields_at(db, kind, sorted({n for n in numbers.values() if n is not None}), at)
        rows = [row for row in rows if held.get(numbers[row.number], {}).get(code) == value]
    return rows


def _in_order(rows: list[CaseRow]) -> list[CaseRow]:
    late = 1 << 62
    return sorted(rows, key=lambda r: (-r.crisis, late if r.next_due is None else r.next_due, r.number))
