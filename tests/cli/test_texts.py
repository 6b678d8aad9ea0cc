"""Texts that cannot be kept, and the longest that can."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.rough import ON_SQLITE, do, refused

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

pytestmark = ON_SQLITE


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["open", "-F", "nul.txt"], "TEXT"),
        (["open", "x", "-F", "nul.txt"], "TEXT"),
        (["note", "1", "-F", "nul.txt"], "TEXT"),
        (["note", "1", "-m", "-"], "TEXT"),
        (["open", "-"], "SUBJECT"),
    ],
)
def test_nul_is_refused(shell: Shell, desk: Desk, words: list[str], what: str) -> None:
    do(shell, "open", "x")
    (shell.home / "nul.txt").write_bytes(b"a\x00b")
    before = desk.everything()
    refused(shell(*words, stdin="a\x00b"), 6, f"{what} holds a NUL character")
    assert desk.everything() == before


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["open", "{}"], "SUBJECT"),
        (["open", "x", "--customer", "{}"], "--customer"),
        (["open", "x", "--phone", "{}"], "--phone"),
        (["open", "x", "-m", "{}"], "TEXT"),
        (["open", "x", "--as", "{}"], "--as"),
        (["note", "1", "-m", "{}"], "TEXT"),
        (["assign", "1", "{}"], "WHO"),
    ],
)
def test_bytes_that_are_no_text_are_refused(shell: Shell, desk: Desk, words: list[str], what: str) -> None:
    do(shell, "open", "x")
    before = desk.everything()
    done = shell(*(word.replace("{}", "caf\udce9") for word in words))
    refused(done, 6, f"{what} is not valid text in this terminal's encoding")
    assert desk.everything() == before


def test_a_file_in_another_encoding_is_refused_by_its_place(shell: Shell) -> None:
    do(shell, "open", "x")
    (shell.home / "gb.txt").write_bytes("投诉".encode("gb18030"))
    refused(shell("note", "1", "-F", "gb.txt"), 6, "gb.txt is not UTF-8 at byte 2. Save it as UTF-8")


def test_a_mebibyte_is_taken_and_a_byte_more_is_not(shell: Shell) -> None:
    do(shell, "open", "x")
    most, more = "字" * 349_525 + "x", "字" * 349_525 + "xy"
    assert (len(most.encode()), len(more.encode())) == (1024 * 1024, 1024 * 1024 + 1)
    (shell.home / "most.txt").write_text(most, encoding="utf-8")
    (shell.home / "more.txt").write_text(more, encoding="utf-8")
    do(shell, "note", "1", "-F", "most.txt")
    do(shell, "open", "-F", "most.txt")
    do(shell, "open", "-", stdin=most)
    for words in (["note", "1", "-F", "more.txt"], ["open", "-F", "more.txt"]):
        refused(shell(*words), 6, "TEXT is longer than 1 MiB")
    refused(shell("open", "-", stdin=more), 6, "SUBJECT is longer than 1 MiB")
    assert shell("timeline", "1", "--json").json[1]["words"]["text"] == most


def test_a_refusal_does_not_repeat_a_whole_book(shell: Shell) -> None:
    done = shell("open", "x", "--category", "b" * 100_000)
    assert (done.code, len(done.err) < 1000) == (2, True)
    assert (
        json.loads(shell("open", "x", "--category", "b" * 100_000, "--json").err)["error"] == "choice-unknown"
    )
