"""Imports as a person runs them, on a desk of either kind that is the test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstrack.domain.customer import fold_product
from cstrack.domain.events import CASE, PRODUCT
from cstrack.domain.evolve import fold
from cstrack.record import codec, connect, project, sql
from cstrack.record.rows import EventRow
from tests.support.desks import empty_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.record.connect import Db

FIXTURES = Path(__file__).parents[1] / "data" / "presets"
PUBLIC = Path(__file__).parents[3] / "shared" / "data"
ZONE = "Asia/Shanghai"


@contextmanager
def desk(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty desk: a file in `folder`, or a schema that goes with the test."""
    if kind == connect.SQLITE:
        yield str(folder / "desk" / "cs.db")
        return
    with empty_schema() as url:
        yield url


def environment(url: str) -> dict[str, str]:
    """Nothing of whoever runs the tests but where programs lie."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "CSTRACK_DATABASE_URL": url,
        "CSTRACK_ZONE": ZONE,
        "CSTRACK_USER": "li",
        "LC_ALL": "C.UTF-8",
    }


def cstrack(url: str, *arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "cstrack", *map(str, arguments)],
        env=environment(url),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=300,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def imported(url: str, *arguments: object, code: int = 0) -> dict[str, Any]:
    """Run `import ... --json`; its object."""
    done = cstrack(url, "import", *arguments, "--json")
    assert (done.returncode, done.stderr) == (code, "")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@contextmanager
def reading(url: str) -> Iterator[Db]:
    """The desk, open for reading."""
    db = connect.open_reading(url)
    assert db is not None
    try:
        yield db
    finally:
        db.close()


def query(url: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with reading(url) as db:
        return [tuple(row) for row in db.execute(statement)]


def size(url: str) -> dict[str, int]:
    """How much there is of everything that an import could add to."""
    tables = ("event", "invocation", "case_current", "clock", "product_current", "outbox")
    return {table: query(url, f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables}  # noqa: S608


def replayed(url: str) -> int:
    """Hold every history against its chain and the rows that lists show; how many cases there are."""
    with reading(url) as db:
        assert codec.broken_at(EventRow(*row) for row in db.execute(sql.ALL_EVENTS)) is None
        current = {row[0]: tuple(row) for row in db.execute(sql.CASES)}
        clocks = {
            number: [tuple(row) for row in rows]
            for number, rows in groupby(db.execute(sql.ALL_CLOCKS), key=lambda row: row[0])
        }
        rows = map(EventRow._make, db.execute(sql.HISTORIES, (CASE,)))
        told = set()
        for number, history in groupby(rows, key=lambda row: row.stream_no):
            events = list(history)
            state = fold(number, map(codec.to_event, events))
            assert project.case_row(state, None, events[0].source) == current[number]
            assert [project.clock_row(number, clock) for clock in state.clocks] == clocks[number]
            told.add(number)
        assert told == set(current)
        _replay_products(db)
        return len(told)


def _replay_products(db: Db) -> None:
    rows = map(EventRow._make, db.execute(sql.HISTORIES, (PRODUCT,)))
    told = [
        project.product_row(fold_product(number, map(codec.to_event, history)))
        for number, history in groupby(rows, key=lambda row: row.stream_no)
    ]
    assert told == [tuple(row) for row in db.execute(sql.PRODUCTS)]
