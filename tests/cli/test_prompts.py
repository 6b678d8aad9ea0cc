"""Questions, asked and answered at a real terminal."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.support.cli import SCRIPT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)

PHONE = ("--phone", "13800000000", "--category", "service.repair")
ENTER, DOWN, CTRL_C, CTRL_D = "\r", "\x1b[B", "\x03", "\x04"


class Sitting:
    """A clerk at a terminal, before one command."""

    def __init__(self, child: Any) -> None:
        self.child = child

    def asked(self, question: str) -> None:
        self.child.expect_exact(question)

    def types(self, keys: str) -> None:
        self.child.send(keys)

    def leaves(self) -> tuple[int, str]:
        """The exit code, and what stood on the screen since the last question, without its colours."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.child.before)


@pytest.fixture
def sit(shell: Shell) -> Iterator[Any]:
    """Start a command at a terminal of its own."""
    children = []

    def started(*words: str, **environ: str) -> Sitting:
        # where the cursor is, which a real terminal tells, would be waited for
        env = environment(shell.home, shell.url, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", **environ)
        child = pexpect.spawn(
            str(SCRIPT),
            list(words),
            env=env,
            cwd=shell.home,
            encoding="utf-8",
            timeout=20,
            dimensions=(40, 200),
        )
        child.delaybeforesend = child.delayafterclose = 0
        children.append(child)
        return Sitting(child)

    yield started
    for child in children:
        child.close(force=True)


def do(shell: Shell, *words: str) -> None:
    """Run a command that the test relies on."""
    assert shell(*words).code == 0


def events(shell: Shell, number: int = 1) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = shell("timeline", str(number), "--json").json
    return told


def draft(shell: Shell, said: str) -> Path:
    """The file that the screen says a text is kept in."""
    [path] = re.findall(r"Your text is kept in (\S+)\.", said)
    assert path.startswith(str(shell.home / ".local/state/cstrack/drafts/"))
    return Path(path)


# --- asking -------------------------------------------------------------------------------------------------


def test_open_without_a_subject_asks_for_it(sit: Any) -> None:
    clerk = sit("open", "--channel", "phone")
    clerk.asked("What is it about?")
    clerk.types("空调不制冷" + ENTER)
    code, screen = clerk.leaves()
    assert (code, "C-1  空调不制冷" in screen) == (0, True)


def test_open_resolved_on_the_spot_asks_what_was_done(shell: Shell, sit: Any) -> None:
    clerk = sit("open", "雨刮异响", "--resolve")
    clerk.asked("What was done?")
    clerk.types("当场更换" + ENTER)
    assert clerk.leaves()[0] == 0
    assert [(one["type"], one["words"].get("text")) for one in events(shell)] == [
        ("opened", None),
        ("resolved", "当场更换"),
    ]


def test_a_command_that_needs_a_text_asks_for_it(shell: Shell, sit: Any) -> None:
    do(shell, "open", "x")
    clerk = sit("escalate", "1")
    clerk.asked("Why does it go up?")
    clerk.types("客户要求" + ENTER)
    assert clerk.leaves()[0] == 0
    assert events(shell)[1]["words"] == {"text": "客户要求"}


@pytest.mark.parametrize(
    "words", [["open", "--category", "servise"], ["open", "--phone", "x"], ["escalate", "9"]]
)
def test_what_is_refused_anyway_is_not_asked_about(sit: Any, words: list[str]) -> None:
    code, screen = sit(*words).leaves()
    assert code in (2, 3)
    assert not any(question in screen for question in ("What is it about?", "Why does it go up?"))


@pytest.mark.parametrize("words", [["open"], ["escalate", "1"], ["note", "1-3", "-m", "x"]])
@pytest.mark.parametrize("how", ["--no-input", "CSTRACK_NO_INPUT"])
def test_who_wants_no_questions_gets_none(shell: Shell, sit: Any, words: list[str], how: str) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    clerk = sit(*words, how) if how == "--no-input" else sit(*words, **{how: "1"})
    assert clerk.leaves()[0] == 5


def test_an_empty_answer_is_none(shell: Shell, sit: Any) -> None:
    clerk = sit("open")
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
    shell: Shell, desk: Desk, sit: Any, key: str, question: str
) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    before = desk.everything()
    clerk = sit(*QUESTIONS[question])
    clerk.asked(question)
    clerk.types(key)
    code, screen = clerk.leaves()
    assert (code, "Traceback" in screen) == (130, False)
    assert desk.everything() == before


@pytest.mark.parametrize(("answer", "left"), [("y", (0, 3)), ("n", (5, 0)), (ENTER, (5, 0))])
def test_three_cases_are_changed_only_on_a_yes(
    shell: Shell, desk: Desk, sit: Any, answer: str, left: tuple[int, int]
) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    clerk = sit("note", "1-3", "-m", "x")
    clerk.asked("Change 3 cases?")
    clerk.types(answer)
    assert (clerk.leaves()[0], desk.events().count("noted")) == left


# --- joining ------------------------------------------------------------------------------------------------

JOIN = "This customer has a case open on the same matter."


def test_who_joins_records_a_chaser_and_opens_nothing(shell: Shell, sit: Any) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    clerk = sit("open", "还没好", "-m", "第三次打来", "--channel", "phone", *PHONE)
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


def test_who_joins_keeps_the_signs_and_hears_of_the_words(shell: Shell, sit: Any) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    clerk = sit("open", "现在刹车也失灵", "--flag", "dissatisfied", *PHONE)
    clerk.asked(JOIN)
    clerk.types(ENTER)
    code, screen = clerk.leaves()
    assert code == 0
    assert '"刹车" in the text. Raise the case? cstrack flag C-1 safety' in screen
    assert shell("show", "1", "--json").json["flags"] == ["dissatisfied"]


