"""The doctor: replays every history and compares it with what lists read.

Derived data is never repaired in passing: what differs is named, so that somebody finds out why.
"""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.calendar_watch import ends_soon
from cstrack.domain.coverage import gaps
from cstrack.domain.customer import fold_customer, fold_product
from cstrack.domain.errors import CstrackError
from cstrack.domain.events import CASE, CUSTOMER, GROUP, POLICY, PRODUCT
from cstrack.domain.evolve import fold
from cstrack.domain.group import fold_group
from cstrack.domain.standing import is_there
from cstrack.record import attachments, codec, policies, project, sql, staff
from cstrack.record.connect import SQLITE
from cstrack.record.rows import CASE_COLUMNS, CUSTOMER_COLUMNS, GROUP_COLUMNS, PRODUCT_COLUMNS, EventRow
from cstrack.record.shadow import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cstrack.domain.case import Case
    from cstrack.domain.events import Event
    from cstrack.domain.policy import Policy
    from cstrack.record.connect import Db
    from cstrack.record.shadow import Part, Row

_SOURCE = CASE_COLUMNS.index("source")
"""The one column of a case that its state does not hold."""

NUMBERED = 2
"""The key of what is numbered within its case: the number of the case and its own."""

WAL_RESET_DEFECT = ((3, 7, 0), (3, 51, 2))
"""Versions of SQLite in which a reset of the WAL can lose a commit under rare races."""


LOOKED_AHEAD = 7 * 86_400
"""So far ahead it is looked whether somebody of each level is there."""


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
    fields = set(map(tuple, db.execute(sql.FIELDS)))
    replayed: set[tuple[Any, ...]] = set()
    customers = _registers(db, CUSTOMER, findings, counted, replayed)
    _registers(db, PRODUCT, findings, counted, replayed)
    rows = {row[0]: row for row in db.execute(sql.CASES)}
    parts = {part: {row[: part.key]: tuple(row) for row in db.execute(part.every)} for part in PARTS}
    for number, history in _histories(db, CASE, counted):
        counted["cases"] += 1
        state = fold(number, map(codec.to_event, history))
        replayed.update(project.field_rows(CASE, number, state.fields))
        if _compare_case(state, rows.pop(number, None), customers, findings):
            _compare_parts(state, parts, findings)
    findings += [Finding("row-without-events", f"case {number}") for number in sorted(rows)]
    for part, left in parts.items():
        findings += [Finding("part-differs", _named(part, key)) for key in sorted(left)]
    _attachments(db, findings)
    odd = sorted({row[:3] for row in fields ^ replayed})
    findings += [Finding("part-differs", f"{kind} {number}, field {name}") for kind, number, name in odd]
    _registers(db, GROUP, findings, counted, set())
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
    customers: dict[int, tuple[Any, ...]],
    findings: list[Finding],
) -> bool:
    """Compare the row of a case; whether it is there, as it should be."""
    if row is None or not state.exists:
        if (row is None) == state.exists:
            code = "events-without-row" if row is None else "row-without-events"
            findings.append(Finding(code, f"case {state.number}"))
        return False
    name = customers[state.customer_number][2] if state.customer_number in customers else None
    expected = project.case_row(state, name, None)
    for n, (column, kept, replayed) in enumerate(zip(CASE_COLUMNS, row, expected, strict=True)):
        if kept != replayed and n != _SOURCE:
            findings.append(Finding("row-differs", f"case {state.number}, {column}", kept, replayed))
    return True


def _compare_parts(state: Case, parts: dict[Part, dict[Row, Row]], findings: list[Finding]) -> None:
    """Each row that the case should have is there as it should be; what is left over has no history."""
    for part, kept in parts.items():
        for key, row in part.by_key(state).items():
            if kept.pop(key, None) != row:
                findings.append(Finding("part-differs", _named(part, key)))


