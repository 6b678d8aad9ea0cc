"""Questions, asked and answered at a real terminal."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.rough import ON_SQLITE, do
from tests.support.sitting import CTRL_C, CTRL_D, DOWN, ENTER, sit

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = ON_SQLITE

PHONE = ("--phone", "13800000000", "--category", "service.repair")


def events(shell: Shell, number: int = 1) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = shell("timeline", str(number), "--json").json
    return told


# --- asking -------------------------------------------------------------------------------------------------


def test_open_without_a_subject_asks_for_it(shell: Shell) -> None:
    clerk = sit(shell, "open", "--channel", "phone")
    clerk.asked("What is it about?")
    clerk.types("空调不制冷" + ENTER)
    code, screen = clerk.leaves()
    assert (code, "C-1  空调不制冷" in screen) == (0, True)


def test_open_resolved_on_the_spot_asks_what_was_done(shell: Shell) -> None:
    clerk = sit(shell, "open", "雨刮异响", "--resolve")
    clerk.asked("What was done?")
    clerk.types("当场更换" + ENTER)
    assert clerk.leaves()[0] == 0
    assert [(one["type"], one["words"].get("text")) for one in events(shell)] == [
        ("opened", None),
        ("resolved", "当场更换"),
    ]


def test_a_command_that_needs_a_text_asks_for_it(shell: Shell) -> None:
    do(shell, "open", "x")
    clerk = sit(shell, "escalate", "1")
    clerk.asked("Why does it go up?")
    clerk.types("客户要求" + ENTER)
    assert clerk.leaves()[0] == 0
    assert events(shell)[1]["words"] == {"text": "客户要求"}


@pytest.mark.parametrize(
    "words", [["open", "--category", "servise"], ["open", "--phone", "x"], ["escalate", "9"]]
)
def test_what_is_refused_anyway_is_not_asked_about(shell: Shell, words: list[str]) -> None:
    code, screen = sit(shell, *words).leaves()
    assert code in (2, 3)
    assert not any(question in screen for question in ("What is it about?", "Why does it go up?"))


@pytest.mark.parametrize("words", [["open"], ["escalate", "1"], ["note", "1-3", "-m", "x"]])
@pytest.mark.parametrize("how", ["--no-input", "CSTRACK_NO_INPUT"])
def test_who_wants_no_questions_gets_none(shell: Shell, words: list[str], how: str) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    clerk = sit(shell, *words, how) if how == "--no-input" else sit(shell, *words, **{how: "1"})
    assert clerk.leaves()[0] == 5


def test_an_empty_answer_is_none(shell: Shell) -> None:
    clerk = sit(shell, "open")
    clerk.asked("What is it about?")
    clerk.types("  " + ENTER)
    code, screen = clerk.leaves()
    assert (code, "a subject is needed" in screen) == (5, True)
    assert shell("list").out == ""


QUESTIONS = {
    "What is it about?": ["open"],
    "The note:": ["note", "1"],
    "Change 3 cases?": ["note", "1-3", "-m", "x"],
}


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("question", QUESTIONS)
def test_breaking_off_at_a_question_leaves_nothing_half_done(
    shell: Shell, desk: Desk, key: str, question: str
) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    before = desk.everything()
    clerk = sit(shell, *QUESTIONS[question])
    clerk.asked(question)
    clerk.types(key)
    code, screen = clerk.leaves()
    assert (code, "Traceback" in screen) == (130, False)
    assert desk.everything() == before


@pytest.mark.parametrize(("answer", "left"), [("y", (0, 3)), ("n", (5, 0)), (ENTER, (5, 0))])
def test_three_cases_are_changed_only_on_a_yes(
    shell: Shell, desk: Desk, answer: str, left: tuple[int, int]
) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    clerk = sit(shell, "note", "1-3", "-m", "x")
    clerk.asked("Change 3 cases?")
    clerk.types(answer)
    assert (clerk.leaves()[0], desk.events().count("noted")) == left


def test_a_prompt_holds_no_lock(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x")
    clerk = sit(shell, "note", "1")
    clerk.asked("The note:")
    other = sqlite3.connect(desk.url, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    other.close()
    clerk.types(CTRL_C)
    assert clerk.leaves()[0] == 130


# --- joining ------------------------------------------------------------------------------------------------

JOIN = "This customer has a case open on the same matter."


def test_who_joins_records_a_chaser_and_opens_nothing(shell: Shell) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    clerk = sit(shell, "open", "还没好", "-m", "第三次打来", "--channel", "phone", *PHONE)
    clerk.asked(JOIN)
    clerk.asked("record it on C-1: 空调不制冷")
    clerk.types(ENTER)
    code, screen = clerk.leaves()
    assert (code, "C-1  " in screen) == (0, True)
    opened, contacted = events(shell)
    assert contacted["words"] == {"text": "还没好\n第三次打来"}
    facts = contacted["facts"]
    assert (facts["direction"], facts["chase"], facts["channel"]) == ("in", True, "phone")
    assert shell("list", "--format", "{ref}").out == "C-1\n"
    assert opened["type"] == "opened"


def test_who_joins_keeps_the_signs_and_hears_of_the_words(shell: Shell) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    about = ("--flag", "dissatisfied", "--against", "配件部")
    clerk = sit(shell, "open", "现在刹车也失灵", *about, *PHONE)
    clerk.asked(JOIN)
    clerk.types(ENTER)
    code, screen = clerk.leaves()
    assert code == 0
    assert '"刹车" in the text. Raise the case? cstrack flag C-1 safety' in screen
    case = shell("show", "1", "--json").json
    assert (case["flags"], case["against"]) == (["dissatisfied"], "parts")


def test_of_several_open_cases_any_can_be_joined(shell: Shell) -> None:
    do(shell, "open", "一", *PHONE)
    do(shell, "open", "二", *PHONE)
    clerk = sit(shell, "open", "三", *PHONE)
    clerk.asked(JOIN)
    clerk.asked("record it on C-2: 二")
    clerk.asked("record it on C-1: 一")
    clerk.types(DOWN + ENTER)
    assert clerk.leaves()[0] == 0
    assert [one["type"] for one in events(shell)] == ["opened", "contacted"]


def test_who_does_not_join_opens_a_new_case(shell: Shell) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    clerk = sit(shell, "open", "轮胎漏气", *PHONE)
    clerk.asked("open a new case")
    clerk.types(DOWN + ENTER)
    code, screen = clerk.leaves()
    assert (code, "C-2  轮胎漏气" in screen) == (0, True)


def test_a_small_thing_solved_on_the_spot_is_not_asked_to_join(shell: Shell) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    code, screen = sit(shell, "open", "加玻璃水", "--resolve", "-m", "done", *PHONE).leaves()
    assert (code, JOIN in screen, "C-1 of this customer" in screen) == (0, False, True)


def test_breaking_off_at_the_offer_leaves_nothing_half_done(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    before = desk.everything()
    clerk = sit(shell, "open", "还没好", *PHONE)
    clerk.asked(JOIN)
    clerk.types(CTRL_C)
    assert clerk.leaves()[0] == 130
    assert desk.everything() == before
