"""`cstrack timeline` as a process: the screen at a terminal, lines elsewhere, JSON."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pyte
import pytest

from tests.support.cli import Shell, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.cli import Done

    Run = Callable[..., Done]

KEYS = ["schema", "number", "seq", "type", "at", "recorded_at", "actor", "summary", "facts", "words"]
KEYS += ["undone"]
NOW = "2026-11-20 17:40"
COLUMNS, ROWS = 80, 40


def shell_at(folder: Path) -> Shell:
    return Shell(folder, str(folder / "desk.db"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one case: opened, proposed, a note typed later for an earlier time, ran out."""
    folder = tmp_path_factory.mktemp("desk")
    hostile = "[/foo] \x1b[31mred\x1b[0m"
    orders = [
        ("2026-11-19 09:05", "open", "空调不制冷", "--customer", "张三", "--channel", "phone"),
        ("2026-11-19 09:20", "propose", "1", "-m", "换压缩机", "--by", "2026-11-20 17:00"),
        ("2026-11-20 10:00", "contact", "1", "--out", "--channel", "phone", "-m", "明天上午完工"),
        ("2026-11-19 10:00", "note", "1", "-m", hostile),
    ]
    for at, *words in orders:
        done = shell_at(folder)(*words, "--at", at, CSTRACK_USER="李雷")
        assert (done.code, done.err) == (0, "")
    return folder


@pytest.fixture
def run(desk: Path) -> Run:
    return lambda *words: shell_at(desk)("timeline", *words)


@pytest.fixture
def terminal(desk: Path) -> Callable[..., str]:
    """What the command writes to a terminal of 80 columns."""

    def written(*words: str, **more: str) -> str:
        around = environment(desk, str(desk / "desk.db"), TERM="xterm-256color", **more)
        variables = [f"{name}={value}" for name, value in around.items()]
        command = ["-i", *variables, sys.executable, "-m", "cstrack", "timeline", *words]
        shell = pexpect.spawn(
            "/usr/bin/env", command, dimensions=(ROWS, COLUMNS), encoding="utf-8", timeout=30
        )
        text: str = shell.read()
        shell.close()
        assert shell.exitstatus == 0
        return text

    return written


def seen(text: str) -> pyte.Screen:
    """The terminal after this was written to it."""
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.Stream(screen).feed(text)
    return screen


def shown(screen: pyte.Screen) -> list[str]:
    return [line.rstrip() for line in screen.display]


