"""A desk of a test's own, on either kind of database, and the orders of a test on it.

Instants are seconds after T0, as in spec.py; every order says when it happens and when it is typed.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from cstrack.app import applying, opening, pairs, reading, road, undoing
from cstrack.app import sweep as sweeping
from cstrack.app.road import Road
from cstrack.domain.decide.following import POLICY
from cstrack.domain.decide.opening import Complaint
from cstrack.domain.staff import DUTY
from cstrack.record import audit, connect
from cstrack.record.ledger import Run
from cstrack.record.rows import SHIFT_COLUMNS, STAFF_COLUMNS
from cstrack.store import doctor
from tests.support.spec import T0, ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cstrack.app.applying import Applied
    from cstrack.app.opening import Opened
    from cstrack.app.reading import Shown
    from cstrack.app.road import Outcome
    from cstrack.app.sweep import Swept
    from cstrack.app.undoing import Undone
    from cstrack.domain.staff import Person
    from cstrack.record.connect import Db
    from cstrack.record.rows import CaseRow, ClockRow

SERVER = os.environ.get("CSTRACK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
SETTINGS = {"zone": ZONE, "currency": "CNY"}


class Desk:
    """A migrated, empty desk behind a URL."""

    def __init__(self, url: str) -> None:
        self.url, self.kind = url, connect.kind_of(url)

    def road(self, at: int, *, typed: int | None = None, who: str = "li") -> Road:
        """The surroundings of an order that happens at `at` and is typed in then, or later."""
        now = T0 + (at if typed is None else typed)
        run = Run(who, "tester", "host", "cstrack test", "test", now, os.urandom)
        return Road(self.url, run, T0 + at, migrate)

    def has(self, *people: Person) -> None:
        """These are of the staff, and the stores that they work at are there; times as they stand."""
        with self.writing() as db, db.transaction():
            for one in people:
                if one.store is not None:
                    named = "INSERT INTO store (code, name) VALUES (?, ?) ON CONFLICT DO NOTHING"
                    db.execute(named, (one.store, one.store))
                told = {"teams": ",".join(one.teams), "logins": ",".join(one.logins)}
                row = one._asdict() | told | {"name": one.name or one.handle, "on_duty": int(one.on_duty)}
                _insert(db, "staff", STAFF_COLUMNS, [row[column] for column in STAFF_COLUMNS])

    def works(self, handle: str, start: int, end: int, kind: str = DUTY) -> None:
        """Somebody is on duty, or on call, from and to these seconds after T0."""
        with self.writing() as db, db.transaction():
            _insert(db, "shift", SHIFT_COLUMNS, [handle, kind, T0 + start, T0 + end])

    def open(
        self,
        at: int = 0,
        *,
        typed: int | None = None,
        who: str = "li",
        name: str | None = None,
        phone: str | None = None,
        resolution: str | None = None,
        **complaint: Any,
    ) -> Opened:
        """Open a case."""
        said = Complaint(**{"subject": "空调不制冷", **complaint})
        way = self.road(at, typed=typed, who=who)
        return opening.open_case(way, said, opening.Caller(name, phone), resolution)

    def does(
        self,
        order: Callable[..., None],
        at: int,
        *numbers: int,
        typed: int | None = None,
        who: str = "li",
        **words: Any,
    ) -> list[Outcome]:
        """Carry out an order on some cases (the first one, where none is named)."""
        way = self.road(at, typed=typed, who=who)
        return road.change(way, numbers or (1,), lambda draft: order(draft, **words))

    def undo(self, at: int, *, who: str = "li", **how: Any) -> Undone:
        """Take back what somebody ordered last."""
        return undoing.undo(self.road(at, who=who), **how)

    def merge(
        self, source: int, target: int, at: int, *, anyway: bool = False, who: str = "li"
    ) -> list[Outcome]:
        """Merge a case into another."""
        return pairs.merge_cases(self.road(at, who=who), source, target, text="the same", anyway=anyway)

    def link(self, one: int, other: int, at: int, *, remove: bool = False) -> list[Outcome]:
        """Tie two cases together, or take that away."""
        return pairs.link_cases(self.road(at), one, other, text=None, remove=remove)

    def sweep(self, at: int, *, dry_run: bool = False) -> Swept:
        return sweeping.sweep(self.road(at), dry_run=dry_run)

    def applies(
        self, data: dict[str, Any], at: int, *, why: str = POLICY, dry_run: bool = False, who: str = "li"
    ) -> Applied:
        """Apply a policy, given as what a file would be compiled into."""
        made = applying.Made(data, f"name = '{data['name']}'\n")
        return applying.apply(self.road(at, who=who), made, why=why, text="as agreed", dry_run=dry_run)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        db = connect.open_reading(self.url)
        assert db is not None
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def writing(self) -> Iterator[Db]:
        db = connect.open_writing(self.url, create=False)
        assert db is not None
        try:
            yield db
        finally:
            db.close()

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a statement gives."""
        with self.reading() as db:
            return [tuple(row) for row in db.execute(statement, values)]

    def events(self, number: int | None = None) -> list[str]:
        """The types of all events in order of writing, or those of one case."""
        one = "" if number is None else f"WHERE stream_kind = 'case' AND stream_no = {number} "
        return [row[0] for row in self.rows(f"SELECT type FROM event {one}ORDER BY id")]  # noqa: S608

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to see whether anything was written."""
        tables = (
            "event",
            "invocation",
            "policy",
            "counter",
            "case_current",
            "clock",
            "customer_current",
            "product_current",
            "own_field",
            "outbox",
            "attachment",
            "blob",
        )
        return {table: sorted(self.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608

    def clocks(self, kind: str, number: int = 1) -> list[ClockRow]:
        """The clocks of one kind that a case has had, in order."""
        return [clock for clock in self.show(number).clocks if clock.kind == kind]

    def clock(self, kind: str, number: int = 1) -> ClockRow:
        """The latest clock of a kind."""
        return self.clocks(kind, number)[-1]

    def is_sound(self) -> None:
        """Every row is what its events come to, and every chain holds."""
        with self.reading() as db:
            assert doctor.examine(db).findings == []
            assert audit.verify(db).broken == []

    def show(self, number: int = 1, at: int | None = None) -> Shown:
        with self.reading() as db:
            return reading.shown(db, number, None if at is None else T0 + at)

    def overdue(self, at: int, *, past: bool = False, **narrow: Any) -> list[CaseRow]:
        """What is late at `at`; `past` looks back to it, else it is now."""
        with self.reading() as db:
            return reading.due(db, T0 + at if past else None, T0 + at, narrow)

    def listed(self, at: int | None = None, **narrow: Any) -> list[CaseRow]:
        with self.reading() as db:
            return reading.listed(db, None if at is None else T0 + at, narrow)


def _insert(db: Db, table: str, columns: tuple[str, ...], values: list[Any]) -> None:
    places = ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", values)  # noqa: S608


def migrate(url: str) -> None:
    from cstrack.store import migrate as heavy

    heavy.upgrade(url, SETTINGS)


@contextmanager
def empty_schema() -> Iterator[str]:
    """The URL of a schema of its own, gone afterwards; skips where no server answers, fails where CI=true."""
    import psycopg

    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as fault:
        told = f"no PostgreSQL answers at {SERVER}: {str(fault).splitlines()[0]}"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    name = f"t_{uuid4().hex}"
    with server:
        server.execute(f"CREATE SCHEMA {name}".encode())
        try:
            # nothing of a test has to outlive the server
            options = f"-csynchronous_commit%3Doff%20-csearch_path%3D{name}"
            yield f"{SERVER}{'&' if '?' in SERVER else '?'}options={options}"
        finally:
            server.execute(f"DROP SCHEMA {name} CASCADE".encode())


def script_of_a_schema() -> str:
    """What an upgrade of an empty schema says to PostgreSQL: said again whole it takes far less time."""
    import psycopg
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    said: list[str] = []
    with empty_schema() as url, psycopg.connect(SERVER) as server:
        cursor = psycopg.ClientCursor(server)

        def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
            said.append(cursor.mogrify(statement, parameters or {}))

        event.listen(Engine, "before_cursor_execute", heard)
        try:
            migrate(url)
        finally:
            event.remove(Engine, "before_cursor_execute", heard)
    return ";\n".join(said)


def copy_of(template: Path, folder: Path) -> str:
    """The path of a copy of a migrated SQLite file."""
    path = folder / "cs.db"
    shutil.copyfile(template, path)
    path.chmod(0o600)
    return str(path)
