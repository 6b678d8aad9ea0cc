"""What a driver's fault is called, where the name depends on what is on the disk."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from cstrack.record.faults import translate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def cannot_open(tmp_path: Path) -> sqlite3.Error:
    with pytest.raises(sqlite3.OperationalError) as fault:
        sqlite3.connect(tmp_path / "nowhere" / "cs.db")
    return fault.value


def test_a_database_that_is_there_and_cannot_be_opened_may_not_be_written(
    tmp_path: Path, cannot_open: sqlite3.Error
) -> None:
    """An upgrade on a read-only disk fails on the files that it needs beside the database."""
    there = tmp_path / "cs.db"
    there.touch()
    refusal = translate(cannot_open, str(there))
    assert refusal is not None
    assert refusal.code == "database-readonly"


def test_a_database_that_is_not_there_cannot_be_reached(tmp_path: Path, cannot_open: sqlite3.Error) -> None:
    refusal = translate(cannot_open, str(tmp_path / "none.db"))
    assert refusal is not None
    assert refusal.code == "database-unreachable"
