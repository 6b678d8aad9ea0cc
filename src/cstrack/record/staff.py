"""Staff, stores and the roster as they are read: light, and shifts only when somebody is to be picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.staff import Person, Roster, Shift
from cstrack.record import sql
from cstrack.record.rows import STAFF_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cstrack.record.connect import Db


def everyone(db: Db) -> list[Person]:
    """Everybody who is or was of the staff, in order of handle."""
    return [_person(dict(zip(STAFF_COLUMNS, row, strict=True))) for row in db.execute(sql.STAFF)]


def _person(row: dict[str, object]) -> Person:
    told = {name: tuple(str(row[name]).split(",")) if row[name] else () for name in ("teams", "logins")}
    return Person(**{**row, **told, "on_duty": bool(row["on_duty"])})  # type: ignore[arg-type]


def shifts(db: Db) -> Sequence[Shift]:
    """The roster's times, earliest first."""
    return [Shift(*row) for row in db.execute(sql.SHIFTS)]


def stores(db: Db) -> dict[str, str]:
    """The stores of the desk: code -> name."""
    return dict(db.execute(sql.STORES).fetchall())


def roster(db: Db) -> Roster:
    """Who works here, as the rules ask about it."""

    def load(handle: str) -> int:
        found: int = db.execute(sql.OWNED, (handle,)).fetchone()[0]
        return found

    return Roster(everyone(db), lambda: shifts(db), load, lambda: stores(db))


def database_login(db: Db) -> tuple[str, bool]:
    """The account that PostgreSQL knows us by, and whether it may act for others (`cstrack_operator`)."""
    login, operator = db.execute(sql.DATABASE_LOGIN).fetchone()
    return str(login), bool(operator)
