"""The program in Chinese, as a clerk sees it: screens at a terminal, answers, refusals, help, and data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len

import cstrack
from cstrack.cli.tree import tree
from cstrack.cli.verbs import Group
from tests.support.cli import SCRIPT, Shell, environment

CATALOGUE = Path(cstrack.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "cstrack.po"
ROWS = 120
AT = ("--at", "2025-03-12 17:40")
CHINESE = {"LANG": "zh_CN.UTF-8"}
NAMES = {"Asia", "Shanghai", "dealer"}
COMMAND = re.compile(r"cstrack [^\u3000-\u9fff\uff00-\uffef]*")
COLUMN = re.compile(r"\S+(?: \S+)*")
WORDED = ("summary", "message", "meaning")
"""Keys of JSON objects whose values are sentences for people."""

ORDERS = """
2025-03-10T09:05 李雷 open 空调不制冷，返修两次 --customer 张三 --channel 电话 --category 维修技术
2025-03-10T09:20 李雷 propose 1 -m 换压缩机 --by 2025-03-11T17:00
2025-03-10T14:05 李雷 pause 1 --waiting-for 供应商 --until 2025-03-11T18:00 -m 压缩机在途
2025-03-11T09:05 李雷 resume 1
2025-03-12T04:40 王主管 assign 1 王主管
2025-03-12T05:40 王主管 contact 1 --out --channel 电话 -m 说明冷凝器情况
2025-03-11T15:40 韩梅梅 open 刹车失灵，微博曝光 --customer 陈先生 --channel 媒体
2025-03-11T17:40 韩梅梅 open 维修费与报价不符 --customer 周八 --channel 邮件
2025-03-12T10:00 韩梅梅 open 等配件三周 --customer 赵六 --channel 来店 --category 配件供应
2025-03-12T10:10 韩梅梅 agree 4 -m 同意周一到货
2025-03-12T10:20 韩梅梅 open 发票开错 --customer 孙七
2025-03-12T10:30 韩梅梅 resolve 5 -m 已重开
2025-03-12T10:40 韩梅梅 open 脚垫未送 --customer 钱二
2025-03-12T10:50 韩梅梅 close 6 --outcome 撤诉
2025-03-12T11:00 韩梅梅 open 天窗漏水 --customer 施三
2025-03-12T11:10 韩梅梅 pause 7 --waiting-for 客户 --until 2025-03-14T09:00
2025-03-12T11:20 韩梅梅 correct 7 1 -m 是后窗
2025-03-12T11:30 韩梅梅 open 定金怎么退 --customer 孔五 --kind 咨询
"""
"""A desk without a Latin letter in it: whatever Latin stands on a screen is the program's own."""

SCREENS = {
    "overdue --today": "件超时 件今日到期 单号 级 事由 时限 剩余 督办人 客户 超时 首次响应",
    "list --status all": "共 状态 历时 处理中 挂起 已达成协议 待回访 已结案 撤诉",
    "show 1,2,7,8": "二级处理，部门主管 承办人 首接责任人 类别 渠道 警示标记 危机 截止时间 计时中 还有 咨询",
    "timeline 1": "受理人 处理方案 挂起，等待供应商 停在 恢复计时 处理层级 时限已到 联系客户（电话） 已用",
    "timeline 5": "处理完毕 待回访",
    "timeline 7": "挂起至 更正第 经手人 时限怎么算的 记录有误",
    "why 1,7 --all": "自受理起 自上次联系客户起 时限 截止 停止 按自然时间 按规则 届时剩余 进程通知",
}
"""Commands, and words that stand on their screens."""

REFUSALS = [
    ("show 99", 3, "没有投诉单 C-99"),
    ("timeline 一", 2, "不是投诉单号"),
    ("escalate 6 -m 再看", 4, "结案；仍可"),
    ("escalate 1 --to 9 -m 再看", 4, "最高为 3 级"),
    ("escalate 1 --to 1 -m 再看", 4, "并不更高"),
    ("deescalate 2 -m 小事", 4, "须由他人批准"),
    ("pause 2 --waiting-for 客户", 4, "不得挂起"),
    ("pause 7 --waiting-for 客户", 4, "请先结束挂起"),
    ("resume 1", 4, "未挂起"),
    ("assign 1 王主管", 4, "已由“王主管”负责"),
    ("propose 1 -m 换新 --by 2020-01-01", 4, "请把 --by 推后"),
    ("resolve 5 -m 再办", 4, "状态已是“待回访”"),
    ("reopen 1 -m 再看", 4, "状态为“处理中”"),
    ("pause 3 --waiting-for 客户 --until 2025-06-01", 4, "最长可挂起 7 天"),
    ("correct 7 99 -m 有误", 3, "没有第 99 条记录"),
    ("when 01/02/2026", 2, "时间“01/02/2026”无法识别"),
    ("overdue --within 很快", 2, "时长“很快”无法识别"),
    ("list --level 二", 2, "须为不小于 1 的整数"),
    ("note 1", 5, "缺少文字内容"),
    ("open", 5, "缺少投诉事由"),
    ("contact 1 -m 已告知", 5, "是谁联系谁"),
    ("开单", 2, "没有“开单”这个命令"),
]

