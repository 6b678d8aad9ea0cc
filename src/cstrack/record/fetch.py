"""Lists and single cases, straight from their rows: filtered in SQL over an index, never loaded whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.record import sql
from cstrack.record.rows import CaseRow, ClockRow, RemedyRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cstrack.record.connect import Db

ALL = "all"
OWN = "fields"
"""The filter by fields of the desk's own: several of (kind, code, value), all of which must fit."""


def desk(db: Db) -> dict[str, str]:
    """The desk's settings: zone, currency."""
    return dict(db.execute(sql.DESK).fetchall())


def policy(db: Db) -> str | None:
    """The policy in use, as it is kept: parsed only where one of its names is said. None: the shipped one."""
    row = db.execute(sql.POLICY_IN_USE).fetchone()
    return None if row is None else str(row[0])


def due(db: Db, until: int, narrow: Mapping[str, Any]) -> list[CaseRow]:
    """Cases whose earliest clock is due at or before `until`, crisis first, then earliest."""
    where, values = _narrowed(narrow)
    statement = " AND ".join([f"{sql.CASES} WHERE {sql.DUE_BY}", *where]) + sql.IN_ORDER_OF_DUE
    return [
        CaseRow(*row)
        for crisis in (1, 0)  # two range scans of the index; one with a sort reads all that is due
        for row in db.execute(statement, (crisis, until, *values))
    ]


def cases(db: Db, narrow: Mapping[str, Any]) -> list[CaseRow]:
    """Cases in order of crisis and next due; those not closed or merged unless `status` says so."""
    where, values = _narrowed({k: v for k, v in narrow.items() if v != ALL})
    if narrow.get("status") is None:
        where.insert(0, sql.LIVE)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    rows = db.execute(sql.CASES + condition + sql.CRISIS_FIRST, values)
    return [CaseRow(*row) for row in rows]


def case(db: Db, number: int) -> CaseRow | None:
    """One case, or None."""
    row = db.execute(sql.CASE, (number,)).fetchone()
    return CaseRow(*row) if row else None


def clocks(db: Db, number: int) -> list[ClockRow]:
    """The clocks of a case, in the order they were started."""
    return [ClockRow(*row) for row in db.execute(sql.CLOCKS_OF, (number,))]


def clocks_due(db: Db, until: int) -> list[ClockRow]:
    """Running clocks due at or before `until`, earliest first, without the one that informs only."""
    return [ClockRow(*row) for row in db.execute(sql.CLOCKS_DUE, (until,))]


def newest(db: Db) -> int | None:
    """When the newest thing happened, or None on an empty desk."""
    found: int | None = db.execute(sql.NEWEST).fetchone()[0]
    return found


def remedies(db: Db, narrow: Mapping[str, Any]) -> list[RemedyRow]:
    """Remedies, those that wait first, in the order they were asked for; by case, state or level needed."""
    used = {name: value for name, value in narrow.items() if value}
    where = " AND ".join(sql.REMEDIES_BY[name] for name in used)
    condition = f" WHERE {where}" if where else ""
    values = tuple(value for name, value in used.items() if name != "waiting")
    rows = db.execute(sql.REMEDIES + condition + sql.WAITING_FIRST, values)
    return [RemedyRow(*row) for row in rows]


def case_of_remedy(db: Db, number: int) -> int | None:
    """The number of the case that a remedy belongs to, or None."""
    row = db.execute(sql.REMEDY_CASE, (number,)).fetchone()
    return int(row[0]) if row else None


def granted(db: Db, customer: int, since: int, until: int, case: int = 0) -> int:
    """What was granted to a customer after `since`, up to `until`, on other cases than `case`."""
    found: int = db.execute(sql.GRANTED, (customer, since, until, case)).fetchone()[0]
    return found


def known_sources(db: Db, refs: Sequence[str]) -> set[str]:
    """Which of these outside references have a case already."""
    found: set[str] = set()
    for asked in batches(refs):
        found.update(row[0] for row in db.execute(sql.CASES_KNOWN, asked))
    return found


def fields(db: Db, kind: str, numbers: Sequence[int]) -> dict[int, dict[str, str | None]]:
    """The desk's own fields of these cases, customers or products: number -> code -> value."""
    found: dict[int, dict[str, str | None]] = {}
    for asked in batches(numbers):
        for _kind, number, code, value in db.execute(sql.FIELDS_OF, (kind, *asked)):
            found.setdefault(number, {})[code] = value
    return found


def fields_held(db: Db, kind: str, number: int) -> set[str]:
    """The codes of the fields that a customer or a product has."""
    return {row[0] for row in db.execute(sql.FIELDS_HELD, (kind, number))}


def batches(named: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """What a statement with sql.MANY places is given, run by run; the last name fills what is left over."""
    for start in range(0, len(named), sql.MANY):
        asked = named[start : start + sql.MANY]
        yield (*asked, *[asked[-1]] * (sql.MANY - len(asked)))


def _narrowed(narrow: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    used = {name: value for name, value in narrow.items() if value is not None and name != OWN}
    values = [f"%,{value},%" if name == "flag" else value for name, value in used.items()]
    where = [sql.NARROWED[name] for name in used]
    for kind, code, value in narrow.get(OWN) or ():
        where.append(sql.WITH_FIELD[kind])
        values += [code, value]
    return where, values
