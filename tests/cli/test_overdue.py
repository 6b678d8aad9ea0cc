"""`cstrack overdue` as a process, and the four reading screens at a real terminal."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest
from rich.cells import split_text

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

PROGRAM = Path(sys.executable).with_name("cstrack")
KEYS = ["schema", "number", "ref", "subject", "status", "level", "owner", "handler", "customer"]
KEYS += ["clock", "due_at", "late_s", "others", "provisional", "unowned_since"]
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe :smile:"


def environment(home: Path, zone: str) -> dict[str, str]:
    """What a command sees: its own home and database, an English terminal, a named person."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "COVERAGE"))}
    desk = {"HOME": str(home), "CSTRACK_DATABASE_URL": str(home / "desk.db"), "CSTRACK_ZONE": zone}
    return {**kept, **desk, "CSTRACK_USER": "li", "LANG": "C.UTF-8", "TERM": "xterm-256color"}


def runner(home: Path, zone: str = "Asia/Shanghai") -> Run:
    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [PROGRAM, *words],
            env=environment(home, zone),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    return run


@pytest.fixture
def empty(tmp_path: Path) -> Run:
    """A desk before its first case."""
    return runner(tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk in Shanghai. Monday 10 March 2025: a letter, a call, a crisis, a hostile subject."""
    folder = tmp_path_factory.mktemp("desk")
    run = runner(folder)
    day = "2025-03-10T"
    run("open", "维修费与报价不符", "--channel", "mail", "--customer", "周八", "--at", day + "09:00:00+08:00")
    run("open", "noise from the gearbox", "--channel", "phone", "--as", "han", "--at", day + "10:00:00+08:00")
    run(
        "open",
        "刹车失灵，已经曝光",
        "--channel",
        "media",
        "--customer",
        "陈先生",
        "--at",
        day + "11:00:00+08:00",
    )
    run("open", HOSTILE, "--customer", HOSTILE, "--channel", "walk-in", "--at", day + "12:00:00+08:00")
    return folder


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    return runner(home)


def rows(done: subprocess.CompletedProcess[str]) -> list[list[str]]:
    assert done.stderr == ""
    return [line.split("\t") for line in done.stdout.splitlines()]


# --- what is late -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "late"), [("08:59:59", []), ("09:00:00", [["C-1", "0"]]), ("09:00:01", [["C-1", "1"]])]
)
def test_p39_a_case_is_late_at_its_due_second_and_not_before(
    run: Run, at: str, late: list[list[str]]
) -> None:
    done = run("overdue", "--level", "1", "--fields", "ref,late_s", "--at", f"2025-03-11T{at}+08:00")
    assert rows(done) == late


def test_a_crisis_comes_first_then_the_earliest_due(run: Run) -> None:
    done = run("overdue", "--at", "2025-03-12T09:00:00+08:00")
    assert [row[0] for row in rows(done)] == ["C-3", "C-1", "C-2", "C-4"]


def test_lines_off_a_terminal_are_tab_separated_and_whole(run: Run) -> None:
    done = run("overdue", "--at", "2025-03-11T09:12:00+08:00", "--level", "1")
    due = "2025-03-11T09:00:00+08:00"
    assert rows(done) == [["C-1", "1", "维修费与报价不符", "first-response", due, "720", "li", "周八"]]


def test_the_object_of_a_case_has_exactly_these_keys(run: Run) -> None:
    done = run("overdue", "--json", "--at", "2025-03-11T09:00:00+08:00", "--level", "1")
    (found,) = json.loads(done.stdout)
    assert list(found) == KEYS
    assert found == {
        "schema": 1,
        "number": 1,
        "ref": "C-1",
        "subject": "维修费与报价不符",
        "status": "open",
        "level": 1,
        "owner": "li",
        "handler": "li",
        "customer": "周八",
        "clock": "first-response",
        "due_at": "2025-03-11T01:00:00Z",
        "late_s": 0,
        "others": ["plan", "level"],
        "provisional": False,
        "unowned_since": None,
    }


def test_what_is_only_due_soon_has_a_negative_lateness(run: Run) -> None:
    done = run("overdue", "--within", "1h", "--json", "--at", "2025-03-11T08:30:00+08:00", "--level", "1")
    assert [(row["late_s"], row["others"]) for row in json.loads(done.stdout)] == [(-1800, [])]


def test_clocks_gives_a_row_a_clock_with_the_same_keys(run: Run) -> None:
    done = run("overdue", "--clocks", "--json", "--at", "2025-03-11T09:00:00+08:00", "--level", "1")
    found = json.loads(done.stdout)
    assert [row["clock"] for row in found] == ["first-response", "plan", "level"]
    assert all(list(row) == KEYS for row in found)
    assert found[1]["others"] == ["first-response", "level"]


def test_only_one_persons_cases_are_listed_where_an_owner_is_named(run: Run) -> None:
    done = run("overdue", "--owner", "han", "--at", "2025-03-12T09:00:00+08:00", "--fields", "ref")
    assert rows(done) == [["C-2"]]


def test_an_earlier_moment_is_seen_as_it_was(run: Run) -> None:
    done = run("overdue", "--within", "30h", "--fields", "ref", "--at", "2025-03-10T09:30:00+08:00")
    assert rows(done) == [["C-1"]]


# --- what is due next ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "listed"), [("Asia/Shanghai", []), ("UTC", [["C-1"]]), ("America/New_York", [["C-1"]])]
)
def test_today_ends_where_the_desk_is(tmp_path: Path, zone: str, listed: list[list[str]]) -> None:
    run = runner(tmp_path, zone)
    run("open", "x", "--channel", "phone", "--at", "2025-03-10T16:30:00Z")
    done = run("overdue", "--today", "--fields", "ref", "--at", "2025-03-11T15:30:00Z")
    assert rows(done) == listed  # due at 16:30 UTC: after midnight in Shanghai


def test_the_zone_of_today_is_the_desks_and_not_the_readers(home: Path) -> None:
    reader = runner(home, "America/New_York")
    done = reader(
        "overdue", "--today", "--fields", "due_at", "--at", "2025-03-11T08:00:00+08:00", "--level", "1"
    )
    assert rows(done)[0] == ["2025-03-11T09:00:00+08:00"]


def test_within_looks_so_far_ahead_and_no_further(run: Run) -> None:
    at = "2025-03-11T08:00:00+08:00"
    near = run("overdue", "--within", "59m", "--level", "1", "--fields", "ref", "--at", at)
    far = run("overdue", "--within", "1h", "--level", "1", "--fields", "ref", "--at", at)
    assert (rows(near), rows(far)) == ([], [["C-1"]])


def test_today_and_within_exclude_each_other(run: Run) -> None:
    done = run("overdue", "--today", "--within", "4h", code=2)
    assert done.stdout == ""
    assert "--today, --within exclude each other" in done.stderr


def test_a_span_that_means_nothing_is_refused(run: Run) -> None:
    assert run("overdue", "--within", "soon", code=2).stdout == ""


# --- scripts ------------------------------------------------------------------------------------------------


def test_exit_code_8_says_that_something_is_late(run: Run) -> None:
    done = run("overdue", "--exit-code", "--quiet", "--at", "2025-03-11T09:00:00+08:00", code=8)
    assert (done.stdout, done.stderr) == ("", "")


def test_exit_code_0_says_that_nothing_is(run: Run) -> None:
    done = run("overdue", "--exit-code", "--level", "1", "--at", "2025-03-11T08:59:59+08:00")
    assert (done.stdout, done.stderr) == ("", "")


def test_without_being_asked_findings_are_no_failure(run: Run) -> None:
    run("overdue", "--at", "2025-03-11T09:00:00+08:00")


@pytest.mark.parametrize(("option", "printed"), [([], ""), (["--json"], "[]\n"), (["--jsonl"], "")])
def test_a_desk_without_a_database_has_nothing_late(empty: Run, option: list[str], printed: str) -> None:
    done = empty("overdue", "--today", *option)
    assert (done.stdout, done.stderr) == (printed, "")


def test_csv_has_every_key_and_no_live_formula(tmp_path: Path) -> None:
    run = runner(tmp_path)
    run("open", "=1+1", "--channel", "phone", "--at", "2025-03-10T09:00:00+08:00")
    done = run("overdue", "--csv", "--at", "2025-03-12T09:00:00+08:00")
    heads, cells = csv.reader(done.stdout.splitlines())
    assert heads == KEYS
    assert cells[3] == "'=1+1"


def test_a_format_of_ones_own_is_filled_line_by_line(run: Run) -> None:
    at = ("--at", "2025-03-11T09:00:00+08:00", "--level", "1")
    assert run("overdue", "--format", "{ref}:{late_s}", *at).stdout == "C-1:0\n"


def test_an_unknown_field_is_refused_with_the_nearest_one(run: Run) -> None:
    assert "Did you mean late_s?" in run("overdue", "--fields", "late", code=2).stderr


# --- at a terminal ------------------------------------------------------------------------------------------


def seen(home: Path, width: int, *words: str) -> list[str]:
    """What stands on a terminal of this width after a command."""
    child = pexpect.spawn(
        str(PROGRAM),
        list(words),
        env=environment(home, "Asia/Shanghai"),
        dimensions=(100, width),
        timeout=60,
        encoding="utf-8",
    )
    output = child.read()
    child.close()
    assert child.exitstatus == 0, output
    screen = pyte.Screen(width, 100)
    pyte.Stream(screen).feed(output)
    return [line.rstrip() for line in screen.display]


AT = ("--at", "2025-03-11T10:30:00+08:00")


def test_overdue_at_a_terminal_of_80_columns_is_this_screen(home: Path) -> None:
    assert seen(home, 80, "overdue", "--today", *AT)[:9] == [
        "3 late · 1 due today                              Tue 11 Mar 10:30 Asia/Shanghai",
        "",
        "CASE  L   WHAT             CLOCK                   LEFT          OWNER  CUSTOMER",
        "C-3   3!  刹车失灵，已经…  first response 2 h      LATE 21 h 30  li     陈先生",
        "C-1   1   维修费与报价不…  first response 24 h +2  LATE 1 h 30   li     周八",
        "C-2   1   noise from the…  plan 24 h +1            LATE 30 min   han    -",
        "C-4   1   [/foo] \\x1b[31…  plan 24 h               in 1 h 30     li     [/foo]…",
        "",
        "Why then? cstrack why C-3",
    ]


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize(
    "words",
    [("overdue", "--today"), ("list",), ("show", "1-4"), ("why", "1-4", "--all")],
    ids=lambda w: str(w[0]),
)
def test_r17_no_screen_runs_over_the_edge_or_obeys_its_data(
    home: Path, width: int, words: tuple[str, ...]
) -> None:
    lines = seen(home, width, *words, *AT)
    heads = [line for line in lines if "[/foo]" in line]
    assert heads
    assert all("\\x1b[3" in line for line in heads)
    assert not any("red" in line and "\\x1b[31m" not in line for line in heads)
    assert not any(line.startswith(("]", "…")) for line in lines)


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("verb", ["overdue", "list"])
def test_r17_columns_are_aligned_with_chinese_and_hostile_text(home: Path, width: int, verb: str) -> None:
    lines = seen(home, width, verb, "--at", "2025-03-12T10:30:00+08:00")
    titles, *body = lines[2:7]
    at = titles.index("OWNER")
    for line, owner in zip(body, ("li", "li", "han", "li"), strict=True):
        assert split_text(line, at)[1].startswith(owner + " ")


def test_an_empty_list_at_a_terminal_is_a_sentence(home: Path) -> None:
    at = ("--at", "2025-03-09T10:30:00+08:00")
    assert seen(home, 80, "overdue", "--today", *at)[:2] == ["Nothing late, nothing due today.", ""]


def test_without_colour_no_escape_is_written(home: Path) -> None:
    child = pexpect.spawn(
        str(PROGRAM),
        ["overdue", "--color", "never", *AT],
        env=environment(home, "Asia/Shanghai"),
        timeout=60,
        encoding="utf-8",
    )
    assert "\x1b" not in child.read()
    child.close()
