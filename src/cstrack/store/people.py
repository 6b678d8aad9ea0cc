"""Staff, stores and the roster as they are set up: all of a change or nothing, nothing judged meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlmodel import Session, col, delete

from cstrack.record import sql
from cstrack.record.connect import SQLITE, kind_of
from cstrack.store import migrate
from cstrack.store.registers import Shift, Staff, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cstrack.domain import staff

_JOINED = ("teams", "logins")


@contextmanager
def editing(url: str) -> Iterator[Session]:
    """A session that is committed in the end. What the rules ask about people stays as it is until then."""
    engine = migrate.engine_of(url)
    try:
        with Session(engine) as session, session.begin():
            connection = session.connection()  # on SQLite this alone keeps others from writing
            if kind_of(url) != SQLITE:
                connection.execute(text(sql.JUDGE_ANEW))
            yield session
    finally:
        engine.dispose()


def write_person(session: Session, fields: Mapping[str, Any]) -> None:
    """Write the row of a person, a new one or in place of what was there: fields of staff.Person."""
    row = dict(fields) | {name: ",".join(fields[name]) for name in _JOINED}
    session.merge(Staff(**{**row, "on_duty": int(fields["on_duty"])}))
    session.flush()


def write_store(session: Session, code: str, name: str) -> None:
    """Write a store, a new one or another name of one."""
    session.merge(Store(code=code, name=name))


def replace_shifts(session: Session, start: int, end: int, shifts: Sequence[staff.Shift]) -> None:
    """Put these shifts in place of those that begin from `start` on and before `end`."""
    begun = (col(Shift.start_at) >= start, col(Shift.start_at) < end)
    session.exec(delete(Shift).where(*begun))
    session.add_all(Shift(**one._asdict()) for one in shifts)
