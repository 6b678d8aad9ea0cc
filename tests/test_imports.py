"""Everyday commands load none of the heavy libraries, and Rich only where a terminal is there to see it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import environment

if TYPE_CHECKING:
    from tests.support.desks import Desk

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "questionary"}

PROBE = """
import os, sys

def leave(code, leave=os._exit):
    with open(os.environ["PROBE"], "w") as file:
        loaded = {name.partition(".")[0] for name in sys.modules}
        drawing = {"rich.console", "rich.text", "rich.table"} & set(sys.modules)
        file.write(" ".join(loaded if drawing else loaded - {"rich"}))  # rich.cells alone measures widths
    sys.stdout.flush()
    leave(code)

os._exit = leave
from cstrack.__main__ import main
main()
leave(0)
"""
"""The program in its own process; whichever way it leaves, it first writes down what it had loaded."""

READING = [
    ["overdue"],
    ["overdue", "--today", "--json"],
    ["overdue", "--clocks", "--csv"],
    ["overdue", "--at", "-1h"],
    ["list"],
    ["list", "--jsonl"],
    ["show", "1"],
    ["show", "1", "--json"],
    ["timeline", "1"],
    ["timeline", "1", "--json"],
    ["why", "1"],
    ["why", "1", "--json"],
    ["staff", "list"],
    ["staff", "list", "--json"],
    ["store", "list"],
    ["duty", "now"],
    ["handover", "list"],
    ["remedy", "list", "--waiting"],
    ["group", "list"],
    ["group", "list", "--suggested", "--json"],
    ["group", "show", "1"],
]
WRITING = [
    ["open", "空调不制冷", "--phone", "13800000000", "--category", "service.repair"],
    ["note", "1", "-m", "x"],
    ["escalate", "1", "-m", "x"],
    ["escalate", "7", "-m", "refused"],
    ["handover", "--to", "wang", "-m", "x"],
    ["transfer", "1", "--store", "refused", "-m", "x"],
    ["remedy", "ask", "1", "voucher", "--amount", "50"],
    ["approve", "1", "-m", "x"],
    ["set", "1", "--field", "size=12"],
    ["sweep"],
    ["sweep", "--dry-run"],
    ["merge", "1", "7", "-m", "x"],
    ["link", "1", "1"],
    ["undo"],
    ["group", "add", "1,2"],
    ["group", "edit", "1", "--name", "x"],
    ["group", "drop", "1", "1,2", "-m", "x"],
]
WITHOUT_A_DESK = [
    ["--version"],
    ["--help"],
    ["overdue", "--help"],
    ["completion", "bash"],
    ["completion", "zsh"],
    ["__complete", "show", ""],
    ["when", "tomorrow 9am"],
    ["help", "exit-codes"],
    ["no-such-command"],
]


def named(words: list[str]) -> str:
    return " ".join(words)


def loaded(words: list[str], tmp_path: Path, url: str | None, stdout: int = subprocess.DEVNULL) -> set[str]:
    """The packages that a command had loaded when it left."""
    told = tmp_path / "modules"
    env = environment(tmp_path, url, PROBE=str(told))
    env = {name: value for name, value in env.items() if not name.startswith("COV")}  # it loads much itself
    subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        env={**env, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    return set(told.read_text(encoding="utf-8").split())


def check_light(words: list[str], tmp_path: Path, desk: Desk) -> None:
    desk.open(-3600, phone="13800000000")
    modules = loaded(words, tmp_path, desk.url)
    assert "typer" in modules
    assert modules & (HEAVY | {"rich"}) == set()


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=named)
def test_everyday_commands_load_nothing_heavy_and_no_rich(
    words: list[str], tmp_path: Path, sqlite_desk: Desk
) -> None:
    check_light(words, tmp_path, sqlite_desk)


@pytest.mark.parametrize("words", [READING[0], READING[8], *WRITING[:2], WRITING[4], ["sweep"]], ids=named)
def test_on_postgresql_they_load_nothing_heavy_either(
    words: list[str], tmp_path: Path, postgres_desk: Desk
) -> None:
    check_light(words, tmp_path, postgres_desk)


@pytest.mark.parametrize("words", WITHOUT_A_DESK, ids=named)
def test_help_and_completion_load_nothing_heavy_and_no_rich(words: list[str], tmp_path: Path) -> None:
    modules = loaded(words, tmp_path, str(tmp_path / "none.db"))
    assert "cstrack" in modules
    assert modules & (HEAVY | {"rich"}) == set()


@pytest.mark.parametrize("words", [["--version"], ["__complete", "show", ""]], ids=named)
def test_version_and_completed_numbers_are_there_before_typer(words: list[str], sqlite_desk: Desk) -> None:
    sqlite_desk.open()
    assert "typer" not in loaded(words, Path(sqlite_desk.url).parent, sqlite_desk.url)


@pytest.mark.parametrize("words", [["overdue"], ["list"], ["show", "1"], ["timeline", "1"]], ids=named)
def test_a_terminal_gets_its_screen_without_anything_heavy(words: list[str], sqlite_desk: Desk) -> None:
    sqlite_desk.open()
    master, slave = os.openpty()
    modules = loaded(words, Path(sqlite_desk.url).parent, sqlite_desk.url, stdout=slave)
    os.close(slave)
    os.close(master)
    assert modules & HEAVY == set()


def test_the_probe_sees_what_is_loaded(tmp_path: Path) -> None:
    modules = loaded(["open", "the first case makes the desk"], tmp_path, str(tmp_path / "new.db"))
    assert modules >= {"alembic", "sqlalchemy", "sqlmodel"}
