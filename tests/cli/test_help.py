"""`cstrack help`: a command's page, and the tables that belong to no single command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import cstrack
from cstrack.cli import help_, settings
from cstrack.domain import errors, when
from cstrack.domain.policy import default_policy
from cstrack.render import topics
from cstrack.render.screen import Look

PROGRAM = Path(sys.executable).with_name("cstrack")
NOW = int(datetime.fromisoformat("2026-11-21T17:40:00+08:00").timestamp())


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """The program as a process, with an empty home."""

    def started(*words: str) -> subprocess.CompletedProcess[str]:
        env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        return subprocess.run(
            [PROGRAM, *words], env=env, capture_output=True, text=True, timeout=60, check=False
        )

    return started


@pytest.mark.parametrize("words", [["escalate"], ["audit"], ["audit", "verify"]])
def test_help_on_a_command_is_its_page(run: Any, words: list[str]) -> None:
    assert run("help", *words).stdout == run(*words, "-h").stdout


def test_the_exit_codes_are_these(run: Any) -> None:
    codes = [row["code"] for row in json.loads(run("help", "exit-codes", "--json").stdout)]
    assert codes == [0, 1, 2, 3, 4, 5, 6, 7, 8, 75, 78, 130]


def test_every_refusal_has_an_exit_code_that_is_explained() -> None:
    kinds: list[type[errors.CstrackError]] = [errors.CstrackError, *errors.CstrackError.__subclasses__()]
    statuses = {kind.status for kind in kinds}
    assert statuses <= {row["code"] for row in topics.rows("exit-codes", default_policy())}


def test_a_pipe_gets_a_line_a_row_with_tabs_between(run: Any) -> None:
    lines = run("help", "exit-codes").stdout.splitlines()
    assert lines[-1] == "130\tinterrupted"
    assert {line.count("\t") for line in lines} == {1}


@pytest.mark.parametrize("row", topics.rows("times", default_policy()), ids=lambda row: row["phrase"])
def test_a_phrase_that_help_shows_is_understood_unless_it_says_refused(row: topics.Row) -> None:
    if row["meaning"].startswith("refused"):
        with pytest.raises(errors.Usage):
            when.parse(row["phrase"], now=NOW, zone="Asia/Shanghai", use="moment")
    else:
        assert when.parse(row["phrase"], now=NOW, zone="Asia/Shanghai", use="moment")


def test_the_levels_are_those_of_the_policy(run: Any) -> None:
    rows = json.loads(run("help", "levels", "--json").stdout)
    assert [(row["level"], row["limit"], row["pause_cap"]) for row in rows] == [
        (level, entry["limit"], entry["pause_cap"]) for level, entry in default_policy().levels.items()
    ]
    assert rows[1]["flags"] == ["repeated", "departments", "dissatisfied", "asks-higher"]
    assert rows[2]["channels"] == ["manufacturer", "association", "media", "platform", "regulator"]


def test_the_environment_names_every_key_of_the_configuration() -> None:
    keys = [row["key"] for row in topics.rows("environment", default_policy()) if row["key"]]
    assert sorted(keys) == sorted(settings.KEYS)


def test_the_environment_names_every_variable_that_is_read() -> None:
    package = Path(cstrack.__file__).parent
    files = [package / "__main__.py", *package.glob("cli/*.py")]
    sources = "".join(file.read_text(encoding="utf-8") for file in files)
    for row in topics.rows("environment", default_policy()):
        assert f'"{row["variable"]}"' in sources


@pytest.mark.parametrize("name", help_.TABLES)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_table_fits_the_screen_and_cuts_no_word(name: str, width: int) -> None:
    from rich.cells import cell_len

    text = topics.screen(topics.rows(name, default_policy()), Look(width, colour=False, terminal=True))
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text


def test_an_object_of_every_table_has_the_same_keys_in_each_row(run: Any) -> None:
    for name in help_.TABLES:
        rows = json.loads(run("help", name, "--json").stdout)
        assert {tuple(row) for row in rows} == {tuple(rows[0])}
        assert {row["schema"] for row in rows} == {1}


def test_help_as_json_lists_the_commands(run: Any) -> None:
    rows = json.loads(run("help", "--json").stdout)
    assert rows[0]["command"] == "open"
    assert json.loads(run("help", "audit", "--json").stdout) == [
        row for row in rows if row["command"].startswith("audit ")
    ]


@pytest.mark.parametrize(
    ("words", "near"),
    [(["exit-cods"], "exit-codes"), (["opn"], "open"), (["levels", "now"], "levels")],
)
def test_an_unknown_topic_is_refused_with_the_nearest(run: Any, words: list[str], near: str) -> None:
    done = run("help", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Did you mean {near}?" in done.stderr
