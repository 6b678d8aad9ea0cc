"""People at the command line: who answers, whom a case is about, and what levels forbid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.staff import ON_CALL, Person
from tests.support.rough import ON_SQLITE, do, refused, sound
from tests.support.spec import T0, days

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

LI = Person("li", "李雷", 1, supervisor="wang")
SUN = Person("sun", "sun", 1)
WANG, ZHOU = Person("wang", "王主管", 2), Person("zhou", "周主管", 2)
ZHAO = Person("zhao", "赵总", 3)
HOSTILE = "[/foo] \x1b[31mred \x9b2J \u202egnp.exe :smile: {who} %s"
NOW = 60 - T0
"""The first minute of 1970: a hundred years from there on are whenever a test runs."""


@pytest.fixture
def day(shell: Shell, desk: Desk) -> Shell:
    """Everybody is there."""
    desk.has(LI, SUN, WANG, ZHOU, ZHAO)
    return shell


@pytest.fixture
def night(shell: Shell, desk: Desk) -> Shell:
    """The front line is there alone."""
    desk.has(LI, SUN, *(one._replace(on_duty=False) for one in (WANG, ZHOU, ZHAO)))
    return shell


def test_a_hand_up_says_who_answers_from_now_on(day: Shell) -> None:
    do(day, "open", "空调不制冷")
    done = day("escalate", "1", "-m", "客户要求").ok
    assert done.out.startswith("C-1  level 1 -> 2 (客户要求)  due ")
    assert done.out.endswith("  owner li -> wang\n")
    case = day("show", "1", "--json").json
    assert (case["owner"], case["handler"], case["first_contact"]) == ("wang", "li", "li")
    assert (case["against"], case["unowned_since"]) == (None, None)
    sound(day)


def test_people_are_shown_by_name_and_handle(day: Shell) -> None:
    do(day, "open", "空调不制冷", "--against", "zhou")
    do(day, "assign", "1", "wang")
    do(day, "assign", "1", "sun", "--as-handler")
    lines = [" ".join(line.split()) for line in day("show", "1").ok.out.splitlines()]
    people = [
        "owner 王主管 (wang)",
        "handler sun",
        "first contact 李雷 (li)",
        "complained about 周主管 (zhou)",
    ]
    assert [line for line in lines if line in people] == people


def test_at_night_a_hand_up_waits_and_says_so_everywhere(night: Shell) -> None:
    do(night, "open", "空调不制冷", "--at", "-3h")
    assert night("escalate", "1", "-m", "x", "--at", "-2h").ok.out.endswith("  owner li -> nobody\n")
    [row] = night("list", "--level", "2", "--json").json
    assert row["owner"] is None
    assert row["unowned_since"] is not None
    [row] = night("overdue", "--within", "60h", "--json").json
    assert row["unowned_since"] is not None
    shown = night("show", "1").ok.out
    assert "nobody, since " in shown
    assert ", 2 h\n" in shown
    assert "cstrack assign C-1 WHO" in shown


def test_the_sweep_gives_the_case_to_whose_duty_begins(night: Shell, desk: Desk) -> None:
    do(night, "open", "空调不制冷")
    do(night, "escalate", "1", "-m", "x")
    desk.works("wang", NOW, NOW + days(36_500))
    assert night("sweep").ok.out.startswith("C-1  owner nobody -> wang")
    assert night("sweep").ok.out == "0 cases stepped\n"
    last = night("timeline", "1", "--json").json[-1]
    assert (last["type"], last["facts"]) == ("assigned", {"owner": "wang", "why": "duty-began"})
    assert last["summary"] == "owner nobody -> wang, whose duty began"
    sound(night)


def test_a_case_above_the_opener_has_its_owner_from_the_start(day: Shell) -> None:
    done = day("open", "空调不制冷", "--flag", "departments").ok
    assert "owner wang · handler li · first contact li" in done.out
    assert done.err == ""


def test_a_case_above_the_opener_waits_and_opening_says_so(night: Shell) -> None:
    done = night("open", "空调不制冷", "--flag", "departments").ok
    assert "owner nobody · handler li" in done.out
    told = "nobody of level 2 is on duty; C-1 waits for an owner: cstrack assign C-1 WHO\n"
    assert done.err == told
    assert night("open", "空调不制冷", "--flag", "departments", "-q").ok.err == ""


def test_whom_the_case_is_about_may_open_it_and_no_more(day: Shell) -> None:
    done = day("open", "服务态度差", "--against", "li").ok
    assert "owner sun · handler nobody · first contact li · complained about: li" in done.out
    assert done.err == "C-1 has no handler: cstrack assign C-1 WHO --as-handler\n"
    refused(day("assign", "1", "li", "--as-handler"), 4, "C-1 is about li", "cstrack assign C-1 WHO")
    assert day("show", "1", "--json").json["against"] == "li"


def test_whom_a_case_is_about_is_named_later_and_found(day: Shell) -> None:
    do(day, "open", "空调不制冷")
    do(day, "open", "空调不制冷")
    assert day("assign", "1", "--against", "维修车间").ok.out == "C-1  complained about: workshop\n"
    assert [row["number"] for row in day("list", "--against", "workshop", "--json").json] == [1]
    assert [row["number"] for row in day("list", "--against", "维修车间", "--json").json] == [1]
    assert day("timeline", "1", "--json").json[-1]["facts"] == {"against": "workshop"}
    sound(day)


def test_whoever_holds_the_case_is_replaced_and_named_in_one_line(day: Shell) -> None:
    do(day, "open", "空调不制冷")
    refused(day("assign", "1", "--against", "li"), 4, "li answers for C-1 and works on it")
    do(day, "assign", "1", "sun", "--as-handler")
    refused(day("assign", "1", "--against", "li"), 4, "cstrack assign C-1 WHO --against li")
    done = day("assign", "1", "sun", "--against", "li", "-m", "客户点名").ok
    assert done.out.startswith("C-1  complained about: li  owner li -> sun")
    assert day("assign", "1", "--against", "li").code == 4


def test_who_holds_it_as_handler_only_is_replaced_as_handler(day: Shell) -> None:
    do(day, "open", "空调不制冷")
    do(day, "assign", "1", "sun")
    refused(day("assign", "1", "--against", "li"), 4, "cstrack assign C-1 WHO --as-handler --against li")
    refused(day("assign", "1", "sun", "--as-handler", "--against", "sun"), 4, "sun answers for C-1")
    do(day, "assign", "1", "wang", "--as-handler", "--against", "li")


def test_a_free_name_is_kept_as_said_and_harms_no_terminal(day: Shell) -> None:
    done = day("open", "服务态度差", "--against", HOSTILE).ok
    assert "\x1b" not in done.out
    case = day("show", "1", "--json").json
    assert case["against"] == HOSTILE
    for words in (["show", "1"], ["timeline", "1"], ["list"]):
        out = day(*words).ok.out
        assert not {"\x1b", "\x9b", "\u202e"} & {*out}


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["assign", "1", "wnag"], ["wnag is not of the staff. Did you mean wang?", "cstrack staff list"]),
        (["assign", "1", "陈七"], ["陈七 is not of the staff. Name one"]),
        (
            ["assign", "1", "sun"],
            ["C-1 is at level 2, and sun is of level 1", "On duty: wang, zhou, zhao.", "assign C-1 sun --as"],
        ),
        (
            ["deescalate", "1", "-m", "小事"],
            ["needs level 2, and you are of level 1", "on duty: wang, zhou, zhao", "cstrack note C-1"],
        ),
        (
            ["pause", "1", "--waiting-for", "supplier", "--until", "+10d"],
            ["C-1 may wait for 7 d, until ", "longer needs level 3", "on duty: zhao"],
        ),
        (["extend", "1", "level", "--approved-by", "sun", "-m", "x"], ["sun is of level 1", "needs level 2"]),
        (["extend", "1", "level", "--approved-by", "sn", "-m", "x"], ["Did you mean sun?"]),
    ],
)
@ON_SQLITE
def test_what_levels_forbid_is_one_line_with_the_way_out(
    day: Shell, words: list[str], parts: list[str]
) -> None:
    do(day, "open", "空调不制冷", "--flag", "departments")
    refused(day(*words), 4, *parts)
    assert len(day("timeline", "1", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["assign", "1", "sun"], "nobody is on duty who is. See who there is: cstrack staff list"),
        (
            ["deescalate", "1", "-m", "小事"],
            "nobody is on duty who may. See who there is: ",
        ),
        (
            ["pause", "1", "--waiting-for", "supplier", "--until", "+10d"],
            "nobody is on duty who is. Give",
        ),
        (["extend", "1", "level", "--approved-by", "sun", "-m", "x"], "nobody is on duty who may"),
    ],
)
@ON_SQLITE
def test_at_night_nobody_is_named_who_is_not_there(night: Shell, words: list[str], part: str) -> None:
    do(night, "open", "空调不制冷", "--flag", "departments")
    refused(night(*words), 4, part)


@ON_SQLITE
def test_a_crisis_goes_down_with_the_approval_of_somebody_of_its_level(day: Shell, desk: Desk) -> None:
    desk.has(Person("qian", level=3))
    do(day, "open", "起火", "--flag", "crisis", "--against", "zhou")
    down = ("deescalate", "1", "-m", "已处理", "--as", "zhao")
    refused(day(*down), 4, "--approved-by WHO")
    refused(day(*down, "--approved-by", "zhao"), 4, "someone else's approval")
    refused(day(*down, "--approved-by", "wang"), 4, "wang is of level 2", "On duty: qian.")
    refused(day(*down, "--approved-by", "zhou"), 4, "C-1 is about zhou, who may not approve it")
    assert day(*down, "--approved-by", "qian").ok.out.startswith("C-1  level 3 -> 2 (已处理)")


@ON_SQLITE
def test_who_is_meant_must_be_said(day: Shell) -> None:
    do(day, "open", "空调不制冷")
    refused(day("assign", "1"), 2, "WHO is missing", "cstrack assign 42 wang")
    refused(day("assign", "1", "--as-handler", "--against", "zhou"), 2, "WHO is missing")
    refused(day("assign", "1", " "), 2, "the name is empty")
    refused(day("open", "x", "--against", ""), 2, "the name is empty")


@ON_SQLITE
def test_a_matter_of_safety_rings_who_is_on_call(night: Shell, desk: Desk) -> None:
    nobody = night("open", "刹车失灵", "--flag", "safety").ok
    assert "C-1: nobody of level 3 is on duty, and nobody is on call." in nobody.err
    desk.works("zhao", NOW, NOW + days(36_500), ON_CALL)
    line = "nobody of level 3 is on duty. Ring at once, on call: 赵总 (zhao)\n"
    assert night("open", "刹车失灵", "--flag", "safety").ok.err.endswith("C-2: " + line)
    do(night, "open", "异响")
    assert night("flag", "3", "safety").ok.err == "C-3: " + line
    assert night("flag", "3", "crisis", "-q").ok == (0, "", "")
    done = night("flag", "1", "media", "--json").ok
    assert done.err == "C-1: " + line
    assert "Ring" not in night("flag", "3", "vip").ok.err


@ON_SQLITE
def test_in_chinese_it_is_as_plain(night: Shell) -> None:
    do(night, "open", "空调不制冷", "--flag", "departments", "--against", "zhou")
    shown = night("show", "1", "--lang", "zh").ok.out
    assert "周主管 (zhou)" in shown


@ON_SQLITE
def test_without_staff_everything_is_as_before(shell: Shell) -> None:
    do(shell, "open", "空调不制冷", "--flag", "safety")
    assert shell("show", "1", "--json").json["owner"] == "li"
    do(shell, "deescalate", "1", "-m", "x")
    assert shell("assign", "1", "whoever").ok.err == ""
    assert shell("escalate", "1", "-m", "x").ok.out.endswith("owner whoever -> nobody\n")
    assert shell("show", "1", "--json").json["unowned_since"] is None
