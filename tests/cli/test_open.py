"""`cstrack open`, as a clerk types it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.rough import ON_SQLITE, do

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Shell

pytestmark = ON_SQLITE

KEYS = ["schema", "number", "ref", "events", "level", "status", "clocks"]
DUE = r"due (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2} (\d{4} )?\d\d:\d\d, (in|LATE) "
PHONE = ("--phone", "13800000000", "--category", "service.repair")


def shown(shell: Shell, number: int = 1) -> Any:
    return shell("show", str(number), "--json").json


def opening_words(shell: Shell, number: int = 1) -> Any:
    return shell("timeline", str(number), "--json").json[0]["words"]


# --- what it answers ----------------------------------------------------------------------------------------


def test_it_prints_the_number_first_then_the_level_the_people_and_when_each_clock_is_due(
    shell: Shell,
) -> None:
    said = shell("open", "空调不制冷，返修两次未解决", "--customer", "张三", *PHONE, "--channel", "phone").ok
    first, people, *clocks = said.out.splitlines()
    assert first == "C-1  空调不制冷，返修两次未解决"
    assert people.split(" · ") == [
        "  level 1, front line",
        "customer 张三",
        "owner li",
        "handler li",
        "first contact li",
    ]
    assert [re.split(r"  +", line.strip())[:2] for line in clocks] == [
        ["first response", "24 h"],
        ["plan", "24 h"],
        ["level 1", "24 h"],
        ["total", "72 h"],
    ]
    assert clocks[0].endswith("  met")
    assert all(re.search(DUE, line) for line in clocks[1:])
    assert said.err == ""


def test_the_json_has_the_keys_of_every_writing_command(shell: Shell) -> None:
    said = shell("open", "空调不制冷", "--json").json
    assert list(said) == KEYS
    assert (said["schema"], said["number"], said["ref"], said["level"], said["status"]) == (
        *(1, 1, "C-1", 1),
        "open",
    )
    assert said["events"] == [{"type": "opened", "seq": 1}]
    assert [clock["kind"] for clock in said["clocks"]] == ["first-response", "plan", "level", "total"]


def test_quiet_says_nothing_even_of_words_in_the_text(shell: Shell) -> None:
    assert shell("open", "刹车失灵", "-q").ok[1:] == ("", "")


def test_json_keeps_standard_output_to_itself(shell: Shell) -> None:
    said = shell("open", "刹车失灵", "--json")
    assert said.json["level"] == 3
    assert "safety" in said.err


def test_the_desk_is_made_on_first_use(shell: Shell, tmp_path: Path) -> None:
    shell.url = str(tmp_path / "new" / "desk.db")
    assert shell("open", "第一件").ok.out.startswith("C-1  第一件\n")


# --- the level ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "flag"),
    [
        ("刹车失灵", "刹车", "safety"),
        ("The BRAKES failed", "BRAKES", "safety"),
        ("要请律师", "律师", "legal"),
        ("找记者曝光", "记者", "media"),
    ],
)
def test_a_word_raises_the_level_and_it_is_said_how_to_take_it_back(
    shell: Shell, text: str, word: str, flag: str
) -> None:
    said = shell("open", text).ok
    assert f'"{word}" in the text: {flag}, level 3.' in said.err
    assert f'cstrack flag C-1 {flag} --off -m "..."' in said.err
    assert "level 3, senior management" in said.out
    assert flag in shown(shell)["flags"]


def test_a_word_in_the_long_text_counts_too(shell: Shell) -> None:
    assert "safety" in shell("open", "来信", "-m", "行驶中方向盘失控").ok.err


def test_a_word_that_only_asks_to_be_looked_at_leaves_the_level(shell: Shell) -> None:
    said = shell("open", "要打 12315").ok
    assert said.err == '"12315" in the text: is an outside body involved? Please look\n'
    assert shown(shell)["level"] == 1


def test_flags_by_hand_may_be_repeated(shell: Shell) -> None:
    do(shell, "open", "x", "--flag", "vip", "--flag", "dissatisfied", "--flag", "vip")
    case = shown(shell)
    assert (case["flags"], case["level"]) == (["dissatisfied", "vip"], 3)


def test_two_grave_signs_make_a_crisis_and_that_is_said(shell: Shell) -> None:
    said = shell("open", "刹车失灵，要请律师").ok
    assert "crisis: two of media, legal, safety and a public platform come together" in said.err
    assert "crisis" in shown(shell)["flags"]


def test_a_major_channel_raises_the_level_and_the_screen_says_why(shell: Shell) -> None:
    said = shell("open", "x", "--channel", "regulator").ok
    assert "level 3, senior management (regulator)" in said.out


def test_only_complaints_run_level_clocks(shell: Shell) -> None:
    kinds = [clock["kind"] for clock in shell("open", "谢谢", "--kind", "praise", "--json").json["clocks"]]
    assert "level" not in kinds


@pytest.mark.parametrize(
    ("option", "typed", "near"),
    [
        ("--category", "service.repai", "service.repair"),
        ("--channel", "fone", "phone"),
        ("--flag", "safty", "safety"),
        ("--kind", "complain", "complaint"),
        ("--category", "维修", "service.repair"),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest_one(
    shell: Shell, option: str, typed: str, near: str
) -> None:
    said = shell("open", "x", option, typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"error: {option} does not know {typed}. Did you mean {near}? Possible: ")
    assert shell("list").ok.out == ""


@pytest.mark.parametrize("typed", ["维修技术", "Service.Repair", " service.repair", "repair"])
def test_a_code_may_be_typed_by_its_name_or_in_capitals(shell: Shell, typed: str) -> None:
    do(shell, "open", "x", "--category", typed)
    assert shown(shell)["category"] == "service.repair"


# --- when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "opened_at"),
    [
        ("2025-11-03 15:00", "2025-11-03T07:00:00Z"),
        ("2025-11-03T15:00:00+09:00", "2025-11-03T06:00:00Z"),
        ("2025年11月3日下午3点", "2025-11-03T07:00:00Z"),
    ],
)
def test_a_case_can_be_typed_in_later(shell: Shell, phrase: str, opened_at: str) -> None:
    said = shell("open", "x", "--at", phrase).ok
    assert re.search(r"\n  opened Mon 3 Nov 2025 1[45]:00 Asia/Shanghai\n", said.out)
    assert shown(shell)["opened_at"] == opened_at


def test_yesterday_in_words_is_before_now(shell: Shell) -> None:
    assert "Asia/Shanghai" in shell("open", "x", "--at", "昨天下午3点").ok.out
    assert shell("open", "x", "--at", "2 hours ago", "--json").json["clocks"][1]["left_s"] <= 22 * 3600


def test_the_future_is_refused(shell: Shell) -> None:
    said = shell("open", "x", "--at", "+1h")
    assert (said.code, said.out) == (4, "")
    assert "has not come yet" in said.err
    assert shell("list").ok.out == ""


@pytest.mark.parametrize("phrase", ["01/02/2026", "soon", "", "25:00", "2026-02-30"])
def test_a_date_that_means_nothing_is_refused(shell: Shell, phrase: str) -> None:
    said = shell("open", "x", "--at", phrase)
    assert (said.code, said.out) == (2, "")
    repeated = phrase or '""'
    assert said.err.startswith(f"error: the time {repeated} is not understood. Write 2026-")


# --- the words ----------------------------------------------------------------------------------------------

LONG = "第一行\n第二行 [/b] \\n\n第三行"


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["x", "-m", LONG], None),
        (["x", "-F", "letter.txt"], None),
        (["x", "-F", "-"], LONG),
        (["x", "-m", "-"], LONG + "\n"),
    ],
)
def test_a_long_text_comes_from_an_option_a_file_or_standard_input(
    shell: Shell, arguments: list[str], stdin: str | None
) -> None:
    (shell.home / "letter.txt").write_text(LONG, encoding="utf-8")
    do(shell, "open", *arguments, stdin=stdin)
    assert opening_words(shell) == {"subject": "x", "text": LONG}


@pytest.mark.parametrize("arguments", [["-m", LONG], ["", "-m", LONG], ["-m", "-"], ["-"], ["-F", "-"]])
def test_a_text_without_a_subject_gives_its_first_line_as_one_and_is_kept_once(
    shell: Shell, arguments: list[str]
) -> None:
    do(shell, "open", *arguments, stdin=LONG)
    assert opening_words(shell) == {"subject": "第一行", "text": LONG}


def test_a_subject_that_is_a_text_is_cut_and_kept_whole(shell: Shell) -> None:
    do(shell, "open", "长" * 201, "-m", "more")
    assert opening_words(shell) == {"subject": "长" * 200, "text": "长" * 201 + "\nmore"}


@pytest.mark.parametrize("arguments", [["x", "-m", "a", "-F", "b"], ["-", "-m", "-"], ["-", "-F", "-"]])
def test_two_places_for_one_text_are_refused(shell: Shell, arguments: list[str]) -> None:
    said = shell("open", *arguments, stdin="abc")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("exclude each other. Give one of them\n")


@pytest.mark.parametrize("arguments", [[], [" "], ["-"], ["-F", "-"], ["--resolve", "-m", "done"]])
def test_without_a_subject_and_nobody_to_ask_it_names_what_is_missing(
    shell: Shell, arguments: list[str]
) -> None:
    said = shell("open", *arguments)
    assert said == (5, "", 'error: a subject is needed. Give it: cstrack open "what it is about"\n')
    assert shell("list").ok.out == ""


def test_a_small_thing_is_opened_and_resolved_in_one_line(shell: Shell) -> None:
    said = shell("open", "雨刮异响", "--channel", "walk-in", "--resolve", "-m", "当场更换").ok
    assert shown(shell)["status"] == "resolved"
    assert [line.split()[-1] for line in said.out.splitlines()[2:]] == ["met"] * 4


def test_resolving_on_the_spot_needs_what_was_done(shell: Shell) -> None:
    said = shell("open", "x", "--resolve")
    assert said == (5, "", 'error: a text is needed. Give it: -m "...", or in a file: -F FILE\n')