def test_of_several_open_cases_any_can_be_joined(shell: Shell, sit: Any) -> None:
    do(shell, "open", "一", *PHONE)
    do(shell, "open", "二", *PHONE)
    clerk = sit("open", "三", *PHONE)
    clerk.asked(JOIN)
    clerk.asked("record it on C-2: 二")
    clerk.asked("record it on C-1: 一")
    clerk.types(DOWN + ENTER)
    assert clerk.leaves()[0] == 0
    assert [one["type"] for one in events(shell)] == ["opened", "contacted"]


def test_who_does_not_join_opens_a_new_case(shell: Shell, sit: Any) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    clerk = sit("open", "轮胎漏气", *PHONE)
    clerk.asked("open a new case")
    clerk.types(DOWN + ENTER)
    code, screen = clerk.leaves()
    assert (code, "C-2  轮胎漏气" in screen) == (0, True)


def test_a_small_thing_solved_on_the_spot_is_not_asked_to_join(shell: Shell, sit: Any) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    code, screen = sit("open", "加玻璃水", "--resolve", "-m", "done", *PHONE).leaves()
    assert (code, JOIN in screen, "C-1 of this customer" in screen) == (0, False, True)


def test_breaking_off_at_the_offer_leaves_nothing_half_done(shell: Shell, desk: Desk, sit: Any) -> None:
    do(shell, "open", "空调不制冷", *PHONE)
    before = desk.everything()
    clerk = sit("open", "还没好", *PHONE)
    clerk.asked(JOIN)
    clerk.types(CTRL_C)
    assert clerk.leaves()[0] == 130
    assert desk.everything() == before


# --- drafts -------------------------------------------------------------------------------------------------


def test_a_text_whose_order_is_refused_meanwhile_is_kept(shell: Shell, sit: Any) -> None:
    do(shell, "open", "x")
    clerk = sit("resolve", "1")
    clerk.asked("What was done?")
    do(shell, "close", "1", "--outcome", "withdrawn")
    clerk.types("换了压缩机" + ENTER)
    code, screen = clerk.leaves()
    assert (code, "refused: C-1 was closed on" in screen) == (4, True)
    assert draft(shell, screen).read_text(encoding="utf-8") == "换了压缩机\n"


def test_a_text_is_kept_when_the_database_breaks_meanwhile(shell: Shell, desk: Desk, sit: Any) -> None:
    do(shell, "open", "x")
    clerk = sit("note", "1")
    clerk.asked("The note:")
    Path(desk.url).write_bytes(b"not what it was" * 1000)
    clerk.types("配件已订" + ENTER)
    code, screen = clerk.leaves()
    assert (code, "is not a sound cstrack database" in screen) == (1, True)
    assert draft(shell, screen).read_text(encoding="utf-8") == "配件已订\n"


def test_what_was_typed_is_kept_when_no_database_can_be_made(shell: Shell, sit: Any, tmp_path: Path) -> None:
    clerk = sit("open", "--resolve", CSTRACK_DATABASE_URL=str(tmp_path / "none" / "cs.db"))
    clerk.asked("What is it about?")
    clerk.types("雨刮异响" + ENTER)
    clerk.asked("What was done?")
    (tmp_path / "none").write_text("a file stands where the folder should be")
    clerk.types("当场更换" + ENTER)
    code, screen = clerk.leaves()
    assert code == 1
    assert draft(shell, screen).read_text(encoding="utf-8") == "雨刮异响\n当场更换\n"


@pytest.mark.parametrize(("answer", "code"), [("n", 5), (CTRL_C, 130)])
def test_a_text_is_kept_when_the_question_after_it_is_not_answered_yes(
    shell: Shell, sit: Any, answer: str, code: int
) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    clerk = sit("note", "1-3")
    clerk.asked("The note:")
    clerk.types("全部召回" + ENTER)
    clerk.asked("Change 3 cases?")
    clerk.types(answer)
    left, screen = clerk.leaves()
    assert left == code
    assert draft(shell, screen).read_text(encoding="utf-8") == "全部召回\n"


def test_a_draft_is_nobody_elses_whatever_the_umask(shell: Shell, sit: Any) -> None:
    do(shell, "open", "x")
    before = os.umask(0)
    try:
        clerk = sit("resolve", "1")
    finally:
        os.umask(before)
    clerk.asked("What was done?")
    do(shell, "close", "1", "--outcome", "withdrawn")
    clerk.types("换了" + ENTER)
    path = draft(shell, clerk.leaves()[1])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in path.parents[:5]:
        if folder != shell.home:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_a_draft_that_cannot_be_saved_stands_on_the_screen(shell: Shell, sit: Any) -> None:
    do(shell, "open", "x")
    clerk = sit("resolve", "1", XDG_STATE_HOME="/dev/null/nowhere")
    clerk.asked("What was done?")
    do(shell, "close", "1", "--outcome", "withdrawn")
    clerk.types("换了压缩机" + ENTER)
    code, screen = clerk.leaves()
    assert code == 4
    assert re.search(r"Your text, which could not be saved:\r?\n换了压缩机", screen)


def test_no_draft_is_left_when_all_went_well(shell: Shell, sit: Any) -> None:
    do(shell, "open", "x")
    clerk = sit("note", "1")
    clerk.asked("The note:")
    clerk.types("y" + ENTER)
    assert clerk.leaves()[0] == 0
    assert not (shell.home / ".local/state").exists()


def test_a_prompt_holds_no_lock(shell: Shell, desk: Desk, sit: Any) -> None:
    do(shell, "open", "x")
    clerk = sit("note", "1")
    clerk.asked("The note:")
    other = sqlite3.connect(desk.url, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    other.close()
    clerk.types(CTRL_C)
    assert clerk.leaves()[0] == 130
