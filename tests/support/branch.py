"""A desk that follows a policy of its own: five levels, working time, a clock and lists with other names."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pexpect
from rich.cells import cell_len

from tests.support.cli import SCRIPT, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Shell

ZONE = ZoneInfo("Asia/Shanghai")
SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")

BRANCH = """\
name = "branch"
calendar = "office"

[levels.1]
en = "counter"
zh = "柜台"
limit = "24h"
[levels.2]
en = "supervisor"
zh = "主管"
limit = "48h"
[levels.3]
en = "manager"
zh = "经理"
limit = "72h"
[levels.4]
en = "director"
zh = "总监"
limit = "5d"
[levels.5]
en = "board"
zh = "董事会"
limit = "10d"

[clocks.plan]
limit = "3wd"
calendar = "office"

[clocks.final-answer]
en = "final answer"
zh = "最终答复"
limit = "10d"
starts = ["opened"]
stops = ["closed"]
extensions = ["20d", "30d"]

[categories]
"range.oven" = { en = "oven", zh = "烤箱" }
[channels]
phone = { en = "telephone", zh = "座机" }
parcel = { en = "parcel locker", zh = "快递柜" }
[flags]
gas = { en = "gas leak", zh = "燃气泄漏", level = 4 }

[calendars.office]
hours = { daily = "09:00-17:00" }
"""
"""Open every day, so that a test may run on any: a day off is one that a test declares."""

HOSTILE = r"""
name = "evil"
calendar = "o"
[levels.1]
en = "one \u001b[31mred\u001b[0m \u202egnp.exe"
zh = "一\n二\t三 \u009b2J"
limit = "8wh"
calendar = "o"
[levels.2]
en = "two\nlines [/foo] :smile:"
limit = "9wh"
calendar = "o"
[clocks.mine]
en = "clock \u001b]0;x\u0007 \u2066hid"
zh = "钟\n\u001b[2J"
limit = "3wd"
calendar = "o"
starts = ["opened"]
stops = ["closed"]
[calendars.o]
hours = { daily = "09:00-17:00" }
confirmed_through = 2020-01-01
[[calendars.o.days]]
date = 2026-11-27
name = "day \u001b[31m\nnext \u202e"
[channels]
phone = { en = "tele\u001b[5mphone", zh = "电\r\n话" }
[flags]
f = { en = "flag \u001b[5m\n", zh = "旗\u202e", level = 2 }
"""
"""Names that would turn, hide, colour or break lines, if they reached a terminal as they are."""

DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What no line may hold; TAB and the end of the line are looked at where they stand."""


def written(shell: Shell, name: str, text: str) -> str:
    """A file of that name where the shell is; its name."""
    (shell.home / name).write_text(text, encoding="utf-8")
    return name


def follows(shell: Shell, text: str = BRANCH, name: str = "branch.toml") -> None:
    """Let the desk follow this policy."""
    shell("policy", "apply", written(shell, name, text), "-q").ok  # noqa: B018  .ok asserts


def clock_of(shell: Shell, kind: str, number: int = 1) -> dict[str, Any]:
    """The last clock of that kind of a case, as objects have it."""
    clocks = shell("show", str(number), "--json").json["clocks"]
    found: dict[str, Any] = next(clock for clock in reversed(clocks) if clock["kind"] == kind)
    return found


def instant(text: str) -> int:
    """The seconds of an instant of JSON."""
    return int(datetime.fromisoformat(text).timestamp())


def day_of(text: str) -> str:
    """The date in Shanghai of an instant of JSON: `2026-11-27`."""
    return datetime.fromisoformat(text).astimezone(ZONE).date().isoformat()


def typed_at(home: Path, url: str, words: list[str], width: int, **environ: str) -> tuple[int, list[str]]:
    """A command at a terminal of so many columns: its exit code and its lines, without their colours.

    With NO_COLOR they are exactly what was written.
    """
    env = environment(home, url, TERM="xterm-256color", **environ)
    where: dict[str, Any] = {"env": env, "cwd": home, "dimensions": (60, width)}
    child = pexpect.spawn(str(SCRIPT), words, encoding="utf-8", timeout=60, **where)
    child.delayafterclose = 0
    child.expect(pexpect.EOF)
    child.close()
    wrote = child.before or ""
    shown = wrote if "NO_COLOR" in environ else SEQUENCE.sub("", wrote)
    code = -1 if child.exitstatus is None else child.exitstatus
    return code, [line.rstrip("\r") for line in shown.split("\n")]


def widest(lines: list[str]) -> int:
    """The cells of the widest line."""
    return max(map(cell_len, lines))
