"""Making and upgrading a database: all of it or nothing, one program at a time."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from cstrack.domain.decide import talk
from cstrack.record import connect
from cstrack.store import migrate
from tests.support.desks import SETTINGS, Desk, empty_schema

SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"


def schema(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as file:
        return file.execute(SCHEMA).fetchall()


def test_a_new_database_holds_the_desk_that_it_was_made_for(tmp_path: Path) -> None:
    path = tmp_path / "cs.db"
    migrate.upgrade(str(path), {"zone": "Europe/London", "currency": "GBP"})
    migrate.upgrade(str(path), SETTINGS)
    with sqlite3.connect(path) as file:
        assert dict(file.execute("SELECT key, value FROM desk")) == {
            "zone": "Europe/London",
            "currency": "GBP",
        }


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.85, 0.99])
def test_an_upgrade_that_dies_in_the_middle_leaves_nothing_and_can_be_tried_again(
    tmp_path: Path, share: float
) -> None:
    whole, torn = tmp_path / "whole.db", tmp_path / "torn.db"
    total = _statements(whole, None)
    with pytest.raises(ConnectionAbortedError):
        _statements(torn, int(total * share))
    assert schema(torn) == []
    migrate.upgrade(str(torn), SETTINGS)
    assert schema(torn) == schema(whole)


def _statements(path: Path, last: int | None) -> int:
    """Upgrade, counting the statements; abort before one of them."""
    made = migrate.engine_of(str(path))
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1
        if count == last:
            raise ConnectionAbortedError

    original = migrate.engine_of
    event.listen(made, "before_cursor_execute", counted)
    try:
        migrate.engine_of = lambda url: made  # noqa: ARG005  called by its name
        migrate.upgrade(str(path), SETTINGS)
    finally:
        migrate.engine_of = original
    return count


def test_programs_that_make_one_database_at_once_all_find_it_whole(tmp_path: Path) -> None:
    script = "import sys; from cstrack.store import migrate; migrate.upgrade(sys.argv[1], {'zone': 'UTC'})"
    path = tmp_path / "cs.db"
    connect.make_private(str(path))
    started = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(4)]
    assert [one.wait(timeout=60) for one in started] == [0, 0, 0, 0]
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [(connect.HEAD,)]


def test_first_writers_at_once_all_get_a_number(tmp_path: Path) -> None:
    from tests.support.cli import SCRIPT, environment

    there = environment(tmp_path, str(tmp_path / "new" / "cs.db"))
    command = [str(SCRIPT), "open", "空调不制冷"]
    started = [
        subprocess.Popen(command, env=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = [one.communicate(timeout=60) for one in started]
    assert sorted(out.split()[0] for out, _err in answers) == ["C-1", "C-2", "C-3", "C-4"], answers


def test_postgresql_is_upgraded_once_however_often_it_is_asked() -> None:
    with empty_schema() as url:
        migrate.upgrade(url, SETTINGS)
        migrate.upgrade(url, {"zone": "UTC", "currency": "EUR"})
        assert dict(Desk(url).rows("SELECT key, value FROM desk")) == SETTINGS


def test_rows_that_lost_their_case_stop_an_upgrade(sqlite_desk: Desk) -> None:
    path = Path(connect.path_of(sqlite_desk.url))
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO customer_key (kind, value, customer_number) VALUES ('phone', '1', 99)")
    from cstrack.domain.errors import CstrackError

    with pytest.raises(CstrackError) as refused:
        migrate.upgrade(str(path), SETTINGS)
    assert (refused.value.code, refused.value.facts["table"]) == ("migration-orphans", "customer_key")


def test_events_survive_an_upgrade_byte_by_byte(sqlite_desk: Desk, tmp_path: Path) -> None:
    sqlite_desk.open(name="张三", phone="13800000000")
    before = _digest(sqlite_desk)
    copy = tmp_path / "copy.db"
    shutil.copyfile(connect.path_of(sqlite_desk.url), copy)
    migrate.upgrade(str(copy), SETTINGS)
    assert _digest(Desk(str(copy))) == before


def test_a_desk_of_the_first_schema_keeps_its_events_and_learns_which_clocks_inform(desk: Desk) -> None:
    """The columns that came later say what its clocks did all along."""
    desk.open()
    before, clocks = _digest(desk), desk.rows("SELECT kind, informs FROM clock ORDER BY n")
    with desk.writing() as db, db.transaction():
        for statement in BACK_TO_THE_FIRST:
            db.execute(statement)
    migrate.upgrade(desk.url, SETTINGS)
    assert _digest(desk) == before
    assert desk.rows("SELECT kind, informs FROM clock ORDER BY n") == clocks
    assert ("total", 1) in clocks
    desk.does(talk.note, 60, text="still built upon")


def test_a_desk_of_the_second_schema_keeps_its_events(desk: Desk) -> None:
    desk.open()
    before = _digest(desk)
    with desk.writing() as db, db.transaction():
        for statement in BACK_TO_THE_SECOND:
            db.execute(statement)
    migrate.upgrade(desk.url, SETTINGS)
    assert _digest(desk) == before
    desk.does(talk.note, 60, text="still built upon")
    desk.is_sound()


BACK_TO_THE_SECOND = (
    *(f"DROP TABLE {name}" for name in ("shift", "staff", "store", "attachment", "blob", "remedy")),
    *(f"DROP TABLE {name}" for name in ("own_field", "group_current")),
    *(
        f"DROP INDEX ix_case_{name}"
        for name in ("owner", "handler", "handed", "sent", "unowned", "group", "opened")
    ),
    *(f"DROP INDEX {name}" for name in ("ix_event_own", "ix_event_run", "ix_outbox_event")),
    *(
        f"ALTER TABLE case_current DROP COLUMN {name}"
        for name in (
            "store",
            "against",
            "handed_to",
            "sent_to",
            "stage",
            "unowned_since",
            "merged_into",
            "group_number",
        )
    ),
    "UPDATE alembic_version SET version_num = '0002'",
)
BACK_TO_THE_FIRST = (
    *BACK_TO_THE_SECOND,
    "DROP TABLE policy",
    "ALTER TABLE clock DROP COLUMN informs",
    "ALTER TABLE clock DROP COLUMN provisional",
    "ALTER TABLE case_current DROP COLUMN next_provisional",
    "DELETE FROM counter WHERE kind = 'policy'",
    "UPDATE alembic_version SET version_num = '0001'",
)


def _digest(desk: Desk) -> str:
    return hashlib.sha256(repr(desk.rows("SELECT * FROM event ORDER BY id")).encode()).hexdigest()
