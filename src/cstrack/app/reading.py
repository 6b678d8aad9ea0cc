"""The reading side: which road a list takes (rows, or histories up to a moment), as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.errors import NotFound
from cstrack.domain.standing import UNDONE
from cstrack.record import fetch, sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.policy import Policy
    from cstrack.record.alike import Alike
    from cstrack.record.connect import Db
    from cstrack.record.rows import CaseRow, ClockRow, RemedyRow


class Shown(NamedTuple):
    """One case as of a moment: its row and its clocks."""

    row: CaseRow
    clocks: list[ClockRow]


class Whole(NamedTuple):
    """One case with all that there is to tell about it as of a moment.

    `policy` is the one that its store went by, `names` are those of the staff by their handles, `granted`
    is what its customer was granted in the days that count (None without a customer), `fields` are those
    of the desk's own, of its customer and its product too.
    """

    row: CaseRow
    case: Case
    policy: Policy
    names: Mapping[str, str] = {}
    granted: int | None = None
    fields: Mapping[str, str | None] = {}
    alike: Sequence[Alike] = ()


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


def remedies(db: Db, at: int | None, narrow: Mapping[str, Any]) -> list[RemedyRow]:
    """Remedies of a list, as the desk stood at `at` (None: now)."""
    if at is not None and is_past(db, at):
        from cstrack.record import past

        return past.remedies_at(db, at, narrow)
    return fetch.remedies(db, narrow)


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
            raise missing(db, number, at)
        return Shown(*case)
    row = fetch.case(db, number)
    if row is None or (at is not None and at < row.opened_at):
        raise missing(db, number, at)
    return Shown(row, fetch.clocks(db, number))


def whole(db: Db, number: int, at: int | None, policy: Policy, now: int) -> Whole:
    """One case as of `at` (None: now) with all that there is to tell; `policy` is the desk's of then."""
    from cstrack.app import groups
    from cstrack.record import staff

    row, found = shown(db, number, at).row, case(db, number, at)
    names = {one.handle: one.name for one in staff.everyone(db)}
    own, same = fields(db, [row], at)[number], groups.alike_now(db, policy, row, now, at)
    return Whole(row, found, policy.store(found.store), names, granted(db, found, policy, now), own, same)


def recalled(db: Db, number: int, at: int | None) -> Shown:
    """As `shown`; a case whose opening was undone stands as it was, without clocks, its status `undone`."""
    from cstrack.record import past

    found = past.undone(db, number, at)
    return shown(db, number, at) if found is None else Shown(found._replace(status=UNDONE), [])


def missing(db: Db, number: int, at: int | None) -> NotFound:
    """Why there is no such case as of `at`: it was never opened, or its opening was undone."""
    from cstrack.record import history

    entries = history.entries(db, number, at)
    if entries and entries[0].undone:
        return NotFound("case-undone", number=number, undone_at=entries[-1].event.at)
    return NotFound("no-such-case", number=number)


def granted(db: Db, case: Case, policy: Policy, at: int) -> int | None:
    """What the customer of a case was granted in the days up to `at` that count; None without a customer."""
    if case.customer_number is None:
        return None
    days = policy.store(case.store).data["authority"]["days"]
    return fetch.granted(db, case.customer_number, at - days * 86_400, at)


def case(db: Db, number: int, at: int | None) -> Case:
    """The whole case as of `at` (None: now), from its history: rows do not hold all that a case is.

    NotFound where there was none.
    """
    from cstrack.record import past

    found = past.case_at(db, number, at)
    if found is None:
        raise missing(db, number, at)
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