def _named(part: Part, key: Row) -> str:
    """`case 1, clock 3`; what is not numbered within its case is called by its whole key."""
    if part.key == NUMBERED:
        return f"case {key[0]}, {part.name} {key[1]}"
    return " ".join(map(str, (part.name, *key)))


def _registers(
    db: Db,
    kind: str,
    findings: list[Finding],
    counted: dict[str, int],
    fields: set[tuple[Any, ...]],
) -> dict[int, tuple[Any, ...]]:
    """The rows of customers, products or groups as their events lead to them; rows of fields are added."""
    statement, columns, fold_one, row_of = _KEPT[kind]
    rows = {row[0]: tuple(row) for row in db.execute(statement)}
    replayed: dict[int, tuple[Any, ...]] = {}
    for number, history in _histories(db, kind, counted):
        events = list(map(codec.to_event, history))
        if is_there(events):
            state = fold_one(number, events)
            replayed[number] = row_of(state)
            fields.update(project.field_rows(kind, number, getattr(state, "fields", ())))
    for number in sorted({*rows, *replayed}):
        _compare_row(columns, f"{kind} {number}", rows.get(number), replayed.get(number), findings)
    return replayed


_KEPT: dict[str, tuple[str, tuple[str, ...], Callable[[int, Iterable[Event]], Any], Callable[[Any], Row]]] = {
    CUSTOMER: (sql.CUSTOMERS, CUSTOMER_COLUMNS, fold_customer, project.customer_row),
    PRODUCT: (sql.PRODUCTS, PRODUCT_COLUMNS, fold_product, project.product_row),
    GROUP: (sql.GROUPS, GROUP_COLUMNS, fold_group, project.group_row),
}
"""Streams that have one row each: the statement that reads all, their columns, history -> state -> row."""


def _compare_row(
    columns: Sequence[str],
    what: str,
    kept: tuple[Any, ...] | None,
    expected: tuple[Any, ...] | None,
    findings: list[Finding],
) -> None:
    if kept is None or expected is None:
        findings.append(Finding("events-without-row" if kept is None else "row-without-events", what))
        return
    pairs = zip(columns, kept, expected, strict=True)
    findings += [Finding("row-differs", f"{what}, {name}", a, b) for name, a, b in pairs if a != b]


def _attachments(db: Db, findings: list[Finding]) -> None:
    """The bytes of each attachment are there, and are those that were attached."""
    named: dict[str, Row] = {}
    for number, n, *_rest, digest in db.execute(sql.ATTACHMENTS):
        named.setdefault(digest, (number, n))  # what lies there once is looked at once
    for digest, (number, n) in named.items():
        try:
            attachments.get(db, digest)
        except CstrackError as fault:
            findings.append(Finding(fault.code, f"case {number}, attachment {n}", fault.facts["path"]))


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
    """What is sound today and may not stay so: defects of versions, calendars that end, hours with nobody."""
    import sqlite3

    found = []
    if db.kind == SQLITE and WAL_RESET_DEFECT[0] <= sqlite3.sqlite_version_info <= WAL_RESET_DEFECT[1]:
        found.append(Finding("sqlite-wal-reset", f"SQLite {sqlite3.sqlite_version}"))
    unnamed = attachments.unnamed(db)
    if unnamed:
        found.append(Finding("attachment-unnamed", attachments.folder(db), unnamed))
    ends = ends_soon(policy.data["calendars"], now, policy.zone)
    found += [Finding("calendar-ends-soon", name, through) for name, through in ends]
    return [*found, *_unattended(db, policy, now)]


def _unattended(db: Db, policy: Policy, now: int) -> Iterator[Finding]:
    """The times of the next days in which what is handed up would reach nobody; only of a desk with staff."""
    roster = staff.roster(db)
    if roster.exists:
        above = [level for level in policy.levels if level > min(policy.levels)]
        for level, start, end in gaps(roster, above, now, now + LOOKED_AHEAD):
            yield Finding("level-unattended", f"level {level}", start, end)


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