DATA = [
    "overdue --today",
    "overdue --today --clocks",
    "list --status all",
    "show 1",
    "show 2,7",
    "timeline 1",
    "timeline 2",
    "why 1",
    "when 明天下午3点",
    "help exit-codes",
    "help times",
    "help levels",
    "help environment",
    "help",
    "doctor",
    "audit verify",
]
"""Commands whose data is compared."""

VERBS = [
    *(name for name, entry in tree().items() if not isinstance(entry, Group)),
    *(f"{name} {verb}" for name, entry in tree().items() if isinstance(entry, Group) for verb in entry.verbs),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that desk."""
    folder = tmp_path_factory.mktemp("desk")
    for line in ORDERS.strip().splitlines():
        moment, who, *words = line.split()
        assert shell_at(folder)(*words, "--at", moment, CSTRACK_USER=who).code == 0, line
    return folder


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Phrases of the English sources that no translation keeps."""
    with CATALOGUE.open("rb") as file:
        messages = list(read_po(file))
    kept = {phrase for message in messages for phrase in phrases(str(message.string))}
    return {phrase for message in messages for phrase in phrases(str(message.id))} - kept


def phrases(text: str) -> set[str]:
    """Two English words and more in a row, or one with a capital, but for commands to type."""
    return set(re.findall(r"[A-Za-z]+(?: [A-Za-z]+)+|\b[A-Z][a-z]+", COMMAND.sub("", text)))


def latin(text: str) -> set[str]:
    """Latin words of a text that are neither part of a command to type nor a name."""
    return set(re.findall(r"[A-Za-z]{2,}", COMMAND.sub("", text))) - NAMES


def starts(line: str) -> list[int]:
    """The cells at which the columns of a line begin."""
    return [cell_len(line[: match.start()]) for match in COLUMN.finditer(line)]


def shell_at(folder: Path) -> Shell:
    return Shell(folder, str(folder / "desk.db"))


def written(folder: Path, width: int, *words: str, **more: str) -> str:
    """What a command writes to a terminal of this width."""
    around = environment(folder, str(folder / "desk.db"), TERM="xterm-256color", **more)
    child = pexpect.spawn(
        str(SCRIPT), list(words), env=around, dimensions=(ROWS, width), encoding="utf-8", timeout=60
    )
    text: str = child.read()
    child.close()
    assert child.exitstatus == 0, text
    return text


def seen(folder: Path, width: int, *words: str, **more: str) -> list[str]:
    """The lines that stand on that terminal."""
    screen = pyte.Screen(width, ROWS)
    pyte.Stream(screen).feed(written(folder, width, *words, **more))
    return [line.rstrip() for line in screen.display]


# --- screens ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", SCREENS)
def test_a_screen_has_the_words_of_the_desk_and_no_english(desk: Path, command: str) -> None:
    text = "\n".join(seen(desk, 120, *command.split(), *AT, **CHINESE))
    assert [word for word in SCREENS[command].split() if word not in text] == []
    assert latin(text) == set()
    assert not re.search(r"[\u4e00-\u9fff）][,;:]", text)


@pytest.mark.parametrize("command", SCREENS)
def test_the_option_speaks_as_the_locale_does(desk: Path, command: str) -> None:
    words = (*command.split(), *AT)
    assert seen(desk, 80, *words, "--lang", "zh") == seen(desk, 80, *words, **CHINESE)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    ("command", "title"), [("overdue --today", "单号"), ("list --status all", "单号"), ("show 1", "时限  ")]
)
def test_columns_stand_below_their_titles(desk: Path, width: int, command: str, title: str) -> None:
    lines = seen(desk, width, *command.split(), *AT, **CHINESE)
    top = next(at for at, line in enumerate(lines) if line.startswith(title))
    rows = lines[top + 1 : lines.index("", top)]
    assert len(rows) > 1
    assert [row for row in rows if starts(row) != starts(lines[top])] == []


