"""kill -9 at any moment: what was printed is there, and the record is sound."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

import cstrack
from cstrack.store import migrate
from tests.support.rough import ON_SQLITE, do, killed, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk


@ON_SQLITE
@pytest.mark.parametrize("trials", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_r01_nothing_acknowledged_is_lost_to_a_kill(shell: Shell, desk: Desk, trials: int) -> None:
    chance = Random(20261122)  # noqa: S311  the same moments every time
    for n in range(5):
        do(shell, "open", f"第{n}件", "--at", "30 hours ago")
    numbers, texts, kills = {1, 2, 3, 4, 5}, set(), 0
    pace = (
        0.1  # seconds that a command takes here: found out while killing, so that about every second one dies
    )
    for trial in range(trials):
        number, text = str(chance.choice(sorted(numbers))), f"trial {trial}"
        words = chance.choice(
            (
                ["open", text, "--at", "30 hours ago"],
                ["note", number, "-m", text],
                ["escalate", number, "-m", text],
                ["resolve", number, "-m", text],
                ["sweep"],
            )
        )
        said, died = killed(shell, words, after=pace * chance.uniform(0.5, 1.5))
        pace *= 1.1 if died else 0.9
        kills += died
        if said and words[0] == "open":
            numbers.add(int(said.split()[0].removeprefix("C-")))
        if said and words[0] != "sweep":
            texts.add(text)
    sound(shell)
    told = {
        word
        for row in desk.rows("SELECT words FROM event WHERE words IS NOT NULL")
        for word in row[0].split('"')
    }
    assert texts <= told
    assert kills > trials // 10, "hardly any command was killed: the trials prove nothing"
    assert len(texts) > trials // 20, "hardly any command got through: the trials prove nothing"
    assert numbers <= {row.number for row in desk.listed(status="all")}
    assert desk.rows("PRAGMA integrity_check") == [("ok",)]


# --- durability ---------------------------------------------------------------------------------------------


@ON_SQLITE
def test_r05_every_connection_that_writes_waits_for_the_disk(desk: Desk) -> None:
    with desk.writing() as db:
        ours = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    upgrading = migrate._sqlite(desk.url)
    theirs = [upgrading.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    upgrading.close()
    assert ours == theirs == [2, "wal"]


def test_r05_there_is_no_other_way_to_a_writing_connection() -> None:
    root = Path(cstrack.__file__).parent
    places = {
        str(file.relative_to(root)): file.read_text(encoding="utf-8").count("sqlite3.connect(")
        for file in root.rglob("*.py")
    }
    known = {
        "record/connect.py": 2,  # reading by mode=ro, and open_writing
        "store/migrate.py": 1,
        "record/seen.py": 1,  # a scratch table in memory
        "cli/complete.py": 1,  # mode=ro
    }
    assert {name: count for name, count in places.items() if count} == known
