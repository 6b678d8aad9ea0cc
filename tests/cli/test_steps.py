"""`cstrack step` and `meeting` as processes: what is done of a checklist, what was decided together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branch import DANGEROUS, typed_at, widest, written
from tests.support.rough import ON_SQLITE, do, refused, sound

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

AT = "2025-03-10 09:{}"
LISTS = """\
name = "own"
[levels.1]
en = "one"
limit = "24h"
[levels.2]
en = "two"
limit = "48h"
[levels.3]
en = "three"
limit = "72h"
[[checklists]]
code = "crisis"
en = "in a crisis"
steps = [{ code = "voice", en = "one voice", limit = "30m" }, { code = "thank", en = "thank" }]
"""


@pytest.fixture
def case(shell: Shell) -> Shell:
    do(shell, "open", "空调不制冷", "--at", AT.format("00"))
    return shell


def lists(shell: Shell, *more: str) -> dict[str, list[dict[str, object]]]:
    found = shell("show", "1", "--json", *more).json["checklists"]
    return {each["code"]: each["steps"] for each in found}


def test_a_step_is_ticked_and_shown_with_who_and_when(case: Shell) -> None:
    done = case("step", "1", "致歉", "-m", "by phone", "--at", AT.format("05")).ok
    assert (done.out, done.err) == ("C-1  step apologise done\n", "")
    assert lists(case)["four-steps"][:2] == [
        {"code": "listen", "done_at": None, "who": None, "due_at": None, "late": False, "text": None},
        {
            "code": "apologise",
            "done_at": "2025-03-10T01:05:00Z",
            "who": "li",
            "due_at": None,
            "late": False,
            "text": "by phone",
        },
    ]
    text = case("show", "1", "--at", AT.format("30")).ok.out
    assert "  four steps, 1 of 4 done\n    listen     listen and understand  to do\n" in text
    assert "    apologise  done Mon 10 Mar 09:05 by li: by phone\n" in text
    assert "step apologise done" in case("timeline", "1").ok.out
    sound(case)


def test_one_voice_is_named_and_shown(case: Shell) -> None:
    do(case, "flag", "1", "crisis", "--at", AT.format("10"))
    do(case, "step", "1", "voice", "--by", "王总", "-m", "only he speaks", "--at", AT.format("20"))
    text = case("show", "1", "--at", AT.format("30")).ok.out
    assert "done Mon 10 Mar 09:20 by 王总: only he speaks\n" in text
    assert "to do until Mon 10 Mar 11:10, in 1 h 40\n" in text
    [step] = [step for step in lists(case)["crisis"] if step["code"] == "voice"]
    assert (step["who"], step["text"]) == ("王总", "only he speaks")
    assert case("timeline", "1", "--json").json[-1]["summary"] == "step voice done, 王总"
    sound(case)


def test_a_meeting_and_a_proposal_are_steps_of_a_crisis(case: Shell) -> None:
    do(case, "flag", "1", "crisis", "--at", AT.format("10"))
    done = case("meeting", "1", "--with", "王总", "-m", "a new one", "--at", AT.format("20")).ok
    assert done.out == "C-1  meeting with 王总  step meeting done\n"
    do(case, "propose", "1", "-m", "a new one", "--by", "2025-03-12", "--at", AT.format("30"))
    steps = {step["code"]: step["done_at"] for step in lists(case)["crisis"]}
    assert (steps["meeting"], steps["plan"]) == ("2025-03-10T01:20:00Z", "2025-03-10T01:30:00Z")
    sound(case)


def test_what_is_not_begun_shows_the_codes_to_type(case: Shell) -> None:
    text = case("show", "1", "--at", AT.format("30")).ok.out
    assert "Checklists\n  four steps, 0 of 4 done: listen; apologise; explain; follow-up\n" in text


def test_in_chinese_the_names_are_shown_that_can_be_typed(case: Shell) -> None:
    do(case, "step", "1", "倾听理解")
    text = case("show", "1", "--lang", "zh").ok.out
    assert "投诉四步，已完成 1/4\n    倾听理解  li 于 " in text
    assert "    致歉  未完成\n" in text


def test_an_earlier_moment_is_seen_as_it_was(case: Shell) -> None:
    do(case, "step", "1", "listen", "--at", AT.format("05"))
    assert lists(case, "--at", AT.format("04"))["four-steps"][0]["done_at"] is None
    assert lists(case, "--at", AT.format("05"))["four-steps"][0]["who"] == "li"


def test_late_steps_are_marked_done_or_not(case: Shell) -> None:
    do(case, "flag", "1", "crisis", "--at", AT.format("00"))
    do(case, "step", "1", "voice", "--at", "2025-03-10 11:00")
    text = case("show", "1", "--at", "2025-03-10 12:00").ok.out
    assert "done Mon 10 Mar 11:00 by li, LATE\n" in text
    assert "to do until Mon 10 Mar 11:00, LATE 1 h\n" in text
    steps = {step["code"]: step for step in lists(case, "--at", "2025-03-10 12:00")["crisis"]}
    assert (steps["voice"]["late"], steps["public"]["late"]) == (True, True)
    assert steps["public"]["due_at"] == "2025-03-10T03:00:00Z"
    assert "step voice done, late" in case("timeline", "1").ok.out


def test_another_policy_has_other_lists_and_what_was_ticked_stays_in_the_history(case: Shell) -> None:
    do(case, "step", "1", "listen", "--at", AT.format("05"))
    do(case, "policy", "apply", written(case, "own.toml", LISTS), "-q")
    assert list(lists(case)) == ["crisis"]
    assert list(lists(case, "--at", AT.format("10"))) == ["four-steps"]
    refused(case("step", "1", "apologise"), 2, "CODE", "voice, thank")
    sound(case)


def test_a_meeting_has_people_and_a_decision(case: Shell) -> None:
    done = case("meeting", "1", "--with", "王总, li，陈工,li", "-m", "replace it", "--at", AT.format("20")).ok
    assert (done.out, done.err) == ("C-1  meeting with 王总, li, 陈工\n", "")
    last = case("timeline", "1", "--json").json[-1]
    assert last["words"] == {"text": "replace it", "with": ["王总", "li", "陈工"]}
    assert (last["type"], last["facts"], last["summary"]) == ("discussed", {}, "meeting with 王总, li, 陈工")
    sound(case)


@ON_SQLITE
@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["step", "1", "apologize"], 2, "Did you mean apologise?"),
        (["step", "1", "listen"], 4, "cstrack show C-1"),
        (["step", "9", "listen"], 3, "C-9"),
        (["meeting", "1", "-m", "x"], 5, "--with"),
        (["meeting", "1", "--with", " , ", "-m", "x"], 5, "--with"),
        (["meeting", "1", "--with", "li"], 5, "-m"),
        (["meeting", "9", "--with", "li", "-m", "x"], 3, "C-9"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_one_line(
    case: Shell, desk: Desk, words: list[str], code: int, part: str
) -> None:
    do(case, "step", "1", "listen")
    before = desk.everything()
    refused(case(*words), code, part)
    assert desk.everything() == before


@ON_SQLITE
@pytest.mark.parametrize("width", [30, 90])
def test_r17_hostile_people_and_decisions_are_harmless(case: Shell, width: int) -> None:
    hostile = "\x1b]52;c;YQ==\x07 \u202e[/foo]"
    do(case, "meeting", "1", "--with", hostile, "-m", hostile)
    do(case, "step", "1", "listen", "--as", hostile, "-m", hostile)
    for words in (["show", "1"], ["timeline", "1"], ["step", "1", "listen"], ["step", "1", hostile]):
        _code, lines = typed_at(case.home, str(case.url), words, width, NO_COLOR="1")
        assert not [line for line in lines if DANGEROUS.search(line)]
        if words[0] != "step":
            assert widest(lines) <= width


@ON_SQLITE
def test_erased_people_are_left_out(case: Shell, desk: Desk) -> None:
    do(case, "meeting", "1", "--with", "canary", "-m", "canary")
    with desk.writing() as db, db.transaction():
        db.execute("UPDATE event SET words = NULL WHERE type = 'discussed'")
    told = case("timeline", "1").ok.out
    assert "meeting about the case" in told
    assert "canary" not in told
