"""The doctor: replays every history and compares it with what lists read.

Derived data is never repaired in passing: what differs is named, so that somebody finds out why.
"""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.calendar_watch import ends_soon
from cstrack.domain.customer import fold_customer, fold_product
from cstrack.domain.events import CASE, CUSTOMER, GROUP, POLICY, PRODUCT
from cstrack.domain.evolve import fold
from cstrack.domain.group import fold_group
from cstrack.record import codec, policies, project, sql
from cstrack.record.connect import SQLITE
from cstrack.record.rows import CASE_COLUMNS, CUSTOMER_COLUMNS, GROUP_COLUMNS, PRODUCT_COLUMNS, EventRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db

_SOURCE = CASE_COLUMNS.index("source")
"""The one column of a case that its state does not hold."""

WAL_RESET_DEFECT = ((3, 7, 0), (3, 51, 2))
"""Versions of SQLite in which a reset of the WAL can lose a commit under rare races."""


class Finding(NamedTuple):
    """One thing that is not as it should be: a code, what it is about, and the two values."""

    code: str
    what: str
    recorded: object = None
    replayed: object = None


class Examined(NamedTuple):
    """How much was replayed, and what was found."""

    cases: int
    events: int
    findings: list[Finding]


def examine(db: Db) -> Examined:
    """Replay every stream; each finding is a row that its events do not lead to."""
    findings: list[Finding] = []
    counted = {"cases": 0, "events": 0}
    customers = _registers(db, CUSTOMER, findings, counted)
    _registers(db, PRODUCT, findings, counted)
    rows = {row[0]: row for row in db.execute(sql.CASES)}
    clocks: dict[int, list[tuple[Any, ...]]] = {}
    for row in db.execute(sql.ALL_CLOCKS):
        clocks.setdefault(row[0], []).append(tuple(row))
    for number, history in _histories(db, CASE, counted):
        counted["cases"] += 1
        state = fold(number, map(codec.to_event, history))
        _compare_case(state, rows.pop(number, None), clocks.pop(number, []), customers, findings)
    findings += [Finding("row-without-events", f"case {number}") for number in sorted({*rows, *clocks})]
    _registers(db, GROUP, findings, counted)
    _groups(db, findings)
    _policies(db, findings, counted)
    _counters(db, findings)
    return Examined(counted["cases"], counted["events"], findings)


def _histories(db: Db, kind: str, counted: dict[str, int]) -> Iterator[tuple[int, list[EventRow]]]:
    rows = map(EventRow._make, db.execute(sql.HISTORIES, (kind,)))
    for number, history in groupby(rows, key=lambda row: row.stream_no):
        listed = list(history)
        counted["events"] += len(listed)
        yield number, listed


def _compare_case(
    state: Case,
    row: tuple[Any, ...] | None,
    clocks: list[tuple[Any, ...]],
    customers: dict[int, tuple[Any, ...]],
    findings: list[Finding],
) -> None:
    if row is None:
        findings.append(Finding("events-without-row", f"case {state.number}"))
        return
    name = customers[state.customer_number][2] if state.customer_number in customers else None
    expected = project.case_row(state, name, None)
    for n, (column, kept, replayed) in enumerate(zip(CASE_COLUMNS, row, expected, strict=True)):
        if kept != replayed and n != _SOURCE:
            findings.append(Finding("row-differs", f"case {state.number}, {column}", kept, replayed))
    replayed_clocks = [project.clock_row(state.number, clock) for clock in state.clocks]
    if sorted(clocks) != sorted(replayed_clocks):
        odd = sorted({row[1] for row in {*clocks} ^ {*replayed_clocks}})
        findings.extend(Finding("clock-differs", f"case {state.number}, clock {n}") for n in odd)