def objects(run: Run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(*words, "--json").json
    return found


def test_the_screen_answers_in_its_first_lines(terminal: Callable[..., str]) -> None:
    first, second, third, fourth, *_rest = shown(seen(terminal("1", "--at", NOW)))
    assert first.startswith("C-1  空调不制冷")
    assert first.endswith("in progress · level 2 · no owner · for 张三")
    assert second.startswith("level 2, 48 h  █")
    assert second.endswith("17 % · due Sun 22 Nov 09:05, in 39 h 25")
    assert (third, fourth) == ("", "Thu 19 Nov")


def test_the_screen_is_in_order_of_what_happened(terminal: Callable[..., str]) -> None:
    found = [line[:11] for line in shown(seen(terminal("1", "--at", NOW))) if line[1:3] == ". "]
    assert found == ["1. 09:05   ", "2. 09:20   ", "5. 10:00   ", "3. 09:05 !^", "4. 10:00   "]


def test_level_and_breach_marks_are_signs_and_coloured_too(terminal: Callable[..., str]) -> None:
    screen = seen(terminal("1", "--at", NOW))
    row = next(at for at, line in enumerate(shown(screen)) if "time limit" in line)
    marks = [screen.buffer[row][column] for column in (9, 10)]
    assert [(mark.data, mark.fg) for mark in marks] == [("!", "red"), ("^", "brown")]


def test_r17_nothing_that_was_typed_drives_the_terminal(terminal: Callable[..., str]) -> None:
    screen = seen(terminal("1", "--at", NOW))
    row, line = next((at, line) for at, line in enumerate(shown(screen)) if "[/foo]" in line)
    assert line.strip() == '"[/foo] \\x1b[31mred\\x1b[0m"'
    assert {screen.buffer[row][column].fg for column in range(COLUMNS)} == {"default"}


def test_a_terminal_without_colour_gets_none(terminal: Callable[..., str]) -> None:
    text = terminal("1", "--at", NOW, NO_COLOR="1")
    assert "\x1b" not in text
    assert "!^ level 1 -> 2, time limit" in text


def test_off_a_terminal_it_is_a_line_an_entry_in_order_of_the_record(run: Run) -> None:
    rows = [line.split("\t") for line in run("1").out.splitlines()]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[1] == [
        "2",
        "2026-11-19T09:20:00+08:00",
        "proposed",
        "李雷",
        "proposal for Fri 20 Nov 17:00, 李雷",
    ]
    assert rows[2] == ["3", "2026-11-20T09:05:00+08:00", "escalated", "system", "level 1 -> 2, time limit"]


def test_the_json_has_these_keys_in_order_of_the_record(run: Run) -> None:
    found = objects(run, "1")
    assert [list(entry) for entry in found] == [KEYS] * 5
    assert [entry["seq"] for entry in found] == [1, 2, 3, 4, 5]
    assert {entry["schema"] for entry in found} == {1}
    assert {entry["number"] for entry in found} == {1}


def test_the_json_says_when_it_happened_and_when_it_was_typed(run: Run) -> None:
    note = objects(run, "1")[4]
    assert note["at"] == "2026-11-19T02:00:00Z"
    assert note["recorded_at"] > "2026-11-20T00:00:00Z"
    assert (note["type"], note["actor"], note["summary"]) == ("noted", "李雷", "note, 李雷")
    assert (note["facts"], note["words"]) == ({}, {"text": "[/foo] \x1b[31mred\x1b[0m"})


def test_times_among_the_facts_are_dates_in_json(run: Run) -> None:
    assert objects(run, "1")[1]["facts"]["by"] == "2026-11-20T09:00:00Z"


def test_json_lines_are_the_same_objects(run: Run) -> None:
    assert [json.loads(line) for line in run("1", "--jsonl").out.splitlines()] == objects(run, "1")


def test_fields_pick_and_a_wrong_one_is_refused(run: Run) -> None:
    assert objects(run, "1", "--fields", "seq,type")[0] == {"seq": 1, "type": "opened"}
    wrong = run("1", "--fields", "seq,summry")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean summary?" in wrong.err


def test_a_format_of_ones_own_is_filled(run: Run) -> None:
    assert run("1", "--format", "{seq}:{type}").out.splitlines()[1] == "2:proposed"


def test_csv_holds_facts_and_words_as_json(run: Run) -> None:
    import csv

    header, *rows = csv.reader(run("1", "--csv").out.splitlines())
    assert header == KEYS
    assert json.loads(rows[1][8])["by"] == "2026-11-20T09:00:00Z"
    assert json.loads(rows[1][9]) == {"text": "换压缩机"}


def test_an_earlier_moment_shows_what_had_happened_by_then(run: Run, terminal: Callable[..., str]) -> None:
    earlier = "2026-11-19 12:00"
    assert [entry["seq"] for entry in objects(run, "1", "--at", earlier)] == [1, 2, 5]
    first = shown(seen(terminal("1", "--at", earlier)))[0]
    assert first.endswith("in progress · level 1 · 李雷 for 张三")


def test_a_case_that_is_not_there_is_exit_3(run: Run, tmp_path: Path) -> None:
    before = run("1", "--at", "2026-11-18 12:00")
    for done in (run("C-99"), before, shell_at(tmp_path)("timeline", "1")):
        assert (done.code, done.out) == (3, "")
        assert "there is no case C-" in done.err


def test_erased_words_are_null(tmp_path: Path) -> None:
    shell = shell_at(tmp_path)
    assert shell("open", "空调", "--channel", "phone").code == 0
    assert shell("note", "1", "-m", "secret").code == 0
    with sqlite3.connect(tmp_path / "desk.db") as database:
        database.execute("UPDATE event SET words = NULL WHERE type = 'noted'")
    database.close()
    found = shell("timeline", "1", "--json").json
    assert [entry["words"] for entry in found] == [{"subject": "空调"}, None]


def test_it_loads_nothing_heavy_and_no_rich_for_a_pipe(desk: Path) -> None:
    program = (
        "import sys, os; os._exit = lambda code: None\n"
        "sys.argv = ['cstrack', 'timeline', '1']\n"
        "from cstrack.__main__ import main; main()\n"
        "heavy = ('sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'questionary', 'rich')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)\n"
    )
    around = environment(desk, str(desk / "desk.db"))
    done = subprocess.run(
        [sys.executable, "-c", program], env=around, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
