"""What is recorded stays: only the words of an event can be erased, and nothing else with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.decide import talk
from cstrack.record import audit
from cstrack.record.rows import EVENT_COLUMNS, INVOCATION_COLUMNS

if TYPE_CHECKING:
    from tests.support.desks import Desk

NUMBERS = ("id", "stream_no", "seq", "version", "at", "recorded_at", "actor_level")
REFUSED = r"never|append-only"


def other(column: str) -> str:
    """An expression that gives this column another value."""
    if column == "actor_level":
        return "7"
    if column in NUMBERS:
        return f"{column} + 70"
    return "'person?'" if column == "source" else f"{column} || 'x'"


def attempt(desk: Desk, statement: str) -> None:
    """Try a statement on a desk with two events; nothing may come of it."""
    desk.open()
    desk.does(talk.note, 60, text="parts ordered")
    before = desk.everything()
    with desk.writing() as db, pytest.raises(Exception, match=REFUSED):
        db.execute(statement)
    assert desk.everything() == before


@pytest.mark.parametrize("column", ["id", *(name for name in EVENT_COLUMNS if name != "cause")])
def test_no_column_of_an_event_is_changed(desk: Desk, column: str) -> None:
    attempt(desk, f"UPDATE event SET {column} = {other(column)} WHERE type = 'noted'")


def test_a_cause_is_not_changed(desk: Desk) -> None:
    attempt(desk, "UPDATE event SET cause = 'rule' WHERE type = 'noted'")


@pytest.mark.parametrize("column", [name for name in EVENT_COLUMNS if name not in ("words", "cause")])
def test_nothing_is_changed_together_with_the_words(desk: Desk, column: str) -> None:
    attempt(desk, f"UPDATE event SET words = NULL, {column} = {other(column)} WHERE type = 'noted'")


def test_words_are_erased_and_the_chain_still_holds(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, 60, text="parts ordered")
    with desk.writing() as db, db.transaction():
        db.execute("UPDATE event SET words = NULL")
    with desk.reading() as db:
        assert audit.verify(db).broken == []
    assert desk.rows("SELECT words FROM event") == [(None,), (None,)]
    desk.does(talk.note, 120, text="still built upon")


def test_erased_words_do_not_come_back(desk: Desk) -> None:
    desk.open()
    with desk.writing() as db, pytest.raises(Exception, match=REFUSED):
        db.execute("UPDATE event SET words = NULL")
        db.execute("UPDATE event SET words = '{}'")


@pytest.mark.parametrize("table", ["event", "invocation"])
def test_nothing_is_deleted(desk: Desk, table: str) -> None:
    attempt(desk, f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.parametrize("column", INVOCATION_COLUMNS)
def test_no_run_is_changed(desk: Desk, column: str) -> None:
    attempt(desk, f"UPDATE invocation SET {column} = {other(column)}")


@pytest.mark.parametrize("table", ["event", "invocation"])
def test_no_table_is_emptied(postgres_desk: Desk, table: str) -> None:
    attempt(postgres_desk, f"TRUNCATE {table}")


@pytest.mark.parametrize("table", ["event", "invocation"])
def test_no_row_is_replaced(sqlite_desk: Desk, table: str) -> None:
    attempt(sqlite_desk, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


def test_no_event_takes_the_place_of_another_under_a_new_id(sqlite_desk: Desk) -> None:
    columns = ", ".join(EVENT_COLUMNS)
    attempt(sqlite_desk, f"INSERT OR REPLACE INTO event ({columns}) SELECT {columns} FROM event")  # noqa: S608


@pytest.mark.parametrize("table", ["event", "invocation"])
def test_no_row_is_updated_by_way_of_a_conflict(desk: Desk, table: str) -> None:
    changed = "actor = 'x'" if table == "event" else "login = 'x'"
    insert = f"INSERT INTO {table} SELECT * FROM {table} WHERE true"  # noqa: S608
    attempt(desk, f"{insert} ON CONFLICT (id) DO UPDATE SET {changed}")