def _registers(
    db: Db, kind: str, findings: list[Finding], counted: dict[str, int]
) -> dict[int, tuple[Any, ...]]:
    """The rows of customers, products or groups as their events lead to them."""
    statement, columns, replay = _KEPT[kind]
    rows = {row[0]: tuple(row) for row in db.execute(statement)}
    replayed = {
        number: replay(number, map(codec.to_event, history))
        for number, history in _histories(db, kind, counted)
    }
    for number in sorted({*rows, *replayed}):
        kept, expected = rows.get(number), replayed.get(number)
        if kept is None or expected is None:
            code = "events-without-row" if kept is None else "row-without-events"
            findings.append(Finding(code, f"{kind} {number}"))
            continue
        pairs = zip(columns, kept, expected, strict=True)
        findings += [
            Finding("row-differs", f"{kind} {number}, {name}", a, b) for name, a, b in pairs if a != b
        ]
    return replayed


_KEPT: dict[str, tuple[str, tuple[str, ...], Callable[[int, Iterable[Event]], tuple[Any, ...]]]] = {
    CUSTOMER: (sql.CUSTOMERS, CUSTOMER_COLUMNS, lambda n, told: project.customer_row(fold_customer(n, told))),
    PRODUCT: (sql.PRODUCTS, PRODUCT_COLUMNS, lambda n, told: project.product_row(fold_product(n, told))),
    GROUP: (sql.GROUPS, GROUP_COLUMNS, lambda n, told: project.group_row(fold_group(n, told))),
}
"""Streams that have one row each: the statement that reads all rows, their columns, the row of a history."""


def _groups(db: Db, findings: list[Finding]) -> None:
    """A group holds the cases that say so."""
    held: dict[int, list[int]] = {}
    for number, group in db.execute(sql.GROUPED_ALL):
        held.setdefault(group, []).append(number)
    for number, history in _histories(db, GROUP, {"events": 0}):
        replayed = list(fold_group(number, map(codec.to_event, history)).cases)
        kept = held.get(number, [])
        if kept != replayed:
            findings.append(Finding("row-differs", f"group {number}, cases", kept, replayed))


def _policies(db: Db, findings: list[Finding], counted: dict[str, int]) -> None:
    """A policy is what its application said it was."""
    rows = {row.version: row for row in policies.versions(db)}
    for version, history in _histories(db, POLICY, counted):
        row = rows.pop(version, None)
        if row is None:
            findings.append(Finding("events-without-row", f"policy {version}"))
            continue
        told = codec.to_event(history[0]).facts["digest"]
        found = policies.digest(row.version, row.name, row.data, row.text)
        if found != told or row.digest != told:
            findings.append(Finding("policy-differs", f"policy {row.name} v{version}"))
    findings += [Finding("row-without-events", f"policy {version}") for version in sorted(rows)]


def _counters(db: Db, findings: list[Finding]) -> None:
    """Numbers given out are at least as high as those in use."""
    given = dict(db.execute(sql.COUNTERS))
    for kind, last in db.execute(sql.LAST_NUMBERS):
        if given.get(kind, 0) < last:
            findings.append(Finding("counter-behind", kind, given.get(kind), last))


def advice(db: Db, policy: Policy, now: int) -> list[Finding]:
    """What is sound today and may not stay so: versions with known defects, calendars that end soon."""
    import sqlite3

    found = []
    if db.kind == SQLITE and WAL_RESET_DEFECT[0] <= sqlite3.sqlite_version_info <= WAL_RESET_DEFECT[1]:
        found.append(Finding("sqlite-wal-reset", f"SQLite {sqlite3.sqlite_version}"))
    ends = ends_soon(policy.data["calendars"], now, policy.zone)
    return found + [Finding("calendar-ends-soon", name, through) for name, through in ends]


def zone_rules() -> str:
    """Which release of the time zone rules is read: `2026b`, or `unknown` where the system does not say."""
    import zoneinfo

    for root in zoneinfo.TZPATH:
        if not os.path.isdir(os.path.join(root, "Asia")):
            continue
        try:
            with open(os.path.join(root, "tzdata.zi"), encoding="utf-8") as file:
                return file.readline().removeprefix("# version").strip()
        except OSError:
            return "unknown"
    from importlib.metadata import version

    return version("tzdata")