def test_the_clocks_of_a_new_case_stand_in_columns(tmp_path: Path) -> None:
    said = shell_at(tmp_path)("open", "刹车失灵", "--channel", "媒体", **CHINESE).ok.out.splitlines()[2:]
    assert len(said) == 5
    assert {(starts(line)[0], starts(line)[2]) for line in said} == {(2, 26)}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("command", SCREENS)
def test_no_screen_runs_over_the_edge(desk: Path, width: int, command: str) -> None:
    text = re.sub(r"\x1b\[[0-9;]*m", "", written(desk, width, *command.split(), *AT, **CHINESE))
    assert [line for line in text.splitlines() if cell_len(line) > width] == []


def test_the_sample_desk_is_shown_in_chinese(tmp_path: Path, english: set[str]) -> None:
    text = shell_at(tmp_path)("demo", "--db", str(tmp_path / "new.db"), "--lang", "zh").ok.out
    assert re.search(r"^\d+ 件超时 · \d+ 件今日到期 ", text, re.MULTILINE)
    assert phrases(text) & english == set()


# --- answers and refusals -----------------------------------------------------------------------------------


def test_what_changes_is_answered_in_chinese(tmp_path: Path) -> None:
    said = [
        shell_at(tmp_path)(*order.split(), "--at", "2025-03-10 09:05", **CHINESE).ok.out
        for order in (
            "open 空调不制冷 --customer 张三 --channel 电话 --as 李雷",
            "escalate 1 -m 客户要求",
            "assign 1 王主管",
            "pause 1 --waiting-for 供应商 --until 2025-03-11T09:05",
            "resume 1",
            "flag 1 安全",
            "agree 1 -m 客户同意",
            "close 1 --outcome 失联",
        )
    ]
    assert latin("".join(said)) == set()
    beginnings = (
        "C-1  空调不制冷\n  一级处理，前线员工 · 客户：张三 · 督办人：李雷 · 承办人：李雷 · 首接责任人：",
        "C-1  处理层级 一级 -> 二级（客户要求）  截止 ",
        "C-1  督办人 无 -> 王主管  ",
        "C-1  处理中 -> 挂起（供应商）  至 ",
        "C-1  挂起 -> 处理中  ",
        "C-1  加标记：安全  处理层级 二级 -> 三级（安全）  ",
        "C-1  处理中 -> 已达成协议  ",
        "C-1  已达成协议 -> 已结案（失联）",
    )
    assert [text for text, begun in zip(said, beginnings, strict=True) if not text.startswith(begun)] == []


@pytest.mark.parametrize(("command", "code", "says"), REFUSALS)
def test_a_refusal_is_one_line_in_chinese(
    desk: Path, english: set[str], command: str, code: int, says: str
) -> None:
    done = shell_at(desk)(*at_the_moment(command), **CHINESE)
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert done.err.startswith("拒绝：" if code == 4 else "错误：")
    assert says in done.err
    assert phrases(done.err) & english == set()


def at_the_moment(command: str) -> list[str]:
    """The words of a command that is one, as of the moment of the tests."""
    words = command.split()
    return [*words, *AT] if words[0] in tree() else words


# --- help ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", *VERBS])
def test_a_help_page_is_chinese_and_fits_the_screen(tmp_path: Path, english: set[str], path: str) -> None:
    text = shell_at(tmp_path)(*path.split(), "-h", **CHINESE).ok.out
    assert text.startswith(f"用法：cstrack {path}")
    assert phrases(text) & english == set()
    assert [line for line in text.splitlines() if cell_len(line) > 80] == []


@pytest.mark.parametrize("topic", ["exit-codes", "times", "levels", "environment"])
def test_a_table_of_help_is_chinese_and_fits_the_screen(
    tmp_path: Path, english: set[str], topic: str
) -> None:
    lines = seen(tmp_path, 80, "help", topic, **CHINESE)
    assert phrases("\n".join(lines)) & english == set()
    columns = starts(lines[0])
    assert all(set(starts(line)) <= set(columns) for line in lines)


# --- data ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*DATA, *(command for command, _code, _says in REFUSALS)])
def test_for_programs_nothing_depends_on_the_language(desk: Path, command: str) -> None:
    words = (*at_the_moment(command), "--json")
    there, here = shell_at(desk)(*words), shell_at(desk)(*words, **CHINESE)
    assert there.code == here.code
    assert wordless(there.out or there.err) == wordless(here.out or here.err)


def wordless(text: str) -> Any:
    """The JSON without sentences for people; their keys stay."""
    return json.loads(text, object_hook=lambda found: {k: k in WORDED or v for k, v in found.items()})
