"""`cstrack when`: a phrase is shown as it will be understood, before it matters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).with_name("cstrack")
AT = ("--at", "2026-11-21T17:40:00+08:00")  # a Saturday


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """The program as a process; a new desk is in Shanghai."""

    def started(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        env |= {"CSTRACK_ZONE": "Asia/Shanghai", **environ}
        return subprocess.run(
            [PROGRAM, *words], env=env, capture_output=True, text=True, timeout=60, check=False
        )

    return started


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["明天下午3点"], "Sun 22 Nov 2026 15:00 Asia/Shanghai, in 21 h 20"),
        (["tomorrow 9am"], "Sun 22 Nov 2026 09:00 Asia/Shanghai, in 15 h 20"),
        (["tomorrow", "9am"], "Sun 22 Nov 2026 09:00 Asia/Shanghai, in 15 h 20"),
        (["17:00"], "Sat 21 Nov 2026 17:00 Asia/Shanghai, 40 min ago"),
        (["now"], "Sat 21 Nov 2026 17:40 Asia/Shanghai, now"),
        (["-2h"], "Sat 21 Nov 2026 15:40 Asia/Shanghai, 2 h ago"),
        (["2026-11-21T09:40:30Z"], "Sat 21 Nov 2026 17:40:30 Asia/Shanghai, in 0 min"),
        (["eod"], "Sat 21 Nov 2026 23:59:59 Asia/Shanghai, in 6 h 19"),
    ],
)
def test_a_phrase_is_said_with_weekday_zone_and_distance(run: Any, words: list[str], line: str) -> None:
    assert run("when", *words, *AT).stdout == line + "\n"


@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("--deadline", "Tue 1 Dec 2026 23:59:59 Asia/Shanghai, in 10 d 6 h"),
        ("--since", "Tue 1 Dec 2026 00:00 Asia/Shanghai, in 9 d 6 h"),
    ],
)
def test_a_day_alone_is_its_end_or_its_start(run: Any, option: str, line: str) -> None:
    assert run("when", "2026-12-01", option, *AT).stdout == line + "\n"


def test_the_object_has_exactly_these_keys(run: Any) -> None:
    assert json.loads(run("when", "明天下午3点", "--json", *AT).stdout) == {
        "schema": 1,
        "phrase": "明天下午3点",
        "at": "2026-11-22T07:00:00Z",
        "local": "2026-11-22T15:00:00+08:00",
        "zone": "Asia/Shanghai",
        "weekday": "sunday",
    }


def test_the_zone_is_that_of_the_desk_once_there_is_one(run: Any) -> None:
    run("open", "空调不制冷", "-q", CSTRACK_ZONE="Europe/London")
    assert "15:00 Europe/London" in run("when", "明天下午3点", *AT).stdout


def test_the_time_it_counts_from_may_begin_with_a_minus_too(run: Any) -> None:
    two_days_ago = json.loads(run("when", "now", "--at", "-2d", "--json").stdout)
    understood = json.loads(run("when", "-0h", "--at", "-2d", "--json").stdout)
    assert understood["local"][:15] == two_days_ago["local"][:15]


def test_two_phrases_that_could_be_mixed_up_are_refused(run: Any) -> None:
    assert run("when", "--at", "-2d", "-2h").returncode == 2


@pytest.mark.parametrize(
    "words", [["01/02/2026"], ["30 Feb"], ["3个工作日后"], ["2026-12-01", "--deadline", "--since"], []]
)
def test_what_is_not_understood_whole_is_refused(run: Any, words: list[str]) -> None:
    done = run("when", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


# --- working time, on a desk whose policy names a calendar --------------------------------------------------

WORKDAYS = """\
name = "office"
calendar = "office"
[levels.1]
en = "one"
limit = "24h"
[calendars.office]
hours = { mon-fri = "09:00-12:00 13:00-18:00" }
confirmed_through = 2026-12-31
[[calendars.office.days]]
date = 2026-11-24
name = "day off"
"""


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("3个工作日后", "Fri 27 Nov 2026 09:00 Asia/Shanghai, in 5 d 15 h"),
        ("in 3 working days", "Fri 27 Nov 2026 09:00 Asia/Shanghai, in 5 d 15 h"),
        ("+1wd", "Wed 25 Nov 2026 09:00 Asia/Shanghai, in 87 h 20"),
        ("next working day", "Wed 25 Nov 2026 09:00 Asia/Shanghai, in 87 h 20"),
        ("+8wh", "Mon 23 Nov 2026 18:00 Asia/Shanghai, in 48 h 20"),
    ],
)
def test_working_time_counts_on_the_calendar_of_the_desk(
    run: Any, tmp_path: Path, phrase: str, line: str
) -> None:
    (tmp_path / "office.toml").write_text(WORKDAYS, encoding="utf-8")
    assert run("policy", "apply", str(tmp_path / "office.toml")).returncode == 0
    assert run("when", phrase, *AT).stdout == line + "\n"


def test_working_time_without_a_calendar_is_refused_with_the_way_out(run: Any) -> None:
    done = run("when", "3个工作日后")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "the desk's policy names no calendar of its own" in done.stderr
