"""The sample desk: about forty cases around a fixed moment, shown and left to be looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import Shell

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = ("--at", "2026-11-21 17:40")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_the_demo_shows_a_list_a_timeline_and_what_to_type_next(shell: Shell) -> None:
    done = shell("demo", TMPDIR=str(shell.home)).ok
    assert "$ cstrack overdue --today" in done.out
    assert "空调不制冷，返修两次未解决" in done.out
    assert "level 1 -> 2, time limit" in done.out
    where = re.search(r"export CSTRACK_DATABASE_URL=(\S+)", done.out)
    assert where is not None
    follow = [line.strip() for line in done.out.splitlines() if line.startswith("  cstrack ")]
    assert len(follow) >= 4


def test_what_it_says_to_type_next_works(shell: Shell) -> None:
    import shlex

    done = shell("demo", "--db", str(shell.home / "demo.db")).ok
    follow = [line.strip() for line in done.out.splitlines() if line.startswith("  cstrack ")]
    for line in follow:
        shell(*shlex.split(line)[1:], CSTRACK_DATABASE_URL=str(shell.home / "demo.db")).ok  # noqa: B018


def test_its_desk_is_whole_and_has_about_forty_cases_in_every_state(shell: Shell) -> None:
    desk = str(shell.home / "demo.db")
    made = shell("demo", "--db", desk, "--json").json
    assert 38 <= made["cases"] <= 46
    assert made["at"] == "2026-11-21T09:40:00Z"
    assert shell("doctor", "--db", desk, "--json").json["findings"] == []
    listed = shell("list", "--status", "all", "--db", desk, "--json", *MOMENT).json
    assert {case["status"] for case in listed} == {"open", "waiting", "agreed", "resolved", "closed"}
    assert {case["level"] for case in listed} == {1, 2, 3}
    late = shell("overdue", "--today", "--db", desk, "--json", *MOMENT).json
    assert {row["clock"] for row in late} >= {"first-response", "plan", "level", "next-update"}


def test_it_is_the_same_desk_every_time(shell: Shell) -> None:
    lists = []
    for name in ("one.db", "two.db"):
        shell("demo", "--db", str(shell.home / name), "--json").ok  # noqa: B018
        lists.append(shell("list", "--status", "all", "--db", str(shell.home / name), "--json", *MOMENT).out)
    assert lists[0] == lists[1]


def test_it_never_writes_into_a_desk_that_is_there(shell: Shell) -> None:
    desk = str(shell.home / "mine.db")
    shell("open", "空调不制冷", "--db", desk).ok  # noqa: B018
    done = shell("demo", "--db", desk)
    assert done.code == 4
    assert "holds a desk already" in done.err
    assert len(shell("list", "--db", desk, "--json").json) == 1


def test_the_desk_of_the_environment_is_left_alone(shell: Shell) -> None:
    mine = shell.home / "mine.db"
    shell("demo", "--json", CSTRACK_DATABASE_URL=str(mine), TMPDIR=str(shell.home)).ok  # noqa: B018
    assert not mine.exists()
