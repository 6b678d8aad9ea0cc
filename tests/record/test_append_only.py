"""What is recorded stays: only the words of an event can be erased, and nothing else with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.decide import talk
from cstrack.record import audit, policies
from cstrack.record.rows import EVENT_COLUMNS, INVOCATION_COLUMNS, POLICY_COLUMNS, PolicyRow

if TYPE_CHECKING:
    from tests.support.desks import Desk

NUMBERS = ("id", "stream_no", "seq", "version", "at", "recorded_at")
REFUSED = r"never|append-only"
WORDS_GONE = "UPDATE event SET words = NULL"


def other(table: str, column: str) -> str:
    """An assignment that gives this column another value."""
    if column in NUMBERS and (table, column) != ("invocation", "id"):
        return f"{column} = {column} + 70"
    fixed = {"actor_level": "7", "source": "'x'", "cause": "'rule'"}
    return f"{column} = " + fixed.get(column, f"{column} || 'x'")


def attempt(desk: Desk, *statements: str) -> None:
    """Try statements on a desk with two events; nothing may come of any."""
    desk.open()
    desk.does(talk.note, 60, text="parts ordered")
    with desk.writing() as db, db.transaction():
        policies.add(db, PolicyRow(2, "own", "{}", "", "", 0, "li", None))
    before = desk.everything()
    for statement in statements:
        with desk.writing() as db, pytest.raises(Exception, match=REFUSED):
            db.execute(statement)
        assert desk.everything() == before, statement


def test_no_column_of_an_event_is_changed(desk: Desk) -> None:
    columns = ["id", *EVENT_COLUMNS]
    attempt(desk, *(f"UPDATE event SET {other('event', name)} WHERE seq = 2" for name in columns))  # noqa: S608


def test_nothing_is_changed_together_with_the_words(desk: Desk) -> None:
    columns = ["id", *(name for name in EVENT_COLUMNS if name != "words")]
    attempt(desk, *(f"{WORDS_GONE}, {other('event', name)} WHERE seq = 2" for name in columns))


def test_words_are_erased_and_the_chain_still_holds(desk: Desk) -> None:
    desk.open()
    desk.does(talk.note, 60, text="parts ordered")
    with desk.writing() as db, db.transaction():
        db.execute(WORDS_GONE)
    with desk.reading() as db:
        assert audit.verify(db).broken == []
    assert desk.rows("SELECT words FROM event") == [(None,), (None,)]
    desk.does(talk.note, 120, text="still built upon")


def test_erased_words_do_not_come_back(desk: Desk) -> None:
    desk.open()
    with desk.writing() as db:
        db.execute(WORDS_GONE)
        with pytest.raises(Exception, match=REFUSED):
            db.execute("UPDATE event SET words = '{}'")


@pytest.mark.parametrize("table", ["event", "invocation", "policy"])
def test_nothing_is_deleted(desk: Desk, table: str) -> None:
    attempt(desk, f"DELETE FROM {table}")  # noqa: S608


def test_no_column_of_a_run_is_changed(desk: Desk) -> None:
    attempt(desk, *(f"UPDATE invocation SET {other('invocation', name)}" for name in INVOCATION_COLUMNS))  # noqa: S608


def test_no_column_of_a_policy_is_changed(desk: Desk) -> None:
    numbers = ("version", "at")
    changes = [f"{name} = {name} + 70" if name in numbers else f"{name} = 'x'" for name in POLICY_COLUMNS]
    attempt(desk, *(f"UPDATE policy SET {change}" for change in changes))  # noqa: S608


@pytest.mark.parametrize("table", ["event", "invocation", "policy"])
def test_no_table_is_emptied(postgres_desk: Desk, table: str) -> None:
    attempt(postgres_desk, f"TRUNCATE {table}")


@pytest.mark.parametrize("table", ["event", "invocation", "policy"])
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
