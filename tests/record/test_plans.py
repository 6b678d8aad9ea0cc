"""Lists and the sweep read their indexes, and sort nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.alike import MOST_ALIKE
from cstrack.record import sql

if TYPE_CHECKING:
    from tests.support.desks import Desk

OVERDUE = f"{sql.CASES} WHERE {sql.DUE_BY}{sql.IN_ORDER_OF_DUE}"


def plan(desk: Desk, statement: str, values: tuple[object, ...] | None = None) -> str:
    """How the database would go about it."""
    values = (0,) * statement.count("?") if values is None else values
    with desk.reading() as db:
        if desk.kind == "sqlite":
            return "\n".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}", values))
        db.execute("SET enable_seqscan = off")  # on a handful of rows it would read them all
        return "\n".join(row[0] for row in db.execute(f"EXPLAIN {statement}", values))


def test_p35_overdue_is_one_range_of_its_index(desk: Desk) -> None:
    assert "ix_case_due" in plan(desk, OVERDUE)


def test_p35_overdue_is_sorted_by_its_index(sqlite_desk: Desk) -> None:
    assert plan(sqlite_desk, OVERDUE) == (
        "SEARCH case_current USING INDEX ix_case_due (crisis=? AND next_due<?)"
    )


def test_p35_the_clocks_that_are_due_come_from_their_index(desk: Desk) -> None:
    assert "ix_clock_due" in plan(desk, sql.CLOCKS_DUE)


def test_p35_the_sweep_finds_its_steps_by_two_indexes(desk: Desk) -> None:
    found = plan(desk, sql.DUE_STEPS)
    assert "ix_clock_step" in found
    assert "ix_case_paused" in found


def test_p35_the_sweep_finds_those_that_wait_for_an_owner_by_their_index(desk: Desk) -> None:
    assert "ix_case_unowned" in plan(desk, sql.UNOWNED)


def test_p35_the_sweep_reads_no_table_whole(sqlite_desk: Desk) -> None:
    assert "SCAN" not in plan(sqlite_desk, sql.DUE_STEPS).replace("SCAN subquery", "")


@pytest.mark.parametrize("kind", sql.WITH_FIELD)
def test_a_field_of_the_desks_own_narrows_lists_by_its_index(desk: Desk, kind: str) -> None:
    listed = f"{sql.CASES} WHERE {sql.LIVE} AND {sql.WITH_FIELD[kind]}{sql.CRISIS_FIRST}"
    overdue = f"{sql.CASES} WHERE {sql.DUE_BY} AND {sql.WITH_FIELD[kind]}{sql.IN_ORDER_OF_DUE}"
    for statement, values in ((listed, ("size", "12")), (overdue, (0, 0, "size", "12"))):
        found = plan(desk, statement, values)
        assert "ix_own_field_value" in found
        assert "SCAN own_field" not in found
        assert "Seq Scan" not in found


def test_whole_values_are_found_in_the_index_alone(sqlite_desk: Desk) -> None:
    found = plan(sqlite_desk, f"{sql.CASES} WHERE {sql.WITH_FIELD['case']}", ("size", "12"))
    assert "USING COVERING INDEX ix_own_field_value (name=? AND kind=? AND value=?)" in found


WINDOW = (0, 9) * 4
ALIKE = [(sql.ALIKE_TO, (*WINDOW, "model", "x")), (sql.ALIKE, (*WINDOW, *["model"] * MOST_ALIKE, 3))]


@pytest.mark.parametrize(("statement", "values"), ALIKE)
def test_p35_what_is_alike_comes_from_the_open_cases_of_the_last_days(
    sqlite_desk: Desk, statement: str, values: tuple[object, ...]
) -> None:
    assert plan(sqlite_desk, statement, values).count("ix_case_opened (opened_at>? AND opened_at<?)") == 4


@pytest.mark.parametrize(("statement", "values"), ALIKE)
def test_p35_what_is_alike_reads_no_table_whole(
    desk: Desk, statement: str, values: tuple[object, ...]
) -> None:
    found = plan(desk, statement, values)
    assert "Seq Scan" not in found
    assert not {"SCAN c", "SCAN p", "SCAN f"} & set(found.splitlines())


def test_p35_fields_are_looked_up_case_by_case(sqlite_desk: Desk) -> None:
    assert plan(sqlite_desk, *ALIKE[0]).count("own_field_1 (kind=? AND number=?") == 2


def test_p35_the_open_groups_come_from_the_cases_that_are_in_one(
    sqlite_desk: Desk,
) -> None:
    assert "ix_case_group" in plan(sqlite_desk, sql.GROUPS_LIVE, ())


def test_p35_the_cases_of_a_group_come_from_their_index(desk: Desk) -> None:
    assert "ix_case_group" in plan(desk, sql.GROUPED, (1,))


@pytest.mark.parametrize(
    ("name", "values", "index"),
    [
        ("HISTORY", ("case", 1), "uq_event_stream"),
        ("NEWEST", (), "ix_event_at"),
        ("EARLIER_CASES", (1, "billing", 0), "ix_case_customer"),
        ("CUSTOMER_BY_KEY", ("phone", "138"), "customer_key"),
        ("CLOCKS_OF", (1,), "clock"),
        ("OWN_LAST", ("li", "li"), "ix_event_own"),
        ("WRITTEN_BY", ("x",), "ix_event_run"),
        ("APPLIED_SINCE", ("x",), "ix_event_run"),
        ("WITHDRAW", ("case", 1, 1), "ix_outbox_event"),
        ("CASES_OF_CUSTOMER", (1,), "ix_case_customer"),
        ("FIELDS_HELD", ("customer", 1), "own_field"),
        ("OWNED_CASES", ("li",), "ix_case_owner"),
        ("HANDLED_CASES", ("li",), "ix_case_handler"),
        ("HANDED", (), "ix_case_handed"),
    ],
)
def test_single_things_are_found_by_their_keys(
    desk: Desk, name: str, values: tuple[object, ...], index: str
) -> None:
    found = plan(desk, getattr(sql, name), values)
    assert index in found or "sqlite_autoindex" in found
    assert "SCAN case_current" not in found
    assert "Seq Scan" not in found
