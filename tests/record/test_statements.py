"""Every statement fits the migrated schema, on both databases, and gives what its rows are made of."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from cstrack.domain.events import GLOSSARY, NOTICES
from cstrack.record import connect, rows, sql
from cstrack.store import holdings, migrate, registers, tables  # noqa: F401  declare tables

if TYPE_CHECKING:
    from tests.support.desks import Desk

ON_POSTGRES_ONLY = {"QUEUE_UP", "JUDGE", "JUDGE_ANEW", "TRY_LEASE", "END_LEASE", "DATABASE_LOGIN"}
WHOLE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE) ")
GIVES = {
    rows.CASE_COLUMNS: ("CASES", "CASE", "GROUPED", "GROUPED_LIVE"),
    rows.CLOCK_COLUMNS: ("CLOCKS", "CLOCKS_OF", "ALL_CLOCKS", "CLOCKS_DUE"),
    rows.EVENT_COLUMNS: ("HISTORY", "HISTORIES", "HISTORIES_OF", "HISTORIES_UNTIL", "ALL_EVENTS"),
    rows.INVOCATION_COLUMNS: ("INVOCATIONS", "INVOCATION"),
    rows.POLICY_COLUMNS: ("POLICIES", "POLICY"),
    rows.CUSTOMER_COLUMNS: ("CUSTOMER", "CUSTOMERS"),
    rows.PRODUCT_COLUMNS: ("PRODUCTS",),
    rows.GROUP_COLUMNS: ("GROUPS", "GROUPS_LIVE"),
    ("name", "value", "number", "group_number"): ("ALIKE",),
    rows.STAFF_COLUMNS: ("STAFF",),
    rows.SHIFT_COLUMNS: ("SHIFTS",),
    rows.ATTACHMENT_COLUMNS: ("ATTACHMENTS",),
    rows.FIELD_COLUMNS: ("FIELDS", "FIELDS_OF"),
    rows.REMEDY_COLUMNS: ("REMEDIES", "ALL_REMEDIES"),
}
TABLES = {
    "case_current": rows.CASE_COLUMNS,
    "clock": rows.CLOCK_COLUMNS,
    "event": ("id", *rows.EVENT_COLUMNS),
    "invocation": rows.INVOCATION_COLUMNS,
    "policy": rows.POLICY_COLUMNS,
    "customer_current": rows.CUSTOMER_COLUMNS,
    "product_current": rows.PRODUCT_COLUMNS,
    "group_current": rows.GROUP_COLUMNS,
    "staff": rows.STAFF_COLUMNS,
    "shift": rows.SHIFT_COLUMNS,
    "attachment": rows.ATTACHMENT_COLUMNS,
    "own_field": rows.FIELD_COLUMNS,
    "remedy": rows.REMEDY_COLUMNS,
}


def statements() -> dict[str, str]:
    """Every statement of sql.py by name, and one for each way of narrowing and ordering a list."""
    named = {
        name: text
        for name, text in vars(sql).items()
        if name[0] != "_" and name.isupper() and isinstance(text, str)
    }
    whole = {name: text for name, text in named.items() if WHOLE.match(text)}
    ways = {**sql.NARROWED, **{f"field of {kind}": part for kind, part in sql.WITH_FIELD.items()}}
    narrowed = {f"CASES by {name}": f"{sql.CASES} WHERE {part}" for name, part in ways.items()}
    narrowed |= {
        f"REMEDIES by {name}": f"{sql.REMEDIES} WHERE {part}{sql.WAITING_FIRST}"
        for name, part in sql.REMEDIES_BY.items()
    }
    due = f"{sql.CASES} WHERE {sql.DUE_BY}{sql.IN_ORDER_OF_DUE}"
    live = f"{sql.CASES} WHERE {sql.LIVE}{sql.CRISIS_FIRST}"
    return {**whole, **narrowed, "CASES due": due, "CASES live": live}


def prepared(desk: Desk, name: str, text: str) -> list[str] | None:
    """Prepare a statement; the columns it gives, where it gives any."""
    with desk.reading() as db:
        if desk.kind == connect.SQLITE:
            db.execute(f"EXPLAIN {text}", (None,) * text.count("?"))
            found = db.execute(text, (None,) * text.count("?")) if text.startswith("SELECT") else None
        else:
            numbers = count(1)
            places = re.sub(r"\?", lambda _: f"${next(numbers)}", text)
            db.execute(f"PREPARE one AS {places}")
            nulls = ", ".join(["NULL"] * text.count("?"))
            runs = f"EXECUTE one({nulls})" if nulls else "EXECUTE one"
            found = db.execute(runs) if text.startswith("SELECT") and name not in ON_POSTGRES_ONLY else None
        return [column[0] for column in found.description] if found else None


def test_every_statement_can_be_prepared(desk: Desk) -> None:
    for name, text in statements().items():
        if desk.kind == connect.POSTGRES or name not in ON_POSTGRES_ONLY:
            prepared(desk, name, text)


@pytest.mark.parametrize(("columns", "names"), GIVES.items())
def test_a_statement_gives_the_columns_of_its_row(
    desk: Desk, columns: tuple[str, ...], names: tuple[str, ...]
) -> None:
    for name in names:
        assert prepared(desk, name, statements()[name]) == list(columns), name


def test_every_statement_that_fills_a_row_is_compared_with_it() -> None:
    filling = {name for names in GIVES.values() for name in names}
    wide = {name for name, text in statements().items() if re.match(r"SELECT (\w+, ){3}", text)}
    assert {name for name in wide if not name.startswith(("CASES ", "REMEDIES "))} <= filling


@pytest.mark.parametrize(("table", "columns"), TABLES.items())
def test_a_row_has_the_columns_of_its_table(table: str, columns: tuple[str, ...]) -> None:
    assert [column.name for column in SQLModel.metadata.tables[table].columns] == list(columns)


def test_the_migrated_schema_is_the_one_that_is_declared(desk: Desk) -> None:
    engine = migrate.engine_of(desk.url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    engine.dispose()


def test_the_program_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.scripts()))
    assert ScriptDirectory.from_config(config).get_heads() == [connect.HEAD]


def test_no_table_hangs_its_rows_on_the_life_of_others() -> None:
    keys = [key for table in SQLModel.metadata.tables.values() for key in table.foreign_keys]
    assert {key.ondelete for key in keys} | {key.onupdate for key in keys} == {None}
    assert not tables.Event.metadata.tables["event"].foreign_keys


def test_every_number_of_the_schema_outlives_the_year_2038(postgres_desk: Desk) -> None:
    found = postgres_desk.rows(
        "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name <> 'alembic_version'"
    )
    assert sorted(found) == [("bigint",), ("bytea",), ("text",)]


def test_an_id_is_never_given_again(sqlite_desk: Desk) -> None:
    made = sqlite_desk.rows("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name")
    assert made == [("event",), ("outbox",)]


def test_somebody_is_told_of_events_that_exist() -> None:
    assert set(NOTICES) <= set(GLOSSARY["case"])
