"""A text typed at a prompt outlives the order that it was typed for."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.rough import ON_SQLITE, do
from tests.support.sitting import CTRL_C, ENTER, sit

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = ON_SQLITE


def draft(shell: Shell, said: str) -> Path:
    """The file that the screen says a text is kept in."""
    [path] = re.findall(r"Your text is kept in (\S+)\.", said)
    assert path.startswith(str(shell.home / ".local/state/cstrack/drafts/"))
    return Path(path)


def test_a_text_whose_order_is_refused_meanwhile_is_kept(shell: Shell) -> None:
    do(shell, "open", "x")
    clerk = sit(shell, "resolve", "1")
    clerk.asked("What was done?")
    do(shell, "close", "1", "--outcome", "withdrawn")
    clerk.types("换了压缩机" + ENTER)
    code, screen = clerk.leaves()
    assert (code, "refused: C-1 was closed on" in screen) == (4, True)
    assert draft(shell, screen).read_text(encoding="utf-8") == "换了压缩机\n"


def test_a_text_is_kept_when_the_database_breaks_meanwhile(shell: Shell, desk: Desk) -> None:
    do(shell, "open", "x")
    clerk = sit(shell, "note", "1")
    clerk.asked("The note:")
    Path(desk.url).write_bytes(b"not what it was" * 1000)
    clerk.types("配件已订" + ENTER)
    code, screen = clerk.leaves()
    assert (code, "is not a sound cstrack database" in screen) == (1, True)
    assert draft(shell, screen).read_text(encoding="utf-8") == "配件已订\n"


def test_what_was_typed_is_kept_when_no_database_can_be_made(shell: Shell, tmp_path: Path) -> None:
    clerk = sit(shell, "open", "--resolve", CSTRACK_DATABASE_URL=str(tmp_path / "none" / "cs.db"))
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
    shell: Shell, answer: str, code: int
) -> None:
    for subject in "abc":
        do(shell, "open", subject)
    clerk = sit(shell, "note", "1-3")
    clerk.asked("The note:")
    clerk.types("全部召回" + ENTER)
    clerk.asked("Change 3 cases?")
    clerk.types(answer)
    left, screen = clerk.leaves()
    assert left == code
    assert draft(shell, screen).read_text(encoding="utf-8") == "全部召回\n"


def test_a_draft_is_nobody_elses_whatever_the_umask(shell: Shell) -> None:
    do(shell, "open", "x")
    before = os.umask(0)
    try:
        clerk = sit(shell, "resolve", "1")
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


def test_a_draft_that_cannot_be_saved_stands_on_the_screen(shell: Shell) -> None:
    do(shell, "open", "x")
    clerk = sit(shell, "resolve", "1", XDG_STATE_HOME="/dev/null/nowhere")
    clerk.asked("What was done?")
    do(shell, "close", "1", "--outcome", "withdrawn")
    clerk.types("换了压缩机" + ENTER)
    code, screen = clerk.leaves()
    assert code == 4
    assert re.search(r"Your text, which could not be saved:\r?\n换了压缩机", screen)


def test_no_draft_is_left_when_all_went_well(shell: Shell) -> None:
    do(shell, "open", "x")
    clerk = sit(shell, "note", "1")
    clerk.asked("The note:")
    clerk.types("y" + ENTER)
    assert clerk.leaves()[0] == 0
    assert not (shell.home / ".local/state").exists()
