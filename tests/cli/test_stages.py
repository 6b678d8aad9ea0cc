"""`cstrack stage` as a process, on both kinds of database: what a workshop types from stage to stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branch import BRANCH, DANGEROUS, clock_of, follows, typed_at, widest
from tests.support.rough import ON_SQLITE, do, refused, sound
from tests.support.sitting import ENTER, sit

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

AT = "2025-03-10 09:{}"
FLOW = """\
[clocks.stage]
[[stages]]
code = "look"
en = "look at it"
limit = "5m"
[[stages]]
code = "mend"
en = "mend it"
"""


@pytest.fixture
def case(shell: Shell) -> Shell:
    do(shell, "open", "空调不制冷", "--at", AT.format("00"))
    return shell


def flow(shell: Shell, *more: str) -> dict[str, dict[str, Any]]:
    """The stages of the first case by their codes."""
    return {stage["code"]: stage for stage in shell("show", "1", "--json", *more).json["stages"]}


def test_a_stage_is_entered_in_one_line(shell: Shell) -> None:
    do(shell, "open", "空调不制冷")
    done = shell("stage", "1", "execution", "--by", "+3h").ok
    assert done.out.startswith("C-1  stage execution entered  stage: execution due ")
    assert done.out.endswith(", in 3 h\n")
    assert (done.out.count("\n"), done.err) == (1, "")
    assert clock_of(shell, "stage")["name"] == "execution"
    sound(shell)


def test_programs_are_told_what_was_left_and_what_entered(case: Shell) -> None:
    do(case, "stage", "1", "reception", "--at", AT.format("01"))
    found = case("stage", "1", "问题记录", "--checked", "--json", "--at", AT.format("05")).json
    assert [event["type"] for event in found["events"]] == ["stage-left", "stage-entered"]
    verdicts = [clock["verdict"] for clock in found["clocks"] if clock["kind"] == "stage"]
    assert verdicts[0] == "met"
    sound(case)


def test_the_card_shows_what_is_done_by_whom_what_is_late_and_what_is_to_come(case: Shell) -> None:
    do(case, "stage", "1", "reception", "--at", AT.format("01"))
    do(case, "stage", "1", "record", "--checked", "-m", "by name", "--at", AT.format("05"))
    do(case, "stage", "1", "execution", "--as", "chen", "--at", AT.format("30"))
    do(case, "stage", "1", "callback", "--as", "sun", "--at", AT.format("40"))
    text = case("show", "1", "--at", "2025-03-10 10:00").ok.out
    assert (
        "Stages\n"
        "  3 of 5 done\n"
        "    reception  done Mon 10 Mar 09:05 by li, checked\n"
        "    record     done Mon 10 Mar 09:30 by li, LATE 10 min\n"
        "    plan       left out\n"
        "    execution  done Mon 10 Mar 09:40 by chen\n"
        "    callback   since Mon 10 Mar 09:40 by sun, due Thu 13 Mar 09:40, in 71 h 40\n"
        "               customer-relations officer, never the handler · 3 d · "
        "quality check: all are called, 95 % and more are solved\n"
    ) in text
    sound(case)


def test_programs_see_each_stage(case: Shell) -> None:
    do(case, "stage", "1", "plan", "--at", AT.format("00"))
    do(case, "stage", "1", "--done", "--checked", "--as", "sun", "--at", AT.format("30"))
    assert flow(case)["plan"] == {
        "code": "plan",
        "state": "done",
        "limit": "30m",
        "entered_at": "2025-03-10T01:00:00Z",
        "who": "li",
        "due_at": "2025-03-10T01:30:00Z",
        "left_at": "2025-03-10T01:30:00Z",
        "left_by": "sun",
        "checked": True,
        "verdict": "breached",
        "late": True,
    }
    assert [stage["state"] for stage in flow(case).values()] == [
        "skipped",
        "skipped",
        "done",
        *["to-come"] * 2,
    ]
    assert flow(case, "--at", AT.format("10"))["plan"]["state"] == "present"


def test_what_lasts_too_long_is_overdue_by_its_name(case: Shell) -> None:
    do(case, "stage", "1", "plan", "--at", AT.format("00"))
    [late] = case("overdue", "--json", "--at", AT.format("35")).json
    assert (late["clock"], late["late_s"]) == ("stage", 300)
    text = case("show", "1", "--at", AT.format("35")).ok.out
    assert "    plan       since Mon 10 Mar 09:00 by li, due Mon 10 Mar 09:30, LATE 5 min\n" in text


def test_the_timeline_and_why_tell_of_it(case: Shell) -> None:
    do(case, "stage", "1", "plan", "--at", AT.format("00"))
    do(case, "stage", "1", "record", "-m", "another noise", "--at", AT.format("10"))
    left, entered = case("timeline", "1", "--json").json[-2:]
    assert (left["type"], left["summary"], left["words"]) == ("stage-left", "stage plan left", None)
    assert (entered["summary"], entered["words"]) == ("stage record entered", {"text": "another noise"})
    assert (
        "stage: record, 15 min · from entering the stage" in case("why", "1", "--at", AT.format("11")).ok.out
    )


def test_lists_are_narrowed_to_a_stage(case: Shell) -> None:
    do(case, "open", "b", "--at", AT.format("00"))
    do(case, "stage", "2", "plan", "--at", AT.format("01"))
    do(case, "stage", "2", "execution", "--at", AT.format("05"))
    assert [(one["number"], one["stage"]) for one in case("list", "--json").json] == [
        (1, None),
        (2, "execution"),
    ]
    assert [one["ref"] for one in case("list", "--stage", "执行反馈", "--json").json] == ["C-2"]
    assert case("list", "--stage", "plan", "--json").json == []
    past = case("list", "--stage", "plan", "--json", "--at", AT.format("03")).json
    assert [one["ref"] for one in past] == ["C-2"]


def test_in_chinese_the_stages_have_their_names(case: Shell) -> None:
    do(case, "stage", "1", "接待", "--at", AT.format("01"))
    text = case("show", "1", "--lang", "zh", "--at", AT.format("02")).ok.out
    assert "接待" in text
    assert "问题记录" in text
    assert "服务顾问" in text


def test_a_reopened_case_begins_anew(case: Shell) -> None:
    do(case, "stage", "1", "plan", "--at", AT.format("00"))
    do(case, "resolve", "1", "-m", "x", "--at", AT.format("10"))
    assert flow(case)["plan"]["state"] == "done"
    do(case, "stage", "1", "callback", "--at", AT.format("11"))
    do(case, "reopen", "1", "-m", "x", "--at", AT.format("20"))
    assert {stage["state"] for stage in flow(case).values()} == {"to-come"}
    assert case("show", "1", "--json").json["stage"] is None
    sound(case)


def test_the_names_of_other_stages_are_shown_beside_their_codes(shell: Shell) -> None:
    follows(shell, BRANCH.replace("[categories]", FLOW + "[categories]"))
    do(shell, "open", "空调不制冷")
    assert "  0 of 2 done: look; mend\n" in shell("show", "1").ok.out
    do(shell, "stage", "1", "mend it")
    text = shell("show", "1").ok.out
    assert "    look  look at it  left out\n    mend  mend it  since " in text


def test_a_policy_without_stages_shows_none(case: Shell) -> None:
    do(case, "stage", "1", "plan", "--at", AT.format("00"))
    follows(case)
    assert flow(case)["plan"]["state"] == "present"
    refused(case("stage", "1", "plan"), 4, "policy branch v2 has no stages", "cstrack policy show")
    do(case, "stage", "1", "--done")
    do(case, "open", "b")
    assert "Stages" not in case("show", "2").ok.out
    sound(case)


@ON_SQLITE
def test_at_a_terminal_the_stage_is_asked_for(case: Shell) -> None:
    clerk = sit(case, "stage", "1")
    clerk.asked("Which stage?")
    clerk.types(ENTER)
    code, screen = clerk.leaves()
    assert (code, "stage reception entered" in screen) == (0, True)


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["stage", "1"], 5, "CODE"),
        (["stage", "1", "recrod"], 2, "Did you mean record?"),
        (["stage", "1", "plan"], 4, "cstrack stage C-1 --done"),
        (["stage", "1", "record"], 4, 'cstrack stage C-1 CODE -m "..."'),
        (["stage", "1", "callback", "--by", "+3h"], 4, "3 d"),
        (["stage", "1", "execution", "--by", "2025-03-10 09:00"], 4, "--by"),
        (["stage", "1", "execution", "--done"], 2, "--done"),
        (["stage", "1", "--by", "+3h", "--done"], 2, "--by"),
        (["stage", "2", "--done"], 4, "cstrack stage C-2 CODE"),
        (["stage", "2", "plan", "--checked"], 4, "is in no stage"),
        (["stage", "3", "plan"], 4, "cstrack reopen C-3"),
        (["stage", "9", "plan"], 3, "C-9"),
        (["list", "--stage", "recrod"], 2, "Did you mean record?"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_one_line(
    case: Shell, desk: Desk, words: list[str], code: int, part: str
) -> None:
    do(case, "stage", "1", "plan")
    do(case, "open", "b")
    do(case, "open", "c")
    do(case, "resolve", "3", "-m", "x")
    before = desk.everything()
    refused(case(*words), code, part)
    assert desk.everything() == before


@ON_SQLITE
@pytest.mark.parametrize("width", [30, 90])
def test_r17_hostile_words_are_harmless(case: Shell, width: int) -> None:
    hostile = "\x1b]52;c;YQ==\x07 \u202e[/foo]"
    do(case, "stage", "1", "plan", "--as", hostile, "-m", hostile)
    do(case, "stage", "1", "execution", "--checked", "-m", hostile)
    for words in (["show", "1"], ["timeline", "1"], ["why", "1"], ["stage", "1", hostile]):
        _code, lines = typed_at(case.home, str(case.url), words, width, NO_COLOR="1")
        assert not [line for line in lines if DANGEROUS.search(line)]
        if words[0] in ("show", "timeline"):
            assert widest(lines) <= width
