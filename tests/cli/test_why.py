"""`cstrack why` as a process: the arithmetic of a case that paused and was handed up."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cli import runner

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

KEYS = ["kind", "name", "cycle", "level", "policy", "calendar", "limit", "started_at", "started_by", "pauses"]
KEYS += ["moved", "due_at", "state", "stopped_at", "stopped_by", "verdict", "left_s"]
KEYS += ["since", "calendar_zone", "provisional", "days", "marks"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """C-1, from Thursday 13 March 2025: planned, paused for the supplier, handed up by its time limit."""
    run = runner(tmp_path_factory.mktemp("desk"), CSTRACK_USER="李雷")
    words = ["--customer", "张三", "--channel", "phone", "--at", "2025-03-13 09:05"]
    run("open", "空调不制冷，返修两次未解决", *words)
    run("propose", "1", "-m", "换压缩机", "--by", "2025-03-14 17:00", "--at", "2025-03-13 09:20")
    run("pause", "1", "--waiting-for", "supplier", "--until", "2025-03-14 18:00", "--at", "2025-03-13 14:05")
    run("resume", "1", "--at", "2025-03-14 09:05")
    run("assign", "1", "王主管", "--at", "2025-03-15 10:00")
    run("open", "other", "--channel", "letter", "--at", "2025-03-15 11:00")
    return run


AT = ("--at", "2025-03-15T17:40:00+08:00")


def blocks(done: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    """By the name of its clock, the lines of each sum."""
    assert done.stderr == ""
    parts = [part.split("\n") for part in done.stdout.split("\n\n")]
    return {part[0].split(" · ")[0]: part[1:] for part in parts if len(part) > 1 and " · policy " in part[0]}


def test_the_sum_of_a_clock_that_was_paused_and_ran_out(run: Run) -> None:
    assert blocks(run("why", "1", *AT))["level 1, 24 h"] == [
        "  starts    Thu 13 Mar 09:05  opened at level 1 by 李雷",
        "  + limit   Fri 14 Mar 09:05  24 h, calendar hours",
        "  + paused  Sat 15 Mar 04:05  19 h, Thu 13 Mar 14:05 to Fri 14 Mar 09:05, waiting for the supplier",
        "  = due     Sat 15 Mar 04:05  breached",
        "  stopped   Sat 15 Mar 04:05  level 1 -> 2, time limit (a rule of the policy)",
    ]


def test_the_sum_of_the_clock_that_runs_now(run: Run) -> None:
    assert blocks(run("why", "1", *AT))["level 2, 48 h"] == [
        "  starts    Sat 15 Mar 04:05  level 1 -> 2, time limit",
        "  + limit   Mon 17 Mar 04:05  48 h, calendar hours",
        "  = due     Mon 17 Mar 04:05  in 34 h 25",
        "  warns     Sun 16 Mar 04:05  at 50 %; at 75 %: Sun 16 Mar 16:05; 1 h before: Mon 17 Mar 03:05",
    ]


def test_an_earlier_moment_is_explained_as_it_was(run: Run) -> None:
    found = blocks(run("why", "1", "--at", "2025-03-13T15:00:00+08:00"))
    assert "level 2, 48 h" not in found
    planned = "27 h 55, Thu 13 Mar 14:05 to Fri 14 Mar 18:00 at the latest, waiting for the supplier"
    assert found["level 1, 24 h"][2:] == [
        f"  + paused  Sat 15 Mar 13:00  {planned}",
        "  = due     Sat 15 Mar 13:00  paused until Fri 14 Mar 18:00, 19 h left then",
        "  warns     Sat 15 Mar 01:00  at 50 %; at 75 %: Sat 15 Mar 07:00; 1 h before: Sat 15 Mar 12:00",
    ]


def clocks_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.stdout)["clocks"]
    return found


def test_the_object_has_exactly_these_keys(run: Run) -> None:
    done = run("why", "1", "--json", *AT)
    found = json.loads(done.stdout)
    assert list(found) == ["schema", "number", "ref", "clocks"]
    assert (found["schema"], found["number"], found["ref"]) == (1, 1, "C-1")
    assert [list(clock) for clock in found["clocks"]] == [KEYS] * 6
    assert list(found["clocks"][2]["pauses"][0]) == ["from", "to", "s", "open_s", "waiting_for"]


def test_the_numbers_of_each_clock_add_up(run: Run) -> None:
    for clock in clocks_of(run("why", "1", "--json", *AT)):
        start, ends = (datetime.fromisoformat(clock[key]).timestamp() for key in ("started_at", "due_at"))
        limit = int(clock["limit"].rstrip("wh")) * 3600
        if clock["days"] is None:
            assert start + limit + sum(pause["s"] for pause in clock["pauses"]) == ends
        else:
            assert sum(day["used_s"] for day in clock["days"]) == limit
        assert clock["moved"] == []


def test_show_and_why_agree_about_every_clock(run: Run) -> None:
    shared = ("kind", "level", "cycle", "started_at", "due_at", "stopped_at", "verdict", "state", "left_s")
    shown = clocks_of(run("show", "1", "--json", *AT))
    explained = clocks_of(run("why", "1", "--json", *AT))
    assert [[c[key] for key in shared] for c in shown] == [[c[key] for key in shared] for c in explained]


def test_several_cases_give_a_list(run: Run) -> None:
    assert [one["ref"] for one in json.loads(run("why", "1-2", "--json").stdout)] == ["C-1", "C-2"]


def test_several_cases_are_set_apart_by_a_blank_line(run: Run) -> None:
    assert "timeline C-1\n\nC-2  other" in run("why", "1,2", *AT).stdout


def test_all_shows_what_was_started_anew(tmp_path: Path) -> None:
    own = runner(tmp_path, CSTRACK_USER="李雷")
    own("open", "x", "--flag", "dissatisfied", "--channel", "letter", "--at", "2025-03-13 09:00")
    own("contact", "1", "--out", "-m", "x", "--at", "2025-03-13 10:00")
    assert "1 more that stopped earlier: cstrack why C-1 --all\n" in own("why", "1").stdout
    assert own("why", "1", "--all").stdout.count("next update 24 working h · ") == 2
    assert len(clocks_of(own("why", "1", "--json"))) == 6


@pytest.mark.parametrize(("word", "code"), [("9", 3), ("1,9", 3), ("x", 2)])
def test_what_is_no_case_is_refused(run: Run, word: str, code: int) -> None:
    done = run("why", word, code=code)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_a_desk_without_a_database_has_no_such_case(tmp_path: Path) -> None:
    runner(tmp_path, CSTRACK_USER="李雷")("why", "1", code=3)
    assert list(tmp_path.iterdir()) == []
